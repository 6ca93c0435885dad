//! What a journey shows on its screen.

use ratatui::style::Modifier;

use super::Journey;
use crate::journeys::surface::rows;

impl Journey {
    /// The text of the screen.
    pub(crate) fn screen(&self) -> String {
        self.buffer_rows().join("\n")
    }

    pub(crate) fn buffer_rows(&self) -> Vec<String> {
        rows(self.painted.borrow().terminal.backend().buffer())
    }

    /// The row of the cursor in the focused pane: the cells in reverse, more than
    /// the name of a tab has. The header is not looked at.
    pub(crate) fn selected(&self) -> Option<String> {
        let painted = self.painted.borrow();
        let buffer = painted.terminal.backend().buffer();
        let width = usize::from(buffer.area.width);
        buffer.content.chunks(width).skip(1).find_map(|row| {
            let reversed = row.iter().filter(|it| it.modifier.contains(Modifier::REVERSED));
            let symbols: Vec<_> = reversed.map(ratatui::buffer::Cell::symbol).collect();
            (symbols.len() > 20).then(|| symbols.concat())
        })
    }

    pub(crate) fn assert_selected(self, text: &str) -> Self {
        let selected = self.selected().unwrap_or_default();
        assert!(selected.contains(text), "{text:?} is not selected in\n{}", self.screen());
        self
    }

    /// Whether a row has cells that are underlined, as what the filter matches.
    pub(crate) fn has_found(&self, row: usize) -> bool {
        let painted = self.painted.borrow();
        let buffer = painted.terminal.backend().buffer();
        let mut cells = buffer.content.chunks(buffer.area.width.into()).nth(row).unwrap().iter();
        cells.any(|it| it.modifier.contains(Modifier::UNDERLINED))
    }

    /// Asserts that the screen holds each of some texts.
    pub(crate) fn shows(self, texts: &[&str]) -> Self {
        for text in texts {
            assert!(self.screen().contains(text), "no {text:?} in\n{}", self.screen());
        }
        self
    }

    /// Asserts that the screen holds none of some texts.
    pub(crate) fn hides(self, texts: &[&str]) -> Self {
        for text in texts {
            assert!(!self.screen().contains(text), "{text:?} in\n{}", self.screen());
        }
        self
    }
}
