//! Checks the fields of a decision.

use super::{code, missing, quoted, shown};
use crate::callback::decision::{REPLACED, codes};
use crate::callback::friends::{INVITE, friends};
use crate::callback::json::{self, Json, JsonKind};
use crate::callback::lang::Lang;
use crate::callback::trouble::{self, Trouble, reason};
use crate::callback::value;

/// The maximum number of friends that are named.
const MAX_NAMED: usize = 3;

/// Checks a code of a decision; `name` is where it stands.
pub(super) fn check_code(word: &str, name: &str, code: i64, wrong: &mut Vec<Trouble>) {
    let Some(codes) = codes(word) else { return };
    if !codes.contains(code) {
        wrong.push(trouble::differs(name, code, codes.text(Lang::En)));
    }
}

/// Checks the code of a decision for a second value, and what it has besides.
pub(super) fn check_extras(word: &str, body: Json<'_>, wrong: &mut Vec<Trouble>) {
    let codes_found = body.pairs().filter(|(name, _)| name.is("ErrorCode")).count();
    if codes_found > 1 {
        wrong.push(trouble::code_repeated(codes_found));
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
            let is_array = *kind == JsonKind::Array;
            let must = if is_array { reason::an_array() } else { reason::a_string() };
            wrong.push(trouble::differs(name, shown(it), must));
        } else if word == INVITE && !is_account_list() {
            wrong.push(trouble::differs(name, shown(it), reason::an_array_of_strings()));
        }
        if let Some(code @ (..=-1 | 1..)) = code {
            wrong.push(trouble::no_effect(name, code));
        }
    }
}

/// Checks `ResultItem`: an account and a code for each friend of the callback.
pub(super) fn check_items(word: &str, request: &[u8], body: Json<'_>, wrong: &mut Vec<Trouble>) {
    let items = match body.get("ResultItem") {
        Some(it) if it.kind() == JsonKind::Array => it.items(),
        Some(it) => {
            return wrong.push(trouble::differs("ResultItem", shown(it), reason::an_array()));
        }
        None => return wrong.push(missing("ResultItem", reason::an_array_of_items(), body)),
    };
    let mut answered = Vec::new();
    for (nth, item) in items.iter().enumerate() {
        let account = item.get("To_Account").filter(|it| it.kind() == JsonKind::String);
        let code = item.get("ResultCode").and_then(code);
        answered.extend(account.and_then(Json::as_str));
        match code {
            Some(code) if account.is_some() => {
                check_code(word, &reason::code_of_item(nth), code, wrong);
            }
            _ => wrong.push(trouble::incomplete_item(nth)),
        }
    }
    let request = json::read(request).ok();
    let friends = request.map(|it| friends(word, it)).unwrap_or_default();
    let missing: Vec<_> = friends.iter().filter(|it| !answered.contains(*it)).collect();
    let named: Vec<_> = missing.iter().take(MAX_NAMED).map(|it| quoted(it)).collect();
    match missing.len() {
        0 => {}
        1..=MAX_NAMED => wrong.push(trouble::item_missing(named.join(", "))),
        all => wrong.push(trouble::items_missing(named.join(", "), all - MAX_NAMED)),
    }
}
