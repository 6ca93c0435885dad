//! The terms of the filter language: conditions on one callback.

use std::borrow::Cow;
use std::fmt;

use regex::bytes::Regex;

use super::escapes;
use super::field::{Field, FieldTerm};
use super::foreign;
use super::keyword::Keyword;
use super::kind::Kind;
use super::language::{self, Item};
use super::named;
use super::needle::Needle;
use super::number::{Comparison, NumericField};
use super::payload::{PayloadTerm, begins_path, in_quotes};
use super::subject::{CachedSubject, ReadCost, Subject};
use super::time::Period;
use super::width::is_full_width;
use crate::callback::command::When;

/// One condition.
#[derive(Debug, Clone)]
pub(super) enum Term {
    /// `failed`, `odd`
    Keyword(Keyword),
    /// `type:image`
    Type(Kind),
    /// `unread>5`
    Number(Comparison),
    /// `at:14:02`
    Time(Period),
    /// `.MsgSeq>5`
    Payload(Box<PayloadTerm>),
    /// `from:jared`, `from=jared`
    Field(FieldTerm),
    /// Any other word: a text anywhere in the raw body.
    Word(Needle),
    /// `re:/pattern/`: a pattern in the raw body.
    Pattern { source: String, ignore_case: bool, regex: Regex },
}

impl Term {
    /// The most expensive part of a callback that it reads.
    pub(super) const fn read_cost(&self) -> ReadCost {
        match self {
            Self::Number(_) | Self::Time(_) => ReadCost::Row,
            Self::Keyword(keyword) => keyword.read_cost(),
            Self::Type(kind) => kind.read_cost(),
            Self::Field(FieldTerm { field, .. }) => match field {
                Field::From | Field::To | Field::User | Field::Command | Field::App => {
                    ReadCost::Row
                }
                Field::Platform
                | Field::Ip
                | Field::Peer
                | Field::Key
                | Field::Text
                | Field::Info
                | Field::Rule => ReadCost::Delivery,
            },
            Self::Word(_) | Self::Pattern { .. } | Self::Payload(_) => ReadCost::Body,
        }
    }

    /// Orders terms by cost; cheaper ones are evaluated first. Among terms that
    /// read the same part, the number orders by the cost of the comparison.
    pub(super) const fn cost(&self) -> (ReadCost, u8) {
        let comparison = match self {
            Self::Field(FieldTerm { field, .. }) => match field {
                Field::App | Field::Platform | Field::Ip | Field::Peer | Field::Rule => 0,
                Field::From | Field::To | Field::User | Field::Command | Field::Key => 1,
                Field::Text | Field::Info => 2,
            },
            Self::Pattern { .. } | Self::Time(_) => 1,
            Self::Payload(_) => 2,
            Self::Keyword(_) | Self::Type(_) | Self::Number(_) | Self::Word(_) => 0,
        };
        (self.read_cost(), comparison)
    }

    /// Whether a callback matches.
    pub(super) fn matches<S: Subject>(&self, subject: &CachedSubject<'_, S>) -> bool {
        match self {
            Self::Keyword(keyword) => keyword.matches(subject),
            Self::Type(kind) => kind.matches(subject),
            Self::Payload(it) => it.matches(subject.body()),
            Self::Number(comparison) => comparison.matches(subject.row()),
            Self::Time(period) => period.matches(subject.row()),
            Self::Field(field) => field.matches(subject),
            Self::Word(needle) => escapes::contains(subject.body(), needle),
            Self::Pattern { regex, .. } => regex.is_match(subject.body()),
        }
    }
}

impl Term {
    /// Whether it is known only after the answer, or from other callbacks.
    pub(super) fn is_known_later(&self) -> bool {
        match self {
            Self::Keyword(it) => it.is_known_later(),
            Self::Number(it) => it.field == NumericField::Took,
            Self::Field(it) => it.field == Field::Rule,
            _ => false,
        }
    }

    /// Whether it is about a result, which a "before" callback does not have.
    pub(super) fn is_result(&self) -> bool {
        match self {
            Self::Keyword(it) => matches!(it, Keyword::Failed | Keyword::Ok),
            Self::Number(it) => it.field == NumericField::Code,
            _ => false,
        }
    }

    /// Whether callbacks of a command match; `None` if that depends on each.
    pub(super) fn matches_command(&self, word: &str) -> Option<bool> {
        match self {
            Self::Keyword(Keyword::When(when)) => Some(When::of(word) == *when),
            Self::Field(it) if it.field == Field::Command => Some(it.accepts(word)),
            _ => None,
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
            Self::Keyword(it) => f.write_str(language::name(Item::Keyword(*it))),
            Self::Type(kind) if kind.is_nearly_known() => {
                write!(f, "type:{}", in_quotes(&kind.word))
            }
            Self::Type(kind) => write!(f, "type:{}", quoted(&kind.word, false)),
            Self::Payload(it) => it.fmt(f),
            Self::Number(it) => {
                write!(f, "{}{}", language::name(Item::Number(it.field)), it.written)
            }
            Self::Time(it) => write!(f, "{}{}", language::name(Item::Time(it.field)), it.text),
            Self::Field(FieldTerm { field, needle, exact }) => {
                let operator = if *exact { '=' } else { ':' };
                write!(
                    f,
                    "{}{operator}{}",
                    language::name(Item::Field(*field)),
                    quoted(needle.text(), false)
                )
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
pub(super) fn quoted(text: &str, alone: bool) -> Cow<'_, str> {
    let has_operator = text.starts_with('-')
        || begins_path(text)
        || text.contains([':', '<', '>', '=', '!', '~', '&']);
    let is_foreign = text.starts_with(['=', '~', '*', '\'']) || text.ends_with('*');
    let reserved = is_foreign || text.contains(',') || alone && (has_operator || is_word(text));
    // What ends the filter of a rule.
    let ends_filter = text.contains("=>");
    let is_bare = |it: char| !ends_word(it) && !is_full_width(it);
    if !text.is_empty() && !reserved && !ends_filter && text.chars().all(is_bare) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(in_quotes(text))
}

/// Whether a text without quotes is more than a text.
fn is_word(text: &str) -> bool {
    let is_name = named::name_of(text).is_some();
    is_name || language::find_keyword(text).is_some() || foreign::in_place_of(text).is_some()
}

impl PartialEq for Term {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            // An age has other bounds at another time.
            (Self::Time(it), Self::Time(other)) => it == other,
            _ => self.to_string() == other.to_string(),
        }
    }
}
