//! Callbacks that are answered for each of their users.

use std::borrow::Cow;

use super::json::Json;
use super::value;

/// The command that asks about the members of an invitation.
pub const INVITE: &str = "Group.CallbackBeforeInviteJoinGroup";

/// Whether the reply to a command needs an item for each friend.
pub fn is_about_friends(word: &str) -> bool {
    word.starts_with("Sns.CallbackPrev")
}

/// The field of a callback about friends that lists them; `None` for any other
/// command.
fn field(word: &str) -> Option<&'static str> {
    match word {
        "Sns.CallbackPrevFriendAdd" => Some("FriendItem"),
        "Sns.CallbackPrevFriendResponse" => Some("ResponseFriendItem"),
        _ => None,
    }
}

/// The accounts that a callback about friends must be answered for; empty for any
/// other command.
pub fn friends<'a>(word: &str, request: Json<'a>) -> Vec<Cow<'a, str>> {
    let items = field(word).and_then(|it| request.get(it)).map(Json::items).unwrap_or_default();
    let accounts = items.into_iter().map(|it| it.get("To_Account"));
    accounts.filter_map(|it| value::string_or_number(it?)).collect()
}
