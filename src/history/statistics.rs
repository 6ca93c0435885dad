//! What is counted of all callbacks, also of those that were evicted.

use super::counts::Counts;
use super::failures::Failures;
use super::row::{Flags, Row};
use super::rule_hits::RuleHits;
use super::timeline::Timeline;
use super::traffic::Traffic;
use super::unread::Unread;
use crate::callback::{Callback, Delivery, Origin};

/// The numbers and states derived from callbacks, one after the other.
#[derive(Debug)]
pub(super) struct Statistics {
    pub(super) unread: Unread,
    pub(super) failures: Failures,
    pub(super) traffic: Traffic,
    pub(super) timeline: Timeline,
    pub(super) counts: Counts,
    pub(super) rule_hits: RuleHits,
    /// The number of probes.
    pub(super) probes: u64,
}

impl Statistics {
    /// Empty ones; the unread counts get at most so many bytes.
    pub(super) fn with_limit(unread_bytes: usize) -> Self {
        Self {
            unread: Unread::with_limit(unread_bytes),
            failures: Failures::default(),
            traffic: Traffic::default(),
            timeline: Timeline::default(),
            counts: Counts::default(),
            rule_hits: RuleHits::default(),
            probes: 0,
        }
    }

    /// Adds a callback with its row.
    pub(super) fn apply(&mut self, callback: &Callback<'_>, delivery: &Delivery, row: &Row<'_>) {
        self.rule_hits.apply(delivery);
        self.timeline.add(row);
        if row.flags.contains(Flags::REFUSED) {
            self.counts.refuse(delivery.refusal);
        } else if !delivery.origin.is_resent() {
            self.count(callback, delivery, row.flags);
        }
    }

    /// Counts a callback that was not refused, and that the user did not send again.
    pub(super) fn count(&mut self, callback: &Callback<'_>, delivery: &Delivery, flags: Flags) {
        // Of a body in a log neither time is known.
        if delivery.origin == Origin::Caller {
            self.traffic.apply(delivery.at, delivery.answer.took);
        }
        self.counts.add(flags, &delivery.answer);
        // A duplicate is no second change of a count.
        if let Some(change) = callback.unread.as_ref().filter(|_| !flags.contains(Flags::DUPLICATE))
        {
            self.unread.apply(&callback.app, change, delivery.at);
        }
        for (code, info) in failures(callback, flags) {
            self.failures.apply(code, info, delivery.at);
        }
    }

    /// The memory use in bytes.
    pub(super) fn memory_bytes(&self) -> usize {
        self.unread.memory_bytes()
            + self.failures.memory_bytes()
            + self.rule_hits.memory_bytes()
            + self.timeline.memory_bytes()
    }
}

/// The codes of a callback that count as failures, each with its `ErrorInfo`. A duplicate is
/// no second failure, and what is only asked for has not failed.
pub(super) fn failures<'c>(
    callback: &'c Callback<'_>,
    flags: Flags,
) -> impl Iterator<Item = (i64, &'c str)> {
    let is_counted = !flags.contains(Flags::DUPLICATE) && !flags.contains(Flags::BEFORE);
    let first = callback.result.filter(|code| is_counted && *code != 0);
    let others = callback.other_failures.iter().filter(move |_| first.is_some());
    let first = first.map(|it| (it, callback.error_info.as_deref().unwrap_or_default()));
    first.into_iter().chain(others.map(|it| (it.code, it.info.as_deref().unwrap_or_default())))
}
