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
/// The width of the longest name that Tencent accepts: an ID of 32 bytes.
const LONG_NAME: u16 = 32;
/// The width of the longest name that is whole where there is space: callbacks of others
/// have longer ones.
pub(super) const LONGEST_NAME: u16 = 64;
/// The width of Flow from which two names of 32 cells are whole.
const WIDE: u16 = 118;
/// The width of the message that names of up to 32 cells leave.
const MESSAGE: u16 = 18;
/// The width of the message that longer ones leave.
const WIDE_MESSAGE: u16 = 56;

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
    /// type. Names get the width that they need, up to that of an ID of Tencent, as far as
    /// the message keeps its least one. Longer names get more when the message is wide; it
    /// gets the rest.
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
        let needed = [names.from, names.to].map(|it| (it + 1).max(usual));
        let for_both = space.saturating_sub(least_message(width)).max(2 * usual);
        let [from, to] = shared_cells(needed.map(|it| it.min(LONG_NAME + 1)), for_both);
        let for_longer = space.saturating_sub(WIDE_MESSAGE).max(from + to);
        let [from, to] = shared_cells(needed, for_longer);
        let message = space.saturating_sub(from + to);
        Self { from, to, kind, message, result, unread }
    }
}

/// The widths of two names in a width for both: what one does not need is the other's.
pub(super) fn shared_cells([one, other]: [u16; 2], cells: u16) -> [u16; 2] {
    let most = |other: u16| (cells / 2).max(cells.saturating_sub(other));
    [one.min(most(other)), other.min(most(one))]
}

/// The width that names leave to the message. It shrinks while they grow to 32 cells.
fn least_message(width: u16) -> u16 {
    match width {
        0..76 => 14,
        76..82 => MESSAGE,
        82..WIDE => MESSAGE - (width - 82) * 8 / (WIDE - 82),
        _ => 10,
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
    }

    #[test]
    fn names_that_are_longer_than_those_of_tencent_leave_the_message_its_width() {
        let cells = |width| {
            let it = Columns::within(width, LONGEST);
            (it.from - 1, it.message)
        };
        assert_eq!([118, 128, 158].map(cells), [(32, 10), (32, 20), (32, 50)]);
        assert_eq!([168, 198, 240].map(cells), [(34, 56), (49, 56), (64, 68)]);
        let one = |width| Columns::within(width, NameCells { from: 50, to: 5 });
        assert_eq!([118, 160].map(|it| (one(it).from, one(it).message)), [(33, 29), (48, 56)]);
    }

    #[test]
    fn a_short_name_leaves_its_width_to_a_long_one() {
        let it = Columns::within(82, NameCells { from: 30, to: 2 });
        assert_eq!((it.from, it.to), (13, 10));
        let it = Columns::within(110, NameCells { from: 32, to: 5 });
        assert_eq!((it.from, it.to), (33, 14));
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
            for names in [SHORT, LONG, LONGEST] {
                let it = Columns::within(width, names);
                let names = it.from + it.to + ARROW;
                let rest = it.kind + it.message + it.result + it.unread;
                assert_eq!(SYMBOL + TIME + names + rest, width);
                assert!(10 <= it.message, "{it:?}");
            }
        }
    }
}
