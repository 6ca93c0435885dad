//! Pushes, content checks and alerts.

use super::{A, CLOUD, COMMAND, EVENT_TIME, Field, N, NS, O, S, may, must};

/// A batch: each event names its own command, the body does not.
pub(in crate::callback::command) static PUSH: &[Field] =
    &[may("CallbackCommand", S), must("Events", A)];

/// The body does not name the command. `MsgID` is absent if the message was
/// stopped; it is a `MsgKey`, of group messages a `MsgSeq`.
pub(in crate::callback::command) static CONTENT: &[Field] = &[
    may("CallbackCommand", S),
    may("Scene", S),
    may("SdkAppId", NS),
    may("From_Account", S),
    may("ContactItem", O),
    may("ContentType", S),
    may("TextContent", A),
    may("FileURL", S),
    may("MsgID", NS),
    must("CtxcbResult", N),
    may("CtxcbRequestId", S),
    may("CtxcbKeywords", A),
    may("CtxcbSuggestion", S),
    may("CtxcbLabel", S),
    may("CtxcbSubLabel", S),
    may("CtxcbSubLabelDesc", S),
    may("CtxcbLibName", S),
    CLOUD,
    EVENT_TIME,
];

pub(in crate::callback::command) static ALERT: &[Field] = &[
    COMMAND,
    must("ServiceName", S),
    must("Command", S),
    must("Request", N),
    must("Limit", N),
    EVENT_TIME,
];
