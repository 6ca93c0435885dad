//! The values and paths that a filter searches for, to be compared with those seen.

use super::field::{Field, FieldTerm};
use super::language::{self, Item};
use super::term::{Term, quoted};
use super::{Filter, parse};

/// A value that a field has to have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchedValue {
    /// The field.
    pub field: Field,
    /// The value.
    pub value: String,
    /// Whether the field has to be exactly this.
    pub is_exact: bool,
}

impl SearchedValue {
    /// The condition.
    pub fn written(&self) -> String {
        self.with(&self.value)
    }

    /// The condition with another value.
    pub fn with(&self, value: &str) -> String {
        let operator = if self.is_exact { '=' } else { ':' };
        let name = language::name(Item::Field(self.field));
        format!("{name}{operator}{}", quoted(value, false))
    }
}

/// A path that a body has to have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchedPath {
    /// The path without the places in lists.
    pub path: String,
    /// The condition as it is written.
    pub written: String,
    /// What follows the path in it.
    pub rest: String,
    /// Whether it is a path, and not a word that is like one.
    pub is_path: bool,
}

impl Filter {
    /// The values that fields have to have.
    pub fn searched_values(&self) -> Vec<SearchedValue> {
        let terms = self.expr.all_terms().into_iter().filter(|(is_positive, _)| *is_positive);
        let values = terms.filter_map(|(_, it)| match it {
            Term::Field(FieldTerm { field, needle, exact }) => {
                let value = needle.text().to_owned();
                Some(SearchedValue { field: *field, value, is_exact: *exact })
            }
            _ => None,
        });
        values.collect()
    }

    /// The paths that a body has to have, and the words that are paths without the point
    /// before them.
    pub fn searched_paths(&self) -> Vec<SearchedPath> {
        let terms = self.expr.all_terms().into_iter().filter(|(is_positive, _)| *is_positive);
        let paths = terms.filter_map(|(_, it)| match it {
            Term::Payload(it) => Some(SearchedPath {
                path: it.names(),
                written: it.to_string(),
                rest: it.test(|it| quoted(it, false).into_owned()),
                is_path: true,
            }),
            _ => None,
        });
        let words = parse::plain_words(&self.text).into_iter().filter_map(|at| {
            let word = &self.text[at];
            let end = word.find([':', '=', '<', '>'])?;
            let (path, rest) = (format!(".{}", &word[..end]), word[end..].to_owned());
            Some(SearchedPath { path, written: word.to_owned(), rest, is_path: false })
        });
        paths.chain(words).collect()
    }
}
