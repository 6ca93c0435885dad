//! The callbacks kept, compactly, and what was let go.

use super::names::{Name, Names};
use super::pages::{Opened, Pages, Part};
use super::pieces::Pieces;
use super::row::{Marks, Row};
use crate::callback::{Delivery, Timestamp};

/// The callbacks kept, by their number from 1, oldest first.
#[derive(Debug)]
pub struct Flow {
    slots: Pieces<Slot>,
    names: Names,
    pages: Pages,
}

/// What is kept in the open of each callback: 64 bytes.
#[derive(Debug, Clone, Copy)]
struct Slot {
    at: Timestamp,
    identity: u64,
    key: u64,
    word: Name,
    from: Name,
    to: Name,
    result: Option<i32>,
    unread: Unsigned,
    msg_time: Unsigned,
    size: u32,
    kinds: u16,
    marks: Marks,
}

/// A number that is not there is the largest one.
#[derive(Debug, Clone, Copy)]
struct Unsigned(u32);

impl Unsigned {
    fn new(value: Option<i64>) -> Self {
        Self(value.and_then(|it| u32::try_from(it).ok()).unwrap_or(u32::MAX))
    }

    fn get(self) -> Option<u32> {
        (self.0 != u32::MAX).then_some(self.0)
    }
}

impl Default for Flow {
    fn default() -> Self {
        Self { slots: Pieces::default(), names: Names::default(), pages: Pages::new(1) }
    }
}

impl Flow {
    /// The number of the oldest callback kept.
    pub fn first(&self) -> u64 {
        self.pages.first()
    }

    /// The number the next callback gets: one more than were ever taken.
    pub fn next(&self) -> u64 {
        self.pages.next()
    }

    /// How many callbacks are kept.
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    /// Whether none is kept.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many were let go to stay within the bound.
    pub fn let_go(&self) -> u64 {
        self.first() - 1
    }

    /// About how many bytes all of it takes.
    pub fn bytes(&self) -> usize {
        self.slots.bytes() + self.names.bytes() + self.names.room() + self.pages.bytes()
    }

    /// The row of one callback, if it is still kept.
    pub fn row(&self, seq: u64) -> Option<Row<'_>> {
        let index = usize::try_from(seq.checked_sub(self.first())?).ok()?;
        let slot = self.slots.get(index)?;
        Some(Row {
            seq,
            at: slot.at,
            word: self.names.text(slot.word),
            from: self.names.text(slot.from),
            to: self.names.text(slot.to),
            kinds: slot.kinds,
            result: slot.result,
            unread: slot.unread.get(),
            msg_time: slot.msg_time.get().map(i64::from),
            key: slot.key,
            size: slot.size,
            marks: slot.marks,
        })
    }

    /// One callback, whole, if it is still kept.
    pub fn delivery(&self, seq: u64) -> Option<Delivery> {
        self.pages.delivery(seq)
    }

    /// The numbers of all callbacks with this hash of the `MsgKey`.
    pub(super) fn with_key(&self, key: u64) -> Vec<u64> {
        let first = self.first();
        let numbered = (first..).zip(self.slots.iter());
        numbered.filter(|(_, slot)| slot.key == key).map(|(seq, _)| seq).collect()
    }

    /// Time (`MsgTime`, else of arrival) and number of all callbacks of the chat
    /// of this one: between the same two users, or in the same group.
    pub(super) fn chat_of(&self, seq: u64) -> Vec<(i64, u64)> {
        let first = self.first();
        let index = seq.checked_sub(first).and_then(|it| usize::try_from(it).ok());
        let Some(one) = index.and_then(|it| self.slots.get(it)) else { return Vec::new() };
        let group = one.marks.has(Marks::GROUP);
        let same = |slot: &Slot| match group {
            true => slot.marks.has(Marks::GROUP) && slot.to == one.to,
            false => {
                !slot.marks.has(Marks::GROUP)
                    && [slot.from, slot.to] != [one.from, one.from]
                    && ([slot.from, slot.to] == [one.from, one.to]
                        || [slot.to, slot.from] == [one.from, one.to])
            }
        };
        let time = |slot: &Slot| slot.msg_time.get().map_or(slot.at.secs(), i64::from);
        let numbered = (first..).zip(self.slots.iter());
        numbered.filter(|(_, slot)| same(slot)).map(|(seq, slot)| (time(slot), seq)).collect()
    }

    /// Calls `look` with the page that holds `seq`, opened for this once.
    pub(super) fn scan_page<T>(
        &self,
        seq: u64,
        part: Part,
        look: impl FnOnce(&Opened) -> T,
    ) -> Option<T> {
        self.pages.scan_page(seq, part, look)
    }

    /// The number of the first callback on the page that holds `seq`.
    pub(super) fn page_start(&self, seq: u64) -> u64 {
        self.pages.page_start(seq)
    }

    /// Keeps one more. The row's number is not read: it is the next one.
    pub(super) fn push(&mut self, row: &Row<'_>, identity: u64, delivery: &Delivery) -> u64 {
        let seq = self.next();
        self.slots.push_back(Slot {
            at: row.at,
            identity,
            key: row.key,
            word: self.names.hold(row.word),
            from: self.names.hold(row.from),
            to: self.names.hold(row.to),
            result: row.result,
            unread: Unsigned::new(row.unread.map(i64::from)),
            msg_time: Unsigned::new(row.msg_time),
            size: row.size,
            kinds: row.kinds,
            marks: row.marks,
        });
        self.pages.push(delivery);
        seq
    }

    /// Lets the oldest page go and tells the identities that stood on it; `None`
    /// if there is no full page.
    pub(super) fn let_oldest_go(&mut self) -> Option<Vec<u64>> {
        let count = self.pages.let_go();
        let Self { slots, names, .. } = self;
        let oldest = std::iter::from_fn(|| slots.pop_front()).take(count);
        let gone = oldest.filter_map(|slot| {
            for name in [slot.word, slot.from, slot.to] {
                names.release(name);
            }
            // The others never stood for their event.
            let others = [Marks::REFUSED, Marks::RESENT, Marks::DUPLICATE];
            (!others.into_iter().any(|it| slot.marks.has(it))).then_some(slot.identity)
        });
        let gone = gone.collect();
        (0 < count).then_some(gone)
    }
}
