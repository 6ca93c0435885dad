//! The callbacks kept: an indexed row and the raw delivery of each.
//!
//! Accepted and refused callbacks are in stores of their own and evicted by their
//! own kind; here they are one list in order of arrival.

use std::collections::VecDeque;
use std::ops::Range;

use super::batches::Batch;
use super::merged_ids::{MergedIds, SortedIds};
use super::pages::{Page, Pages, Part};
use super::refused::Refused;
use super::row::{Flags, Row, RowId};
use super::row_table::RowTable;
use super::span::Span;
use crate::callback::head::{Cut, Head};
use crate::callback::{Delivery, Timestamp};

/// The callbacks kept, in order of arrival.
#[derive(Debug)]
pub struct Flow {
    /// The rows of the accepted callbacks.
    rows: RowTable,
    /// The deliveries of the accepted callbacks.
    pages: Pages,
    refused: Refused,
}

/// The row ids of the accepted callbacks kept, which have no gaps.
#[derive(Debug, Clone, Copy)]
struct AcceptedIds {
    first: RowId,
    len: usize,
}

impl SortedIds for AcceptedIds {
    fn len(&self) -> usize {
        self.len
    }

    fn get(&self, position: usize) -> Option<RowId> {
        (position < self.len).then(|| self.first.plus(position))
    }

    fn count_before(&self, id: RowId) -> usize {
        // Those before a refused one end with the number that it holds.
        let end = if id.is_refused() { id.plus(1) } else { id };
        end.offset_from(self.first).unwrap_or_default().min(self.len)
    }
}

impl Flow {
    /// An empty flow; refused callbacks use their share of so many bytes.
    pub(super) fn new(max_bytes: usize) -> Self {
        Self {
            rows: RowTable::default(),
            pages: Pages::new(),
            refused: Refused::with_share_of(max_bytes),
        }
    }

    /// The end of the row ids: all received so far are less, all later ones are
    /// not.
    pub fn end_id(&self) -> RowId {
        self.refused.next_id(self.accepted())
    }

    /// The number of callbacks received, refused ones included.
    pub fn received(&self) -> u64 {
        self.accepted() + self.refused.received()
    }

    /// The number of callbacks accepted.
    fn accepted(&self) -> u64 {
        self.pages.next_id().accepted_number() - 1
    }

    /// The row id of the oldest accepted callback kept.
    pub(super) fn first_accepted(&self) -> RowId {
        self.pages.first_id()
    }

    /// The number of callbacks kept.
    pub fn len(&self) -> usize {
        self.merged().len()
    }

    /// Whether none is kept.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number of accepted callbacks evicted to stay within the memory limit.
    pub fn evicted(&self) -> u64 {
        self.first_accepted().accepted_number() - 1
    }

    /// The estimated memory use in bytes.
    pub fn memory_bytes(&self) -> usize {
        self.accepted_bytes() + self.refused.memory_bytes()
    }

    /// As [`Flow::memory_bytes`], with all that is set apart for refused callbacks.
    pub(super) fn reserved_bytes(&self) -> usize {
        self.accepted_bytes() + self.refused.reserved_bytes()
    }

    /// Bytes decompressed so far, by which the work of a frame can be counted.
    pub fn decompressed_bytes(&self) -> u64 {
        self.pages.decompressed_bytes()
    }

    fn accepted_bytes(&self) -> usize {
        self.rows.memory_bytes() + self.pages.memory_bytes()
    }

    /// The number of callbacks kept before this row id.
    pub fn position(&self, id: RowId) -> usize {
        self.merged().position(id)
    }

    /// The row id of the callback at a position, from 0.
    pub fn id_at(&self, position: usize) -> Option<RowId> {
        self.merged().get(position)
    }

    fn merged(&self) -> MergedIds<AcceptedIds, &VecDeque<RowId>> {
        let accepted = AcceptedIds { first: self.first_accepted(), len: self.rows.len() };
        MergedIds(accepted, self.refused.ids())
    }

    /// The row ids of the callbacks kept within a range, in order.
    pub fn ids_in(&self, range: Range<RowId>) -> impl DoubleEndedIterator<Item = RowId> {
        let positions = self.position(range.start)..self.position(range.end);
        positions.filter_map(|it| self.id_at(it))
    }

    /// The row ids of the refused callbacks kept within a range, in order.
    pub(super) fn refused_in(
        &self,
        range: &Range<RowId>,
    ) -> impl DoubleEndedIterator<Item = RowId> {
        let ids = self.refused.ids();
        ids.range(ids.count_before(range.start)..ids.count_before(range.end)).copied()
    }

