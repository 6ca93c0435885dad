//! The indexed fields of one callback, which lists and filters read.

use crate::callback::Timestamp;
use crate::callback::decision::{Decision, RefusedPart};

/// The row id of a callback: its place in the order of arrival, which stays the
/// same while others are evicted.
///
/// Accepted callbacks are numbered from 1, and refused ones too, by themselves: so
/// each is found in its own store by subtraction, and what is evicted from one store
/// leaves no gap in the other. A refused one holds the number of the accepted one
/// before it as well, which orders the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowId {
    accepted: u64,
    /// 0 for an accepted callback.
    refused: u64,
}

impl RowId {
    /// The row id of the first callback ever accepted.
    pub const FIRST: Self = Self::accepted(1);

    /// The row id of the accepted callback with this number.
    pub const fn accepted(number: u64) -> Self {
        Self { accepted: number, refused: 0 }
    }

    /// The row id of the refused callback with this number, which arrived after so
    /// many accepted ones.
    pub(super) const fn refused(number: u64, accepted: u64) -> Self {
        Self { accepted, refused: number }
    }

    /// Whether it is that of a refused callback.
    pub(super) const fn is_refused(self) -> bool {
        self.refused != 0
    }

    /// The number of callbacks accepted up to this one.
    pub(super) const fn accepted_number(self) -> u64 {
        self.accepted
    }

    /// The row id of the accepted callback `count` further on.
    #[must_use]
    pub(super) const fn plus(self, count: usize) -> Self {
        Self::accepted(self.accepted + count as u64)
    }

    /// The number of callbacks accepted from `first` to this one; `None` if it is
    /// before `first`.
    pub(super) fn offset_from(self, first: Self) -> Option<usize> {
        usize::try_from(self.accepted.checked_sub(first.accepted)?).ok()
    }
}

/// The indexed fields of one callback; everything else is in the delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row<'a> {
    /// Its row id.
    pub id: RowId,
    /// When it was received.
    pub at: Timestamp,
    /// The application, empty if it is not named.
    pub app: &'a str,
    /// The command word, empty if there is none.
    pub word: &'a str,
    /// The acting user; empty without one.
    pub from: &'a str,
    /// The recipient, a user or a group; empty without one.
    pub to: &'a str,
    /// The kinds of its elements as bits: `1 << ElementType as u16`.
    pub kinds: u16,
    /// The result code, if it has one: of a batch the first that is not 0. Of a "before"
    /// callback the code of the decision ([`Flags::decision`]).
    pub result: Option<i32>,
    /// The codes of the other failures of a batch.
    pub other_failures: &'a [i32],
    /// How many of the users of a "before" callback are refused, if not all.
    pub refused: Option<RefusedPart>,
    /// The unread count it reports, if it has one.
    pub unread: Option<u32>,
    /// `MsgTime`, seconds since the Unix epoch.
    pub msg_time: Option<i64>,
    /// [`Callback::message_key`](crate::callback::Callback::message_key).
    pub key: u64,
    /// Those of the other messages it is about, ascending.
    pub other_keys: &'a [u64],
    /// The length of the body in bytes.
    pub size: u32,
    /// The answer time in microseconds; 0 if it is not known.
    pub took: u32,
    /// Its properties that need no text.
    pub flags: Flags,
}

/// A set of properties of a callback.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Flags(pub u16);

impl Flags {
    /// It was refused ([`Refusal`](crate::callback::Refusal)); it is left out of the
    /// statistics.
    pub const REFUSED: Self = Self(1);
    /// It has an oddity.
    pub const ODD: Self = Self(1 << 1);
    /// An earlier callback reported the same event.
    pub const DUPLICATE: Self = Self(1 << 2);
    /// It is older than an earlier callback of the same chat.
    pub const OLDER: Self = Self(1 << 3);
    /// `OnlineOnlyFlag` = 1.
    pub const ONLINE: Self = Self(1 << 4);
    /// Sent before the event, which the answer can prevent.
    pub const BEFORE: Self = Self(1 << 5);
    /// `to` is a group and not a user.
    pub const GROUP: Self = Self(1 << 6);
    /// The body is not JSON.
    pub const BROKEN: Self = Self(1 << 7);
    /// It has a warning about how it was answered, forwarded or recorded.
    pub const TROUBLE: Self = Self(1 << 8);
    /// Sent to the local app again by the user; it is left out of the
    /// statistics.
    pub const RESENT: Self = Self(1 << 9);
    /// It has other messages, failures or users, which are stored apart from its row.
    pub(super) const BATCH: Self = Self(1 << 10);
    /// It has a result code, and the row holds it.
    pub(super) const RESULT: Self = Self(1 << 11);

    /// imscope answered in place of the local app, of which there was no usable reply.
    pub const REPLACES_APP: Self = Self(1 << 15);

    /// The lowest of three bits with the place of the decision in [`Decision::ALL`],
    /// from 1; 0 is none.
    const DECISION: u32 = 12;

    /// Whether it contains all of `other`.
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Its union with `other` if `condition` is true.
    #[must_use]
    pub const fn with(self, other: Self, condition: bool) -> Self {
        if condition { Self(self.0 | other.0) } else { self }
    }
}

impl Flags {
    /// What Tencent makes of the answer to a "before" callback; `None` if it has no
    /// answer that decides.
    pub fn decision(self) -> Option<Decision> {
        let place = usize::from(self.0 >> Self::DECISION & 7);
        Decision::ALL.get(place.checked_sub(1)?).copied()
    }

    /// Its union with a decision, if it has none yet.
    #[must_use]
    pub const fn with_decision(self, decision: Decision) -> Self {
        Self(self.0 | (decision as u16 + 1) << Self::DECISION)
    }
}

impl Row<'_> {
    /// Whether both are about the same message.
    pub(super) fn shares_message(&self, other: &Self) -> bool {
        let has = |row: &Self, key| row.key == key || row.other_keys.binary_search(&key).is_ok();
        (self.key != 0 && has(other, self.key)) || self.other_keys.iter().any(|it| has(other, *it))
    }

    /// Whether nothing could be read of the body: it is empty, or not JSON.
    pub fn is_unread(&self) -> bool {
        self.flags.contains(Flags::BROKEN) || self.size == 0
    }

    /// Whether the message was not sent: a result other than 0. A "before" callback has
    /// none, whatever its answer decides.
    pub fn failed(&self) -> bool {
        !self.flags.contains(Flags::BEFORE) && self.result.is_some_and(|code| code != 0)
    }

    /// Whether it failed, was refused, is not JSON, or has a warning.
    pub fn went_wrong(&self) -> bool {
        let wrong = [Flags::REFUSED, Flags::BROKEN, Flags::TROUBLE];
        self.failed() || wrong.into_iter().any(|it| self.flags.contains(it))
    }

    /// Microseconds from `MsgTime` to the arrival; `None` without a `MsgTime`.
    pub fn lag_micros(&self) -> Option<i64> {
        self.msg_time.map(|time| self.at.lag_micros(time))
    }
}
