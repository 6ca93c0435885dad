//! The unread count of each user: a gauge, never a sum.
//!
//! `UnreadMsgNum` counts a user's one-to-one messages over all conversations
//! (<https://cloud.tencent.com/document/product/269/2716>), so it belongs to the
//! user and not to a chat. A late callback must not overwrite a newer one:
//!
//! 1. The later second is the newer one: `MsgTime` of a message, `EventTime` of a read
//!    or a recall, both of Tencent's clock.
//! 2. Within a second, `MsgSeq` orders the messages of one sender.
//! 3. All else within a second is ordered by arrival: `MsgSeq` is each sender's own, and
//!    `MsgTime` has no fractions.
//! 4. What has no time, or one that has not come yet, is ordered by arrival: it is put
//!    into the second of the gauge. Our own clock is in no comparison of times.
//! 5. What is newer and has no count leaves the number and makes it doubtful, until
//!    there is a count of the same second or a later one.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use std::hash::BuildHasher as _;
use std::sync::Arc;

use foldhash::quality::RandomState;

use super::memory::{ARC_OVERHEAD, TableSize};
use crate::callback::Timestamp;
use crate::callback::decode;

/// The maximum number of users; above it the one with the lowest count is
/// removed.
const MAX_USERS: usize = 200_000;

/// The maximum length of a user id and of an application in bytes. Tencent's user ids
/// have up to 32 (its SDK refuses longer ones with code 7003), and a gauge is kept until
/// it is the lowest of [`MAX_USERS`].
const MAX_NAME: usize = 128;

/// The estimated memory use of a user in bytes, with an id of that length.
const USER_BYTES: usize = 256;

/// The unread counts of all users, highest first.
#[derive(Debug, Clone)]
pub struct Unread {
    max_users: usize,
    /// Indices of `gauges`.
    indices: HashMap<Arc<str>, u32, RandomState>,
    /// The key that was looked up last; a buffer.
    key: String,
    /// Whether there have been gauges of more than one application.
    has_several_apps: bool,
    gauges: Vec<UserUnread>,
    /// Count and index of each gauge, highest count first.
    ranked: BTreeSet<(Reverse<u32>, u32)>,
    text_bytes: usize,
    table: TableSize,
}

/// The latest unread count of one user.
#[derive(Debug, Clone)]
pub struct UserUnread {
    /// The length of the application as a character, the application, and the user id.
    key: Arc<str>,
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

impl UserUnread {
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

    /// The second of a change; without a time of its own that of the gauge.
    fn second_of(&self, change: &decode::Unread<'_>) -> i64 {
        change.time.unwrap_or_else(|| self.second.max(self.doubt))
    }

    /// Whether the count is newer than a change.
    fn is_after(&self, second: i64, message: Option<(u64, u64)>) -> bool {
        let in_sequence = |((sender, seq), (other, other_seq))| sender == other && seq < other_seq;
        second < self.second
            || second == self.second && message.zip(self.message).is_some_and(in_sequence)
    }
}

impl Unread {
    /// Space for as many users as fit into about `bytes`.
    pub(super) fn with_limit(bytes: usize) -> Self {
        Self {
            max_users: MAX_USERS.min(bytes / USER_BYTES).max(1),
            indices: HashMap::default(),
            key: String::new(),
            has_several_apps: false,
            gauges: Vec::new(),
            ranked: BTreeSet::new(),
            text_bytes: 0,
            table: TableSize::default(),
        }
    }

    /// Applies a change of the count of a user of an application; ignored if it is older
    /// than the count.
    pub(super) fn apply(&mut self, app: &str, change: &decode::Unread<'_>, at: Timestamp) {
        if MAX_NAME < app.len().max(change.user.len()) {
            return;
        }
        let mut key = std::mem::take(&mut self.key);
        write_key(&mut key, app, &change.user);
        let index = match (self.indices.get(&*key), change.count) {
            (Some(&index), _) => Some(index),
            (None, Some(_)) => Some(self.insert(&key, at)),
            (None, None) => None,
        };
        self.key = key;
        let Some(index) = index else { return };
        let message =
            change.message.as_ref().map(|(from, seq)| (self.indices.hasher().hash_one(from), *seq));
        let gauge = &mut self.gauges[index as usize];
        let second = gauge.second_of(change);
        if gauge.is_after(second, message) {
            return;
        }
        let Some(count) = change.count else {
            gauge.doubt = gauge.doubt.max(second);
            return;
        };
        if count != gauge.count {
            self.ranked.remove(&(Reverse(gauge.count), index));
            self.ranked.insert((Reverse(count), index));
        }
        (gauge.count, gauge.at) = (count, at);
        (gauge.second, gauge.message) = (second, message);
        gauge.has_time = change.time.is_some();
        if gauge.doubt <= second {
            gauge.doubt = i64::MIN;
        }
    }

    /// Whether there have been users of more than one application.
    pub fn has_several_apps(&self) -> bool {
        self.has_several_apps
    }

    /// The number of users.
    pub fn len(&self) -> usize {
        self.gauges.len()
    }

    /// Whether there are no users.
    pub fn is_empty(&self) -> bool {
        self.gauges.is_empty()
    }

    /// The estimated memory use in bytes.
    pub fn memory_bytes(&self) -> usize {
        /// An entry of a tree whose nodes are two thirds full.
        const RANKED_BYTES: usize = size_of::<(Reverse<u32>, u32)>() * 3 / 2 + 4;
        self.table.memory_bytes::<(Arc<str>, u32)>()
            + self.gauges.capacity() * size_of::<UserUnread>()
            + self.ranked.len() * RANKED_BYTES
            + self.text_bytes
    }

    /// All users, highest count first, then in order of their first report.
    pub fn ranked(&self) -> impl Iterator<Item = &UserUnread> {
        self.ranked.iter().map(|(_, index)| &self.gauges[*index as usize])
    }

    /// The unread count of one user.
    pub fn of(&self, app: &str, user: &str) -> Option<&UserUnread> {
        let mut key = String::new();
        write_key(&mut key, app, user);
        self.indices.get(&*key).map(|index| &self.gauges[*index as usize])
    }

    /// Adds a user with the count 0; returns the index of the gauge.
    fn insert(&mut self, key: &str, at: Timestamp) -> u32 {
        let key: Arc<str> = key.into();
        self.text_bytes += key.len() + ARC_OVERHEAD;
        let gauge = UserUnread {
            key: Arc::clone(&key),
            count: 0,
            at,
            second: 0,
            has_time: false,
            message: None,
            doubt: i64::MIN,
        };
        self.has_several_apps |= self.gauges.first().is_some_and(|it| it.app() != gauge.app());
        let index = match self.gauges.len() < self.max_users {
            true => {
                self.gauges.push(gauge);
                u32::try_from(self.gauges.len() - 1).unwrap_or(u32::MAX)
            }
            false => {
                let lowest = self.ranked.pop_last().map_or(0, |(_, index)| index);
                let removed = std::mem::replace(&mut self.gauges[lowest as usize], gauge);
                self.text_bytes -= removed.key.len() + ARC_OVERHEAD;
                self.indices.remove(&removed.key);
                lowest
            }
        };
        self.ranked.insert((Reverse(0), index));
        self.indices.insert(key, index);
        self.table.record(self.indices.capacity());
        index
    }
}

/// The key of a user; different for different applications or users.
fn write_key(key: &mut String, app: &str, user: &str) {
    key.clear();
    key.extend(u32::try_from(app.len()).ok().and_then(char::from_u32));
    key.push_str(app);
    key.push_str(user);
}

#[cfg(test)]
mod tests;
