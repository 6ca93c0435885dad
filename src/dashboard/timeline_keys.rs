//! What the timeline is drawn from, and what its keys do.

use std::ops::Range;

use crossterm::event::KeyEvent;
use ratatui::layout::{Position, Rect};

use super::action::{Direction, Pane, Step, TimelineAction};
use super::app::App;
use super::entered::InputKind;
use super::notice::Notice;
use super::overlay::Overlay;
use super::selection::Focus;
use super::timeline::{GUTTER, Scope, TimelineState, at_term, range_text, width_text};
use super::words;
use crate::callback::Timestamp;
use crate::callback::lang::localize;
use crate::history::filter::Filter;
use crate::history::matches::Matches;
use crate::history::timeline::Timeline;

impl App {
    /// The callbacks over time: all of them, or those that the filter lets through; while
    /// paused, those of that moment.
    fn callbacks_over_time(&self) -> &Timeline {
        self.history.matches().map_or(self.panes().timeline, Matches::timeline)
    }

    /// What a timeline in an area is drawn from; `None` without a callback whose time is
    /// known.
    pub(super) fn timeline_scope(&self, area: Rect) -> Option<Scope<'_>> {
        let timeline = self.callbacks_over_time();
        let span = timeline.span()?;
        let now = self.panes().now.secs();
        let last = match self.shows_recording() {
            true => span.end - 1,
            false => now.max(span.end - 1),
        };
        // Without the border.
        let cells = usize::from(area.width.saturating_sub(2 + GUTTER).max(1));
        let zone = &self.settings.zone;
        let fills = self.shows_recording();
        Some(Scope { timeline, first: span.start, last, zone, cells, fills })
    }

    /// What the focused timeline is drawn from. Keys can be faster than its first frame.
    fn focused_scope(&self) -> Option<Scope<'_>> {
        let layout = self.viewport.layout?;
        let layout = if self.focus.zoomed { layout.zoomed(Pane::Timeline) } else { layout };
        self.timeline_scope(layout.area(Pane::Timeline)?)
    }

    /// Changes the state of the timeline; `None` without a callback whose time is known.
    fn change_timeline<T>(
        &mut self,
        change: impl FnOnce(&mut TimelineState, &Scope<'_>) -> T,
    ) -> Option<T> {
        let mut state = self.timeline.clone();
        let result = change(&mut state, &self.focused_scope()?);
        self.timeline = state;
        Some(result)
    }

    /// Performs the action of a key that has one in the focused timeline; returns whether
    /// it has.
    pub(super) fn handle_timeline_key(&mut self, key: KeyEvent) -> bool {
        let action = self.settings.keymap.timeline.action(key);
        let action = action.filter(|_| self.focus.pane == Pane::Timeline);
        action.is_some_and(|it| {
            self.act_in_timeline(it);
            true
        })
    }

    fn act_in_timeline(&mut self, action: TimelineAction) {
        match action {
            TimelineAction::Move(direction) => self.step_timeline(direction.step()),
            TimelineAction::Scale(direction) => {
                let changed = self.change_timeline(|state, scope| state.scale(scope, direction));
                if changed == Some(false) {
                    self.notify_end_of_scale(direction);
                }
            }
            TimelineAction::ShowAll => self.timeline.show_all(),
            TimelineAction::Go => self.go_to_bar(),
            TimelineAction::Mark => {
                self.change_timeline(TimelineState::toggle_mark);
            }
            TimelineAction::Filter => self.filter_by_time(),
        }
    }

    /// Notifies the user why there are no shorter bars (next) or longer ones.
    fn notify_end_of_scale(&mut self, direction: Direction) {
        let lang = self.settings.lang;
        let width = self.focused_scope().map_or(1, |it| self.timeline.window(&it).width);
        let notice = match direction {
            Direction::Previous => words::ALL_IS_SHOWN.text(lang).to_owned(),
            Direction::Next if width == 1 => words::SHORTEST_BARS.text(lang).to_owned(),
            Direction::Next => {
                let width = width_text(lang, width);
                localize!(
                    lang,
                    "only the newest callbacks are counted by the second: here a bar is {width} at least",
                    "只有最新的回调按秒计数：此处每条至少 {width}"
                )
            }
        };
        self.notify(notice);
    }

    /// Moves the cursor of the focused timeline to the bar of the selected callback.
    pub(super) fn point_at_selected(&mut self) {
        let selected = self.selection.callback.and_then(|it| self.history.flow().received_at(it));
        if let Some(at) = selected {
            self.point_at_second(at.secs());
        }
    }

    /// Moves the cursor of the focused timeline to the bar of a second.
    pub(super) fn point_at_second(&mut self, second: i64) {
        self.change_timeline(|state, scope| state.go_to(scope, second));
    }

    /// Moves the cursor of the timeline.
    pub(super) fn step_timeline(&mut self, step: Step) {
        self.change_timeline(|state, scope| state.step(scope, step));
    }

    /// Moves the cursor of the timeline to the bar at a cell of the screen.
    pub(super) fn point_at_bar(&mut self, cell: Position) {
        self.timeline.clear_marks();
        if let Some(cell) = self.cell_of_bars(cell) {
            self.change_timeline(|state, scope| state.point_at(scope, cell));
        }
    }

    /// Marks the time from the bar at which the mouse was pressed to the one at a cell.
    pub(super) fn drag_to_bar(&mut self, cell: Position) {
        let is_used = self.focus.pane == Pane::Timeline && matches!(self.overlay, Overlay::None);
        if let Some(cell) = self.cell_of_bars(cell).filter(|_| is_used) {
            self.change_timeline(|state, scope| state.drag_to(scope, cell));
        }
    }

    /// The column of the bars at a cell of the screen, from 0.
    fn cell_of_bars(&self, cell: Position) -> Option<usize> {
        let area = self.viewport.drawn.timeline.filter(|it| it.contains(cell))?;
        cell.x.checked_sub(area.x + 1 + GUTTER).map(usize::from)
    }

    /// The seconds of the bar under the cursor.
    fn bar_under_cursor(&self) -> Option<Range<i64>> {
        self.timeline.window(&self.focused_scope()?).cursor_bar()
    }

    /// Selects the first callback of the bar under the cursor, else the first later one,
    /// in Flow; with two marks, filters.
    pub(super) fn go_to_bar(&mut self) {
        if self.timeline.has_both_marks() {
            return self.filter_by_time();
        }
        let Some(bar) = self.bar_under_cursor() else { return };
        let [start, end] = [bar.start, bar.end].map(Timestamp::from_secs);
        let found = self.rows().received_in(&(start..end));
        if found.is_none_or(|(_, at)| bar.end <= at.secs()) {
            let (lang, at) = (self.settings.lang, range_text(&bar, &self.settings.zone, true));
            self.notify(Notice::harmless(match found {
                Some(_) => localize!(
                    lang,
                    "no callback of {at} is listed; the next one is selected",
                    "列表中没有 {at} 的回调；已选择其后的一条"
                ),
                None => localize!(
                    lang,
                    "no callback of {at} or later is listed",
                    "列表中没有 {at} 及之后的回调"
                ),
            }));
        }
        let Some((id, _)) = found else { return };
        self.select(Some(id));
        self.focus = Focus::default();
    }

    /// Adds the time from mark to mark to the filter: with one mark, that from it to the
    /// cursor; without one, that of the bar under the cursor.
    fn filter_by_time(&mut self) {
        let Some(bar) = self.bar_under_cursor() else { return };
        let range = self.timeline.marked_or_to(&bar);
        let Some(term) = at_term(&range, &self.settings.zone) else { return };
        match Filter::parse(&term) {
            Ok(term) => {
                let filter = self.filter().cloned().unwrap_or_default().and(term);
                self.keep_entered(InputKind::Filter, filter.text().to_owned());
                self.timeline.clear_marks();
                // The bars stay where they are when the filter is off again.
                let shown = self.timeline.clone();
                self.filter_by(filter);
                self.timeline = shown;
            }
            Err(error) => self.notify(error.message(self.settings.lang)),
        }
    }
}
