//! Tests of the memory limit and of the counts.

use super::*;
use crate::callback::{DeliveryKind, Refusal, Verdict};

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
    assert_eq!(history.matches().map(|it| it.found().len()), Some(2));
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
