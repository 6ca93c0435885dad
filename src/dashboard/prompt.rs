//! The input line of the filter, with the filters that were set before.

use tui_input::Input;

use crate::history::filter::{Filter, Mistake};

/// The input line of the filter.
#[derive(Debug, Clone, Default)]
pub struct Prompt {
    /// What is typed.
    pub input: Input,
    /// Why it is no filter yet.
    pub mistake: Option<Mistake>,
    /// How many filters back in the history of filters this one stands.
    pub back: usize,
}

impl Prompt {
    pub(super) fn set(&mut self, value: String) {
        self.mistake = Filter::parse(&value).err();
        self.input = Input::new(value);
    }

    /// Shows a filter from the history of filters, newest first.
    pub(super) fn go_back(&mut self, filters: &[String], by: isize) {
        let back = self.back.saturating_add_signed(by).min(filters.len());
        if back != self.back {
            self.back = back;
            let nth = filters.len().checked_sub(back).and_then(|it| filters.get(it));
            self.set(nth.cloned().unwrap_or_default());
        }
    }
}
