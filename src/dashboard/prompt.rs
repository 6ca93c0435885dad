//! An input line for what is parsed from a text: a filter, a rule, or a file name. It
//! shows the first mistake, completes words, and offers earlier texts.

use std::fmt;
use std::ops::ControlFlow;

use crossterm::event::{Event, KeyCode, KeyEvent};
use tui_input::Input;
use tui_input::backend::crossterm::EventHandler as _;

use super::action::Direction;
use super::completion::Completion;
use super::words;
use crate::callback::{Lang, Localized};
use crate::history::filter::{self, Filter};

/// The length in bytes up to which pasted text is inserted.
const MAX_BYTES: usize = 4096;

/// What can be entered in an input line.
pub(super) trait Parsed: Sized {
    /// Why a text is not one.
    type Mistake: Mistake + Clone + fmt::Debug;

    /// The name before the input.
    const LABEL: Localized;
    /// What can be entered, as long as there is no mistake.
    const HINT: Localized;

    /// Parses a text.
    fn parse(text: &str) -> Result<Self, Self::Mistake>;

    /// The place where the last word of an unfinished text begins, and the words that
    /// can stand there.
    fn words(text: &str) -> (usize, Vec<String>);
}

/// A mistake in a text.
pub(super) trait Mistake {
    /// Its place in bytes, on a character boundary.
    fn at(&self) -> usize;

    /// The mistake as a sentence: lower case, without a final dot.
    fn message(&self, lang: Lang) -> String;
}

/// An input line.
#[derive(Debug, Clone)]
pub(super) struct Prompt<T: Parsed> {
    /// The text and its cursor.
    pub(super) input: Input,
    /// The first mistake in the text, if there is one.
    pub(super) error: Option<T::Mistake>,
    /// How far back in the earlier texts the text is from; 0 is none of them.
    back: usize,
    /// The words offered by the tabulator, until another key.
    completion: Option<Completion>,
}

impl<T: Parsed> Prompt<T> {
    /// An input line that holds a text.
    pub(super) fn new(text: String) -> Self {
        Self { input: Input::new(text), error: None, back: 0, completion: None }
    }

    /// The same input line with its cursor so many characters further left.
    #[must_use]
    pub(super) fn left(self, characters: usize) -> Self {
        let at = self.input.cursor().saturating_sub(characters);
        Self { input: self.input.with_cursor(at), ..self }
    }

    /// An input line that holds a text with a mistake.
    pub(super) fn mistaken(text: String, error: T::Mistake) -> Self {
        Self { error: Some(error), ..Self::new(text) }
    }

    /// Handles a key; breaks when the prompt is to be closed, with what was entered.
    /// `earlier` are the texts entered before, oldest first.
    pub(super) fn on_key(&mut self, key: KeyEvent, earlier: &[String]) -> ControlFlow<Option<T>> {
        match key.code {
            KeyCode::Tab => self.complete(Direction::Next),
            KeyCode::BackTab => self.complete(Direction::Previous),
            _ => {
                self.completion = None;
                return self.edit(key, earlier);
            }
        }
        ControlFlow::Continue(())
    }

    fn edit(&mut self, key: KeyEvent, earlier: &[String]) -> ControlFlow<Option<T>> {
        match key.code {
            KeyCode::Esc => return ControlFlow::Break(None),
            KeyCode::Enter => match T::parse(self.input.value()) {
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

    /// The words that the tabulator offers, if it does.
    pub(super) fn completion(&self) -> Option<&Completion> {
        self.completion.as_ref()
    }

    fn set(&mut self, text: String) {
        self.input = Input::new(text);
        self.check();
    }

    /// An empty text shows no mistake before it is entered.
    fn check(&mut self) {
        let text = self.input.value();
        self.error = if text.is_empty() { None } else { T::parse(text).err() };
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

    /// Completes the word before the cursor with the next or previous word.
    fn complete(&mut self, direction: Direction) {
        let completion =
            self.completion.get_or_insert_with(|| Completion::new(&self.input, T::words));
        if let Some((text, cursor)) = completion.cycle(direction) {
            self.input = Input::new(text).with_cursor(cursor);
            self.check();
        }
    }
}

impl Parsed for Filter {
    type Mistake = filter::ParseError;

    const LABEL: Localized = Localized::new(" filter / ", " 过滤 / ");
    const HINT: Localized = words::FILTER_HINT;

    fn parse(text: &str) -> Result<Self, filter::ParseError> {
        Self::parse(text)
    }

    fn words(text: &str) -> (usize, Vec<String>) {
        filter::completion::words(text)
    }
}

impl Mistake for filter::ParseError {
    fn at(&self) -> usize {
        self.at.start
    }

    fn message(&self, lang: Lang) -> String {
        Self::message(self, lang)
    }
}
