//! A line with a rule. In a file a `#` that a rule begins with, or that follows a space
//! or a tab, has a backslash before it: without one a comment begins there.

use std::ops::Range;
use std::sync::Arc;

use crate::answer::rule::Rule;
use crate::answer::switchboard::Entry;
use crate::history::filter::places_outside;

/// What is before a rule that is off; to other readers it begins a comment.
const OFF: &str = "#off";
/// White space before a comment.
const SPACE: [char; 2] = [' ', '\t'];

/// A line of a file that holds a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleLine {
    /// The rule.
    pub entry: Entry,
    text: String,
}

impl RuleLine {
    /// The line of a rule that was in no file.
    pub(super) fn new(entry: Entry) -> Self {
        Self { text: written(&entry, ""), entry }
    }

    /// The line that a rule was read from.
    pub(super) fn read(rule: Rule, is_on: bool, text: &str) -> Self {
        Self { entry: Entry { rule: Arc::new(rule), is_on }, text: text.to_owned() }
    }

    /// The line with its rule on or off.
    pub(super) fn with_state(self, is_on: bool) -> Self {
        if self.entry.is_on == is_on {
            return self;
        }
        let entry = Entry { is_on, ..self.entry };
        let comment = Parts::of(&self.text).map_or(self.text.len(), |it| it.end);
        Self { text: written(&entry, &self.text[comment..]), entry }
    }

    /// The line.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The place in the line of a place in the text of the rule.
    pub fn place(&self, at: &Range<usize>) -> Range<usize> {
        Parts::of(&self.text).map_or(0..0, |it| it.in_line(at))
    }
}

/// The parts of a line with a rule.
pub(super) struct Parts {
    /// Whether no `#off` is before it.
    pub(super) is_on: bool,
    /// The text of the rule.
    pub(super) rule: String,
    /// Where the rule begins and ends in the line; a comment may follow.
    start: usize,
    end: usize,
    /// The places in the text of the rule before which the line has a backslash.
    escapes: Vec<usize>,
}

impl Parts {
    /// The parts of a line; `None` if it holds no rule. What follows `#off` is a rule if
    /// it has an arrow.
    pub(super) fn of(line: &str) -> Option<Self> {
        let off = line.trim_start().strip_prefix(OFF).filter(|it| it.starts_with(SPACE));
        let rest = off.unwrap_or(line).trim_start();
        let (mut rule, mut escapes, mut copied) = (String::new(), Vec::new(), 0);
        let mut end = rest.len();
        for (at, has_backslash) in comment_signs(rest) {
            if !has_backslash {
                end = at;
                break;
            }
            rule += &rest[copied..at];
            escapes.push(rule.len());
            copied = at + 1;
        }
        let end = rest[..end].trim_end().len();
        rule += rest.get(copied..end).unwrap_or_default();
        let is_rule = !rule.is_empty() && (off.is_none() || rule.contains("=>"));
        let start = line.len() - rest.len();
        is_rule.then(|| Self { is_on: off.is_none(), rule, start, end: start + end, escapes })
    }

    /// The place in the line of a place in the text of the rule.
    pub(super) fn in_line(&self, at: &Range<usize>) -> Range<usize> {
        let place =
            |at: usize| self.start + at + self.escapes.iter().filter(|it| **it < at).count();
        place(at.start)..place(at.end).max(place(at.start))
    }
}

/// The line of a rule and the comment after it.
fn written(Entry { rule, is_on }: &Entry, comment: &str) -> String {
    let mut line = if *is_on { String::new() } else { format!("{OFF} ") };
    let (text, mut copied) = (rule.text(), 0);
    for (at, _) in comment_signs(text) {
        line += &text[copied..at];
        line.push('\\');
        copied = at;
    }
    line + &text[copied..] + comment
}

/// Where a `#` could begin a comment, each with whether a backslash is before it: at the
/// beginning and after a space or a tab, outside of quotes and patterns. The place is
/// that of the first backslash.
fn comment_signs(text: &str) -> impl Iterator<Item = (usize, bool)> {
    places_outside(text).filter_map(|at| {
        let begins_word = at == 0 || text[..at].ends_with(SPACE);
        let is_sign = begins_word && text[at..].trim_start_matches('\\').starts_with('#');
        is_sign.then(|| (at, text[at..].starts_with('\\')))
    })
}
