//! Moving the selection and the focus.

use super::action::{Direction, Pane, Step};
use super::app::App;
use super::cursor::moved;
use super::detail::Tab;
use super::selection::Selection;
use super::words;
use crate::history::RowId;

impl App {
    /// Focuses a pane; one that is not on the screen fills it.
    pub(super) fn focus_on(&mut self, pane: Pane) {
        let is_new = self.focus.pane != pane;
        self.focus.pane = pane;
        self.focus.zoomed |= !self.viewport.has(pane);
        self.focus_timeline(is_new);
    }

    /// Lets the timeline begin at the selected callback, if it is the focused pane now.
    fn focus_timeline(&mut self, is_new: bool) {
        if is_new && self.focus.pane == Pane::Timeline {
            self.point_at_selected();
        }
    }

    /// Focuses the next or the previous pane on the screen, or while one is zoomed of all.
    pub(super) fn cycle_focus(&mut self, direction: Direction) {
        let (viewport, zoomed) = (self.viewport, self.focus.zoomed);
        let before = self.focus.pane;
        self.focus.cycle(direction, |pane| zoomed || viewport.has(pane));
        self.focus_timeline(before != self.focus.pane);
    }

    /// Lets the focused pane fill the screen, or ends that if the pane has another place.
    pub(super) fn toggle_zoom(&mut self) {
        if self.focus.zoomed && !self.viewport.has(self.focus.pane) {
            return self.notify_with_keys(words::ONLY_IN_FULL);
        }
        self.focus.zoomed = !self.focus.zoomed;
    }

    /// Shows the next or the previous tab of the detail if that is on the screen.
    pub(super) fn cycle_tab(&mut self, direction: Direction) {
        let is_shown = match self.focus.zoomed {
            true => self.focus.pane == Pane::Detail,
            false => self.viewport.has(Pane::Detail),
        };
        match is_shown {
            true => self.detail.cycle_tab(direction),
            false => self.notify_with_keys(words::NO_DETAIL),
        }
    }

    /// Focuses Flow if the focused pane is not on the screen.
    pub(super) fn leave_missing_pane(&mut self) {
        if !self.focus.zoomed && !self.viewport.has(self.focus.pane) {
            self.focus.pane = Pane::Flow;
        }
    }

    /// Stops a save, else undoes the last of jump, zoom, focus, filter, selection and
    /// marks that applies.
    pub(super) fn back(&mut self) {
        if self.stop_resending() || self.stop_saving() || self.return_from_jump() {
            return;
        }
        if self.focus.pane == Pane::Timeline && self.timeline.clear_marks() {
            return;
        }
        if self.return_to_page() {
            return;
        }
        if self.focus.zoomed {
            self.focus.zoomed = false;
            self.leave_missing_pane();
        } else if self.focus.pane != Pane::Flow {
            self.focus.pane = Pane::Flow;
        } else if self.filter().is_some() {
            self.set_filter(None);
        } else if self.selection.callback.is_some() || self.paused.is_some() {
            self.follow();
        } else {
            self.marks.clear();
        }
    }

    /// Moves in the focused pane.
    pub(super) fn step(&mut self, step: Step) {
        let (panes, viewport) = (self.panes(), self.viewport);
        let Selection { unread, failure, .. } = self.selection;
        match self.focus.pane {
            Pane::Flow => self.step_flow(step),
            Pane::Unread => {
                let len = panes.unread.len();
                self.selection.unread = moved(unread, len, viewport.unread.rows, step);
            }
            Pane::Failures => {
                let len = panes.failures.len();
                self.selection.failure = moved(failure, len, viewport.failures.rows, step);
            }
            Pane::Detail if self.detail.tab == Tab::LifeLine => self.step_life_line(step),
            Pane::Detail => {
                let rows = self.rows_under_cursor();
                self.detail.step(step, viewport.detail, rows);
            }
            Pane::Timeline => self.step_timeline(step),
        }
    }

    /// Moves in Flow; a step down that lands on the last row follows the newest
    /// callback again.
    fn step_flow(&mut self, step: Step) {
        let rows = self.rows();
        let len = rows.len();
        let row = self.selection.callback.map_or(len.saturating_sub(1), |id| rows.row_of(id));
        let to = moved(row, len, self.viewport.flow.rows, step);
        let selected = rows.at(to).filter(|_| !(step.is_down() && to + 1 >= len));
        self.select(selected);
    }

    /// Selects a callback, or with `None` follows the newest.
    pub(super) fn select(&mut self, id: Option<RowId>) {
        if self.selection.callback != id {
            let end = self.history.flow().end_id();
            self.selection.left_at = id.map(|_| self.selection.left_at.unwrap_or(end));
            self.selection.callback = id;
            self.detail.reset_cursor();
        }
    }

    /// Selects the next failure in a direction, or notifies the user that there
    /// is none.
    pub(super) fn select_failure(&mut self, direction: Direction) {
        let before = self.selection.callback;
        // Nothing is later than the newest.
        let direction = if before.is_none() { Direction::Previous } else { direction };
        let went_wrong =
            |app: &Self, id| app.history.flow().row(id).is_some_and(|it| it.went_wrong());
        self.select_next(direction, went_wrong);
        if self.selection.callback == before {
            let notice = match direction {
                Direction::Next => words::NO_LATER_FAILURE,
                Direction::Previous => words::NO_EARLIER_FAILURE,
            };
            self.notify(notice.text(self.settings.lang));
        }
    }

    /// Selects the next callback of Flow in a direction for which `is_wanted`
    /// returns true, if there is one.
    pub(super) fn select_next(
        &mut self,
        direction: Direction,
        is_wanted: impl Fn(&Self, RowId) -> bool,
    ) {
        let rows = self.rows();
        let len = rows.len();
        let here = self.selection.callback.map_or(len, |id| rows.row_of(id));
        let mut wanted = |row| rows.at(row).filter(|id| is_wanted(self, *id));
        let id = match direction {
            Direction::Next => (here.saturating_add(1)..len).find_map(&mut wanted),
            Direction::Previous => (0..here).rev().find_map(&mut wanted),
        };
        if id.is_some() {
            self.focus.pane = Pane::Flow;
            self.select(id);
        }
    }
}
