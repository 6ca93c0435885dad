//! Which answer a call gets.
//!
//! Policy only: no socket and no clock. What is decided here is laid down in
//! the design under "The answer to Tencent".

use std::borrow::Cow;
use std::time::Duration;

pub use crate::callback::answer_mode::{AnswerKind, AnswerMode};

use crate::callback::DeliveryKind;
use crate::callback::json::{self, Json};
use crate::callback::query::Query;
use crate::callback::value;
use crate::callback::{Answer, AnsweredBy, Headers, Verdict};

/// What a browser or a tunnel's check reads on GET.
pub const LISTENING: &[u8] = b"imscope is listening: POST Tencent Cloud IM callbacks here\n";

/// The methods this listener takes, as the `Allow` header lists them.
pub const ALLOW: &str = "POST, GET, HEAD";

/// A call, as far as its answer depends on it.
#[derive(Debug, Clone, Copy)]
pub struct Call<'a> {
    /// The HTTP method.
    pub method: &'a str,
    /// What the query tells.
    pub query: &'a Query<'a>,
    /// The headers.
    pub headers: &'a Headers,
    /// The body, or what came of it.
    pub body: &'a [u8],
    /// How the body came.
    pub arrival: &'a Arrival,
    /// What the signature is worth.
    pub verdict: Verdict,
}

/// How a body came.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Arrival {
    /// To its end.
    #[default]
    Whole,
    /// It is longer than this many bytes; the rest was not kept.
    TooLong(usize),
    /// The rest did not come within this time.
    TooSlow(Duration),
    /// Its chunks make no sense, for this reason.
    Garbled(String),
}

/// The answer to a call. How long it took is left at 0.
pub fn answer(call: &Call<'_>, reply: &AnswerKind) -> Answer {
    match DeliveryKind::of(call.method) {
        DeliveryKind::Callback => {}
        DeliveryKind::Probe => {
            let content_type = Some("text/plain; charset=utf-8".into());
            return Answer { content_type, ..made(200, LISTENING, None) };
        }
        DeliveryKind::Other => {
            return fail(405, format!("callbacks come by POST, not by {}", call.method));
        }
    }
    if let Some(reason) = refusal(call) {
        return fail(403, reason);
    }
    match call.arrival {
        Arrival::Whole => {}
        Arrival::TooLong(limit) => {
            return troubled(413, format!("the body is longer than {limit} bytes"));
        }
        Arrival::TooSlow(limit) => {
            let limit = limit.as_secs();
            return troubled(408, format!("the body did not arrive within {limit} s"));
        }
        Arrival::Garbled(reason) => {
            return troubled(400, format!("the body's chunks are broken: {reason}"));
        }
    }
    match read(call) {
        Ok(json) => switched(call, json, reply),
        Err(reason) => fail(200, reason),
    }
}

/// The body as JSON; `None` if it is empty, which is no mistake: what the
/// console's "verify" button sends is not documented.
fn read<'a>(call: &Call<'a>) -> Result<Option<Json<'a>>, String> {
    if call.body.trim_ascii().is_empty() {
        return Ok(None);
    }
    json::read(call.body).map(Some).map_err(|broken| match call.headers.get("content-encoding") {
        Some(how) if !how.eq_ignore_ascii_case(b"identity") => {
            format!("the body is compressed ({})", String::from_utf8_lossy(how))
        }
        _ => format!("the body is not JSON: {broken}"),
    })
}

/// What a good callback is answered, as the switch stands.
fn switched(call: &Call<'_>, json: Option<Json<'_>>, reply: &AnswerKind) -> Answer {
    match reply {
        AnswerKind::Ok => allow(call, json),
        AnswerKind::Fail(text) if text.is_empty() => fail(200, "imscope was told to answer FAIL"),
        AnswerKind::Fail(text) => fail(200, text),
        AnswerKind::Status(code) => {
            fail(*code, format!("imscope was told to answer status {code}"))
        }
        AnswerKind::Hang => made(0, b"", Some("imscope was told to give no answer".to_owned())),
    }
}

