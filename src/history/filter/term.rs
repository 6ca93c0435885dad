//! The terms of the filter language: conditions on one callback.

use std::borrow::Cow;
use std::fmt;

use regex::bytes::Regex;

use super::field::{Field, FieldTerm};
use super::flag::Keyword;
use super::needle::Needle;
use super::number::Comparison;
use super::subject::{CachedSubject, ReadCost, Subject};
use crate::callback::message::ElementType;

/// One condition.
#[derive(Debug, Clone)]
pub(super) enum Term {
    /// `failed`, `odd`
    Keyword(Keyword),
    /// `type:image`
    Type(ElementType),
    /// `unread>5`
    Number(Comparison),
    /// `from:jared`, `from=jared`
    Field(FieldTerm),
    /// Any other word: a text anywhere in the raw body.
    Word(Needle),
    /// `re:/pattern/`: a pattern in the raw body.
    Pattern { source: String, ignore_case: bool, regex: Regex },
}

/// The kinds of elements by name.
pub(super) const TYPES: [(&str, ElementType); 11] = [
    ("text", ElementType::Text),
    ("face", ElementType::Face),
    ("location", ElementType::Location),
    ("custom", ElementType::Custom),
    ("sound", ElementType::Sound),
    ("image", ElementType::Image),
    ("file", ElementType::File),
    ("video", ElementType::Video),
    ("relay", ElementType::Relay),
    ("stream", ElementType::Stream),
    ("other", ElementType::Other),
];

impl Term {
    /// The relative cost of evaluating it; cheaper terms are evaluated first.
    pub(super) const fn cost(&self) -> u8 {
        match self {
            Self::Keyword(_) | Self::Type(_) | Self::Number(_) => 0,
            Self::Field(FieldTerm { field, .. }) => match field {
                Field::From | Field::To | Field::User | Field::Command => 1,
                Field::App | Field::Platform | Field::Ip => 4,
                Field::Key => 5,
                Field::Text => 6,
            },
            Self::Word(_) => 2,
            Self::Pattern { .. } => 3,
        }
    }

    /// The most expensive part of a callback that it reads.
    pub(super) const fn reads(&self) -> ReadCost {
        match self.cost() {
            0 | 1 => ReadCost::Row,
            2 | 3 => ReadCost::Body,
            _ => ReadCost::Delivery,
        }
    }

    /// Whether it applies to a callback.
    pub(super) fn matches<S: Subject>(&self, look: &CachedSubject<'_, S>) -> bool {
        match self {
            Self::Keyword(flag) => flag.matches(look.row()),
            Self::Type(kind) => look.row().kinds & (1 << *kind as u16) != 0,
            Self::Number(comparison) => comparison.matches(look.row()),
            Self::Field(field) => field.matches(look),
            Self::Word(needle) => needle.is_in(look.body()),
            Self::Pattern { regex, .. } => regex.is_match(look.body()),
        }
    }
}

/// Whether a character ends a word that is not in quotes.
pub(super) fn ends_word(it: char) -> bool {
    it.is_whitespace() || matches!(it, '(' | ')' | '|' | '"')
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Keyword(flag) => f.write_str(flag.name()),
            Self::Type(kind) => {
                let name = TYPES.iter().find(|(_, it)| it == kind).map_or("", |(name, _)| name);
                write!(f, "type:{name}")
            }
            Self::Number(comparison) => comparison.fmt(f),
            Self::Field(FieldTerm { field, needle, exact }) => {
                let operator = if *exact { '=' } else { ':' };
                write!(f, "{}{operator}{}", field.name(), quoted(needle.text(), false))
            }
            Self::Word(needle) => f.write_str(&quoted(needle.text(), true)),
            Self::Pattern { source, ignore_case, .. } => {
                write!(f, "re:/{source}/{}", if *ignore_case { "i" } else { "" })
            }
        }
    }
}

/// A text, in quotes if it would be parsed as something else without them;
/// `alone` when it does not follow a field.
fn quoted(text: &str, alone: bool) -> Cow<'_, str> {
    let has_operator = text.starts_with('-') || text.contains([':', '<', '>', '=', '!']);
    let reserved = alone && (has_operator || Keyword::named(text).is_some());
    if !text.is_empty() && !reserved && !text.contains(ends_word) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")))
}

impl PartialEq for Term {
    fn eq(&self, other: &Self) -> bool {
        self.to_string() == other.to_string()
    }
}
