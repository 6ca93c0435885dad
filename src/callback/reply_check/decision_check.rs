//! Checks the fields of a decision.

use super::{code, missing, quoted, shown};
use crate::callback::decision::{REPLACED, codes};
use crate::callback::friends::{INVITE, friends};
use crate::callback::json::{self, Json, JsonKind};
use crate::callback::lang::Lang;
use crate::callback::value;

/// The maximum number of friends that are named.
const MAX_NAMED: usize = 3;

/// Checks a code of a decision; `name` is where it stands.
pub(super) fn check_code(word: &str, name: &str, code: i64, wrong: &mut Vec<String>) {
    let Some(codes) = codes(word) else { return };
    if !codes.contains(code) {
        wrong.push(format!("{name} is {code}, but must be {}", codes.text(Lang::En)));
    }
}

/// Checks the code of a decision for a second value, and what it has besides.
pub(super) fn check_extras(word: &str, body: Json<'_>, wrong: &mut Vec<String>) {
    let codes_found = body.pairs().filter(|(name, _)| name.is("ErrorCode")).count();
    if codes_found > 1 {
        wrong.push(format!("ErrorCode occurs {codes_found} times"));
    }
    let extras: &[(&str, JsonKind)] = match word {
        INVITE => &[("RefusedMembers_Account", JsonKind::Array)],
        _ if codes(word).is_some_and(|it| it.is_message) => &REPLACED,
        _ => return,
    };
    let code = body.get("ErrorCode").and_then(value::code);
    for (name, kind) in extras {
        let Some(it) = body.get(name) else { continue };
        let is_account_list = || it.each_item().all(|it| it.kind() == JsonKind::String);
        if it.kind() != *kind {
            let must = if *kind == JsonKind::Array { "an array" } else { "a string" };
            wrong.push(format!("{name} is {}, but must be {must}", shown(it)));
        } else if word == INVITE && !is_account_list() {
            wrong.push(format!("{name} is {}, but must be an array of strings", shown(it)));
        }
        if let Some(code @ (..=-1 | 1..)) = code {
            wrong.push(format!("{name} has no effect with ErrorCode {code}, only with 0"));
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
