//! The signs of the screen, and what stands for each in ASCII.
//!
//! A frame is drawn with the signs of Unicode, and its cells are replaced at the end; only
//! the arrow keys, whose names have several letters, are drawn so from the start. A text
//! that was received has its signs replaced as well; what is copied or saved has them as
//! they came.

use ratatui::buffer::Buffer;

/// What borders, bars and signs are drawn with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SignSet {
    /// Characters of Unicode.
    #[default]
    Unicode,
    /// ASCII only, except for letters of the texts.
    Ascii,
}

/// Characters of one cell, and what stands for each of them in ASCII.
const TABLE: [(&str, &str); 45] = [
    // Borders.
    ("─━═", "-"),
    ("│┃║╵", "|"),
    ("╭╮╰╯┌┐└┘├┤┬┴┼", "+"),
    // Bars, from the lowest.
    ("▁▂", "."),
    ("▃▄", ":"),
    ("▅▆", "+"),
    ("▇█", "#"),
    ("▏▎▍", "-"),
    ("▌▋▊", "="),
    ("▉", "#"),
    ("▒", "x"),
    ("░", "."),
    // Signs of callbacks.
    ("✗", "x"),
    ("⊘", "%"),
    ("↺", "\""),
    ("‹", "<"),
    ("⇢", ":"),
    ("⇉", "&"),
    ("✓", "+"),
    ("→", ">"),
    ("↛", "/"),
    ("◆", "#"),
    // Arrows and other marks.
    ("←", "<"),
    ("↑", "^"),
    ("↓", ">"),
    ("⇒", ">"),
    ("⇄", "="),
    ("⇎", "!"),
    ("▸", ">"),
    ("▾", "v"),
    ("▼", ">"),
    ("●", "*"),
    // Within texts.
    ("…", "~"),
    ("·", "."),
    ("•", "*"),
    ("–", "-"),
    ("—", "-"),
    ("−", "-"),
    ("×", "x"),
    ("µ", "u"),
    // For characters that cannot be shown.
    ("⏎", "$"),
    ("␡", "^"),
    ("␀␁␂␃␄␅␆␇␈␉␊␋␌␍␎␏␐␑␒␓␔␕␖␗␘␙␚␛␜␝␞␟", "^"),
    ("◌", "o"),
    ("\u{fffd}", "?"),
];

/// What stands for a character in ASCII; `None` for letters.
pub fn ascii(character: char) -> Option<&'static str> {
    let found = TABLE.iter().find(|(signs, _)| signs.contains(character));
    found.map(|(_, ascii)| *ascii)
}

/// A text with its signs in ASCII.
pub fn in_ascii(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match ascii(character) {
            Some(sign) => out.push_str(sign),
            None => out.push(character),
        }
    }
    out
}

/// Replaces the signs in a frame.
pub(super) fn replace_signs(buffer: &mut Buffer) {
    for cell in buffer.content.iter_mut().filter(|it| !it.symbol().is_ascii()) {
        let mut characters = cell.symbol().chars();
        // One that combines with another is a letter.
        let single = characters.next().filter(|_| characters.next().is_none());
        if let Some(ascii) = single.and_then(ascii) {
            cell.set_symbol(ascii);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use unicode_width::UnicodeWidthStr as _;

    use super::*;
    use crate::history::filter::language;

    #[test]
    fn each_sign_has_one_cell_and_one_character_of_ascii() {
        let mut seen = HashSet::new();
        for (signs, ascii) in TABLE {
            assert!(ascii.len() == 1 && ascii.is_ascii(), "{signs}");
            for sign in signs.chars() {
                assert!(seen.insert(sign) && sign.to_string().width() == 1, "{sign}");
            }
        }
    }

    #[test]
    fn the_signs_of_callbacks_differ_in_ascii() {
        let signs = language::TABLE.iter().map(|it| it.sign).filter(|it| !it.is_empty());
        let signs: HashSet<_> = signs.chain(["↛", "◆", "~"]).collect();
        let replaced: HashSet<_> =
            signs.iter().map(|it| it.chars().next().and_then(ascii).unwrap_or(it)).collect();
        assert_eq!(replaced.len(), signs.len(), "{replaced:?}");
    }
}
