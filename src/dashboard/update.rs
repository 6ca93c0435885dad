//! Dispatches events: a key goes to the open overlay, else its action is executed.
//!
//! Actions that move the selection are in `navigation`, those that copy in `copy`.

use std::sync::Arc;

use crossterm::event::{Event, KeyEvent, KeyEventKind};
use ratatui::layout::Rect;

use super::action::{Action, Pane};
use super::app::App;
use super::detail::Tab;
use super::effect::{Effect, Request, TerminalEffect};
use super::entered::{Entered, InputKind};
use super::help::Help;
use super::layout::Layout;
use super::marks::MAX_MARKS;
use super::menu::CopyTarget;
use super::notice::Notice;
use super::overlay::{Choice, KeyOutcome, Overlay};
use super::prompt::Prompt;
use super::selection::{Focus, Selection};
use super::snapshot::Snapshot;
use super::timeline::TimelineState;
use super::viewport::Extent;
use super::words;
use crate::callback::lang::localize;
use crate::history::RowId;
use crate::history::filter::Filter;

impl App {
    /// Handles an event of the terminal.
    pub fn handle_event(&mut self, event: &Event) -> Option<Effect> {
        let effect = self.dispatch(event);
        self.follow_input();
        effect
    }

    fn dispatch(&mut self, event: &Event) -> Option<Effect> {
        match event {
            Event::Key(key) if key.kind != KeyEventKind::Release => self.on_key(*key),
            Event::Paste(text) => {
                // Pasted text is inserted or ignored: its characters must not trigger actions.
                if !self.overlay.paste(text) {
                    self.notify_with_keys(words::PASTE_IGNORED);
                }
                None
            }
            Event::Mouse(event) => self.on_mouse(*event),
            Event::Resize(width, height) => {
                self.viewport.layout = Layout::of(Rect::new(0, 0, *width, *height));
                self.leave_missing_pane();
                None
            }
            _ => None,
        }
    }

    pub(super) fn on_key(&mut self, key: KeyEvent) -> Option<Effect> {
        let went_to_top = self.went_to_top;
        let effect = self.handle_key(key);
        self.went_to_top &= !went_to_top;
        effect
    }

    fn handle_key(&mut self, key: KeyEvent) -> Option<Effect> {
        self.notice = None;
        // Earlier texts hold names: they are not offered while those are hidden.
        let none = Entered::default();
        let entered = if self.is_private() { &none } else { &self.entered };
        let drawn = std::mem::discriminant(&self.overlay);
        let extent = self.overlay_extent();
        let outcome = self.overlay.on_key(key, extent, entered, &self.settings.keymap);
        if std::mem::discriminant(&self.overlay) != drawn {
            self.viewport.overlay = None;
        }
        match outcome {
            KeyOutcome::Ignored if self.on_page_key(key) => None,
            KeyOutcome::Ignored if self.handle_timeline_key(key) => None,
            KeyOutcome::Ignored => {
                let action = self.settings.keymap.dashboard.action(key);
                action.and_then(|action| self.act(action))
            }
            KeyOutcome::Handled(choice) => choice.and_then(|choice| self.choose(choice)),
        }
    }

    /// The extent of the open overlay.
    pub(super) fn overlay_extent(&self) -> Option<Extent> {
        match self.overlay {
            // Keys can be faster than the first frame with all rules.
            Overlay::Switchboard(_) if !self.shows_language() => Some(Extent {
                lines: self.status.switchboard.rules.len(),
                ..self.viewport.overlay.unwrap_or_default().content
            }),
            _ => self.viewport.overlay.map(|it| it.content),
        }
    }

    fn act(&mut self, action: Action) -> Option<Effect> {
        match action {
            Action::Move(step) => self.step(step),
            Action::CycleFocus(direction) => self.cycle_focus(direction),
            Action::Focus(pane) => self.focus_on(pane),
            Action::Tab(direction) => self.cycle_tab(direction),
            Action::Open => self.open(),
            Action::Zoom => self.toggle_zoom(),
            Action::Back => self.back(),
            Action::Filter => self.edit_filter(),
            Action::GoTo(from_top) => self.ask_for_time(from_top),
            Action::Match(direction) => self.select_match(direction),
            Action::Failure(direction) => self.select_failure(direction),
            Action::Pause => self.toggle_pause(),
            Action::Follow => self.follow(),
            Action::Wrap => self.detail.wrap = !self.detail.wrap,
            Action::Form => self.detail.cycle_form(),
            Action::Clear | Action::Help | Action::CopyMenu => self.show(self.overlay_of(action)),
            Action::Resend => return self.resend(),
            Action::ShowResent => self.show_resent(),
            Action::Edit => return self.edit(),
            Action::Switchboard => self.open_switchboard(),
            Action::AnswerSelected => self.answer_selected(),
            Action::ResetAnswers => return self.reset_answers(),
            Action::Breakdown => self.open_breakdown(),
            Action::NamedFilter => self.choose_filter(),
            Action::Mark => self.toggle_mark(),
            Action::Compare => self.compare(),
            Action::Privacy => self.toggle_privacy(),
            Action::CopyBody => return self.copy(CopyTarget::Body),
            Action::CopyUrl => return self.copy_public_url(),
            Action::Sample => return Some(Request::Sample.into()),
            Action::Mouse => self.toggle_mouse(),
            Action::Save => self.open_save(),
            Action::Quit => return self.quit(),
            Action::Redraw | Action::Suspend | Action::QuitAtOnce => return on_terminal(action),
        }
        None
    }

