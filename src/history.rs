//! Everything seen, folded. Pure.
//!
//! [`History::apply`] is the one door: a delivery goes in, and every view of
//! the dashboard is kept in step, so that a frame costs the same at a thousand
//! and at a million.

pub mod row;
mod interner;
mod chunked_deque;
mod codec;
mod column;
mod pages;
pub mod flow;
pub mod unread;
pub mod failures;
pub mod traffic;
pub mod anomalies;
pub mod lifeline;
pub mod filter;
pub mod matches;

use crate::callback::command::When;
use crate::callback::oddity::Oddity;
use crate::callback::{Callback, Delivery, Origin, decode};
use anomalies::{Anomalies, Counts};
use failures::Failures;
use flow::Flow;
use matches::Matches;
pub use row::RowId;
use row::{Flags, Row};
use traffic::Traffic;
use unread::Unread;

/// Seconds that Tencent's clock may be ahead of ours.
const FUTURE: i64 = 60;

/// What the history is to keep, and what it is to flag.
#[derive(Debug, Clone)]
pub struct HistoryConfig {
    /// Bytes after which the oldest callbacks are let go.
    pub max_bytes: usize,
    /// The `SdkAppid` that calls should carry; others are odd.
    pub app: Option<String>,
}

impl Default for HistoryConfig {
    fn default() -> Self {
        Self { max_bytes: 256 << 20, app: None }
    }
}

