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
