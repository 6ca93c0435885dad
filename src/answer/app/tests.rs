//! Tests of the answer after forwarding.

pub(crate) mod replies;
mod properties;
mod undecided;

use super::*;
use crate::callback::Headers;
use crate::callback::delivery::OK_BODY;
use crate::callback::json;

const OWN: &str = r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0}"#;
const DENIED: &str = r#"{"ActionStatus":"OK","ErrorInfo":"no","ErrorCode":120001}"#;

fn after() -> Expected<'static> {
    Expected::of("C2C.CallbackAfterSendMsg", b"")
}

fn before() -> Expected<'static> {
    Expected::of("C2C.CallbackBeforeSendMsg", b"")
}

fn reply(status: u16, content_type: &str, body: &str) -> Outcome {
    let body = body.as_bytes().to_vec();
    let content_type = content_type.into();
    let headers = Headers::default();
    let reply = AppReply { status, took: 12_000, content_type, headers, body, complete: true };
    Outcome { reply, ..Outcome::default() }
}

fn no_reply(error: ForwardError, status: u16) -> Outcome {
    let reply = AppReply { status, took: 1_800_000, ..AppReply::default() };
    Outcome { reply, error: Some(error), moved: false }
}

fn decided(outcome: &Outcome, strict: bool) -> (u16, AnsweredBy, String, Answer) {
    let answer = answer_from(Answer::ok(0), after(), outcome.clone(), strict);
    let body = String::from_utf8(answer.body.to_vec()).unwrap();
    (answer.status, answer.by, body, answer)
}

#[test]
fn a_valid_reply_is_passed_back_unchanged() {
    let body = " {\"ErrorCode\":0, \"ErrorInfo\":\"x\",\"ActionStatus\":\"OK\"}\n";
    for strict in [false, true] {
        for (content_type, kept) in
            [("application/json", None), ("", Some("")), ("a/b", Some("a/b"))]
        {
            let (status, by, text, answer) = decided(&reply(200, content_type, body), strict);
            assert_eq!((status, by, text.as_str()), (200, AnsweredBy::App, body));
            assert_eq!((answer.content_type.as_deref(), answer.took), (kept, 12_000));
            assert!(answer.trouble.is_empty() && answer.app_reply.is_none());
        }
    }
}

#[test]
fn a_decision_of_the_app_is_passed_back_where_one_is_expected() {
    let outcome = reply(200, "application/json", DENIED);
    let answer = answer_from(Answer::ok(0), before(), outcome.clone(), false);
    assert_eq!((answer.by, &*answer.body), (AnsweredBy::App, DENIED.as_bytes()));
    let answer = answer_from(Answer::ok(0), after(), outcome, false);
    assert_eq!((answer.by, &*answer.body), (AnsweredBy::Imscope, OK_BODY));
}

#[test]
fn each_failure_has_its_sentence_and_its_answer() {
    let refused =
        ForwardError::NotConnected("http://a/".to_owned(), "connection refused".to_owned());
    let cases = [
        (reply(500, "", OWN), "the local app answered 500 after 12 ms", 500),
        (reply(200, "", "ok"), "the local app answered 200 after 12 ms", 200),
        (reply(204, "", ""), "the local app answered 204 after 12 ms", 204),
        (
            no_reply(ForwardError::Timeout(Duration::from_millis(1800)), 0),
            "did not answer within 1.8 s",
            504,
        ),
        (
            no_reply(ForwardError::Timeout(Duration::from_millis(1800)), 200),
            "did not end its answer",
            504,
        ),
        (no_reply(ForwardError::Closed, 0), "closed the connection after 1.8 s", 502),
        (
            no_reply(ForwardError::Interrupted, 200),
            "answer 200 broke off after 1.8 s and 0 bytes",
            502,
        ),
        (no_reply(ForwardError::TooLarge(1 << 20), 200), "longer than 1048576 bytes", 502),
        (no_reply(refused, 0), "connection refused (after 1.8 s)", 502),
        (reply(101, "", ""), "the local app answered 101", 502),
    ];
    for (outcome, sentence, strict) in cases {
        let (status, by, body, answer) = decided(&outcome, false);
        assert_eq!((status, by, body.as_str()), (200, AnsweredBy::Imscope, OWN), "{sentence}");
        let first = answer.trouble[0].sentence();
        assert!(first.contains(sentence), "{sentence} in {first}");
        let partial = Some(outcome.reply.clone()).filter(|it| it.status != 0);
        assert_eq!(answer.app_reply.map(|it| *it), partial);
        let (status, by, body, answer) = decided(&outcome, true);
        assert_eq!(status, strict, "{sentence}");
        let first = answer.trouble[0].sentence();
        assert!(first.contains(sentence), "{sentence} in {first}");
        if by == AnsweredBy::Imscope {
            assert!(body.contains("\"FAIL\"") && body.contains("\"ErrorCode\":1"), "{body}");
        }
    }
}

