//! A mistake in a config file, with its place.

use std::ops::Range;
use std::path::Path;

use crate::answer::rule_file::column;
use crate::command::cli::value::marked_at;

/// The key that users may expect for the token.
pub(super) const TOKEN: &str = "token";
/// The longest line that is shown, in bytes.
const MAX_LINE: usize = 500;

/// A mistake in a config file.
#[derive(Debug)]
pub(super) struct Mistake {
    /// The bytes of the file that are wrong.
    pub(super) at: Range<usize>,
    /// What is wrong with them.
    pub(super) message: String,
}

impl Mistake {
    /// The mistake with its place before it, and its line with carets below it, unless that
    /// is long or holds the token.
    pub(super) fn text(&self, content: &str, path: &Path) -> String {
        let start = floor(content, self.at.start);
        let line_start = content[..start].rfind('\n').map_or(0, |it| it + 1);
        let line = content[line_start..].lines().next().unwrap_or_default();
        let from = (start - line_start).min(line.len());
        let to = floor(content, self.at.end).saturating_sub(line_start).clamp(from, line.len());
        let (number, column) = (line_number(content, start), column(line, from));
        let message = format!("{}:{number}:{column}: {}", path.display(), self.message);
        let key = line.split('=').next().unwrap_or_default();
        if line.len() > MAX_LINE || key.trim_matches([' ', '"', '\'']) == TOKEN {
            return message;
        }
        marked_at(line, from..to, &message)
    }
}

/// The number of the line at an offset, from 1.
pub(super) fn line_number(content: &str, offset: usize) -> usize {
    content[..floor(content, offset)].matches('\n').count() + 1
}

/// The greatest boundary of a character that is not after an offset.
fn floor(content: &str, offset: usize) -> usize {
    let offset = offset.min(content.len());
    (0..=offset).rev().find(|it| content.is_char_boundary(*it)).unwrap_or_default()
}
