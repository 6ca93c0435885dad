//! The tokens of a filter.

use crate::callback::cursor::{Cursor, UNCLOSED_QUOTE};
use crate::history::filter::error::{ParseError, Reason};
use crate::history::filter::full_width;
use crate::history::filter::term::ends_word;

impl<'t> Cursor<'t> {
    /// Takes a word without quotes; may be empty.
    pub(in crate::history::filter) fn bare(&mut self) -> &'t str {
        let rest = self.rest();
        let word = &rest[..rest.find(ends_word).unwrap_or(rest.len())];
        self.at += word.len();
        word
    }

    /// Takes a word without quotes and without full-width punctuation; may be empty.
    pub(super) fn half_width(&mut self) -> Result<&'t str, ParseError> {
        let start = self.at;
        let word = self.bare();
        let Some((at, char)) = full_width(word) else { return Ok(word) };
        let at = start + at..start + at + char.len_utf8();
        Err(ParseError { at, reason: Reason::FullWidth(char) })
    }

    /// Takes a text in quotes, in which `\"` is a quote and `\\` a backslash.
    pub(in crate::history::filter) fn quoted(&mut self) -> Result<String, ParseError> {
        let mut text = String::new();
        let mut chars = self.rest().char_indices().skip(1).peekable();
        while let Some((i, char)) = chars.next() {
            match char {
                '"' => {
                    self.at += i + 1;
                    return Ok(text);
                }
                '\\' => match chars.next_if(|(_, it)| matches!(it, '"' | '\\')) {
                    Some((_, literal)) => text.push(literal),
                    None => text.push('\\'),
                },
                _ => text.push(char),
            }
        }
        Err(ParseError { at: self.at..self.text.len(), reason: Reason::Plain(UNCLOSED_QUOTE) })
    }

    /// The characters here that can be the name of a field; empty for other text.
    pub(super) fn name(&self) -> &'t str {
        let rest = self.rest();
        if !rest.starts_with(|it: char| it.is_ascii_alphabetic()) {
            return "";
        }
        let end = rest.find(|it: char| !(it.is_ascii_alphanumeric() || it == '_'));
        &rest[..end.unwrap_or(rest.len())]
    }
}
