//! The callbacks kept: an indexed row and the raw delivery of each.

use super::batches::{Batch, Batches};
use super::chunked_deque::ChunkedDeque;
use super::interner::{Interner, Symbol};
use super::pages::Pages;
use super::pages::{Page, Part};
use super::row::{Flags, Row, RowId};
use crate::callback::{Delivery, Timestamp};

/// The callbacks kept, by row id, oldest first.
#[derive(Debug)]
pub struct Flow {
    rows: ChunkedDeque<StoredRow>,
    interner: Interner,
    batches: Batches,
    pages: Pages,
}

/// The uncompressed part of a callback: 64 bytes.
#[derive(Debug, Clone, Copy)]
struct StoredRow {
    at: Timestamp,
    identity: u64,
    key: u64,
    app: Symbol,
    word: Symbol,
    from: Symbol,
    to: Symbol,
    result: Option<i32>,
    unread: OptionalU32,
    msg_time: OptionalU32,
    size: u32,
    kinds: u16,
    flags: Flags,
}

// A million callbacks are 64 MB of rows.
const _: () = assert!(size_of::<StoredRow>() == 64);

/// An optional number in four bytes; `u32::MAX` is none.
#[derive(Debug, Clone, Copy)]
struct OptionalU32(u32);

impl OptionalU32 {
    fn new(value: Option<i64>) -> Self {
        Self(value.and_then(|it| u32::try_from(it).ok()).unwrap_or(u32::MAX))
    }

    fn get(self) -> Option<u32> {
        (self.0 != u32::MAX).then_some(self.0)
    }
}

impl Default for Flow {
    fn default() -> Self {
        Self {
            rows: ChunkedDeque::default(),
            interner: Interner::default(),
            batches: Batches::default(),
            pages: Pages::new(),
        }
    }
}

impl Flow {
    /// The row id of the oldest callback kept.
    pub fn first_id(&self) -> RowId {
        self.pages.first_id()
    }

    /// The row id that the next callback gets.
    pub fn next_id(&self) -> RowId {
        self.pages.next_id()
    }

    /// The number of callbacks kept.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether none is kept.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number of callbacks evicted to stay within the memory limit.
    pub fn evicted(&self) -> u64 {
        self.first_id().0 - RowId::FIRST.0
    }

    /// The estimated memory use in bytes.
    pub fn memory_bytes(&self) -> usize {
        self.rows.memory_bytes()
            + self.interner.memory_bytes()
            + self.batches.memory_bytes()
            + self.pages.memory_bytes()
    }

