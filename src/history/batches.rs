//! What a row has no space for: the other messages and failures of a callback about
//! several, and how many of its users are refused.

use std::collections::BTreeMap;

use super::row::RowId;
use crate::callback::Callback;
use crate::callback::decision::{Judgment, RefusedPart};

/// How many other messages, and how many other failures, of one callback are kept. A
/// batch has up to 100 events
/// (<https://cloud.tencent.com/document/product/1047/67551>).
const MAX_OTHERS: usize = 1000;

/// The estimated memory use of an entry of the map, without its lists.
const ENTRY_BYTES: usize = 120;

/// The other messages, failures and users of one callback.
#[derive(Debug, Default)]
pub(super) struct Batch {
    /// [`Callback::other_message_keys`].
    pub(super) keys: Box<[u64]>,
    /// The codes of the failures after the first.
    pub(super) codes: Box<[i32]>,
    /// How many of its users are refused, if not all.
    pub(super) refused: Option<RefusedPart>,
}

impl Batch {
    /// Those of a callback; `None`, and no allocation, if there are none.
    pub(super) fn of(callback: &Callback<'_>, judgment: Option<&Judgment>) -> Option<Self> {
        let mut keys = callback.other_message_keys();
        let refused = judgment.and_then(Judgment::part);
        if keys.is_empty() && callback.other_failures.is_empty() && refused.is_none() {
            return None;
        }
        keys.truncate(MAX_OTHERS);
        let codes = callback.other_failures.iter().take(MAX_OTHERS).map(|it| clamp(it.code));
        Some(Self { keys: keys.into(), codes: codes.collect(), refused })
    }

    fn memory_bytes(&self) -> usize {
        size_of_val(&*self.keys) + size_of_val(&*self.codes) + ENTRY_BYTES
    }
}

/// A code in a row, which has less space for it.
pub(super) fn clamp(code: i64) -> i32 {
    i32::try_from(code).unwrap_or(if code < 0 { i32::MIN } else { i32::MAX })
}

/// The batches of the callbacks kept.
#[derive(Debug, Default)]
pub(super) struct Batches {
    batches: BTreeMap<RowId, Batch>,
    bytes: usize,
}

impl Batches {
    /// The estimated memory use in bytes.
    pub(super) fn memory_bytes(&self) -> usize {
        self.bytes
    }

    pub(super) fn insert(&mut self, id: RowId, batch: Batch) {
        self.bytes += batch.memory_bytes();
        self.batches.insert(id, batch);
    }

    pub(super) fn get(&self, id: RowId) -> Option<&Batch> {
        self.batches.get(&id)
    }

    pub(super) fn remove(&mut self, id: RowId) {
        self.bytes -= self.batches.remove(&id).map_or(0, |it| it.memory_bytes());
    }
}
