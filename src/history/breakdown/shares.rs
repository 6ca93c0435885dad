//! How many callbacks have each value.

use std::cmp::Reverse;
use std::collections::HashMap;

use foldhash::quality::RandomState;

use crate::callback::decision::Decision;
use crate::history::memory::ARC_OVERHEAD;
use crate::history::row::Row;

/// The maximum number of values that are counted one by one; those that come after are
/// counted together.
pub const MAX_VALUES: usize = 20_000;
/// The maximum length of such a value in bytes.
const MAX_LENGTH: usize = 256;

/// The callbacks with one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Share {
    /// All of them.
    pub callbacks: u64,
    /// Those of messages that were not sent.
    pub failed: u64,
    /// Those whose answer denies what they ask for, or drops the message.
    pub denied: u64,
}

impl Share {
    fn add(&mut self, row: &Row<'_>) {
        let is_denied = matches!(row.flags.decision(), Some(Decision::Denied | Decision::Dropped));
        self.callbacks += 1;
        self.failed += u64::from(row.failed());
        self.denied += u64::from(is_denied);
    }
}

/// An order of values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// By the number of callbacks, highest first.
    #[default]
    Callbacks,
    /// By the number of failures and denials, highest first.
    Failures,
}

/// The callbacks by value.
#[derive(Debug, Default)]
pub struct Shares {
    values: HashMap<Box<str>, Share, RandomState>,
    total: Share,
    others: Share,
    text_bytes: usize,
}

impl Shares {
    /// Adds a callback with a value.
    pub(in crate::history) fn add(&mut self, value: &str, row: &Row<'_>) {
        self.total.add(row);
        if let Some(share) = self.values.get_mut(value) {
            share.add(row);
        } else if self.values.len() < MAX_VALUES && value.len() <= MAX_LENGTH {
            self.text_bytes += value.len() + ARC_OVERHEAD;
            self.values.entry(value.into()).or_default().add(row);
        } else {
            self.others.add(row);
        }
    }

    /// All callbacks.
    pub fn total(&self) -> Share {
        self.total
    }

    /// Those whose value is not counted by itself.
    pub fn others(&self) -> Share {
        self.others
    }

    /// The number of values.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there are no values.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The first values in an order, then by name.
    pub fn first(&self, count: usize, order: Order) -> Vec<(&str, Share)> {
        let mut values: Vec<_> = self.values.iter().map(|(value, it)| (&**value, *it)).collect();
        let counts = |it: &Share| match order {
            Order::Callbacks => (it.callbacks, 0),
            Order::Failures => (it.failed + it.denied, it.callbacks),
        };
        let by_key = |a: &(&str, Share), b: &(&str, Share)| {
            (Reverse(counts(&a.1)), a.0).cmp(&(Reverse(counts(&b.1)), b.0))
        };
        if count < values.len() {
            values.select_nth_unstable_by(count, by_key);
            values.truncate(count);
        }
        values.sort_unstable_by(by_key);
        values
    }

    /// The estimated memory use in bytes.
    pub fn memory_bytes(&self) -> usize {
        self.values.capacity() * 2 * size_of::<(Box<str>, Share)>() + self.text_bytes
    }
}
