//! The filter language, the same in the dashboard and on the command line.
//!
//! A filter is parsed once and evaluated on every callback. Its terms are
//! ordered by cost, so that a body is decompressed only when the indexed fields
//! do not decide.

mod subject;
mod error;
mod needle;
mod number;
mod keyword;
mod escapes;
mod foreign;
mod payload;
pub mod paths;
mod kind;
mod time;
pub mod language;
pub(in crate::history) mod readable;
mod field;
mod term;
mod expr;
mod parse;
mod outside;
pub mod cover;
mod commands;
mod remark;
mod searched;
mod width;
pub mod completion;
mod wanted;
pub mod named;
#[cfg(test)]
mod tests;

use std::fmt;
use std::ops::Range;

use jiff::tz::TimeZone;

pub use commands::UnknownCommand;
pub use error::ParseError;
pub use field::Field;
pub use language::{flag_words, keywords};
pub use named::NamedFilter;
pub use outside::{find_outside, places_outside};
pub use remark::Remark;
pub use searched::{SearchedPath, SearchedValue};
pub use subject::{ReadCost, Subject};
pub use wanted::Wanted;
pub use width::{full_width, full_width_message};

use crate::callback::Timestamp;
use crate::callback::json_text::Located;
use crate::history::span::Span;
use expr::Expr;
use field::FieldTerm;
use needle::Needle;
use number::Comparison;
use subject::CachedSubject;
use term::Term;
pub use time::Destination;

/// A parsed filter. The default is empty and matches everything.
///
/// Two filters are equal when they have the same terms in the same order,
/// however they were written.
#[derive(Clone, Default)]
pub struct Filter {
    text: String,
    expr: Expr,
}

