//! Official accounts.

use super::{
    A, BODY, CLOUD, COMMAND, EVENT_TIME, FACE_URL, Field, INTRODUCTION, MSG_KEY, N, NAME,
    ONLINE_ONLY, OPERATOR, OWNER, S, may, must,
};

const OFFICIAL: Field = must("Official_Account", S);

/// An official account has no id before it is created.
pub(in crate::callback::command) static CREATING: &[Field] =
    &[COMMAND, OPERATOR, OWNER, NAME, EVENT_TIME];

pub(in crate::callback::command) static CREATED: &[Field] =
    &[COMMAND, OPERATOR, OFFICIAL, OWNER, NAME, EVENT_TIME];

pub(in crate::callback::command) static INFO: &[Field] = &[
    COMMAND,
    OFFICIAL,
    OPERATOR,
    INTRODUCTION,
    NAME,
    FACE_URL,
    may("Organization", S),
    EVENT_TIME,
];

pub(in crate::callback::command) static GONE: &[Field] =
    &[COMMAND, OFFICIAL, OWNER, NAME, EVENT_TIME];

pub(in crate::callback::command) static SUBSCRIBERS: &[Field] =
    &[COMMAND, OFFICIAL, OPERATOR, must("SubscribeAccountList", A), EVENT_TIME];

pub(in crate::callback::command) static FULL: &[Field] = &[COMMAND, OFFICIAL, EVENT_TIME];

pub(in crate::callback::command) static SENDING: &[Field] =
    &[COMMAND, OFFICIAL, ONLINE_ONLY, BODY, CLOUD, EVENT_TIME];

pub(in crate::callback::command) static SENT: &[Field] =
    &[COMMAND, OFFICIAL, MSG_KEY, must("MsgTime", N), ONLINE_ONLY, BODY, CLOUD, EVENT_TIME];

pub(in crate::callback::command) static WITHDRAW: &[Field] =
    &[COMMAND, OFFICIAL, must("WithdrawMsgList", A), EVENT_TIME];
