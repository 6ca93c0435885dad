//! Reads what a callback reports about an unread count.

use std::borrow::Cow;

use super::Callback;
use crate::callback::timestamp::{MAX_CLOCK_SKEW, Timestamp};
use crate::callback::value::{integer, is_time};

/// A change of the number of one-to-one messages that a user has not read, over all
/// conversations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread<'a> {
    /// The account whose count it is.
    pub user: Cow<'a, str>,
    /// The new count; `None` if the callback does not have it.
    pub count: Option<u32>,
    /// When it changed, in seconds since the Unix epoch by Tencent's clock. `None` if
    /// the callback has no such time, or one that is more than [`MAX_CLOCK_SKEW`] after
    /// its arrival.
    pub time: Option<i64>,
    /// Sender and `MsgSeq` of a message: its place within the second.
    pub message: Option<(Cow<'a, str>, u64)>,
}

impl<'a> Callback<'a> {
    pub(super) fn read_unread(&self, arrival: Timestamp) -> Option<Unread<'a>> {
        let count =
            || self.field("UnreadMsgNum").and_then(integer).and_then(|it| it.try_into().ok());
        let (user, count, time) = match &*self.word {
            "C2C.CallbackAfterSendMsg" | "Bot.OnC2CMessage" => {
                let count = count();
                // A message that was not delivered or is not stored changes no count.
                let is_counted = self.result.unwrap_or(0) == 0 && !self.online_only;
                if count.is_none() && !is_counted {
                    return None;
                }
                (&self.to, count, self.msg_time)
            }
            // Not `LastReadTime`, which is that of the newest message read: it may be
            // long before the report.
            "C2C.CallbackAfterMsgReport" => (&self.from, count(), self.event_time()),
            "C2C.CallbackAfterMsgWithDraw" => (&self.to, count(), self.event_time()),
            "C2C.CallbackAfterMsgReadAll" => (&self.from, Some(0), self.event_time()),
            _ => return None,
        };
        let latest = arrival.secs().saturating_add(MAX_CLOCK_SKEW);
        let time = time.filter(|it| is_time(*it) && *it <= latest);
        let message = self.msg_seq.and_then(|seq| Some((self.from.clone()?, seq)));
        Some(Unread { user: user.clone()?, count, time, message })
    }
}
