//! A page of deliveries, its compressed form, and its decompression.

use super::column::{Column, CompressedSize, PREFIX};
use super::encoding;
use crate::callback::Delivery;
use crate::callback::head::{Cut, Head};
use crate::history::row::RowId;
use crate::history::span::Span;

/// The maximum number of deliveries in a page.
const MAX_COUNT: usize = 64;
/// Raw bytes at which a page is full.
const FULL_BYTES: usize = 64 * 1024;
/// Memory that an empty page or buffer keeps for its next use.
pub(in crate::history) const KEPT_CAPACITY: usize = 2 * FULL_BYTES;

/// The part of a page to decompress.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::history) enum Part {
    Bodies,
    /// All but what follows the first so many bytes of the body that fills the page.
    Heads(usize),
    All,
}

/// A decompressed page.
#[derive(Debug, Clone)]
pub(in crate::history) struct Page {
    /// The row id of its first delivery.
    pub(in crate::history) first: RowId,
    bodies: Column,
    /// The deliveries without their bodies; empty after [`Part::Bodies`].
    metadata: Column,
    /// When they were received; `None` if they were compressed.
    pub(in crate::history) span: Option<Span>,
}

impl Page {
    pub(in crate::history) fn empty(first: RowId) -> Self {
        Self { first, bodies: Column::default(), metadata: Column::default(), span: None }
    }

    /// Decodes one delivery of this page.
    pub(in crate::history) fn delivery(&self, id: RowId) -> Option<Delivery> {
        encoding::decode(self.metadata.get(self.index(id)?)?, self.body(id)?)
    }

    /// Decodes one delivery of this page with at most `limit` bytes of its body.
    pub(in crate::history) fn head(&self, id: RowId, limit: usize, cut: Cut) -> Option<Head> {
        let (index, body) = (self.index(id)?, self.body(id)?);
        let len = self.bodies.entry_len(index)?;
        if len <= limit {
            return self.delivery(id).map(Head::uncut);
        }
        let (head, kept) = cut.head(body.get(..limit)?);
        let delivery = encoding::decode(self.metadata.get(index)?, &head)?;
        Some(Head::cut(delivery, kept, len))
    }

    /// The body of one delivery of this page.
    pub(in crate::history) fn body(&self, id: RowId) -> Option<&[u8]> {
        self.bodies.get(self.index(id)?)
    }

    fn index(&self, id: RowId) -> Option<usize> {
        id.offset_from(self.first)
    }

    /// The row id after its last delivery.
    pub(in crate::history) fn next_id(&self) -> RowId {
        self.first.plus(self.bodies.len())
    }

    /// The memory use in bytes.
    pub(in crate::history) fn memory_bytes(&self) -> usize {
        self.bodies.memory_bytes() + self.metadata.memory_bytes()
    }

    /// The size of all deliveries in bytes.
    pub(in crate::history) fn raw_bytes(&self) -> usize {
        self.bodies.raw_len() + self.metadata.raw_len()
    }

    /// Appends a delivery.
    pub(in crate::history) fn push(&mut self, delivery: &Delivery) {
        if FULL_BYTES < delivery.body.len() {
            // Otherwise the vector would double.
            self.bodies.reserve_exact(delivery.body.len() + FULL_BYTES);
        }
        self.bodies.push(|out| out.extend_from_slice(&delivery.body));
        self.metadata.push(|out| encoding::encode(delivery, out));
        self.span = Some(self.span.map_or(Span::at(delivery.at), |it| it.with(delivery.at)));
    }

    /// Whether it must be compressed before the next delivery.
    pub(in crate::history) fn is_full(&self) -> bool {
        MAX_COUNT <= self.bodies.len() || FULL_BYTES <= self.raw_bytes()
    }

    /// Removes its deliveries; `first` is the row id of the next one.
    pub(in crate::history) fn clear(&mut self, first: RowId) {
        self.first = first;
        // Keeps the memory for the next page, but not that of one huge body.
        self.bodies.clear(KEPT_CAPACITY);
        self.metadata.clear(KEPT_CAPACITY);
        self.span = None;
    }

