//! The columns of Flow.

/// Width of the column of symbols: up to three and a gap, or four.
pub(super) const SYMBOL: u16 = 4;
/// Width of the column of times.
pub(super) const TIME: u16 = 9;
/// Width of the arrow between the two names.
pub(super) const ARROW: u16 = 2;
/// Width of the column of results.
const RESULT: u16 = 8;

/// The widths in cells of the columns that depend on the pane's width; 0 for a
/// column that is left out.
#[derive(Debug, Clone, Copy)]
pub(super) struct Columns {
    pub(super) from: u16,
    pub(super) to: u16,
    pub(super) kind: u16,
    pub(super) message: u16,
    pub(super) result: u16,
    pub(super) unread: u16,
}

impl Columns {
    /// Distributes a width: a narrow pane has no unread count, a narrower one no
    /// type. The message gets the rest.
    pub(super) fn within(width: u16) -> Self {
        let (from, to, kind, unread) = match width {
            0..60 => (8, 8, 0, 0),
            60..76 => (9, 9, 8, 0),
            76..100 => (10, 10, 10, 7),
            _ => (14, 14, 11, 7),
        };
        let others = SYMBOL + TIME + from + ARROW + to + kind + RESULT + unread;
        Self { from, to, kind, message: width.saturating_sub(others), result: RESULT, unread }
    }
}
