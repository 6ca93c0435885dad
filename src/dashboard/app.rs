//! The state of the dashboard: what is shown, and where the user stands in it.
//!
//! Deliveries and events go in, effects come out. The callbacks themselves live
//! in the [`History`]; here is only what the user did to the view. What is
//! selected is held by its number, so that nothing moving around it can move it.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashSet;
use std::hash::BuildHasher as _;
use std::rc::Rc;
use std::time::Duration;

use crossterm::event::{Event, KeyEventKind};
use foldhash::quality::RandomState;

use super::body_text;
use super::effect::{Effect, Request};
use super::json_tree;
use super::keymap::{Pane, action};
pub use super::prompt::Prompt;
pub use super::settings::{Recording, Settings, Source};
use super::theme::Theme;
use super::update::KeyOutcome;
use super::viewport::Viewport;
use crate::callback::{Delivery, Timestamp, redact};
use crate::history::anomalies::Counts;
use crate::history::failures::Failures;
use crate::history::filter::Filter;
use crate::history::lifeline::{self, LifeLine};
use crate::history::traffic::Traffic;
use crate::history::unread::Unread;
use crate::history::{History, HistoryConfig, RowId};

/// What lies over the panes.
#[derive(Debug, Clone, Default)]
pub enum Overlay {
    /// Nothing.
    #[default]
    None,
    /// All keys, scrolled by some lines.
    Help(usize),
    /// The question whether to clear everything.
    Clear,
    /// The input line of the filter.
    Filter(Prompt),
    /// The choice of what to copy.
    Copy,
    /// The choice of what callbacks are answered.
    Switchboard,
    /// The marked callback and the shown one, compared; scrolled by some lines.
    Compare(usize),
}

/// The tabs of the detail pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tab {
    /// What it means, in words.
    #[default]
    Message,
    /// The body.
    Payload,
    /// The call.
    Request,
    /// What was answered.
    Answer,
    /// All that came of the same message, and the chat around it.
    LifeLine,
}

/// The tabs in their order.
pub const TABS: [Tab; 5] = [Tab::Message, Tab::Payload, Tab::Request, Tab::Answer, Tab::LifeLine];

/// How the payload is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Form {
    /// As a JSON tree.
    #[default]
    Tree,
    /// As the text that came.
    Text,
    /// As bytes, with their hexadecimal values.
    Bytes,
}

/// Where the user stands in the detail pane.
#[derive(Debug, Default)]
pub struct Detail {
    /// The tab that shows.
    pub tab: Tab,
    /// How the payload is shown.
    pub form: Form,
    /// Whether long lines are wrapped.
    pub wrap: bool,
    /// The line at the top, or in the tree the line with the cursor.
    pub line: usize,
    /// Ways to the branches that are not as they are by default.
    pub toggled: HashSet<json_tree::NodeId>,
    pub(super) tree: RefCell<Option<json_tree::Memo>>,
    pub(super) text: RefCell<Option<body_text::Memo>>,
    pub(super) life: RefCell<Option<(RowId, RowId, Rc<LifeLine>)>>,
}

/// The side panes as they were when the view was paused.
#[derive(Debug)]
pub(super) struct Still {
    pub(super) next: RowId,
    pub(super) unread: Unread,
    pub(super) failures: Failures,
    pub(super) traffic: Traffic,
    pub(super) counts: Counts,
    pub(super) at: Timestamp,
}

/// The state of the dashboard.
#[derive(Debug)]
pub struct App {
    /// What stands in the header, and how to speak.
    pub settings: Settings,
    pub(super) public_url: Option<String>,
    /// Whether a tunnel was asked for since the first call came.
    asked: bool,
    pub(super) history: History,
    pub(super) theme: Theme,
    pub(super) focus: Pane,
    pub(super) zoomed: bool,
    pub(super) overlay: Overlay,
    pub(super) selected: Option<RowId>,
    pub(super) unread_row: usize,
    pub(super) failure_row: usize,
    pub(super) detail: Detail,
    pub(super) still: Option<Box<Still>>,
    pub(super) notice: Option<String>,
    pub(super) filters: Vec<String>,
    pub(super) marked: Option<RowId>,
    pub(super) unanswered: u64,
    pub(super) veil: Option<RandomState>,
    pub(super) recording: Option<Recording>,
    pub(super) now: Timestamp,
    pub(super) began: Timestamp,
    /// How much of each pane the last frame showed.
    pub(super) viewport: Viewport,
}

/// How long nothing may come before the list of reasons is shown.
const SILENCE: Duration = Duration::from_secs(60);
/// Seconds that the sparkline shows.
pub(super) const GRAPH: u16 = 30;

impl App {
    /// The dashboard at its beginning.
    pub fn new(settings: Settings, config: HistoryConfig, now: Timestamp) -> Self {
        Self {
            theme: Theme::named(settings.theme),
            public_url: None,
            asked: false,
            settings,
            history: History::new(config),
            focus: Pane::default(),
            zoomed: false,
            overlay: Overlay::default(),
            selected: None,
            unread_row: 0,
            failure_row: 0,
            detail: Detail::default(),
            still: None,
            notice: None,
            filters: Vec::new(),
            marked: None,
            unanswered: 0,
            veil: None,
            recording: None,
            now,
            began: now,
            viewport: Viewport::default(),
        }
    }

    /// Takes a delivery.
    pub fn apply(&mut self, delivery: &Delivery) {
        self.history.apply(delivery);
    }

    /// What the app wants without being told, after it took deliveries: when
    /// the first call came the tunnel may be up that was not there before. To
    /// ask again and again would wake an idle machine.
    pub fn pending_effect(&mut self) -> Option<Request> {
        let came = 0 < self.history.seen() + self.history.probes();
        let wants = came && !self.asked && !self.settings.demo && self.public_url.is_none();
        self.asked |= came;
        wants.then_some(Request::FindTunnel)
    }

