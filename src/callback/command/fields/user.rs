//! Logins, profiles, friends and followers.

use super::{A, COMMAND, EVENT_TIME, FROM, Field, N, O, OPERATOR, S, may, must};

pub(in crate::callback::command) static STATE: &[Field] =
    &[COMMAND, EVENT_TIME, must("Info", O), may("KickedDevice", A)];

pub(in crate::callback::command) static PROFILE: &[Field] =
    &[COMMAND, OPERATOR, FROM, must("ProfileItem", A), EVENT_TIME];

pub(in crate::callback::command) static FRIEND_ASKED: &[Field] = &[
    COMMAND,
    may("Requester_Account", S),
    FROM,
    must("FriendItem", A),
    may("AddType", S),
    may("ForceAddFlags", N),
    EVENT_TIME,
];

pub(in crate::callback::command) static FRIEND_ANSWERED: &[Field] =
    &[COMMAND, may("Requester_Account", S), FROM, must("ResponseFriendItem", A), EVENT_TIME];

pub(in crate::callback::command) static FRIENDS: &[Field] = &[
    COMMAND,
    must("PairList", A),
    may("ClientCmd", S),
    may("Admin_Account", S),
    may("ForceFlag", N),
    EVENT_TIME,
];

pub(in crate::callback::command) static PAIRS: &[Field] =
    &[COMMAND, must("PairList", A), EVENT_TIME];

pub(in crate::callback::command) static FOLLOW: &[Field] =
    &[COMMAND, FROM, must("FollowList", A), EVENT_TIME];

pub(in crate::callback::command) static UNFOLLOW: &[Field] =
    &[COMMAND, FROM, must("To_Account", A), EVENT_TIME];
