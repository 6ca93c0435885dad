//! What follows the text of an input line: the list of what its end can become, and the
//! number of callbacks that the filter in it matches.

use super::app::App;
use super::entered::{EnteredText, InputKind};
use super::notice::Notice;
use super::overlay::Overlay;
use super::prompt::FilterLine;
use super::remarks::RemarkCache;
use super::rows::Rows;
use crate::callback::format;
use crate::callback::lang::localize;
use crate::history::filter::{Filter, Remark};
use crate::history::matches::Matches;

impl App {
    /// Adds texts that were entered before the start, oldest first.
    pub fn add_entered(&mut self, texts: Vec<EnteredText>) {
        for it in texts {
            self.entered.add(it);
        }
    }

    /// Keeps a text that was entered; while personal data is hidden, not in the file.
    pub(super) fn keep_entered(&mut self, kind: InputKind, text: String) {
        let entered = EnteredText { kind, text };
        match self.settings.writes_entered && !self.is_private() {
            true => self.entered.add_to_write(entered),
            false => self.entered.add(entered),
        }
    }

    /// Looks up what the text of an open input line can become, and tries its filter.
    pub(super) fn follow_input(&mut self) {
        let history = (!self.is_private()).then_some(&self.history);
        let mut filter = None;
        if let Overlay::Filters(list) = &self.overlay {
            filter = list.selected().cloned();
        }
        if let Some(line) = self.overlay.filter_line_mut() {
            line.look_up(self.settings.lang, history);
            filter =
                Filter::parse_with(line.filter(), line.names()).ok().filter(|it| !it.is_empty());
        }
        let place = |it: Filter| it.in_zone(&self.settings.zone, self.present());
        self.history.try_filter(filter.map(place));
    }

    /// Whether the page about the language is open.
    pub(super) fn shows_language(&self) -> bool {
        self.overlay.filter_line().and_then(FilterLine::page).is_some()
    }

    /// Whether no callback that is kept matches the filter that is typed.
    fn matches_nothing_typed(&self) -> bool {
        let is_empty = self.history.trial().is_some_and(Matches::is_empty);
        is_empty && !self.history.is_trying() && !self.history.flow().is_empty()
    }

    /// What is probably meant otherwise in the filter that is typed. While personal data is
    /// hidden, nothing of the filter that a name in it stands for.
    pub(super) fn typed_remark(&self) -> Option<String> {
        let filter = self.history.trial()?.filter();
        if self.is_private() && self.overlay.filter_line()?.filter() != filter.text() {
            return None;
        }
        self.remark(&self.remarks.typed, filter, self.matches_nothing_typed())
    }

    /// What is probably meant otherwise in the filter in use, which nothing matches; nothing
    /// while personal data is hidden.
    pub(super) fn remark_without_match(&self) -> Option<String> {
        let filter = self.filter().filter(|_| !self.is_private())?;
        self.remark(&self.remarks.set, filter, true)
    }

    fn remark(&self, cache: &RemarkCache, filter: &Filter, has_no_match: bool) -> Option<String> {
        let is_compared = has_no_match && !self.is_private();
        let seen = is_compared.then(|| (self.history.seen() + 1).ilog2());
        let key = (filter.text().to_owned(), has_no_match, seen);
        let remark = cache.get(key, || self.find_remark(filter, has_no_match));
        Some(remark.as_ref().as_ref()?.message(self.settings.lang))
    }

    /// What is probably meant otherwise in a filter; more is known if nothing matches it.
    /// Values of others are shown only while personal data is.
    fn find_remark(&self, filter: &Filter, has_no_match: bool) -> Option<Remark> {
        let mut remarks = filter.remarks();
        if has_no_match && remarks.is_empty() {
            remarks.extend(filter.remarks_without_match());
        }
        if has_no_match && remarks.is_empty() && !self.is_private() {
            remarks.extend(self.history.remark_without_match(filter));
        }
        remarks.into_iter().next()
    }

    /// Shows what is probably meant otherwise in the filter in use.
    pub fn notify_filter_remark(&mut self) {
        let remarks = self.filter().map(Filter::remarks).unwrap_or_default();
        if let Some(remark) = remarks.first() {
            self.notify(Notice::harmless(remark.message(self.settings.lang)));
        }
    }

    /// How many of the callbacks kept the filter that is typed matches; with an ellipsis
    /// while it is tried on more.
    pub(super) fn typed_count(&self) -> Option<String> {
        let (flow, trial) = (self.history.flow(), self.history.trial()?);
        let end = self.paused.as_ref().map_or(flow.end_id(), |it| it.end_id());
        let [found, all] = [Some(trial), None].map(|it| Rows::new(flow, it, end).len() as u64);
        let (found, all) = (format::grouped(found), format::grouped(all));
        let more = if self.history.is_trying() { "…" } else { "" };
        Some(localize!(self.settings.lang, "{found} of {all}{more}", "{found} / {all}{more}"))
    }
}
