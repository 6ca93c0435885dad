//! The callbacks that match a filter.
//!
//! A new callback is tested when it is applied. Earlier ones are searched page by
//! page from the newest, a few pages at a time, so that the first screen of
//! matches shows at once and no frame is delayed.

use std::borrow::Cow;
use std::collections::VecDeque;

use super::filter::{Filter, ReadCost, Subject};
use super::flow::Flow;
use super::merged_ids::{MergedIds, SortedIds};
use super::pages::{Page, Part};
use super::row::{Row, RowId};
use super::span::Span;
use super::timeline::Timeline;
use crate::callback::Delivery;

/// How many times as many pages are searched if only rows are read, which costs tens of
/// nanoseconds each: in about a millisecond, too.
const ROW_PAGES: usize = 16;

/// Bytes from which on a search ends for now; 16 usual pages have about as many.
const MAX_BYTES: usize = 1 << 20;

/// The row ids of the callbacks that match, in order.
#[derive(Debug)]
pub struct Matches {
    filter: Filter,
    /// The numbers of the accepted callbacks found so far.
    accepted: VecDeque<u64>,
    /// The row ids of the refused ones.
    refused: VecDeque<RowId>,
    /// The callbacks before this row id are not searched yet.
    unsearched_end: RowId,
    timeline: Timeline,
    /// The timeline of those before this row id, while later ones are not shown.
    shown: Option<(RowId, Timeline)>,
}

impl Matches {
    /// An empty list, with all of the flow still to be searched. `shown_end` is that of
    /// `show_until`.
    pub fn new(filter: Filter, flow: &Flow, shown_end: Option<RowId>) -> Self {
        Self {
            filter,
            accepted: VecDeque::new(),
            refused: VecDeque::new(),
            unsearched_end: flow.end_id(),
            timeline: Timeline::default(),
            shown: shown_end.map(|end| (end, Timeline::default())),
        }
    }

    /// The filter.
    pub fn filter(&self) -> &Filter {
        &self.filter
    }

    /// Whether they are those of a filter, written in the same way.
    pub(super) fn is_for(&self, filter: &Filter) -> bool {
        self.filter == *filter && self.filter.text() == filter.text()
    }

    /// The number of callbacks found so far.
    pub fn len(&self) -> usize {
        self.merged().len()
    }

    /// Whether none is found so far.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The row ids found so far, in order.
    pub fn ids(&self) -> impl Iterator<Item = RowId> {
        (0..self.len()).filter_map(|it| self.id_at(it))
    }

    /// The row id found at a position, from 0.
    pub fn id_at(&self, position: usize) -> Option<RowId> {
        self.merged().get(position)
    }

    /// The number of row ids found before this one.
    pub fn position(&self, id: RowId) -> usize {
        self.merged().position(id)
    }

    fn merged(&self) -> MergedIds<&VecDeque<u64>, &VecDeque<RowId>> {
        MergedIds(&self.accepted, &self.refused)
    }

    /// Those found so far over time, also those that were evicted since.
    pub fn timeline(&self) -> &Timeline {
        self.shown.as_ref().map_or(&self.timeline, |(_, it)| it)
    }

    /// Ends [`Self::timeline`] at a row id, which is that of the next callback, or no
    /// longer.
    pub(super) fn show_until(&mut self, end: Option<RowId>) {
        self.shown = end.map(|end| (end, self.timeline.clone()));
    }

    fn add_to_timelines(&mut self, row: &Row<'_>) {
        self.timeline.add(row);
        if let Some((_, shown)) = self.shown.as_mut().filter(|(end, _)| row.id < *end) {
            shown.add(row);
        }
    }

    /// The memory use in bytes. Refused callbacks are so few that they are left out.
    pub(super) fn memory_bytes(&self) -> usize {
        let shown = self.shown.as_ref().map_or(0, |(_, it)| it.memory_bytes());
        self.accepted.capacity() * size_of::<u64>() + self.timeline.memory_bytes() + shown
    }

    /// Whether callbacks are left to be searched.
    pub fn is_searching(&self, flow: &Flow) -> bool {
        0 < flow.position(self.unsearched_end)
    }

