//! The raw deliveries, byte for byte, in compressed pages.
//!
//! The newest stand in an open page; a full page is compressed once (zstd,
//! level 1) and opened again only when somebody looks. Bodies are compressed
//! apart from the rest, for those who only search. Whole pages are let go,
//! oldest first.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::fmt;
use std::sync::Arc;

use super::codec;
use super::column::{Column, Packing};
use super::row::RowId;
use crate::callback::Delivery;

/// Deliveries in a page, at the most.
pub(super) const PAGE_COUNT: usize = 64;
/// Raw bytes after which a page is full.
const PAGE_BYTES: usize = 64 * 1024;
/// Pages that stay open for those who look again.
const OPENED: usize = 8;
const LEVEL: i32 = 1;

/// Raw deliveries by position, in order, from [`Pages::first`] on.
pub(super) struct Pages {
    sealed: VecDeque<Sealed>,
    open: Opened,
    sealed_bytes: usize,
    compressor: Option<zstd::bulk::Compressor<'static>>,
    /// Where bodies and calls are compressed, before the bytes that it took are
    /// kept.
    packed: [Vec<u8>; 2],
    /// Bytes of the open page and of `packed` when the last page was sealed.
    needed: usize,
    cache: RefCell<VecDeque<(RowId, Arc<Opened>)>>,
    opener: RefCell<Opener>,
}

/// Opens pages one after another in the same room: making room costs as much
/// as half of the opening.
struct Opener {
    zstd: Option<zstd::bulk::Decompressor<'static>>,
    page: Opened,
}

struct Sealed {
    first: RowId,
    bodies: Packing,
    calls: Packing,
    /// The packed bodies, and behind them the packed calls: one piece of memory
    /// for a page, as more would leave more gaps.
    bytes: Box<[u8]>,
}

/// What of a page is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Bodies,
    Whole,
}

/// A page that can be read.
#[derive(Debug, Clone)]
pub(super) struct Opened {
    /// The position of its first delivery.
    first: RowId,
    bodies: Column,
    /// All of each delivery but its body; none if only bodies were to be read.
    calls: Column,
}

impl Opened {
    fn empty(first: RowId) -> Self {
        Self { first, bodies: Column::default(), calls: Column::default() }
    }

    /// Reads one delivery of this page.
    pub(super) fn delivery(&self, id: RowId) -> Option<Delivery> {
        codec::read(self.calls.get(self.index(id)?)?, self.body(id)?)
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
            packed: Default::default(),
            needed: 0,
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

    /// About how many bytes all pages take, with room for the next ones.
    pub(super) fn bytes(&self) -> usize {
        let cached: usize = self.cache.borrow().iter().map(|(_, it)| it.bytes()).sum();
        let opener = self.opener.borrow().page.bytes();
        // The next page may need what the last one needed while it was sealed.
        self.sealed_bytes + self.buffers().max(self.needed) + opener + cached
    }

    fn buffers(&self) -> usize {
        self.open.bytes() + self.packed.iter().map(Vec::capacity).sum::<usize>()
    }

    /// Keeps one more.
    pub(super) fn push(&mut self, delivery: &Delivery) {
        let Opened { bodies, calls, .. } = &mut self.open;
        if PAGE_BYTES < delivery.body.len() {
            // As much as it takes, and not twice what was there.
            bodies.reserve_exact(delivery.body.len() + PAGE_BYTES);
        }
        bodies.push(|out| out.extend_from_slice(&delivery.body));
        calls.push(|out| codec::write(delivery, out));
        if PAGE_COUNT <= bodies.len() || PAGE_BYTES <= bodies.raw_len() + calls.raw_len() {
            self.seal();
        }
    }

    /// Lets the oldest full page go; returns how many deliveries were in it.
    pub(super) fn evict(&mut self) -> usize {
        let Some(page) = self.sealed.pop_front() else { return 0 };
        self.sealed_bytes -= page.cost();
        self.cache.borrow_mut().retain(|(first, _)| *first != page.first);
        self.first().offset_from(page.first).unwrap_or_default()
    }

    /// One delivery, whole.
    pub(super) fn delivery(&self, id: RowId) -> Option<Delivery> {
        match self.open.first <= id {
            true => self.open.delivery(id),
            false => self.opened(self.sealed_with(id)?)?.delivery(id),
        }
    }

    /// Calls `look` with the page that holds `id`, opened for this once: who
    /// searches all pages pushes none away that is looked at again and again.
    pub(super) fn scan_page<T>(
        &self,
        id: RowId,
        part: Part,
        look: impl FnOnce(&Opened) -> T,
    ) -> Option<T> {
        if id >= self.open.first {
            return (id < self.next()).then(|| look(&self.open));
        }
        self.opener.borrow_mut().open(self.sealed_with(id)?, part).map(look)
    }

    fn sealed_with(&self, id: RowId) -> Option<&Sealed> {
        self.sealed.get(self.sealed.partition_point(|page| page.first <= id).checked_sub(1)?)
    }

    /// The position of the first delivery on the page that holds `id`.
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
        let opened = Arc::new(self.opener.borrow_mut().open(page, Part::Whole)?.clone());
        cache.push_back((page.first, Arc::clone(&opened)));
        if cache.len() > OPENED {
            cache.pop_front();
        }
        Some(opened)
    }

    fn seal(&mut self) {
        let Self { open, compressor, packed, .. } = self;
        let [first, second] = packed;
        let (bodies, packed_bodies) = open.bodies.pack(compressor.as_mut(), first);
        let (calls, packed_calls) = open.calls.pack(compressor.as_mut(), second);
        let bytes = [packed_bodies, packed_calls].concat().into();
        let page = Sealed { first: open.first, bodies, calls, bytes };
        self.sealed_bytes += page.cost();
        self.sealed.push_back(page);
        self.needed = self.buffers();
        let Self { open, packed, .. } = self;
        open.first = open.next();
        // The next page is as large, mostly; one huge body leaves no huge hole.
        open.clear();
        for room in packed {
            room.clear();
            room.shrink_to(2 * PAGE_BYTES);
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
        if part == Part::Whole {
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
