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
/// The longest ID that Tencent accepts, in cells if they are ASCII.
pub(super) const LONGEST_NAME: u16 = 32;
/// The width of Flow from which two names of this length are whole.
const WIDE: u16 = 118;

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
        let most = (space.saturating_sub(least_message(width)) / 2).clamp(usual, LONGEST_NAME + 1);
        let [from, to] = [names.from, names.to].map(|it| (it + 1).clamp(usual, most));
        let message = space.saturating_sub(from + to);
        Self { from, to, kind, message, result, unread }
    }
}

/// The width that long names leave to the message. It shrinks while they grow to their
/// whole length.
fn least_message(width: u16) -> u16 {
    match width {
        0..76 => 14,
        76..82 => 18,
        82..WIDE => 18 - (width - 82) * 8 / (WIDE - 82),
        _ => 10,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: NameCells = NameCells { from: LONGEST_NAME, to: LONGEST_NAME };
    const SHORT: NameCells = NameCells { from: 5, to: 3 };

    #[test]
    fn names_grow_with_the_width_and_are_whole_from_118_columns_on() {
        let names = |width| Columns::within(width, LONG).from - 1;
        let widths = [48, 58, 82, WIDE, 198];
        assert_eq!(widths.map(names), [6, 9, 10, LONGEST_NAME, LONGEST_NAME]);
        assert!((76..300).all(|width| names(width) <= names(width + 1)));
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
