//! The callbacks received, and the views derived from them. Pure.
//!
//! [`History::apply`] is the only way in; it updates every view, so that drawing
//! a frame costs the same for a thousand and for a million callbacks.

mod memory;
pub mod span;
pub mod sign;
pub mod row;
mod batches;
mod interner;
mod chunked_deque;
mod pages;
mod row_table;
mod merged_ids;
mod refused;
pub mod flow;
pub mod unread;
pub mod gauge_steps;
pub mod breakdown;
pub mod code_summary;
pub mod failures;
pub mod counts;
pub mod rule_hits;
mod time_scale;
pub mod traffic;
pub mod timeline;
mod statistics;
pub mod anomalies;
pub mod life_line;
pub mod recalled;
mod classify;
pub mod filter;
pub mod matches;
mod filtering;
pub mod choices;
mod near;
pub mod flow_reader;
pub mod tally;
pub mod incoming;
#[cfg(test)]
mod tests;

use crate::callback::decision::judge_delivery;
use crate::callback::oddity::Oddity;
use crate::callback::{Callback, Delivery, decode};
use anomalies::Anomalies;
use batches::Batch;
use counts::Counts;
use failures::Failures;
use flow::Flow;
use matches::Matches;
use row::Flags;
pub use row::RowId;
use rule_hits::RuleHits;
use statistics::Statistics;
use timeline::Timeline;
use traffic::Traffic;
use unread::Unread;

/// The limits and expectations of a [`History`].
#[derive(Debug, Clone)]
pub struct HistoryConfig {
    /// Memory in bytes above which the oldest callbacks are evicted.
    pub max_bytes: usize,
    /// The expected `SdkAppid`; callbacks with another one are odd.
    pub sdk_app_id: Option<String>,
}

impl Default for HistoryConfig {
    fn default() -> Self {
        Self { max_bytes: 256 << 20, sdk_app_id: None }
    }
}

/// The callbacks received, and the views derived from them. Every callback counts
/// in the views; the oldest are evicted from the flow to stay within the limit, and
/// a refused one evicts only refused ones.
#[derive(Debug)]
pub struct History {
    config: HistoryConfig,
    flow: Flow,
    statistics: Statistics,
    anomalies: Anomalies,
    matches: Option<Matches>,
    /// The matches of a filter that is not set yet.
    trial: Option<Matches>,
    /// The end of what is shown, if the view is paused.
    shown_end: Option<RowId>,
    external_bytes: usize,
}

impl Default for History {
    fn default() -> Self {
        Self::new(HistoryConfig::default())
    }
}

impl History {
    /// An empty history.
    pub fn new(config: HistoryConfig) -> Self {
        // Users get at most a quarter of the memory and chats a sixteenth, so
        // that callbacks are kept however many of both there are.
        let statistics = Statistics::with_limit(config.max_bytes / 4);
        let anomalies = Anomalies::with_limit(config.max_bytes / 16);
        Self {
            flow: Flow::new(config.max_bytes),
            config,
            statistics,
            anomalies,
            matches: None,
            trial: None,
            shown_end: None,
            external_bytes: 0,
        }
    }

    /// Adds a delivery. A probe (GET, HEAD) is no callback: it is counted and
    /// not kept.
    pub fn apply(&mut self, delivery: &Delivery) {
        if delivery.is_probe() {
            self.statistics.probes += 1;
            return;
        }
        let callback = decode(delivery);
        let identity = callback.duplicate_key();
        let judgment = judge_delivery(&callback, delivery);
        let flags = self.detect_flags(&callback, delivery, identity);
        let flags = classify::decided(flags, judgment.as_ref());
        let id = self.flow.next_id(flags.contains(Flags::REFUSED));
        let row = classify::row(&callback, delivery, flags, judgment.as_ref(), id);
        self.statistics.apply(&callback, delivery, &row);
        self.flow.push(&row, identity, Batch::of(&callback, judgment.as_ref()), delivery);
        for matches in self.matches.iter_mut().chain(&mut self.trial) {
            if let Some(row) = self.flow.row(id) {
                matches.test(&row, delivery);
            }
            matches.evict(&self.flow);
        }
        self.evict_beyond_limit();
    }

