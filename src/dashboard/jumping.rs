//! What keys do in the life line: move its cursor, go to another callback, and back.

use super::action::{Pane, Step};
use super::app::App;
use super::cursor::moved;
use super::related::{self, Entry, Jump};
use super::rows::Rows;
use super::words;
use crate::history::RowId;

/// Jumps that can be undone.
const MAX_JUMPS: usize = 100;

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

    /// Whether the cursor of the life line is on another callback, which is kept.
    pub(super) fn leads_elsewhere(&self) -> bool {
        let entry = self.life_line().and_then(|(entries, at)| entries.get(at).copied());
        entry.is_some_and(|Entry { id, .. }| {
            self.history.flow().row(id).is_some() && self.detail_callback() != Some(id)
        })
    }

    /// Selects a callback that is kept, so that esc in the detail leads back.
    pub(super) fn jump_to(&mut self, id: RowId) {
        if self.detail_callback() == Some(id) {
            return;
        }
        let jump = self.jump(id);
        let oldest = (self.detail.jumps.len() + 1).saturating_sub(MAX_JUMPS);
        self.detail.jumps.drain(..oldest);
        self.detail.jumps.push(jump);
    }

    /// Undoes the last jump, if its callback is still in the focused detail; whether it did.
    pub(super) fn return_from_jump(&mut self) -> bool {
        let is_there = self.focus.pane == Pane::Detail;
        let jump = self.detail.jumps.pop().filter(|it| is_there && self.is_at(it));
        let Some(jump) = jump else {
            self.detail.jumps.clear();
            return false;
        };
        self.undo_jump(jump);
        true
    }

    /// Selects a callback that is kept; ends a pause or a filter that hides it.
    pub(super) fn jump(&mut self, id: RowId) -> Jump {
        let lang = self.settings.lang;
        let is_listed = |rows: Rows<'_>| rows.at(rows.row_of(id)) == Some(id);
        let all = Rows::new(self.history.flow(), None, self.rows_end());
        if self.paused.is_some() && !is_listed(all) {
            self.resume();
            self.notify(words::PAUSE_ENDED.text(lang));
        }
        let mut jump = Jump { to: id, from: self.selection.callback, filter: None };
        if !is_listed(self.rows()) {
            jump.filter = self.filter().cloned();
            self.set_filter(None);
            self.notify_with_keys(words::FILTER_OFF);
        }
        self.select(Some(id));
        jump
    }

    /// Whether the callback that a jump went to is still selected.
    pub(super) fn is_at(&self, jump: &Jump) -> bool {
        self.selection.callback == Some(jump.to)
    }

    /// Selects what was selected before a jump, with the filter of that time.
    pub(super) fn undo_jump(&mut self, jump: Jump) {
        if self.filter().is_none() && jump.filter.is_some() {
            self.set_filter(jump.filter);
        }
        self.select(jump.from);
    }

    /// The lines of the life line, and which of them is under the cursor.
    fn life_line(&self) -> Option<(Vec<Entry>, usize)> {
        let id = self.detail_callback()?;
        let entries = related::entries(&self.detail.life_line(id, self.history.flow()));
        let at = related::cursor(&entries, self.detail.entry, id);
        Some((entries, at))
    }
}
