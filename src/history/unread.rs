//! The unread count of each user: a gauge, never a sum.
//!
//! `UnreadMsgNum` counts a user's one-to-one messages over all conversations
//! (<https://cloud.tencent.com/document/product/269/2716>), so it belongs to the
//! user and not to a chat. The report that is newest by (`MsgTime`, `MsgSeq`)
//! applies, so that a late callback does not overwrite it.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
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
    /// When the report was received.
    pub at: Timestamp,
    /// [`decode::Unread::order`] of the report.
    order: (i64, u64),
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
    /// `MsgTime` of a message, or the time of the event that read it.
    pub fn time(&self) -> i64 {
        self.order.0
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

    /// Applies a report about a user of an application; ignored if it is older than the
    /// latest of the user.
    pub(super) fn apply(&mut self, app: &str, report: &decode::Unread<'_>, at: Timestamp) {
        if MAX_NAME < app.len().max(report.user.len()) {
            return;
        }
        let mut key = std::mem::take(&mut self.key);
        write_key(&mut key, app, &report.user);
        let index = match self.indices.get(&*key) {
            Some(&index) => index,
            None => self.insert(&key, at),
        };
        self.key = key;
        let gauge = &mut self.gauges[index as usize];
        if report.order < gauge.order {
            return;
        }
        if report.count != gauge.count {
            self.ranked.remove(&(Reverse(gauge.count), index));
            self.ranked.insert((Reverse(report.count), index));
        }
        gauge.count = report.count;
        gauge.order = report.order;
        gauge.at = at;
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
        let gauge = UserUnread { key: Arc::clone(&key), count: 0, at, order: (i64::MIN, 0) };
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
mod tests {
    use super::*;

    fn check(reports: &[(&'static str, u32, (i64, u64))], expected: &[(&str, u32)]) {
        let mut unread = Unread::with_limit(usize::MAX);
        for (user, count, order) in reports {
            let report = decode::Unread { user: (*user).into(), count: *count, order: *order };
            unread.apply("14", &report, Timestamp(0));
        }
        let ranked: Vec<_> = unread.ranked().map(|it| (it.user(), it.count)).collect();
        assert_eq!(ranked, expected);
    }

    #[test]
    fn users_are_ordered_by_count_and_then_by_first_report() {
        check(
            &[("a", 1, (1, 0)), ("b", 7, (1, 0)), ("c", 1, (1, 0)), ("b", 3, (2, 0))],
            &[("b", 3), ("a", 1), ("c", 1)],
        );
    }

    #[test]
    fn above_the_limit_the_lowest_count_is_removed() {
        let mut unread = Unread::with_limit(2 * USER_BYTES);
        for (user, count) in [("a", 5), ("b", 3), ("c", 4), ("d", 0), ("e", 1)] {
            let report = decode::Unread { user: user.into(), count, order: (1, 0) };
            unread.apply("14", &report, Timestamp(0));
        }
        let ranked: Vec<_> = unread.ranked().map(|it| (it.user(), it.count)).collect();
        assert_eq!(ranked, [("a", 5), ("e", 1)], "a new user always is added");
    }

    #[test]
    fn a_user_id_of_impossible_length_is_ignored() {
        let (name, longer) = ("u".repeat(MAX_NAME), "u".repeat(MAX_NAME + 1));
        let mut unread = Unread::with_limit(usize::MAX);
        for user in [&*name, &*longer] {
            unread.apply(
                "14",
                &decode::Unread { user: user.into(), count: 1, order: (1, 0) },
                Timestamp(0),
            );
        }
        assert!(unread.of("14", &name).is_some() && unread.of("14", &longer).is_none());
    }

    #[test]
    fn two_apps_share_no_gauge() {
        let mut unread = Unread::with_limit(usize::MAX);
        for (app, user, count) in [("14", "0a", 9), ("140", "a", 1), ("", "140a", 3)] {
            let report = decode::Unread { user: user.into(), count, order: (1, 0) };
            unread.apply(app, &report, Timestamp(0));
        }
        let ranked: Vec<_> = unread.ranked().map(|it| (it.app(), it.user(), it.count)).collect();
        assert_eq!(ranked, [("14", "0a", 9), ("", "140a", 3), ("140", "a", 1)]);
        assert!(unread.has_several_apps());
    }

    #[test]
    fn a_late_report_changes_nothing() {
        check(&[("a", 7, (10, 5)), ("a", 2, (9, 9)), ("a", 3, (10, 4))], &[("a", 7)]);
    }

    #[test]
    fn in_the_same_second_the_higher_seq_counts() {
        check(&[("a", 7, (10, 5)), ("a", 0, (10, u64::MAX))], &[("a", 0)]);
    }
}
