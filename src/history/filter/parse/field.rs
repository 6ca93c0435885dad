//! Parsing of the terms that begin with the name of a field.

use std::ops::Range;

use super::pattern::pattern;
use super::{EMPTY_QUOTES, unknown};
use crate::callback::cursor::Cursor;
use crate::history::filter::error::{FieldReason, ParseError, Reason};
use crate::history::filter::escapes;
use crate::history::filter::field::{Field, FieldTerm};
use crate::history::filter::foreign;
use crate::history::filter::full_width;
use crate::history::filter::kind::{self, Kind, Name};
use crate::history::filter::language::{self, Item};
use crate::history::filter::needle::Needle;
use crate::history::filter::number::{Comparison, NumericField};
use crate::history::filter::term::{Term, ends_word};
use crate::history::filter::time::{Period, TimeField, spaced};

/// The operators; one that begins with another is before it.
pub(super) const OPERATORS: [&str; 7] = [">=", "<=", "!=", ">", "<", "=", ":"];

/// Parses a name, an operator and a value; `None` if the text here is a word.
/// `patterns` counts the patterns of the filter.
pub(super) fn parse(
    cursor: &mut Cursor<'_>,
    patterns: &mut usize,
) -> Result<Option<Term>, ParseError> {
    let start = cursor.at;
    let name = match cursor.name() {
        "" => language::alias_at(cursor.rest()).unwrap_or_default(),
        name => name,
    };
    let after = &cursor.rest()[name.len()..];
    let operator = OPERATORS.into_iter().find(|it| !name.is_empty() && after.starts_with(it));
    let Some(operator) = operator else { return unknown::similar(cursor, name).map(|()| None) };
    let Some(field) = language::find_field(name) else {
        return unknown::check(cursor, name, operator).map(|()| None);
    };
    cursor.at += name.len() + operator.len();
    let key = FieldPrefix { name, operator, at: start..cursor.at };
    key.term(field, cursor, patterns).map(Some)
}

fn error<T>(at: Range<usize>, reason: Reason) -> Result<T, ParseError> {
    Err(ParseError { at, reason })
}

/// The name of a field and an operator.
pub(super) struct FieldPrefix<'t> {
    pub(super) name: &'t str,
    pub(super) operator: &'t str,
    /// The range of both.
    pub(super) at: Range<usize>,
}

