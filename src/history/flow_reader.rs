//! Reads the callbacks of the flow for a file, in portions: no frame and no key waits for
//! more than one of them.

use std::collections::VecDeque;
use std::ops::Range;

use super::filter::Filter;
use super::flow::Flow;
use super::matches::{matches_kept, matches_new};
use super::pages::{Page, Part};
use super::row::{Flags, RowId};
use crate::callback::Delivery;

/// Callbacks from which on a portion ends; about a millisecond's work.
const MAX_COUNT: usize = 64;
/// Bytes read from which on it ends.
const MAX_BYTES: usize = 256 << 10;
/// Pages that it reads at most.
const MAX_PAGES: usize = 8;

/// A callback read from the flow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptCallback {
    /// The delivery.
    pub delivery: Delivery,
    /// The flags of its row.
    pub flags: Flags,
}

/// Reads callbacks in order of arrival, each once; those that are evicted before they are
/// read are counted.
#[derive(Debug)]
pub struct FlowReader {
    wanted: Wanted,
    /// All before it are read.
    next: RowId,
    /// Where it ends; later callbacks are not read.
    end: RowId,
    /// The number of the next accepted callback to be read.
    next_accepted: u64,
    /// The callbacks to be read or searched, at the start.
    total: usize,
    evicted: u64,
}

/// Which callbacks are read.
#[derive(Debug)]
enum Wanted {
    All,
    Matching(Filter),
    These(VecDeque<RowId>),
}

impl FlowReader {
    /// Reads the callbacks before `end`; with a filter those that match.
    pub fn until(end: RowId, filter: Option<Filter>, flow: &Flow) -> Self {
        let first = flow.id_at(0).unwrap_or(end);
        Self {
            wanted: filter.map_or(Wanted::All, Wanted::Matching),
            next: first,
            end,
            next_accepted: flow.first_accepted().accepted_number(),
            total: flow.position(end),
            evicted: 0,
        }
    }

    /// Reads the callbacks with these row ids.
    pub fn of(mut ids: Vec<RowId>, flow: &Flow) -> Self {
        ids.sort_unstable();
        let reader = Self::until(RowId::FIRST, None, flow);
        Self { total: ids.len(), wanted: Wanted::These(ids.into()), ..reader }
    }

    /// Whether all are read.
    pub fn is_at_end(&self) -> bool {
        match &self.wanted {
            Wanted::These(ids) => ids.is_empty(),
            _ => self.end <= self.next,
        }
    }

    /// How much is read, in percent.
    pub fn percent(&self, flow: &Flow) -> usize {
        100 - (self.left(flow) * 100).checked_div(self.total).unwrap_or(0).min(100)
    }

    /// The number of callbacks that were evicted before they were read, whether they
    /// match or not.
    pub fn evicted(&self) -> u64 {
        self.evicted
    }

    fn left(&self, flow: &Flow) -> usize {
        match &self.wanted {
            Wanted::These(ids) => ids.len(),
            _ => flow.position(self.end).saturating_sub(flow.position(self.next)),
        }
    }

    /// Reads the next portion. It may be empty before the end, where nothing matches.
    pub fn next_portion(&mut self, flow: &Flow) -> Vec<KeptCallback> {
        let mut portion = Vec::new();
        match &mut self.wanted {
            Wanted::These(ids) => {
                let mut bytes = 0;
                while portion.len() < MAX_COUNT && bytes < MAX_BYTES {
                    let Some(id) = ids.pop_front() else { break };
                    let kept = flow.delivery(id).zip(flow.row(id));
                    self.evicted += u64::from(kept.is_none());
                    portion.extend(kept.map(|(delivery, row)| {
                        bytes += delivery.heap_bytes();
                        KeptCallback { delivery, flags: row.flags }
                    }));
                }
            }
            _ => self.read_pages(flow, &mut portion),
        }
        portion
    }

    fn read_pages(&mut self, flow: &Flow, portion: &mut Vec<KeptCallback>) {
        let mut bytes = 0;
        for _ in 0..MAX_PAGES {
            if MAX_COUNT <= portion.len() || MAX_BYTES <= bytes {
                return;
            }
            self.count_evicted(flow);
            let Some(first) = flow.id_at(flow.position(self.next)).filter(|it| *it < self.end)
            else {
                self.next = self.end;
                return;
            };
            let on_page = RowId::accepted(first.accepted_number());
            bytes += flow.page_bytes(on_page, Part::All);
            let read = |page: &Page| {
                let end = page.next_id().min(self.end);
                self.read_range(flow, Some(page), first..end, portion);
                page.next_id()
            };
            let end = flow.scan_page(on_page, Part::All, read).unwrap_or_else(|| {
                // Refused ones before the first accepted one that is kept.
                let end = flow.first_accepted();
                self.read_range(flow, None, first..end.min(self.end), portion);
                end
            });
            self.next_accepted = self.next_accepted.max(end.accepted_number());
            self.next = end.min(self.end);
        }
    }

