//! The lines of a page of help: paragraphs, and terms with their texts beside or below
//! them.

use super::{Length, Span};
use crate::callback::Lang;
use crate::callback::lang::{Localized, localize};
use crate::command::cli::paragraph::wrap;
use crate::dashboard::guide::{Section, Term};
use crate::dashboard::text::width;

const COLON: Localized = Localized::new(":", "：");
const BEFORE_MEANING: Localized = Localized::new(": ", "：");
const POSSIBLE_VALUES: Localized = Localized::new("Possible values:", "可选值：");

/// The smallest width of the column of texts; in less they stand on lines of their own.
const NARROW: usize = 30;
/// Cells before a text on lines of its own.
const INDENT: usize = 10;

/// An option or a command on the page.
#[derive(Debug, Default)]
pub(super) struct Entry {
    pub(super) label: [String; 2],
    pub(super) help: String,
    pub(super) details: Option<&'static str>,
    /// The words of its value, with their meaning.
    pub(super) values: Vec<(String, String)>,
    /// Its variable, and what it is without a value.
    pub(super) notes: Vec<String>,
}

impl Entry {
    /// A term of the guide; the names of those with examples are `names` cells wide.
    pub(super) fn of_term(term: Term, names: usize) -> Self {
        let name = term.name.into_owned();
        let example = match &*term.example {
            "" => String::new(),
            it => format!("{:gap$}{it}", "", gap = names + 2 - width(&name)),
        };
        Self { label: [name, example], help: term.meaning.into_owned(), ..Self::default() }
    }

    fn width(&self) -> usize {
        width(&self.label[0]) + width(&self.label[1])
    }
}

/// The spans of a page, in a language and up to a width.
pub(super) struct Sheet {
    pub(super) spans: Vec<Span>,
    pub(super) lang: Lang,
    pub(super) columns: usize,
}

impl Sheet {
    fn push(&mut self, is_strong: bool, text: &str) {
        self.spans.push(Span { is_strong, text: text.to_owned() });
    }

    pub(super) fn strong(&mut self, text: &str) {
        self.push(true, text);
    }

    pub(super) fn line(&mut self, text: &str) {
        self.push(false, &format!("{text}\n"));
    }

    pub(super) fn paragraph(&mut self, text: &str) {
        self.indented(text, 0);
    }

    /// A text wrapped to the columns after an indent.
    fn indented(&mut self, text: &str, indent: usize) {
        for line in text.split('\n') {
            for line in wrap(line, self.columns.saturating_sub(indent)) {
                self.line(format!("{:indent$}{line}", "").trim_end());
            }
        }
    }

    /// A heading with entries in one length, if there are any.
    pub(super) fn section(
        &mut self,
        heading: Localized,
        length: Length,
        entries: impl Iterator<Item = Entry>,
    ) {
        let entries: Vec<_> = entries.collect();
        if entries.is_empty() {
            return;
        }
        self.line("");
        self.strong(&format!("{}{}", heading.text(self.lang), COLON.text(self.lang)));
        self.line("");
        let longest = entries.iter().map(Entry::width).max().unwrap_or_default();
        for (nth, entry) in entries.iter().enumerate() {
            self.push(false, "  ");
            self.strong(&entry.label[0]);
            self.push(false, &entry.label[1]);
            match length {
                Length::Long => self.all_of(entry, nth + 1 == entries.len()),
                Length::Short => self.one_line_of(entry, longest),
            }
        }
    }

    /// A section of the guide.
    pub(super) fn guide(&mut self, section: Section) {
        let names = section.terms.iter().map(|it| width(&it.name)).max().unwrap_or(0);
        let entries = section.terms.into_iter().map(|it| Entry::of_term(it, names));
        self.section(section.heading, Length::Short, entries);
    }

    /// The help of an option in the column beside it.
    fn one_line_of(&mut self, entry: &Entry, longest: usize) {
        let words: Vec<_> = entry.values.iter().map(|(word, _)| word.as_str()).collect();
        let values = localize!(
            self.lang,
            "[possible values: {}]",
            "[可选值：{}]",
            words.join(self.lang.comma())
        );
        let values = (!words.is_empty()).then_some(values);
        let parts = [entry.help.clone()].into_iter().chain(entry.notes.iter().cloned());
        let text = parts.chain(values).collect::<Vec<_>>().join(" ").replace("） [", "）[");
        let indent = longest + 4;
        if self.columns < indent + NARROW {
            self.line("");
            return self.indented(&text, INDENT);
        }
        let mut gap = " ".repeat(indent - 2 - entry.width());
        for line in wrap(&text, self.columns - indent) {
            self.line(&format!("{gap}{line}"));
            gap = " ".repeat(indent);
        }
    }

    /// All about an option, below it.
    fn all_of(&mut self, entry: &Entry, is_last: bool) {
        self.line("");
        self.indented(&entry.help, INDENT);
        if let Some(details) = entry.details {
            self.line("");
            self.indented(details, INDENT);
        }
        if !entry.values.is_empty() {
            self.line("");
            self.indented(POSSIBLE_VALUES.text(self.lang), INDENT);
            for (word, meaning) in &entry.values {
                let colon = BEFORE_MEANING.text(self.lang);
                let colon = if meaning.is_empty() { "" } else { colon };
                self.indented(&format!("- {word}{colon}{meaning}"), INDENT);
            }
        }
        if !entry.notes.is_empty() {
            self.line("");
            entry.notes.iter().for_each(|it| self.indented(it, INDENT));
        }
        if !is_last {
            self.line("");
        }
    }
}
