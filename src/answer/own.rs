//! imscope's own answer to a request. Policy only: no socket and no clock.

use std::borrow::Cow;
use std::time::Duration;

use crate::answer::mode::AnswerKind;
use crate::answer::reply_body::{self, quoted};
use crate::callback::DeliveryKind;
use crate::callback::command::{SIGNAL, When};
use crate::callback::friends::is_about_friends;
use crate::callback::json::{self, Json};
use crate::callback::query::Query;
use crate::callback::trouble::{self, Trouble};
use crate::callback::{Answer, AnsweredBy, Delivery, Headers, Refusal, Verdict};

/// The answer to a probe, such as that of a browser or a tunnel.
pub const PROBE_BODY: &[u8] = b"imscope is listening: POST Tencent Cloud IM callbacks here\n";

/// The status of the answer to a call that came back.
pub const LOOP_DETECTED: u16 = 508;

/// The methods of the `Allow` header.
pub const ALLOWED_METHODS: &str = "POST, GET, HEAD";

/// What the answer to a request depends on.
#[derive(Debug, Clone, Copy)]
pub struct AnswerInput<'a> {
    /// The HTTP method.
    pub method: &'a str,
    /// The parameters of the query.
    pub query: &'a Query<'a>,
    /// The headers.
    pub headers: &'a Headers,
    /// The body, or the part that was received.
    pub body: &'a [u8],
    /// How completely the body was received.
    pub body_status: &'a BodyStatus,
    /// The result of the signature check.
    pub verdict: Verdict,
    /// Why it is refused, if it is.
    pub refusal: Option<Refusal>,
}

/// How completely a body was received.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum BodyStatus {
    /// To its end.
    #[default]
    Complete,
    /// It is longer than this many bytes; the rest was discarded.
    TooLong(usize),
    /// It was not received within this time.
    TooSlow(Duration),
    /// It is large and arrived too slowly, and others waited for the memory it held.
    Stalled,
    /// Its chunks are malformed, for this reason.
    Malformed(String),
    /// Other large bodies had all memory for longer than an answer may take.
    NoMemory,
}

/// The answer to a request; its duration is left at 0.
pub fn own_answer(input: &AnswerInput<'_>, kind: &AnswerKind) -> Answer {
    if let Some(refusal) = input.refusal {
        return refused(input, refusal);
    }
    if DeliveryKind::of(input.method) == DeliveryKind::Probe {
        let content_type = Some("text/plain; charset=utf-8".into());
        return Answer { content_type, ..imscope_answer(200, PROBE_BODY, None) };
    }
    if let Some(answer) = incomplete(input) {
        return answer;
    }
    match read(input) {
        Ok(json) => by_kind(input, json, kind),
        Err(reason) => fail(200, reason),
    }
}

/// The answer to a request that is refused.
fn refused(input: &AnswerInput<'_>, refusal: Refusal) -> Answer {
    match refusal {
        Refusal::Method => fail(405, format!("callbacks come by POST, not by {}", input.method)),
        Refusal::Signature => fail(403, signature_refusal(input)),
        Refusal::Path | Refusal::Browser | Refusal::Loop => {
            let status = if refusal == Refusal::Loop { LOOP_DETECTED } else { 403 };
            fail(status, refusal.reason().map_or("", |it| it.en))
        }
    }
}

/// Whether a reply is imscope's own answer to a call that it had forwarded itself: it is
/// no decision of an app.
pub(super) fn came_back(status: u16, body: &[u8]) -> bool {
    let answer = || fail(LOOP_DETECTED, Refusal::Loop.reason().map_or("", |it| it.en));
    status == LOOP_DETECTED && *body == *answer().body
}

/// The answer to a request whose body was not received to its end; `None` if it was.
fn incomplete(input: &AnswerInput<'_>) -> Option<Answer> {
    let (status, reason) = match input.body_status {
        BodyStatus::Complete => return None,
        BodyStatus::TooLong(limit) => (413, trouble::body_too_long(limit)),
        BodyStatus::TooSlow(limit) => (408, trouble::body_too_slow(limit.as_secs())),
        BodyStatus::Stalled => (408, trouble::body_stalled()),
        BodyStatus::Malformed(reason) => (400, trouble::malformed_chunks(reason)),
        BodyStatus::NoMemory => {
            let reason = trouble::too_many_large_bodies();
            // A "before" command: any other status would deny what it asks for.
            if When::of(input.query.command.as_deref().unwrap_or_default()) == When::Before {
                return Some(Answer { trouble: vec![reason], ..Answer::ok(0) });
            }
            (503, reason)
        }
    };
    Some(fail_with_trouble(status, reason))
}

