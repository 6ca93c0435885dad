//! Each user's unread count, as last reported: a gauge, never a sum.
//!
//! `UnreadMsgNum` counts a user's one-to-one messages over all conversations
//! (document 269/2716), so it stands for the account and not for a chat. The
//! newest by (`MsgTime`, `MsgSeq`) counts, so that a late callback cannot
//! overwrite a newer one.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use foldhash::quality::RandomState;

use super::interner::{OVERHEAD, Table};
use crate::callback::Timestamp;
use crate::callback::decode;

/// Users whose gauge is kept, at the most; beyond, the lowest makes room.
const USERS: usize = 200_000;

/// Bytes of a name that a gauge is kept for: Tencent's have 32 at the most (its
/// SDK refuses longer ones with 7003), and a gauge takes room for good.
const NAME: usize = 128;

/// About what a user takes, in bytes, with a name as long as that.
const EACH: usize = 256;

/// The gauges of all users, highest first.
#[derive(Debug, Clone)]
pub struct Unread {
    /// Users whose gauge is kept here, at the most.
    most: usize,
    numbers: HashMap<Arc<str>, u32, RandomState>,
    gauges: Vec<Gauge>,
    ranked: BTreeSet<(Reverse<u32>, u32)>,
    /// Bytes of the users' names.
    texts: usize,
    table: Table,
}

/// The last known count of one user.
#[derive(Debug, Clone)]
pub struct Gauge {
    /// Whose.
    pub user: Arc<str>,
    /// How many messages the user had not read.
    pub count: u32,
    /// When this was true, by Tencent's clock: seconds since the Unix epoch.
    pub when: i64,
    /// When it came to us.
    pub at: Timestamp,
    order: (i64, u64),
}

impl Unread {
    /// Gauges of as many users as find room in about so many bytes.
    pub(super) fn within(bytes: usize) -> Self {
        Self {
            most: USERS.min(bytes / EACH).max(1),
            numbers: HashMap::default(),
            gauges: Vec::new(),
            ranked: BTreeSet::new(),
            texts: 0,
            table: Table::default(),
        }
    }

    /// Takes a report; an older one than the user's last changes nothing.
    pub(super) fn apply(&mut self, report: &decode::Unread<'_>, at: Timestamp) {
        let number = match self.numbers.get(&*report.user) {
            Some(&number) => number,
            None if NAME < report.user.len() => return,
            None => self.newcomer(&report.user, at),
        };
        let gauge = &mut self.gauges[number as usize];
        if report.order < gauge.order {
            return;
        }
        if report.count != gauge.count {
            self.ranked.remove(&(Reverse(gauge.count), number));
            self.ranked.insert((Reverse(report.count), number));
        }
        gauge.count = report.count;
        gauge.order = report.order;
        gauge.when = report.order.0;
        gauge.at = at;
    }

    /// How many users are known.
    pub fn len(&self) -> usize {
        self.gauges.len()
    }

    /// Whether no user is known.
    pub fn is_empty(&self) -> bool {
        self.gauges.is_empty()
    }

    /// About how many bytes all of it takes.
    pub fn bytes(&self) -> usize {
        /// A place in a tree whose nodes are two thirds full.
        const RANK: usize = size_of::<(Reverse<u32>, u32)>() * 3 / 2 + 4;
        self.table.bytes::<(Arc<str>, u32)>()
            + self.gauges.capacity() * size_of::<Gauge>()
            + self.ranked.len() * RANK
            + self.texts
    }

    /// All gauges, highest first.
    pub fn ranked(&self) -> impl Iterator<Item = &Gauge> {
        self.ranked.iter().map(|(_, number)| &self.gauges[*number as usize])
    }

    /// The gauge of one user.
    pub fn of(&self, user: &str) -> Option<&Gauge> {
        self.numbers.get(user).map(|number| &self.gauges[*number as usize])
    }

    fn newcomer(&mut self, user: &str, at: Timestamp) -> u32 {
        let user: Arc<str> = user.into();
        self.texts += user.len() + OVERHEAD;
        let gauge = Gauge { user: Arc::clone(&user), count: 0, when: 0, at, order: (i64::MIN, 0) };
        let number = match self.gauges.len() < self.most {
            true => {
                self.gauges.push(gauge);
                u32::try_from(self.gauges.len() - 1).unwrap_or(u32::MAX)
            }
            false => {
                let lowest = self.ranked.pop_last().map_or(0, |(_, number)| number);
                let gone = std::mem::replace(&mut self.gauges[lowest as usize], gauge);
                self.texts -= gone.user.len() + OVERHEAD;
                self.numbers.remove(&gone.user);
                lowest
            }
        };
        self.ranked.insert((Reverse(0), number));
        self.numbers.insert(user, number);
        self.table.note(self.numbers.capacity());
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(reports: &[(&'static str, u32, (i64, u64))], expected: &[(&str, u32)]) {
        let mut unread = Unread::within(usize::MAX);
        for (user, count, order) in reports {
            let report = decode::Unread { user: (*user).into(), count: *count, order: *order };
            unread.apply(&report, Timestamp(0));
        }
        let ranked: Vec<_> = unread.ranked().map(|it| (&*it.user, it.count)).collect();
        assert_eq!(ranked, expected);
    }

    #[test]
    fn the_highest_stands_first_and_equals_stand_as_they_came() {
        check(
            &[("a", 1, (1, 0)), ("b", 7, (1, 0)), ("c", 1, (1, 0)), ("b", 3, (2, 0))],
            &[("b", 3), ("a", 1), ("c", 1)],
        );
    }

    #[test]
    fn beyond_its_room_the_lowest_makes_place() {
        let mut unread = Unread::within(2 * EACH);
        for (user, count) in [("a", 5), ("b", 3), ("c", 4), ("d", 0), ("e", 1)] {
            let report = decode::Unread { user: user.into(), count, order: (1, 0) };
            unread.apply(&report, Timestamp(0));
        }
        let ranked: Vec<_> = unread.ranked().map(|it| (&*it.user, it.count)).collect();
        assert_eq!(ranked, [("a", 5), ("e", 1)], "a newcomer always has a place");
    }

    #[test]
    fn what_cannot_be_the_name_of_a_user_has_no_gauge() {
        let (name, longer) = ("u".repeat(NAME), "u".repeat(NAME + 1));
        let mut unread = Unread::within(usize::MAX);
        for user in [&*name, &*longer] {
            unread.apply(
                &decode::Unread { user: user.into(), count: 1, order: (1, 0) },
                Timestamp(0),
            );
        }
        assert!(unread.of(&name).is_some() && unread.of(&longer).is_none());
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
