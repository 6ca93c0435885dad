//! An input line for what is parsed from a text: a filter, a rule, or a file name. It
//! shows the first mistake and the page about the language, lists what the end of the text
//! can become, and offers earlier texts.

mod filter_line;

use std::fmt;
use std::ops::ControlFlow;
use std::sync::Arc;

use crossterm::event::{Event, KeyCode, KeyEvent};
use tui_input::Input;
use tui_input::backend::crossterm::EventHandler as _;

use super::action::Direction;
use super::completion::Completion;
use super::cursor::scrolled;
use super::keymap::Keymap;
use super::viewport::Extent;
use crate::callback::{Lang, Localized};
use crate::history::History;
use crate::history::filter::NamedFilter;
use crate::history::filter::completion::Choices;

pub(super) use filter_line::FilterLine;

/// The length in bytes up to which pasted text is inserted.
const MAX_BYTES: usize = 4096;

/// How to end an input line.
pub(super) const LEAVE: Localized = Localized::new("esc leaves", "esc 取消");
pub(super) const SET: Localized = Localized::new("enter sets it", "enter 确定");

/// What can be entered in an input line.
pub(super) trait Parsed: Sized {
    /// Why a text is not one.
    type Mistake: Mistake + Clone + fmt::Debug;

    /// The name before the input.
    const LABEL: Localized;
    /// What can be entered, as long as there is no mistake, in parts: where there is no
    /// space for all of them the first is left out first. Keys may be in braces.
    const HINT: &'static [Localized];

    /// Parses a text, in which filters may be used by their names.
    fn parse(text: &str, names: &[NamedFilter]) -> Result<Self, Self::Mistake>;

    /// What the last word of an unfinished text can become; without a history no values.
    fn choices(_: &str, _: &[NamedFilter], _: Lang, _: Option<&History>) -> Choices {
        Choices::default()
    }

    /// The filter in an unfinished text; `None` if what is entered has none.
    fn filter(_: &str) -> Option<&str> {
        None
    }
}

/// A mistake in a text.
pub(super) trait Mistake {
    /// Its place in bytes, on a character boundary.
    fn at(&self) -> usize;

    /// The mistake as a sentence: lower case, without a final dot.
    fn message(&self, lang: Lang) -> String;

    /// Whether only something is missing at the end, that can still be typed.
    fn is_unfinished(&self, _text: &str) -> bool {
        false
    }
}

/// An input line.
#[derive(Debug, Clone)]
pub(super) struct Prompt<T: Parsed> {
    /// The text and its cursor.
    pub(super) input: Input,
    /// What is entered at its cursor; the hint has it in place of its first part.
    pub(super) about: Option<Localized>,
    /// The first mistake in the text, if there is one.
    pub(super) error: Option<T::Mistake>,
    /// How far back in the earlier texts the text is from; 0 is none of them.
    back: usize,
    /// What the word before the cursor can become; `None` until it is looked up.
    completion: Option<Completion>,
    /// The first line of the page about the language; `None` while it is closed.
    page: Option<usize>,
    /// The filters that can be used by their names.
    names: Arc<[NamedFilter]>,
}

impl<T: Parsed> Prompt<T> {
    /// An input line that holds a text.
    pub(super) fn new(text: String) -> Self {
        let (input, names) = (Input::new(text), Arc::default());
        Self { input, about: None, error: None, back: 0, completion: None, page: None, names }
    }

    /// The same input line, in which filters can be used by their names.
    #[must_use]
    pub(super) fn with_names(self, names: Arc<[NamedFilter]>) -> Self {
        Self { names, ..self }
    }

    fn parsed(&self) -> Result<T, T::Mistake> {
        T::parse(self.input.value(), &self.names)
    }

    /// The same input line with its cursor so many characters further left.
    #[must_use]
    pub(super) fn left(self, characters: usize) -> Self {
        let at = self.input.cursor().saturating_sub(characters);
        Self { input: self.input.with_cursor(at), ..self }
    }

    /// The same input line with what is entered at its cursor.
    #[must_use]
    pub(super) fn about(self, about: Localized) -> Self {
        Self { about: Some(about), ..self }
    }

    /// An input line that holds a text with a mistake.
    pub(super) fn mistaken(text: String, error: T::Mistake) -> Self {
        Self { error: Some(error), ..Self::new(text) }
    }

