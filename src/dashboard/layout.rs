//! Where the parts of the screen are: a function of its size alone.

mod arrangement;
#[cfg(test)]
mod tests;

use ratatui::layout::Rect;

use super::action::Pane;
use arrangement::{Arrangement, DetailPlace, SidePlace};

/// The minimum size of the terminal: columns and rows.
pub(super) const SMALLEST: (u16, u16) = (50, 8);

/// The height of the pane Traffic: its four lines, or the three most important ones.
const TRAFFIC_ROWS: [u16; 2] = [6, 5];
/// The height of the pane Timeline below a high Flow, and below a lower one.
const TIMELINE_ROWS: [u16; 2] = [6, 5];
const HIGH_FLOW: u16 = 30;
/// The height from which the side panes have space for all lines of Traffic.
const HIGH: u16 = 18;

/// The area of each part of the screen; `None` for a pane that is not on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Layout {
    /// The first line.
    pub header: Rect,
    /// Between the first line and the last: the panes, or what is drawn over them.
    pub middle: Rect,
    /// The last line.
    pub bottom: Rect,
    /// The callbacks; on each screen.
    pub flow: Rect,
    /// The users' unread counts.
    pub unread: Option<Rect>,
    /// The failures by code.
    pub failures: Option<Rect>,
    /// The rate of callbacks and their counts.
    pub traffic: Option<Rect>,
    /// The selected callback.
    pub detail: Option<Rect>,
    /// The callbacks over time.
    pub timeline: Option<Rect>,
}

impl Layout {
    /// The layout of a screen; `None` if that is smaller than [`SMALLEST`].
    pub fn of(screen: Rect) -> Option<Self> {
        let arrangement = Arrangement::of(screen.width, screen.height)?;
        let (header, rest) = cut_top(screen, 1);
        let (middle, bottom) = cut_bottom(rest, 1);
        let (upper, below) = match arrangement.detail {
            DetailPlace::Below(least) => {
                let (upper, below) = cut_bottom(middle, (middle.height * 3 / 10).clamp(least, 20));
                (upper, Some(below))
            }
            DetailPlace::Beside | DetailPlace::Nowhere => (middle, None),
        };
        let (left, beside) = match arrangement.detail {
            DetailPlace::Beside => {
                let (left, beside) = cut_right(upper, detail_columns(upper.width));
                (left, Some(beside))
            }
            DetailPlace::Below(_) | DetailPlace::Nowhere => (upper, None),
        };
        let (flow, sides) = match arrangement.sides {
            SidePlace::Right(count) => {
                let (flow, column) = cut_right(left, (left.width * 3 / 10).clamp(24, 40));
                (flow, in_column(column, count))
            }
            SidePlace::Below(0) => (left, [None; 3]),
            SidePlace::Below(count) => {
                let (flow, row) = cut_bottom(left, (left.height * 3 / 10).clamp(6, 16));
                (flow, in_row(row, count))
            }
        };
        let (flow, timeline) = match arrangement.has_timeline {
            true => with_timeline(flow),
            false => (flow, None),
        };
        let [unread, failures, traffic] = sides;
        let detail = below.or(beside);
        Some(Self { header, middle, bottom, flow, unread, failures, traffic, detail, timeline })
    }

    /// The same screen with one pane in full.
    #[must_use]
    pub fn zoomed(self, pane: Pane) -> Self {
        let Self { header, middle, bottom, .. } = self;
        let none = Self { header, middle, bottom, ..Self::default() };
        match pane {
            Pane::Flow => Self { flow: middle, ..none },
            Pane::Unread => Self { unread: Some(middle), ..none },
            Pane::Failures => Self { failures: Some(middle), ..none },
            Pane::Detail => Self { detail: Some(middle), ..none },
            Pane::Timeline => Self { timeline: Some(middle), ..none },
        }
    }

    /// The area of a pane; `None` if it is not on the screen.
    pub fn area(&self, pane: Pane) -> Option<Rect> {
        match pane {
            Pane::Flow => Some(self.flow).filter(|it| !it.is_empty()),
            Pane::Unread => self.unread,
            Pane::Failures => self.failures,
            Pane::Detail => self.detail,
            Pane::Timeline => self.timeline,
        }
    }
}

/// The width of a detail beside the other panes: these have 120 columns of 160, and a
/// quarter of what is more, until it has two fifths.
fn detail_columns(width: u16) -> u16 {
    width.saturating_sub(120 + width.saturating_sub(160) / 4).min(width * 2 / 5)
}

/// Flow, and Timeline below it.
fn with_timeline(area: Rect) -> (Rect, Option<Rect>) {
    let rows = TIMELINE_ROWS[usize::from(area.height < HIGH_FLOW)];
    let (flow, timeline) = cut_bottom(area, rows);
    (flow, Some(timeline))
}

/// Unread, Failures and Traffic, so many of them, one below the other.
fn in_column(column: Rect, count: usize) -> [Option<Rect>; 3] {
    match count {
        0 => [None; 3],
        1 => [Some(column), None, None],
        2 => {
            let (first, second) = cut_bottom(column, column.height / 2);
            [Some(first), Some(second), None]
        }
        _ => {
            let rows = TRAFFIC_ROWS[usize::from(column.height < HIGH)];
            let (others, traffic) = cut_bottom(column, rows);
            let [first, second, _] = in_column(others, 2);
            [first, second, Some(traffic)]
        }
    }
}

/// Unread, Failures and Traffic, so many of them, side by side.
fn in_row(row: Rect, count: usize) -> [Option<Rect>; 3] {
    let mut areas = [None; 3];
    let mut rest = row;
    for nth in (0..count.min(areas.len())).rev() {
        let parts = u16::try_from(nth + 1).unwrap_or(1);
        let (others, last) = cut_right(rest, rest.width / parts);
        areas[nth] = Some(last);
        rest = others;
    }
    areas
}

fn cut_top(area: Rect, rows: u16) -> (Rect, Rect) {
    let rows = rows.min(area.height);
    let rest = Rect { y: area.y + rows, height: area.height - rows, ..area };
    (Rect { height: rows, ..area }, rest)
}

fn cut_bottom(area: Rect, rows: u16) -> (Rect, Rect) {
    cut_top(area, area.height.saturating_sub(rows))
}

fn cut_right(area: Rect, columns: u16) -> (Rect, Rect) {
    let left = Rect { width: area.width.saturating_sub(columns), ..area };
    (left, Rect { x: left.right(), width: area.width - left.width, ..area })
}
