//! The unread count over time, in columns of equal length.

use super::{Outcome, Step};
use crate::callback::Timestamp;

/// The count in a part of the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Column {
    /// The highest count in it; `None` before the first one.
    pub count: Option<u32>,
    /// Whether the count was doubtful at its end.
    pub is_doubtful: bool,
    /// Whether a count in it does not fit.
    pub has_misfit: bool,
}

/// The counts from the first step to the last one, in so many columns.
pub fn columns(steps: &[Step<'_>], count: usize) -> Vec<Column> {
    let times = || steps.iter().map(|it| it.at);
    let (Some(first), Some(last)) = (times().min(), times().max()) else {
        return vec![Column::default(); count];
    };
    let mut columns: Vec<Column> = Vec::with_capacity(count);
    // What holds until the next step.
    let mut present = Column::default();
    for step in steps {
        let nth = place(step.at, first, last, count);
        while columns.len() <= nth {
            columns.push(present);
        }
        present = set(present, step);
        if let Some(column) = columns.last_mut() {
            let has_misfit = column.has_misfit || step.misfit.is_some();
            *column = Column { count: column.count.max(present.count), has_misfit, ..present };
        }
    }
    columns.resize(count, present);
    columns
}

/// What holds after a step.
fn set(before: Column, step: &Step<'_>) -> Column {
    match step.outcome {
        Outcome::Set(count) => Column { count: Some(count), ..Column::default() },
        Outcome::Stale => Column { is_doubtful: true, ..before },
        Outcome::Older | Outcome::Duplicate => before,
    }
}

/// The column of a time, not after the last one.
fn place(at: Timestamp, first: Timestamp, last: Timestamp, count: usize) -> usize {
    let (at, span) = (at.since(first).as_micros(), last.since(first).as_micros() + 1);
    let nth = at * count as u128 / span;
    usize::try_from(nth).unwrap_or(usize::MAX).min(count.saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::RowId;
    use crate::history::gauge_steps::{Cause, Misfit};

    fn step(at: i64, outcome: Outcome, misfit: Option<Misfit>) -> Step<'static> {
        Step {
            id: RowId::FIRST,
            at: Timestamp::from_secs(at),
            cause: Cause::Message,
            by: "",
            before: None,
            outcome,
            misfit,
        }
    }

    fn counts(steps: &[Step<'_>], count: usize) -> Vec<Option<u32>> {
        columns(steps, count).iter().map(|it| it.count).collect()
    }

    #[test]
    fn a_count_holds_until_the_next_one() {
        let steps =
            [(0, 3), (4, 5), (5, 1), (9, 2)].map(|(at, it)| step(at, Outcome::Set(it), None));
        assert_eq!(counts(&steps, 10), [3, 3, 3, 3, 5, 5, 1, 1, 1, 2].map(Some));
        assert_eq!(counts(&steps, 2), [5, 5].map(Some), "of several the highest");
        assert_eq!(counts(&steps[..1], 2), [3, 3].map(Some));
        assert_eq!(counts(&[], 2), [None; 2]);
    }

    #[test]
    fn what_is_doubtful_and_what_does_not_fit_is_marked() {
        let steps = [
            step(0, Outcome::Stale, None),
            step(1, Outcome::Set(3), None),
            step(2, Outcome::Stale, None),
            step(3, Outcome::Set(9), Some(Misfit::High(4..=4))),
        ];
        let columns = columns(&steps, 4);
        assert_eq!(
            columns.iter().map(|it| it.count).collect::<Vec<_>>(),
            [None, Some(3), Some(3), Some(9)]
        );
        assert_eq!(
            [0, 1, 2, 3].map(|it: usize| columns[it].is_doubtful),
            [true, false, true, false]
        );
        assert_eq!([2, 3].map(|it: usize| columns[it].has_misfit), [false, true]);
    }

    #[test]
    fn a_clock_that_was_set_back_costs_nothing() {
        let steps = [(9, 3), (4, 5), (9, 1)].map(|(at, it)| step(at, Outcome::Set(it), None));
        assert_eq!(counts(&steps, 2), [None, Some(5)]);
    }
}
