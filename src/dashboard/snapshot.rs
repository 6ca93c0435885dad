//! The side panes, live or as they were when the view was paused.

use crate::callback::Timestamp;
use crate::history::counts::Counts;
use crate::history::failures::Failures;
use crate::history::timeline::Timeline;
use crate::history::traffic::Traffic;
use crate::history::unread::Unread;
use crate::history::{History, RowId};

/// Copies of what the side panes show, taken when the view is paused.
#[derive(Debug)]
pub(super) struct Snapshot {
    end_id: RowId,
    seen: u64,
    unread: Unread,
    failures: Failures,
    traffic: Traffic,
    timeline: Timeline,
    counts: Counts,
    taken_at: Timestamp,
}

impl Snapshot {
    /// Copies the present state.
    pub(super) fn take(history: &History, now: Timestamp) -> Self {
        Self {
            end_id: history.flow().end_id(),
            seen: history.seen(),
            unread: history.unread().clone(),
            failures: history.failures().clone(),
            traffic: history.traffic().clone(),
            timeline: history.timeline().clone(),
            counts: history.counts(),
            taken_at: now,
        }
    }

    /// The end of the row ids at that moment.
    pub(super) fn end_id(&self) -> RowId {
        self.end_id
    }

    /// The number of callbacks received until then.
    pub(super) fn seen(&self) -> u64 {
        self.seen
    }

    /// Approximate size in bytes.
    pub(super) fn memory_bytes(&self) -> usize {
        let timeline = self.timeline.memory_bytes();
        self.unread.memory_bytes() + self.failures.memory_bytes() + timeline
    }
}

/// What the side panes show.
#[derive(Debug, Clone, Copy)]
pub(super) struct Panes<'a> {
    /// The unread counts.
    pub(super) unread: &'a Unread,
    /// The failures by code.
    pub(super) failures: &'a Failures,
    /// Rate and answer times.
    pub(super) traffic: &'a Traffic,
    /// All callbacks over time.
    pub(super) timeline: &'a Timeline,
    /// Duplicates, older, odd and refused callbacks.
    pub(super) counts: Counts,
    /// The time of the right edge of the sparkline.
    pub(super) now: Timestamp,
}

impl<'a> Panes<'a> {
    /// The present state.
    pub(super) fn live(history: &'a History, now: Timestamp) -> Self {
        Self {
            unread: history.unread(),
            failures: history.failures(),
            traffic: history.traffic(),
            timeline: history.timeline(),
            counts: history.counts(),
            now,
        }
    }

    /// The state when the view was paused.
    pub(super) fn paused(snapshot: &'a Snapshot) -> Self {
        Self {
            unread: &snapshot.unread,
            failures: &snapshot.failures,
            traffic: &snapshot.traffic,
            timeline: &snapshot.timeline,
            counts: snapshot.counts,
            now: snapshot.taken_at,
        }
    }
}
