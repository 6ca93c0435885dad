//! What became of each change of an unread count, and what does not fit.

use proptest::prelude::*;

use super::*;
use crate::history::{History, HistoryConfig};

/// A change of the count of `bob` that arrives.
#[derive(Debug, Clone, Copy)]
enum Arrives {
    /// A message of `alice`: time, `MsgSeq`, count.
    Message(i64, u64, i64),
    /// A read: time, count.
    Read(i64, Option<u32>),
    /// A recall: time, count.
    Recall(i64, u32),
}

fn delivery(arrives: Arrives, at: i64) -> Delivery {
    let (word, fields) = match arrives {
        Arrives::Message(time, seq, count) => (
            "C2C.CallbackAfterSendMsg",
            format!(
                r#""From_Account":"alice","To_Account":"bob","MsgTime":{time},"MsgSeq":{seq},
                "MsgKey":"{seq}_1_{time}","SendMsgResult":0,"UnreadMsgNum":{count}"#
            ),
        ),
        Arrives::Read(time, count) => (
            "C2C.CallbackAfterMsgReport",
            format!(
                r#""Report_Account":"bob","Peer_Account":"alice","EventTime":{time}000{}"#,
                count.map_or(String::new(), |it| format!(r#","UnreadMsgNum":{it}"#))
            ),
        ),
        Arrives::Recall(time, count) => (
            "C2C.CallbackAfterMsgWithDraw",
            format!(
                r#""From_Account":"alice","To_Account":"bob","MsgKey":"{at}_1_2",
                "EventTime":{time}000,"UnreadMsgNum":{count}"#
            ),
        ),
    };
    Delivery {
        at: Timestamp::from_secs(at),
        method: "POST".into(),
        target: format!("/?SdkAppid=14&CallbackCommand={word}").into(),
        body: format!(r#"{{"CallbackCommand":"{word}",{fields}}}"#).into_bytes().into(),
        ..Delivery::default()
    }
}

/// Applies changes that arrive one second after the other.
fn history(arriving: &[Arrives]) -> History {
    let mut history = History::new(HistoryConfig::default());
    for (it, at) in arriving.iter().zip(START + 1_000..) {
        history.apply(&delivery(*it, at));
    }
    history
}

const START: i64 = 1_700_000_000;

/// The steps of `bob`, read from the newest back from the callback at a place, and from
/// there on.
fn read(history: &History, from: usize) -> GaugeSteps {
    let (flow, mut steps) = (history.flow(), GaugeSteps::new("14", "bob"));
    let ids: Vec<_> = flow.ids().collect();
    for id in ids[..from].iter().rev().chain(&ids[from..]) {
        steps.add(&flow.row(*id).unwrap(), flow);
    }
    steps
}

#[track_caller]
fn check(arriving: &[Arrives], expected: &[(Outcome, Option<Misfit>)]) {
    let history = history(arriving);
    let steps = read(&history, arriving.len());
    let found: Vec<_> = steps.steps().iter().map(|it| (it.outcome, it.misfit.clone())).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_message_adds_one_and_a_read_none() {
    check(
        &[
            Arrives::Message(START, 1, 3),
            Arrives::Message(START + 1, 2, 4),
            Arrives::Read(START + 2, Some(0)),
            Arrives::Message(START + 3, 3, 1),
            Arrives::Recall(START + 4, 0),
        ],
        &[3, 4, 0, 1, 0].map(|it| (Outcome::Set(it), None)),
    );
}

#[test]
fn a_count_that_rises_without_a_message_does_not_fit() {
    check(
        &[
            Arrives::Message(START, 1, 1),
            Arrives::Message(START + 1, 2, 5),
            Arrives::Read(START + 2, Some(7)),
        ],
        &[
            (Outcome::Set(1), None),
            (Outcome::Set(5), Some(Misfit::High(2..=2))),
            (Outcome::Set(7), Some(Misfit::High(0..=5))),
        ],
    );
}

#[test]
fn a_count_that_falls_without_a_read_or_a_recall_does_not_fit() {
    check(
        &[
            Arrives::Message(START, 1, 6),
            Arrives::Message(START + 1, 2, 1),
            Arrives::Message(START + 2, 3, 9),
            Arrives::Recall(START + 3, 5),
        ],
        &[
            (Outcome::Set(6), None),
            (Outcome::Set(1), Some(Misfit::Low(7..=7))),
            (Outcome::Set(9), Some(Misfit::High(2..=2))),
            (Outcome::Set(5), Some(Misfit::Low(8..=9))),
        ],
    );
}

#[test]
fn an_older_event_and_a_duplicate_are_ignored() {
    let message = Arrives::Message(START + 5, 7, 2);
    check(
        &[message, Arrives::Read(START, Some(0)), message],
        &[(Outcome::Set(2), None), (Outcome::Older, None), (Outcome::Duplicate, None)],
    );
}

#[test]
fn after_a_read_without_a_count_any_count_fits() {
    check(
        &[
            Arrives::Message(START, 1, 2),
            Arrives::Read(START + 1, None),
            Arrives::Message(START + 2, 2, 9),
        ],
        &[(Outcome::Set(2), None), (Outcome::Stale, None), (Outcome::Set(9), None)],
    );
}

#[test]
fn of_many_changes_the_newest_are_kept() {
    let many: Vec<_> = (1..MAX_STEPS as u64 + 6)
        .zip(1..)
        .map(|(seq, it)| Arrives::Message(START, seq, it))
        .collect();
    let history = history(&many);
    for from in [0, 3, many.len()] {
        let steps = read(&history, from);
        assert_eq!((steps.len(), steps.has_dropped()), (MAX_STEPS, true));
        let last = steps.id_at(MAX_STEPS - 1).unwrap();
        assert_eq!((Some(last), steps.place_of(last)), (history.flow().newest_id(), MAX_STEPS - 1));
    }
}

fn arrives() -> impl Strategy<Value = Arrives> {
    let time = || START..START + 4;
    prop_oneof![
        4 => (time(), 0_u64..4, -1_i64..4).prop_map(|(a, b, c)| Arrives::Message(a, b, c)),
        2 => (time(), prop::option::of(0_u32..4)).prop_map(|(a, b)| Arrives::Read(a, b)),
        1 => (time(), 0_u32..4).prop_map(|(a, b)| Arrives::Recall(a, b)),
    ]
}

proptest! {
    #[test]
    fn the_last_step_is_the_gauge(
        arriving in prop::collection::vec(arrives(), 1..30),
        from in any::<prop::sample::Index>(),
    ) {
        let history = history(&arriving);
        let read = read(&history, from.index(arriving.len() + 1));
        let steps = read.steps();
        prop_assert_eq!(steps.len(), arriving.len());
        let count = |it: &Step<'_>| match it.outcome {
            Outcome::Set(count) => Some(count),
            _ => None,
        };
        let last = steps.iter().rev().find_map(count);
        prop_assert_eq!(last, history.unread().of("14", "bob").map(|it| it.count));
        let mut before = None;
        for it in &steps {
            prop_assert_eq!(it.before, before);
            before = count(it).or(before);
        }
    }
}