    /// Counts those that were evicted since the last portion.
    fn count_evicted(&mut self, flow: &Flow) {
        // A refused one holds the number of the accepted one before it.
        let after = self.end.accepted_number() + u64::from(self.end.is_refused());
        let first = flow.first_accepted().accepted_number().min(after);
        self.evicted += first.saturating_sub(self.next_accepted);
        self.next_accepted = self.next_accepted.max(first);
    }

    fn read_range(
        &self,
        flow: &Flow,
        page: Option<&Page>,
        range: Range<RowId>,
        portion: &mut Vec<KeptCallback>,
    ) {
        let filter = match &self.wanted {
            Wanted::Matching(filter) => Some(filter),
            _ => None,
        };
        for id in flow.ids_in(range) {
            let Some(row) = flow.row(id) else { continue };
            let delivery = match flow.refused(id) {
                Some(refused) => {
                    filter.is_none_or(|it| matches_new(it, &row, refused)).then(|| refused.clone())
                }
                None => page
                    .filter(|page| filter.is_none_or(|it| matches_kept(it, &row, page)))
                    .and_then(|page| page.delivery(id)),
            };
            let flags = row.flags;
            portion.extend(delivery.map(|delivery| KeptCallback { delivery, flags }));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::callback::Refusal;
    use crate::history::{History, HistoryConfig};

    fn delivery(nth: usize) -> Delivery {
        // Every third one is refused.
        let refusal = nth.is_multiple_of(3).then_some(Refusal::Signature);
        Delivery {
            method: "POST".into(),
            body: format!(r#"{{"From_Account":"u{}","N":{nth}}}"#, nth % 7).into_bytes().into(),
            refusal,
            ..Delivery::default()
        }
    }

    fn read_all(reader: &mut FlowReader, flow: &Flow) -> Vec<Delivery> {
        let mut all = Vec::new();
        while !reader.is_at_end() {
            all.extend(reader.next_portion(flow).into_iter().map(|it| it.delivery));
        }
        all
    }

    #[test]
    fn each_callback_is_read_once_in_its_order_and_none_that_comes_later() {
        let mut history = History::default();
        let sent: Vec<_> = (0..500).map(delivery).collect();
        for it in &sent {
            history.apply(it);
        }
        let end = history.flow().end_id();
        for filter in [None, Some("from:u3"), Some("refused"), Some("nothing-matches")] {
            let filter = filter.map(|it| Filter::parse(it).unwrap());
            let expected: Vec<_> = match &filter {
                None => sent.clone(),
                Some(filter) => {
                    history.set_filter(Some(filter.clone()));
                    while history.search(16) {}
                    let ids = history.matches().unwrap().ids();
                    ids.filter(|it| *it < end)
                        .map(|it| history.flow().delivery(it).unwrap())
                        .collect()
                }
            };
            let mut reader = FlowReader::until(end, filter, history.flow());
            assert_eq!(reader.percent(history.flow()), 0);
            (0..200).for_each(|it| history.apply(&delivery(it)));
            assert_eq!(read_all(&mut reader, history.flow()), expected);
            assert_eq!((reader.evicted(), reader.percent(history.flow())), (0, 100));
        }
        let ids = [5, 2, 9].map(|it| history.flow().id_at(it).unwrap()).to_vec();
        let mut reader = FlowReader::of(ids, history.flow());
        let expected = [2, 5, 9].map(|it: usize| sent[it].clone());
        assert_eq!(read_all(&mut reader, history.flow()), expected);
    }

    #[test]
    fn what_is_evicted_before_it_is_read_is_counted() {
        let mut history = History::new(HistoryConfig { max_bytes: 2 << 20, sdk_app_id: None });
        let large = |nth: usize| Delivery {
            body: fastrand_text(nth, 40_000).into(),
            ..delivery(nth * 3 + 1)
        };
        (0..20).for_each(|it| history.apply(&large(it)));
        let kept = history.flow().len();
        let mut reader = FlowReader::until(history.flow().end_id(), None, history.flow());
        let mut read = reader.next_portion(history.flow()).len();
        (20..200).for_each(|it| history.apply(&large(it)));
        read += read_all(&mut reader, history.flow()).len();
        assert_eq!(read as u64 + reader.evicted(), kept as u64);
        assert!(0 < reader.evicted());
    }

    /// Text that no compression makes small.
    fn fastrand_text(seed: usize, len: usize) -> Vec<u8> {
        let mut random = fastrand::Rng::with_seed(seed as u64);
        (0..len).map(|_| random.alphanumeric() as u8).collect()
    }
}
