//! How long answers took, counted by class.

use crate::history::time_scale::{STEPS, middle, quantile};

/// Classes of [`time_scale`](crate::history::time_scale) that are kept together: those of
/// a power of two.
const GROUP: usize = STEPS as usize;
/// What the allocator adds to what is kept of a bucket.
const OVERHEAD: usize = 16;

/// Answer times, counted by class.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Answers {
    /// The place of the first group among all.
    first: usize,
    /// The groups from the first to the last one that has any.
    groups: Box<[[u16; GROUP]]>,
}

impl Answers {
    /// The time in microseconds within which this fraction of answers was made; `None`
    /// without any.
    pub(super) fn quantile(&self, fraction: f64) -> Option<u32> {
        let counts = self.groups.as_flattened().iter().map(|it| u64::from(*it));
        Some(middle(quantile(counts, fraction)? + self.first * GROUP))
    }

    /// Adds answers of a class. Quantiles need no more than the proportions: all counts
    /// are halved before one is too large.
    pub(super) fn add(&mut self, class: usize, count: u16) {
        let (group, nth) = (class / GROUP, class % GROUP);
        let place = group.wrapping_sub(self.first);
        if self.groups.len() <= place {
            self.widen(group, group + 1);
        }
        let counts = self.groups.as_flattened_mut();
        let at = (group - self.first) * GROUP + nth;
        if counts[at].checked_add(count).is_none() {
            for it in counts.iter_mut() {
                *it = it.div_ceil(2);
            }
        }
        counts[at] = counts[at].saturating_add(count);
    }

    /// Adds the answers of another.
    pub(super) fn merge(&mut self, other: &Self) {
        if other.groups.is_empty() {
            return;
        }
        if self.groups.is_empty() || other.first < self.first || self.end() < other.end() {
            self.widen(other.first, other.end());
        }
        let at = (other.first - self.first) * GROUP;
        let (sums, added) =
            (&mut self.groups.as_flattened_mut()[at..], other.groups.as_flattened());
        let highest = |highest: u16, (sum, it): (&u16, &u16)| highest.max(sum.saturating_add(*it));
        if sums.iter().zip(added).fold(0, highest) < u16::MAX {
            sums.iter_mut().zip(added).for_each(|(sum, it)| *sum += *it);
            return;
        }
        // Rare, and too slow for each bucket.
        let classes = other.first * GROUP..;
        added.iter().zip(classes).for_each(|(it, class)| self.add(class, *it));
    }

    /// The memory use in bytes.
    pub(super) fn memory_bytes(&self) -> usize {
        match self.groups.len() {
            0 => 0,
            groups => groups * size_of::<[u16; GROUP]>() + OVERHEAD,
        }
    }

    fn end(&self) -> usize {
        self.first + self.groups.len()
    }

    /// Adds empty groups, so that those from one to another are among them.
    fn widen(&mut self, from: usize, to: usize) {
        let (first, end) = match self.groups.len() {
            0 => (from, to),
            _ => (from.min(self.first), to.max(self.end())),
        };
        let mut groups = vec![[0; GROUP]; end - first].into_boxed_slice();
        let at = self.first.saturating_sub(first);
        groups[at..at + self.groups.len()].copy_from_slice(&self.groups);
        (self.first, self.groups) = (first, groups);
    }
}
