//! The buckets of one width.

use std::collections::VecDeque;
use std::ops::Range;

use super::{Added, Bucket};

/// The newest buckets of one width, without empty ones.
#[derive(Debug, Clone)]
pub(super) struct Level {
    /// Seconds.
    width: i64,
    /// The maximum number of buckets.
    limit: usize,
    /// The first second of each bucket, in order.
    buckets: VecDeque<(i64, Bucket)>,
    /// Whether none was evicted.
    is_complete: bool,
    /// The memory use in bytes of the answer times in them.
    answer_bytes: usize,
}

impl Level {
    pub(super) const fn new(width: i64, limit: usize) -> Self {
        Self { width, limit, buckets: VecDeque::new(), is_complete: true, answer_bytes: 0 }
    }

    pub(super) fn width(&self) -> i64 {
        self.width
    }

    pub(super) fn is_complete(&self) -> bool {
        self.is_complete
    }

    /// Whether it has all from a second on.
    pub(super) fn has_all_from(&self, second: i64) -> bool {
        self.is_complete || self.first().is_some_and(|it| it <= second)
    }

    /// The first second of the first bucket.
    pub(super) fn first(&self) -> Option<i64> {
        self.buckets.front().map(|(start, _)| *start)
    }

    /// The first second of the last bucket.
    pub(super) fn last(&self) -> Option<i64> {
        self.buckets.back().map(|(start, _)| *start)
    }

    /// Adds a callback of a second, unless that is older than all that are kept.
    pub(super) fn add(&mut self, second: i64, added: Added) {
        let Some(bucket) = self.bucket_mut(second) else { return };
        let before = bucket.answers.memory_bytes();
        bucket.add(added);
        let more = bucket.answers.memory_bytes() - before;
        self.answer_bytes += more;
    }

    /// The bucket of a second; `None` if it is older than all that are kept.
    fn bucket_mut(&mut self, second: i64) -> Option<&mut Bucket> {
        // Nearly always it is the newest one, which takes no division to find.
        let last = self.last();
        if last.is_some_and(|it| (it..it + self.width).contains(&second)) {
            return self.buckets.back_mut().map(|(_, bucket)| bucket);
        }
        let start = second - second.rem_euclid(self.width);
        let at = match last {
            Some(last) if start < last => {
                let place = self.buckets.binary_search_by_key(&start, |(it, _)| *it);
                match place {
                    Ok(at) => return Some(&mut self.buckets[at].1),
                    Err(at) => at,
                }
            }
            _ => self.buckets.len(),
        };
        self.insert(at, start)
    }

    /// Inserts a bucket at its place, and evicts the oldest one if there are too many.
    fn insert(&mut self, at: usize, start: i64) -> Option<&mut Bucket> {
        let is_full = self.limit <= self.buckets.len();
        self.is_complete &= !is_full;
        let at = match at {
            0 if is_full => return None,
            at if is_full => {
                let evicted = self.buckets.pop_front();
                self.answer_bytes -= evicted.map_or(0, |(_, it)| it.answers.memory_bytes());
                at - 1
            }
            at => at,
        };
        self.buckets.insert(at, (start, Bucket::default()));
        Some(&mut self.buckets[at].1)
    }

    /// The buckets that overlap a range of seconds, each with its first second.
    pub(super) fn range(&self, range: Range<i64>) -> impl Iterator<Item = (i64, &Bucket)> {
        let from = self.buckets.partition_point(|(it, _)| it + self.width <= range.start);
        let to = self.buckets.partition_point(|(it, _)| *it < range.end).max(from);
        self.buckets.range(from..to).map(|(start, bucket)| (*start, bucket))
    }

    pub(super) fn memory_bytes(&self) -> usize {
        self.buckets.capacity() * size_of::<(i64, Bucket)>() + self.answer_bytes
    }
}
