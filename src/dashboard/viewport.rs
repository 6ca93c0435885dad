//! Where each scrollable part of the screen was in the last frame, and how much of it.
//!
//! Drawing returns it and changes nothing; the event loop hands it to the app,
//! so that the next key moves by the height of the pane that has the focus.

use std::ops::Range;

use ratatui::layout::{Position, Rect};

use super::action::Pane;
use super::layout::Layout;

/// The size of a scrollable part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Extent {
    /// Rows of the screen that it fills.
    pub rows: usize,
    /// Lines of its content.
    pub lines: usize,
    /// The line at its top.
    pub first: usize,
    /// Its area.
    pub area: Rect,
    /// The columns that its lines fill one after the other, a line in each row; 0 if no
    /// line is found by its cell.
    pub columns: u16,
    /// What the key that wraps lines does to those on the screen; `None` if nothing.
    pub wrapping: Option<Wrapping>,
}

/// What the key that wraps lines does to long ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrapping {
    /// They are cut, and it wraps them.
    Wraps,
    /// They are wrapped, and it cuts them.
    Cuts,
}

impl Extent {
    /// Content of so many lines in an area.
    pub(super) fn of(area: Rect, lines: usize) -> Self {
        Self { rows: area.height.into(), lines, area, ..Self::default() }
    }

    /// A list of so many lines in an area, with `first` at its top.
    pub(super) fn list(area: Rect, lines: usize, first: usize) -> Self {
        Self { first, columns: 1, ..Self::of(area, lines) }
    }

    /// The same with what the key that wraps lines does.
    pub(super) fn wrapping(self, wrapping: Option<Wrapping>) -> Self {
        Self { wrapping, ..self }
    }

    /// The lines that are shown with `top` at the top.
    pub(super) fn shown(self, top: usize) -> Range<usize> {
        top..(top + self.rows).min(self.lines)
    }

    /// The line of a list at a cell of the screen.
    pub(super) fn line_at(self, cell: Position) -> Option<usize> {
        if self.columns == 0 || !self.area.contains(cell) {
            return None;
        }
        let width = (self.area.width / self.columns).max(1);
        let column = ((cell.x - self.area.x) / width).min(self.columns - 1);
        let line = self.first + usize::from(column) * self.rows;
        Some(line + usize::from(cell.y - self.area.y)).filter(|it| *it < self.lines)
    }

    /// The first line that shows when scrolled to the end.
    pub(super) fn last_top(self) -> usize {
        self.lines.saturating_sub(self.rows)
    }

    /// The first line to show when `line` is wanted at the top.
    pub(super) fn top(self, line: usize) -> usize {
        line.min(self.last_top())
    }
}

/// What was drawn over the panes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Popup {
    /// Its area with the border.
    pub frame: Rect,
    /// Its lines.
    pub content: Extent,
    /// The answer modes of the switchboard; those of anything else have no area.
    pub modes: Extent,
}

impl Popup {
    /// Lines in a frame.
    pub(super) fn of(frame: Rect, content: Extent) -> Self {
        Self { frame, content, modes: Extent::default() }
    }
}

/// Widths of names in cells, so that the columns of Flow keep theirs while it scrolls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct NameCells {
    /// The widest name of a sender.
    pub from: u16,
    /// The widest name of a recipient.
    pub to: u16,
}

/// The extents of all parts. A pane that is not on the screen keeps the extent
/// of the last frame that held it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Viewport {
    /// Where the panes are while none is zoomed; `None` before the first frame and on a
    /// screen that is too small.
    pub layout: Option<Layout>,
    /// Where the panes were in the last frame, one of them perhaps zoomed; no pane has an
    /// area if none was drawn.
    pub drawn: Layout,
    /// The callbacks.
    pub flow: Extent,
    /// The widest names that Flow has shown since the filter changed.
    pub names: NameCells,
    /// The users' unread counts.
    pub unread: Extent,
    /// The failures by code.
    pub failures: Extent,
    /// The tab of the detail pane.
    pub detail: Extent,
    /// The list of the page.
    pub page: Extent,
    /// The list of what the end of an input line can become.
    pub choices: Extent,
    /// Whether the header showed how long no callback has come.
    pub shows_silence: bool,
    /// The overlay; `None` if the frame held none, or only its line at the bottom.
    pub overlay: Option<Popup>,
}

impl Viewport {
    /// Whether a pane is on the screen while none is zoomed.
    pub(super) fn has(&self, pane: Pane) -> bool {
        self.layout.is_none_or(|it| it.area(pane).is_some())
    }

    /// The extent of a pane.
    pub(super) fn extent(&self, pane: Pane) -> Extent {
        match pane {
            Pane::Flow => self.flow,
            Pane::Unread => self.unread,
            Pane::Failures => self.failures,
            Pane::Detail => self.detail,
            // It has a cursor and no lines.
            Pane::Timeline => Extent::default(),
        }
    }
}
