//! The state of the dashboard. Deliveries and events go in, effects come out.
//!
//! [`App`] holds the callbacks ([`History`]), the options ([`Settings`]), what the
//! rest of the program reported ([`Status`]), the extents of the last frame
//! ([`Viewport`]), and the state of the view that keys change, each part in a file
//! of its own. What the keys do is in `update`, `navigation` and `copy`;
//! what private mode hides is in `privacy`.

use std::time::Duration;

use super::alerts::Alerts;
use super::detail::DetailState;
use super::entered::Entered;
use super::heads::Heads;
use super::marked_results::MarkedResults;
use super::marks::MarkedRows;
use super::name_cuts::NameCuts;
use super::notice::Notice;
use super::overlay::Overlay;
use super::page::{LeftPage, Page};
use super::pointer::Pointer;
use super::pseudonyms::Pseudonyms;
use super::recalled::Recalls;
use super::remarks::Remarks;
use super::rows::Rows;
use super::rule_edits::RuleEdits;
use super::saving::Saves;
use super::selection::{Focus, Selection};
use super::settings::{CallbackSource, MouseUse, Settings};
use super::snapshot::{Panes, Snapshot};
use super::status::{Recording, Status};
use super::theme::Theme;
use super::timeline::TimelineState;
use super::unreadable::Unreadable;
use super::viewport::{NameCells, Viewport};
use crate::callback::{Delivery, Localized, Origin, Timestamp};
use crate::history::filter::Filter;
use crate::history::matches::Matches;
use crate::history::{History, HistoryConfig, RowId};

/// How long no callback may arrive before the possible reasons are listed.
pub(super) const SILENCE: Duration = Duration::from_secs(60);
/// Width of the sparkline, one second a cell.
pub(super) const GRAPH_SECONDS: u16 = 30;
/// Pages that one call of [`App::search`] searches: about a millisecond's work.
const SEARCH_PAGES: usize = 16;

/// The state of the dashboard.
#[derive(Debug)]
pub struct App {
    /// The options it was started with.
    pub(super) settings: Settings,
    /// What the listener, the recorder and the clock reported last.
    pub(super) status: Status,
    /// The callbacks, and statistics of them.
    pub(super) history: History,
    /// The bell and the commands for callbacks that match.
    pub(super) alerts: Alerts<RowId>,
    /// The styles in use.
    pub(super) theme: Theme,
    /// The extents of the last frame.
    pub(super) viewport: Viewport,
    /// The focused pane.
    pub(super) focus: Focus,
    /// Whether the mouse is used, and its last click.
    pub(super) pointer: Pointer,
    /// The selected row of each list.
    pub(super) selection: Selection,
    /// The marked callbacks.
    pub(super) marks: MarkedRows,
    /// The marked callbacks that are being sent again.
    pub(super) resending: Option<Box<MarkedResults>>,
    /// The callback that was sent to the local app again last.
    pub(super) last_resent: Option<RowId>,
    /// The state of the detail pane.
    pub(super) detail: DetailState,
    /// The page in place of the panes.
    pub(super) page: Option<Page>,
    /// The page that was left for a callback in Flow.
    pub(super) left_page: Option<Box<LeftPage>>,
    /// The state of the timeline.
    pub(super) timeline: TimelineState,
    /// Whether the last key went to the first row; the same key once more is for a time.
    pub(super) went_to_top: bool,
    /// The overlay that receives keys first.
    pub(super) overlay: Overlay,
    /// The texts that were entered in input lines.
    pub(super) entered: Entered,
    /// What can be undone in the switchboard, and the file of its rules.
    pub(super) rule_edits: RuleEdits,
    /// The save that is running, and what was never saved.
    pub(super) saves: Saves,
    /// The side panes as of the pause; `None` while the view is live.
    pub(super) paused: Option<Box<Snapshot>>,
    /// The pseudonyms in use; `None` while names are displayed.
    pub(super) pseudonyms: Option<Pseudonyms>,
    /// What the last frames showed of callbacks.
    pub(super) heads: Heads,
    /// The messages of the recalls that were drawn.
    pub(super) recalls: Recalls,
    /// The remarks on filters that were drawn.
    pub(super) remarks: Remarks,
    /// The names that are cut where they are shown.
    pub(super) name_cuts: NameCuts,
    /// The notice in the bottom line, and when it leaves.
    pub(super) notice: Option<(Notice, Timestamp)>,
}

impl App {
    /// The state at the start.
    pub fn new(mut settings: Settings, config: HistoryConfig, now: Timestamp) -> Self {
        settings.keymap.set_signs(settings.signs);
        let mut app = Self {
            status: Status::new(now, &settings),
            history: History::new(config),
            alerts: Alerts::new(settings.alerts.clone(), &settings.zone, now),
            theme: settings.theme,
            rule_edits: RuleEdits::new(&settings),
            pointer: Pointer::new(settings.mouse == MouseUse::On),
            settings,
            viewport: Viewport::default(),
            focus: Focus::default(),
            selection: Selection::default(),
            marks: MarkedRows::default(),
            resending: None,
            last_resent: None,
            detail: DetailState::default(),
            page: None,
            left_page: None,
            timeline: TimelineState::default(),
            went_to_top: false,
            overlay: Overlay::default(),
            entered: Entered::default(),
            saves: Saves::default(),
            paused: None,
            pseudonyms: None,
            heads: Heads::default(),
            recalls: Recalls::default(),
            remarks: Remarks::default(),
            name_cuts: NameCuts::default(),
            notice: None,
        };
        app.notify_remarks();
        app
    }

