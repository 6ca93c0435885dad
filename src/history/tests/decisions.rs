//! Tests of the decisions about "before" callbacks.

use super::*;
use crate::callback::decision::Decision;
use crate::callback::{Answer, Origin};

/// A call with this command and this answer.
fn asked(word: &str, status: u16, body: &str) -> Delivery {
    Delivery {
        method: "POST".into(),
        target: format!("/?CallbackCommand={word}").into(),
        body: br#"{"From_Account":"a","To_Account":"b","MsgBody":[],"SendMsgResult":0}"#[..].into(),
        answer: Answer { status, body: body.to_owned().into_bytes().into(), ..Answer::ok(850) },
        ..Delivery::default()
    }
}

/// The decision, the code, and whether it is trouble, of what was applied last.
fn decided(history: &History) -> (Option<Decision>, Option<i32>, bool) {
    let row = history.flow().newest_id().and_then(|it| history.flow().row(it)).unwrap();
    (row.flags.decision(), row.result, row.flags.contains(Flags::TROUBLE))
}

const BEFORE: &str = "C2C.CallbackBeforeSendMsg";
const DENIED: &str = r#"{"ActionStatus":"OK","ErrorInfo":"no","ErrorCode":120001}"#;

#[test]
fn a_row_has_the_decision_about_a_before_callback() {
    let ok = |rest: &str| format!(r#"{{"ActionStatus":"OK","ErrorInfo":"",{rest}}}"#);
    let changed = r#""ErrorCode":0,"MsgBody":[{"MsgType":"TIMTextElem"}]"#;
    let mut history = History::default();
    for (status, body, expected) in [
        (200, ok(r#""ErrorCode":0"#), (Some(Decision::Allowed), Some(0), false)),
        (200, ok(changed), (Some(Decision::Changed), Some(0), false)),
        (200, ok(r#""ErrorCode":2"#), (Some(Decision::Dropped), Some(2), false)),
        (200, DENIED.to_owned(), (Some(Decision::Denied), Some(120_001), false)),
        (500, DENIED.to_owned(), (Some(Decision::Invalid), Some(120_001), true)),
        (0, String::new(), (Some(Decision::Late), None, true)),
    ] {
        history.apply(&asked(BEFORE, status, &body));
        assert_eq!(decided(&history), expected, "{status} {body}");
        history.apply(&asked("C2C.CallbackAfterSendMsg", status, &body));
        assert_eq!(decided(&history), (None, Some(0), false), "{status} {body}");
    }
    assert_eq!(history.counts().trouble, 2);
}

#[test]
fn an_answer_that_is_not_known_or_not_to_the_question_decides_nothing() {
    let denied = asked(BEFORE, 200, DENIED);
    let refused = Delivery { refusal: Some(Refusal::Loop), ..denied.clone() };
    let bare = Delivery { origin: Origin::BareBody, ..denied.clone() };
    let broken = Delivery { body: b"{"[..].into(), ..denied.clone() };
    for delivery in [refused, bare, broken] {
        let mut history = History::default();
        history.apply(&delivery);
        assert_eq!(decided(&history), (None, None, false), "{delivery:?}");
    }
}

#[test]
fn of_a_callback_that_is_sent_again_only_an_answer_decides() {
    let mut history = History::default();
    for (status, body, expected) in [
        (200, DENIED, (Some(Decision::Denied), Some(120_001), false)),
        (0, "", (None, None, false)),
    ] {
        history.apply(&Delivery { origin: Origin::Resent, ..asked(BEFORE, status, body) });
        assert_eq!(decided(&history), expected);
    }
}

#[test]
fn a_denial_is_no_failure() {
    let denied = asked(BEFORE, 200, DENIED);
    let strange = br#"{"SendMsgResult":80001,"ErrorInfo":"no"}"#;
    let strange = Delivery { body: strange[..].into(), ..denied.clone() };
    let resent = Delivery { origin: Origin::Resent, ..denied.clone() };
    let mut history = History::default();
    for delivery in [denied, strange, resent] {
        history.apply(&delivery);
        let row = history.flow().newest_id().and_then(|it| history.flow().row(it)).unwrap();
        assert!(!row.failed() && !row.went_wrong(), "{row:?}");
    }
    assert!(history.failures().is_empty());
}
