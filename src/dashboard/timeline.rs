//! The state of the timeline: which bars it shows, its cursor, its marks. Pure functions
//! of the callbacks' times, the time zone and the number of cells.

mod label;
mod scale;
#[cfg(test)]
mod tests;
mod window;

use std::ops::Range;

pub(super) use label::{at_term, is_shown_twice, range_text, width_text, zoned};
pub(super) use scale::{DAY, start_of, widths};
pub(super) use window::{Scope, Window};

use super::action::{Direction, Step};
use scale::{next_start, start_before};

/// Cells to the left of the bars, for labels of the rows.
pub(super) const GUTTER: u16 = 6;
/// Maximum number of marks.
const MAX_MARKS: usize = 2;

/// Which bars the timeline shows, its cursor, its marks.
#[derive(Debug, Clone, Default)]
pub(super) struct TimelineState {
    /// Width in seconds of the bars, and the first second on the screen; `None` while all
    /// of the time is shown.
    zoom: Option<(i64, i64)>,
    /// A second of the bar under the cursor; `None` while that is the last one.
    cursor: Option<i64>,
    /// The seconds of the marked bars.
    marks: Vec<Range<i64>>,
}

impl TimelineState {
    /// The bars on the screen.
    pub(super) fn window(&self, scope: &Scope<'_>) -> Window {
        let (least, left) = self.zoom.unwrap_or_default();
        let seconds = scope.last.saturating_sub(scope.first);
        let cells = i64::try_from(scope.cells).unwrap_or(i64::MAX);
        let is_long_enough = |it: &i64| self.zoom.is_some() || seconds / it < cells;
        let of = |width| Window::of(scope, width, self.cursor, left);
        let fits = |it: &Window| self.zoom.is_some() || it.start() <= Some(scope.first);
        let mut windows = widths().filter(|it| least <= *it).filter(is_long_enough).map(of);
        windows.find(|it| fits(it) && it.is_kept(scope)).unwrap_or_default()
    }

    /// Moves the cursor: up and left is earlier.
    pub(super) fn step(&mut self, scope: &Scope<'_>, step: Step) {
        let Window { width, edges, cursor } = self.window(scope);
        let Some(at) = edges.get(cursor).copied() else { return };
        let page = i64::try_from(scope.cells.max(2) - 1).unwrap_or(i64::MAX);
        let before = |count| start_before(scope.zone, width, at, count);
        let to = match step {
            Step::Up => start_of(scope.zone, width, at - 1),
            Step::Down => next_start(scope.zone, width, at),
            Step::PageUp => before(page),
            Step::PageDown => before(-page),
            Step::HalfUp => before(page / 2),
            Step::HalfDown => before(-page / 2),
            Step::Top => scope.first,
            Step::Bottom => i64::MAX,
        };
        self.place(scope, width, to);
    }

    /// Moves the cursor to the bar in a cell, from 0 at the left.
    pub(super) fn point_at(&mut self, scope: &Scope<'_>, cell: usize) {
        let window = self.window(scope);
        let nth = (0..window.len()).find(|it| window.cells_of(*it, scope.cells).contains(&cell));
        if let Some(bar) = nth.and_then(|it| window.bar(it)) {
            self.place(scope, window.width, bar.start);
        }
    }

    /// Moves the cursor to the bar in a cell, and marks it and the one at which this began.
    pub(super) fn drag_to(&mut self, scope: &Scope<'_>, cell: usize) {
        if self.marks.is_empty() {
            self.toggle_mark(scope);
        }
        self.point_at(scope, cell);
        self.marks.truncate(1);
        let bar = self.window(scope).cursor_bar().filter(|it| !self.marks.contains(it));
        self.marks.extend(bar);
    }

    /// Moves the cursor to the bar of a second.
    pub(super) fn go_to(&mut self, scope: &Scope<'_>, second: i64) {
        self.place(scope, self.window(scope).width, second);
    }

    /// Moves the cursor to a second; at the last bar it follows.
    fn place(&mut self, scope: &Scope<'_>, width: i64, second: i64) {
        let last = start_of(scope.zone, width, scope.last);
        self.cursor = (second < last).then_some(second.max(scope.first));
        self.hold(scope);
    }

    /// Shows shorter bars (next) or longer ones around the cursor; returns whether there
    /// are any.
    pub(super) fn scale(&mut self, scope: &Scope<'_>, direction: Direction) -> bool {
        let before = self.window(scope);
        let Some(at) = before.cursor_bar().map(|it| it.start) else { return false };
        let longest = Self { zoom: None, ..self.clone() }.window(scope).width;
        let width = match direction {
            Direction::Next => widths().take_while(|it| *it < before.width).last(),
            Direction::Previous => widths().find(|it| before.width < *it && *it <= longest),
        };
        let Some(width) = width else { return false };
        let left = i64::try_from(before.cursor).map_or(at, |it| at.saturating_sub(it * width));
        let zoom = (width < longest).then_some((width, left));
        let changed = Self { zoom, ..self.clone() };
        if changed.window(scope).width == before.width {
            return false;
        }
        *self = changed;
        self.hold(scope);
        true
    }

    /// Shows all of the time.
    pub(super) fn show_all(&mut self) {
        self.zoom = None;
    }

    /// Whether all of the time is shown.
    pub(super) const fn shows_all(&self) -> bool {
        self.zoom.is_none()
    }

    /// Moves the cursor to the last bar.
    pub(super) fn follow(&mut self) {
        self.cursor = None;
    }

    /// Marks the bar under the cursor, or unmarks it; a third mark removes the first.
    pub(super) fn toggle_mark(&mut self, scope: &Scope<'_>) {
        let Some(bar) = self.window(scope).cursor_bar() else { return };
        let len = self.marks.len();
        self.marks.retain(|it| *it != bar);
        if self.marks.len() == len {
            self.marks.drain(..(len + 1).saturating_sub(MAX_MARKS));
            self.marks.push(bar);
        }
    }

    /// Removes the marks; returns whether there were any.
    pub(super) fn clear_marks(&mut self) -> bool {
        !std::mem::take(&mut self.marks).is_empty()
    }

    /// The seconds of the marked bars.
    pub(super) fn marks(&self) -> &[Range<i64>] {
        &self.marks
    }

    /// Whether two bars are marked.
    pub(super) fn has_both_marks(&self) -> bool {
        self.marks.len() == MAX_MARKS
    }

    /// The seconds from mark to mark; with one mark from it to a bar, without one of that
    /// bar.
    pub(super) fn marked_or_to(&self, bar: &Range<i64>) -> Range<i64> {
        let bars = match self.has_both_marks() {
            true => &self.marks[1..],
            false => std::slice::from_ref(bar),
        };
        self.marks
            .iter()
            .fold(bars[0].clone(), |sum, it| sum.start.min(it.start)..sum.end.max(it.end))
    }

    /// Whether the cursor is on the last bar, and stays there.
    pub(super) fn follows(&self) -> bool {
        self.cursor.is_none()
    }

    /// Keeps the bars where they are until the cursor leaves them.
    fn hold(&mut self, scope: &Scope<'_>) {
        let start = self.window(scope).start();
        if let (Some((_, left)), Some(start)) = (&mut self.zoom, start) {
            *left = start;
        }
    }
}