    /// Removes everything except configuration and filter. Row ids start again
    /// from [`RowId::FIRST`].
    pub fn clear(&mut self) {
        let filter = self.matches.take().map(|it| it.filter().clone());
        *self = Self::new(self.config.clone());
        self.set_filter(filter);
    }

    /// The callbacks kept.
    pub fn flow(&self) -> &Flow {
        &self.flow
    }

    /// The unread counts of all users.
    pub fn unread(&self) -> &Unread {
        &self.statistics.unread
    }

    /// The failures by code.
    pub fn failures(&self) -> &Failures {
        &self.statistics.failures
    }

    /// Rate and answer times.
    pub fn traffic(&self) -> &Traffic {
        &self.statistics.traffic
    }

    /// All callbacks over time, also those that were evicted.
    pub fn timeline(&self) -> &Timeline {
        &self.statistics.timeline
    }

    /// The numbers of duplicate, older, odd and refused callbacks.
    pub fn counts(&self) -> Counts {
        self.statistics.counts
    }

    /// How often each rule decided.
    pub fn rule_hits(&self) -> &RuleHits {
        &self.statistics.rule_hits
    }

    /// The number of callbacks received: of all deliveries but probes, so refused ones
    /// and those that the user sent again included.
    pub fn seen(&self) -> u64 {
        self.flow.received()
    }

    /// The number of probes (GET, HEAD), as of a browser or a health check.
    pub fn probes(&self) -> u64 {
        self.statistics.probes
    }

    /// Sets the bytes held outside (the views of a paused dashboard) that count
    /// against the limit.
    pub fn set_external_bytes(&mut self, bytes: usize) {
        self.external_bytes = bytes;
        self.evict_beyond_limit();
    }

    /// The estimated memory use in bytes.
    pub fn memory_bytes(&self) -> usize {
        self.flow.memory_bytes() + self.view_bytes()
    }

    fn view_bytes(&self) -> usize {
        let both = self.matches.iter().chain(&self.trial);
        let matches = both.map(Matches::memory_bytes).sum::<usize>();
        let views = self.anomalies.memory_bytes() + self.statistics.memory_bytes();
        views + matches + self.external_bytes
    }

    /// What is odd about a callback: what decoding found, and an `SdkAppid` that
    /// is not the expected one.
    pub fn oddities<'a>(&self, callback: &Callback<'a>) -> Vec<Oddity<'a>> {
        let mut oddities = callback.oddities.clone();
        oddities.extend(classify::other_app(self.config.sdk_app_id.as_deref(), callback));
        oddities
    }

    /// The flags of a callback; records its event and message for later ones.
    fn detect_flags(
        &mut self,
        callback: &Callback<'_>,
        delivery: &Delivery,
        identity: u64,
    ) -> Flags {
        let flags = classify::flags(callback, delivery, self.config.sdk_app_id.as_deref());
        // Refused and resent deliveries are not what Tencent sent.
        if flags.contains(Flags::REFUSED) || flags.contains(Flags::RESENT) {
            return flags;
        }
        let duplicate = self.anomalies.record_event(identity);
        // A duplicate is not older as well.
        let older = !duplicate && self.anomalies.record_callback(callback, delivery.at);
        flags.with(Flags::DUPLICATE, duplicate).with(Flags::OLDER, older)
    }

    fn evict_beyond_limit(&mut self) {
        // With what is set apart for refused callbacks, so that they evict nothing.
        while self.flow.reserved_bytes() + self.view_bytes() > self.config.max_bytes {
            let Some(identities) = self.flow.evict_oldest() else { return };
            for identity in identities {
                self.anomalies.remove_event(identity);
            }
            for matches in self.matches.iter_mut().chain(&mut self.trial) {
                matches.evict(&self.flow);
            }
        }
    }
}
