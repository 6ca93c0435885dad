//! How much of each scrollable part of the screen the last frame showed.
//!
//! Drawing returns it and changes nothing; the event loop hands it to the app,
//! so that the next key moves by the height of the pane that has the focus.

use super::action::Pane;
use super::layout::Layout;

/// The size of a scrollable part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Extent {
    /// Rows of the screen that it fills.
    pub rows: usize,
    /// Lines of its content.
    pub lines: usize,
}

impl Extent {
    /// The first line that shows when scrolled to the end.
    pub(super) fn last_top(self) -> usize {
        self.lines.saturating_sub(self.rows)
    }

    /// The first line to show when `line` is wanted at the top.
    pub(super) fn top(self, line: usize) -> usize {
        line.min(self.last_top())
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
    /// The overlay that scrolls; `None` if the frame held none.
    pub overlay: Option<Extent>,
}

impl Viewport {
    /// Whether a pane is on the screen while none is zoomed.
    pub(super) fn has(&self, pane: Pane) -> bool {
        self.layout.is_none_or(|it| it.area(pane).is_some())
    }
}
