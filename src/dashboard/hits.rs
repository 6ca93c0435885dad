//! Keys `n` `N`: to the next or the previous hit of the filter in the detail, then to
//! the next or the previous callback.

use super::action::{Direction, Pane};
use super::app::App;
use super::detail::Tab;
use super::notice::Notice;
use super::pane::content::Content;
use super::words;
use crate::callback::Localized;
use crate::callback::lang::localize;

const NEXT_CALLBACK: Localized = Localized::new(
    "no further hit in that callback: this is the next one",
    "原来那条没有更多匹配，这是下一条",
);
const PREVIOUS_CALLBACK: Localized = Localized::new(
    "no earlier hit in that callback: this is the one before",
    "原来那条没有更早的匹配，这是前一条",
);
const IN_PAYLOAD: Localized = Localized::new("its hit is in the tab Payload", "匹配位于“正文”标签");
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
        let is_found = self.detail_callback() != before && self.go_to_hit(direction, true);
        let lang = self.settings.lang;
        let notice = notice.text(lang);
        self.notify(Notice::harmless(match self.view_of_hit().filter(|_| !is_found) {
            None => notice.to_owned(),
            Some(view) => {
                let view = view.text(lang);
                localize!(lang, "{notice}; {view}", "{notice}；{view}")
            }
        }));
    }

    /// Where the filter matches the body of the callback, if the tab on the screen does not
    /// show that.
    fn view_of_hit(&self) -> Option<Localized> {
        if self.detail.tab == Tab::Payload {
            return None;
        }
        let (id, filter) = (self.detail_callback()?, self.filter()?);
        let is_shown = Content::of(self, filter)
            .is_some_and(|content| (0..content.len()).any(|it| content.is_hit(filter, it)));
        if is_shown {
            return None;
        }
        let hits = filter.highlights_in(&self.detail_head(id)?.delivery.body);
        (!hits.is_empty()).then_some(IN_PAYLOAD)
    }

    /// Scrolls to the next hit in the detail, if `is_new`, to the first or last one; whether
    /// there is one.
    fn go_to_hit(&mut self, direction: Direction, is_new: bool) -> bool {
        let is_of_line = !is_new && self.go_to_hit_of_line(direction);
        if is_of_line || !is_new && direction == Direction::Next && self.go_to_folded_hit() {
            return true;
        }
        let extent = self.viewport.detail;
        let top = extent.top(self.detail.line);
        let Some(found) = self.next_hit(direction, is_new, top) else { return false };
        if self.detail.shows_tree() {
            self.detail.line = found;
            self.detail.row = 0;
            self.unfold_hit(direction);
            return true;
        }
        let wrapped = self.wrap_hit(found, direction);
        let is_shown = !is_new && wrapped.is_none() && extent.shown(top).contains(&found);
        let found = wrapped.unwrap_or(found);
        self.detail.line = if is_shown { top } else { found.saturating_sub(extent.rows / 2) };
        self.detail.found = Some(found);
        true
    }

    /// Wraps lines if the hit in one of them is cut; returns the line with the hit then.
    fn wrap_hit(&mut self, found: usize, direction: Direction) -> Option<usize> {
        let filter = self.filter()?;
        let content = Content::of(self, filter)?;
        if !content.hides_hit(filter, found, self.viewport.detail.area.width) {
            return None;
        }
        let number = content.number(found);
        self.detail.wrap = !self.detail.wrap;
        self.notify_with_keys(words::WRAPPED);
        let filter = self.filter()?;
        let content = Content::of(self, filter)?;
        let mut parts = (0..content.len()).filter(|it| content.number(*it) == number);
        let hits: Vec<_> = parts.clone().filter(|it| content.is_hit(filter, *it)).collect();
        let hit = if direction == Direction::Next { hits.first() } else { hits.last() };
        // A hit over the end of a line is in neither part.
        hit.copied().or_else(|| parts.next())
    }

    fn next_hit(&self, direction: Direction, is_new: bool, top: usize) -> Option<usize> {
        let filter = self.filter()?;
        let content = Content::of(self, filter)?;
        let is_hit = |line: &usize| content.is_hit(filter, *line);
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
