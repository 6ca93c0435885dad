//! Detects duplicate and out-of-order callbacks.

use std::collections::{HashMap, HashSet};
use std::hash::BuildHasher as _;

use foldhash::quality::RandomState;

use super::memory::TableSize;
use crate::callback::timestamp::MAX_CLOCK_SKEW;
use crate::callback::{Callback, Timestamp};

/// The maximum number of chats whose newest `MsgTime` is stored. At that number
/// all are removed, so that an older callback may go undetected.
const MAX_CHATS: usize = 262_144;

/// The estimated memory use of a chat in bytes.
const CHAT_BYTES: usize = 40;

/// The events of the callbacks kept, and the newest message of each chat.
#[derive(Debug)]
pub(super) struct Anomalies {
    max_chats: usize,
    /// Identities of the events of kept callbacks.
    events: HashSet<u64, RandomState>,
    /// The largest `MsgTime` of each chat, by the hash of the chat.
    newest: HashMap<u64, i64, RandomState>,
    events_table: TableSize,
    newest_table: TableSize,
}

impl Anomalies {
    /// Space for as many chats as fit into about `bytes`. The number of events
    /// is limited by the callbacks kept.
    pub(super) fn with_limit(bytes: usize) -> Self {
        Self {
            max_chats: MAX_CHATS.min(bytes / CHAT_BYTES).max(1),
            events: HashSet::default(),
            newest: HashMap::default(),
            events_table: TableSize::default(),
            newest_table: TableSize::default(),
        }
    }

    /// Adds an event; returns whether a kept callback has the same identity.
    pub(super) fn record_event(&mut self, identity: u64) -> bool {
        let new = self.events.insert(identity);
        self.events_table.record(self.events.capacity());
        !new
    }

    /// Removes the event of an evicted callback.
    pub(super) fn remove_event(&mut self, identity: u64) {
        self.events.remove(&identity);
    }

    /// Adds the message of a callback that arrived `at` this time, if it has one; returns
    /// whether an earlier one of its chat is newer.
    pub(super) fn record_callback(&mut self, callback: &Callback<'_>, at: Timestamp) -> bool {
        let message = callback.chat().zip(callback.msg_time);
        message
            // A message from the future must not make all later ones older.
            .filter(|(_, time)| *time <= at.secs() + MAX_CLOCK_SKEW)
            .is_some_and(|(chat, time)| self.record_message(chat, time))
    }

    /// Adds a message; returns whether an earlier one of the chat is newer.
    fn record_message(&mut self, chat: (&str, &str, &str), msg_time: i64) -> bool {
        let chat = self.newest.hasher().hash_one(chat);
        if self.newest.len() >= self.max_chats && !self.newest.contains_key(&chat) {
            self.newest.clear();
        }
        let newest = self.newest.entry(chat).or_insert(msg_time);
        let is_older = msg_time < *newest;
        *newest = msg_time.max(*newest);
        self.newest_table.record(self.newest.capacity());
        is_older
    }

    /// The estimated memory use in bytes.
    pub(super) fn memory_bytes(&self) -> usize {
        self.events_table.memory_bytes::<u64>() + self.newest_table.memory_bytes::<(u64, i64)>()
    }
}
