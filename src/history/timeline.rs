//! Callbacks over time: their numbers and answer times in buckets, as long as the
//! recording and finer the newer, whatever is evicted meanwhile.

mod answers;
mod level;

use std::ops::Range;

use super::row::{Flags, Row};
use super::time_scale;
use crate::callback::Timestamp;
use answers::Answers;
use level::Level;

/// Width in seconds of the buckets that are kept, and how many of them at most: two
/// hours of seconds, a week of minutes, a year of hours, a century of days.
const LEVELS: [(i64, usize); 4] = [(1, 7_200), (60, 10_080), (3_600, 8_784), (86_400, 36_525)];

/// The callbacks of some seconds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bucket {
    /// All of them.
    pub callbacks: u32,
    /// Those of messages that were not sent.
    pub failed: u32,
    /// Those that imscope refused.
    pub refused: u32,
    answers: Answers,
}

impl Bucket {
    /// The time in microseconds within which this fraction of answers was made, up to 4 %
    /// more or less; `None` without an answer time.
    pub fn latency_quantile(&self, fraction: f64) -> Option<u32> {
        self.answers.quantile(fraction)
    }

    /// Adds a callback.
    fn add(&mut self, added: Added) {
        self.callbacks = self.callbacks.saturating_add(1);
        self.failed = self.failed.saturating_add(added.failed.into());
        self.refused = self.refused.saturating_add(added.refused.into());
        if let Some(class) = added.class {
            self.answers.add(class, 1);
        }
    }

    /// Adds the callbacks of another.
    fn merge(&mut self, other: &Self) {
        self.callbacks = self.callbacks.saturating_add(other.callbacks);
        self.failed = self.failed.saturating_add(other.failed);
        self.refused = self.refused.saturating_add(other.refused);
        self.answers.merge(&other.answers);
    }
}

/// What a callback adds to a bucket.
#[derive(Debug, Clone, Copy)]
struct Added {
    failed: bool,
    refused: bool,
    /// Of its answer time, if it has one.
    class: Option<usize>,
}

/// Callbacks over time, as the flow has them.
#[derive(Debug, Clone)]
pub struct Timeline {
    levels: [Level; LEVELS.len()],
}

impl Default for Timeline {
    fn default() -> Self {
        Self { levels: LEVELS.map(|(width, limit)| Level::new(width, limit)) }
    }
}

impl Timeline {
    /// Adds a callback, at the time of its arrival. Without one (0: a body in a log) it
    /// is left out.
    pub(super) fn add(&mut self, row: &Row<'_>) {
        if row.at == Timestamp::default() {
            return;
        }
        // What the user sent again has neither failed nor was it answered again.
        let is_first = !row.flags.contains(Flags::RESENT);
        let (failed, refused) = (row.failed() && is_first, row.flags.contains(Flags::REFUSED));
        let class = (row.took != 0 && is_first).then(|| time_scale::bucket(row.took));
        let (second, added) = (row.at.secs(), Added { failed, refused, class });
        self.levels.iter_mut().for_each(|it| it.add(second, added));
    }

    /// From the second of the earliest callback to the one after the latest; `None`
    /// without callbacks.
    pub fn span(&self) -> Option<Range<i64>> {
        let [seconds, .., days] = &self.levels;
        let last = seconds.last()?;
        // The coarsest level has the earliest callback, the finest one its second.
        let first = self.levels.iter().filter(|it| it.is_complete()).find_map(Level::first);
        Some(first.or(days.first())?..last + 1)
    }

    /// The smallest width in seconds of buckets from a second on.
    pub fn finest_width(&self, from: i64) -> i64 {
        self.level_from(from).width()
    }

    /// `count` buckets of `width` seconds from a second on, as [`Timeline::buckets_between`].
    pub fn buckets(&self, from: i64, width: i64, count: usize) -> Vec<Bucket> {
        let edges = std::iter::successors(Some(from), |it| Some(it.saturating_add(width)));
        self.buckets_between(&edges.take(count + 1).collect::<Vec<_>>())
    }

    /// The buckets between ascending seconds: the first one from the first second to the
    /// one before the second, and so on. What is older than the seconds, minutes or hours
    /// that are kept is in the bucket in which its minute, hour or day begins.
    pub fn buckets_between(&self, edges: &[i64]) -> Vec<Bucket> {
        let [first, ends @ ..] = edges else { return Vec::new() };
        let mut buckets = vec![Bucket::default(); ends.len()];
        let Some(end) = ends.last() else { return buckets };
        let mut nth = 0;
        for (start, found) in self.level_of(edges).range(*first..*end) {
            nth += ends[nth..].iter().take_while(|end| **end <= start).count();
            if let Some(bucket) = buckets.get_mut(nth) {
                bucket.merge(found);
            }
        }
        buckets
    }

    /// The memory use in bytes.
    pub fn memory_bytes(&self) -> usize {
        self.levels.iter().map(Level::memory_bytes).sum()
    }

    /// The level with the fewest buckets that has all from the first second on, and all of
    /// it between the same seconds.
    fn level_of(&self, edges: &[i64]) -> &Level {
        let finest = self.level_from(edges.first().copied().unwrap_or_default());
        let divides = |it: &&Level| edges.iter().all(|edge| edge % it.width() == 0);
        let coarser = self.levels.iter().rev().take_while(|it| finest.width() < it.width());
        coarser.filter(|it| it.has_all_from(edges[0])).find(divides).unwrap_or(finest)
    }

    /// The finest level that has all from a second on.
    fn level_from(&self, from: i64) -> &Level {
        let [.., days] = &self.levels;
        self.levels.iter().find(|it| it.has_all_from(from)).unwrap_or(days)
    }
}

#[cfg(test)]
mod tests;
