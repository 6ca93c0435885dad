//! When messages failed with one code, and of whom.

use super::batches::clamp;
use super::breakdown::{Order, Shares};
use super::filter::{Field, Filter};
use super::row::{Flags, Row};
use super::timeline::Timeline;
use crate::callback::Timestamp;

/// Values that are listed of each group.
const LISTED: usize = 10;
/// What separates the two names of a pair; it is in no name that is shown.
const BETWEEN: char = '\u{1f}';

/// A group of values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Recipients.
    Receiver,
    /// Senders.
    Sender,
    /// Senders with their recipients.
    Pair,
    /// Command words.
    Command,
}

/// A value, and how many messages failed with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry<'a> {
    /// The group of the value.
    pub group: Group,
    /// The value; of a pair the sender.
    pub value: &'a str,
    /// The recipient of a pair.
    pub to: Option<&'a str>,
    /// The number of callbacks.
    pub count: u64,
}

/// The callbacks with one code.
#[derive(Debug)]
pub struct CodeSummary {
    code: i64,
    /// When the first and the last one was received.
    times: Option<(Timestamp, Timestamp)>,
    timeline: Timeline,
    receivers: Shares,
    senders: Shares,
    pairs: Shares,
    commands: Shares,
}

impl CodeSummary {
    /// No callbacks yet with a code.
    pub fn of(code: i64) -> Self {
        Self {
            code,
            times: None,
            timeline: Timeline::default(),
            receivers: Shares::default(),
            senders: Shares::default(),
            pairs: Shares::default(),
            commands: Shares::default(),
        }
    }

    /// The code.
    pub fn code(&self) -> i64 {
        self.code
    }

    /// The number of callbacks.
    pub fn count(&self) -> u64 {
        self.commands.total().callbacks
    }

    /// When the first and the last one was received.
    pub fn times(&self) -> Option<(Timestamp, Timestamp)> {
        self.times
    }

    /// The callbacks over time.
    pub fn timeline(&self) -> &Timeline {
        &self.timeline
    }

    /// Adds a callback if it has the code, as the pane Failures counts it.
    pub fn add(&mut self, row: &Row<'_>) {
        let ignored = [Flags::REFUSED, Flags::RESENT, Flags::DUPLICATE, Flags::BEFORE];
        let code = clamp(self.code);
        let has_code = row.result == Some(code) || row.other_failures.contains(&code);
        if !has_code || ignored.into_iter().any(|it| row.flags.contains(it)) {
            return;
        }
        let (first, last) = self.times.unwrap_or((row.at, row.at));
        self.times = Some((first.min(row.at), last.max(row.at)));
        self.timeline.add(row);
        self.receivers.add(row.to, row);
        self.senders.add(row.from, row);
        self.pairs.add(&format!("{}{BETWEEN}{}", row.from, row.to), row);
        self.commands.add(row.word, row);
    }

    /// The values with the most callbacks, group by group.
    pub fn entries(&self) -> Vec<Entry<'_>> {
        let groups = [
            (Group::Receiver, &self.receivers),
            (Group::Sender, &self.senders),
            (Group::Pair, &self.pairs),
            (Group::Command, &self.commands),
        ];
        let entries = groups.into_iter().flat_map(|(group, shares)| {
            shares.first(LISTED, Order::Callbacks).into_iter().map(move |(value, share)| {
                let (value, to) = match group {
                    Group::Pair => value.split_once(BETWEEN).unwrap_or((value, "")),
                    _ => (value, ""),
                };
                let to = (group == Group::Pair).then_some(to);
                Entry { group, value, to, count: share.callbacks }
            })
        });
        entries.collect()
    }

    /// Matches what has the code.
    pub fn filter(&self) -> Filter {
        Filter::for_code(self.code)
    }

    /// Matches what has the code and the value of an entry.
    pub fn filter_of(&self, entry: &Entry<'_>) -> Filter {
        let values = match (entry.group, entry.to) {
            (Group::Receiver, _) => vec![(Field::To, entry.value)],
            (Group::Command, _) => vec![(Field::Command, entry.value)],
            (_, Some(to)) => vec![(Field::From, entry.value), (Field::To, to)],
            (_, None) => vec![(Field::From, entry.value)],
        };
        self.filter().and(Filter::for_values(&values))
    }

    /// The estimated memory use in bytes.
    pub fn memory_bytes(&self) -> usize {
        let shares = [&self.receivers, &self.senders, &self.pairs, &self.commands];
        shares.map(Shares::memory_bytes).iter().sum::<usize>() + self.timeline.memory_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::callback::Delivery;
    use crate::history::History;

    fn failed(from: &str, to: &str, code: i64, at: i64) -> Delivery {
        let body = format!(
            r#"{{"CallbackCommand":"C2C.CallbackAfterSendMsg","From_Account":"{from}",
            "To_Account":"{to}","MsgKey":"{at}_1_2","SendMsgResult":{code}}}"#
        );
        Delivery {
            at: Timestamp::from_secs(at),
            method: "POST".into(),
            body: body.into_bytes().into(),
            ..Delivery::default()
        }
    }

    fn summary(history: &History, code: i64) -> CodeSummary {
        let mut summary = CodeSummary::of(code);
        let flow = history.flow();
        flow.ids().for_each(|it| summary.add(&flow.row(it).unwrap()));
        summary
    }

    #[test]
    fn it_counts_as_the_failures_do_and_each_entry_is_what_its_filter_finds() {
        let mut history = History::default();
        let sent = [("a", "b"), ("a", "c"), ("d", "b"), ("a", "b")];
        for ((from, to), at) in sent.into_iter().zip(100..) {
            history.apply(&failed(from, to, 20_007, at));
        }
        // A duplicate, another code, a success.
        history.apply(&failed("a", "b", 20_007, 100));
        history.apply(&failed("a", "b", 80_001, 200));
        history.apply(&failed("a", "b", 0, 201));
        let summary = summary(&history, 20_007);
        let failures = history.failures().ranked()[0].count;
        assert_eq!((summary.count(), failures), (4, 4));
        let times = summary.times().map(|(first, last)| (first.secs(), last.secs()));
        assert_eq!(times, Some((100, 103)));
        let entries = summary.entries();
        let shown = |group| {
            let of_group = entries.iter().filter(move |it| it.group == group);
            of_group.map(|it| (it.value, it.to, it.count)).collect::<Vec<_>>()
        };
        assert_eq!(shown(Group::Receiver), [("b", None, 3), ("c", None, 1)]);
        assert_eq!(shown(Group::Sender), [("a", None, 3), ("d", None, 1)]);
        assert_eq!(shown(Group::Pair)[0], ("a", Some("b"), 2));
        assert_eq!(shown(Group::Command), [("C2C.CallbackAfterSendMsg", None, 4)]);
        for entry in &entries {
            history.set_filter(Some(
                summary.filter_of(entry).and(Filter::parse("-duplicate").unwrap()),
            ));
            while history.search(16) {}
            assert_eq!(history.matches().unwrap().len() as u64, entry.count, "{entry:?}");
        }
    }
}
