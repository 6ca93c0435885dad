//! What keys do in the life line: move its cursor, go to another callback, and back.

use super::action::{Pane, Step};
use super::app::App;
use super::cursor::moved;
use super::notice::Notice;
use super::related::{self, Entry, Jump};
use super::words;
use crate::callback::Localized;
use crate::history::RowId;

/// Jumps that can be undone.
const MAX_JUMPS: usize = 100;
const FILTER_OFF: Localized = Localized::new(
    "the filter does not match it and is off; esc goes back to both",
    "过滤条件与之不匹配，已关闭；按 esc 恢复",
);

impl App {
    /// Moves the cursor of the life line.
    pub(super) fn step_life_line(&mut self, step: Step) {
        if let Some((entries, at)) = self.life_line() {
            let to = moved(at, entries.len(), self.viewport.detail.rows, step);
            self.detail.entry = entries.get(to).copied();
        }
    }

    /// Moves the cursor of the life line to a line of the pane, if that is no heading.
    pub(super) fn select_life_line(&mut self, line: usize) {
        let Some((entries, _)) = self.life_line() else { return };
        let mut lines = related::lines(&entries);
        if let Some(Some(entry)) = lines.nth(line) {
            self.detail.entry = Some(entry);
        }
    }

    /// Selects the callback under the cursor of the life line.
    pub(super) fn go_to_related(&mut self) {
        let Some((entries, at)) = self.life_line() else { return };
        let Some(Entry { id, .. }) = entries.get(at).copied() else { return };
        if self.history.flow().row(id).is_some() {
            self.jump_to(id);
        }
    }

    /// Selects a callback that is kept, so that esc in the detail leads back; ends a pause
    /// or a filter that hides it.
    pub(super) fn jump_to(&mut self, id: RowId) {
        if self.detail_callback() == Some(id) {
            return;
        }
        let is_listed = |app: &Self| app.rows().at(app.rows().row_of(id)) == Some(id);
        if !is_listed(self) && self.paused.is_some() {
            self.resume();
            self.notify(words::PAUSE_ENDED.text(self.settings.lang));
        }
        let mut jump = Jump { to: id, from: self.selection.callback, filter: None };
        if !is_listed(self) {
            jump.filter = self.filter().cloned();
            self.set_filter(None);
            self.notify(Notice::harmless(FILTER_OFF.text(self.settings.lang)));
        }
        self.select(Some(id));
        let oldest = (self.detail.jumps.len() + 1).saturating_sub(MAX_JUMPS);
        self.detail.jumps.drain(..oldest);
        self.detail.jumps.push(jump);
    }

    /// Undoes the last jump, if its callback is still in the focused detail; whether it did.
    pub(super) fn return_from_jump(&mut self) -> bool {
        let jump =
            self.detail.jumps.pop().filter(|it| {
                self.focus.pane == Pane::Detail && self.selection.callback == Some(it.to)
            });
        let Some(jump) = jump else {
            self.detail.jumps.clear();
            return false;
        };
        if self.filter().is_none() && jump.filter.is_some() {
            self.set_filter(jump.filter);
        }
        self.select(jump.from);
        true
    }

    /// The lines of the life line, and which of them is under the cursor.
    fn life_line(&self) -> Option<(Vec<Entry>, usize)> {
        let id = self.detail_callback()?;
        let entries = related::entries(&self.detail.life_line(id, self.history.flow()));
        let at = related::cursor(&entries, self.detail.entry, id);
        Some((entries, at))
    }
}
