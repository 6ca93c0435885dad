//! The documented decisions of "before" commands: the codes of each family, and the
//! fields that are allowed with them.

use std::borrow::Cow;

use super::{code, missing, quoted, shown};
use crate::callback::command::{self, Family};
use crate::callback::json::{self, Json, JsonKind};
use crate::callback::value;

/// The maximum number of friends that are named.
const MAX_NAMED: usize = 3;

/// Which decisions about an event are documented.
struct Decisions {
    /// Codes of the app's own, which deny and are passed to the client.
    own: (i64, i64),
    /// Whether the code 2 drops a message silently, and the message can be replaced.
    about_message: bool,
}

/// The documented decisions of a command; `None` if they are not documented.
fn decisions(word: &str) -> Option<Decisions> {
    let own = match command::find(word)?.family {
        Family::OneToOne | Family::Official => (120_001, 130_000),
        Family::Group => (10_100, 10_200),
        Family::Friends => (38_000, 39_000),
        Family::Live if word == "Live.CallbackBeforeSendGift" => (102_100, 102_200),
        _ => return None,
    };
    Some(Decisions { own, about_message: word.ends_with(".CallbackBeforeSendMsg") })
}

/// Checks a code of a decision; `name` is where it stands.
pub(super) fn check_code(word: &str, name: &str, code: i64, wrong: &mut Vec<String>) {
    let Some(Decisions { own: (first, last), about_message }) = decisions(word) else { return };
    let is_known = matches!(code, 0 | 1) || (about_message && code == 2);
    if !is_known && !(first..=last).contains(&code) {
        let known = if about_message { "0, 1, 2" } else { "0, 1" };
        wrong.push(format!("{name} is {code}, but must be {known} or {first} to {last}"));
    }
}

/// Checks what a decision has besides its code.
pub(super) fn check_extras(word: &str, code: i64, body: Json<'_>, wrong: &mut Vec<String>) {
    let extras: &[(&str, JsonKind, &str)] = match word {
        "Group.CallbackBeforeInviteJoinGroup" => {
            &[("RefusedMembers_Account", JsonKind::Array, "an array")]
        }
        _ if decisions(word).is_some_and(|it| it.about_message) => &[
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

/// The accounts that a callback about friends must be answered for.
pub(super) fn friends<'a>(word: &str, request: Json<'a>) -> Vec<Cow<'a, str>> {
    let field = match word {
        "Sns.CallbackPrevFriendAdd" => "FriendItem",
        "Sns.CallbackPrevFriendResponse" => "ResponseFriendItem",
        _ => return Vec::new(),
    };
    let items = request.get(field).map(Json::items).unwrap_or_default();
    let accounts = items.into_iter().map(|it| it.get("To_Account"));
    accounts.filter_map(|it| value::string_or_number(it?)).collect()
}

/// Whether a decision denies: the event, or that of one of its users.
pub(super) fn denies(body: Json<'_>) -> bool {
    let denies = |it: Option<Json<'_>>| it.and_then(value::integer).is_some_and(|it| it != 0);
    let items = body.get("ResultItem").map(Json::items).unwrap_or_default();
    denies(body.get("ErrorCode")) || items.iter().any(|it| denies(it.get("ResultCode")))
}