#[test]
fn everything_that_is_wrong_with_a_reply_is_listed() {
    let (.., answer) = decided(&reply(500, "", r#"{"ActionStatus":"OK","ErrorCode":"0"}"#), false);
    assert_eq!(
        answer.trouble,
        [
            "the local app answered 500 after 12 ms",
            "the status is 500, but must be 200",
            "ErrorInfo is missing, and must be a string, which may be empty",
            "ErrorCode is \"0\", but must be a whole number",
        ]
    );
    let mut packed = reply(200, "", OWN);
    packed.reply.headers = Headers::from_iter([("content-encoding", &b"gz\x1bip"[..])]);
    let (.., answer) = decided(&packed, false);
    assert_eq!(answer.trouble[1], "the body is compressed (gz\\u{1b}ip), but must be JSON");
}

#[test]
fn an_own_answer_of_fail_stays() {
    let own = own::fail(200, "the body is not JSON");
    let answer = answer_from(own.clone(), after(), reply(500, "", "x"), false);
    assert_eq!((answer.status, answer.body), (own.status, own.body));
}

#[test]
fn an_invalid_reply_is_kept_up_to_a_limit() {
    let (.., answer) = decided(&reply(200, "text/html", &"<p>".repeat(100_000)), false);
    let kept = answer.app_reply.unwrap();
    assert_eq!(
        (kept.body.len(), kept.complete, &*kept.content_type),
        (MAX_KEPT, false, "text/html")
    );
}

#[test]
fn a_resent_callback_has_the_reply_as_its_answer() {
    let answer = passthrough(after(), reply(500, "text/plain", "no"));
    assert_eq!((answer.status, answer.by, &*answer.body), (500, AnsweredBy::App, &b"no"[..]));
    assert_eq!(answer.trouble.len(), 3);
    let answer = passthrough(after(), no_reply(ForwardError::Closed, 0));
    assert_eq!((answer.status, answer.body.len(), answer.trouble.len()), (0, 0, 1));
}

/// What is answered where the app gave a reply about a message.
fn answered(outcome: &Outcome, strict: bool) -> (String, Vec<Trouble>, bool) {
    let answer = answer_from(Answer::ok(0), before(), outcome.clone(), strict);
    assert_eq!((answer.status, answer.by), (200, AnsweredBy::App), "{outcome:?}");
    let kept = answer.app_reply.as_ref().is_some_and(|it| it.body == outcome.reply.body);
    (String::from_utf8(answer.body.to_vec()).unwrap(), answer.trouble, kept)
}

#[test]
fn a_denial_stays_one_whatever_surrounds_it() {
    let denied = |code| format!(r#"{{"ActionStatus":"OK","ErrorInfo":"no","ErrorCode":{code}}}"#);
    for (status, body, code, trouble) in [
        (200, r#"{"ActionStatus":"FAIL","ErrorInfo":"no","ErrorCode":1}"#, 1, "must be \"OK\""),
        (500, r#"{"ActionStatus":"FAIL","ErrorInfo":"no","ErrorCode":1}"#, 1, "status is 500"),
        (403, DENIED, 120_001, "status is 403"),
        (200, r#"{"ActionStatus":"OK","ErrorInfo":"no","ErrorCode":5}"#, 1, "ErrorCode is 5"),
        (200, r#"{"ErrorInfo":"no","ErrorCode":"120001"}"#, 120_001, "a whole number"),
        (200, r#"{"ErrorInfo":"no","ErrorCode":2}"#, 2, "ActionStatus is missing"),
        (200, r#"{"ErrorInfo":"no","ActionStatus":"FAIL"}"#, 1, "ErrorCode is missing"),
        (200, r#"{"ErrorInfo":"no","ErrorCode":1,}"#, 1, "not JSON"),
    ] {
        for strict in [false, true] {
            let (answer, warnings, kept) = answered(&reply(status, "", body), strict);
            assert_eq!((answer, kept), (denied(code), true), "{body}");
            assert!(
                warnings.iter().any(|it| it.sentence().contains(trouble)),
                "{trouble} in {warnings:?}"
            );
            assert_eq!(warnings.last(), Some(&trouble::denial_passed_on()), "{warnings:?}");
        }
    }
}

#[test]
fn a_denial_beside_a_change_is_one_and_passes_through_if_strict() {
    let body = r#"{"ActionStatus":"OK","ErrorInfo":"no","ErrorCode":120001,"MsgBody":[]}"#;
    let (answer, warnings, kept) = answered(&reply(200, "", body), false);
    assert_eq!((answer.as_str(), kept), (DENIED, true));
    assert!(warnings[1].sentence().starts_with("MsgBody has no effect"), "{warnings:?}");
    let (answer, _, kept) = answered(&reply(200, "", body), true);
    assert_eq!((answer.as_str(), kept), (body, false), "Tencent denies by this, too");
}

#[test]
fn a_denial_that_a_parser_could_miss_is_not_passed_through() {
    let body = r#"{"ActionStatus":"OK","ErrorCode":120001,"ErrorInfo":"no","ErrorCode":0}"#;
    for strict in [false, true] {
        let (answer, warnings, kept) = answered(&reply(200, "", body), strict);
        assert_eq!((answer.as_str(), kept), (DENIED, true));
        assert_eq!(warnings[1], "ErrorCode occurs 2 times");
    }
}

#[test]
fn a_denial_that_broke_off_is_one() {
    let body = br#"{"ActionStatus":"OK","ErrorInfo":"no","ErrorCode":120001"#.to_vec();
    let mut outcome = no_reply(ForwardError::Interrupted, 200);
    outcome.reply.body = body;
    assert_eq!(answered(&outcome, false).0, DENIED);
}

#[test]
fn trouble_alone_never_denies() {
    let timeout = ForwardError::Timeout(Duration::from_millis(1800));
    for outcome in [
        no_reply(timeout, 0),
        no_reply(ForwardError::Closed, 0),
        reply(200, "", "<h1>Internal Server Error</h1>"),
        reply(500, "", OWN),
        reply(200, "", r#"{"ErrorCode":0}"#),
        reply(200, "", r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"MsgBody":"x"}"#),
    ] {
        let answer = answer_from(Answer::ok(0), before(), outcome, false);
        assert_eq!((answer.status, &*answer.body), (200, OK_BODY));
        assert!(!answer.trouble.is_empty());
    }
}

/// What is answered about the friends a and b, as code by friend.
fn about_friends(status: u16, body: &str) -> String {
    let request = br#"{"FriendItem":[{"To_Account":"a"},{"To_Account":"b"}]}"#;
    let expected = Expected::of("Sns.CallbackPrevFriendAdd", request);
    let answer = answer_from(Answer::ok(0), expected, reply(status, "", body), false);
    let items = json::read(&answer.body).unwrap().get("ResultItem").unwrap().items();
    let codes = items.iter().map(|it| it.get("ResultCode").unwrap().raw());
    codes.collect::<Vec<_>>().join(" ")
}

#[test]
fn a_denial_of_friends_has_an_item_for_each() {
    let b = r#"{"To_Account":"b","ResultCode":"38001"}"#;
    for (body, expected) in [
        (format!(r#"{{"ErrorCode":0,"ResultItem":[{b}]}}"#), "0 38001"),
        (r#"{"ErrorCode":38002}"#.to_owned(), "38002 38002"),
        (r#"{"ActionStatus":"FAIL"}"#.to_owned(), "1 1"),
        (format!(r#"{{"ErrorCode":7,"ResultItem":[{b}]}}"#), "1 38001"),
        (r#"{"ResultItem":[{"ResultCode":38001}]}"#.to_owned(), "38001 38001"),
        (r#"{"ResultItem":[{"To_Account":"a","ResultCode":5}]}"#.to_owned(), "1 0"),
    ] {
        assert_eq!(about_friends(500, &body), expected, "{body}");
    }
}

#[test]
fn refused_members_stay_refused() {
    let word = "Group.CallbackBeforeInviteJoinGroup";
    let of = |refused: &str| {
        let body = format!(r#"{{"ErrorInfo":"x","RefusedMembers_Account":{refused}}}"#);
        let outcome = reply(200, "", &body);
        let answer = answer_from(Answer::ok(0), Expected::of(word, b""), outcome, false);
        String::from_utf8(answer.body.to_vec()).unwrap()
    };
    let expected =
        r#"{"ActionStatus":"OK","ErrorInfo":"x","ErrorCode":0,"RefusedMembers_Account":["7"]}"#;
    assert_eq!(of("7"), expected);
    assert_eq!(of(r#"[{"Member_Account":"7"}]"#), expected);
    assert_eq!(of("true"), r#"{"ActionStatus":"OK","ErrorInfo":"x","ErrorCode":1}"#);
}

#[test]
fn a_callback_that_took_another_connection_is_told_and_its_reply_stands() {
    let outcome = Outcome { moved: true, ..reply(200, "application/json", OWN) };
    let answer = answer_from(Answer::ok(0), after(), outcome, false);
    assert_eq!(
        (answer.by, &*answer.trouble),
        (AnsweredBy::App, &[trouble::sent_over_new_connection()][..])
    );
}

#[test]
fn the_other_headers_of_a_reply_are_part_of_the_answer() {
    let mut outcome = reply(200, "application/json", OWN);
    outcome.reply.headers = Headers::from_iter([("x-request-id", &b"7"[..])]);
    let answer = answer_from(Answer::ok(0), after(), outcome.clone(), false);
    assert_eq!(answer.headers, outcome.reply.headers);
}
