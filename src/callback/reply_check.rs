//! Checks a reply against what Tencent requires.
//!
//! Required are status 200 and a JSON object with `ActionStatus` "OK", a string
//! `ErrorInfo` and `ErrorCode` 0
//! (<https://cloud.tencent.com/document/product/269/2716>). Before an event other
//! codes are allowed ([`codes`](super::decision::codes)); about friends one `ResultItem` for each is
//! required, and for a signal to a chatbot `RspData`
//! (<https://www.tencentcloud.com/document/product/1047/59057>).

mod decision_check;

use super::command::{SIGNAL, When};
use super::friends::is_about_friends;
use super::json::{self, Json, JsonKind};
use super::trouble::ERROR_INFO;
use super::value::integer;

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
pub fn check_status(status: u16) -> Result<(), String> {
    if status == 200 { Ok(()) } else { Err(format!("the status is {status}, but must be 200")) }
}

/// Checks a reply.
///
/// # Errors
/// All problems, a sentence each, without control characters of the reply.
pub fn check_reply(expected: Expected<'_>, status: u16, body: &[u8]) -> Result<(), Vec<String>> {
    let mut wrong: Vec<_> = check_status(status).err().into_iter().collect();
    match json::read(body) {
        Err(_) if body.trim_ascii().is_empty() => {
            wrong.push("the body is empty, but must be a JSON object".to_owned());
        }
        Err(broken) => {
            let text = String::from_utf8_lossy(body);
            wrong.push(format!("the body {} is not JSON: {broken}", quoted(&text)));
        }
        Ok(json) if json.kind() != JsonKind::Object => {
            wrong.push(format!("the body {} is not a JSON object", quoted(json.raw())));
        }
        Ok(json) => check_fields(expected, json, &mut wrong),
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong) }
}

fn check_fields(expected: Expected<'_>, body: Json<'_>, wrong: &mut Vec<String>) {
    match body.get("ActionStatus") {
        None => wrong.push(missing("ActionStatus", r#""OK""#, body)),
        Some(it) if it.as_str().as_deref() == Some("OK") => {}
        Some(it) => wrong.push(format!(r#"ActionStatus is {}, but must be "OK""#, shown(it))),
    }
    match body.get("ErrorInfo") {
        None => wrong.push(missing("ErrorInfo", "a string, which may be empty", body)),
        Some(it) if it.kind() == JsonKind::String => {}
        Some(it) => wrong.push(format!("ErrorInfo is {}, but must be a string", shown(it))),
    }
    match body.get("ErrorCode") {
        None => wrong.push(missing("ErrorCode", "0", body)),
        Some(it) => match code(it) {
            Some(code) => check_code(expected, code, body, wrong),
            None => wrong.push(format!("ErrorCode is {}, but must be a whole number", shown(it))),
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
        wrong.push(format!("{ERROR_INFO}\"{}\"", escaped(&info, MAX_INFO)));
    }
}

/// A code, which must be a number and not a string.
fn code(value: Json<'_>) -> Option<i64> {
    integer(value).filter(|_| value.kind() == JsonKind::Number)
}

/// Checks the code, and what depends on it.
fn check_code(expected: Expected<'_>, code: i64, body: Json<'_>, wrong: &mut Vec<String>) {
    match expected.kind {
        Kind::Signal if matches!(code, 0 | 1) => match body.get("RspData") {
            Some(it) if it.kind() == JsonKind::String => {}
            Some(it) => wrong.push(format!("RspData is {}, but must be a string", shown(it))),
            None if code == 1 => {}
            None => wrong.push(missing("RspData", "a string: the chatbot gets no answer", body)),
        },
        Kind::Receipt | Kind::Signal if code != 0 => {
            wrong.push(format!("ErrorCode is {code}, but must be 0"));
        }
        Kind::Decision => decision_check::check_code(expected.word, "ErrorCode", code, wrong),
        Kind::DecisionForEach if code != 0 => {
            wrong.push(format!("ErrorCode is {code}, but must be 0: only ResultItem decides"));
        }
        Kind::Receipt | Kind::Signal | Kind::DecisionForEach => {}
    }
}

/// The message that a field is missing, with a similar name if there is one.
fn missing(name: &str, must: &str, body: Json<'_>) -> String {
    let near = body.fields().into_iter().find(|(it, _)| it.eq_ignore_ascii_case(name));
    match near {
        Some((it, _)) => format!("{name} is missing ({it} is not the same), and must be {must}"),
        None => format!("{name} is missing, and must be {must}"),
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