impl Filter {
    /// Parses a filter in which no other is used by its name.
    ///
    /// # Errors
    /// The first syntax error in the text.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        Ok(Self { text: text.to_owned(), expr: parse::parse(text, None)?.0 })
    }

    /// Parses a filter in which `@NAME` is another one. The text of the result has that in
    /// place of its name, so that it is the same where the name is unknown.
    ///
    /// # Errors
    /// The first syntax error in the text; of the text of the result at the first name.
    pub fn parse_with(text: &str, names: &[NamedFilter]) -> Result<Self, ParseError> {
        let (expr, found) = parse::parse(text, Some(names))?;
        match found.first() {
            None => Ok(Self { text: text.to_owned(), expr }),
            Some((at, _)) => Self::parse(&named::expanded(text, &found))
                .map_err(|it| ParseError { at: at.clone(), ..it }),
        }
    }

    /// Matches what comes from or goes to exactly this user, of exactly this
    /// application if one is given; case-sensitive.
    pub fn for_user(user: &str, app: Option<&str>) -> Self {
        let app = app.map(|it| (Field::App, it));
        Self::for_values(
            &[Some((Field::User, user)), app].into_iter().flatten().collect::<Vec<_>>(),
        )
    }

    /// Matches the callbacks of exactly this command word, caused by exactly this user
    /// of exactly this application, as far as they are given; case-sensitive.
    pub fn for_command(word: &str, from: Option<&str>, app: Option<&str>) -> Self {
        let terms = [(Field::Command, Some(word)), (Field::From, from), (Field::App, app)];
        let given = terms.into_iter().filter_map(|(field, text)| Some((field, text?)));
        Self::for_values(&given.collect::<Vec<_>>())
    }

    /// Matches what has exactly this result.
    pub fn for_code(code: i64) -> Self {
        Self::of(Expr::term(Term::Number(Comparison::code(code))))
    }

    /// Matches what has exactly these values in these fields; case-sensitive.
    pub fn for_values(values: &[(Field, &str)]) -> Self {
        let is = |(field, text): &(Field, &str)| {
            let needle = Needle::exact(text);
            Expr::term(Term::Field(FieldTerm { field: *field, needle, exact: true }))
        };
        Self::of(Expr::and(values.iter().map(is).collect()))
    }

    /// Matches what both match.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self::of(Expr::and(vec![self.expr, other.expr]))
    }

    fn of(expr: Expr) -> Self {
        Self { text: expr.to_string(), expr }
    }

    /// Gives its times their bounds: in a time zone, and `now` for an age. Before, they
    /// match nothing.
    #[must_use]
    pub fn in_zone(mut self, zone: &TimeZone, now: Timestamp) -> Self {
        self.expr.change_terms(&mut |it| {
            if let Term::Time(period) = it {
                period.place(zone, now);
            }
        });
        self
    }

    /// The text it was parsed from.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it has no terms, and so matches everything.
    pub fn is_empty(&self) -> bool {
        self.expr.is_empty()
    }

    /// Whether a callback matches.
    pub fn matches(&self, subject: &impl Subject) -> bool {
        self.expr.matches(&CachedSubject::new(subject))
    }

    /// Whether no callback matches that was received in this time; false if that is not
    /// known.
    pub fn excludes(&self, span: Span) -> bool {
        self.expr.excludes(span)
    }

    /// Whether a callback of a command can match.
    pub fn can_match_command(&self, word: &str) -> bool {
        self.expr.matches_command(word) != Some(false)
    }

    /// The keywords and numbers in it that are known only after the answer, or from other
    /// callbacks: for a callback that is not answered yet they are false. Each with its
    /// place in the text.
    pub fn known_later(&self) -> Vec<(&'static str, Range<usize>)> {
        self.placed(self.expr.names(Term::is_known_later))
    }

    /// The keywords and numbers in it that are about a result, which a "before" callback
    /// does not have. Each with its place in the text.
    pub fn results(&self) -> Vec<(&'static str, Range<usize>)> {
        self.placed(self.expr.names(Term::is_result))
    }

    /// The times in it, which [`Filter::in_zone`] gives their bounds. Each with its place in
    /// the text.
    pub fn times(&self) -> Vec<(&'static str, Range<usize>)> {
        self.placed(self.expr.names(|it| matches!(it, Term::Time(_))))
    }

    /// Each unknown type, with the place of its field in the text.
    fn unknown_types(&self) -> Vec<(&str, Range<usize>)> {
        let names = self.expr.names(|it| matches!(it, Term::Type(kind) if !kind.is_known()));
        let words = self.expr.all_terms().into_iter().filter_map(|(_, it)| match it {
            Term::Type(kind) if !kind.is_known() => Some(&*kind.word),
            _ => None,
        });
        words.zip(self.placed(names).into_iter().map(|(_, at)| at)).collect()
    }

    /// Names, each with its first place in the text.
    fn placed(&self, names: Vec<&'static str>) -> Vec<(&'static str, Range<usize>)> {
        let text = self.text.to_ascii_lowercase();
        let spelling = |name: &'static str, at: usize| {
            let found = language::spellings(name).filter(|it| text[at..].starts_with(it));
            found.filter(|_| commands::begins_word(&text, at)).map(str::len).max()
        };
        let place = |name: &'static str| {
            let mut found = places_outside(&text)
                .filter_map(|at| spelling(name, at).map(|length| at..at + length));
            found.next().unwrap_or_default()
        };
        names.into_iter().map(|it| (it, place(it))).collect()
    }

    /// The most expensive part of a callback that it reads.
    pub fn read_cost(&self) -> ReadCost {
        self.expr.read_cost()
    }

    /// The ranges of a body or a part of it that its terms match, as it is written or with
    /// characters in place of their escapes; in order, merged where they touch.
    pub fn highlights_in(&self, body: &[u8]) -> Vec<Range<usize>> {
        let has_escapes = memchr::memmem::find(body, b"\\u").is_some();
        let forms = [Some(false), has_escapes.then_some(true)].into_iter().flatten();
        let found = forms.flat_map(|decodes| {
            let located = Located::of(body, decodes);
            let found = self.highlights(&located.text);
            found.into_iter().map(|it| located.origin(&it)).collect::<Vec<_>>()
        });
        merged(found.collect())
    }

    /// The byte ranges of a displayed text that its terms match: on character
    /// boundaries, in order, merged where they touch. Negated terms are left out.
    pub fn highlights(&self, text: &str) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        self.expr.highlight(text, &mut found);
        merged(found)
    }
}

/// Ranges in order, merged where they touch.
fn merged(mut found: Vec<Range<usize>>) -> Vec<Range<usize>> {
    found.sort_unstable_by_key(|it| (it.start, it.end));
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(found.len());
    for range in found {
        match merged.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

/// The filter in normal form. It parses to an equal filter, unless its quotes
/// make it longer than the maximum.
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
