//! The tokens of the actions of a rule.

use std::ops::Range;

use crate::answer::rule::error::{Reason, RuleError};
use crate::callback::cursor::{Cursor, UNCLOSED_QUOTE};
use crate::callback::json::{self, Json};

impl<'t> Cursor<'t> {
    /// The end of the text before, without white space.
    pub(super) fn end_before(&self) -> usize {
        self.text[..self.at].trim_end().len()
    }

    /// Skips a character, and returns whether it is the next one.
    pub(super) fn skip(&mut self, char: char) -> bool {
        let is_next = self.peek() == Some(char);
        self.at += if is_next { char.len_utf8() } else { 0 };
        is_next
    }

    /// Whether an action ends here.
    pub(super) fn is_at_end(&self) -> bool {
        matches!(self.peek(), None | Some(','))
    }

    /// Takes the characters up to one that ends them; may be empty.
    pub(super) fn until(&mut self, ends: impl Fn(char) -> bool) -> (&'t str, Range<usize>) {
        let rest = self.rest();
        let token = &rest[..rest.find(ends).unwrap_or(rest.len())];
        let start = self.at;
        self.at += token.len();
        (token, start..self.at)
    }

    /// Takes the characters up to white space, a comma or a quote; may be empty.
    pub(super) fn word(&mut self) -> (&'t str, Range<usize>) {
        self.until(|it| it.is_whitespace() || matches!(it, ',' | '，' | '"'))
    }

    /// Takes a JSON value.
    pub(super) fn json(&mut self) -> Result<(Json<'t>, Range<usize>), RuleError> {
        let rest = self.rest();
        let json = json::read_first(rest).map_err(|error| {
            self.at += rest.floor_char_boundary(error.offset);
            RuleError { at: self.next_char(), reason: Reason::NotJson(error.reason) }
        })?;
        let start = self.at + json.offset_in(rest.as_bytes());
        self.at = start + json.raw().len();
        Ok((json, start..self.at))
    }

    /// Takes a text in quotes, which is a JSON string.
    pub(super) fn json_string(&mut self) -> Result<String, RuleError> {
        let quote = self.next_char();
        let (json, _) = self.json().map_err(|error| match error.at.is_empty() {
            true => RuleError { at: quote, reason: Reason::Plain(UNCLOSED_QUOTE) },
            false => error,
        })?;
        Ok(json.as_str().unwrap_or_default().into_owned())
    }
}
