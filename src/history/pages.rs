//! The raw deliveries, byte for byte, in compressed pages.
//!
//! New deliveries go into an open page. A full page is compressed once (zstd,
//! level 1) and decompressed when it is read. Bodies are compressed separately
//! from the rest, as most filters read only bodies. Pages are evicted oldest
//! first.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::fmt;
use std::sync::Arc;

use super::codec;
use super::column::{Column, Packing};
use super::row::RowId;
use crate::callback::Delivery;

/// The maximum number of deliveries in a page.
pub(super) const PAGE_COUNT: usize = 64;
/// Raw bytes at which a page is full.
const PAGE_BYTES: usize = 64 * 1024;
/// Decompressed pages in the cache.
const CACHED_PAGES: usize = 8;
/// Compression level of zstd.
const LEVEL: i32 = 1;

/// Raw deliveries by position, from [`Pages::first`] on.
pub(super) struct Pages {
    sealed: VecDeque<Sealed>,
    open: Opened,
    sealed_bytes: usize,
    compressor: Option<zstd::bulk::Compressor<'static>>,
    /// Buffers for the compression of bodies and calls.
    buffers: [Vec<u8>; 2],
    /// The size of the open page and of `buffers` when the last page was sealed.
    peak: usize,
    cache: RefCell<VecDeque<(RowId, Arc<Opened>)>>,
    opener: RefCell<Opener>,
}

/// Decompresses pages one after another into the same memory; allocating it
/// takes half as long as decompressing.
struct Opener {
    zstd: Option<zstd::bulk::Decompressor<'static>>,
    page: Opened,
}

struct Sealed {
    first: RowId,
    bodies: Packing,
    calls: Packing,
    /// The packed bodies, then the packed calls: one allocation for each page
    /// leaves fewer gaps.
    bytes: Box<[u8]>,
}

/// The part of a page to decompress.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Bodies,
    All,
}

/// A decompressed page.
#[derive(Debug, Clone)]
pub(super) struct Opened {
    /// The position of its first delivery.
    first: RowId,
    bodies: Column,
    /// The deliveries without their bodies; empty after [`Part::Bodies`].
    calls: Column,
}

impl Opened {
    fn empty(first: RowId) -> Self {
        Self { first, bodies: Column::default(), calls: Column::default() }
    }

    /// Decodes one delivery of this page.
    pub(super) fn delivery(&self, id: RowId) -> Option<Delivery> {
        codec::decode(self.calls.get(self.index(id)?)?, self.body(id)?)
    }

    /// The body of one delivery of this page.
    pub(super) fn body(&self, id: RowId) -> Option<&[u8]> {
        self.bodies.get(self.index(id)?)
    }

    fn index(&self, id: RowId) -> Option<usize> {
        id.offset_from(self.first)
    }

    fn next(&self) -> RowId {
        self.first.plus(self.bodies.len())
    }

    fn bytes(&self) -> usize {
        self.bodies.bytes() + self.calls.bytes()
    }

    fn clear(&mut self) {
        self.bodies.clear(2 * PAGE_BYTES);
        self.calls.clear(2 * PAGE_BYTES);
    }
}

impl Pages {
    pub(super) fn new(first: RowId) -> Self {
        Self {
            sealed: VecDeque::new(),
            open: Opened::empty(first),
            sealed_bytes: 0,
            compressor: zstd::bulk::Compressor::new(LEVEL).ok(),
            buffers: Default::default(),
            peak: 0,
            cache: RefCell::default(),
            opener: RefCell::new(Opener { zstd: None, page: Opened::empty(first) }),
        }
    }

    /// The position of the oldest delivery kept.
    pub(super) fn first(&self) -> RowId {
        self.sealed.front().map_or(self.open.first, |page| page.first)
    }

    /// The position the next delivery gets.
    pub(super) fn next(&self) -> RowId {
        self.open.next()
    }

    /// The estimated memory use in bytes, with that of the next page.
    pub(super) fn bytes(&self) -> usize {
        let cached: usize = self.cache.borrow().iter().map(|(_, it)| it.bytes()).sum();
        let opener = self.opener.borrow().page.bytes();
        // Sealing the next page may need as much as the last one did.
        self.sealed_bytes + self.buffer_bytes().max(self.peak) + opener + cached
    }

    fn buffer_bytes(&self) -> usize {
        self.open.bytes() + self.buffers.iter().map(Vec::capacity).sum::<usize>()
    }

