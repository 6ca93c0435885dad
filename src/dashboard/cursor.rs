//! Moving a cursor through a list, and scrolling what lies over the panes.

use crossterm::event::{KeyCode, KeyEvent};

use super::action::Step;
use super::keymap::Keymap;
use super::viewport::Extent;

/// The row that a step from `row` leads to, in a list of `len` rows of which
/// `page` fit on the screen. A page step leaves one row of overlap.
pub(super) fn moved(row: usize, len: usize, page: usize, step: Step) -> usize {
    let page = page.max(2) - 1;
    let to = match step {
        Step::Up => row.saturating_sub(1),
        Step::Down => row.saturating_add(1),
        Step::PageUp => row.saturating_sub(page),
        Step::PageDown => row.saturating_add(page),
        Step::HalfUp => row.saturating_sub(page.div_ceil(2)),
        Step::HalfDown => row.saturating_add(page.div_ceil(2)),
        Step::Top => 0,
        Step::Bottom => usize::MAX,
    };
    to.min(len.saturating_sub(1))
}

/// The new first line of an overlay that scrolls; `None` for a key that closes
/// it. It scrolls by the keys that move in a pane; also by the space bar, a page.
pub(super) fn scrolled(
    line: usize,
    key: KeyEvent,
    extent: Option<Extent>,
    keymap: &Keymap,
) -> Option<usize> {
    let step = match (key.code, keymap.step(key)) {
        (KeyCode::Esc, _) => return None,
        (_, Some(step)) => step,
        (KeyCode::Char(' '), _) => Step::PageDown,
        (KeyCode::End, _) => Step::Bottom,
        _ => return None,
    };
    Some(scrolled_by(line, step, extent))
}

/// The new first line of an overlay after a step.
pub(super) fn scrolled_by(line: usize, step: Step, extent: Option<Extent>) -> usize {
    // Before the first frame neither its height nor its end is known.
    let (rows, end) = extent.map_or((0, usize::MAX - 1), |it| (it.rows, it.last_top()));
    moved(line.min(end), end + 1, rows, step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_stays_within_the_list() {
        let cases = [
            (Step::Up, 0, 0),
            (Step::Down, 9, 9),
            (Step::PageDown, 0, 4),
            (Step::PageUp, 9, 5),
            (Step::HalfDown, 0, 2),
            (Step::HalfUp, 9, 7),
            (Step::Top, 7, 0),
            (Step::Bottom, 7, 9),
        ];
        for (step, from, to) in cases {
            assert_eq!(moved(from, 10, 5, step), to, "{step:?}");
        }
        assert_eq!(moved(3, 0, 5, Step::Down), 0, "an empty list");
        assert_eq!(moved(3, 10, 0, Step::PageDown), 4, "a pane without rows");
    }
}
