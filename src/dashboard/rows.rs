//! The rows of Flow: all callbacks, or those that match the filter.

use std::collections::VecDeque;

use crate::history::RowId;
use crate::history::flow::Flow;
use crate::history::matches::Matches;

/// The callbacks listed in Flow. Maps between the position in the list, which
/// changes from frame to frame, and the position in the flow, which does not.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rows<'a> {
    kind: Kind<'a>,
    first: RowId,
    /// One past the newest.
    end: RowId,
}

#[derive(Debug, Clone, Copy)]
enum Kind<'a> {
    All,
    Matching(&'a VecDeque<RowId>),
}

impl<'a> Rows<'a> {
    /// Lists the callbacks before `end`, of `matches` only those.
    pub(super) fn new(flow: &Flow, matches: Option<&'a Matches>, end: RowId) -> Self {
        let end = end.min(flow.next_id());
        let kind = matches.map_or(Kind::All, |it| Kind::Matching(it.found()));
        Self { kind, first: flow.first_id().min(end), end }
    }

    /// The number of rows.
    pub(super) fn len(&self) -> usize {
        match self.kind {
            Kind::All => self.end.offset_from(self.first).unwrap_or_default(),
            Kind::Matching(found) => found.partition_point(|id| *id < self.end),
        }
    }

    /// Whether there are no rows.
    pub(super) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The callback in a row.
    pub(super) fn at(&self, row: usize) -> Option<RowId> {
        if row >= self.len() {
            return None;
        }
        match self.kind {
            Kind::All => Some(self.first.plus(row)),
            Kind::Matching(found) => found.get(row).copied(),
        }
    }

    /// The row of a callback, or of the next one in the list.
    pub(super) fn row_of(&self, id: RowId) -> usize {
        match self.kind {
            Kind::All => id.offset_from(self.first).unwrap_or_default(),
            Kind::Matching(found) => found.partition_point(|it| *it < id),
        }
        .min(self.len())
    }

    /// The newest callback in the list.
    pub(super) fn newest(&self) -> Option<RowId> {
        self.at(self.len().checked_sub(1)?)
    }

    /// The number of rows after a callback.
    pub(super) fn count_after(&self, id: RowId) -> usize {
        self.len().saturating_sub(self.row_of(id.plus(1)))
    }
}
