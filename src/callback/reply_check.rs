//! Checks a reply against what Tencent requires.
//!
//! Required are status 200 and a JSON object with `ActionStatus` "OK", a string
//! `ErrorInfo` and `ErrorCode` 0
//! (<https://cloud.tencent.com/document/product/269/2716>). Before an event other
//! codes are allowed ([`codes`](super::decision::codes)); about friends one `ResultItem` for each is
//! required, and for a signal to a chatbot `RspData`
//! (<https://www.tencentcloud.com/document/product/1047/59057>).

mod decision_check;

use std::fmt::Display;

use super::command::{SIGNAL, When};
use super::friends::is_about_friends;
use super::json::{self, Json, JsonKind};
use super::trouble::{self, Trouble, reason};
use super::value::integer;

/// What `ActionStatus` must be.
const MUST_BE_OK: &str = "\"OK\"";

/// The maximum number of characters that are quoted of a reply.
const MAX_QUOTED: usize = 40;

/// The maximum number of characters of an `ErrorInfo` that is quoted.
pub const MAX_INFO: usize = 200;

/// What a callback requires of its reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expected<'a> {
    kind: Kind,
    word: &'a str,
    /// The body of the callback.
    request: &'a [u8],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// An acknowledgment: code 0.
    Receipt,
    /// `RspData` for a chatbot: code 0 with it, or code 1.
    Signal,
    /// A decision; 0 allows the event.
    Decision,
    /// A decision for each user, in `ResultItem`.
    DecisionForEach,
}

impl<'a> Expected<'a> {
    /// What a callback with this command word and body requires.
    pub fn of(word: &'a str, request: &'a [u8]) -> Self {
        let kind = match word {
            SIGNAL => Kind::Signal,
            _ if is_about_friends(word) => Kind::DecisionForEach,
            _ => match When::of(word) {
                When::Before => Kind::Decision,
                When::After => Kind::Receipt,
            },
        };
        Self { kind, word, request }
    }

    /// The command word.
    pub const fn word(self) -> &'a str {
        self.word
    }

    /// The body of the callback.
    pub const fn request(self) -> &'a [u8] {
        self.request
    }
}

/// Whether the status of a reply is what Tencent expects.
///
/// # Errors
/// The problem, as a sentence.
pub fn check_status(status: u16) -> Result<(), Trouble> {
    if status == 200 { Ok(()) } else { Err(trouble::status_differs(status)) }
}

/// Checks a reply.
///
/// # Errors
/// All problems, a sentence each, without control characters of the reply.
pub fn check_reply(expected: Expected<'_>, status: u16, body: &[u8]) -> Result<(), Vec<Trouble>> {
    let mut wrong: Vec<_> = check_status(status).err().into_iter().collect();
    match json::read(body) {
        Err(_) if body.trim_ascii().is_empty() => {
            wrong.push(trouble::body_is_empty());
        }
        Err(broken) => {
            let text = String::from_utf8_lossy(body);
            wrong.push(trouble::body_is_not_json(quoted(&text), broken));
        }
        Ok(json) if json.kind() != JsonKind::Object => {
            wrong.push(trouble::body_is_no_object(quoted(json.raw())));
        }
        Ok(json) => check_fields(expected, json, &mut wrong),
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong) }
}

fn check_fields(expected: Expected<'_>, body: Json<'_>, wrong: &mut Vec<Trouble>) {
    match body.get("ActionStatus") {
        None => wrong.push(missing("ActionStatus", MUST_BE_OK, body)),
        Some(it) if it.as_str().as_deref() == Some("OK") => {}
        Some(it) => wrong.push(trouble::differs("ActionStatus", shown(it), MUST_BE_OK)),
    }
    match body.get("ErrorInfo") {
        None => wrong.push(missing("ErrorInfo", reason::a_string_even_empty(), body)),
        Some(it) if it.kind() == JsonKind::String => {}
        Some(it) => wrong.push(trouble::differs("ErrorInfo", shown(it), reason::a_string())),
    }
    match body.get("ErrorCode") {
        None => wrong.push(missing("ErrorCode", 0, body)),
        Some(it) => match code(it) {
            Some(code) => check_code(expected, code, body, wrong),
            None => {
                wrong.push(trouble::differs("ErrorCode", shown(it), reason::a_whole_number()));
            }
        },
    }
    match expected.kind {
        Kind::Decision => decision_check::check_extras(expected.word, body, wrong),
        Kind::DecisionForEach => {
            decision_check::check_items(expected.word, expected.request, body, wrong);
        }
        Kind::Receipt | Kind::Signal => {}
    }
    // The reason that the sender of the reply gives.
    let info = body.get("ErrorInfo").and_then(Json::as_str).filter(|it| !it.is_empty());
    if let Some(info) = info.filter(|_| !wrong.is_empty()) {
        wrong.push(trouble::error_info(format_args!("\"{}\"", escaped(&info, MAX_INFO))));
    }
}

/// A code, which must be a number and not a string.
fn code(value: Json<'_>) -> Option<i64> {
    integer(value).filter(|_| value.kind() == JsonKind::Number)
}

/// Checks the code, and what depends on it.
fn check_code(expected: Expected<'_>, code: i64, body: Json<'_>, wrong: &mut Vec<Trouble>) {
    match expected.kind {
        Kind::Signal if matches!(code, 0 | 1) => match body.get("RspData") {
            Some(it) if it.kind() == JsonKind::String => {}
            Some(it) => wrong.push(trouble::differs("RspData", shown(it), reason::a_string())),
            None if code == 1 => {}
            None => wrong.push(missing("RspData", reason::a_string_for_chatbot(), body)),
        },
        Kind::Receipt | Kind::Signal if code != 0 => {
            wrong.push(trouble::differs("ErrorCode", code, 0));
        }
        Kind::Decision => decision_check::check_code(expected.word, "ErrorCode", code, wrong),
        Kind::DecisionForEach if code != 0 => {
            let must = reason::zero_because_items_decide();
            wrong.push(trouble::differs("ErrorCode", code, must));
        }
        Kind::Receipt | Kind::Signal | Kind::DecisionForEach => {}
    }
}

/// The message that a field is missing, with a similar name if there is one.
fn missing(name: &str, must: impl Display, body: Json<'_>) -> Trouble {
    let near = body.fields().into_iter().find(|(it, _)| it.eq_ignore_ascii_case(name));
    match near {
        Some((it, _)) => trouble::misspelled(name, it, must),
        None => trouble::missing(name, must),
    }
}

fn shown(json: Json<'_>) -> String {
    match json.kind() {
        JsonKind::String => quoted(&json.as_str().unwrap_or_default()),
        _ => escaped(json.raw(), MAX_QUOTED),
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", escaped(text, MAX_QUOTED))
}

/// The first `max` characters of a text, with control characters escaped.
pub fn escaped(text: &str, max: usize) -> String {
    let mut out = String::new();
    for (nth, char) in text.trim().chars().enumerate() {
        match char {
            _ if nth == max => {
                out.push('…');
                break;
            }
            '"' | '\'' | '\\' => out.push(char),
            _ => out.extend(char.escape_debug()),
        }
    }
    out
}

#[cfg(test)]
mod tests;
