//! How the unread count of one user came about: each change with its cause, and what does
//! not fit the count before it.

pub mod chart;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::hash::BuildHasher as _;
use std::ops::RangeInclusive;
use std::sync::Arc;

use foldhash::quality::RandomState;

use super::flow::Flow;
use super::row::{Flags, Row, RowId};
use super::unread::{Applied, UserUnread};
use crate::callback::{Delivery, Timestamp, decode};

/// The maximum number of changes that are kept; of more, the newest.
pub const MAX_STEPS: usize = 1_000;
/// The maximum length of a name that is kept, in bytes.
const MAX_NAME: usize = 128;

/// What changes an unread count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// A message to the user.
    Message,
    /// A message to the user that was not delivered, with its result.
    FailedMessage(i64),
    /// A message to the user that only online users receive, which is not stored.
    OnlineMessage,
    /// The user read a chat.
    Read,
    /// The user read all chats.
    ReadAll,
    /// A message to the user was recalled.
    Recall,
}

/// A change of the count.
#[derive(Debug)]
struct Change {
    id: RowId,
    at: Timestamp,
    cause: Cause,
    by: Box<str>,
    count: Option<u32>,
    /// The second of the count, if it has a time.
    time: Option<i64>,
    /// A hash of the sender of its message, and its `MsgSeq`.
    message: Option<(u64, u64)>,
    is_duplicate: bool,
}

/// What became of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The count is this one.
    Set(u32),
    /// It has no count: the one before it is doubtful.
    Stale,
    /// It is older than the count, and was ignored.
    Older,
    /// It is a duplicate, and was ignored.
    Duplicate,
}

/// How a count does not fit the one before it, and which ones would.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Misfit {
    /// It is higher: a message is missing.
    High(RangeInclusive<u32>),
    /// It is lower: a read or a recall is missing.
    Low(RangeInclusive<u32>),
}

/// A change with what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step<'a> {
    /// The callback.
    pub id: RowId,
    /// When it was received.
    pub at: Timestamp,
    /// What changed the count.
    pub cause: Cause,
    /// The sender of the message, or the peer of the chat that was read.
    pub by: &'a str,
    /// The count before it; `None` before the first one.
    pub before: Option<u32>,
    /// What became of it.
    pub outcome: Outcome,
    /// How its count does not fit.
    pub misfit: Option<Misfit>,
}

/// The changes of the unread count of one user, in order of arrival.
#[derive(Debug)]
pub struct GaugeSteps {
    app: Box<str>,
    user: Box<str>,
    changes: VecDeque<Change>,
    has_dropped: bool,
    hasher: RandomState,
}

impl GaugeSteps {
    /// No changes yet of a user of an application.
    pub fn new(app: &str, user: &str) -> Self {
        Self {
            app: app.into(),
            user: user.into(),
            changes: VecDeque::new(),
            has_dropped: false,
            hasher: RandomState::default(),
        }
    }

    /// The application, empty if it is not named.
    pub fn app(&self) -> &str {
        &self.app
    }

    /// The user id.
    pub fn user(&self) -> &str {
        &self.user
    }

    /// The number of changes.
    pub fn len(&self) -> usize {
        self.changes.len()
    }

    /// Whether there are no changes.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Whether there were more changes than [`MAX_STEPS`].
    pub fn has_dropped(&self) -> bool {
        self.has_dropped
    }

    /// The callback of a change, by its place.
    pub fn id_at(&self, nth: usize) -> Option<RowId> {
        self.changes.get(nth).map(|it| it.id)
    }

    /// The place of the change in a callback, or of the next one.
    pub fn place_of(&self, id: RowId) -> usize {
        self.changes.partition_point(|it| it.id < id)
    }

    /// Whether a callback may have changed the count, by its row.
    fn is_about(&self, row: &Row<'_>) -> bool {
        let ignored = [Flags::REFUSED, Flags::RESENT, Flags::BEFORE, Flags::GROUP];
        (*row.to == *self.user || *row.from == *self.user)
            && *row.app == *self.app
            && !ignored.into_iter().any(|it| row.flags.contains(it))
    }

