//! What the end of the text in an input line can become, as it is listed.

use tui_input::Input;

use super::action::Direction;
use crate::history::filter::completion::{Choice, Choices};

/// The choices for the word before the cursor of an input line.
#[derive(Debug, Clone)]
pub(super) struct Completion {
    /// The text before the word, and after it.
    around: [String; 2],
    /// What was typed of the word.
    typed: String,
    /// What it can become.
    choices: Vec<Choice>,
    /// Whether there may be more choices.
    is_cut: bool,
    /// The choice in the input line; `None` while that is what was typed.
    chosen: Option<usize>,
}

impl Completion {
    /// Looks up the word before the cursor. `choices` returns what the last word of an
    /// unfinished text can become.
    pub(super) fn new(input: &Input, choices: impl FnOnce(&str) -> Choices) -> Self {
        let text = input.value();
        let at = text.char_indices().nth(input.cursor()).map_or(text.len(), |(at, _)| at);
        let (before, after) = text.split_at(at);
        let Choices { start, list, is_cut } = choices(before);
        let (before, typed) = before.split_at(start);
        let around = [before.to_owned(), after.to_owned()];
        Self { around, typed: typed.to_owned(), choices: list, is_cut, chosen: None }
    }

    /// Chooses the next or previous one; behind the last is what was typed. Returns
    /// whether there is another text than that of the input line.
    pub(super) fn cycle(&mut self, direction: Direction) -> bool {
        let count = self.choices.len();
        let next = direction.cycled(self.chosen.unwrap_or(count), count + 1);
        self.chosen = (next < count).then_some(next);
        match &*self.choices {
            [] => false,
            [only] => only.text != self.typed,
            _ => true,
        }
    }

    /// Chooses what was typed; returns whether something else was chosen.
    pub(super) fn leave(&mut self) -> bool {
        self.chosen.take().is_some()
    }

    /// The text with what is chosen, and the position of the cursor in characters.
    pub(super) fn text(&self) -> (String, usize) {
        let [before, after] = &self.around;
        let word = self.chosen.map_or(&self.typed, |it| &self.choices[it].text);
        let head = format!("{before}{word}");
        let cursor = head.chars().count();
        (head + after, cursor)
    }

    /// Chooses one by its place; returns whether there is one.
    pub(super) fn choose(&mut self, nth: usize) -> bool {
        self.chosen = (nth < self.choices.len()).then_some(nth);
        self.chosen.is_some()
    }

    /// Whether there may be more choices than are listed.
    pub(super) fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// The choices.
    pub(super) fn choices(&self) -> &[Choice] {
        &self.choices
    }

    /// The choice in the input line.
    pub(super) fn chosen(&self) -> Option<usize> {
        self.chosen
    }
}
