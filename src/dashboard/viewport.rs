//! How much of each scrollable part of the screen the last frame showed.
//!
//! Drawing returns it and changes nothing; the event loop hands it to the app,
//! so that the next key moves by the height of the pane that has the focus.

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

/// The extents of all parts. A pane that is not on the screen keeps the extent
/// of the last frame that held it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Viewport {
    /// The callbacks.
    pub flow: Extent,
    /// The users' unread counts.
    pub unread: Extent,
    /// The failures by code.
    pub failures: Extent,
    /// The tab of the detail pane.
    pub detail: Extent,
    /// The overlay that scrolls; `None` if the frame held none.
    pub overlay: Option<Extent>,
}