    /// Performs a choice made in an overlay.
    fn choose(&mut self, choice: Choice) -> Option<Effect> {
        match choice {
            Choice::Copy(target) => return self.copy(target),
            Choice::Switchboard(command) => return self.command(command),
            Choice::Rule(draft) => return self.draft_rule(draft),
            Choice::Filter(filter) => self.enter_filter(filter),
            Choice::Time(destination) => self.go_to(destination),
            Choice::Clear => self.clear(),
            Choice::Send(edit) => return Some(edit.into()),
            Choice::Save(choice) => return Some(self.save(choice)),
            Choice::SaveFirst => self.save_and_quit(),
            Choice::Quit => return Some(TerminalEffect::Quit.into()),
        }
        None
    }

    pub(super) fn show(&mut self, overlay: Overlay) {
        self.overlay = overlay;
        // It holds the extent of the previous overlay.
        self.viewport.overlay = None;
    }

    /// Opens what is selected in the focused pane.
    pub(super) fn open(&mut self) {
        match self.focus.pane {
            Pane::Flow => {
                self.select(self.detail_callback());
                self.focus_on(Pane::Detail);
            }
            Pane::Unread => self.open_user(),
            Pane::Failures => self.open_code(),
            Pane::Timeline => self.go_to_bar(),
            Pane::Detail if self.detail.tab == Tab::LifeLine => self.go_to_related(),
            Pane::Detail => self.toggle_fold(),
        }
    }

    fn overlay_of(&self, action: Action) -> Overlay {
        match action {
            Action::Clear => Overlay::Clear,
            Action::CopyMenu => Overlay::CopyMenu,
            _ => Overlay::Help(Box::new(self.help())),
        }
    }

    /// The help, from the keys of what is shown on.
    fn help(&self) -> Help {
        Help::new(match self.focus.pane {
            _ if self.page.is_some() => Some(words::PAGE_KEYS),
            Pane::Timeline => Some(words::TIMELINE_KEYS),
            _ => None,
        })
    }

    pub(super) fn filter_by(&mut self, filter: Filter) {
        if self.paused.is_some() {
            self.notify(words::PAUSE_ENDED.text(self.settings.lang));
        }
        self.set_filter(Some(filter));
        self.page = None;
        self.left_page = None;
        self.follow();
        self.focus = Focus::default();
    }

    pub(super) fn follow(&mut self) {
        self.resume();
        self.timeline.follow();
        self.select(None);
    }

    fn toggle_pause(&mut self) {
        if self.paused.is_some() {
            return self.resume();
        }
        let snapshot = Snapshot::take(&self.history, self.status.now);
        self.history.show_until(Some(snapshot.end_id()));
        self.paused = Some(Box::new(snapshot));
        self.count_external_bytes();
    }

    pub(super) fn resume(&mut self) {
        self.paused = None;
        self.history.show_until(None);
        self.count_external_bytes();
    }

    fn edit_filter(&mut self) {
        let visible = self.filter().filter(|_| !self.is_private());
        let text = visible.map(|it| it.text().to_owned()).unwrap_or_default();
        let prompt = Prompt::new(text).with_names(Arc::clone(&self.settings.filters));
        self.show(Overlay::Filter(Box::new(prompt)));
    }

    fn enter_filter(&mut self, filter: Filter) {
        let text = filter.text().to_owned();
        self.keep_entered(InputKind::Filter, text);
        self.set_filter(Some(filter));
    }

    fn clear(&mut self) {
        self.stop_saving();
        self.stop_resending();
        self.history.clear();
        self.alerts.clear();
        self.marks.clear();
        self.saves.unsaved = 0;
        // What a file has that is being written was cleared as well.
        self.saves.running.iter_mut().for_each(|it| it.unsaved = 0);
        self.last_resent = None;
        self.page = None;
        self.resume();
        self.selection = Selection::default();
        self.timeline = TimelineState::default();
        self.clear_shown();
        self.left_page = None;
        self.detail.clear_callbacks();
        self.status.started = self.status.now;
    }

    fn toggle_mark(&mut self) {
        let Some(id) = self.detail_callback() else { return };
        if !self.marks.toggle(id, self.history.flow()) {
            let lang = self.settings.lang;
            self.notify(Notice::harmless(localize!(
                lang,
                "at most {MAX_MARKS} callbacks can be marked",
                "最多标记 {MAX_MARKS} 条回调"
            )));
        }
    }

    /// The two callbacks to compare: the last two marked, or the marked and the shown one.
    pub(super) fn compared(&self) -> Option<(RowId, RowId)> {
        let mut marked = self.marks.kept(self.history.flow()).rev();
        let last = marked.next()?;
        match marked.next() {
            Some(before) => Some((before, last)),
            None => Some((last, self.detail_callback()?)),
        }
    }

    fn compare(&mut self) {
        match self.compared() {
            Some(_) => self.show(Overlay::Compare(0)),
            None => self.notify_with_keys(words::NOTHING_MARKED),
        }
    }
}

/// The effect of an action that is about the terminal alone.
fn on_terminal(action: Action) -> Option<Effect> {
    let effect = match action {
        Action::Redraw => TerminalEffect::Redraw,
        Action::Suspend => TerminalEffect::Suspend,
        Action::QuitAtOnce => TerminalEffect::Quit,
        _ => return None,
    };
    Some(effect.into())
}
