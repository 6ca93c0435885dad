//! The page of a breakdown: how many callbacks have each value.

use super::Walk;
use crate::dashboard::action::{Direction, Step};
use crate::dashboard::cursor::moved;
use crate::history::breakdown::{Breakdown, Dimension, Order};

/// The page of a breakdown.
#[derive(Debug, Default)]
pub(in crate::dashboard) struct BreakdownPage {
    /// The counts.
    pub(in crate::dashboard) breakdown: Breakdown,
    /// The order of the values.
    pub(in crate::dashboard) order: Order,
    /// The selected value.
    pub(in crate::dashboard) cursor: usize,
    pub(super) walk: Walk,
}

impl BreakdownPage {
    /// Counts by the next dimension.
    pub(in crate::dashboard) fn cycle(&mut self, direction: Direction) {
        let all = Dimension::ALL;
        let at = all.iter().position(|it| *it == self.breakdown.dimension()).unwrap_or_default();
        self.restart(all[direction.cycled(at, all.len())]);
    }

    /// Counts from the beginning.
    pub(in crate::dashboard) fn restart(&mut self, dimension: Dimension) {
        *self = Self { breakdown: Breakdown::by(dimension), order: self.order, ..Self::default() };
    }

    /// Changes the order.
    pub(in crate::dashboard) fn sort(&mut self) {
        self.order = match self.order {
            Order::Callbacks => Order::Failures,
            Order::Failures => Order::Callbacks,
        };
    }

    pub(super) fn step(&mut self, step: Step, rows: usize) {
        self.cursor = moved(self.cursor, self.breakdown.shares().len(), rows, step);
    }
}
