//! The answer to a callback, given the outcome of forwarding it. Policy only.
//!
//! A reply that Tencent accepts is the answer, unchanged (passthrough). Any other
//! outcome is replaced by imscope's own answer, so that a broken app breaks no
//! chat; with `--strict` an invalid reply passes through, too, and a missing one
//! becomes 502 or 504.

use std::time::Duration;

use crate::callback::format;
use crate::callback::reply_check::{Expected, check_reply, check_status};
use crate::callback::{Answer, AnsweredBy, AppReply};
use crate::edge::answer;

/// Maximum size in bytes that is kept of a reply that is not the answer.
const MAX_KEPT: usize = 64 << 10;

/// The outcome of forwarding a callback.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// A complete reply.
    Reply {
        /// The reply.
        reply: AppReply,
        /// The `Content-Encoding` of its body, unless that is `identity`.
        encoding: Option<String>,
    },
    /// No complete reply.
    NoReply {
        /// The reason.
        error: ForwardError,
        /// The part that was received; status 0 if nothing was.
        partial: AppReply,
    },
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
pub fn answer_from(own: Answer, expected: Expected, outcome: Outcome, strict: bool) -> Answer {
    let trouble = trouble(expected, &outcome);
    match outcome {
        Outcome::Reply { reply, .. } if trouble.is_empty() || (strict && sendable(&reply)) => {
            passthrough_answer(reply, trouble)
        }
        Outcome::Reply { reply, .. } | Outcome::NoReply { partial: reply, .. } if !strict => {
            let all = [own.trouble.clone(), trouble].concat();
            Answer { trouble: all, app_reply: shorten(reply), ..own }
        }
        Outcome::Reply { reply, .. } => failure(502, reply, trouble),
        Outcome::NoReply { error: ForwardError::Timeout(_), partial } => {
            failure(504, partial, trouble)
        }
        Outcome::NoReply { partial, .. } => failure(502, partial, trouble),
    }
}

/// The app's reply as an answer, where no caller waits for one; status 0 without a
/// reply.
pub fn passthrough(expected: Expected, outcome: Outcome) -> Answer {
    let trouble = trouble(expected, &outcome);
    match outcome {
        Outcome::Reply { reply, .. } => passthrough_answer(reply, trouble),
        Outcome::NoReply { partial, .. } => {
            Answer { trouble, app_reply: shorten(partial), ..Answer::default() }
        }
    }
}

/// Everything that is wrong with an outcome, a sentence each.
fn trouble(expected: Expected, outcome: &Outcome) -> Vec<String> {
    let (reply, mut wrong) = match outcome {
        Outcome::NoReply { error, partial } => return vec![describe(error, partial)],
        Outcome::Reply { reply, encoding: Some(encoding) } => (reply, compressed(reply, encoding)),
        Outcome::Reply { reply, encoding: None } => {
            let checked = check_reply(expected, reply.status, &reply.body);
            (reply, checked.err().unwrap_or_default())
        }
    };
    if !wrong.is_empty() {
        let (status, took) = (reply.status, duration(reply));
        wrong.insert(0, format!("the local app answered {status} after {took}"));
    }
    wrong
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
    let AppReply { status, took, content_type, body, .. } = reply;
    let content_type = (*content_type != *"application/json").then_some(content_type);
    Answer {
        status,
        by: AnsweredBy::App,
        took,
        body: body.into(),
        content_type,
        trouble,
        app_reply: None,
    }
}

fn failure(status: u16, partial: AppReply, trouble: Vec<String>) -> Answer {
    let why = trouble.first().map(String::as_str).unwrap_or_default();
    let answer = answer::fail(status, why);
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
mod tests;