    /// The row ids of all callbacks kept, in order.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = RowId> {
        (0..self.len()).filter_map(|it| self.id_at(it))
    }

    /// The row id of the callback received last, if it is kept.
    pub fn newest_id(&self) -> Option<RowId> {
        self.id_at(self.len().checked_sub(1)?)
    }

    /// The rows of the accepted callbacks.
    pub(super) fn accepted_rows(&self) -> &RowTable {
        &self.rows
    }

    /// The row of one callback, if it is still kept.
    pub fn row(&self, id: RowId) -> Option<Row<'_>> {
        match id.is_refused() {
            true => self.refused.row(id),
            false => self.rows.get(id.offset_from(self.first_accepted())?, id),
        }
    }

    /// When one callback was received, if it is still kept.
    pub fn received_at(&self, id: RowId) -> Option<Timestamp> {
        match id.is_refused() {
            true => self.refused.row(id).map(|it| it.at),
            false => self.rows.received_at(id.offset_from(self.first_accepted())?),
        }
    }

    /// One delivery, if it is still kept.
    pub fn delivery(&self, id: RowId) -> Option<Delivery> {
        match id.is_refused() {
            true => self.refused.delivery(id).cloned(),
            false => self.pages.delivery(id),
        }
    }

    /// One delivery with at most `limit` bytes of its body ([`Delivery::into_head`]), if
    /// it is still kept.
    pub fn head(&self, id: RowId, limit: usize, cut: Cut) -> Option<Head> {
        match id.is_refused() {
            true => self.refused.delivery(id).map(|it| it.clone().into_head(limit, cut)),
            false => self.pages.head(id, limit, cut),
        }
    }

    /// The row ids of all callbacks about one of the messages of a row, in order.
    pub(super) fn ids_sharing_message(&self, row: &Row<'_>) -> Vec<RowId> {
        let (first, refused) = (self.first_accepted(), self.refused.ids());
        let accepted = self.rows.sharing_message(row, |it| first.plus(it));
        let refused = self.refused.rows().sharing_message(row, |it| refused[it]);
        let mut ids: Vec<_> = accepted.chain(refused).collect();
        ids.sort_unstable();
        ids
    }

    /// Time (`MsgTime`, else of arrival) and row id of all callbacks of the chat
    /// of one: between the same two users, or in the same group. Unlike
    /// `Callback::chat` it includes all commands, and all topics of a group.
    pub(super) fn chat_of(&self, id: RowId) -> Vec<(i64, RowId)> {
        let Some(center) = self.row(id) else { return Vec::new() };
        let (first, refused) = (self.first_accepted(), self.refused.ids());
        let accepted = self.rows.in_chat_of(&center, |it| first.plus(it));
        let refused = self.refused.rows().in_chat_of(&center, |it| refused[it]);
        accepted.chain(refused).collect()
    }

    /// Calls `read` with the page of an accepted callback, decompressed and not
    /// cached.
    pub(super) fn scan_page<T>(
        &self,
        id: RowId,
        part: Part,
        read: impl FnOnce(&Page) -> T,
    ) -> Option<T> {
        self.pages.scan_page(id, part, read)
    }

    /// The bytes that [`Flow::scan_page`] reads of a page.
    pub(super) fn page_bytes(&self, id: RowId, part: Part) -> usize {
        self.pages.page_bytes(id, part)
    }

    /// When the callbacks on the page of an accepted one were received; `None` if that is
    /// not kept.
    pub(super) fn page_span(&self, id: RowId) -> Option<Span> {
        self.pages.page_span(id)
    }

    /// The row id from which on callbacks are to be read together with `id`: of the
    /// first one on its page. That of a refused one is the page of the accepted one
    /// before it.
    pub fn page_start(&self, id: RowId) -> RowId {
        self.pages.page_start(RowId::accepted(id.accepted_number()))
    }

    /// The row id of the oldest refused callback kept.
    pub(super) fn first_refused(&self) -> RowId {
        self.refused.ids().front().copied().unwrap_or(self.end_id())
    }

    /// A refused delivery without a copy, if it is still kept.
    pub(super) fn refused(&self, id: RowId) -> Option<&Delivery> {
        self.refused.delivery(id)
    }

    /// The row id that the next callback gets.
    pub(super) fn next_id(&self, is_refused: bool) -> RowId {
        match is_refused {
            true => self.refused.next_id(self.accepted()),
            false => self.pages.next_id(),
        }
    }

    /// Appends a callback with the row id of [`Flow::next_id`]. A refused one evicts
    /// the oldest refused ones that are too many then.
    pub(super) fn push(
        &mut self,
        row: &Row<'_>,
        identity: u64,
        batch: Option<Batch>,
        delivery: &Delivery,
    ) {
        if row.flags.contains(Flags::REFUSED) {
            return self.refused.push(row, batch, delivery);
        }
        self.rows.push(row, identity, batch);
        self.pages.push(delivery);
    }

    /// Evicts the oldest page of accepted callbacks. Returns the identities of its
    /// events; `None` if there is no full page.
    pub(super) fn evict_oldest(&mut self) -> Option<Vec<u64>> {
        let first = self.first_accepted();
        let count = self.pages.evict();
        let oldest = (0..count).filter_map(|nth| self.rows.pop(first.plus(nth)));
        let identities = oldest.filter_map(|(identity, flags)| {
            // The others did not add their event to the anomalies.
            let never_recorded = [Flags::RESENT, Flags::DUPLICATE];
            (!never_recorded.into_iter().any(|it| flags.contains(it))).then_some(identity)
        });
        let identities = identities.collect();
        (0 < count).then_some(identities)
    }
}