/// The body as JSON; `None` if it is empty, which is not an error: what the
/// console's "verify" button sends is not documented.
fn read<'a>(input: &AnswerInput<'a>) -> Result<Option<Json<'a>>, String> {
    if input.body.trim_ascii().is_empty() {
        return Ok(None);
    }
    json::read(input.body).map(Some).map_err(|error| match input.headers.get("content-encoding") {
        Some(coding) if !coding.eq_ignore_ascii_case(b"identity") => {
            format!("the body is compressed ({})", String::from_utf8_lossy(coding))
        }
        _ => format!("the body is not JSON: {error}"),
    })
}

/// The answer to a valid callback in an answer mode.
fn by_kind(input: &AnswerInput<'_>, json: Option<Json<'_>>, kind: &AnswerKind) -> Answer {
    match kind {
        AnswerKind::Ok => allow(&command_word(input, json), json),
        AnswerKind::Fail(text) if text.is_empty() => fail(200, "imscope is set to answer FAIL"),
        AnswerKind::Fail(text) => fail(200, text),
        AnswerKind::Status(code) => fail(*code, format!("imscope is set to answer status {code}")),
        AnswerKind::Hang => no_answer(),
    }
}

/// The command word of the query, else of the body; empty if there is none.
fn command_word<'a>(input: &'a AnswerInput<'_>, json: Option<Json<'a>>) -> Cow<'a, str> {
    match input.query.command.as_deref() {
        Some(word) if !word.is_empty() => Cow::Borrowed(word),
        _ => json.and_then(|it| it.get("CallbackCommand")?.as_str()).unwrap_or_default(),
    }
}

/// No answer at all.
pub(super) fn no_answer() -> Answer {
    imscope_answer(0, b"", Some(trouble::set_to_no_answer()))
}

/// The answer that allows what a "before" command asks for, and that is valid for
/// all other commands. The two commands about friends need an item per friend.
pub(super) fn allow(word: &str, json: Option<Json<'_>>) -> Answer {
    let Some(json) = json else { return Answer::ok(0) };
    if word == SIGNAL {
        return Answer { trouble: vec![trouble::no_answer_to_chatbot()], ..Answer::ok(0) };
    }
    if !is_about_friends(word) {
        return Answer::ok(0);
    }
    imscope_answer(200, reply_body::decision(word, Some(json), 0, ""), None)
}

/// Why the signature refuses the request; empty if it does not.
fn signature_refusal(input: &AnswerInput<'_>) -> String {
    let empty = |it: &Option<Cow<'_, str>>| it.as_deref().is_none_or(str::is_empty);
    match input.verdict {
        Verdict::Unchecked | Verdict::Valid { .. } => String::new(),
        Verdict::Absent if empty(&input.query.sign) => "the query has no Sign".to_owned(),
        Verdict::Absent => "the query has no RequestTime".to_owned(),
        Verdict::Wrong => match input.query.request_time.as_deref().map(str::parse::<i64>) {
            Some(Err(_)) => "RequestTime is not a number of seconds".to_owned(),
            _ => "Sign does not match the token and RequestTime".to_owned(),
        },
        verdict if verdict.is_in_milliseconds() => {
            "RequestTime is in milliseconds, but must be in seconds".to_owned()
        }
        Verdict::Stale { age } if age < 0 => {
            let ahead = age.unsigned_abs();
            format!("the signature is {ahead} s ahead of this clock; check both clocks")
        }
        Verdict::Stale { age } => {
            format!("the signature is stale, {age} s old; check both clocks")
        }
    }
}

/// An answer with `FAIL` and its two other required fields.
pub fn fail(status: u16, reason: impl AsRef<str>) -> Answer {
    let reason = quoted(reason.as_ref());
    let body = format!(r#"{{"ActionStatus":"FAIL","ErrorInfo":{reason},"ErrorCode":1}}"#);
    imscope_answer(status, body.into_bytes(), None)
}

/// The answer to a delivery that imscope has no capacity for, or no time: 503. That
/// would deny what a "before" command asks for, so its answer stands if it has one.
pub fn without_capacity(delivery: Delivery, when: When, reason: &str) -> Answer {
    match (when, delivery.answer.status) {
        (When::Before, 200) => delivery.answer,
        _ => fail(503, reason),
    }
}

fn fail_with_trouble(status: u16, reason: Trouble) -> Answer {
    let answer = fail(status, reason.sentence());
    Answer { trouble: vec![reason], ..answer }
}

/// An answer of imscope itself.
pub(super) fn imscope_answer(
    status: u16,
    body: impl Into<Cow<'static, [u8]>>,
    trouble: Option<Trouble>,
) -> Answer {
    let trouble = trouble.into_iter().collect();
    let body = body.into();
    Answer {
        status,
        by: AnsweredBy::Imscope,
        took: 0,
        body,
        content_type: None,
        headers: Headers::default(),
        rule: None,
        trouble,
        app_reply: None,
    }
}

#[cfg(test)]
mod tests;
