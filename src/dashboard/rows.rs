//! The rows of Flow: all callbacks, or those that match the filter.

use std::ops::Range;

use crate::callback::Timestamp;
use crate::history::RowId;
use crate::history::flow::Flow;
use crate::history::matches::Matches;

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

    /// The first callback in the list that was received within `range` of seconds, else the
    /// first one that was received after its start.
    pub(super) fn received_in(&self, range: &Range<i64>) -> Option<(RowId, Timestamp)> {
        let ids = (0..self.len).filter_map(|row| self.at(row));
        let mut times = ids.filter_map(|id| Some((id, self.flow.received_at(id)?)));
        let mut later = None;
        let within = times.find(|(id, at)| {
            let is_later = range.start <= at.secs();
            later = later.or(is_later.then_some((*id, *at)));
            is_later && at.secs() < range.end
        });
        within.or(later)
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