    /// The row of one callback, if it is still kept.
    pub fn row(&self, id: RowId) -> Option<Row<'_>> {
        let stored = self.rows.get(id.offset_from(self.first_id())?)?;
        Some(self.read(id, stored))
    }

    fn read(&self, id: RowId, stored: &StoredRow) -> Row<'_> {
        let is_batch = stored.flags.contains(Flags::BATCH);
        let batch = is_batch.then(|| self.batches.get(id)).flatten();
        Row {
            id,
            at: stored.at,
            app: self.interner.text(stored.app),
            word: self.interner.text(stored.word),
            from: self.interner.text(stored.from),
            to: self.interner.text(stored.to),
            kinds: stored.kinds,
            result: stored.result,
            unread: stored.unread.get(),
            msg_time: stored.msg_time.get().map(i64::from),
            key: stored.key,
            other_keys: batch.map_or(&[], |it| &it.keys),
            other_failures: batch.map_or(&[], |it| &it.codes),
            size: stored.size,
            flags: stored.flags,
        }
    }

    /// One delivery, if it is still kept.
    pub fn delivery(&self, id: RowId) -> Option<Delivery> {
        self.pages.delivery(id)
    }

    /// The row ids of all callbacks about one of the messages of a row.
    pub(super) fn ids_sharing_message(&self, row: &Row<'_>) -> Vec<RowId> {
        let shares = |id, stored: &StoredRow| match row.other_keys {
            [] if !stored.flags.contains(Flags::BATCH) => stored.key == row.key,
            _ => self.read(id, stored).shares_message(row),
        };
        self.iter().filter(|(id, stored)| shares(*id, stored)).map(|(id, _)| id).collect()
    }

    /// Time (`MsgTime`, else of arrival) and row id of all callbacks of the chat
    /// of one: between the same two users, or in the same group. Unlike
    /// `Callback::chat` it includes all commands, and all topics of a group.
    pub(super) fn chat_of(&self, id: RowId) -> Vec<(i64, RowId)> {
        let index = id.offset_from(self.first_id());
        let Some(center) = index.and_then(|it| self.rows.get(it)) else { return Vec::new() };
        let group = center.flags.contains(Flags::GROUP);
        let same = |stored: &StoredRow| match group {
            _ if stored.app != center.app => false,
            true => stored.flags.contains(Flags::GROUP) && stored.to == center.to,
            false => {
                !stored.flags.contains(Flags::GROUP)
                    && [stored.from, stored.to] != [center.from, center.from]
                    && ([stored.from, stored.to] == [center.from, center.to]
                        || [stored.to, stored.from] == [center.from, center.to])
            }
        };
        let time = |stored: &StoredRow| stored.msg_time.get().map_or(stored.at.secs(), i64::from);
        self.iter()
            .filter(|(_, stored)| same(stored))
            .map(|(id, stored)| (time(stored), id))
            .collect()
    }

    fn iter(&self) -> impl Iterator<Item = (RowId, &StoredRow)> {
        RowId::in_range(self.first_id()..self.next_id()).zip(self.rows.iter())
    }

    /// Calls `read` with the page of a callback, decompressed and not cached.
    pub(super) fn scan_page<T>(
        &self,
        id: RowId,
        part: Part,
        read: impl FnOnce(&Page) -> T,
    ) -> Option<T> {
        self.pages.scan_page(id, part, read)
    }

    /// The row id of the first callback on the page of `id`.
    pub(super) fn page_start(&self, id: RowId) -> RowId {
        self.pages.page_start(id)
    }

    /// Appends a callback. `row.id` is ignored: the row id is the next one.
    pub(super) fn push(
        &mut self,
        row: &Row<'_>,
        identity: u64,
        batch: Option<Batch>,
        delivery: &Delivery,
    ) -> RowId {
        let id = self.next_id();
        let flags = row.flags.with(Flags::BATCH, batch.is_some());
        if let Some(batch) = batch {
            self.batches.insert(id, batch);
        }
        self.rows.push_back(StoredRow {
            at: row.at,
            identity,
            key: row.key,
            app: self.interner.intern(row.app),
            word: self.interner.intern(row.word),
            from: self.interner.intern(row.from),
            to: self.interner.intern(row.to),
            result: row.result,
            unread: OptionalU32::new(row.unread.map(i64::from)),
            msg_time: OptionalU32::new(row.msg_time),
            size: row.size,
            kinds: row.kinds,
            flags,
        });
        self.pages.push(delivery);
        id
    }

    /// Evicts the oldest page. Returns the identities of its events; `None` if
    /// there is no full page.
    pub(super) fn evict_oldest(&mut self) -> Option<Vec<u64>> {
        let count = self.pages.evict();
        let Self { rows, interner, .. } = self;
        let oldest = std::iter::from_fn(|| rows.pop_front()).take(count);
        let identities = oldest.filter_map(|stored| {
            for symbol in [stored.app, stored.word, stored.from, stored.to] {
                interner.release(symbol);
            }
            // The others did not add their event to the anomalies.
            let never_recorded = [Flags::REFUSED, Flags::RESENT, Flags::DUPLICATE];
            (!never_recorded.into_iter().any(|it| stored.flags.contains(it)))
                .then_some(stored.identity)
        });
        let identities = identities.collect();
        self.batches.evict_before(self.first_id());
        (0 < count).then_some(identities)
    }
}
