//! The bars of the timeline that are on the screen, and the one under the cursor.

use std::ops::Range;

use jiff::tz::TimeZone;

use super::scale::{next_start, start_before, start_of};
use crate::history::timeline::Timeline;

/// The maximum width in cells of a bar.
const MAX_CELLS: usize = 8;

/// What the bars are taken from, and how many fit.
#[derive(Debug, Clone, Copy)]
pub(in crate::dashboard) struct Scope<'a> {
    /// The callbacks.
    pub(in crate::dashboard) timeline: &'a Timeline,
    /// The second of the earliest callback.
    pub(in crate::dashboard) first: i64,
    /// The second of the latest one; in a live view the present one.
    pub(in crate::dashboard) last: i64,
    /// The time zone shown.
    pub(in crate::dashboard) zone: &'a TimeZone,
    /// The number of bars that fit.
    pub(in crate::dashboard) cells: usize,
    /// Whether fewer bars are made wider, and not put at the right end: of a recording.
    pub(in crate::dashboard) fills: bool,
}

/// Bars one after the other, and the one under the cursor.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::dashboard) struct Window {
    /// The width in seconds of each bar.
    pub(in crate::dashboard) width: i64,
    /// The first second of each bar, and the end of the last one.
    pub(in crate::dashboard) edges: Vec<i64>,
    /// The index of the bar under the cursor.
    pub(in crate::dashboard) cursor: usize,
}

impl Window {
    /// The bars of a width that end with the last one, or if the cursor is at an earlier
    /// second, those from `left` on, moved so that they hold it.
    pub(super) fn of(scope: &Scope<'_>, width: i64, cursor: Option<i64>, left: i64) -> Self {
        let Scope { zone, cells, .. } = *scope;
        let [first, last] = [scope.first, scope.last].map(|it| start_of(zone, width, it));
        let rest = i64::try_from(cells).unwrap_or(i64::MAX) - 1;
        let at_end = start_before(zone, width, last, rest);
        let (cursor, left) = match cursor {
            None => (last, at_end),
            Some(second) => {
                let cursor = start_of(zone, width, second).min(last).max(first);
                let least = start_before(zone, width, cursor, rest).max(first.min(at_end));
                (cursor, start_of(zone, width, left).max(least).min(cursor).min(at_end))
            }
        };
        let mut edges = vec![left];
        let mut start = left;
        while start <= last && (edges.len() <= cells || start <= cursor) {
            start = next_start(zone, width, start);
            edges.push(start);
        }
        // Days that are an hour shorter are more than were counted.
        edges.drain(..edges.len().saturating_sub(cells + 1));
        if scope.fills {
            let dispensable = (edges.len() - 1).saturating_sub(cells.div_ceil(MAX_CELLS));
            edges.drain(..edges.partition_point(|it| *it < first).min(dispensable));
        }
        let cursor = edges.partition_point(|it| *it <= cursor).saturating_sub(1);
        Self { width, edges, cursor }
    }

    /// Whether the timeline has all of it in buckets of this width or shorter.
    pub(super) fn is_kept(&self, scope: &Scope<'_>) -> bool {
        let from = self.start().unwrap_or_default().max(scope.first);
        scope.timeline.finest_width(from) <= self.width
    }

    /// Its first second.
    pub(in crate::dashboard) fn start(&self) -> Option<i64> {
        self.edges.first().copied()
    }

    /// The seconds of a bar.
    pub(in crate::dashboard) fn bar(&self, nth: usize) -> Option<Range<i64>> {
        Some(*self.edges.get(nth)?..*self.edges.get(nth + 1)?)
    }

    /// The seconds of the bar under the cursor.
    pub(in crate::dashboard) fn cursor_bar(&self) -> Option<Range<i64>> {
        self.bar(self.cursor)
    }

    /// The cells of a bar, where there are so many for all of them.
    pub(in crate::dashboard) fn cells_of(&self, nth: usize, cells: usize) -> Range<usize> {
        let left = |nth: usize| nth * cells / self.len().max(1);
        left(nth)..left(nth + 1)
    }

    /// The number of bars.
    pub(in crate::dashboard) fn len(&self) -> usize {
        self.edges.len().saturating_sub(1)
    }
}
