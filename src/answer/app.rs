//! The answer to a callback, given the outcome of forwarding it. Policy only.
//!
//! For a "before" command: a reply that Tencent accepts is the answer, unchanged
//! (passthrough); a denial in any other form is passed on in the documented form; any
//! other reply is passed on unchanged, too, unless it clearly allows or has no sign of a
//! decision, and then, as without a reply, the answer is what Tencent itself does without a
//! usable one: to allow, or for a gift to refuse.
//!
//! So a broken app breaks no chat, and what could be a denial becomes no allow: of a reply
//! that broke off Tencent gets 502 or 504. For all other commands an invalid reply is
//! replaced by imscope's own answer. With `--strict` invalid replies pass through, too, and
//! a missing one becomes 502 or 504.

mod denial;
mod signs;

use std::time::Duration;

use crate::answer::own;
use crate::answer::reply_body;
use crate::callback::decision::{judge, needs_answer};
use crate::callback::reply_check::{Expected, check_reply, check_status};
use crate::callback::trouble::{self, Trouble};
use crate::callback::{Answer, AnsweredBy, AppReply};
use crate::callback::{format, json};
use denial::{Denial, Meaning};

/// Maximum size in bytes that is kept of a reply that is not the answer.
const MAX_KEPT: usize = 64 << 10;

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
    /// No connection to this URL, for this reason.
    NotConnected(String, String),
    /// The connection brought no reply, for this reason.
    NoAnswer(String),
    /// No request can be made of the callback, for this reason.
    NotAsked(String),
}

/// The answer to Tencent. `own` is the answer without an app.
pub fn answer_from(own: Answer, expected: Expected<'_>, outcome: Outcome, strict: bool) -> Answer {
    let wrong = wrong(expected, &outcome);
    let is_whole = outcome.error.is_none() && sendable(&outcome.reply);
    let may_pass = is_whole && (wrong.is_empty() || strict);
    let meaning = match own::came_back(outcome.reply.status, &outcome.reply.body) {
        true => Meaning::Other,
        false => Meaning::of(expected, &outcome.reply.body, has_unread_part(&outcome)),
    };
    let trouble = [notes(&outcome), wrong].concat();
    let Outcome { reply, error, .. } = outcome;
    match meaning {
        Meaning::Denied(denial) => denied(expected, &denial, reply, trouble, may_pass),
        _ if may_pass => passthrough_answer(reply, trouble),
        Meaning::Unclear if is_whole => {
            passthrough_answer(reply, [trouble, vec![trouble::unclear_passed_on()]].concat())
        }
        Meaning::Other if !strict => {
            let trouble = [own.trouble.clone(), trouble].concat();
            let answer = Answer { trouble, app_reply: shorten(reply), ..own };
            without_app(answer, expected.word())
        }
        Meaning::Unclear => {
            let failure = failure(error.as_ref(), reply, trouble);
            let decides = trouble::unclear(failure.status);
            Answer { trouble: [failure.trouble, vec![decides]].concat(), ..failure }
        }
        Meaning::Other => failure(error.as_ref(), reply, trouble),
    }
}

/// imscope's own answer where the app gave no usable one: it does what Tencent does then.
pub fn without_app(own: Answer, word: &str) -> Answer {
    if !needs_answer(word) {
        return own;
    }
    let body = reply_body::decision(word, None, 1, "the local app gave no usable answer").into();
    let refused = trouble::refused_without_answer();
    Answer { body, trouble: [own.trouble, vec![refused]].concat(), ..own }
}

/// The answer that denies what the app denied: its reply if it `may_pass` and Tencent
/// cannot take it for an allow, or else the denial as documented.
fn denied(
    expected: Expected<'_>,
    denial: &Denial<'_>,
    reply: AppReply,
    mut trouble: Vec<Trouble>,
    may_pass: bool,
) -> Answer {
    if may_pass && !denial.is_ambiguous() {
        let answer = passthrough_answer(reply.clone(), trouble.clone());
        let judgment = judge(expected.word(), expected.request(), &answer);
        if judgment.is_some_and(|it| it.decision.is_denial()) {
            return answer;
        }
    }
    trouble.push(trouble::denial_passed_on());
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
fn notes(outcome: &Outcome) -> Vec<Trouble> {
    outcome.moved.then(trouble::sent_over_new_connection).into_iter().collect()
}

/// Everything that is wrong with an outcome, a sentence each.
fn wrong(expected: Expected<'_>, outcome: &Outcome) -> Vec<Trouble> {
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
        wrong.insert(0, trouble::app_answered(status, took));
        if own::came_back(reply.status, &reply.body) {
            wrong.push(trouble::came_back());
        }
    }
    wrong
}

/// Whether a part of the reply was not received, or cannot be read.
fn has_unread_part(outcome: &Outcome) -> bool {
    let Outcome { reply, error, .. } = outcome;
    let is_cut_off = match error {
        None => false,
        Some(ForwardError::TooLarge(_)) => true,
        Some(_) => json::read(&reply.body).is_err(),
    };
    !reply.body.is_empty() && (is_cut_off || content_coding(reply).is_some())
}

/// The `Content-Encoding` of a reply, if it has one.
fn content_coding(reply: &AppReply) -> Option<&[u8]> {
    let coding = reply.headers.get("content-encoding");
    coding.filter(|it| !it.eq_ignore_ascii_case(b"identity"))
}

/// What is wrong with a reply that has a `Content-Encoding`.
fn compressed(reply: &AppReply, encoding: &str) -> Vec<Trouble> {
    let status = check_status(reply.status).err();
    let encoding = encoding.escape_debug();
    status.into_iter().chain([trouble::body_is_compressed(encoding)]).collect()
}

fn duration(reply: &AppReply) -> String {
    format::duration(Duration::from_micros(reply.took.into()))
}

/// The sentence for an error.
fn describe(error: &ForwardError, partial: &AppReply) -> Trouble {
    let took = duration(partial);
    match error {
        ForwardError::Timeout(budget) => {
            let seconds = budget.as_secs_f64();
            match partial.status {
                0 => trouble::no_answer_within(seconds),
                _ => trouble::no_end_within(seconds),
            }
        }
        ForwardError::Closed => trouble::closed_unanswered(took),
        ForwardError::Interrupted => trouble::broke_off(partial.status, took, partial.body.len()),
        ForwardError::TooLarge(limit) => trouble::answer_too_long(partial.status, limit),
        ForwardError::NotConnected(url, why) => trouble::cannot_connect(url, why, took),
        ForwardError::NoAnswer(why) => trouble::no_answer(why, took),
        ForwardError::NotAsked(why) => trouble::cannot_ask(why, took),
    }
}

/// Whether a status can be that of an answer; 1xx only come before one.
fn sendable(reply: &AppReply) -> bool {
    reply.status >= 200
}

fn passthrough_answer(reply: AppReply, trouble: Vec<Trouble>) -> Answer {
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

/// The answer that Tencent cannot use, so that it decides by itself.
fn failure(error: Option<&ForwardError>, partial: AppReply, trouble: Vec<Trouble>) -> Answer {
    let status = if matches!(error, Some(ForwardError::Timeout(_))) { 504 } else { 502 };
    let why = trouble.first().map(Trouble::sentence).unwrap_or_default();
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
