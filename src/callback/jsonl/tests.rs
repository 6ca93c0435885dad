//! Tests of encoding and decoding lines, and of the errors of invalid ones.

use super::*;
use crate::callback::trouble::Trouble;
use crate::callback::{AnsweredBy, AppReply, Headers, Origin, Refusal, Timestamp, Verdict};

const SAMPLE: &str = r#"{"v":1,"seq":17,"at":"2026-11-22T06:02:11.123456Z","peer":"127.0.0.1:51622","method":"POST","path":"/","query":"SdkAppid=1&Sign=***","headers":[["host","a"],["x-raw",{"base64":"/w=="}]],"body":"{\"小\":\"\u0000\n\"}","signature":"stale","age":-112,"refused":"signature","answer":{"status":200,"by":"imscope","took_us":85,"body":"{\"ActionStatus\":\"OK\",\"ErrorInfo\":\"\",\"ErrorCode\":0}"}}"#;

fn sample() -> Delivery {
    let pairs: [(&str, &[u8]); 2] = [("host", b"a"), ("x-raw", b"\xff")];
    Delivery {
        seq: Seq(17),
        at: Timestamp(1_795_327_331_123_456),
        peer: "127.0.0.1:51622".into(),
        method: "POST".into(),
        target: "/?SdkAppid=1&Sign=***".into(),
        headers: pairs.into_iter().collect(),
        body: Box::from("{\"小\":\"\0\n\"}".as_bytes()),
        omitted_bytes: 0,
        signature: Verdict::Stale { age: -112 },
        refusal: Some(Refusal::Signature),
        answer: Answer::ok(85),
        origin: Origin::Caller,
    }
}

fn encoded(delivery: &Delivery) -> String {
    let mut out = Vec::new();
    encode(delivery, &mut out);
    String::from_utf8(out).unwrap()
}

fn error(line: &str) -> String {
    decode(line.as_bytes()).unwrap_err().to_string()
}

#[test]
fn the_form_of_a_line_is_stable() {
    assert_eq!(encoded(&sample()), format!("{SAMPLE}\n"));
    assert_eq!(decode(SAMPLE.as_bytes()), Ok(sample()));
}

#[test]
fn the_reply_of_the_app_and_the_origin_are_kept() {
    let app = AppReply {
        status: 500,
        took: 12,
        content_type: "text/html".into(),
        headers: Headers::from_iter([("location", &b"/im/"[..])]),
        body: b"\xff".to_vec(),
        complete: true,
    };
    let mut delivery = Delivery { origin: Origin::Edited, ..sample() };
    delivery.answer.by = AnsweredBy::App;
    delivery.answer.content_type = Some("text/html".into());
    delivery.answer.headers = Headers::from_iter([("x-id", &b"\xff"[..])]);
    delivery.answer.app_reply = Some(Box::new(app));
    let line = encoded(&delivery);
    assert!(line.contains(r#""origin":"edited""#), "{line}");
    assert!(line.contains(r#""headers":[["location","/im/"]]"#), "{line}");
    assert_eq!(decode(line.as_bytes()), Ok(delivery));
    assert!(error(&line.replace("edited", "odd")).contains("`origin` is \"odd\""));
}

#[test]
fn the_reason_of_a_refusal_is_kept_and_older_lines_have_none() {
    let mut delivery = Delivery { omitted_bytes: 9, ..sample() };
    delivery.refusal = Some(Refusal::Method);
    let line = encoded(&delivery);
    assert!(line.contains(r#""omitted_bytes":9,"#) && line.contains(r#""refused":"method""#));
    assert_eq!(decode(line.as_bytes()), Ok(delivery));
    assert!(error(&line.replace(r#":"method""#, r#":"odd""#)).contains("`refused` is \"odd\""));
    let older = line.replace(r#","refused":"method""#, "");
    assert_eq!(decode(older.as_bytes()).unwrap().refusal, Some(Refusal::Signature));
    let older = older.replace("POST", "PUT");
    assert_eq!(decode(older.as_bytes()).unwrap().refusal, Some(Refusal::Method));
    let older = older.replace("PUT", "GET").replace("stale", "valid");
    assert_eq!(decode(older.as_bytes()).unwrap().refusal, None);
}

#[test]
fn signatures_are_masked() {
    let delivery = Delivery { target: "/?Sign=17773bc3&RequestTime=1".into(), ..sample() };
    let line = encoded(&delivery);
    assert!(line.contains(r#""query":"Sign=***&RequestTime=1""#), "{line}");
}

#[test]
fn bytes_that_are_not_utf8_are_base64() {
    let mut delivery = sample();
    delivery.body = Box::from(&b"\xff\xfe"[..]);
    delivery.answer.body = Cow::Owned(b"\xfd".to_vec());
    delivery.answer.by = AnsweredBy::App;
    delivery.answer.trouble = vec![Trouble::recorded("too \"late\"")];
    let line = encoded(&delivery);
    assert!(line.contains(r#""body_base64":"//4=","#), "{line}");
    assert!(line.contains(r#""body_base64":"/Q==","trouble":["too \"late\""]}"#), "{line}");
    assert_eq!(decode(line.as_bytes()), Ok(delivery));
}

#[test]
fn a_line_needs_version_and_time_only() {
    let delivery = decode(br#" {"v":1,"at":"2026-11-22T14:02:11+08:00","more":[{}]} "#).unwrap();
    let at = Timestamp::from_secs(1_795_327_331);
    let expected =
        Delivery { at, method: "POST".into(), target: "/".into(), ..Delivery::default() };
    assert_eq!(delivery, expected);
}

#[test]
fn a_newer_version_is_reported_before_other_errors() {
    let newer = "made by a newer imscope (format 3; this one reads 1)";
    assert_eq!(error(&SAMPLE.replace(r#""v":1"#, r#""v":3"#)), newer);
    assert_eq!(error(r#"{"v":3,"at":[],"calls":{}}"#), newer);
}

#[test]
fn errors_are_named() {
    let changed = |from: &str, to: &str| error(&SAMPLE.replace(from, to));
    let cases = [
        (error("hello"), "not JSON at column 1: expected value"),
        (error(&SAMPLE[..300]), "the line is incomplete"),
        (error("{}"), "missing field `v`"),
        (error(r#"{"v":1}"#), "missing field `at`"),
        (error(r#"{"v":0,"at":""}"#), "`v` is 0, which is not a version"),
        (
            changed("2026-11-22T", "yesterday "),
            r#"`at` is "yesterday 06:02:11.123456Z", which is not a time"#,
        ),
        (changed("\"seq\":17", "\"seq\":-1"), "invalid value: integer `-1`, expected u64"),
        (
            changed("stale", "great"),
            r#"`signature` is "great", but must be unchecked, valid, absent, wrong or stale"#,
        ),
        (changed("imscope", "nobody"), r#"`by` is "nobody", but must be imscope or app"#),
        (
            changed(r#""body":"{\"小"#, r#""body_base64":"","body":"{\"小"#),
            "both `body` and `body_base64` are given",
        ),
        (
            changed(r#""body":"{\"小\":\"\u0000\n\"}""#, r#""body_base64":"?""#),
            "`body_base64` is not base64: invalid symbol 63, offset 0",
        ),
        (
            changed(r#"["host","a"]"#, r#"["host",1]"#),
            r#"a header's value is a string or {"base64":"…"}"#,
        ),
        (
            changed(r#"["host","a"]"#, r#"["host","a\nb"]"#),
            r#"the header "host" is invalid: it contains a colon or a line end"#,
        ),
    ];
    for (message, expected) in cases {
        assert_eq!(message, expected);
    }
}
