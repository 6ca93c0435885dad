//! Files of rules: one a line, with comments after `#`; `#off` turns a rule off.

mod line;
pub mod form;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::path::Path;
use std::sync::Arc;

use super::problems::refusals;
use super::rule::{Rule, RuleError};
use super::switchboard::Entry;
use line::Parts;
pub use line::RuleLine;

/// The rules of a file in their order, with its comments and blank lines.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RuleFile {
    lines: Vec<Line>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Line {
    /// A comment, or nothing.
    Text(String),
    /// A rule.
    Rule(RuleLine),
}

/// A rule, and its line with the comments right above it.
type Block = (RuleLine, Vec<Line>);

/// A mistake in a line of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileError {
    /// The number of the line, from 1.
    pub line: usize,
    /// The line.
    pub text: String,
    /// The mistake, with its place in the line.
    pub error: RuleError,
}

impl FileError {
    /// The character in the line at which the mistake begins, from 1.
    pub fn column(&self) -> usize {
        column(&self.text, self.error.at.start)
    }
}

/// The character of a line at an offset in bytes, from 1.
pub fn column(line: &str, offset: usize) -> usize {
    line[..offset].chars().count() + 1
}

impl RuleFile {
    /// Parses a file. `read_file` reads a file that a rule names.
    ///
    /// # Errors
    /// The mistakes of all lines, also those in rules that are off.
    pub fn parse(
        text: &str,
        read_file: &mut dyn FnMut(&str) -> Result<Vec<u8>, String>,
    ) -> Result<Self, Vec<FileError>> {
        let (file, errors) = Self::parse_lines(text, read_file);
        if errors.is_empty() { Ok(file) } else { Err(errors) }
    }

    /// As [`Self::parse`]: the file in which lines with a mistake are no rules, and the
    /// mistakes.
    pub fn parse_lines(
        text: &str,
        read_file: &mut dyn FnMut(&str) -> Result<Vec<u8>, String>,
    ) -> (Self, Vec<FileError>) {
        let (mut lines, mut errors) = (Vec::new(), Vec::new());
        for (nth, text) in text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text).lines().enumerate() {
            let Some(parts) = Parts::of(text) else {
                lines.push(Line::Text(text.to_owned()));
                continue;
            };
            match Rule::parse(&parts.rule, read_file) {
                Ok(rule) => lines.push(Line::Rule(RuleLine::read(rule, parts.is_on, text))),
                Err(mut error) => {
                    lines.push(Line::Text(text.to_owned()));
                    error.at = parts.in_line(&error.at);
                    errors.push(FileError { line: nth + 1, text: text.to_owned(), error });
                }
            }
        }
        (Self { lines }, errors)
    }

    /// Its lines that hold a rule, each with its number, from 1.
    pub fn rules(&self) -> impl Iterator<Item = (usize, &RuleLine)> {
        self.lines.iter().enumerate().filter_map(|(nth, line)| match line {
            Line::Rule(rule) => Some((nth + 1, rule)),
            Line::Text(_) => None,
        })
    }

    /// The file with the names of files in its rules relative to a folder.
    #[must_use]
    pub fn relative_to(mut self, folder: &Arc<Path>) -> Self {
        for line in &mut self.lines {
            if let Line::Rule(it) = line {
                let rule = Rule::clone(&it.entry.rule).relative_to(folder);
                it.entry.rule = Arc::new(rule);
            }
        }
        self
    }

    /// The file, if each of its rules passes a check.
    ///
    /// # Errors
    /// The mistakes of all rules.
    pub fn checked(
        self,
        check: impl Fn(&Rule) -> Result<(), RuleError>,
    ) -> Result<Self, Vec<FileError>> {
        let errors =
            self.rules().filter_map(|it| Some(file_error(it, check(&it.1.entry.rule).err()?)));
        let errors: Vec<_> = errors.collect();
        if errors.is_empty() { Ok(self) } else { Err(errors) }
    }

    /// The file, if none of its rules is refused for a problem.
    ///
    /// # Errors
    /// The problems for which they are.
    pub fn accepted(self) -> Result<Self, Vec<FileError>> {
        let lines: Vec<_> = self.rules().collect();
        let entries = self.entries();
        let errors =
            refusals(&entries).map(|(nth, it)| file_error(lines[nth], RuleError::refused(it)));
        let errors: Vec<_> = errors.collect();
        if errors.is_empty() { Ok(self) } else { Err(errors) }
    }

    /// Its rules.
    pub fn entries(&self) -> Vec<Entry> {
        self.rules().map(|(_, it)| it.entry.clone()).collect()
    }

    /// The file with other rules, or in another order. A rule that it has already keeps
    /// the comment after it and the comments right above it.
    #[must_use]
    pub fn with_rules(&self, rules: &[Entry]) -> Self {
        let (mut head, blocks, end) = self.blocks();
        // Of equal rules the first one comes first.
        let mut known: HashMap<_, VecDeque<_>> = HashMap::new();
        for block in blocks {
            known.entry(Arc::clone(block.0.entry.rule.text())).or_default().push_back(block);
        }
        for entry in rules {
            let block = known.get_mut(entry.rule.text()).and_then(VecDeque::pop_front);
            let (line, above) = match block {
                Some((line, above)) => (line.with_state(entry.is_on), above),
                None => (RuleLine::new(entry.clone()), Vec::new()),
            };
            head.extend(above);
            head.push(Line::Rule(line));
        }
        head.extend(end);
        Self { lines: head }
    }

    /// The lines above the first block, the block of each rule (itself, and the comments
    /// right above it), and the lines below the last rule.
    fn blocks(&self) -> (Vec<Line>, Vec<Block>, Vec<Line>) {
        let (mut head, mut blocks, mut texts) = (Vec::new(), Vec::new(), Vec::new());
        for line in &self.lines {
            match line {
                Line::Rule(rule) => blocks.push((rule.clone(), std::mem::take(&mut texts))),
                Line::Text(text) => {
                    texts.push(line.clone());
                    // What ends with a blank line before the first rule is about the file.
                    if text.trim().is_empty() && blocks.is_empty() {
                        head.append(&mut texts);
                    }
                }
            }
        }
        (head, blocks, texts)
    }
}

/// The mistake in a line, of the one in its rule.
fn file_error((nth, line): (usize, &RuleLine), error: RuleError) -> FileError {
    let at = line.place(&error.at);
    let error = error.at(at);
    FileError { line: nth, text: line.text().to_owned(), error }
}

const BYTE_ORDER_MARK: char = '\u{feff}';

impl fmt::Display for RuleFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (nth, line) in self.lines.iter().enumerate() {
            let text = match line {
                Line::Text(text) => text,
                Line::Rule(rule) => rule.text(),
            };
            // Reading skips the first one.
            if nth == 0 && text.starts_with(BYTE_ORDER_MARK) {
                write!(f, "{BYTE_ORDER_MARK}")?;
            }
            writeln!(f, "{text}")?;
        }
        Ok(())
    }
}
