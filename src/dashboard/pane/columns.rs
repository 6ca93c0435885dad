//! The columns of Flow.

use crate::dashboard::viewport::NameCells;

/// Width of the column of symbols: up to three and a gap, or four.
pub(super) const SYMBOL: u16 = 4;
/// Width of the column of times.
pub(super) const TIME: u16 = 9;
/// Width of the arrow between the two names.
pub(super) const ARROW: u16 = 2;
/// Width of the column of results, and as the last one, without a gap.
const RESULT: u16 = 9;
const LAST_RESULT: u16 = 8;
/// Width of the column of unread counts: six digits, and a gap before the border.
const UNREAD: u16 = 7;
/// The width of the longest name that is whole where there is space. Tencent accepts IDs
/// of 32 bytes, but callbacks of others have longer ones.
pub(super) const LONGEST_NAME: u16 = 64;
/// The width of Flow from which two names of 32 cells are whole.
const WIDE: u16 = 118;
/// The width of the message that long names leave.
const MESSAGE: u16 = 18;

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
    /// type. Names get the width that they need, as far as the message keeps its least
    /// one; the message gets the rest.
    pub(super) fn within(width: u16, names: NameCells) -> Self {
        let (usual, kind, unread) = match width {
            0..54 => (7, 0, 0),
            54..60 => (8, 0, 0),
            60..76 => (8, 8, 0),
            76..100 => (10, 10, UNREAD),
            _ => (14, 11, UNREAD),
        };
        let result = if unread == 0 { LAST_RESULT } else { RESULT };
        let others = SYMBOL + TIME + ARROW + kind + result + unread;
        let space = width.saturating_sub(others);
        let for_both = space.saturating_sub(least_message(width)).max(2 * usual);
        let [from, to] = [names.from, names.to].map(|it| (it + 1).max(usual));
        let [from, to] = shared_cells([from, to], for_both);
        let message = space.saturating_sub(from + to);
        Self { from, to, kind, message, result, unread }
    }
}

/// The widths of two names in a width for both: what one does not need is the other's.
pub(super) fn shared_cells([one, other]: [u16; 2], cells: u16) -> [u16; 2] {
    let most = |other: u16| (cells / 2).max(cells.saturating_sub(other));
    [one.min(most(other)), other.min(most(one))]
}

/// The width that long names leave to the message. It shrinks while they grow to 32 cells,
/// and then it grows before they do.
fn least_message(width: u16) -> u16 {
    match width {
        0..76 => 14,
        76..82 => MESSAGE,
        82..WIDE => MESSAGE - (width - 82) * 8 / (WIDE - 82),
        _ => (width - WIDE + 10).min(MESSAGE),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: NameCells = NameCells { from: 32, to: 32 };
    const LONGEST: NameCells = NameCells { from: LONGEST_NAME, to: LONGEST_NAME };
    const SHORT: NameCells = NameCells { from: 5, to: 3 };

    #[test]
    fn names_grow_with_the_width_and_are_whole_from_118_columns_on() {
        let names = |width| Columns::within(width, LONG).from - 1;
        let widths = [48, 58, 82, WIDE, 198];
        assert_eq!(widths.map(names), [6, 9, 10, 32, 32]);
        assert!((76..300).all(|width| names(width) <= names(width + 1)));
        let names = |width| Columns::within(width, LONGEST).from - 1;
        assert_eq!([128, 198].map(names), [33, LONGEST_NAME]);
    }

    #[test]
    fn a_short_name_leaves_its_width_to_a_long_one() {
        let it = Columns::within(82, NameCells { from: 30, to: 2 });
        assert_eq!((it.from, it.to), (13, 10));
        let it = Columns::within(118, NameCells { from: 50, to: 5 });
        assert_eq!((it.from, it.to), (51, 14));
    }

    #[test]
    fn short_names_leave_their_width_to_the_message() {
        let message = |width, names| Columns::within(width, names).message;
        assert_eq!([82, 118].map(|it| message(it, SHORT)), [21, 48]);
        assert_eq!([48, 82, 118].map(|it| message(it, LONG)), [11, 19, 10]);
        let one = NameCells { from: 5, ..LONG };
        assert_eq!(message(118, one), 29);
    }

    #[test]
    fn the_columns_fill_the_pane() {
        for width in 48..300 {
            for names in [SHORT, LONG] {
                let it = Columns::within(width, names);
                let names = it.from + it.to + ARROW;
                let rest = it.kind + it.message + it.result + it.unread;
                assert_eq!(SYMBOL + TIME + names + rest, width);
                assert!(10 <= it.message, "{it:?}");
            }
        }
    }
}