    /// Adds the newest callback if it matches.
    pub(super) fn test(&mut self, row: &Row<'_>, delivery: &Delivery) {
        if matches_new(&self.filter, row, delivery) {
            self.add_to_timelines(row);
            match row.id.is_refused() {
                true => self.refused.push_back(row.id),
                false => self.accepted.push_back(row.id.accepted_number()),
            }
        }
    }

    /// Searches up to `pages` more pages; a large one is the last. Many more of those of
    /// which no more than rows is read.
    pub fn search(&mut self, flow: &Flow, pages: usize) {
        let part = match self.filter.read_cost() {
            ReadCost::Row => None,
            ReadCost::Body => Some(Part::Bodies),
            ReadCost::Delivery => Some(Part::All),
        };
        let cost = if part.is_some() { ROW_PAGES } else { 1 };
        let (mut left, mut bytes) = (pages.saturating_mul(ROW_PAGES), 0);
        while 0 < left && bytes < MAX_BYTES {
            let unsearched = flow.position(self.unsearched_end).checked_sub(1);
            let Some(newest) = unsearched.and_then(|it| flow.id_at(it)) else { return };
            let start = flow.page_start(newest);
            let range = start..std::mem::replace(&mut self.unsearched_end, start);
            let is_excluded = flow.page_span(start).is_some_and(|it| self.filter.excludes(it));
            left = left.saturating_sub(if is_excluded { 1 } else { cost });
            match part {
                _ if is_excluded => self.search_rows(flow, None, flow.refused_in(&range).rev()),
                None => self.search_rows(flow, None, flow.ids_in(range).rev()),
                Some(part) => {
                    let ids = || flow.ids_in(range.clone()).rev();
                    let read = |page: &Page| self.search_rows(flow, Some(page), ids());
                    if flow.scan_page(start, part, read).is_none() {
                        self.search_rows(flow, None, ids());
                    }
                    bytes += flow.page_bytes(start, part);
                }
            }
        }
    }

    fn search_rows(&mut self, flow: &Flow, page: Option<&Page>, ids: impl Iterator<Item = RowId>) {
        for id in ids {
            // Its time costs less than the whole row.
            let is_excluded = |it| self.filter.excludes(Span::at(it));
            if flow.received_at(id).is_none_or(is_excluded) {
                continue;
            }
            let Some(row) = flow.row(id) else { continue };
            match flow.refused(id) {
                Some(delivery) if matches_new(&self.filter, &row, delivery) => {
                    self.add_to_timelines(&row);
                    self.refused.push_front(id);
                }
                None if self.filter.matches(&Stored { row, page }) => {
                    self.add_to_timelines(&row);
                    self.accepted.push_front(id.accepted_number());
                }
                _ => {}
            }
        }
    }

    /// Removes the callbacks that were evicted from the flow.
    pub(super) fn evict(&mut self, flow: &Flow) {
        let first = flow.first_accepted().accepted_number();
        while self.accepted.pop_front_if(|it| *it < first).is_some() {}
        while self.refused.pop_front_if(|it| *it < flow.first_refused()).is_some() {}
    }
}

impl SortedIds for &VecDeque<u64> {
    fn len(&self) -> usize {
        VecDeque::len(self)
    }

    fn get(&self, position: usize) -> Option<RowId> {
        VecDeque::get(self, position).copied().map(RowId::accepted)
    }

    fn count_before(&self, id: RowId) -> usize {
        self.partition_point(|it| RowId::accepted(*it) < id)
    }
}

/// Whether a new callback matches a filter. No page is read: its delivery is given.
pub(super) fn matches_new(filter: &Filter, row: &Row<'_>, delivery: &Delivery) -> bool {
    filter.matches(&New { row, delivery })
}

/// Whether a kept accepted callback matches a filter, with its page.
pub(super) fn matches_kept(filter: &Filter, row: &Row<'_>, page: &Page) -> bool {
    filter.matches(&Stored { row: *row, page: Some(page) })
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

/// A kept accepted callback, with its page if the filter reads more than the row.
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