    /// Handles a key; breaks when the prompt is to be closed, with what was entered.
    /// `extent` is that of the page in the last frame; `earlier` are the texts entered
    /// before, oldest first.
    pub(super) fn on_key(
        &mut self,
        key: KeyEvent,
        extent: Option<Extent>,
        earlier: &[String],
        keymap: &Keymap,
    ) -> ControlFlow<Option<T>> {
        let is_listed = self.completion.as_ref().is_some_and(|it| it.chosen().is_some());
        match key.code {
            _ if self.page.is_some() => {
                self.page = self.page.and_then(|line| scrolled(line, key, extent, keymap));
            }
            KeyCode::F(1) if self.has_page() => self.page = Some(0),
            KeyCode::Char('?') if self.has_page() && self.input.value().is_empty() => {
                self.page = Some(0);
            }
            // The values of the field, or the names, are listed.
            KeyCode::Tab | KeyCode::Enter if is_listed && self.is_unfinished() => {
                self.completion = None;
            }
            KeyCode::Tab => self.complete(Direction::Next),
            KeyCode::BackTab => self.complete(Direction::Previous),
            KeyCode::Down if is_listed || self.back == 0 => self.complete(Direction::Next),
            KeyCode::Up if is_listed => self.complete(Direction::Previous),
            KeyCode::Esc if is_listed => self.leave_list(),
            _ => {
                self.completion = None;
                return self.edit(key, earlier);
            }
        }
        ControlFlow::Continue(())
    }

    /// Whether something is missing at the end: the value of a field, or the rest of a name.
    fn is_unfinished(&self) -> bool {
        let text = self.input.value();
        self.parsed().is_err_and(|it| it.is_unfinished(text))
    }

    /// Whether there is a page about the language.
    fn has_page(&self) -> bool {
        T::filter(self.input.value()).is_some()
    }

    fn edit(&mut self, key: KeyEvent, earlier: &[String]) -> ControlFlow<Option<T>> {
        match key.code {
            KeyCode::Esc => return ControlFlow::Break(None),
            KeyCode::Enter => match self.parsed() {
                Ok(entered) => return ControlFlow::Break(Some(entered)),
                Err(error) => self.error = Some(error),
            },
            KeyCode::Up => self.recall(earlier, 1),
            KeyCode::Down => self.recall(earlier, -1),
            _ => {
                self.input.handle_event(&Event::Key(key));
                self.check();
            }
        }
        ControlFlow::Continue(())
    }

    /// Appends the first line of a text, as far as [`MAX_BYTES`] allow.
    pub(super) fn paste(&mut self, text: &str) {
        let line = text.lines().next().unwrap_or_default();
        let typed = self.input.value();
        let free = MAX_BYTES.saturating_sub(typed.len());
        self.completion = None;
        self.set(typed.to_owned() + &line[..line.floor_char_boundary(free)]);
    }

    /// What the word before the cursor can become.
    pub(super) fn completion(&self) -> Option<&Completion> {
        self.completion.as_ref()
    }

    fn set(&mut self, text: String) {
        self.input = Input::new(text);
        self.check();
    }

    /// An empty text, and an unfinished one, shows no mistake before it is entered.
    fn check(&mut self) {
        let text = self.input.value();
        let error = if text.is_empty() { None } else { self.parsed().err() };
        self.error = error.filter(|it| !it.is_unfinished(text));
    }

    /// Shows an earlier text, or a later one with a negative `by`.
    fn recall(&mut self, earlier: &[String], by: isize) {
        let back = self.back.saturating_add_signed(by).min(earlier.len());
        if back != self.back {
            self.back = back;
            let nth = earlier.len().checked_sub(back).and_then(|it| earlier.get(it));
            self.set(nth.cloned().unwrap_or_default());
        }
    }

    /// Completes the word before the cursor with the next or previous choice.
    fn complete(&mut self, direction: Direction) {
        let Some(completion) = &mut self.completion else { return };
        if completion.cycle(direction) {
            let is_only = completion.choices().len() == 1;
            self.take_choice();
            // The next word is listed.
            self.completion = self.completion.take().filter(|_| !is_only);
        }
    }

    /// Shows what was typed again.
    fn leave_list(&mut self) {
        if self.completion.as_mut().is_some_and(Completion::leave) {
            self.take_choice();
        }
    }

    fn take_choice(&mut self) {
        if let Some((text, cursor)) = self.completion.as_ref().map(Completion::text) {
            self.input = Input::new(text).with_cursor(cursor);
            self.check();
        }
    }
}