/// Everything seen, folded.
#[derive(Debug)]
pub struct History {
    config: HistoryConfig,
    flow: Flow,
    unread: Unread,
    failures: Failures,
    traffic: Traffic,
    counts: Counts,
    anomalies: Anomalies,
    matches: Option<Matches>,
    probes: u64,
    /// Bytes of copies that others hold.
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
        // Of all the room, users have a quarter and chats a sixteenth at the
        // most, so that however many there are, callbacks are kept.
        let (unread, anomalies) =
            (Unread::within(config.max_bytes / 4), Anomalies::within(config.max_bytes / 16));
        Self {
            config,
            flow: Flow::default(),
            unread,
            failures: Failures::default(),
            traffic: Traffic::default(),
            counts: Counts::default(),
            anomalies,
            matches: None,
            probes: 0,
            external_bytes: 0,
        }
    }

    /// Takes a delivery. A look (GET, HEAD) is counted and not kept: it is no
    /// callback.
    pub fn apply(&mut self, delivery: &Delivery) {
        if delivery.is_probe() {
            self.probes += 1;
            return;
        }
        let callback = decode(delivery);
        let refused = delivery.is_refused();
        let identity = callback.duplicate_key();
        let flags = self.judge(&callback, delivery, identity);
        if refused {
            self.counts.refused += 1;
        } else if delivery.origin == Origin::Caller {
            self.count(&callback, delivery, flags);
        }
        let row = row_of(&callback, delivery, flags, self.flow.next());
        let id = self.flow.push(&row, identity, delivery);
        if let Some(matches) = &mut self.matches
            && let Some(row) = self.flow.row(id)
        {
            matches.test(&row, delivery);
        }
        self.stay_within_bound();
    }

    /// Forgets everything; the bound and the filter stay, numbers begin anew.
    pub fn clear(&mut self) {
        let filter = self.matches.take().map(|it| it.filter().clone());
        *self = Self::new(self.config.clone());
        self.set_filter(filter);
    }

    /// Shows only what a filter lets through, or everything.
    pub fn set_filter(&mut self, filter: Option<filter::Filter>) {
        self.matches = filter.map(|it| Matches::new(it, &self.flow));
    }

    /// Searches some more pages of the past; whether more are to be searched.
    pub fn search(&mut self, pages: usize) -> bool {
        let Some(matches) = &mut self.matches else { return false };
        matches.search(&self.flow, pages);
        matches.is_searching(&self.flow)
    }

    /// Whether the callback taken last passes a filter; a look does not.
    pub fn newest_passes(&self, filter: &filter::Filter, delivery: &Delivery) -> bool {
        let row = self.flow.row(RowId(self.seen())).filter(|_| !delivery.is_probe());
        row.is_some_and(|row| matches::passes(filter, &row, delivery))
    }

    /// Whether some of the past is still to be searched.
    pub fn is_searching(&self) -> bool {
        self.matches.as_ref().is_some_and(|it| it.is_searching(&self.flow))
    }

    /// What the filter lets through; `None` without one.
    pub fn matches(&self) -> Option<&Matches> {
        self.matches.as_ref()
    }

    /// The callbacks kept.
    pub fn flow(&self) -> &Flow {
        &self.flow
    }

    /// The gauges of all users.
    pub fn unread(&self) -> &Unread {
        &self.unread
    }

    /// The failures by code.
    pub fn failures(&self) -> &Failures {
        &self.failures
    }

    /// Rate and answer times.
    pub fn traffic(&self) -> &Traffic {
        &self.traffic
    }

    /// Duplicates, late ones, odd ones, refusals.
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// How many callbacks came, refused ones included.
    pub fn seen(&self) -> u64 {
        self.flow.next().0 - RowId::FIRST.0
    }

    /// How many looks (GET, HEAD) came: somebody's browser, a tunnel's check.
    pub fn probes(&self) -> u64 {
        self.probes
    }

    /// Counts copies of views that others hold, in all so many bytes.
    pub fn set_external_bytes(&mut self, bytes: usize) {
        self.external_bytes = bytes;
        self.stay_within_bound();
    }

    /// About how many bytes all of it takes.
    pub fn bytes(&self) -> usize {
        let found = self.matches.as_ref().map_or(0, Matches::bytes);
        let views = self.anomalies.bytes() + self.unread.bytes() + self.failures.bytes();
        self.flow.bytes() + views + found + self.external_bytes
    }

    /// What is odd about a callback: what decoding found, and whether it is
    /// for another application.
    pub fn oddities<'a>(&self, callback: &Callback<'a>) -> Vec<Oddity<'a>> {
        let mut oddities = callback.oddities.clone();
        oddities.extend(self.other_app(callback));
        oddities
    }

    fn other_app<'a>(&self, callback: &Callback<'a>) -> Option<Oddity<'a>> {
        let expected = self.config.app.as_deref()?;
        let found = callback.query.app.clone()?;
        (found != expected).then(|| Oddity::OtherApp { expected: expected.to_owned(), found })
    }

    fn judge(&mut self, callback: &Callback<'_>, delivery: &Delivery, identity: u64) -> Flags {
        let refused = delivery.is_refused();
        let resent = delivery.origin != Origin::Caller;
        // Neither a stranger's call nor one's own says anything about what
        // Tencent sends.
        let counts = !refused && !resent;
        let duplicate = counts && self.anomalies.is_duplicate(identity);
        // The second coming of a message is double, and not late as well.
        let late = counts
            && !duplicate
            && callback
                .chat()
                .zip(callback.msg_time)
                // One message from the future must not make all others late.
                .filter(|(_, time)| *time <= delivery.at.secs() + FUTURE)
                .is_some_and(|(chat, time)| self.anomalies.is_late(chat, time));
        let before = callback.command.is_some_and(|it| it.when == When::Before);
        let odd = !callback.oddities.is_empty() || self.other_app(callback).is_some();
        Flags::default()
            .with(Flags::REFUSED, refused)
            .with(Flags::ODD, odd)
            .with(Flags::DUPLICATE, duplicate)
            .with(Flags::LATE, late)
            .with(Flags::ONLINE, callback.online_only)
            .with(Flags::BEFORE, before)
            .with(Flags::GROUP, callback.to_group)
            .with(Flags::BROKEN, callback.body.is_err() && !callback.is_empty())
            .with(Flags::TROUBLE, !delivery.answer.trouble.is_empty())
            .with(Flags::RESENT, resent)
    }

    /// A duplicate tells of nothing new, so it is no second failure.
    fn count(&mut self, callback: &Callback<'_>, delivery: &Delivery, flags: Flags) {
        self.traffic.apply(delivery.at, delivery.answer.took);
        self.counts.odd += u64::from(flags.has(Flags::ODD));
        self.counts.late += u64::from(flags.has(Flags::LATE));
        self.counts.duplicate += u64::from(flags.has(Flags::DUPLICATE));
        self.counts.trouble += u64::from(flags.has(Flags::TROUBLE));
        if let Some(report) = &callback.unread {
            // One report from the future must not hold all others back.
            let latest = (delivery.at.secs() + FUTURE, u64::MAX);
            let report = decode::Unread { order: report.order.min(latest), ..report.clone() };
            self.unread.apply(&report, delivery.at);
        }
        if let Some(code) = callback.result
            && code != 0
            && !flags.has(Flags::DUPLICATE)
        {
            let info = callback.error_info.as_deref().unwrap_or_default();
            self.failures.apply(code, info, delivery.at);
        }
    }

    fn stay_within_bound(&mut self) {
        while self.bytes() > self.config.max_bytes {
            let Some(gone) = self.flow.evict_oldest() else { return };
            for identity in gone {
                self.anomalies.forget(identity);
            }
            if let Some(matches) = &mut self.matches {
                matches.evict_before(self.flow.first());
            }
        }
    }
}

