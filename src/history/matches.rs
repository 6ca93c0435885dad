//! The callbacks that match a filter.
//!
//! A new callback is tested when it is applied. Earlier ones are searched page by
//! page from the newest, a few pages at a time, so that the first screen of
//! matches shows at once and no frame is delayed.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::ops::Range;

use super::filter::{Filter, ReadCost, Subject};
use super::flow::Flow;
use super::pages::{Page, Part};
use super::row::{Row, RowId};
use crate::callback::Delivery;

/// The row ids of the callbacks that match, in order.
#[derive(Debug)]
pub struct Matches {
    filter: Filter,
    found: VecDeque<RowId>,
    /// The callbacks before this row id are not searched yet.
    unsearched_end: RowId,
}

impl Matches {
    /// An empty list, with all of the flow still to be searched.
    pub fn new(filter: Filter, flow: &Flow) -> Self {
        Self { filter, found: VecDeque::new(), unsearched_end: flow.next_id() }
    }

    /// The filter.
    pub fn filter(&self) -> &Filter {
        &self.filter
    }

    /// The row ids found so far, in order.
    pub fn found(&self) -> &VecDeque<RowId> {
        &self.found
    }

    /// The memory use in bytes.
    pub(super) fn memory_bytes(&self) -> usize {
        self.found.capacity() * size_of::<RowId>()
    }

    /// Whether callbacks are left to be searched.
    pub fn is_searching(&self, flow: &Flow) -> bool {
        self.unsearched_end > flow.first_id()
    }

    /// Adds the newest callback if it matches.
    pub(super) fn test(&mut self, row: &Row<'_>, delivery: &Delivery) {
        if matches_new(&self.filter, row, delivery) {
            self.found.push_back(row.id);
        }
    }

    /// Searches up to `pages` more pages.
    pub fn search(&mut self, flow: &Flow, pages: usize) {
        for _ in 0..pages {
            if !self.is_searching(flow) {
                return;
            }
            let start = flow.page_start(RowId(self.unsearched_end.0 - 1)).max(flow.first_id());
            let range = start..self.unsearched_end;
            let part = match self.filter.read_cost() {
                ReadCost::Row => None,
                ReadCost::Body => Some(Part::Bodies),
                ReadCost::Delivery => Some(Part::All),
            };
            match part {
                None => self.search_page(flow, None, range),
                Some(part) => {
                    flow.scan_page(start, part, |page| self.search_page(flow, Some(page), range));
                }
            }
            self.unsearched_end = start;
        }
    }

    fn search_page(&mut self, flow: &Flow, page: Option<&Page>, range: Range<RowId>) {
        for id in RowId::in_range(range).rev() {
            let Some(row) = flow.row(id) else { continue };
            if self.filter.matches(&Stored { row, page }) {
                self.found.push_front(id);
            }
        }
    }

    /// Removes the row ids before `first`, which are evicted.
    pub(super) fn evict_before(&mut self, first: RowId) {
        while self.found.front().is_some_and(|id| *id < first) {
            self.found.pop_front();
        }
    }
}

/// Whether a new callback matches a filter. No page is read: its delivery is given.
pub(super) fn matches_new(filter: &Filter, row: &Row<'_>, delivery: &Delivery) -> bool {
    filter.matches(&New { row, delivery })
}

/// A new callback.
struct New<'a> {
    row: &'a Row<'a>,
    delivery: &'a Delivery,
}

impl Subject for New<'_> {
    fn row(&self) -> &Row<'_> {
        self.row
    }

    fn body(&self) -> &[u8] {
        &self.delivery.body
    }

    fn delivery(&self) -> Cow<'_, Delivery> {
        Cow::Borrowed(self.delivery)
    }
}

/// A kept callback, with its page if the filter reads more than the row.
struct Stored<'a> {
    row: Row<'a>,
    page: Option<&'a Page>,
}

impl Subject for Stored<'_> {
    fn row(&self) -> &Row<'_> {
        &self.row
    }

    fn body(&self) -> &[u8] {
        self.page.and_then(|page| page.body(self.row.id)).unwrap_or_default()
    }

    fn delivery(&self) -> Cow<'_, Delivery> {
        let kept = self.page.and_then(|page| page.delivery(self.row.id));
        kept.map_or_else(|| Cow::Owned(Delivery::default()), Cow::Owned)
    }
}
