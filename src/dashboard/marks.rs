//! The marked callbacks.

use crate::history::RowId;
use crate::history::flow::Flow;

/// Callbacks that can be marked at the same time.
pub(super) const MAX_MARKS: usize = 1000;

/// The marked callbacks, the one that was marked last at the end. They stay marked
/// whatever the filter is, until they are evicted.
#[derive(Debug, Clone, Default)]
pub(super) struct MarkedRows(Vec<RowId>);

impl MarkedRows {
    /// Marks a callback, or unmarks it; returns whether there was room for it.
    pub(super) fn toggle(&mut self, id: RowId, flow: &Flow) -> bool {
        self.0.retain(|it| flow.row(*it).is_some());
        if let Some(at) = self.0.iter().position(|it| *it == id) {
            self.0.remove(at);
            return true;
        }
        let has_room = self.0.len() < MAX_MARKS;
        self.0.extend(has_room.then_some(id));
        has_room
    }

    /// Whether a callback is marked.
    pub(super) fn contains(&self, id: RowId) -> bool {
        self.0.contains(&id)
    }

    /// Those that are kept, in the order in which they were marked.
    pub(super) fn kept(&self, flow: &Flow) -> impl DoubleEndedIterator<Item = RowId> {
        self.0.iter().copied().filter(|it| flow.row(*it).is_some())
    }

    /// Unmarks all.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}
