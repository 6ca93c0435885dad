//! Tests of the memory limit, of the counts, and of refused callbacks.

mod decisions;
mod times;
mod trying;

use super::*;
use crate::callback::delivery::Refusal;
use crate::callback::head::Cut;
use crate::callback::{DeliveryKind, Seq, Verdict};
use filter::Filter;

/// The index of a callback with this number.
fn index(number: u64) -> usize {
    usize::try_from(number - 1).unwrap()
}

/// A callback with this number, accepted or refused, and a body of some size.
fn numbered(nth: u64, signature: Verdict, size: usize) -> Delivery {
    let padding = "x".repeat(size);
    let body = format!(
        r#"{{"CallbackCommand":"C2C.CallbackAfterSendMsg","From_Account":"from_{nth}","To_Account":"to","MsgKey":"{nth}","pad":"{padding}"}}"#
    );
    Delivery {
        seq: Seq(nth),
        method: "POST".into(),
        target: "/".into(),
        body: body.into_bytes().into(),
        signature,
        refusal: Refusal::of(signature, DeliveryKind::Callback),
        ..Delivery::default()
    }
}

#[test]
fn refused_callbacks_evict_no_accepted_one() {
    let max_bytes = 2 << 20;
    let mut history = History::new(HistoryConfig { max_bytes, sdk_app_id: None });
    history.set_filter(Filter::parse("from_").ok());
    let mut accepted = 0;
    while history.flow().evicted() == 0 {
        accepted += 1;
        history.apply(&numbered(accepted, Verdict::Unchecked, 100));
    }
    let kept = history.flow().len();
    for nth in 1..=10 * accepted {
        history.apply(&numbered(accepted + nth, Verdict::Wrong, 4096));
        assert!(history.memory_bytes() <= max_bytes);
    }
    let refused = Filter::parse("refused").unwrap();
    assert!(history.newest_matches(&refused, &numbered(0, Verdict::Wrong, 0)), "it is shown");
    let kept_refused = history.flow().ids().filter(|it| it.is_refused()).count();
    assert_eq!(history.flow().len(), kept + kept_refused, "none is evicted");
    assert!((2..512).contains(&kept_refused), "{kept_refused} refused ones are kept");
    assert_eq!(history.counts().refused, 10 * accepted);
    assert_eq!(history.seen(), 11 * accepted);
    let found = history.matches().unwrap();
    assert!(found.ids().eq(history.flow().ids()), "the matches are those kept");
}

/// All that is kept, against lists of what was received.
#[test]
fn accepted_and_refused_callbacks_are_one_list_in_order_of_arrival() {
    let mut random = fastrand::Rng::with_seed(13);
    for max_bytes in [512 << 10, 1 << 20, 4 << 20] {
        let mut history = History::new(HistoryConfig { max_bytes, sdk_app_id: None });
        let filter = Filter::parse("from:7").unwrap();
        let (mut received, mut is_refused) = (Vec::new(), false);
        for nth in 1..=1500 {
            if random.u8(..) < 20 {
                is_refused = !is_refused;
            }
            let signature = if is_refused { Verdict::Absent } else { Verdict::Unchecked };
            let since = history.flow().end_id();
            history.apply(&numbered(nth, signature, random.usize(..300)));
            received.push(is_refused);
            assert_eq!(history.flow().ids_in(since..history.flow().end_id()).count(), 1);
            if random.u8(..) < 5 {
                let is_set = history.matches().is_some();
                history.set_filter((!is_set).then(|| filter.clone()));
            }
            history.search(random.usize(..2));
            if nth % 150 == 0 {
                assert_is_as_received(&mut history, &received);
            }
        }
    }
}

fn assert_is_as_received(history: &mut History, received: &[bool]) {
    while history.search(1) {}
    let flow = history.flow();
    let kept: Vec<RowId> = flow.ids().collect();
    let mut numbers = Vec::new();
    for (position, id) in kept.iter().enumerate() {
        assert_eq!((flow.position(*id), flow.id_at(position)), (position, Some(*id)));
        let (row, delivery) = (flow.row(*id).unwrap(), flow.delivery(*id).unwrap());
        assert_eq!(row.from, format!("from_{}", delivery.seq));
        assert_eq!(row.flags.contains(Flags::REFUSED), received[index(delivery.seq.0)]);
        assert_eq!(life_line::of(flow, *id).events, [*id]);
        numbers.push(delivery.seq.0);
    }
    assert_eq!((flow.position(flow.end_id()), flow.id_at(kept.len())), (kept.len(), None));
    assert!(numbers.is_sorted_by(|a, b| a < b), "in order of arrival");
    for kind in [false, true] {
        let of_kind = |it: &u64| received[index(*it)] == kind;
        let all = (1..=received.len() as u64).rev().filter(of_kind);
        let newest = numbers.iter().rev().copied().filter(of_kind);
        assert!(all.zip(newest).all(|(a, b)| a == b), "the newest of each kind are kept");
    }
    assert_eq!(flow.received(), received.len() as u64);
    if let Some(matches) = history.matches() {
        let expected = kept.iter().copied().filter(|id| flow.row(*id).unwrap().from.contains('7'));
        assert!(expected.eq(matches.ids()));
    }
}

