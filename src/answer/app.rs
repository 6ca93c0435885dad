//! The answer to a callback, given the outcome of forwarding it. Policy only.
//!
//! A reply that Tencent accepts is the answer, unchanged (passthrough). One that denies
//! what the callback asks for, but not as documented, is answered by that denial in the
//! documented form. Any other outcome is replaced by imscope's own answer, so that a
//! broken app breaks no chat; with `--strict` an invalid reply passes through, too, unless
//! Tencent could take a denial for an allow, and a missing one becomes 502 or 504.

mod denial;
mod signs;

use std::time::Duration;

use crate::answer::own::{self, LOOP_DETECTED};
use crate::callback::command::When;
use crate::callback::decision::judge;
use crate::callback::format;
use crate::callback::reply_check::{Expected, check_reply, check_status};
use crate::callback::{Answer, AnsweredBy, AppReply};
use denial::Denial;

/// Maximum size in bytes that is kept of a reply that is not the answer.
const MAX_KEPT: usize = 64 << 10;

/// How a body in gzip begins.
const GZIP: &[u8] = b"\x1f\x8b";

/// The outcome of forwarding a callback.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outcome {
    /// The reply, or the part that was received; status 0 if nothing was.
    pub reply: AppReply,
    /// Why it is not complete, if it is not.
    pub error: Option<ForwardError>,
    /// Whether the kept connection was closed before a byte was written to it, so that
    /// the callback was sent over another one.
    pub moved: bool,
}

/// Why there is no complete reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ForwardError {
    /// It was not received within this time.
    Timeout(Duration),
    /// The connection was closed before its first byte.
    Closed,
    /// The connection was closed before its last byte.
    Interrupted,
    /// It is longer than this many bytes.
    TooLarge(usize),
    /// Any other reason, as a sentence.
    Other(String),
}

/// The answer to Tencent. `own` is the answer without an app.
pub fn answer_from(own: Answer, expected: Expected<'_>, outcome: Outcome, strict: bool) -> Answer {
    let wrong = wrong(expected, &outcome);
    let Outcome { reply, error, .. } = &outcome;
    let may_pass = error.is_none() && (wrong.is_empty() || (strict && sendable(reply)));
    let denial = Denial::read(expected.word(), expected.request(), &reply.body);
    let trouble = [notes(&outcome), wrong].concat();
    let Outcome { reply, error, .. } = outcome;
    if let Some(denial) = denial {
        return denied(expected, &denial, reply, trouble, may_pass);
    }
    match error {
        _ if may_pass => passthrough_answer(reply, trouble),
        _ if !strict => {
            let unread = unread_decision(expected, &reply, error.as_ref());
            let all = [own.trouble.clone(), trouble, unread].concat();
            Answer { trouble: all, app_reply: shorten(reply), ..own }
        }
        Some(ForwardError::Timeout(_)) => failure(504, reply, trouble),
        _ => failure(502, reply, trouble),
    }
}

/// The answer that denies what the app denied: its reply if it `may_pass` and Tencent
/// cannot take it for an allow, or else the denial as documented.
fn denied(
    expected: Expected<'_>,
    denial: &Denial<'_>,
    reply: AppReply,
    mut trouble: Vec<String>,
    may_pass: bool,
) -> Answer {
    if may_pass && !denial.is_ambiguous() {
        let answer = passthrough_answer(reply.clone(), trouble.clone());
        let judgment = judge(expected.word(), expected.request(), &answer);
        if judgment.is_some_and(|it| it.decision.is_denial()) {
            return answer;
        }
    }
    trouble.push("the denial of the local app is passed on in the documented form".to_owned());
    Answer {
        status: 200,
        by: AnsweredBy::App,
        took: reply.took,
        body: denial.body().into(),
        trouble,
        app_reply: shorten(reply),
        ..Answer::default()
    }
}

/// The app's reply as an answer, where no caller waits for one; status 0 without a
/// reply.
pub fn passthrough(expected: Expected<'_>, outcome: Outcome) -> Answer {
    let trouble = [notes(&outcome), wrong(expected, &outcome)].concat();
    match outcome.error {
        None => passthrough_answer(outcome.reply, trouble),
        Some(_) => Answer { trouble, app_reply: shorten(outcome.reply), ..Answer::default() },
    }
}

/// Remarks about the connection to the app, whatever its reply.
fn notes(outcome: &Outcome) -> Vec<String> {
    let moved = "a kept connection was closed before the callback was written to it; \
                 it was sent over a new one";
    outcome.moved.then(|| moved.to_owned()).into_iter().collect()
}

