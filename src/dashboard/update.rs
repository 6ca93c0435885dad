//! What each action does to the app.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use tui_input::Input;
use tui_input::backend::crossterm::EventHandler as _;

use super::app::{App, Form, Overlay, Prompt, Source, TABS, Tab};
use super::copy::CopyTarget;
use super::effect::{Effect, Request, TerminalEffect};
use super::json_tree;
use super::keymap::{Action, Direction, PANES, Pane, Step};
use super::rows::Rows;
use super::switchboard::CHOICES;
use super::viewport::Extent;
use super::words;
use crate::callback::Delivery;
use crate::callback::answer_mode::AnswerMode;
use crate::history::RowId;
use crate::history::filter::Filter;

impl App {
    pub(super) fn act(&mut self, action: Action) -> Option<Effect> {
        self.notice = None;
        match action {
            Action::Move(step) => self.step(step),
            Action::FocusNext => self.turn_focus(1),
            Action::FocusPrevious => self.turn_focus(PANES.len() - 1),
            Action::Focus(pane) => self.focus = pane,
            Action::Tab(turn) => self.turn_tab(turn),
            Action::Open => self.open(),
            Action::Zoom => self.zoomed = !self.zoomed,
            Action::Back => self.back(),
            Action::Filter => self.type_filter(),
            Action::Match(turn) => self.move_by(turn, |_, _| true),
            Action::Failure(turn) => self.move_to_failure(turn),
            Action::Pause => self.pause(),
            Action::Follow => self.follow(),
            Action::Wrap => self.detail.wrap = !self.detail.wrap,
            Action::Bytes => self.turn_form(),
            Action::Clear => self.overlay = Overlay::Clear,
            Action::Help => self.open_scrolling(Overlay::Help(0)),
            Action::Resend => return self.again(|it| Request::Resend(it).into()),
            Action::Edit if self.veil.is_some() => {
                self.notify(words::EDIT_SHOWS.text(self.settings.lang));
            }
            Action::Edit => return self.again(|it| TerminalEffect::Edit(it).into()),
            Action::Switchboard => return self.switchboard(),
            Action::CopyMenu => self.overlay = Overlay::Copy,
            Action::Mark => self.mark(),
            Action::Compare => self.compare(),
            Action::Privacy => self.turn_privacy(),
            Action::CopyBody => return self.copy(CopyTarget::Body),
            Action::Sample => return Some(Request::Sample.into()),
            Action::Redraw => return Some(TerminalEffect::Redraw.into()),
            Action::Suspend => return Some(TerminalEffect::Suspend.into()),
            Action::Quit => return Some(TerminalEffect::Quit.into()),
        }
        None
    }

    /// Gives a key to what lies over the panes, if anything does and wants it.
    pub(super) fn overlay_key(&mut self, key: KeyEvent) -> KeyOutcome {
        let control = key.modifiers == KeyModifiers::CONTROL;
        if control && matches!(key.code, KeyCode::Char('c' | 'l' | 'z')) {
            return KeyOutcome::Ignored;
        }
        match &mut self.overlay {
            Overlay::None => return KeyOutcome::Ignored,
            Overlay::Copy => {
                self.overlay = Overlay::None;
                let what =
                    CopyTarget::ALL.into_iter().find(|it| key.code == KeyCode::Char(it.key()));
                return KeyOutcome::Handled(what.and_then(|it| self.copy(it)));
            }
            Overlay::Switchboard => {
                self.overlay = Overlay::None;
                let choice = CHOICES.iter().find(|it| key.code == KeyCode::Char(it.key));
                return KeyOutcome::Handled(choice.map(|it| self.answer_so(it.setting())));
            }
            Overlay::Help(line) | Overlay::Compare(line) => {
                // Before its first frame the end is unknown; the frame stops there.
                let end = self.viewport.overlay.map_or(usize::MAX, Extent::last_top);
                let from = (*line).min(end);
                let to = match key.code {
                    KeyCode::Down | KeyCode::Char('j') => from.saturating_add(1),
                    KeyCode::Up | KeyCode::Char('k') => from.saturating_sub(1),
                    KeyCode::PageDown | KeyCode::Char(' ') => from.saturating_add(10),
                    KeyCode::PageUp => from.saturating_sub(10),
                    _ => {
                        self.overlay = Overlay::None;
                        return KeyOutcome::Handled(None);
                    }
                };
                *line = to.min(end);
            }
            Overlay::Clear => {
                let yes = matches!(key.code, KeyCode::Char('y' | 'Y') | KeyCode::Enter);
                self.overlay = Overlay::None;
                if yes {
                    self.clear();
                }
            }
            Overlay::Filter(prompt) => match key.code {
                KeyCode::Esc => self.overlay = Overlay::None,
                KeyCode::Enter => self.enter_filter(),
                // They name people, too.
                KeyCode::Up | KeyCode::Down if self.veil.is_some() => {}
                KeyCode::Up => prompt.go_back(&self.filters, 1),
                KeyCode::Down => prompt.go_back(&self.filters, -1),
                _ => {
                    prompt.input.handle_event(&Event::Key(key));
                    prompt.mistake = Filter::parse(prompt.input.value()).err();
                }
            },
        }
        KeyOutcome::Handled(None)
    }

