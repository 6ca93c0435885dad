//! A position in a text that is parsed; each parser adds its tokens.

use std::ops::Range;

use super::Localized;

/// The mistake of a text in quotes without the last one.
pub const UNCLOSED_QUOTE: Localized = Localized::new("the quote is not closed", "引号没有闭合");

/// A position in a text.
#[derive(Debug, Clone)]
pub struct Cursor<'t> {
    /// The text.
    pub text: &'t str,
    /// The position in bytes, on a character boundary.
    pub at: usize,
}

impl<'t> Cursor<'t> {
    /// The text from here on.
    pub fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// The next character.
    pub fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// The range of the next character; empty at the end.
    pub fn next_char(&self) -> Range<usize> {
        self.at..self.at + self.peek().map_or(0, char::len_utf8)
    }

    /// Skips white space.
    pub fn skip_space(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }
}