    /// Appends a delivery.
    pub(super) fn push(&mut self, delivery: &Delivery) {
        let Opened { bodies, calls, .. } = &mut self.open;
        if PAGE_BYTES < delivery.body.len() {
            // Otherwise the vector would double.
            bodies.reserve_exact(delivery.body.len() + PAGE_BYTES);
        }
        bodies.push(|out| out.extend_from_slice(&delivery.body));
        calls.push(|out| codec::encode(delivery, out));
        if PAGE_COUNT <= bodies.len() || PAGE_BYTES <= bodies.raw_len() + calls.raw_len() {
            self.seal();
        }
    }

    /// Evicts the oldest full page; returns the number of its deliveries.
    pub(super) fn evict(&mut self) -> usize {
        let Some(page) = self.sealed.pop_front() else { return 0 };
        self.sealed_bytes -= page.cost();
        self.cache.borrow_mut().retain(|(first, _)| *first != page.first);
        self.first().offset_from(page.first).unwrap_or_default()
    }

    /// One delivery.
    pub(super) fn delivery(&self, id: RowId) -> Option<Delivery> {
        match self.open.first <= id {
            true => self.open.delivery(id),
            false => self.opened(self.sealed_with(id)?)?.delivery(id),
        }
    }

    /// Calls `read` with the page of `id`, decompressed and not cached, so that a
    /// search through all pages leaves the cache as it is.
    pub(super) fn scan_page<T>(
        &self,
        id: RowId,
        part: Part,
        read: impl FnOnce(&Opened) -> T,
    ) -> Option<T> {
        if id >= self.open.first {
            return (id < self.next()).then(|| read(&self.open));
        }
        self.opener.borrow_mut().open(self.sealed_with(id)?, part).map(read)
    }

    fn sealed_with(&self, id: RowId) -> Option<&Sealed> {
        self.sealed.get(self.sealed.partition_point(|page| page.first <= id).checked_sub(1)?)
    }

    /// The position of the first delivery on the page of `id`.
    pub(super) fn page_start(&self, id: RowId) -> RowId {
        if id >= self.open.first {
            return self.open.first;
        }
        let index = self.sealed.partition_point(|page| page.first <= id);
        index.checked_sub(1).map_or(id, |index| self.sealed[index].first)
    }

    fn opened(&self, page: &Sealed) -> Option<Arc<Opened>> {
        let mut cache = self.cache.borrow_mut();
        if let Some(at) = cache.iter().position(|(first, _)| *first == page.first) {
            let hit = cache.remove(at)?;
            let opened = Arc::clone(&hit.1);
            cache.push_back(hit);
            return Some(opened);
        }
        let opened = Arc::new(self.opener.borrow_mut().open(page, Part::All)?.clone());
        cache.push_back((page.first, Arc::clone(&opened)));
        if cache.len() > CACHED_PAGES {
            cache.pop_front();
        }
        Some(opened)
    }

    fn seal(&mut self) {
        let Self { open, compressor, buffers, .. } = self;
        let [first, second] = buffers;
        let (bodies, packed_bodies) = open.bodies.pack(compressor.as_mut(), first);
        let (calls, packed_calls) = open.calls.pack(compressor.as_mut(), second);
        let bytes = [packed_bodies, packed_calls].concat().into();
        let page = Sealed { first: open.first, bodies, calls, bytes };
        self.sealed_bytes += page.cost();
        self.sealed.push_back(page);
        self.peak = self.buffer_bytes();
        let Self { open, buffers, .. } = self;
        open.first = open.next();
        // Keeps the memory for the next page, but not that of one huge body.
        open.clear();
        for buffer in buffers {
            buffer.clear();
            buffer.shrink_to(2 * PAGE_BYTES);
        }
    }
}

impl Sealed {
    fn cost(&self) -> usize {
        // The allocator leaves gaps between pages of different sizes.
        self.bytes.len() * 11 / 10 + size_of::<Self>() + 16
    }
}

impl Opener {
    fn open(&mut self, sealed: &Sealed, part: Part) -> Option<&Opened> {
        let Self { zstd, page } = self;
        if zstd.is_none() {
            *zstd = zstd::bulk::Decompressor::new().ok();
        }
        let zstd = zstd.as_mut()?;
        page.clear();
        page.first = sealed.first;
        let (bodies, calls) = sealed.bytes.split_at_checked(sealed.bodies.len)?;
        page.bodies.unpack(bodies, sealed.bodies, zstd)?;
        if part == Part::All {
            page.calls.unpack(calls, sealed.calls, zstd)?;
        }
        Some(page)
    }
}

impl fmt::Debug for Pages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pages({}..{}, {} bytes)", self.first().0, self.next().0, self.bytes())
    }
}