/// The answer that lets happen what a "before" command asks about, and that is
/// right for all others too. The two about friends must name each friend.
fn allow(call: &Call<'_>, json: Option<Json<'_>>) -> Answer {
    let Some(json) = json else { return Answer::ok(0) };
    let word = match call.query.command.as_deref() {
        Some(word) if !word.is_empty() => Some(Cow::Borrowed(word)),
        _ => json.get("CallbackCommand").and_then(Json::as_str),
    };
    let friends = match word.as_deref() {
        Some("Sns.CallbackPrevFriendAdd") => "FriendItem",
        Some("Sns.CallbackPrevFriendResponse") => "ResponseFriendItem",
        _ => return Answer::ok(0),
    };
    let friends = json.get(friends).map(Json::items).unwrap_or_default();
    let items: Vec<String> = friends
        .into_iter()
        .filter_map(|it| value::text(it.get("To_Account")?))
        .map(|it| format!(r#"{{"To_Account":{},"ResultCode":0,"ResultInfo":""}}"#, quoted(&it)))
        .collect();
    let items = items.join(",");
    let body =
        format!(r#"{{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"ResultItem":[{items}]}}"#);
    made(200, body.into_bytes(), None)
}

/// Why the signature refuses the call, if it does.
fn refusal(call: &Call<'_>) -> Option<String> {
    let empty = |it: &Option<Cow<'_, str>>| it.as_deref().is_none_or(str::is_empty);
    Some(match call.verdict {
        Verdict::Unchecked | Verdict::Valid { .. } => return None,
        Verdict::Absent if empty(&call.query.sign) => "the query has no Sign".to_owned(),
        Verdict::Absent => "the query has no RequestTime".to_owned(),
        Verdict::Wrong => match call.query.request_time.as_deref().map(str::parse::<i64>) {
            Some(Err(_)) => "RequestTime is not a number of seconds".to_owned(),
            _ => "Sign does not match the token and RequestTime".to_owned(),
        },
        Verdict::Stale { age } if age < 0 => {
            let ahead = age.unsigned_abs();
            format!("the signature is {ahead} s ahead of this clock; check both clocks")
        }
        Verdict::Stale { age } => {
            format!("the signature is stale, {age} s old; check both clocks")
        }
    })
}

/// An answer with all three fields that says it failed.
pub fn fail(status: u16, reason: impl AsRef<str>) -> Answer {
    let reason = quoted(reason.as_ref());
    let body = format!(r#"{{"ActionStatus":"FAIL","ErrorInfo":{reason},"ErrorCode":1}}"#);
    made(status, body.into_bytes(), None)
}

fn troubled(status: u16, reason: String) -> Answer {
    Answer { trouble: vec![reason.clone()], ..fail(status, reason) }
}

fn made(status: u16, body: impl Into<Cow<'static, [u8]>>, trouble: Option<String>) -> Answer {
    let trouble = trouble.into_iter().collect();
    let body = body.into();
    Answer {
        status,
        by: AnsweredBy::Imscope,
        took: 0,
        body,
        content_type: None,
        trouble,
        app: None,
    }
}

fn quoted(text: &str) -> serde_json::Value {
    serde_json::Value::from(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::callback::query;

    fn call(
        query: &str,
        headers: &[(&str, &[u8])],
        body: &[u8],
        reply: &AnswerKind,
    ) -> (u16, String) {
        let call = Call {
            method: "POST",
            query: &query::read(query),
            headers: &headers.iter().copied().collect(),
            body,
            arrival: &Arrival::Whole,
            verdict: Verdict::Unchecked,
        };
        let answer = answer(&call, reply);
        (answer.status, String::from_utf8(answer.body.into_owned()).unwrap())
    }

    fn refused(query: &str, verdict: Verdict) -> String {
        let call = Call {
            method: "POST",
            query: &query::read(query),
            headers: &Headers::default(),
            body: b"{}",
            arrival: &Arrival::Whole,
            verdict,
        };
        let answer = answer(&call, &AnswerKind::Ok);
        assert_eq!(answer.status, 403);
        json::read(&answer.body).unwrap().get("ErrorInfo").unwrap().as_str().unwrap().into_owned()
    }

    #[test]
    fn a_reply_is_written_as_it_is_read() {
        for text in ["ok", "fail", "fail:no: really", "status:503", "hang"] {
            assert_eq!(text.parse::<AnswerKind>().unwrap().to_string(), text);
        }
        for text in ["", "OK", "ok:x", "status", "status:99", "status:600", "status:x", "hang:1"] {
            assert!(text.parse::<AnswerKind>().is_err(), "{text}");
        }
    }

    #[test]
    fn json_of_any_kind_and_nothing_at_all_are_ok() {
        let ok = r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0}"#;
        for body in ["{}", "[1]", "null", "\"x\"", "", " \r\n"] {
            assert_eq!(
                call("", &[], body.as_bytes(), &AnswerKind::Ok),
                (200, ok.to_owned()),
                "{body}"
            );
        }
    }

    #[test]
    fn what_is_broken_is_told_with_its_place_and_quoted() {
        let (status, body) = call("", &[], b"{'a\":1}", &AnswerKind::Ok);
        assert_eq!(status, 200);
        let answer = json::read(body.as_bytes()).unwrap();
        assert_eq!(answer.get("ActionStatus").unwrap().as_str().unwrap(), "FAIL");
        assert_eq!(answer.get("ErrorCode").unwrap().as_i64(), Some(1));
        let info = answer.get("ErrorInfo").unwrap().as_str().unwrap();
        assert!(info.ends_with("at line 1 column 2"), "{info}");
    }

    #[test]
    fn a_compressed_body_is_called_so_unless_it_is_not() {
        let gzip: &[(&str, &[u8])] = &[("content-encoding", b"gzip")];
        let (status, body) = call("", gzip, b"\x1f\x8b", &AnswerKind::Ok);
        assert_eq!(status, 200);
        assert!(body.contains("the body is compressed (gzip)"), "{body}");
        assert!(call("", gzip, b"{}", &AnswerKind::Ok).1.contains("OK"));
    }

    #[test]
    fn the_reason_of_a_refusal_is_in_words() {
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
    }

    #[test]
    fn each_friend_is_allowed_by_name() {
        let body = br#"{"FriendItem":[{"To_Account":"id1"},{"To_Account":"\u5c0f"},{}]}"#;
        let expected = r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"ResultItem":[{"To_Account":"id1","ResultCode":0,"ResultInfo":""},{"To_Account":"小","ResultCode":0,"ResultInfo":""}]}"#;
        let add = "CallbackCommand=Sns.CallbackPrevFriendAdd";
        assert_eq!(call(add, &[], body, &AnswerKind::Ok), (200, expected.to_owned()));
        let body = br#"{"CallbackCommand":"Sns.CallbackPrevFriendResponse","ResponseFriendItem":[{"To_Account":"a"}]}"#;
        assert!(
            call("", &[], body, &AnswerKind::Ok).1.contains(r#""To_Account":"a","ResultCode":0"#)
        );
        assert!(!call("CallbackCommand=x", &[], body, &AnswerKind::Ok).1.contains("ResultItem"));
    }

    #[test]
    fn the_switch_turns_what_would_be_ok_and_nothing_else() {
        let fail = AnswerKind::Fail("no \"more\"".to_owned());
        let (status, body) = call("", &[], b"{}", &fail);
        assert_eq!((status, body.contains(r#""no \"more\"""#)), (200, true), "{body}");
        assert_eq!(call("", &[], b"{}", &AnswerKind::Status(503)).0, 503);
        assert_eq!(call("", &[], b"{}", &AnswerKind::Hang), (0, String::new()));
        assert_eq!(call("", &[], b"{", &AnswerKind::Hang).0, 200, "a mistake is told all the same");
    }
}
