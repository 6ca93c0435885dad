//! Reads the unread count that a callback reports.

use std::borrow::Cow;

use super::Callback;
use crate::callback::timestamp::Timestamp;
use crate::callback::value::{integer, seconds};

/// The number of one-to-one messages that a user has not read, over all
/// conversations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread<'a> {
    /// The account whose count it is.
    pub user: Cow<'a, str>,
    /// The count.
    pub count: u32,
    /// When the count was true; the greatest is the newest. Seconds since the
    /// Unix epoch, then `MsgSeq`, or `u64::MAX` for a callback that is not about
    /// a message: it comes after the messages of its second.
    pub order: (i64, u64),
}

impl<'a> Callback<'a> {
    pub(super) fn read_unread(&self, arrival: Timestamp) -> Option<Unread<'a>> {
        let count = || u32::try_from(integer(self.field("UnreadMsgNum")?)?).ok();
        let event_time = self.event_time();
        let (user, count, order) = match &*self.word {
            "C2C.CallbackAfterSendMsg" | "Bot.OnC2CMessage" => {
                let time = self.msg_time.unwrap_or_else(|| arrival.secs());
                (self.to.clone()?, count()?, (time, self.msg_seq.unwrap_or_default()))
            }
            // The time of the report rather than that of the newest message
            // read: the count was true when it was reported.
            "C2C.CallbackAfterMsgReport" => {
                let read = || self.field("LastReadTime").and_then(integer).map(seconds);
                (self.from.clone()?, count()?, (event_time.or_else(read)?, u64::MAX))
            }
            "C2C.CallbackAfterMsgWithDraw" => {
                let time = event_time.unwrap_or_else(|| arrival.secs());
                (self.to.clone()?, count()?, (time, u64::MAX))
            }
            "C2C.CallbackAfterMsgReadAll" => {
                let time = event_time.unwrap_or_else(|| arrival.secs());
                (self.from.clone()?, 0, (time, u64::MAX))
            }
            _ => return None,
        };
        Some(Unread { user, count, order })
    }
}
