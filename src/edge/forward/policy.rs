//! What is answered, given what the local app said. Policy only.
//!
//! A reply that Tencent accepts goes back as it is. Anything else is replaced
//! by the answer of imscope's own, so that a broken app breaks no chat; with
//! `--strict` it goes back too, and a missing one becomes a 502 or a 504.

use std::time::Duration;

use crate::callback::reply_check::{Expected, check_reply};
use crate::callback::{Answer, AppReply, By};
use crate::dashboard::text::span;
use crate::edge::reply;

/// How much is kept of a reply that was not passed on.
const KEPT: usize = 64 << 10;

/// What came of asking the app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// A reply, to its end.
    Whole {
        /// The reply.
        reply: AppReply,
        /// How its body is compressed, if it is.
        encoding: Option<String>,
    },
    /// No reply that could be passed on.
    Nothing {
        /// Why.
        lost: Lost,
        /// What came of it; its status is 0 if nothing did.
        heard: AppReply,
    },
}

/// Why there is no reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lost {
    /// Its time was over; this is how long the app had at most.
    Late(Duration),
    /// The connection was closed before the first byte.
    Closed,
    /// It broke off.
    BrokenOff,
    /// It is longer than this many bytes.
    TooLarge(usize),
    /// Anything else, as a sentence.
    Silent(String),
}

/// What Tencent is answered. `ours` is what it would be without an app.
pub fn decide(ours: Answer, expected: Expected, said: Said, strict: bool) -> Answer {
    let trouble = trouble(expected, &said);
    match said {
        Said::Whole { reply, .. } if trouble.is_empty() || (strict && sendable(&reply)) => {
            passed_on(reply, trouble)
        }
        Said::Whole { reply, .. } | Said::Nothing { heard: reply, .. } if !strict => {
            let all = [ours.trouble.clone(), trouble].concat();
            Answer { trouble: all, app: kept(reply), ..ours }
        }
        Said::Whole { reply, .. } => failure(502, reply, trouble),
        Said::Nothing { lost: Lost::Late(_), heard } => failure(504, heard, trouble),
        Said::Nothing { heard, .. } => failure(502, heard, trouble),
    }
}

/// The answer as the app gave it, where nobody else waits for one: status 0 if
/// it gave none.
pub fn as_said(expected: Expected, said: Said) -> Answer {
    let trouble = trouble(expected, &said);
    match said {
        Said::Whole { reply, .. } => passed_on(reply, trouble),
        Said::Nothing { heard, .. } => Answer { trouble, app: kept(heard), ..Answer::default() },
    }
}

/// Everything that is wrong, a sentence each.
fn trouble(expected: Expected, said: &Said) -> Vec<String> {
    match said {
        Said::Whole { reply, encoding } => {
            let mut wrong = match encoding {
                Some(how) => {
                    let how = how.escape_debug();
                    let mut wrong =
                        vec![format!("the body is compressed ({how}), but must be JSON")];
                    if reply.status != 200 {
                        wrong.insert(0, format!("the status is {}, but must be 200", reply.status));
                    }
                    wrong
                }
                None => check_reply(expected, reply.status, &reply.body).err().unwrap_or_default(),
            };
            if !wrong.is_empty() {
                let (status, took) = (reply.status, span(u64::from(reply.took)));
                wrong.insert(0, format!("the local app answered {status} after {took}"));
            }
            wrong
        }
        Said::Nothing { lost, heard } => vec![lost_in_words(lost, heard)],
    }
}

fn lost_in_words(lost: &Lost, heard: &AppReply) -> String {
    let took = span(u64::from(heard.took));
    match lost {
        Lost::Late(budget) => {
            let budget = budget.as_secs_f64();
            let what = if heard.status == 0 { "answer" } else { "end its answer" };
            format!("the local app did not {what} within {budget} s: too late")
        }
        Lost::Closed => format!("the local app closed the connection after {took}, unanswered"),
        Lost::BrokenOff => {
            let (status, bytes) = (heard.status, heard.body.len());
            format!("the local app's answer {status} broke off after {took} and {bytes} bytes")
        }
        Lost::TooLarge(limit) => {
            format!("the local app's answer {} is longer than {limit} bytes", heard.status)
        }
        Lost::Silent(why) => format!("{why} (after {took})"),
    }
}

/// Whether a status can be that of an answer; 1xx only come before one.
fn sendable(reply: &AppReply) -> bool {
    reply.status >= 200
}

fn passed_on(reply: AppReply, trouble: Vec<String>) -> Answer {
    let AppReply { status, took, content_type, body, .. } = reply;
    let content_type = (*content_type != *"application/json").then_some(content_type);
    Answer { status, by: By::App, took, body: body.into(), content_type, trouble, app: None }
}

fn failure(status: u16, heard: AppReply, trouble: Vec<String>) -> Answer {
    let why = trouble.first().map(String::as_str).unwrap_or_default();
    let answer = reply::fail(status, why);
    Answer { trouble, app: kept(heard), ..answer }
}

/// What the app had said, if anything, at a length that can be kept.
fn kept(mut heard: AppReply) -> Option<Box<AppReply>> {
    if heard.body.len() > KEPT {
        heard.body.truncate(KEPT);
        heard.whole = false;
    }
    heard.body.shrink_to_fit();
    (heard.status != 0).then(|| Box::new(heard))
}
