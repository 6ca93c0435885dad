//! The list of the filters that have names in config files.

use std::ops::ControlFlow;
use std::sync::Arc;

use crossterm::event::{KeyCode, KeyEvent};

use super::action::Step;
use super::cursor::moved;
use super::keymap::Keymap;
use super::viewport::Extent;
use crate::history::filter::{Filter, NamedFilter};

/// The filters with names, and the one under the cursor.
#[derive(Debug, Clone)]
pub(super) struct FilterList {
    /// The filters, shared with the settings.
    pub(super) filters: Arc<[NamedFilter]>,
    /// The index of the selected one.
    pub(super) cursor: usize,
}

impl FilterList {
    /// The selected filter.
    pub(super) fn selected(&self) -> Option<&Filter> {
        self.filters.get(self.cursor).map(|it| &it.filter)
    }

    /// Selects another filter.
    pub(super) fn step(&mut self, step: Step, extent: Option<Extent>) {
        let rows = extent.map_or(0, |it| it.rows);
        self.cursor = moved(self.cursor, self.filters.len(), rows, step);
    }

    /// Handles a key; breaks when the list is to be closed, with the filter that was chosen:
    /// by its digit, or by enter.
    pub(super) fn on_key(
        &mut self,
        key: KeyEvent,
        extent: Option<Extent>,
        keymap: &Keymap,
    ) -> ControlFlow<Option<Filter>> {
        let arrow = match key.code {
            KeyCode::Esc => return ControlFlow::Break(None),
            KeyCode::Enter => return ControlFlow::Break(self.selected().cloned()),
            KeyCode::Char(digit @ '1'..='9') => {
                let nth = (digit as usize) - ('1' as usize);
                let Some(chosen) = self.filters.get(nth) else { return ControlFlow::Continue(()) };
                return ControlFlow::Break(Some(chosen.filter.clone()));
            }
            KeyCode::Down => Some(Step::Down),
            KeyCode::Up => Some(Step::Up),
            KeyCode::End => Some(Step::Bottom),
            _ => None,
        };
        if let Some(step) = keymap.step(key).or(arrow) {
            self.step(step, extent);
        }
        ControlFlow::Continue(())
    }
}
