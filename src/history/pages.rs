//! The raw deliveries, byte for byte, in compressed pages.
//!
//! New deliveries go into an open page. A full page is compressed once (zstd,
//! level 1) and decompressed when it is read. Bodies are compressed separately
//! from the rest, as most filters read only bodies. Pages are evicted oldest
//! first.

mod encoding;
mod column;
mod page;

use std::cell::RefCell;
use std::collections::VecDeque;
use std::fmt;
use std::sync::Arc;

use super::row::RowId;
use super::span::Span;
use crate::callback::Delivery;
use crate::callback::head::{Cut, Head};
use page::{CompressedPage, Decompressor, KEPT_CAPACITY};

pub(super) use page::{Page, Part};

/// Decompressed pages in the cache.
const CACHED_PAGES: usize = 8;
/// Compression level of zstd.
const LEVEL: i32 = 1;

/// Raw deliveries by row id, from [`Pages::first_id`] on.
pub(super) struct Pages {
    compressed: VecDeque<CompressedPage>,
    open: Page,
    compressed_bytes: usize,
    compressor: Option<zstd::bulk::Compressor<'static>>,
    /// Buffers for the compression of bodies and metadata.
    buffers: [Vec<u8>; 2],
    /// Memory of the open page and of `buffers` after the last compression.
    last_compression_bytes: usize,
    /// Pages decompressed last, the latest at the back.
    cache: RefCell<VecDeque<Arc<Page>>>,
    decompressor: RefCell<Decompressor>,
}

impl Pages {
    pub(super) fn new() -> Self {
        Self {
            compressed: VecDeque::new(),
            open: Page::empty(RowId::FIRST),
            compressed_bytes: 0,
            compressor: zstd::bulk::Compressor::new(LEVEL).ok(),
            buffers: Default::default(),
            last_compression_bytes: 0,
            cache: RefCell::default(),
            decompressor: RefCell::new(Decompressor::new()),
        }
    }

    /// The row id of the oldest delivery kept.
    pub(super) fn first_id(&self) -> RowId {
        self.compressed.front().map_or(self.open.first, |page| page.first)
    }

    /// The row id that the next delivery gets.
    pub(super) fn next_id(&self) -> RowId {
        self.open.next_id()
    }

    /// The estimated memory use in bytes, with that of the next page.
    pub(super) fn memory_bytes(&self) -> usize {
        let cached: usize = self.cache.borrow().iter().map(|it| it.memory_bytes()).sum();
        // Compressing the next page may need as much as the last one did.
        self.compressed_bytes
            + self.buffer_bytes().max(self.last_compression_bytes)
            + self.decompressor.borrow().memory_bytes()
            + cached
    }

    /// Bytes decompressed so far.
    pub(super) fn decompressed_bytes(&self) -> u64 {
        self.decompressor.borrow().total_bytes
    }

    fn buffer_bytes(&self) -> usize {
        self.open.memory_bytes() + self.buffers.iter().map(Vec::capacity).sum::<usize>()
    }

    /// Appends a delivery.
    pub(super) fn push(&mut self, delivery: &Delivery) {
        self.open.push(delivery);
        if self.open.is_full() {
            self.compress();
        }
    }

    /// Evicts the oldest full page; returns the number of its deliveries.
    pub(super) fn evict(&mut self) -> usize {
        let Some(page) = self.compressed.pop_front() else { return 0 };
        self.compressed_bytes -= page.memory_bytes();
        self.cache.borrow_mut().retain(|it| it.first != page.first);
        self.first_id().offset_from(page.first).unwrap_or_default()
    }

    /// One delivery with at most `limit` bytes of its body. Of a large page no more is
    /// decompressed, and it is not cached.
    pub(super) fn head(&self, id: RowId, limit: usize, cut: Cut) -> Option<Head> {
        let page = if id < self.open.first { self.page_of(id) } else { None };
        match page {
            Some(page) if !page.is_large() => self.cached(page)?.head(id, limit, cut),
            _ => self.scan_page(id, Part::Heads(limit), |page| page.head(id, limit, cut))?,
        }
    }

    /// One delivery.
    pub(super) fn delivery(&self, id: RowId) -> Option<Delivery> {
        match self.open.first <= id {
            true => self.open.delivery(id),
            false => self.cached(self.page_of(id)?)?.delivery(id),
        }
    }

    /// Calls `read` with the page of `id`, decompressed and not cached, so that a
    /// search through all pages leaves the cache as it is.
    pub(super) fn scan_page<T>(
        &self,
        id: RowId,
        part: Part,
        read: impl FnOnce(&Page) -> T,
    ) -> Option<T> {
        if id >= self.open.first {
            return (id < self.next_id()).then(|| read(&self.open));
        }
        self.decompressor.borrow_mut().decompress(self.page_of(id)?, part).map(read)
    }

    /// The bytes of a part of the page of `id`: what [`Self::scan_page`] reads.
    pub(super) fn page_bytes(&self, id: RowId, part: Part) -> usize {
        match self.open.first <= id {
            true => self.open.raw_bytes(),
            false => self.page_of(id).map_or(0, |page| page.raw_bytes(part)),
        }
    }

    /// When the deliveries of the page of `id` were received.
    pub(super) fn page_span(&self, id: RowId) -> Option<Span> {
        match self.open.first <= id {
            true => self.open.span,
            false => self.page_of(id)?.span,
        }
    }

    fn page_of(&self, id: RowId) -> Option<&CompressedPage> {
        let after = self.compressed.partition_point(|page| page.first <= id);
        self.compressed.get(after.checked_sub(1)?)
    }

    /// The row id of the first delivery on the page of `id`.
    pub(super) fn page_start(&self, id: RowId) -> RowId {
        match self.open.first <= id {
            true => self.open.first,
            false => self.page_of(id).map_or(id, |page| page.first),
        }
    }

    fn cached(&self, page: &CompressedPage) -> Option<Arc<Page>> {
        let mut cache = self.cache.borrow_mut();
        let hit = cache.iter().position(|it| it.first == page.first);
        let found = match hit.and_then(|it| cache.remove(it)) {
            Some(found) => found,
            None => Arc::new(self.decompressor.borrow_mut().decompress(page, Part::All)?.clone()),
        };
        cache.push_back(Arc::clone(&found));
        if cache.len() > CACHED_PAGES {
            cache.pop_front();
        }
        Some(found)
    }

    fn compress(&mut self) {
        let page = self.open.compress(self.compressor.as_mut(), &mut self.buffers);
        self.compressed_bytes += page.memory_bytes();
        self.compressed.push_back(page);
        self.last_compression_bytes = self.buffer_bytes();
        self.open.clear(self.open.next_id());
        for buffer in &mut self.buffers {
            buffer.clear();
            buffer.shrink_to(KEPT_CAPACITY);
        }
    }
}

impl fmt::Debug for Pages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Pages({}..{}, {} bytes)",
            self.first_id().accepted_number(),
            self.next_id().accepted_number(),
            self.memory_bytes()
        )
    }
}
