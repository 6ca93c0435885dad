//! A cache of what frames show of callbacks.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use foldhash::fast::FixedState;

use crate::callback::head::{Cut, Head};
use crate::history::RowId;

/// The maximum memory of each half in bytes: the rows and the detail pane of a large
/// screen of large bodies fit, also redacted.
const HALF_BYTES: usize = 4 << 20;

/// What a head depends on, in each mode of privacy: callback, limit of bytes, cut.
type Key = (RowId, usize, Cut);
type Half = HashMap<Key, Rc<Head>, FixedState>;

/// The heads used last, within a bound in bytes. To be cleared when private mode begins
/// or ends, and when row ids start again.
#[derive(Debug, Default)]
pub(super) struct Heads(RefCell<Halves>);

/// A half that is full takes the place of the older one, which is dropped.
#[derive(Debug, Default)]
struct Halves {
    newer: Half,
    /// The memory of `newer` in bytes.
    bytes: usize,
    older: Half,
}

impl Heads {
    /// The head of a key; one that is not cached is read. `None` if the callback is
    /// evicted.
    pub(super) fn get(&self, key: Key, read: impl FnOnce() -> Option<Head>) -> Option<Rc<Head>> {
        let mut halves = self.0.borrow_mut();
        if let Some(head) = halves.newer.get(&key) {
            return Some(Rc::clone(head));
        }
        let head = match halves.older.remove(&key) {
            Some(head) => head,
            None => Rc::new(read()?),
        };
        halves.add(key, Rc::clone(&head));
        Some(head)
    }

    /// Drops all heads.
    pub(super) fn clear(&mut self) {
        self.0.take();
    }
}

impl Halves {
    fn add(&mut self, key: Key, head: Rc<Head>) {
        let bytes = size_of::<(Key, Head)>() + head.delivery.heap_bytes();
        if HALF_BYTES < self.bytes + bytes {
            self.older = std::mem::take(&mut self.newer);
            self.bytes = 0;
        }
        self.bytes += bytes;
        self.newer.insert(key, head);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::callback::Delivery;

    fn head(bytes: usize) -> Head {
        Head::uncut(Delivery { body: vec![b' '; bytes].into(), ..Delivery::default() })
    }

    #[test]
    fn those_used_last_are_cached_within_a_bound() {
        const BYTES: usize = 64 << 10;
        let heads = Heads::default();
        let key = |number| (RowId::accepted(number), BYTES, Cut::Closed);
        let last = HALF_BYTES as u64 / BYTES as u64 * 4;
        for number in 1..=last {
            heads.get(key(number), || Some(head(BYTES))).unwrap();
            assert!(heads.get(key(1), || None).is_some(), "used each time");
        }
        assert!(heads.get(key(last - 8), || None).is_some());
        assert!(heads.get(key(2), || None).is_none());
        let halves = heads.0.borrow();
        let kept = halves.newer.len() + halves.older.len();
        assert!(kept * BYTES <= 2 * HALF_BYTES, "{kept}");
    }
}