    /// A paste is text for the input line, and nothing without one: a pasted
    /// wall of text must not press keys.
    pub(super) fn pasted(&mut self, text: &str) {
        /// What a filter may be long.
        const MOST: usize = 4096;
        match &mut self.overlay {
            Overlay::Filter(prompt) => {
                let line = text.lines().next().unwrap_or_default();
                let typed = prompt.input.value();
                let room = MOST.saturating_sub(typed.len());
                let value = typed.to_owned() + &line[..line.floor_char_boundary(room)];
                prompt.set(value);
            }
            _ => self.notify(words::PASTE_IGNORED.text(self.settings.lang)),
        }
    }

    fn step(&mut self, step: Step) {
        match self.focus {
            Pane::Flow => self.step_flow(step),
            Pane::Unread => {
                let page = self.viewport.unread.rows;
                self.unread_row = moved(self.unread_row, self.unread().len(), page, step);
            }
            Pane::Failures => {
                let page = self.viewport.failures.rows;
                self.failure_row = moved(self.failure_row, self.failures().len(), page, step);
            }
            Pane::Detail => {
                let extent = self.viewport.detail;
                let tree = self.detail.tab == Tab::Payload && self.detail.form == Form::Tree;
                let len = if tree { extent.lines } else { extent.last_top() + 1 };
                self.detail.line = moved(self.detail.line, len, extent.rows, step);
            }
        }
    }

    /// Moving past the newest row follows again.
    fn step_flow(&mut self, step: Step) {
        let rows = Rows::of(self);
        let len = rows.len();
        let row = self.selected.map_or(len.saturating_sub(1), |id| rows.row_of(id));
        let to = moved(row, len, self.viewport.flow.rows, step);
        let down = matches!(step, Step::Down | Step::PageDown | Step::HalfDown | Step::Bottom);
        let selected = rows.at(to).filter(|_| !(down && to + 1 >= len));
        self.select(selected);
    }

    pub(super) fn select(&mut self, id: Option<RowId>) {
        if self.selected != id {
            self.selected = id;
            self.detail.line = 0;
        }
    }

    fn turn_focus(&mut self, by: usize) {
        let at = PANES.iter().position(|it| *it == self.focus).unwrap_or_default();
        self.focus = PANES[(at + by) % PANES.len()];
    }

    fn turn_tab(&mut self, turn: Direction) {
        let at = TABS.iter().position(|it| *it == self.detail.tab).unwrap_or_default();
        let by = if turn == Direction::Next { 1 } else { TABS.len() - 1 };
        self.detail.tab = TABS[(at + by) % TABS.len()];
        self.detail.line = 0;
    }

    fn turn_form(&mut self) {
        self.detail.form = match self.detail.form {
            _ if self.detail.tab != Tab::Payload => Form::Text,
            Form::Tree => Form::Text,
            Form::Text => Form::Bytes,
            Form::Bytes => Form::Tree,
        };
        self.detail.tab = Tab::Payload;
        self.detail.line = 0;
    }

    fn open(&mut self) {
        match self.focus {
            Pane::Flow => {
                let shown = self.shown();
                self.select(shown);
                self.focus = Pane::Detail;
            }
            Pane::Unread => {
                let user = self.unread().ranked().nth(self.unread_row).map(|it| it.user.clone());
                if let Some(user) = user {
                    self.filter_by(Filter::for_user(&user));
                }
            }
            Pane::Failures => {
                let code = self.failures().ranked().get(self.failure_row).map(|it| it.code);
                if let Some(code) = code {
                    self.filter_by(Filter::for_code(code));
                }
            }
            Pane::Detail => self.turn_branch(),
        }
    }

    fn filter_by(&mut self, filter: Filter) {
        self.set_filter(Some(filter));
        self.follow();
        self.focus = Pane::Flow;
        self.zoomed = false;
    }

    fn turn_branch(&mut self) {
        if let Some(way) = json_tree::branch_at(self)
            && !self.detail.toggled.remove(&way)
        {
            self.detail.toggled.insert(way);
        }
    }

    fn back(&mut self) {
        if self.zoomed {
            self.zoomed = false;
        } else if self.focus != Pane::Flow {
            self.focus = Pane::Flow;
        } else if self.filter().is_some() {
            self.set_filter(None);
        } else {
            self.follow();
        }
    }

    fn follow(&mut self) {
        self.resume();
        self.select(None);
    }

    fn type_filter(&mut self) {
        let shown = self.filter().filter(|_| self.veil.is_none());
        let text = shown.map(|it| it.text().to_owned()).unwrap_or_default();
        self.overlay = Overlay::Filter(Prompt { input: Input::new(text), ..Prompt::default() });
    }

