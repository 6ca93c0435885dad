//! Checks the fields of a decision.

use super::{code, missing, quoted, shown};
use crate::callback::decision::codes;
use crate::callback::friends::{INVITE, friends};
use crate::callback::json::{self, Json, JsonKind};
use crate::callback::value;

/// The maximum number of friends that are named.
const MAX_NAMED: usize = 3;

/// Checks a code of a decision; `name` is where it stands.
pub(super) fn check_code(word: &str, name: &str, code: i64, wrong: &mut Vec<String>) {
    let Some(codes) = codes(word) else { return };
    if !codes.contains(code) {
        wrong.push(format!("{name} is {code}, but must be {}", codes.text()));
    }
}

/// Checks what a decision has besides its code.
pub(super) fn check_extras(word: &str, code: i64, body: Json<'_>, wrong: &mut Vec<String>) {
    let extras: &[(&str, JsonKind, &str)] = match word {
        INVITE => &[("RefusedMembers_Account", JsonKind::Array, "an array")],
        _ if codes(word).is_some_and(|it| it.is_message) => &[
            ("MsgBody", JsonKind::Array, "an array"),
            ("CloudCustomData", JsonKind::String, "a string"),
        ],
        _ => return,
    };
    for (name, kind, must) in extras {
        match body.get(name) {
            Some(it) if it.kind() != *kind => {
                wrong.push(format!("{name} is {}, but must be {must}", shown(it)));
            }
            Some(_) if code != 0 => {
                wrong.push(format!("{name} has no effect with ErrorCode {code}, only with 0"));
            }
            _ => {}
        }
    }
}

/// Checks `ResultItem`: an account and a code for each friend of the callback.
pub(super) fn check_items(word: &str, request: &[u8], body: Json<'_>, wrong: &mut Vec<String>) {
    let items = match body.get("ResultItem") {
        Some(it) if it.kind() == JsonKind::Array => it.items(),
        Some(it) => {
            return wrong.push(format!("ResultItem is {}, but must be an array", shown(it)));
        }
        None => return wrong.push(missing("ResultItem", "an array with an item a user", body)),
    };
    let mut answered = Vec::new();
    for (nth, item) in items.iter().enumerate() {
        let account = item.get("To_Account").filter(|it| it.kind() == JsonKind::String);
        let code = item.get("ResultCode").and_then(code);
        answered.extend(account.and_then(Json::as_str));
        match code {
            Some(code) if account.is_some() => {
                check_code(word, &format!("ResultCode of ResultItem[{nth}]"), code, wrong);
            }
            _ => wrong.push(format!("ResultItem[{nth}] needs To_Account and ResultCode")),
        }
    }
    let request = json::read(request).ok();
    let friends = request.map(|it| friends(word, it)).unwrap_or_default();
    let missing: Vec<_> = friends.iter().filter(|it| !answered.contains(*it)).collect();
    let mut named: Vec<_> = missing.iter().take(MAX_NAMED).map(|it| quoted(it)).collect();
    if let more @ 1.. = missing.len().saturating_sub(MAX_NAMED) {
        named.push(format!("{more} more"));
    }
    if !named.is_empty() {
        wrong.push(format!("ResultItem has no item for {}", named.join(", ")));
    }
}

/// Whether a decision denies: the event, or that of one of its users.
pub(super) fn denies(body: Json<'_>) -> bool {
    let denies = |it: Option<Json<'_>>| it.and_then(value::integer).is_some_and(|it| it != 0);
    let items = body.get("ResultItem").map(Json::items).unwrap_or_default();
    denies(body.get("ErrorCode")) || items.iter().any(|it| denies(it.get("ResultCode")))
}
