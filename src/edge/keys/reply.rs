//! The reply of the terminal about its background, such as `ESC ] 11 ; rgb:1e1e/1e1e/1e1e BEL`,
//! in the keys that crossterm makes of it.

use std::mem;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

use crate::dashboard::theme::Rgb;

/// What asks for the background.
pub(in crate::edge) const QUERY: &[u8] = b"\x1b]11;?\x1b\\";
/// How each reply begins, after `ESC ]`.
const START: &str = "11;";
/// The longest reply, in characters.
const MAX_LEN: usize = 64;

/// A reply as far as it was read.
#[derive(Debug, Default)]
pub(super) struct Reply {
    text: String,
    /// Whether the last event was Esc: then a backslash ends the reply.
    is_after_esc: bool,
}

/// What an event is to a reply.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A part of it.
    Inner,
    /// Its end.
    End,
    /// None of it, as the size of the terminal: it may go on.
    Other,
    /// A key that is none of it: it was cut.
    Key,
}

impl Reply {
    /// Adds an event; `is_late` if it did not come with the one before.
    pub(super) fn add(&mut self, event: &Event, is_late: bool) -> Part {
        let Event::Key(key) = event else { return Part::Other };
        let was_after_esc = mem::take(&mut self.is_after_esc);
        match (key.code, key.modifiers) {
            (KeyCode::Char('\\'), _) if was_after_esc && self.is_one() => Part::End,
            _ if was_after_esc => Part::Key,
            (KeyCode::Char('\\'), KeyModifiers::ALT)
            | (KeyCode::Char('g'), KeyModifiers::CONTROL)
                if self.is_one() =>
            {
                Part::End
            }
            (KeyCode::Esc, _) if self.is_one() => {
                self.is_after_esc = true;
                Part::Inner
            }
            _ => character(*key).map_or(Part::Key, |it| self.add_char(it, is_late)),
        }
    }

    fn add_char(&mut self, char: char, is_late: bool) -> Part {
        let is_next = match START[self.text.len().min(START.len())..].chars().next() {
            Some(expected) => char == expected,
            // What comes at once belongs to it, whatever it is.
            None if !is_late => self.text.len() < MAX_LEN,
            None => char.is_ascii_hexdigit() || matches!(char, '/' | ':' | 'r' | 'g'),
        };
        if !is_next {
            return Part::Key;
        }
        self.text.push(char);
        Part::Inner
    }

    /// Whether it is the beginning of a reply, and not of what a user types.
    pub(super) fn is_one(&self) -> bool {
        self.text.starts_with(START)
    }

    /// Whether it is as yet too short for a reply.
    pub(super) fn may_be_one(&self) -> bool {
        START.starts_with(&self.text)
    }

    /// The color.
    pub(super) fn color(&self) -> Option<Rgb> {
        Rgb::parse(self.text.strip_prefix(START)?)
    }
}

/// The character of a key that is typed without Ctrl and Alt.
pub(super) fn character(key: KeyEvent) -> Option<char> {
    match key.code {
        KeyCode::Char(it) if (key.modifiers - KeyModifiers::SHIFT).is_empty() => Some(it),
        _ => None,
    }
}