fn row_of<'a>(callback: &'a Callback<'_>, delivery: &Delivery, flags: Flags, id: RowId) -> Row<'a> {
    let clamp =
        |code: i64| i32::try_from(code).unwrap_or(if code < 0 { i32::MIN } else { i32::MAX });
    Row {
        id,
        at: delivery.at,
        word: &callback.word,
        from: callback.from.as_deref().unwrap_or_default(),
        to: callback.to.as_deref().unwrap_or_default(),
        kinds: callback.elements.iter().fold(0, |bits, it| bits | 1 << it.kind as u16),
        result: callback.result.map(clamp),
        unread: callback.unread.as_ref().map(|it| it.count),
        msg_time: callback.msg_time,
        key: callback.msg_key.as_deref().map_or(0, lifeline::hash),
        size: u32::try_from(delivery.body.len()).unwrap_or(u32::MAX),
        flags,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn however_many_users_there_are_callbacks_are_kept() {
        let mut history = History::new(HistoryConfig { max_bytes: 2 << 20, app: None });
        for nth in 0..20_000_u32 {
            let body = format!(
                r#"{{"CallbackCommand":"C2C.CallbackAfterSendMsg","From_Account":"from_{nth}","To_Account":"to_{nth}","MsgTime":1557481126,"MsgKey":"{nth}_1_1557481126","UnreadMsgNum":1}}"#
            );
            history.apply(&Delivery {
                method: "POST".into(),
                target: "/".into(),
                body: body.into_bytes().into(),
                ..Delivery::default()
            });
            assert!(history.bytes() <= 2 << 20);
        }
        let (kept, gauges) = (history.flow().len(), history.unread().len());
        assert!(1500 < kept && 1000 < gauges, "{kept} callbacks and {gauges} gauges are kept");
        assert_eq!(history.flow().evicted() + kept as u64, 20_000, "totals survive");
        history.set_external_bytes(64 << 10);
        assert!(history.bytes() <= 2 << 20 && history.flow().len() < kept, "room is made at once");
    }

    #[test]
    fn what_does_not_come_by_post_is_shown_and_counts_nowhere() {
        let mut history = History::default();
        let body =
            br#"{"CallbackCommand":"C2C.CallbackAfterSendMsg","To_Account":"a","UnreadMsgNum":1}"#;
        for (method, refused, gauges) in [("PUT", 1, 0), ("POST", 1, 1)] {
            history.apply(&Delivery {
                method: method.into(),
                target: "/".into(),
                body: body[..].into(),
                ..Delivery::default()
            });
            assert_eq!((history.counts().refused, history.unread().len()), (refused, gauges));
        }
        assert_eq!((history.flow().len(), history.counts().duplicate), (2, 0));
    }

    #[test]
    fn what_others_hold_of_it_counts() {
        let mut history = History::default();
        let before = history.bytes();
        history.set_external_bytes(1000);
        assert_eq!(history.bytes(), before + 1000);
        history.set_external_bytes(0);
        assert_eq!(history.bytes(), before);
    }
}