    /// A filter with a mistake stays in its line, and the last good one in use.
    fn enter_filter(&mut self) {
        let Overlay::Filter(prompt) = &mut self.overlay else { return };
        match Filter::parse(prompt.input.value()) {
            Ok(filter) => {
                let text = filter.text().to_owned();
                self.filters.retain(|it| *it != text);
                self.filters.extend((!text.is_empty()).then_some(text));
                self.overlay = Overlay::None;
                self.set_filter(Some(filter));
            }
            Err(found) => prompt.mistake = Some(found),
        }
    }

    fn clear(&mut self) {
        self.history.clear();
        self.resume();
        self.selected = None;
        self.marked = None;
        // Numbers begin anew: what was remembered by number is of another call.
        self.detail.tree.take();
        self.detail.text.take();
        self.detail.life.take();
        self.detail.toggled.clear();
        self.unread_row = 0;
        self.failure_row = 0;
        self.detail.line = 0;
        self.began = self.now;
    }

    /// Sends what is shown again, if there is somebody to send it to.
    fn again(&mut self, effect: impl Fn(Box<Delivery>) -> Effect) -> Option<Effect> {
        if self.settings.forward.is_none() {
            self.notify(words::NO_LOCAL_APP.text(self.settings.lang));
            return None;
        }
        let delivery = self.history.flow().delivery(self.shown()?)?;
        Some(effect(Box::new(delivery)))
    }

    /// One key back to OK; from there, the choice.
    fn switchboard(&mut self) -> Option<Effect> {
        if self.settings.source == Source::Recording {
            self.notify(words::NO_LISTENER.text(self.settings.lang));
            return None;
        }
        if !self.settings.answers.is_default() {
            return Some(self.answer_so(AnswerMode::default()));
        }
        self.overlay = Overlay::Switchboard;
        None
    }

    fn answer_so(&mut self, setting: AnswerMode) -> Effect {
        self.settings.answers = setting.clone();
        Request::Answer(setting).into()
    }

    fn open_scrolling(&mut self, overlay: Overlay) {
        self.overlay = overlay;
        // What is known is the extent of another one.
        self.viewport.overlay = None;
    }

    fn mark(&mut self) {
        let shown = self.shown();
        self.marked = if self.marked == shown { None } else { shown };
    }

    fn compare(&mut self) {
        match self.marked {
            Some(_) => self.open_scrolling(Overlay::Compare(0)),
            None => self.notify(words::NOTHING_MARKED.text(self.settings.lang)),
        }
    }

    fn turn_privacy(&mut self) {
        self.veil = match self.veil {
            Some(_) => None,
            None => Some(foldhash::quality::RandomState::default()),
        };
        self.detail.tree.take();
        self.detail.text.take();
    }

    fn move_to_failure(&mut self, turn: Direction) {
        let before = self.selected;
        // From the newest there is no way but back.
        let turn = if before.is_none() { Direction::Previous } else { turn };
        self.move_by(turn, |app, id| app.history.flow().row(id).is_some_and(|it| it.went_wrong()));
        if self.selected == before {
            let none = match turn {
                Direction::Next => words::NO_LATER_FAILURE,
                Direction::Previous => words::NO_EARLIER_FAILURE,
            };
            self.notify(none.text(self.settings.lang));
        }
    }

    /// Selects the next callback in a direction that is wanted, if there is one.
    fn move_by(&mut self, turn: Direction, wanted: impl Fn(&Self, RowId) -> bool) {
        let rows = Rows::of(self);
        let len = rows.len();
        let here = self.selected.map_or(len, |id| rows.row_of(id));
        let is_wanted = |row: &usize| rows.at(*row).is_some_and(|id| wanted(self, id));
        let row = match turn {
            Direction::Next => (here.saturating_add(1)..len).find(is_wanted),
            Direction::Previous => (0..here).rev().find(is_wanted),
        };
        let id = row.and_then(|row| rows.at(row));
        if id.is_some() {
            self.focus = Pane::Flow;
            self.select(id);
        }
    }

    /// The callback that the detail shows: the selected one, else the newest.
    pub(super) fn shown(&self) -> Option<RowId> {
        let rows = Rows::of(self);
        match self.selected {
            Some(id) => rows.at(rows.row_of(id).min(rows.len().saturating_sub(1))),
            None => rows.newest(),
        }
    }
}

/// What became of a key that was given to an overlay.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum KeyOutcome {
    /// Nothing lies over the panes, or it has no use for the key.
    Ignored,
    /// It was taken, and this is wanted of the world.
    Handled(Option<Effect>),
}

/// Where a step leads in a list of `len` rows of which `page` show.
fn moved(row: usize, len: usize, page: usize, step: Step) -> usize {
    let page = page.max(2) - 1;
    let to = match step {
        Step::Up => row.saturating_sub(1),
        Step::Down => row.saturating_add(1),
        Step::PageUp => row.saturating_sub(page),
        Step::PageDown => row.saturating_add(page),
        Step::HalfUp => row.saturating_sub(page.div_ceil(2)),
        Step::HalfDown => row.saturating_add(page.div_ceil(2)),
        Step::Top => 0,
        Step::Bottom => usize::MAX,
    };
    to.min(len.saturating_sub(1))
}
