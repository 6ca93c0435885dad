//! The mouse: whether it is used, and its last click.

use std::time::Duration;

use ratatui::layout::Position;

use crate::callback::Timestamp;

/// The longest time between the two clicks of a double click.
const DOUBLE_CLICK: Duration = Duration::from_millis(400);

/// The state of the mouse.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pointer {
    /// Whether it is used; else the terminal has it, to select text.
    pub(super) is_on: bool,
    /// When and where it clicked last.
    last_click: Option<(Timestamp, Position)>,
}

impl Pointer {
    /// No click yet.
    pub(super) const fn new(is_on: bool) -> Self {
        Self { is_on, last_click: None }
    }

    /// Adds a click; returns whether it is the second one of a double click.
    pub(super) fn click(&mut self, at: Timestamp, cell: Position) -> bool {
        let is_second = self
            .last_click
            .is_some_and(|(before, place)| place == cell && at.since(before) <= DOUBLE_CLICK);
        // A third click begins anew.
        self.last_click = (!is_second).then_some((at, cell));
        is_second
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_clicks_at_one_cell_within_a_short_time_are_a_double_click() {
        let mut pointer = Pointer::new(true);
        let mut click = |millis, x| {
            let at = Timestamp::default().plus(Duration::from_millis(millis));
            pointer.click(at, Position::new(x, 1))
        };
        let clicks = [(0, 1), (400, 1), (500, 1), (600, 2), (1100, 2), (1200, 2)];
        let expected = [false, true, false, false, false, true];
        assert_eq!(clicks.map(|(millis, x)| click(millis, x)), expected);
    }
}
