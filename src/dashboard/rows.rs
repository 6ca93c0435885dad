//! The rows of Flow: all callbacks, or those that match the filter.

use std::ops::Range;

use crate::callback::Timestamp;
use crate::history::RowId;
use crate::history::flow::Flow;
use crate::history::matches::Matches;

/// The number of rows by which times can be out of order.
const SLACK: usize = 1000;

/// The callbacks listed in Flow. Maps between the position in the list, which
/// changes from frame to frame, and the row id, which does not.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rows<'a> {
    flow: &'a Flow,
    /// Those that match, if there is a filter.
    matches: Option<&'a Matches>,
    /// The number of rows.
    len: usize,
}

impl<'a> Rows<'a> {
    /// Lists the callbacks before `end`, of `matches` only those.
    pub(super) fn new(flow: &'a Flow, matches: Option<&'a Matches>, end: RowId) -> Self {
        let mut rows = Self { flow, matches, len: usize::MAX };
        rows.len = rows.row_of(end);
        rows
    }

    /// The number of rows.
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// Whether there are no rows.
    pub(super) fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The callback in a row.
    pub(super) fn at(&self, row: usize) -> Option<RowId> {
        if row >= self.len {
            return None;
        }
        match self.matches {
            None => self.flow.id_at(row),
            Some(matches) => matches.id_at(row),
        }
    }

    /// The row of a callback, or of the next one in the list.
    pub(super) fn row_of(&self, id: RowId) -> usize {
        match self.matches {
            None => self.flow.position(id),
            Some(matches) => matches.position(id),
        }
        .min(self.len)
    }

    /// The first callback in the list that was received within a time, else the first one
    /// that was received after its start. One that a clock which was set back left more
    /// than [`SLACK`] rows from its place can be missed.
    pub(super) fn received_in(&self, time: &Range<Timestamp>) -> Option<(RowId, Timestamp)> {
        let received = |row| self.at(row).and_then(|id| Some((id, self.flow.received_at(id)?)));
        let (mut low, mut high) = (0, self.len);
        while low < high {
            let middle = low.midpoint(high);
            match received(middle).is_some_and(|(_, at)| at < time.start) {
                true => low = middle + 1,
                false => high = middle,
            }
        }
        let near = low.saturating_sub(SLACK)..low.saturating_add(SLACK).min(self.len);
        let mut later = near.filter_map(received).filter(|(_, at)| time.start <= *at);
        let first = later.next()?;
        let within = std::iter::once(first).chain(later).find(|(_, at)| *at < time.end);
        within.or(Some(first))
    }

    /// The newest callback in the list.
    pub(super) fn newest(&self) -> Option<RowId> {
        self.at(self.len.checked_sub(1)?)
    }

    /// The number of rows from a row id on.
    pub(super) fn count_from(&self, id: RowId) -> usize {
        self.len - self.row_of(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::callback::Delivery;
    use crate::history::{History, HistoryConfig};

    /// A history of callbacks that were received at these times.
    fn received(times: &[i64]) -> History {
        let mut history = History::new(HistoryConfig::default());
        for at in times {
            let at = Timestamp(*at);
            history.apply(&Delivery { method: "POST".into(), at, ..Delivery::default() });
        }
        history
    }

    /// The row of what is found within a time.
    fn row(history: &History, time: Range<i64>) -> Option<usize> {
        let flow = history.flow();
        let rows = Rows::new(flow, None, flow.end_id());
        let found = rows.received_in(&(Timestamp(time.start)..Timestamp(time.end)));
        found.map(|(id, _)| rows.row_of(id))
    }

    #[test]
    fn the_first_callback_of_a_time_is_found_else_a_later_one() {
        let history = received(&[10, 20, 20, 30, 50]);
        let found = |time| row(&history, time);
        assert_eq!([found(20..21), found(0..99), found(31..40)], [Some(1), Some(0), Some(4)]);
        assert_eq!([found(51..99), row(&received(&[]), 0..9)], [None; 2]);
    }

    #[test]
    fn a_clock_that_was_set_back_hides_no_callback() {
        let history = received(&[10, 40, 41, 20, 21, 42]);
        let found = |time| row(&history, time);
        assert_eq!([found(20..22), found(41..42), found(22..40)], [Some(3), Some(2), Some(1)]);
    }

    #[test]
    fn each_of_many_rows_is_found_by_its_time() {
        let times: Vec<_> = (0..100_000).collect();
        let history = received(&times);
        for at in [0, 1, 49_999, 99_999] {
            assert_eq!(row(&history, at..at + 1), usize::try_from(at).ok());
        }
    }
}