#[test]
fn callbacks_are_kept_however_many_users_there_are() {
    let mut history = History::new(HistoryConfig { max_bytes: 2 << 20, sdk_app_id: None });
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
        assert!(history.memory_bytes() <= 2 << 20);
    }
    let (kept, gauges) = (history.flow().len(), history.unread().len());
    assert!(1500 < kept && 1000 < gauges, "{kept} callbacks and {gauges} gauges are kept");
    assert_eq!(history.flow().evicted() + kept as u64, 20_000, "totals survive");
    history.set_external_bytes(64 << 10);
    assert!(history.memory_bytes() <= 2 << 20 && history.flow().len() < kept, "evicted at once");
}

#[test]
fn a_callback_that_is_not_a_post_is_kept_and_counted_as_refused_only() {
    let mut history = History::default();
    let body =
        br#"{"CallbackCommand":"C2C.CallbackAfterSendMsg","To_Account":"a","UnreadMsgNum":1}"#;
    for (method, refused, gauges) in [("PUT", 1, 0), ("POST", 1, 1)] {
        history.apply(&Delivery {
            method: method.into(),
            target: "/".into(),
            body: body[..].into(),
            refusal: Refusal::of(Verdict::Unchecked, DeliveryKind::of(method)),
            ..Delivery::default()
        });
        assert_eq!((history.counts().refused, history.unread().len()), (refused, gauges));
    }
    assert_eq!((history.flow().len(), history.counts().duplicate), (2, 0));
}

#[test]
fn external_bytes_count_as_memory_use() {
    let mut history = History::default();
    let before = history.memory_bytes();
    history.set_external_bytes(1000);
    assert_eq!(history.memory_bytes(), before + 1000);
    history.set_external_bytes(0);
    assert_eq!(history.memory_bytes(), before);
}

#[test]
fn every_failure_of_a_batch_counts_and_is_found_by_its_code() {
    let mut history = History::default();
    let body = r#"{"Events":[{"CallbackCommand":"Push.OfflinePush","ErrCode":0},
        {"ErrCode":-195,"ErrInfo":"a"},{"ErrCode":-196.0},{"ErrCode":"-195","ErrInfo":"b"}]}"#;
    let callback = Delivery {
        method: "POST".into(),
        target: "/".into(),
        body: body.as_bytes().into(),
        ..Delivery::default()
    };
    history.apply(&callback);
    let row = history.flow().row(RowId::FIRST).unwrap();
    assert_eq!((row.result, row.other_failures), (Some(-195), &[-196, -195][..]));
    let counted = |history: &History| -> Vec<_> {
        history.failures().ranked().iter().map(|it| (it.code, it.count)).collect()
    };
    assert_eq!(counted(&history), [(-195, 2), (-196, 1)]);
    history.set_filter(filter::Filter::parse("code:-196").ok());
    while history.search(1) {}
    history.apply(&callback);
    assert_eq!(history.matches().map(Matches::len), Some(2));
    assert_eq!(counted(&history), [(-195, 2), (-196, 1)], "a duplicate is no second failure");
}

#[test]
fn a_group_message_that_was_not_sent_is_a_failure() {
    let mut history = History::default();
    history.apply(&Delivery {
        method: "POST".into(),
        target: "/?CallbackCommand=Group.CallbackSendMsgException".into(),
        body: br#"{"GroupId":"g","ErrorCode":10017,"ErrorInfo":"muted"}"#[..].into(),
        ..Delivery::default()
    });
    assert_eq!(history.failures().ranked()[0].code, 10017);
}

#[test]
fn what_is_left_of_an_evicted_batch_is_nothing() {
    let mut history = History::new(HistoryConfig { max_bytes: 1 << 20, sdk_app_id: None });
    let events: Vec<_> = (0..200).map(|it| format!(r#"{{"MsgKey":"1_2_{it}"}}"#)).collect();
    let body = format!(r#"{{"Events":[{}]}}"#, events.join(","));
    for _ in 0..2000 {
        history.apply(&Delivery {
            method: "POST".into(),
            target: "/".into(),
            body: body.as_bytes().into(),
            ..Delivery::default()
        });
        assert!(history.memory_bytes() <= 1 << 20);
    }
    assert!(history.flow().evicted() > 0);
}

#[test]
fn of_a_page_of_large_bodies_only_the_beginnings_are_decompressed() {
    const LIMIT: usize = 16 << 10;
    let mut history = History::default();
    (1..=12).for_each(|nth| history.apply(&numbered(nth, Verdict::Unchecked, 1 << 20)));
    let flow = history.flow();
    let id = flow.id_at(0).unwrap();
    let head = flow.head(id, LIMIT, Cut::Closed).unwrap();
    let body = &head.delivery.body;
    assert!(body.len() <= LIMIT + 8 && head.kept_bytes < head.all_bytes(), "{}", body.len());
    assert!(flow.decompressed_bytes() < 512 << 10, "{}", flow.decompressed_bytes());
    assert_eq!(flow.delivery(id).unwrap().omitted_bytes, 0);
}

#[test]
fn a_step_of_a_search_decompresses_a_bounded_number_of_bytes() {
    let mut history = History::default();
    (1..=64).for_each(|nth| history.apply(&numbered(nth, Verdict::Unchecked, 1 << 20)));
    history.set_filter(Filter::parse("nowhere").ok());
    let mut steps = 0;
    loop {
        let before = history.flow().decompressed_bytes();
        let more = history.search(usize::MAX);
        let bytes = history.flow().decompressed_bytes() - before;
        assert!(bytes < 24 << 20, "{bytes}");
        steps += 1;
        if !more {
            break;
        }
    }
    assert!(1 < steps);
}
