//! The filter of the history, and one that is tried before it is set.

use super::filter::Filter;
use super::matches::{self, Matches};
use super::{History, RowId};
use crate::callback::Delivery;

impl History {
    /// Sets or removes the filter of [`History::matches`]. What [`History::try_filter`]
    /// found with the same one is kept.
    pub fn set_filter(&mut self, filter: Option<Filter>) {
        let tried = self.trial.take();
        self.matches = filter.map(|filter| match tried {
            Some(tried) if tried.is_for(&filter) => tried,
            _ => Matches::new(filter, &self.flow, self.shown_end),
        });
    }

    /// Searches for what another filter matches, too, without setting it; ends that
    /// search with `None`. The same filter again goes on.
    pub fn try_filter(&mut self, filter: Option<Filter>) {
        self.trial = match (self.trial.take(), filter) {
            (_, None) => None,
            (Some(trial), Some(filter)) if trial.is_for(&filter) => Some(trial),
            (_, Some(filter)) => Some(Matches::new(filter, &self.flow, self.shown_end)),
        };
    }

    /// Ends what the timelines of matches show at a row id, or no longer.
    pub fn show_until(&mut self, end: Option<RowId>) {
        self.shown_end = end;
        for matches in self.matches.iter_mut().chain(&mut self.trial) {
            matches.show_until(end);
        }
    }

    /// What the filter of [`History::try_filter`] matches.
    pub fn trial(&self) -> Option<&Matches> {
        self.trial.as_ref()
    }

    /// Whether pages are left to be searched for what the tried filter matches.
    pub fn is_trying(&self) -> bool {
        self.trial.as_ref().is_some_and(|it| it.is_searching(&self.flow))
    }

    /// Searches `pages` more pages for matches, newest first, fewer if they are large;
    /// returns whether any are left. A filter that is tried comes first.
    pub fn search(&mut self, pages: usize) -> bool {
        let mut both = self.trial.iter_mut().chain(&mut self.matches);
        if let Some(matches) = both.find(|it| it.is_searching(&self.flow)) {
            matches.search(&self.flow, pages);
        }
        self.is_trying() || self.is_searching()
    }

    /// Whether the delivery applied last matches a filter. A probe does not.
    pub fn newest_matches(&self, filter: &Filter, delivery: &Delivery) -> bool {
        let newest = self.flow.newest_id().filter(|_| !delivery.is_probe());
        let row = newest.and_then(|it| self.flow.row(it));
        row.is_some_and(|row| matches::matches_new(filter, &row, delivery))
    }

    /// Whether pages are left to be searched for matches.
    pub fn is_searching(&self) -> bool {
        self.matches.as_ref().is_some_and(|it| it.is_searching(&self.flow))
    }

    /// The callbacks that match the filter; `None` without a filter.
    pub fn matches(&self) -> Option<&Matches> {
        self.matches.as_ref()
    }
}
