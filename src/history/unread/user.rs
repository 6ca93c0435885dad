//! The unread count of one user, and which of two changes of it is the newer one.

use std::sync::Arc;

use crate::callback::Timestamp;

/// The latest unread count of one user.
#[derive(Debug, Clone)]
pub struct UserUnread {
    /// The length of the application as a character, the application, and the user id.
    pub(super) key: Arc<str>,
    /// The number of unread messages.
    pub count: u32,
    /// When the count was received.
    pub at: Timestamp,
    /// The second of the count; 0 while none is known.
    second: i64,
    /// Whether `second` is the time of the count itself.
    has_time: bool,
    /// A hash of the sender of its message, and its `MsgSeq`.
    message: Option<(u64, u64)>,
    /// The second of the latest change without a count; `i64::MIN` without one since the
    /// count.
    doubt: i64,
}

/// What became of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::history) enum Applied {
    /// The count is that of the change.
    Set,
    /// The change has no count: the one before it is doubtful.
    Doubtful,
    /// The change is older than the count, and was ignored.
    Older,
}

impl UserUnread {
    /// The count 0, before any change.
    pub(in crate::history) fn new(key: Arc<str>, at: Timestamp) -> Self {
        Self { key, count: 0, at, second: 0, has_time: false, message: None, doubt: i64::MIN }
    }

    /// Applies a change, unless it is older than the count. `time` is the second of its
    /// count, if it has one, and `message` a hash of the sender of its message, and its
    /// `MsgSeq`.
    pub(in crate::history) fn change(
        &mut self,
        count: Option<u32>,
        time: Option<i64>,
        message: Option<(u64, u64)>,
        at: Timestamp,
    ) -> Applied {
        // Without a time of its own it has that of the gauge.
        let second = time.unwrap_or_else(|| self.second.max(self.doubt));
        if self.is_after(second, message) {
            return Applied::Older;
        }
        let Some(count) = count else {
            self.doubt = self.doubt.max(second);
            return Applied::Doubtful;
        };
        (self.count, self.at) = (count, at);
        (self.second, self.message) = (second, message);
        self.has_time = time.is_some();
        if self.doubt <= second {
            self.doubt = i64::MIN;
        }
        Applied::Set
    }

    /// The user id.
    pub fn user(&self) -> &str {
        self.parts().1
    }

    /// The user's application, empty if it is not named.
    pub fn app(&self) -> &str {
        self.parts().0
    }

    fn parts(&self) -> (&str, &str) {
        let mut rest = self.key.chars();
        let length = rest.next().map_or(0, |it| it as usize);
        rest.as_str().split_at_checked(length).unwrap_or_default()
    }

    /// When the count was true, in seconds since the Unix epoch: by Tencent's clock,
    /// `MsgTime` of a message, or the time of the event that read it; the arrival if it
    /// has no time.
    pub fn time(&self) -> i64 {
        if self.has_time { self.second } else { self.at.secs() }
    }

    /// Whether the count has changed since, in a callback that does not have it.
    pub fn is_doubtful(&self) -> bool {
        self.doubt != i64::MIN
    }

    /// Whether the count is newer than a change.
    fn is_after(&self, second: i64, message: Option<(u64, u64)>) -> bool {
        let in_sequence = |((sender, seq), (other, other_seq))| sender == other && seq < other_seq;
        second < self.second
            || second == self.second && message.zip(self.message).is_some_and(in_sequence)
    }
}