    /// Its compressed form; `buffers` are for bodies and metadata.
    pub(in crate::history) fn compress(
        &self,
        mut zstd: Option<&mut zstd::bulk::Compressor<'static>>,
        buffers: &mut [Vec<u8>; 2],
    ) -> CompressedPage {
        let [first, second] = buffers;
        let (bodies, compressed_bodies) = self.bodies.compress(zstd.as_deref_mut(), first);
        let (metadata, compressed_metadata) = self.metadata.compress(zstd, second);
        let bytes = [compressed_bodies, compressed_metadata].concat().into();
        CompressedPage { first: self.first, span: self.span, bodies, metadata, bytes }
    }
}

/// A compressed page.
pub(in crate::history) struct CompressedPage {
    /// The row id of its first delivery.
    pub(in crate::history) first: RowId,
    /// When its deliveries were received.
    pub(in crate::history) span: Option<Span>,
    bodies: CompressedSize,
    metadata: CompressedSize,
    /// The compressed bodies, then the compressed metadata: one allocation for each page
    /// leaves fewer gaps.
    bytes: Box<[u8]>,
}

impl CompressedPage {
    /// Whether it holds a body that alone fills a page.
    pub(in crate::history) fn is_large(&self) -> bool {
        KEPT_CAPACITY < self.bodies.raw_len
    }

    /// The size of a part in bytes when it is decompressed.
    pub(in crate::history) fn raw_bytes(&self, part: Part) -> usize {
        match part {
            Part::Bodies => self.bodies.raw_len,
            Part::Heads(limit) => self.bodies.raw_len.min(heads_end(limit)) + self.metadata.raw_len,
            Part::All => self.bodies.raw_len + self.metadata.raw_len,
        }
    }

    /// The estimated memory use in bytes.
    pub(in crate::history) fn memory_bytes(&self) -> usize {
        // The allocator leaves gaps between pages of different sizes.
        self.bytes.len() * 11 / 10 + size_of::<Self>() + 16
    }
}

/// Where the first `limit` bytes of any body end: a large one is the last of its page,
/// which was not full before.
const fn heads_end(limit: usize) -> usize {
    FULL_BYTES + PREFIX + limit
}

/// Decompresses pages one after another into the same memory; allocating it
/// takes half as long as decompressing.
pub(in crate::history) struct Decompressor {
    zstd: Option<zstd::bulk::Decompressor<'static>>,
    page: Page,
    /// Bytes decompressed so far.
    pub(in crate::history) total_bytes: u64,
}

impl Decompressor {
    pub(in crate::history) fn new() -> Self {
        Self { zstd: None, page: Page::empty(RowId::FIRST), total_bytes: 0 }
    }

    /// The memory use in bytes.
    pub(in crate::history) fn memory_bytes(&self) -> usize {
        self.page.memory_bytes()
    }

    /// The decompressed part of a page; `None` if zstd fails.
    pub(in crate::history) fn decompress(
        &mut self,
        compressed: &CompressedPage,
        part: Part,
    ) -> Option<&Page> {
        let Self { zstd, page, total_bytes } = self;
        *total_bytes += compressed.raw_bytes(part) as u64;
        if zstd.is_none() {
            *zstd = zstd::bulk::Decompressor::new().ok();
        }
        let zstd = zstd.as_mut()?;
        page.clear(compressed.first);
        let (bodies, metadata) = compressed.bytes.split_at_checked(compressed.bodies.len)?;
        match part {
            Part::Heads(limit) => {
                page.bodies.decompress_beginning(bodies, compressed.bodies, heads_end(limit))?;
            }
            Part::Bodies | Part::All => page.bodies.decompress(bodies, compressed.bodies, zstd)?,
        }
        if part != Part::Bodies {
            page.metadata.decompress(metadata, compressed.metadata, zstd)?;
        }
        Some(page)
    }
}
