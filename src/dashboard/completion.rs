//! Completes the word that is being typed in an input line.

use tui_input::Input;

use super::action::Direction;

/// The words that an unfinished word can become.
#[derive(Debug, Clone)]
pub(super) struct Completion {
    /// The text before the word, and after it.
    around: [String; 2],
    /// The words; the last one is what was typed.
    words: Vec<String>,
    /// The index of the word in the input line.
    nth: usize,
}

impl Completion {
    /// Looks up the word before the cursor. `words` returns the place where the last
    /// word of an unfinished text begins, and the words that can stand there.
    pub(super) fn new(input: &Input, words: fn(&str) -> (usize, Vec<String>)) -> Self {
        let text = input.value();
        let at = text.char_indices().nth(input.cursor()).map_or(text.len(), |(at, _)| at);
        let (before, after) = text.split_at(at);
        let (start, words) = words(before);
        let (before, typed) = before.split_at(start);
        let begins = |it: &String| {
            typed.len() < it.len()
                && it.get(..typed.len()).is_some_and(|it| it.eq_ignore_ascii_case(typed))
        };
        let mut words: Vec<_> = words.into_iter().filter(begins).collect();
        words.sort_unstable();
        let nth = words.len();
        words.push(typed.to_owned());
        Self { around: [before.to_owned(), after.to_owned()], words, nth }
    }

    /// The text with the next or previous word, and the position of the cursor in
    /// characters; `None` if there is no word.
    pub(super) fn cycle(&mut self, direction: Direction) -> Option<(String, usize)> {
        if self.words.len() == 1 {
            return None;
        }
        self.nth = direction.cycled(self.nth, self.words.len());
        let [before, after] = &self.around;
        let head = format!("{before}{}", self.words[self.nth]);
        let cursor = head.chars().count();
        Some((head + after, cursor))
    }

    /// The words, with the index of the one in the input line.
    pub(super) fn words(&self) -> (&[String], usize) {
        (&self.words[..self.words.len() - 1], self.nth)
    }
}