impl FieldPrefix<'_> {
    fn term(
        self,
        field: Item,
        cursor: &mut Cursor<'_>,
        patterns: &mut usize,
    ) -> Result<Term, ParseError> {
        let Self { name, operator, .. } = self;
        if operator == "!=" {
            return error(self.at, Reason::Field(FieldReason::NotEqual(name.to_owned())));
        }
        if let Item::Number(field) = field {
            return self.number(cursor, field);
        }
        let is_compared = matches!(field, Item::Time(TimeField::At | TimeField::Sent));
        if !is_compared && !matches!(operator, ":" | "=") {
            return error(self.at, Reason::Field(FieldReason::NotComparable(name.to_owned())));
        }
        if let Item::Time(field) = field {
            return self.time(cursor, field);
        }
        if field == Item::Pattern {
            return pattern(cursor, self.at, patterns);
        }
        let Item::Field(field) = field else { return self.of_type(cursor) };
        let is_list = !matches!(field, Field::Text | Field::Info | Field::Rule);
        let (value, value_at) = if is_list { self.single(cursor)? } else { self.value(cursor)? };
        let exact = operator == "=";
        if value.is_empty() && !exact {
            return error(value_at, Reason::Plain(EMPTY_QUOTES));
        }
        let value = match field {
            Field::Text | Field::Info => escapes::letters(&value),
            _ => value.as_str().into(),
        };
        let needle = if exact { Needle::exact(&value) } else { Needle::folded(&value) };
        Ok(Term::Field(FieldTerm { field, needle, exact }))
    }

    fn number(&self, cursor: &mut Cursor<'_>, field: NumericField) -> Result<Term, ParseError> {
        let (value, at) = self.single(cursor)?;
        if let Some(keyword) = language::begun_keyword(&value) {
            return error(at, Reason::Field(FieldReason::Alone(keyword, self.name.to_owned())));
        }
        if let Some(instead) = foreign::bounds(self.name, self.operator, &value) {
            return error(at, Reason::Instead(instead));
        }
        let comparison = Comparison::parse(field, self.operator, &value);
        comparison.map(Term::Number).or_else(|reason| error(at, reason.of_field(self.name)))
    }

    fn time(&self, cursor: &mut Cursor<'_>, field: TimeField) -> Result<Term, ParseError> {
        let is_quoted = cursor.peek() == Some('"');
        let (value, at) = self.value(cursor)?;
        let parse = |value: &str| Period::parse(field, self.operator, value);
        let rests = spaced::rests(cursor.rest(), ends_word).filter(|_| !is_quoted);
        let longer = |it: &str| Some((it.len(), parse(&format!("{value}{it}")).ok()?));
        if let Some((length, period)) = rests.into_iter().find_map(longer) {
            cursor.at += length;
            return Ok(Term::Time(period));
        }
        parse(&value).map(Term::Time).or_else(|reason| error(at, reason.of_field(self.name)))
    }

    fn of_type(&self, cursor: &mut Cursor<'_>) -> Result<Term, ParseError> {
        let is_quoted = cursor.peek() == Some('"');
        let (value, at) = self.type_value(cursor)?;
        let next = cursor.rest().split_whitespace().next().unwrap_or_default();
        let words = format!("{value} {next}");
        if let Some(kind) = Kind::named(&value) {
            return Ok(Term::Type(kind));
        }
        if !next.is_empty() && Kind::named(&words).is_some() {
            return error(at, Reason::Instead(format!("{}:\"{words}\"", self.name)));
        }
        let alone = |it| Reason::Field(FieldReason::Alone(it, self.name.to_owned()));
        match kind::nearest_name(&value).filter(|_| !is_quoted) {
            Some(Name::Keyword(keyword)) => error(at, alone(keyword)),
            Some(Name::Type(nearest)) if value.is_ascii() => {
                error(at, Reason::Field(FieldReason::UnknownType { value, nearest }))
            }
            _ => Ok(Term::Type(Kind::shown(&value))),
        }
    }

    /// As [`Self::value`]; without quotes it can end as the column TYPE has it: `文本？`.
    fn type_value(&self, cursor: &mut Cursor<'_>) -> Result<(String, Range<usize>), ParseError> {
        let start = cursor.at;
        let asked = cursor.bare().strip_suffix('？').filter(|it| full_width(it).is_none());
        if asked.is_some_and(|it| !it.starts_with('"')) {
            return Ok((cursor.text[start..cursor.at].to_owned(), start..cursor.at));
        }
        cursor.at = start;
        let (value, at) = self.single(cursor)?;
        match value.is_empty() {
            true => error(at, Reason::Plain(EMPTY_QUOTES)),
            false => Ok((value, at)),
        }
    }

    /// As [`Self::value`], not several with commas between them.
    fn single(&self, cursor: &mut Cursor<'_>) -> Result<(String, Range<usize>), ParseError> {
        let is_quoted = cursor.peek() == Some('"');
        let (value, at) = self.value(cursor)?;
        if is_quoted || !value.contains(',') {
            return Ok((value, at));
        }
        let instead = foreign::several(&cursor.text[self.at.clone()], value.split(','));
        error(at, Reason::Instead(instead))
    }

    /// The value, in quotes or without, and its range.
    pub(super) fn value(
        &self,
        cursor: &mut Cursor<'_>,
    ) -> Result<(String, Range<usize>), ParseError> {
        let start = cursor.at;
        let value = match cursor.peek() {
            Some('"') => return Ok((cursor.quoted()?, start..cursor.at)),
            _ => cursor.half_width()?.to_owned(),
        };
        if start == cursor.at {
            return error(self.at.clone(), self.no_value(cursor));
        }
        if let Some(value) = foreign::value(&value, &cursor.text[start..]) {
            let operator = if self.operator.contains(['<', '>']) {
                self.operator
            } else {
                &self.operator[..1]
            };
            let instead = format!("{}{operator}{value}", self.name);
            return error(start..cursor.at, Reason::Instead(instead));
        }
        Ok((value, start..cursor.at))
    }

    /// The mistake that no value follows: several in parentheses, or none.
    fn no_value(&self, cursor: &Cursor<'_>) -> Reason {
        let prefix = &cursor.text[self.at.clone()];
        let group = cursor.rest().strip_prefix('(').and_then(|it| it.split_once(')'));
        let group = group.map(|(it, _)| it).filter(|it| !it.contains(['"', '(', ':', '=']));
        match group.filter(|it| !it.trim().is_empty()) {
            Some(group) => {
                let values = group.split(|it: char| it == '|' || it == ',' || it.is_whitespace());
                Reason::Instead(format!("({})", foreign::several(prefix, values)))
            }
            None => {
                let example = language::example(self.name);
                Reason::Field(FieldReason::NoValue(prefix.to_owned(), example))
            }
        }
    }
}
