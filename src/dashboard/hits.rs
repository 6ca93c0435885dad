//! Keys `n` `N`: to the next or the previous hit of the filter in the detail, then to
//! the next or the previous callback.

use super::action::{Direction, Pane};
use super::app::App;
use super::notice::Notice;
use super::pane::detail::Content;
use crate::callback::Localized;

const NEXT_CALLBACK: Localized = Localized::new(
    "no further hit in the last one; this is the next",
    "上一条已无更多匹配，已转到下一条",
);
const PREVIOUS_CALLBACK: Localized = Localized::new(
    "no earlier hit in the last one; this is the one before",
    "该条之前已无匹配，已转到前一条",
);
const NO_HIT: Localized = Localized::new("no further hit", "没有更多匹配");

impl App {
    /// Goes to the next hit of the filter in the focused detail; else selects the next
    /// callback in Flow.
    pub(super) fn select_match(&mut self, direction: Direction) {
        if self.focus.pane != Pane::Detail || self.filter().is_none() {
            return self.select_next(direction, |_, _| true);
        }
        if self.go_to_hit(direction, false) {
            return;
        }
        let before = self.detail_callback();
        // The newest may be shown without being selected.
        if self.selection.callback.is_none() {
            self.select(before);
        }
        self.select_next(direction, |_, _| true);
        self.focus.pane = Pane::Detail;
        let notice = match direction {
            _ if self.detail_callback() == before => NO_HIT,
            Direction::Next => NEXT_CALLBACK,
            Direction::Previous => PREVIOUS_CALLBACK,
        };
        if self.detail_callback() != before {
            self.go_to_hit(direction, true);
        }
        self.notify(Notice::harmless(notice.text(self.settings.lang)));
    }

    /// Scrolls to the next hit in the detail, of a `new` callback to the first or last one;
    /// whether there is one.
    fn go_to_hit(&mut self, direction: Direction, is_new: bool) -> bool {
        let extent = self.viewport.detail;
        let top = extent.top(self.detail.line);
        let has_cursor = self.detail.shows_tree();
        let Some(found) = self.next_hit(direction, is_new, top) else { return false };
        if has_cursor {
            self.detail.line = found;
            return true;
        }
        let is_shown = !is_new && extent.shown(top).contains(&found);
        self.detail.line = if is_shown { top } else { found.saturating_sub(extent.rows / 2) };
        self.detail.found = Some(found);
        true
    }

    fn next_hit(&self, direction: Direction, is_new: bool, top: usize) -> Option<usize> {
        let content = Content::of(self)?;
        let filter = self.filter()?;
        let is_hit = |line: &usize| !filter.highlights(&content.line(*line)).is_empty();
        let cursor = self.detail.shows_tree().then_some(self.detail.line);
        let here = cursor.or(self.detail.found).filter(|_| !is_new);
        match direction {
            Direction::Next => {
                let first = here.map_or(if is_new { 0 } else { top }, |it| it + 1);
                (first..content.len()).find(is_hit)
            }
            Direction::Previous => {
                let end = here.unwrap_or(if is_new { content.len() } else { top });
                (0..end.min(content.len())).rev().find(is_hit)
            }
        }
    }
}
