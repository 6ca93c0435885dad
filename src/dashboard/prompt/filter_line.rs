//! The input line of a filter, and what all lines with a filter in them do.

use super::{LEAVE, Mistake, Parsed, Prompt, SET};
use crate::callback::{Lang, Localized};
use crate::dashboard::action::Step;
use crate::dashboard::completion::Completion;
use crate::dashboard::cursor::scrolled_by;
use crate::dashboard::viewport::Extent;
use crate::history::filter::completion::Choices;
use crate::history::filter::{self, Filter, NamedFilter, completion};
use crate::history::{History, choices};

/// An input line in whose text is a filter.
pub(in crate::dashboard) trait FilterLine {
    /// The first line of the page about the language, if it is open.
    fn page(&self) -> Option<usize>;

    /// Scrolls the page about the language, if it is open.
    fn scroll_page(&mut self, step: Step, extent: Option<Extent>);

    /// The filter in the text, which may have a mistake.
    fn filter(&self) -> &str;

    /// The filters that can be used in it by their names.
    fn names(&self) -> &[NamedFilter];

    /// Looks up what the word before the cursor can become, if that is to be done;
    /// without a history no values.
    fn look_up(&mut self, lang: Lang, history: Option<&History>);

    /// Takes a choice by its place in the list, and closes that.
    fn choose(&mut self, nth: usize);
}

impl<T: Parsed> FilterLine for Prompt<T> {
    fn page(&self) -> Option<usize> {
        self.page
    }

    fn scroll_page(&mut self, step: Step, extent: Option<Extent>) {
        self.page = self.page.map(|line| scrolled_by(line, step, extent));
    }

    fn filter(&self) -> &str {
        T::filter(self.input.value()).unwrap_or_default()
    }

    fn names(&self) -> &[NamedFilter] {
        &self.names
    }

    fn look_up(&mut self, lang: Lang, history: Option<&History>) {
        let choices = |text: &str| T::choices(text, &self.names, lang, history);
        self.completion.get_or_insert_with(|| Completion::new(&self.input, choices));
    }

    fn choose(&mut self, nth: usize) {
        if self.completion.as_mut().is_some_and(|it| it.choose(nth)) {
            self.take_choice();
            // What follows it is listed.
            self.completion = None;
        }
    }
}

impl Parsed for Filter {
    type Mistake = filter::ParseError;

    const LABEL: Localized = Localized::new(" filter / ", " 过滤 / ");
    const HINT: &'static [Localized] = &[
        Localized::new("words, fields, -not, a|b", "文字、字段、-非、a|b"),
        Localized::new("tab {down} complete", "tab {down} 补全"),
        Localized::new("? the language", "? 语法"),
        SET,
        LEAVE,
    ];

    fn parse(text: &str, names: &[NamedFilter]) -> Result<Self, filter::ParseError> {
        Self::parse_with(text, names)
    }

    fn choices(
        text: &str,
        names: &[NamedFilter],
        lang: Lang,
        history: Option<&History>,
    ) -> Choices {
        completion::names(text, names, history.is_none())
            .unwrap_or_else(|| choices::choices(text, lang, history))
    }

    fn filter(text: &str) -> Option<&str> {
        Some(text)
    }
}

impl Mistake for filter::ParseError {
    fn at(&self) -> usize {
        self.at.start
    }

    fn message(&self, lang: Lang) -> String {
        Self::message(self, lang)
    }

    fn is_unfinished(&self, text: &str) -> bool {
        Self::is_unfinished(self, text)
    }
}
