//! Whether a reply is what Tencent requires, and if not, every reason why.
//!
//! The rules: HTTP 200, a JSON object, and the three required fields
//! `ActionStatus` "OK", `ErrorInfo` a string, `ErrorCode` 0 (document 269/2716).
//! The answer to a question may carry another code; the answers about friends
//! need one `ResultItem` for each of them.

use super::command::{self, When};
use super::json::{self, Json, Kind};

/// How many characters of a strange reply are quoted.
const QUOTED: usize = 40;

/// What a callback expects of its reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// A sign that it was received: nothing depends on the code.
    Receipt,
    /// A decision: any code, 0 allows.
    Decision,
    /// A decision for each user, in `ResultItem`.
    DecisionForEach,
}

impl Expected {
    /// What a callback with this command word expects. An unknown word is
    /// judged by its name, as Tencent's words tell when they come.
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

/// Whether a reply is what Tencent requires.
///
/// # Errors
/// Everything that is wrong with it, a sentence each. What is quoted of the
/// reply is free of control codes.
pub fn check_reply(expected: Expected, status: u16, body: &[u8]) -> Result<(), Vec<String>> {
    let mut wrong = Vec::new();
    if status != 200 {
        wrong.push(format!("the status is {status}, but must be 200"));
    }
    match json::read(body) {
        Err(_) if body.trim_ascii().is_empty() => {
            wrong.push("the body is empty, but must be a JSON object".to_owned());
        }
        Err(broken) => {
            let text = String::from_utf8_lossy(body);
            wrong.push(format!("the body {} is not JSON: {broken}", quoted(&text)));
        }
        Ok(json) if json.kind() != Kind::Object => {
            wrong.push(format!("the body {} is no JSON object", quoted(json.text())));
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
        Some(it) if it.kind() == Kind::String => {}
        Some(it) => wrong.push(format!("ErrorInfo is {}, but must be a string", shown(it))),
    }
    match body.get("ErrorCode") {
        None => wrong.push(missing("ErrorCode", "0", body)),
        Some(it) if it.as_i64() == Some(0) => {}
        Some(it) if it.as_i64().is_some() && expected != Expected::Receipt => {}
        Some(it) if it.as_i64().is_some() => {
            wrong.push(format!("ErrorCode is {}, but must be 0", shown(it)));
        }
        Some(it) => wrong.push(format!("ErrorCode is {}, but must be a whole number", shown(it))),
    }
    if expected == Expected::DecisionForEach {
        check_items(body, wrong);
    }
}

/// `ResultItem`: whom it is about, and the code for each.
fn check_items(body: Json<'_>, wrong: &mut Vec<String>) {
    let items = match body.get("ResultItem") {
        Some(it) if it.kind() == Kind::Array => it.items(),
        Some(it) => {
            return wrong.push(format!("ResultItem is {}, but must be an array", shown(it)));
        }
        None => return wrong.push(missing("ResultItem", "an array with an item a user", body)),
    };
    for (nth, item) in items.iter().enumerate() {
        let is = |name, kind| item.get(name).is_some_and(|it| it.kind() == kind);
        if !is("To_Account", Kind::String) || !is("ResultCode", Kind::Number) {
            wrong.push(format!("ResultItem[{nth}] needs To_Account and ResultCode"));
        }
    }
}

/// That a field is missing; with a hint where it is only written otherwise.
fn missing(name: &str, must: &str, body: Json<'_>) -> String {
    let near = body.fields().into_iter().find(|(it, _)| it.eq_ignore_ascii_case(name));
    match near {
        Some((it, _)) => format!("{name} is missing ({it} is not the same), and must be {must}"),
        None => format!("{name} is missing, and must be {must}"),
    }
}

fn shown(json: Json<'_>) -> String {
    match json.kind() {
        Kind::String => quoted(&json.as_str().unwrap_or_default()),
        _ => escaped(json.text()),
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", escaped(text))
}

/// The start of a text, without anything a terminal would obey.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for (nth, char) in text.trim().chars().enumerate() {
        match char {
            _ if nth == QUOTED => {
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

    fn wrong(word: &str, status: u16, body: &str) -> String {
        let found = check_reply(Expected::of(word), status, body.as_bytes());
        found.err().unwrap_or_default().join("; ")
    }

    fn after(body: &str) -> String {
        wrong("C2C.CallbackAfterSendMsg", 200, body)
    }

    #[test]
    fn the_documented_reply_is_right_whatever_else_it_holds() {
        assert_eq!(after(r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0}"#), "");
        assert_eq!(after(r#" {"ErrorCode":0,"x":[],"ErrorInfo":"fine","ActionStatus":"OK"}"#), "");
    }

    #[test]
    fn each_mistake_is_named() {
        let ok = r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0}"#;
        assert_eq!(wrong("", 500, ok), "the status is 500, but must be 200");
        assert_eq!(after(""), "the body is empty, but must be a JSON object");
        assert_eq!(after("ok"), "the body \"ok\" is not JSON: expected value at line 1 column 1");
        assert_eq!(after("\"OK\""), "the body \"\"OK\"\" is no JSON object");
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
    fn a_decision_may_carry_any_code() {
        let denied = r#"{"ActionStatus":"OK","ErrorInfo":"no","ErrorCode":120001}"#;
        assert_eq!(wrong("C2C.CallbackBeforeSendMsg", 200, denied), "");
        assert_eq!(wrong("Group.CallbackBeforeNobodyKnows", 200, denied), "");
        assert_eq!(after(denied), "ErrorCode is 120001, but must be 0");
    }

    #[test]
    fn answers_about_friends_need_an_item_for_each() {
        let word = "Sns.CallbackPrevFriendAdd";
        let bare = r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0"#;
        assert_eq!(
            wrong(word, 200, &format!("{bare}}}")),
            "ResultItem is missing, and must be an array with an item a user"
        );
        let items = r#","ResultItem":[{"To_Account":"id1","ResultCode":0},{"To_Account":1}]}"#;
        assert_eq!(
            wrong(word, 200, &format!("{bare}{items}")),
            "ResultItem[1] needs To_Account and ResultCode"
        );
    }

    #[test]
    fn what_is_quoted_cannot_move_the_cursor() {
        let said = after("\u{1b}[2J\u{202e}evil");
        assert!(said.contains(r"\u{1b}[2J\u{202e}evil"), "{said}");
    }
}
