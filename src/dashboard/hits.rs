//! Keys `n` `N`: to the next or the previous hit of the filter in the detail, then to
//! the next or the previous callback.

use super::action::{Direction, Pane};
use super::app::App;
use super::detail::{Form, Tab};
use super::notice::Notice;
use super::pane::detail::Content;
use crate::callback::Localized;
use crate::callback::lang::localize;

const NEXT_CALLBACK: Localized = Localized::new(
    "no further hit in the last one; this is the next",
    "上一条已无更多匹配，已转到下一条",
);
const PREVIOUS_CALLBACK: Localized = Localized::new(
    "no earlier hit in the last one; this is the one before",
    "该条之前已无匹配，已转到前一条",
);
const IN_PAYLOAD: Localized = Localized::new("its hit is in the tab Payload", "匹配位于“正文”标签");
const IN_TEXT: Localized = Localized::new("its hit is in the text: x", "匹配位于文本视图：按 x");
const BEYOND_ENDS: Localized =
    Localized::new("its hit is beyond the ends of lines: w", "匹配位于行尾之外：按 w 换行");
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
        let (id, filter) = (self.detail_callback()?, self.filter()?);
        let is_shown = Content::of(self, filter)
            .is_some_and(|content| (0..content.len()).any(|it| content.is_hit(filter, it)));
        let in_body = || -> Option<bool> {
            Some(!filter.highlights_in(&self.detail_head(id)?.delivery.body).is_empty())
        };
        if is_shown || in_body() != Some(true) {
            return None;
        }
        match (self.detail.tab, self.detail.form) {
            (Tab::Payload, Form::Tree) => Some(IN_TEXT),
            (Tab::Payload, Form::Text | Form::Raw) => Some(BEYOND_ENDS),
            (Tab::Payload, Form::Bytes) => None,
            _ => Some(IN_PAYLOAD),
        }
    }

    /// Scrolls to the next hit in the detail, if `is_new`, to the first or last one; whether
    /// there is one.
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
