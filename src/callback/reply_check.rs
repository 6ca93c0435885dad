//! Checks a reply against what Tencent requires.
//!
//! Required are status 200 and a JSON object with `ActionStatus` "OK", a string
//! `ErrorInfo` and `ErrorCode` 0
//! (<https://cloud.tencent.com/document/product/269/2716>). Before an event another
//! code is allowed; about friends one `ResultItem` for each is required.

use super::command::{self, When};
use super::json::{self, Json, JsonKind};
use super::value::integer;

/// The maximum number of characters that are quoted of a reply.
const MAX_QUOTED: usize = 40;

/// What a callback requires of its reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// An acknowledgment: code 0.
    Receipt,
    /// A decision: any code; 0 allows the event.
    Decision,
    /// A decision for each user, in `ResultItem`.
    DecisionForEach,
}

impl Expected {
    /// What a callback with this command word requires. An unknown word is read by
    /// Tencent's convention: it contains `CallbackBefore` or `CallbackPrev`.
    pub fn of(word: &str) -> Self {
        if word.starts_with("Sns.CallbackPrev") {
            return Self::DecisionForEach;
        }
        let before = match command::find(word) {
            Some(known) => known.when == When::Before,
            None => word.contains("CallbackBefore") || word.contains("CallbackPrev"),
        };
        if before { Self::Decision } else { Self::Receipt }
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
pub fn check_reply(expected: Expected, status: u16, body: &[u8]) -> Result<(), Vec<String>> {
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

fn check_fields(expected: Expected, body: Json<'_>, wrong: &mut Vec<String>) {
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
        Some(it) if code(it) == Some(0) => {}
        Some(it) if code(it).is_some() && expected != Expected::Receipt => {}
        Some(it) if code(it).is_some() => {
            wrong.push(format!("ErrorCode is {}, but must be 0", shown(it)));
        }
        Some(it) => wrong.push(format!("ErrorCode is {}, but must be a whole number", shown(it))),
    }
    if expected == Expected::DecisionForEach {
        check_items(body, wrong);
    }
}

/// A code, which must be a number and not a string.
fn code(value: Json<'_>) -> Option<i64> {
    integer(value).filter(|_| value.kind() == JsonKind::Number)
}

/// Checks `ResultItem`: an account and a code for each.
fn check_items(body: Json<'_>, wrong: &mut Vec<String>) {
    let items = match body.get("ResultItem") {
        Some(it) if it.kind() == JsonKind::Array => it.items(),
        Some(it) => {
            return wrong.push(format!("ResultItem is {}, but must be an array", shown(it)));
        }
        None => return wrong.push(missing("ResultItem", "an array with an item a user", body)),
    };
    for (nth, item) in items.iter().enumerate() {
        let is = |name, kind| item.get(name).is_some_and(|it| it.kind() == kind);
        if !is("To_Account", JsonKind::String) || !is("ResultCode", JsonKind::Number) {
            wrong.push(format!("ResultItem[{nth}] needs To_Account and ResultCode"));
        }
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
        _ => escaped(json.raw()),
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", escaped(text))
}

/// The start of a text, with control characters escaped.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for (nth, char) in text.trim().chars().enumerate() {
        match char {
            _ if nth == MAX_QUOTED => {
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
mod tests {
    use super::*;

    fn problems(word: &str, status: u16, body: &str) -> String {
        let found = check_reply(Expected::of(word), status, body.as_bytes());
        found.err().unwrap_or_default().join("; ")
    }

    fn after(body: &str) -> String {
        problems("C2C.CallbackAfterSendMsg", 200, body)
    }

    #[test]
    fn the_documented_reply_is_accepted_with_other_fields() {
        assert_eq!(after(r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0}"#), "");
        assert_eq!(after(r#" {"ErrorCode":0,"x":[],"ErrorInfo":"fine","ActionStatus":"OK"}"#), "");
    }

    #[test]
    fn every_problem_is_reported() {
        let ok = r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0}"#;
        assert_eq!(problems("", 500, ok), "the status is 500, but must be 200");
        assert_eq!(after(""), "the body is empty, but must be a JSON object");
        assert_eq!(after("ok"), "the body \"ok\" is not JSON: expected value at line 1 column 1");
        assert_eq!(after("\"OK\""), "the body \"\"OK\"\" is not a JSON object");
        assert_eq!(
            after(r#"{"ActionStatus":"FAIL","ErrorInfo":null,"ErrorCode":1}"#),
            "ActionStatus is \"FAIL\", but must be \"OK\"; \
             ErrorInfo is null, but must be a string; ErrorCode is 1, but must be 0"
        );
        assert_eq!(
            after(r#"{"actionStatus":"OK","ErrorCode":"0"}"#),
            "ActionStatus is missing (actionStatus is not the same), and must be \"OK\"; \
             ErrorInfo is missing, and must be a string, which may be empty; \
             ErrorCode is \"0\", but must be a whole number"
        );
    }

    #[test]
    fn a_decision_may_have_any_code() {
        let denied = r#"{"ActionStatus":"OK","ErrorInfo":"no","ErrorCode":120001}"#;
        assert_eq!(problems("C2C.CallbackBeforeSendMsg", 200, denied), "");
        assert_eq!(problems("Group.CallbackBeforeUnknown", 200, denied), "");
        assert_eq!(after(denied), "ErrorCode is 120001, but must be 0");
    }

    #[test]
    fn replies_about_friends_need_an_item_for_each() {
        let word = "Sns.CallbackPrevFriendAdd";
        let bare = r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0"#;
        assert_eq!(
            problems(word, 200, &format!("{bare}}}")),
            "ResultItem is missing, and must be an array with an item a user"
        );
        let items = r#","ResultItem":[{"To_Account":"id1","ResultCode":0},{"To_Account":1}]}"#;
        assert_eq!(
            problems(word, 200, &format!("{bare}{items}")),
            "ResultItem[1] needs To_Account and ResultCode"
        );
    }

    #[test]
    fn quoted_text_has_no_control_characters() {
        let text = after("\u{1b}[2J\u{202e}evil");
        assert!(text.contains(r"\u{1b}[2J\u{202e}evil"), "{text}");
    }
}
