//! What the keys apply to: the focused pane, and the selected row of each pane.

use super::action::{Direction, PANES, Pane};
use crate::history::RowId;

/// The focused pane.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Focus {
    /// The pane that keys apply to.
    pub(super) pane: Pane,
    /// Whether it fills the screen.
    pub(super) zoomed: bool,
}

impl Focus {
    /// Moves to the next or the previous pane for which `is_shown` returns true, in a
    /// circle.
    pub(super) fn cycle(&mut self, direction: Direction, is_shown: impl Fn(Pane) -> bool) {
        let mut at = PANES.iter().position(|it| *it == self.pane).unwrap_or_default();
        for _ in PANES {
            at = direction.cycled(at, PANES.len());
            if is_shown(PANES[at]) {
                self.pane = PANES[at];
                return;
            }
        }
    }
}

/// The selected row of each list.
///
/// Callbacks are selected by their position in the flow, which stays the same while
/// others arrive and are evicted. Unread and Failures are selected by row: in live
/// traffic their order may change between a frame and the next key, so that Enter
/// filters by what is in the row then.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Selection {
    /// The selected callback; `None` while the view follows the newest.
    pub(super) callback: Option<RowId>,
    /// The end of the row ids when the view left the newest callback.
    pub(super) left_at: Option<RowId>,
    /// The selected row of Unread.
    pub(super) unread: usize,
    /// The selected row of Failures.
    pub(super) failure: usize,
}
