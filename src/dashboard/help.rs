//! The help: all of the guide, from the place that is about what is open, and its search.

use std::ops::ControlFlow;

use crossterm::event::{Event, KeyCode, KeyEvent};
use tui_input::Input;
use tui_input::backend::crossterm::EventHandler as _;

use super::action::{Action, Direction, Step};
use super::cursor::{scrolled, scrolled_by};
use super::guide::lines::{Lines, Match};
use super::keymap::Keymap;
use super::switchboard::Switches;
use super::viewport::Extent;
use crate::callback::{Lang, Localized};

/// The state of the help.
#[derive(Debug, Clone)]
pub(super) struct Help {
    /// What is at its top.
    place: Place,
    /// The text that is searched, if there is one.
    search: Option<Search>,
    /// The switchboard, if that is below it.
    pub(super) below: Option<Box<Switches>>,
}

/// A place in the help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// A line.
    Line(usize),
    /// The section with this heading.
    Section(Localized),
    /// The match of the search.
    Match,
}

/// A text that is searched in the help.
#[derive(Debug, Clone, Default)]
pub(super) struct Search {
    /// The text and its cursor.
    pub(super) input: Input,
    /// Whether it is being typed.
    pub(super) is_typing: bool,
    /// Steps to the next match, less those to the previous one.
    steps: isize,
}

impl Search {
    /// The place of the current match among so many, from 0.
    pub(super) fn current(&self, matches: usize) -> Option<usize> {
        self.steps.checked_rem_euclid(isize::try_from(matches).ok()?)?.try_into().ok()
    }

    /// The matches in the lines of the help.
    pub(super) fn matches(&self, lines: &Lines) -> Vec<Match> {
        lines.matches(self.input.value())
    }
}

impl Help {
    /// The help from its beginning, or from a section on.
    pub(super) fn new(section: Option<Localized>) -> Self {
        let place = section.map_or(Place::Line(0), Place::Section);
        Self { place, search: None, below: None }
    }

    /// As [`Self::new`], over the switchboard.
    pub(super) fn over(below: Box<Switches>, section: Localized) -> Self {
        Self { below: Some(below), ..Self::new(Some(section)) }
    }

    /// The search, if there is one.
    pub(super) fn search(&self) -> Option<&Search> {
        self.search.as_ref()
    }

    /// Handles a key; breaks when the help is to be closed. `extent` is that of the last
    /// frame.
    pub(super) fn on_key(
        &mut self,
        key: KeyEvent,
        extent: Option<Extent>,
        keymap: &Keymap,
    ) -> ControlFlow<()> {
        let is_typing = self.search.as_ref().is_some_and(|it| it.is_typing);
        match (key.code, keymap.dashboard.action(key)) {
            (KeyCode::Esc, _) if self.search.is_some() => self.end_search(extent),
            (KeyCode::Enter, _) if is_typing => self.enter(extent),
            _ if is_typing => self.edit(|it| _ = it.handle_event(&Event::Key(key))),
            (KeyCode::Esc, _) | (_, Some(Action::Help | Action::Quit | Action::Back)) => {
                return ControlFlow::Break(());
            }
            (_, Some(Action::Filter)) => {
                self.search = Some(Search { is_typing: true, ..Search::default() });
            }
            (_, Some(Action::Match(direction))) => self.step_to_match(direction),
            _ => {
                let to = self.line(extent).and_then(|it| scrolled(it, key, extent, keymap));
                self.place = to.map_or(self.place, Place::Line);
            }
        }
        ControlFlow::Continue(())
    }

    /// Inserts the first line of a text into the search that is being typed; returns whether
    /// one is.
    pub(super) fn paste(&mut self, text: &str) -> bool {
        let line = text.lines().next().unwrap_or_default();
        let is_typing = self.search.as_ref().is_some_and(|it| it.is_typing);
        if is_typing {
            self.edit(|it| *it = Input::new(it.value().to_owned() + line));
        }
        is_typing
    }

    /// Scrolls it.
    pub(super) fn scroll(&mut self, step: Step, extent: Option<Extent>) {
        if let Some(line) = self.line(extent) {
            self.place = Place::Line(scrolled_by(line, step, extent));
        }
    }

    /// The line at the top of an area.
    pub(super) fn top(&self, lines: &Lines, lang: Lang, area: Extent) -> usize {
        let line = match self.place {
            Place::Line(line) => line,
            Place::Section(heading) => lines.line_of(heading, lang),
            Place::Match => self.current(lines).map_or(0, |it| {
                // With some lines before it.
                lines.line_of_match(&it).saturating_sub(area.rows / 3)
            }),
        };
        area.top(line)
    }

    /// The current match.
    fn current(&self, lines: &Lines) -> Option<Match> {
        let search = self.search.as_ref()?;
        let mut matches = search.matches(lines);
        let current = search.current(matches.len())?;
        Some(matches.swap_remove(current))
    }

    /// The line at the top; `None` if the place has not been drawn yet.
    fn line(&self, extent: Option<Extent>) -> Option<usize> {
        match self.place {
            Place::Line(line) => Some(line),
            Place::Section(_) | Place::Match => extent.map(|it| it.first),
        }
    }

    fn edit(&mut self, change: impl FnOnce(&mut Input)) {
        if let Some(search) = &mut self.search {
            change(&mut search.input);
            search.steps = 0;
            self.place = Place::Match;
        }
    }

    fn enter(&mut self, extent: Option<Extent>) {
        match &mut self.search {
            Some(search) if !search.input.value().is_empty() => search.is_typing = false,
            _ => self.end_search(extent),
        }
    }

    fn end_search(&mut self, extent: Option<Extent>) {
        self.place = self.line(extent).map_or(self.place, Place::Line);
        self.search = None;
    }

    fn step_to_match(&mut self, direction: Direction) {
        if let Some(search) = &mut self.search {
            search.steps += if direction == Direction::Next { 1 } else { -1 };
            self.place = Place::Match;
        }
    }
}