    /// Adds a delivery to the history.
    pub fn apply(&mut self, delivery: &Delivery) {
        self.history.apply(delivery);
        self.status.reachability.note_call(delivery);
        self.note_alerts(delivery);
        self.note_arrival(delivery);
        let is_kept = delivery.origin == Origin::Caller && delivery.refusal.is_none();
        self.saves.unsaved += u64::from(is_kept && !delivery.is_probe());
    }

    /// Sets the styles.
    pub fn set_theme(&mut self, theme: Theme) {
        self.theme = theme;
    }

    /// Shows a notice in the bottom line.
    pub fn notify(&mut self, notice: impl Into<Notice>) {
        let notice = notice.into();
        let until = self.status.now.plus(notice.duration());
        self.notice = Some((notice, until));
    }

    /// Shows a constant text with the keys in use as a notice.
    pub(super) fn notify_with_keys(&mut self, text: Localized) {
        self.notify(Notice::harmless(self.settings.text_with_keys(text)));
    }

    /// The text of the notice, unless it has left.
    pub(super) fn notice(&self) -> Option<&str> {
        let (notice, until) = self.notice.as_ref()?;
        (self.status.now < *until).then(|| notice.text(self.is_private()))
    }

    /// Sets the current time. It may be earlier than the last one, if the clock was
    /// set back.
    pub fn set_now(&mut self, now: Timestamp) {
        self.status.now = now;
        self.status.started = self.status.started.min(now);
        self.report_skipped();
    }

    /// Sets the extents of the last frame, by which keys move and scroll.
    pub fn set_viewport(&mut self, viewport: Viewport) {
        self.viewport = viewport;
        self.leave_missing_pane();
    }

    /// Sets the state of the recording, and shows what happened to its file.
    pub fn set_recording(&mut self, recording: Recording) {
        let notices = recording.notices(self.status.recording.as_ref());
        let texts: Vec<_> = notices.map(|it| it.text(self.settings.lang)).collect();
        if !texts.is_empty() {
            self.notify(Notice::harmless(texts.join("  ·  ")));
        }
        self.status.recording = Some(recording);
    }

    /// Sets the number of requests that were dropped unanswered while they waited
    /// for capacity in the queue.
    pub fn set_unanswered(&mut self, unanswered: u64) {
        self.status.unanswered = unanswered;
    }

    /// Counts what reached the port and is no request, and shows what to do.
    pub fn note_unreadable(&mut self, unreadable: Unreadable) {
        self.status.unreadable = (self.status.unreadable.0 + 1, Some(unreadable));
        self.notify(Notice::harmless(unreadable.sentence(self.settings.lang)));
    }

    /// Sets the number of requests that were answered, and for which the queue had no
    /// capacity.
    pub fn set_unshown(&mut self, unshown: u64) {
        self.status.unshown = unshown;
    }

    /// Shows only the callbacks that match a filter; all with `None` or an empty
    /// one.
    pub fn set_filter(&mut self, filter: Option<Filter>) {
        self.viewport.names = NameCells::default();
        let filter = filter.filter(|it| !it.is_empty());
        self.history.set_filter(filter.map(|it| it.in_zone(&self.settings.zone, self.present())));
        self.restart_breakdown();
    }

    /// Whether kept callbacks remain that the filter, or the one that is being typed, has
    /// not been tried on, or that the page has not read.
    pub fn is_searching(&self) -> bool {
        self.history.is_searching() || self.history.is_trying() || self.is_reading_page()
    }

    /// Tries the filters on the next few pages of kept callbacks, and reads the next rows
    /// for the page.
    pub fn search(&mut self) {
        self.history.search(SEARCH_PAGES);
        self.read_page();
    }

    /// The callbacks, and statistics of them.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// Whether the possible reasons for missing callbacks are to be listed.
    pub(super) fn is_silent(&self) -> bool {
        self.status.now >= self.status.started.plus(SILENCE)
    }

    /// The time from which ages are counted: of a recording that of its newest callback.
    pub(super) fn present(&self) -> Timestamp {
        let flow = self.history.flow();
        let newest = flow.len().checked_sub(1).and_then(|it| flow.row(flow.id_at(it)?));
        newest.filter(|_| self.shows_recording()).map_or(self.status.now, |it| it.at)
    }

    /// Whether the callbacks come from a recording, and no listener runs.
    pub(super) fn shows_recording(&self) -> bool {
        self.settings.source == CallbackSource::Recording
    }

    /// The filter in use.
    pub(super) fn filter(&self) -> Option<&Filter> {
        self.history.matches().map(Matches::filter)
    }

    /// The rows of Flow; while paused, those of that moment.
    pub(super) fn rows(&self) -> Rows<'_> {
        Rows::new(self.history.flow(), self.history.matches(), self.rows_end())
    }

    /// The end of the row ids that are shown; while paused, that of that moment.
    pub(super) fn rows_end(&self) -> RowId {
        self.paused.as_ref().map_or(self.history.flow().end_id(), |it| it.end_id())
    }

    /// The side panes; while paused, those of that moment.
    pub(super) fn panes(&self) -> Panes<'_> {
        match &self.paused {
            Some(snapshot) => Panes::paused(snapshot),
            None => Panes::live(&self.history, self.status.now),
        }
    }

    /// The callback in the detail pane: the selected one, else the newest.
    pub(super) fn detail_callback(&self) -> Option<RowId> {
        let rows = self.rows();
        match self.selection.callback {
            Some(id) => rows.at(rows.row_of(id).min(rows.len().saturating_sub(1))),
            None => rows.newest(),
        }
    }
}