/// Everything that is wrong with an outcome, a sentence each.
fn wrong(expected: Expected<'_>, outcome: &Outcome) -> Vec<String> {
    let reply = &outcome.reply;
    if let Some(error) = &outcome.error {
        return vec![describe(error, reply)];
    }
    let mut wrong = match content_coding(reply) {
        Some(coding) => compressed(reply, &String::from_utf8_lossy(coding)),
        None => check_reply(expected, reply.status, &reply.body).err().unwrap_or_default(),
    };
    if !wrong.is_empty() {
        let (status, took) = (reply.status, duration(reply));
        wrong.insert(0, format!("the local app answered {status} after {took}"));
        if reply.status == LOOP_DETECTED {
            wrong.push("the callback came back: --forward leads to imscope itself".to_owned());
        }
    }
    wrong
}

/// That the app may have denied what imscope's own answer allows: its reply to a "before"
/// command is compressed, or was not received to its end.
fn unread_decision(
    expected: Expected<'_>,
    reply: &AppReply,
    error: Option<&ForwardError>,
) -> Vec<String> {
    let is_compressed = content_coding(reply).is_some() || reply.body.starts_with(GZIP);
    let is_unread = match error {
        None => is_compressed,
        Some(ForwardError::Closed | ForwardError::Other(_)) => false,
        Some(_) => true,
    };
    let is_decision = When::of(expected.word()) == When::Before;
    let text = "the decision of the local app could not be read: imscope's own answer stands";
    (is_unread && is_decision).then(|| text.to_owned()).into_iter().collect()
}

/// The `Content-Encoding` of a reply, if it has one.
fn content_coding(reply: &AppReply) -> Option<&[u8]> {
    let coding = reply.headers.get("content-encoding");
    coding.filter(|it| !it.eq_ignore_ascii_case(b"identity"))
}

/// What is wrong with a reply that has a `Content-Encoding`.
fn compressed(reply: &AppReply, encoding: &str) -> Vec<String> {
    let status = check_status(reply.status).err();
    let encoding = encoding.escape_debug();
    let body = format!("the body is compressed ({encoding}), but must be JSON");
    status.into_iter().chain([body]).collect()
}

fn duration(reply: &AppReply) -> String {
    format::duration(Duration::from_micros(reply.took.into()))
}

/// The sentence for an error.
fn describe(error: &ForwardError, partial: &AppReply) -> String {
    let took = duration(partial);
    match error {
        ForwardError::Timeout(budget) => {
            let budget = budget.as_secs_f64();
            let what = if partial.status == 0 { "answer" } else { "end its answer" };
            format!("the local app did not {what} within {budget} s: too late")
        }
        ForwardError::Closed => {
            format!("the local app closed the connection after {took}, unanswered")
        }
        ForwardError::Interrupted => {
            let (status, bytes) = (partial.status, partial.body.len());
            format!("the local app's answer {status} broke off after {took} and {bytes} bytes")
        }
        ForwardError::TooLarge(limit) => {
            format!("the local app's answer {} is longer than {limit} bytes", partial.status)
        }
        ForwardError::Other(why) => format!("{why} (after {took})"),
    }
}

/// Whether a status can be that of an answer; 1xx only come before one.
fn sendable(reply: &AppReply) -> bool {
    reply.status >= 200
}

fn passthrough_answer(reply: AppReply, trouble: Vec<String>) -> Answer {
    let AppReply { status, took, content_type, headers, body, .. } = reply;
    let content_type = (*content_type != *"application/json").then_some(content_type);
    Answer {
        status,
        by: AnsweredBy::App,
        took,
        body: body.into(),
        content_type,
        headers,
        rule: None,
        trouble,
        app_reply: None,
    }
}

fn failure(status: u16, partial: AppReply, trouble: Vec<String>) -> Answer {
    let why = trouble.first().map(String::as_str).unwrap_or_default();
    let answer = own::fail(status, why);
    Answer { trouble, app_reply: shorten(partial), ..answer }
}

/// The reply as it is kept for display, shortened; `None` if there is none.
fn shorten(mut reply: AppReply) -> Option<Box<AppReply>> {
    if reply.body.len() > MAX_KEPT {
        reply.body.truncate(MAX_KEPT);
        reply.complete = false;
    }
    reply.body.shrink_to_fit();
    (reply.status != 0).then(|| Box::new(reply))
}

#[cfg(test)]
pub(crate) mod tests;
