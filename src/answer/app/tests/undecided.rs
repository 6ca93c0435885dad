//! Tests of replies that decide nothing, or that cannot be read.

use super::*;

/// Status, body and last trouble of the answer about a message or, if `after`, a receipt.
fn about(expected: Expected<'_>, outcome: &Outcome) -> (u16, Vec<u8>, String) {
    let answer = answer_from(Answer::ok(0), expected, outcome.clone(), false);
    assert!(answer.by == AnsweredBy::App || answer.status != 200 || *answer.body == *OK_BODY);
    let last = answer.trouble.last().map(Trouble::sentence).unwrap_or_default();
    (answer.status, answer.body.to_vec(), last.to_owned())
}

#[test]
fn what_may_be_a_denial_is_passed_on_unchanged() {
    let mut zipped = reply(200, "", "x");
    zipped.reply.headers = Headers::from_iter([("content-encoding", b"br".as_slice())]);
    let mut unnamed = reply(200, "", "");
    unnamed.reply.body = b"\x1f\x8b\x08".to_vec();
    let rejected = reply(200, "", r#"{"ActionStatus":"REJECTED","ErrorInfo":"","ErrorCode":0}"#);
    let list = reply(200, "", r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":[120001]}"#);
    let own_words = reply(403, "", r#"{"msg":"forbidden"}"#);
    for outcome in [zipped, unnamed, rejected, list, own_words] {
        let answer = answer_from(Answer::ok(0), before(), outcome.clone(), false);
        let AppReply { status, body, headers, .. } = outcome.reply.clone();
        assert_eq!((answer.status, answer.body.to_vec()), (status, body));
        assert_eq!(answer.headers, headers);
        let passed = "the local app neither clearly allows nor denies: Tencent gets its reply";
        assert!(
            answer.trouble.last().unwrap().sentence().starts_with(passed),
            "{:?}",
            answer.trouble
        );
        assert_eq!(about(after(), &outcome).1, OK_BODY);
    }
}

#[test]
fn of_a_reply_that_broke_off_tencent_decides_itself() {
    let timeout = ForwardError::Timeout(Duration::from_millis(1800));
    for (error, body, status) in [
        (ForwardError::Interrupted, "{\"Act", 502),
        (ForwardError::TooLarge(1 << 20), OWN, 502),
        (timeout.clone(), "{\"ActionStatus\":\"OK\",\"ErrorCode\":0", 504),
        (timeout.clone(), OWN, 200),
        (timeout, "", 200),
        (ForwardError::Interrupted, "", 200),
    ] {
        let mut outcome = no_reply(error, 200);
        outcome.reply.body = body.as_bytes().to_vec();
        let (given, _, trouble) = about(before(), &outcome);
        assert_eq!((given, trouble.contains("decides itself")), (status, status != 200), "{body}");
        assert_eq!(about(after(), &outcome).0, 200);
    }
}

#[test]
fn a_gift_is_refused_without_a_usable_answer_and_all_else_is_allowed() {
    let refused =
        r#"{"ActionStatus":"OK","ErrorInfo":"the local app gave no usable answer","ErrorCode":1}"#;
    let gift = Expected::of("Live.CallbackBeforeSendGift", b"");
    let timeout = ForwardError::Timeout(Duration::from_millis(1800));
    for outcome in [
        no_reply(timeout, 0),
        no_reply(ForwardError::Closed, 0),
        reply(500, "text/html", "<h1>Internal Server Error</h1>"),
        reply(204, "", ""),
        reply(304, "", ""),
        reply(500, "", OWN),
    ] {
        let answer = answer_from(Answer::ok(0), gift, outcome.clone(), false);
        assert_eq!((answer.status, &*answer.body), (200, refused.as_bytes()), "{outcome:?}");
        assert!(answer.trouble.last().unwrap().sentence().starts_with("refused, as Tencent does"));
        let (status, body, trouble) = about(before(), &outcome);
        assert_eq!((status, &*body), (200, OK_BODY), "{outcome:?}");
        assert!(!trouble.is_empty());
    }
    let allowed = answer_from(Answer::ok(0), gift, reply(200, "application/json", OWN), false);
    assert_eq!((allowed.by, &*allowed.body), (AnsweredBy::App, OWN.as_bytes()));
}
