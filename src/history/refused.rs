//! The refused callbacks kept: the newest ones, in a ring of their own, so that
//! requests without the token evict no accepted callback.

use std::collections::VecDeque;

use super::batches::Batch;
use super::row::{Row, RowId};
use super::row_table::RowTable;
use crate::callback::Delivery;

/// The maximum number of refused callbacks kept.
const MAX_COUNT: usize = 512;
/// The part of the memory that they may use.
const SHARE: usize = 64;
/// The bytes that they may use at least, so that some are shown in any memory.
const MIN_BYTES: usize = 32 << 10;

/// The newest refused callbacks, oldest first. They are few, so they are not
/// compressed.
#[derive(Debug)]
pub(super) struct Refused {
    rows: RowTable,
    ids: VecDeque<RowId>,
    deliveries: VecDeque<Delivery>,
    /// The number of refused callbacks received.
    received: u64,
    /// The estimated size of `deliveries` in bytes.
    bytes: usize,
    max_bytes: usize,
}

impl Refused {
    /// An empty ring that uses its share of so many bytes.
    pub(super) fn with_share_of(bytes: usize) -> Self {
        Self {
            rows: RowTable::default(),
            ids: VecDeque::new(),
            deliveries: VecDeque::new(),
            received: 0,
            bytes: 0,
            max_bytes: (bytes / SHARE).max(MIN_BYTES),
        }
    }

    /// The number of callbacks received.
    pub(super) fn received(&self) -> u64 {
        self.received
    }

    /// The estimated memory use in bytes.
    pub(super) fn memory_bytes(&self) -> usize {
        self.bytes + self.rows.memory_bytes()
    }

    /// The bytes that are set apart for it, whether it uses them or not.
    pub(super) fn reserved_bytes(&self) -> usize {
        self.max_bytes.max(self.memory_bytes())
    }

    /// The row ids of the callbacks kept, in order.
    pub(super) fn ids(&self) -> &VecDeque<RowId> {
        &self.ids
    }

    /// The row of one callback, if it is kept.
    pub(super) fn row(&self, id: RowId) -> Option<Row<'_>> {
        self.rows.get(self.position(id)?, id)
    }

    /// One delivery, if it is kept.
    pub(super) fn delivery(&self, id: RowId) -> Option<&Delivery> {
        self.deliveries.get(self.position(id)?)
    }

    /// The rows, by position.
    pub(super) fn rows(&self) -> &RowTable {
        &self.rows
    }

    /// The row id of the next callback, which arrives after so many accepted ones.
    pub(super) fn next_id(&self, accepted: u64) -> RowId {
        RowId::refused(self.received + 1, accepted)
    }

    /// Appends a callback, and removes the oldest ones that are too many then.
    pub(super) fn push(&mut self, row: &Row<'_>, batch: Option<Batch>, delivery: &Delivery) {
        self.received += 1;
        self.bytes += bytes(delivery);
        self.rows.push(row, 0, batch);
        self.ids.push_back(row.id);
        self.deliveries.push_back(delivery.clone());
        while MAX_COUNT < self.deliveries.len() || self.max_bytes < self.memory_bytes() {
            let oldest = self.ids.pop_front().zip(self.deliveries.pop_front());
            let Some((id, delivery)) = oldest else { return };
            self.rows.pop(id);
            self.bytes -= bytes(&delivery);
        }
    }

    fn position(&self, id: RowId) -> Option<usize> {
        self.ids.binary_search(&id).ok()
    }
}

/// The estimated memory of a delivery in bytes: its place twice, as a queue doubles when
/// it is full.
fn bytes(delivery: &Delivery) -> usize {
    2 * (size_of::<Delivery>() + size_of::<RowId>()) + delivery.heap_bytes()
}
