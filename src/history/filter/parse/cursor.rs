//! A position in the text of a filter, and the tokens that begin there.

use std::ops::Range;

use crate::callback::Localized;
use crate::history::filter::error::{ParseError, Reason};
use crate::history::filter::term::ends_word;

const UNCLOSED_QUOTE: Localized = Localized::new("the quote is not closed", "引号没有闭合");

/// A position in a text.
pub(super) struct Cursor<'t> {
    pub(super) text: &'t str,
    /// The position in bytes, on a character boundary.
    pub(super) at: usize,
}

impl<'t> Cursor<'t> {
    /// The text from here on.
    pub(super) fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// The next character.
    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// The range of the next character; empty at the end.
    pub(super) fn next_char(&self) -> Range<usize> {
        self.at..self.at + self.peek().map_or(0, char::len_utf8)
    }

    /// Skips white space.
    pub(super) fn skip_space(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    /// Takes a word without quotes; may be empty.
    pub(super) fn bare(&mut self) -> &'t str {
        let rest = self.rest();
        let word = &rest[..rest.find(ends_word).unwrap_or(rest.len())];
        self.at += word.len();
        word
    }

    /// Takes a text in quotes, in which `\"` is a quote and `\\` a backslash.
    pub(super) fn quoted(&mut self) -> Result<String, ParseError> {
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
