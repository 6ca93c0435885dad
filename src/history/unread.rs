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

mod user;

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use std::hash::BuildHasher as _;
use std::sync::Arc;

use foldhash::quality::RandomState;

use super::memory::{ARC_OVERHEAD, TableSize};
use crate::callback::Timestamp;
use crate::callback::decode;
pub(super) use user::Applied;
pub use user::UserUnread;

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
        let before = gauge.count;
        gauge.change(change.count, change.time, message, at);
        if gauge.count != before {
            self.ranked.remove(&(Reverse(before), index));
            self.ranked.insert((Reverse(gauge.count), index));
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
        let gauge = UserUnread::new(Arc::clone(&key), at);
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
