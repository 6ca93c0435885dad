//! The rows that Flow lists: all callbacks, or those a filter lets through.

use std::collections::VecDeque;

use super::app::App;

/// Numbers of callbacks, in order; a position is only good for this frame.
#[derive(Debug, Clone, Copy)]
pub struct Listing<'a> {
    kind: Kind<'a>,
    first: u64,
    /// One past the newest that shows.
    next: u64,
}

#[derive(Debug, Clone, Copy)]
enum Kind<'a> {
    All,
    Found(&'a VecDeque<u64>),
}

impl<'a> Listing<'a> {
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
            Kind::All => usize::try_from(self.next - self.first).unwrap_or(usize::MAX),
            Kind::Found(found) => found.partition_point(|seq| *seq < self.next),
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number of the callback in a row.
    pub fn at(&self, row: usize) -> Option<u64> {
        if row >= self.len() {
            return None;
        }
        match self.kind {
            Kind::All => Some(self.first + row as u64),
            Kind::Found(found) => found.get(row).copied(),
        }
    }

    /// The row of a callback, or of the next one listed after it.
    pub fn row_of(&self, seq: u64) -> usize {
        match self.kind {
            Kind::All => usize::try_from(seq.saturating_sub(self.first)).unwrap_or(usize::MAX),
            Kind::Found(found) => found.partition_point(|it| *it < seq),
        }
        .min(self.len())
    }

    /// The number of the newest callback listed.
    pub fn newest(&self) -> Option<u64> {
        self.at(self.len().checked_sub(1)?)
    }

    /// How many rows stand after this callback.
    pub fn after(&self, seq: u64) -> usize {
        self.len().saturating_sub(self.row_of(seq + 1))
    }
}
