//! The rows of kept callbacks, 64 bytes each, with their texts interned.

use std::ops::ControlFlow;

use super::batches::{Batch, Batches};
use super::chunked_deque::ChunkedDeque;
use super::interner::{Interner, Symbol, SymbolSet};
use super::row::{Flags, Row, RowId};
use crate::callback::Timestamp;

/// Rows by position, oldest first.
#[derive(Debug, Default)]
pub(super) struct RowTable {
    rows: ChunkedDeque<StoredRow>,
    interner: Interner,
    batches: Batches,
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
    /// Valid with [`Flags::RESULT`].
    result: i32,
    unread: OptionalU32,
    msg_time: OptionalU32,
    size: u32,
    took: u32,
    kinds: u16,
    flags: Flags,
}

// A million callbacks are 64 MB of rows.
const _: () = assert!(size_of::<StoredRow>() == 64);

/// The number of different kinds of callbacks that are counted.
const MAX_KINDS: usize = 256;

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

/// A column of texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    App,
    Word,
    From,
    To,
}

impl StoredRow {
    const fn symbol(&self, column: Column) -> Symbol {
        match column {
            Column::App => self.app,
            Column::Word => self.word,
            Column::From => self.from,
            Column::To => self.to,
        }
    }
}

impl RowTable {
    /// The number of rows.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The estimated memory use in bytes.
    pub(super) fn memory_bytes(&self) -> usize {
        self.rows.memory_bytes() + self.interner.memory_bytes() + self.batches.memory_bytes()
    }

