//! What went other than it should: duplicates, late ones, odd ones, refusals.

use std::collections::{HashMap, HashSet};
use std::hash::BuildHasher as _;

use foldhash::quality::RandomState;

use super::interner::Table;

/// Chats whose newest message is remembered, at the most. When there are more,
/// all are forgotten at once: a late callback may then go unnoticed.
const CHATS: usize = 262_144;

/// About what a chat takes, in bytes.
const EACH: usize = 40;

/// How many callbacks were not as they should be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// The same event came before.
    pub duplicate: u64,
    /// Older than what was already seen in the same chat.
    pub late: u64,
    /// Something about them is odd.
    pub odd: u64,
    /// Refused for their signature; these count nowhere else.
    pub refused: u64,
    /// Answered with trouble on the way.
    pub trouble: u64,
}

/// Finds duplicates and late ones.
#[derive(Debug)]
pub(super) struct Anomalies {
    /// Chats that are remembered here, at the most.
    chats: usize,
    seen: HashSet<u64, RandomState>,
    newest: HashMap<u64, i64, RandomState>,
    seen_table: Table,
    newest_table: Table,
}

impl Anomalies {
    /// Remembers as many chats as find room in about so many bytes. What is
    /// remembered of events is bounded by the callbacks that are kept.
    pub(super) fn within(bytes: usize) -> Self {
        Self {
            chats: CHATS.min(bytes / EACH).max(1),
            seen: HashSet::default(),
            newest: HashMap::default(),
            seen_table: Table::default(),
            newest_table: Table::default(),
        }
    }

    /// Whether an event with this identity came before, within what is kept.
    pub(super) fn is_duplicate(&mut self, identity: u64) -> bool {
        let new = self.seen.insert(identity);
        self.seen_table.note(self.seen.capacity());
        !new
    }

    /// Forgets an event that was let go.
    pub(super) fn forget(&mut self, identity: u64) {
        self.seen.remove(&identity);
    }

    /// Whether a newer message of this chat came before.
    pub(super) fn is_late(&mut self, chat: (&str, &str), msg_time: i64) -> bool {
        let chat = self.newest.hasher().hash_one(chat);
        if self.newest.len() >= self.chats && !self.newest.contains_key(&chat) {
            self.newest.clear();
        }
        let newest = self.newest.entry(chat).or_insert(msg_time);
        let late = msg_time < *newest;
        *newest = msg_time.max(*newest);
        self.newest_table.note(self.newest.capacity());
        late
    }

    pub(super) fn bytes(&self) -> usize {
        self.seen_table.bytes::<u64>() + self.newest_table.bytes::<(u64, i64)>()
    }
}
