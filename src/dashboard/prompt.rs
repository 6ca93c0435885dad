//! The input line of the filter, with the filters that were set before.

use std::ops::ControlFlow;

use crossterm::event::{Event, KeyCode, KeyEvent};
use tui_input::Input;
use tui_input::backend::crossterm::EventHandler as _;

use crate::history::filter::{Filter, ParseError};

/// The length in bytes up to which pasted text is inserted.
const MAX_BYTES: usize = 4096;

/// The input line of the filter.
#[derive(Debug, Clone, Default)]
pub(super) struct Prompt {
    /// The text and its cursor.
    pub(super) input: Input,
    /// The syntax error in the text, if there is one.
    pub(super) error: Option<ParseError>,
    /// How far back in the earlier filters the text is from; 0 is none of them.
    back: usize,
}

impl Prompt {
    /// An input line that holds a text.
    pub(super) fn new(text: String) -> Self {
        Self { input: Input::new(text), ..Self::default() }
    }

    /// Handles a key; breaks when the prompt is to be closed, with the filter that
    /// was entered. `filters` are the filters set before, oldest first.
    pub(super) fn on_key(
        &mut self,
        key: KeyEvent,
        filters: &[String],
    ) -> ControlFlow<Option<Filter>> {
        match key.code {
            KeyCode::Esc => return ControlFlow::Break(None),
            KeyCode::Enter => match Filter::parse(self.input.value()) {
                Ok(filter) => return ControlFlow::Break(Some(filter)),
                Err(error) => self.error = Some(error),
            },
            KeyCode::Up => self.recall(filters, 1),
            KeyCode::Down => self.recall(filters, -1),
            _ => {
                self.input.handle_event(&Event::Key(key));
                self.error = Filter::parse(self.input.value()).err();
            }
        }
        ControlFlow::Continue(())
    }

    /// Appends the first line of a text, as far as [`MAX_BYTES`] allow.
    pub(super) fn paste(&mut self, text: &str) {
        let line = text.lines().next().unwrap_or_default();
        let typed = self.input.value();
        let free = MAX_BYTES.saturating_sub(typed.len());
        self.set(typed.to_owned() + &line[..line.floor_char_boundary(free)]);
    }

    fn set(&mut self, text: String) {
        self.error = Filter::parse(&text).err();
        self.input = Input::new(text);
    }

    /// Shows an earlier filter, or a later one with a negative `by`.
    fn recall(&mut self, filters: &[String], by: isize) {
        let back = self.back.saturating_add_signed(by).min(filters.len());
        if back != self.back {
            self.back = back;
            let nth = filters.len().checked_sub(back).and_then(|it| filters.get(it));
            self.set(nth.cloned().unwrap_or_default());
        }
    }
}
