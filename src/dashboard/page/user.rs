//! The page of a user: how the unread count came about.

use super::Walk;
use crate::dashboard::action::Step;
use crate::dashboard::cursor::moved;
use crate::history::RowId;
use crate::history::gauge_steps::GaugeSteps;

/// The page of a user.
#[derive(Debug)]
pub(in crate::dashboard) struct UserPage {
    /// The steps of the unread count.
    pub(in crate::dashboard) steps: GaugeSteps,
    /// The callback of the selected step; `None` while the page follows the newest.
    pub(in crate::dashboard) selected: Option<RowId>,
    pub(super) walk: Walk,
}

impl UserPage {
    /// The page of a user of an application.
    pub(in crate::dashboard) fn new(app: &str, user: &str) -> Self {
        Self { steps: GaugeSteps::new(app, user), selected: None, walk: Walk::default() }
    }

    /// The selected step, by its place.
    pub(in crate::dashboard) fn cursor(&self) -> usize {
        let last = self.steps.len().saturating_sub(1);
        self.selected.map_or(last, |id| self.steps.place_of(id).min(last))
    }

    /// Moves the cursor.
    pub(super) fn step(&mut self, step: Step, rows: usize) {
        self.select(moved(self.cursor(), self.steps.len(), rows, step));
    }

    /// Selects a step by its place; with the last one the page follows the newest.
    pub(super) fn select(&mut self, nth: usize) {
        self.selected = self.steps.id_at(nth).filter(|_| nth + 1 < self.steps.len());
    }
}
