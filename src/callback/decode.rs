//! What a delivery means. Total: decoding never fails.
//!
//! A call this version does not know is shown by its name, a body that is not
//! JSON by the place of its error; neither is an error here.

use std::borrow::Cow;

use super::command::Command;
use super::delivery::Delivery;
use super::json::{Broken, Json};
use super::message::Element;
use super::oddity::Oddity;
use super::query::Query;
use super::time::Micros;

/// What a delivery means. Borrowed from the delivery; nothing is converted
/// that was not asked for.
#[derive(Debug, Clone)]
pub struct Callback<'a> {
    /// What the query tells.
    pub query: Query<'a>,
    /// The command word: of the query, else of the body, else of the first
    /// event of a batch; empty if there is none.
    pub word: Cow<'a, str>,
    /// The command, if this version knows the word.
    pub command: Option<&'static Command>,
    /// The body, or why it is not JSON. An empty body is [`Broken`] too.
    pub body: Result<Json<'a>, Broken>,
    /// The fields of the body in their order, doubles included.
    pub fields: Vec<(Cow<'a, str>, Json<'a>)>,
    /// Who acted.
    pub from: Option<Cow<'a, str>>,
    /// To whom: a user, or the group.
    pub to: Option<Cow<'a, str>>,
    /// Whether `to` is a group (or a room) and not a user.
    pub to_group: bool,
    /// `MsgTime`, seconds since the Unix epoch.
    pub msg_time: Option<i64>,
    /// `MsgSeq`.
    pub msg_seq: Option<u64>,
    /// `MsgKey`: `MsgSeq_MsgRandom_MsgTime`.
    pub msg_key: Option<Cow<'a, str>>,
    /// `SendMsgResult`, or the `ErrorCode` of `Group.CallbackSendMsgException`,
    /// or the first `ErrCode` other than 0 of a push batch. 0 is success.
    pub result: Option<i64>,
    /// What stands beside the result as text.
    pub error_info: Option<Cow<'a, str>>,
    /// The unread count this callback reports.
    pub unread: Option<Unread<'a>>,
    /// `OnlineOnlyFlag` = 1: not stored, only for users who are online.
    pub online_only: bool,
    /// The elements of `MsgBody`.
    pub elements: Vec<Element<'a>>,
    /// What is odd about the call.
    pub oddities: Vec<Oddity<'a>>,
}

/// How many one-to-one messages a user has not read, over all conversations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread<'a> {
    /// Whose count it is.
    pub user: Cow<'a, str>,
    /// The count.
    pub count: u32,
    /// When it was true, to be compared: seconds since the Unix epoch, then
    /// `MsgSeq` (or `u64::MAX` for what is no message and so comes after the
    /// messages of its second).
    pub order: (i64, u64),
}

/// What a delivery means.
pub fn decode(delivery: &Delivery) -> Callback<'_> {
    let _ = (delivery, Micros(0));
    unimplemented!()
}