    /// Adds a callback, which arrived before all others or after them. Returns the bytes
    /// that were read.
    pub fn add(&mut self, row: &Row<'_>, flow: &Flow) -> usize {
        if !self.is_about(row) {
            return 0;
        }
        let is_earlier = self.changes.front().is_some_and(|it| row.id < it.id);
        if is_earlier && MAX_STEPS <= self.changes.len() {
            self.has_dropped = true;
            return 0;
        }
        let Some(delivery) = flow.delivery(row.id) else { return 0 };
        let Some(change) = self.read(row, &delivery) else { return delivery.body.len() };
        match is_earlier {
            true => self.changes.push_front(change),
            false => self.changes.push_back(change),
        }
        if MAX_STEPS < self.changes.len() {
            self.has_dropped = true;
            self.changes.pop_front();
        }
        delivery.body.len()
    }

    /// The change of the count in a callback, if it has one.
    fn read(&self, row: &Row<'_>, delivery: &Delivery) -> Option<Change> {
        let callback = decode(delivery);
        let unread = callback.unread.as_ref().filter(|it| *it.user == *self.user)?;
        let failed = callback.result.filter(|it| *it != 0);
        let (cause, by) = match row.word {
            "C2C.CallbackAfterMsgReport" => (Cause::Read, row.to),
            "C2C.CallbackAfterMsgReadAll" => (Cause::ReadAll, row.from),
            "C2C.CallbackAfterMsgWithDraw" => (Cause::Recall, row.from),
            _ => match failed {
                Some(code) => (Cause::FailedMessage(code), row.from),
                None if callback.online_only => (Cause::OnlineMessage, row.from),
                None => (Cause::Message, row.from),
            },
        };
        let message = unread.message.as_ref().map(|(from, seq)| (self.hasher.hash_one(from), *seq));
        let (count, time) = (unread.count, unread.time);
        let by = by[..by.floor_char_boundary(MAX_NAME)].into();
        let is_duplicate = row.flags.contains(Flags::DUPLICATE);
        Some(Change { id: row.id, at: row.at, cause, by, count, time, message, is_duplicate })
    }

    /// What became of each change, in order of arrival.
    pub fn steps(&self) -> Vec<Step<'_>> {
        let mut gauge = UserUnread::new(Arc::default(), Timestamp::default());
        let mut known = None;
        let step = |change| {
            let step = self::step(change, known, &mut gauge);
            if let Outcome::Set(count) = step.outcome {
                known = Some(count);
            }
            step
        };
        self.changes.iter().map(step).collect()
    }
}

/// Applies a change to the count; `before` is that count, if one is known.
fn step<'a>(change: &'a Change, before: Option<u32>, gauge: &mut UserUnread) -> Step<'a> {
    let &Change { id, at, cause, ref by, count, time, message, is_duplicate } = change;
    let certain = before.filter(|_| !gauge.is_doubtful());
    let outcome = match count {
        _ if is_duplicate => Outcome::Duplicate,
        // As without a first count there is no gauge.
        None if before.is_none() => Outcome::Stale,
        count => match gauge.change(count, time, message, at) {
            Applied::Older => Outcome::Older,
            Applied::Doubtful => Outcome::Stale,
            Applied::Set => count.map_or(Outcome::Stale, Outcome::Set),
        },
    };
    let misfit = match (certain, outcome) {
        (Some(before), Outcome::Set(count)) => misfit(cause, before, count),
        _ => None,
    };
    Step { id, at, cause, by, before, outcome, misfit }
}

/// How a count does not fit the one before it and its cause.
fn misfit(cause: Cause, before: u32, count: u32) -> Option<Misfit> {
    let after_one = before.saturating_add(1);
    let expected = match cause {
        Cause::Message => after_one..=after_one,
        Cause::FailedMessage(_) | Cause::OnlineMessage => before..=before,
        Cause::Read | Cause::ReadAll => 0..=before,
        // It was read before or not.
        Cause::Recall => before.saturating_sub(1)..=before,
    };
    match count {
        _ if *expected.end() < count => Some(Misfit::High(expected)),
        _ if count < *expected.start() => Some(Misfit::Low(expected)),
        _ => None,
    }
}
