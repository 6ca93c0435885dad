//! The guide in lines of a width: names, examples and meanings in columns, or where there
//! is no space for that, below each other.

use std::borrow::Cow;
use std::ops::Range;

use super::{Section, Term};
use crate::callback::{Lang, Localized};
use crate::dashboard::text::{width, wrap};

/// Width below which meanings have no column.
const LEAST_MEANING: usize = 24;
/// Cells between columns.
const GAP: usize = 2;
/// Cells before a meaning that is below its name.
const INDENT: usize = 4;

/// What a part of a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::dashboard) enum Role {
    /// A heading of a section.
    Heading,
    /// The name of a term.
    Name,
    /// Its example.
    Example,
    /// What it means.
    Meaning,
}

/// A part of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::dashboard) struct Part {
    /// The column of the screen at which it begins.
    pub(in crate::dashboard) x: usize,
    /// What it is.
    pub(in crate::dashboard) role: Role,
    /// The text that it is of, by its place among all.
    text: usize,
    /// The bytes of that text.
    bytes: Range<usize>,
}

/// Where a searched text is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::dashboard) struct Match {
    text: usize,
    bytes: Range<usize>,
}

/// The lines of sections.
#[derive(Debug, Default)]
pub(in crate::dashboard) struct Lines {
    texts: Vec<Cow<'static, str>>,
    lines: Vec<Vec<Part>>,
}

/// The columns of a section.
struct Columns {
    names: usize,
    examples: usize,
    cells: usize,
}

impl Columns {
    fn of(section: &Section, cells: usize) -> Self {
        let widest = |text: fn(&Term) -> &str| section.terms.iter().map(|it| width(text(it))).max();
        let [names, examples] =
            [widest(|it| &it.name), widest(|it| &it.example)].map(|it| match it {
                None | Some(0) => 0,
                Some(cells) => cells + GAP,
            });
        Self { names, examples, cells }
    }

    /// The cells of the column of meanings; `None` if there is no space for one.
    fn meanings(&self) -> Option<usize> {
        let cells = self.cells.checked_sub(self.names + self.examples)?;
        Some(cells).filter(|it| LEAST_MEANING <= *it)
    }
}

impl Lines {
    /// The lines of sections in so many cells.
    pub(in crate::dashboard) fn of(sections: Vec<Section>, lang: Lang, cells: usize) -> Self {
        let mut lines = Self::default();
        for section in sections {
            if !lines.lines.is_empty() {
                lines.lines.push(Vec::new());
            }
            let columns = Columns::of(&section, cells);
            lines.push(Role::Heading, section.heading.text(lang).into(), 0, cells);
            section.terms.into_iter().for_each(|it| lines.term(it, &columns));
        }
        lines
    }

    fn term(&mut self, term: Term, columns: &Columns) {
        let (cells, first) = (columns.cells, self.lines.len());
        let Some(meanings) = columns.meanings() else {
            self.push(Role::Name, term.name, 0, cells);
            let is_beside = columns.names + width(&term.example) <= cells;
            match is_beside {
                true => self.beside(first, Role::Example, term.example, columns.names, cells),
                false => self.push(Role::Example, term.example, GAP, cells),
            }
            return self.push(Role::Meaning, term.meaning, INDENT, cells);
        };
        self.push(Role::Name, term.name, 0, cells);
        self.beside(first, Role::Example, term.example, columns.names, cells);
        let x = columns.names + columns.examples;
        self.beside(first, Role::Meaning, term.meaning, x, x + meanings);
    }

    /// Adds a text from a column to another, in as many lines as it takes.
    fn push(&mut self, role: Role, text: Cow<'static, str>, x: usize, end: usize) {
        self.beside(self.lines.len(), role, text, x, end);
    }

    /// As [`Self::push`], from an earlier line on.
    fn beside(&mut self, first: usize, role: Role, text: Cow<'static, str>, x: usize, end: usize) {
        if text.is_empty() {
            return;
        }
        let mut at = 0;
        for (nth, part) in wrap(&text, end.saturating_sub(x)).enumerate() {
            let start = at + text[at..].find(part).unwrap_or(0);
            at = start + part.len();
            let part = Part { x, role, text: self.texts.len(), bytes: start..at };
            match self.lines.get_mut(first + nth) {
                Some(line) => line.push(part),
                None => self.lines.push(vec![part]),
            }
        }
        self.texts.push(text);
    }

    /// The number of lines.
    pub(in crate::dashboard) fn len(&self) -> usize {
        self.lines.len()
    }

    /// The lines from one on.
    pub(in crate::dashboard) fn from(&self, first: usize) -> impl Iterator<Item = &[Part]> {
        self.lines.iter().skip(first).map(Vec::as_slice)
    }

    /// The text of a part.
    pub(in crate::dashboard) fn text(&self, part: &Part) -> &str {
        &self.texts[part.text][part.bytes.clone()]
    }

    /// Where a text is in the lines, in any letter case, also where it is wrapped.
    pub(in crate::dashboard) fn matches(&self, searched: &str) -> Vec<Match> {
        let searched = searched.to_ascii_lowercase();
        let of = |(text, it): (usize, &Cow<'_, str>)| {
            let it = it.to_ascii_lowercase();
            let found = it.match_indices(&*searched);
            found.map(|(at, it)| Match { text, bytes: at..at + it.len() }).collect::<Vec<_>>()
        };
        match &*searched {
            "" => Vec::new(),
            _ => self.texts.iter().enumerate().flat_map(of).collect(),
        }
    }

    /// The line in which a match begins.
    pub(in crate::dashboard) fn line_of_match(&self, found: &Match) -> usize {
        let begins = |it: &Part| it.text == found.text && found.bytes.start < it.bytes.end;
        self.lines.iter().position(|it| it.iter().any(begins)).unwrap_or(0)
    }

    /// The columns of a part in which a match is, if it is in it.
    pub(in crate::dashboard) fn columns(&self, part: &Part, found: &Match) -> Option<Range<usize>> {
        let (of, it) = (&part.bytes, &found.bytes);
        let bytes = it.start.max(of.start)..it.end.min(of.end);
        let is_in = part.text == found.text && bytes.start < bytes.end;
        let column = |at| part.x + width(&self.texts[part.text][of.start..at]);
        is_in.then(|| column(bytes.start)..column(bytes.end))
    }

    /// The first line of a heading.
    pub(in crate::dashboard) fn line_of(&self, heading: Localized, lang: Lang) -> usize {
        let is_it = |it: &Vec<Part>| {
            it.first().is_some_and(|it| {
                it.role == Role::Heading && self.texts[it.text] == heading.text(lang)
            })
        };
        self.lines.iter().position(is_it).unwrap_or(0)
    }
}