    /// The row at a position, with this row id.
    pub(super) fn get(&self, position: usize, id: RowId) -> Option<Row<'_>> {
        Some(self.read(self.rows.get(position)?, id))
    }

    /// When the callback at a position was received.
    pub(super) fn received_at(&self, position: usize) -> Option<Timestamp> {
        self.rows.get(position).map(|it| it.at)
    }

    fn read(&self, stored: &StoredRow, id: RowId) -> Row<'_> {
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
            result: stored.flags.contains(Flags::RESULT).then_some(stored.result),
            unread: stored.unread.get(),
            msg_time: stored.msg_time.get().map(i64::from),
            key: stored.key,
            other_keys: batch.map_or(&[], |it| &it.keys),
            other_failures: batch.map_or(&[], |it| &it.codes),
            refused: batch.and_then(|it| it.refused),
            size: stored.size,
            took: stored.took,
            flags: stored.flags,
        }
    }

    /// Calls `take` with each text of some columns in the newest rows once, the most
    /// recent first, until it returns that no more is wanted.
    pub(super) fn newest_texts(
        &self,
        columns: &[Column],
        rows: usize,
        mut take: impl FnMut(&str) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let mut seen = SymbolSet::default();
        for stored in self.rows.iter_back().take(rows) {
            for column in columns {
                let symbol = stored.symbol(*column);
                if seen.insert(symbol) {
                    take(self.interner.text(symbol))?;
                }
            }
        }
        ControlFlow::Continue(())
    }

    /// How many of the newest rows have a command word and kinds of elements, for each two
    /// of these, the most recent first.
    pub(super) fn newest_kinds(&self, rows: usize) -> Vec<(&str, u16, usize)> {
        let mut counts: Vec<(Symbol, u16, usize)> = Vec::new();
        let mut last = 0;
        for it in self.rows.iter_back().take(rows) {
            let is =
                |(word, kinds, _): &(Symbol, u16, usize)| *word == it.word && *kinds == it.kinds;
            // Mostly those of the row before.
            if !counts.get(last).is_some_and(is) {
                last = counts.iter().position(is).unwrap_or(counts.len());
            }
            if last == counts.len() && last < MAX_KINDS {
                counts.push((it.word, it.kinds, 0));
            }
            if let Some(found) = counts.get_mut(last) {
                found.2 += 1;
            }
        }
        counts.into_iter().map(|(word, kinds, n)| (self.interner.text(word), kinds, n)).collect()
    }

    /// The results in the newest rows, the most recent first.
    pub(super) fn newest_results(&self, rows: usize) -> impl Iterator<Item = i32> {
        let result = |it: &StoredRow| it.flags.contains(Flags::RESULT).then_some(it.result);
        self.rows.iter_back().take(rows).filter_map(result)
    }

    /// Appends a row. Its row id is kept only with a batch.
    pub(super) fn push(&mut self, row: &Row<'_>, identity: u64, batch: Option<Batch>) {
        let flags = row.flags.with(Flags::BATCH, batch.is_some());
        let flags = flags.with(Flags::RESULT, row.result.is_some());
        if let Some(batch) = batch {
            self.batches.insert(row.id, batch);
        }
        // Mostly those of the row before, which costs no search.
        let [app, word] = match self.rows.back() {
            Some(last) => [
                self.interner.intern_like(last.app, row.app),
                self.interner.intern_like(last.word, row.word),
            ],
            None => [row.app, row.word].map(|it| self.interner.intern(it)),
        };
        self.rows.push_back(StoredRow {
            at: row.at,
            identity,
            key: row.key,
            app,
            word,
            from: self.interner.intern(row.from),
            to: self.interner.intern(row.to),
            result: row.result.unwrap_or_default(),
            unread: OptionalU32::new(row.unread.map(i64::from)),
            msg_time: OptionalU32::new(row.msg_time),
            size: row.size,
            took: row.took,
            kinds: row.kinds,
            flags,
        });
    }

    /// Removes the oldest row, which has this row id; returns its identity and flags.
    pub(super) fn pop(&mut self, id: RowId) -> Option<(u64, Flags)> {
        let stored = self.rows.pop_front()?;
        if stored.flags.contains(Flags::BATCH) {
            self.batches.remove(id);
        }
        for symbol in [stored.app, stored.word, stored.from, stored.to] {
            self.interner.release(symbol);
        }
        Some((stored.identity, stored.flags))
    }

    /// The row ids of all rows about one of the messages of `row`; `id_at` gives the
    /// row id at a position.
    pub(super) fn sharing_message<'a>(
        &'a self,
        row: &'a Row<'_>,
        id_at: impl Fn(usize) -> RowId + 'a,
    ) -> impl Iterator<Item = RowId> {
        self.rows.iter().enumerate().filter_map(move |(nth, stored)| {
            let is_shared = match row.other_keys {
                [] if !stored.flags.contains(Flags::BATCH) => stored.key == row.key,
                _ => self.read(stored, id_at(nth)).shares_message(row),
            };
            is_shared.then(|| id_at(nth))
        })
    }

    /// Time (`MsgTime`, else of arrival) and row id of all rows of the chat of
    /// `center`: between the same two users, or in the same group.
    pub(super) fn in_chat_of(
        &self,
        center: &Row<'_>,
        id_at: impl Fn(usize) -> RowId,
    ) -> impl Iterator<Item = (i64, RowId)> {
        let in_group = center.flags.contains(Flags::GROUP);
        // A text that is in no row is in no chat.
        let [app, from, to] = [center.app, center.from, center.to].map(|it| self.interner.find(it));
        let same = move |stored: &StoredRow| {
            let (a, b) = (Some(stored.from), Some(stored.to));
            match in_group {
                _ if Some(stored.app) != app => false,
                true => stored.flags.contains(Flags::GROUP) && b == to,
                false => {
                    !stored.flags.contains(Flags::GROUP)
                        && [a, b] != [from, from]
                        && ([a, b] == [from, to] || [b, a] == [from, to])
                }
            }
        };
        let time = |stored: &StoredRow| stored.msg_time.get().map_or(stored.at.secs(), i64::from);
        let rows = self.rows.iter().enumerate();
        rows.filter(move |(_, stored)| same(stored)).map(move |(nth, it)| (time(it), id_at(nth)))
    }
}
