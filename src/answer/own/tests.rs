//! Tests of the answers.

use super::*;
use crate::callback::query;

fn call(query: &str, headers: &[(&str, &[u8])], body: &[u8], kind: &AnswerKind) -> (u16, String) {
    let input = AnswerInput {
        method: "POST",
        query: &query::read(query),
        headers: &headers.iter().copied().collect(),
        body,
        body_status: &BodyStatus::Complete,
        verdict: Verdict::Unchecked,
        refusal: None,
    };
    let answer = own_answer(&input, kind);
    (answer.status, String::from_utf8(answer.body.into_owned()).unwrap())
}

fn refused(query: &str, verdict: Verdict) -> String {
    let input = AnswerInput {
        method: "POST",
        query: &query::read(query),
        headers: &Headers::default(),
        body: b"{}",
        body_status: &BodyStatus::Complete,
        verdict,
        refusal: Some(Refusal::Signature),
    };
    let answer = own_answer(&input, &AnswerKind::Ok);
    assert_eq!(answer.status, 403);
    json::read(&answer.body).unwrap().get("ErrorInfo").unwrap().as_str().unwrap().into_owned()
}

#[test]
fn an_answer_kind_is_formatted_as_it_is_parsed() {
    for text in ["ok", "fail", "fail:no: really", "status:503", "hang"] {
        assert_eq!(text.parse::<AnswerKind>().unwrap().to_string(), text);
    }
    for text in ["", "OK", "ok:x", "status", "status:99", "status:600", "status:x", "hang:1"] {
        assert!(text.parse::<AnswerKind>().is_err(), "{text}");
    }
}

#[test]
fn any_json_and_an_empty_body_are_ok() {
    let ok = r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0}"#;
    for body in ["{}", "[1]", "null", "\"x\"", "", " \r\n"] {
        assert_eq!(call("", &[], body.as_bytes(), &AnswerKind::Ok), (200, ok.to_owned()), "{body}");
    }
}

#[test]
fn invalid_json_is_answered_with_its_position_and_quoted() {
    let (status, body) = call("", &[], b"{'a\":1}", &AnswerKind::Ok);
    assert_eq!(status, 200);
    let answer = json::read(body.as_bytes()).unwrap();
    assert_eq!(answer.get("ActionStatus").unwrap().as_str().unwrap(), "FAIL");
    assert_eq!(answer.get("ErrorCode").unwrap().raw(), "1");
    let info = answer.get("ErrorInfo").unwrap().as_str().unwrap();
    assert!(info.ends_with("at line 1 column 2"), "{info}");
}

#[test]
fn an_undecodable_body_with_content_encoding_is_called_compressed() {
    let gzip: &[(&str, &[u8])] = &[("content-encoding", b"gzip")];
    let (status, body) = call("", gzip, b"\x1f\x8b", &AnswerKind::Ok);
    assert_eq!(status, 200);
    assert!(body.contains("the body is compressed (gzip)"), "{body}");
    assert!(call("", gzip, b"{}", &AnswerKind::Ok).1.contains("OK"));
}

#[test]
fn a_refusal_names_its_reason() {
    assert_eq!(refused("", Verdict::Absent), "the query has no Sign");
    assert_eq!(refused("Sign=a", Verdict::Absent), "the query has no RequestTime");
    assert_eq!(
        refused("Sign=a&RequestTime=soon", Verdict::Wrong),
        "RequestTime is not a number of seconds"
    );
    assert_eq!(
        refused("Sign=a&RequestTime=1", Verdict::Wrong),
        "Sign does not match the token and RequestTime"
    );
    assert!(refused("", Verdict::Stale { age: 61 }).contains("61 s old; check both clocks"));
    assert!(refused("", Verdict::Stale { age: -7 }).contains("7 s ahead"));
    let in_millis = Verdict::Stale { age: -1_793_000_000_000 };
    assert!(refused("", in_millis).contains("RequestTime is in milliseconds"));
}

#[test]
fn each_friend_is_allowed_separately() {
    let body = br#"{"FriendItem":[{"To_Account":"id1"},{"To_Account":"\u5c0f"},{}]}"#;
    let expected = r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"ResultItem":[{"To_Account":"id1","ResultCode":0,"ResultInfo":""},{"To_Account":"小","ResultCode":0,"ResultInfo":""}]}"#;
    let add = "CallbackCommand=Sns.CallbackPrevFriendAdd";
    assert_eq!(call(add, &[], body, &AnswerKind::Ok), (200, expected.to_owned()));
    let body = br#"{"CallbackCommand":"Sns.CallbackPrevFriendResponse","ResponseFriendItem":[{"To_Account":"a"}]}"#;
    assert!(call("", &[], body, &AnswerKind::Ok).1.contains(r#""To_Account":"a","ResultCode":0"#));
    assert!(!call("CallbackCommand=x", &[], body, &AnswerKind::Ok).1.contains("ResultItem"));
}

#[test]
fn the_answer_mode_changes_what_would_be_ok_and_nothing_else() {
    let fail = AnswerKind::Fail("no \"more\"".to_owned());
    let (status, body) = call("", &[], b"{}", &fail);
    assert_eq!((status, body.contains(r#""no \"more\"""#)), (200, true), "{body}");
    assert_eq!(call("", &[], b"{}", &AnswerKind::Status(503)).0, 503);
    assert_eq!(call("", &[], b"{}", &AnswerKind::Hang), (0, String::new()));
    assert_eq!(call("", &[], b"{", &AnswerKind::Hang).0, 200, "invalid JSON is answered as always");
}
