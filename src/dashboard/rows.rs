//! The rows that Flow lists: all callbacks, or those a filter lets through.

use std::collections::VecDeque;

use super::app::App;
use crate::history::RowId;

/// Numbers of callbacks, in order; a position is only good for this frame.
#[derive(Debug, Clone, Copy)]
pub struct Rows<'a> {
    kind: Kind<'a>,
    first: RowId,
    /// One past the newest that shows.
    next: RowId,
}

#[derive(Debug, Clone, Copy)]
enum Kind<'a> {
    All,
    Found(&'a VecDeque<RowId>),
}

impl<'a> Rows<'a> {
    /// What Flow lists now; while the view is paused, as of then.
    pub(super) fn of(app: &'a App) -> Self {
        let flow = app.history.flow();
        let next = app.still.as_ref().map_or(flow.next(), |it| it.next.min(flow.next()));
        let kind = app.history.matches().map_or(Kind::All, |it| Kind::Found(it.found()));
        Self { kind, first: flow.first().min(next), next }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        match self.kind {
            Kind::All => self.next.offset_from(self.first).unwrap_or_default(),
            Kind::Found(found) => found.partition_point(|id| *id < self.next),
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number of the callback in a row.
    pub fn at(&self, row: usize) -> Option<RowId> {
        if row >= self.len() {
            return None;
        }
        match self.kind {
            Kind::All => Some(self.first.plus(row)),
            Kind::Found(found) => found.get(row).copied(),
        }
    }

    /// The row of a callback, or of the next one listed after it.
    pub fn row_of(&self, id: RowId) -> usize {
        match self.kind {
            Kind::All => id.offset_from(self.first).unwrap_or_default(),
            Kind::Found(found) => found.partition_point(|it| *it < id),
        }
        .min(self.len())
    }

    /// The number of the newest callback listed.
    pub fn newest(&self) -> Option<RowId> {
        self.at(self.len().checked_sub(1)?)
    }

    /// How many rows stand after this callback.
    pub fn after(&self, id: RowId) -> usize {
        self.len().saturating_sub(self.row_of(id.plus(1)))
    }
}