    /// Tells which public URL leads to the listener.
    pub fn set_public_url(&mut self, url: String) {
        self.public_url = Some(url);
    }

    /// Takes an event of the terminal.
    pub fn handle_event(&mut self, event: &Event) -> Option<Effect> {
        match event {
            Event::Key(key) if key.kind != KeyEventKind::Release => match self.overlay_key(*key) {
                KeyOutcome::Handled(effect) => effect,
                KeyOutcome::Ignored => action(*key).and_then(|action| self.act(action)),
            },
            Event::Paste(text) => {
                self.pasted(text);
                None
            }
            _ => None,
        }
    }

    /// Tells the user something, until the next key.
    pub fn notify(&mut self, notice: impl Into<String>) {
        self.notice = Some(notice.into());
    }

    /// Sets the present moment, for all that shows time passing.
    pub fn set_now(&mut self, now: Timestamp) {
        self.now = now;
    }

    /// Sets how much of each pane the last frame showed.
    pub fn set_viewport(&mut self, viewport: Viewport) {
        self.viewport = viewport;
    }

    /// Sets how the recording stands.
    pub fn set_recording(&mut self, recording: Recording) {
        self.recording = Some(recording);
    }

    /// Sets how many callers left without an answer.
    pub fn set_unanswered(&mut self, unanswered: u64) {
        self.unanswered = unanswered;
    }

    /// When the picture changes by itself; never while it stands still.
    pub fn wakes_at(&self) -> Option<Timestamp> {
        if self.still.is_some() {
            return None;
        }
        let silent = self.began.plus(SILENCE);
        let silence = (self.history.seen() == 0 && self.now < silent).then_some(silent);
        self.history.traffic().changes_at(self.now, GRAPH).or(silence)
    }

    /// Whether a filter still searches the past.
    pub fn is_searching(&self) -> bool {
        self.history.is_searching()
    }

    /// Lets a filter search some more of the past.
    pub fn search(&mut self) {
        /// About a millisecond's worth.
        const PAGES: usize = 16;
        self.history.search(PAGES);
    }

    /// Everything seen.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// Whether nothing came for so long that the reasons are to be listed.
    pub(super) fn is_silent(&self) -> bool {
        self.now >= self.began.plus(SILENCE)
    }

    /// Shows only what a filter lets through.
    pub fn set_filter(&mut self, filter: Option<Filter>) {
        self.history.set_filter(filter.filter(|it| !it.is_empty()));
    }

    /// One callback, whole; without anything personal while that is hidden.
    pub(super) fn delivery(&self, id: RowId) -> Option<Delivery> {
        let delivery = self.history.flow().delivery(id)?;
        Some(match &self.veil {
            None => delivery,
            Some(_) => redact::redact(&delivery, &|name| self.name(name).into_owned()),
        })
    }

    /// A user or a group by its name, or by its pseudonym while that is hidden.
    /// The same name has the same pseudonym until it is shown again.
    pub(super) fn name<'a>(&self, name: &'a str) -> Cow<'a, str> {
        const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
        let Some(veil) = &self.veil else { return Cow::Borrowed(name) };
        if name.is_empty() {
            return Cow::Borrowed(name);
        }
        let mut hash = veil.hash_one(name);
        let letters = std::iter::repeat_with(|| {
            let letter = LETTERS[usize::try_from(hash % 32).unwrap_or_default()];
            hash /= 32;
            char::from(letter)
        });
        Cow::Owned("id-".chars().chain(letters.take(5)).collect())
    }

    /// What belongs to a callback: its life line and its chat.
    pub(super) fn life_line(&self, id: RowId) -> Rc<LifeLine> {
        let flow = self.history.flow();
        let mut memo = self.detail.life.borrow_mut();
        match &mut *memo {
            // What has come since may have nothing to do with it.
            Some((at, next, life)) if *at == id && !lifeline::grew(flow, id, *next) => {
                *next = flow.next();
                Rc::clone(life)
            }
            _ => {
                let life = Rc::new(lifeline::of(flow, id));
                *memo = Some((id, flow.next(), Rc::clone(&life)));
                life
            }
        }
    }

    /// The filter that is set.
    pub(super) fn filter(&self) -> Option<&Filter> {
        self.history.matches().map(crate::history::matches::Matches::filter)
    }

    pub(super) fn unread(&self) -> &Unread {
        self.still.as_ref().map_or(self.history.unread(), |it| &it.unread)
    }

    pub(super) fn failures(&self) -> &Failures {
        self.still.as_ref().map_or(self.history.failures(), |it| &it.failures)
    }

    pub(super) fn traffic(&self) -> (&Traffic, Timestamp) {
        self.still.as_ref().map_or((self.history.traffic(), self.now), |it| (&it.traffic, it.at))
    }

    pub(super) fn counts(&self) -> Counts {
        self.still.as_ref().map_or(self.history.counts(), |it| it.counts)
    }

    pub(super) fn pause(&mut self) {
        match self.still {
            Some(_) => self.resume(),
            None => {
                let still = Still {
                    next: self.history.flow().next(),
                    unread: self.history.unread().clone(),
                    failures: self.history.failures().clone(),
                    traffic: self.history.traffic().clone(),
                    counts: self.history.counts(),
                    at: self.now,
                };
                // What is kept makes room for it.
                self.history.set_external_bytes(still.unread.bytes() + still.failures.bytes());
                self.still = Some(Box::new(still));
            }
        }
    }

    /// Ends the pause, if there is one.
    pub(super) fn resume(&mut self) {
        self.still = None;
        self.history.set_external_bytes(0);
    }
}
