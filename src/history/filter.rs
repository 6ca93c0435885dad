//! The filter language: one everywhere.
//!
//! A filter is compiled once, when it is typed, and then asked of every
//! callback. Its terms are tested from the cheap to the dear, so that a body is
//! opened only when the indexed facts do not settle the question.

mod needle;
mod number;
mod term;
mod expr;
mod parse;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod properties;

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use super::row::Row;
use crate::callback::Delivery;
use expr::{Expr, Look};
use needle::Needle;
use term::{Field, Term};

/// What a filter may look at, from the cheap to the dear.
pub trait Subject {
    /// The indexed facts; free.
    fn row(&self) -> &Row<'_>;
    /// The raw body; may have to be opened.
    fn body(&self) -> &[u8];
    /// The whole delivery; may have to be opened and copied.
    fn delivery(&self) -> Cow<'_, Delivery>;
}

/// The dearest thing a filter looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Reads {
    /// The indexed facts only.
    #[default]
    Row,
    /// The raw body too.
    Body,
    /// The whole delivery.
    Delivery,
}

/// Why a text is no filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The bytes of the text it is about, on character boundaries; empty at
    /// the end of the text when something is missing there.
    pub at: Range<usize>,
    /// What is wrong, lower case, without a final dot.
    pub what: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl std::error::Error for Mistake {}

/// A compiled filter. The default is the empty one, which matches everything.
///
/// Two filters are equal when they ask the same terms in the same order,
/// however they were written.
#[derive(Clone, Default)]
pub struct Filter {
    text: String,
    expr: Expr,
}

impl Filter {
    /// Compiles a filter.
    ///
    /// # Errors
    /// The first mistake in the text, and where it is.
    pub fn parse(text: &str) -> Result<Self, Mistake> {
        Ok(Self { text: text.to_owned(), expr: parse::parse(text)? })
    }

    /// What comes from or goes to exactly this user, letter case included.
    pub fn for_user(user: &str) -> Self {
        Self::of(Term::Text { field: Field::User, needle: Needle::exact(user), whole: true })
    }

    /// What has exactly this result.
    pub fn for_code(code: i64) -> Self {
        Self::of(number::code(code))
    }

    fn of(term: Term) -> Self {
        let expr = Expr::Term(term);
        Self { text: expr.to_string(), expr }
    }

    /// The filter as it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it asks nothing, and so matches everything.
    pub fn is_empty(&self) -> bool {
        self.expr.is_empty()
    }

    /// Whether a callback passes.
    pub fn matches(&self, subject: &impl Subject) -> bool {
        self.expr.holds(&Look::new(subject))
    }

    /// The dearest thing it looks at.
    pub fn reads(&self) -> Reads {
        self.expr.reads()
    }

    /// Where in a text on the screen stands what the filter looks for: byte
    /// ranges on character boundaries, in order, none touching the next. What
    /// is asked not to be there is not marked.
    pub fn highlights(&self, text: &str) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        self.expr.mark(true, text, &mut found);
        found.sort_unstable_by_key(|it: &Range<usize>| (it.start, it.end));
        let mut merged: Vec<Range<usize>> = Vec::with_capacity(found.len());
        for range in found {
            match merged.last_mut() {
                Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
                _ => merged.push(range),
            }
        }
        merged
    }
}

/// The filter in its plainest writing. It parses to an equal filter, unless its
/// quotes make it longer than a filter may be.
impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.expr.fmt(f)
    }
}

impl fmt::Debug for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Filter").field(&self.text).finish()
    }
}

impl PartialEq for Filter {
    fn eq(&self, other: &Self) -> bool {
        self.expr == other.expr
    }
}
