//! One callback as the lists see it: the few facts kept in the open.

use std::ops::Range;

use crate::callback::Timestamp;

/// Position of a callback in the flow: from 1 in order of arrival, without gaps.
/// It stays the same while older callbacks are evicted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowId(pub u64);

impl RowId {
    /// The position of the first callback ever applied.
    pub const FIRST: Self = Self(1);

    /// The position `count` rows further on.
    #[must_use]
    pub const fn plus(self, count: usize) -> Self {
        Self(self.0 + count as u64)
    }

    /// The number of rows from `first` to this one; `None` if it is before `first`.
    pub fn offset_from(self, first: Self) -> Option<usize> {
        usize::try_from(self.0.checked_sub(first.0)?).ok()
    }

    /// All positions in a range, in order.
    pub fn in_range(range: Range<Self>) -> impl DoubleEndedIterator<Item = Self> {
        (range.start.0..range.end.0).map(Self)
    }
}

/// The indexed facts of one callback. The rest stands in the delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row<'a> {
    /// Its position in the flow.
    pub id: RowId,
    /// When it came.
    pub at: Timestamp,
    /// The command word, empty if there is none.
    pub word: &'a str,
    /// Who acted; empty if nobody is named.
    pub from: &'a str,
    /// To whom, a user or a group; empty if nobody is named.
    pub to: &'a str,
    /// A bit for each kind of element in it: `1 << Kind as u16`.
    pub kinds: u16,
    /// The result; `None` where the callback carries none.
    pub result: Option<i32>,
    /// The unread count it reports; `None` where it carries none.
    pub unread: Option<u32>,
    /// `MsgTime`, seconds since the Unix epoch.
    pub msg_time: Option<i64>,
    /// A hash of the `MsgKey`; 0 without one.
    pub key: u64,
    /// Bytes of the body.
    pub size: u32,
    /// What is to be told about it at a glance.
    pub flags: Flags,
}

/// What is to be told about a callback at a glance: a set of bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Flags(pub u16);

impl Flags {
    /// Its signature was absent, wrong or stale: it counts nowhere else.
    pub const REFUSED: Self = Self(1);
    /// Something about it is odd.
    pub const ODD: Self = Self(1 << 1);
    /// The same event came before.
    pub const DUPLICATE: Self = Self(1 << 2);
    /// Older than what was already seen in the same chat.
    pub const LATE: Self = Self(1 << 3);
    /// `OnlineOnlyFlag` = 1.
    pub const ONLINE: Self = Self(1 << 4);
    /// Its command comes before what it tells of: the answer decides.
    pub const BEFORE: Self = Self(1 << 5);
    /// `to` is a group and not a user.
    pub const GROUP: Self = Self(1 << 6);
    /// The body is not JSON.
    pub const BROKEN: Self = Self(1 << 7);
    /// Not answered as Tencent requires, or something went wrong on the way.
    pub const TROUBLE: Self = Self(1 << 8);
    /// The user sent it to the local app again: it counts nowhere else.
    pub const RESENT: Self = Self(1 << 9);

    /// Whether all of `other` is in this set.
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// This set and the other, if `condition`.
    #[must_use]
    pub const fn with(self, other: Self, condition: bool) -> Self {
        if condition { Self(self.0 | other.0) } else { self }
    }
}

impl Row<'_> {
    /// Whether the message could not be sent: a result other than 0.
    pub fn failed(&self) -> bool {
        self.result.is_some_and(|code| code != 0)
    }

    /// Whether anything about it asks for a look: failed, refused, not to be
    /// read, or answered with trouble.
    pub fn went_wrong(&self) -> bool {
        let wrong = [Flags::REFUSED, Flags::BROKEN, Flags::TROUBLE];
        self.failed() || wrong.into_iter().any(|it| self.flags.has(it))
    }

    /// Seconds from `MsgTime` to the arrival; `None` without a `MsgTime`.
    pub fn lag(&self) -> Option<i64> {
        self.msg_time.map(|time| self.at.secs().saturating_sub(time))
    }
}
