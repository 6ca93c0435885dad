//! Files of rules: one a line, with comments after `#`.

use std::fmt;
use std::sync::Arc;

use super::rule::{Rule, RuleError};
use crate::history::filter::find_outside;

/// The rules of a file in their order, with its comments and blank lines.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RuleFile {
    lines: Vec<Line>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Line {
    /// A comment, or nothing.
    Text(String),
    /// A rule and the comment after it, with the space between.
    Rule(Arc<Rule>, String),
}

/// A rule, and its line with the comments right above it.
type Block = (Arc<Rule>, Vec<Line>);

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
    /// The mistakes of all lines.
    pub fn parse(
        text: &str,
        read_file: &mut dyn FnMut(&str) -> Result<Vec<u8>, String>,
    ) -> Result<Self, Vec<FileError>> {
        let (mut lines, mut errors) = (Vec::new(), Vec::new());
        for (nth, text) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            let (rule, comment) = text.split_at(end_of_rule(text));
            if rule.is_empty() {
                lines.push(Line::Text(text.to_owned()));
                continue;
            }
            match Rule::parse(rule, read_file) {
                Ok(rule) => lines.push(Line::Rule(Arc::new(rule), comment.to_owned())),
                Err(error) => {
                    errors.push(FileError { line: nth + 1, text: text.to_owned(), error });
                }
            }
        }
        if errors.is_empty() { Ok(Self { lines }) } else { Err(errors) }
    }

    /// Its rules, each with the number of its line, from 1.
    pub fn rules(&self) -> impl Iterator<Item = (usize, &Arc<Rule>)> {
        self.lines.iter().enumerate().filter_map(|(nth, line)| match line {
            Line::Rule(rule, _) => Some((nth + 1, rule)),
            Line::Text(_) => None,
        })
    }

    /// The file with other rules, or in another order. A rule that it has already keeps
    /// the comment after it and the comments right above it.
    #[must_use]
    pub fn with_rules(&self, rules: &[Arc<Rule>]) -> Self {
        let (mut head, mut blocks, end) = self.blocks();
        for rule in rules {
            let known = blocks.iter().position(|(it, _)| it == rule);
            head.extend(match known {
                Some(nth) => blocks.remove(nth).1,
                None => vec![Line::Rule(rule.clone(), String::new())],
            });
        }
        head.extend(end);
        Self { lines: head }
    }

    /// The lines above the first block, the block of each rule (the comments right above
    /// it, and itself), and the lines below the last rule.
    fn blocks(&self) -> (Vec<Line>, Vec<Block>, Vec<Line>) {
        let (mut head, mut blocks, mut texts) = (Vec::new(), Vec::new(), Vec::new());
        for line in &self.lines {
            texts.push(line.clone());
            match line {
                Line::Rule(rule, _) => blocks.push((rule.clone(), std::mem::take(&mut texts))),
                // What ends with a blank line before the first rule is about the file.
                Line::Text(text) if text.trim().is_empty() && blocks.is_empty() => {
                    head.append(&mut texts);
                }
                Line::Text(_) => {}
            }
        }
        (head, blocks, texts)
    }
}

impl fmt::Display for RuleFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.lines.iter().try_for_each(|line| match line {
            Line::Text(text) => writeln!(f, "{text}"),
            Line::Rule(rule, comment) => writeln!(f, "{rule}{comment}"),
        })
    }
}

/// Where the rule of a line ends: before the white space in front of a `#` that is not
/// within quotes. A `#` within a word, as in `@RBT#001`, is part of it.
fn end_of_rule(line: &str) -> usize {
    if line.trim_start().starts_with('#') {
        return 0;
    }
    let comments = [" #", "\t#"].into_iter().filter_map(|it| find_outside(line, it));
    line[..comments.min().unwrap_or(line.len())].trim_end().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<RuleFile, Vec<FileError>> {
        RuleFile::parse(text, &mut |_| Err("no file".to_owned()))
    }

    const FILE: &str = "# all\n\n# about a\nfrom:a => deny # no\n\n\
        to:@RBT#001 => fail \" # x\"\n=> allow\n# end\n";

    #[test]
    fn comments_are_no_part_of_the_rules_and_are_written_back() {
        let file = parse(FILE).unwrap();
        let rules: Vec<_> = file.rules().map(|(line, it)| (line, it.to_string())).collect();
        let expected =
            [(4, "from:a => deny"), (6, "to:@RBT#001 => fail \" # x\""), (7, "=> allow")];
        assert_eq!(rules, expected.map(|(line, it)| (line, it.to_owned())));
        assert_eq!(file.to_string(), FILE);
        assert_eq!(parse("\u{feff}\r\n  # x\r\n").unwrap().rules().count(), 0);
    }

    #[test]
    fn a_rule_that_moves_takes_its_comments_along() {
        let file = parse(FILE).unwrap();
        let mut rules: Vec<_> = file.rules().map(|(_, it)| it.clone()).collect();
        assert_eq!(file.with_rules(&rules), file);
        rules[1] = Arc::new(Rule::parse("=> drop", &mut |_| Err(String::new())).unwrap());
        rules.reverse();
        assert_eq!(
            file.with_rules(&rules).to_string(),
            "# all\n\n=> allow\n=> drop\n# about a\nfrom:a => deny # no\n# end\n"
        );
    }

    #[test]
    fn every_mistake_is_named_with_line_and_column() {
        let errors =
            parse("# x\n小 => dney\n=> allow\n  frm:a => drop\n\"open # => x").unwrap_err();
        let places: Vec<_> = errors.iter().map(|it| (it.line, it.column())).collect();
        assert_eq!(places, [(2, 6), (4, 3), (5, 1)]);
    }
}
