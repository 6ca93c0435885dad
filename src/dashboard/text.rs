//! Text from the network, made harmless and cut to width.
//!
//! Widths are display widths. What has none, or moves the cursor, or turns the
//! direction of writing, is replaced: nothing that came in may leave its cell.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// What stands for a character that must not be shown.
const HIDDEN: char = '\u{fffd}';
/// Accents that may be heaped on one character.
const ACCENTS: usize = 2;

/// The text with everything replaced that could leave its cell.
///
/// Control characters become their pictures (`␛`), invisible and
/// direction-turning ones `�`, regional indicators letters; emoji lose what
/// terminals disagree about (joiners, variation selectors, skin tones).
pub fn clean(text: &str) -> Cow<'_, str> {
    if text.bytes().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut accents = 0;
    for it in text.chars() {
        let Some(shown) = harmless(it, out.chars().next_back()) else { continue };
        accents = if shown.width() == Some(0) { accents + 1 } else { 0 };
        if accents > ACCENTS {
            continue;
        }
        if accents == 1 && out.is_empty() {
            out.push('◌');
        }
        out.push(shown);
    }
    Cow::Owned(out)
}

const fn is_plain(byte: u8) -> bool {
    matches!(byte, b' '..=b'~')
}

fn harmless(it: char, before: Option<char>) -> Option<char> {
    Some(match it {
        '\n' => '⏎',
        '\t' => ' ',
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(it)).unwrap_or(HIDDEN),
        '\u{7f}' => '␡',
        // Zero-width joiner, variation selectors, keycap: only the drawing.
        '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{20e3}' => return None,
        '\u{1f3fb}'..='\u{1f3ff}' if before.is_some_and(|it| !it.is_ascii()) => return None,
        '\u{1f1e6}'..='\u{1f1ff}' => {
            char::from_u32(u32::from(it) - 0x1f1e6 + u32::from('A')).unwrap_or(HIDDEN)
        }
        // Direction marks and overrides.
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        // No glyph, or none with a width.
        | '\u{80}'..='\u{9f}' | '\u{ad}' | '\u{34f}' | '\u{180e}' | '\u{200b}' | '\u{200c}'
        | '\u{2028}' | '\u{2029}' | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}'
        | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{3164}' | '\u{ffa0}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}' => HIDDEN,
        _ => it,
    })
}

/// How many cells a text takes.
pub fn width(text: &str) -> usize {
    text.width()
}

/// The text cut to a number of cells; what was cut shows as `…`.
pub fn fit(text: &str, cells: usize) -> Cow<'_, str> {
    if text.len() <= cells && text.is_ascii() || text.width() <= cells {
        return Cow::Borrowed(text);
    }
    let Some(room) = cells.checked_sub(1) else { return Cow::Borrowed("") };
    let (head, _) = split(text, room);
    Cow::Owned(format!("{head}…"))
}

/// The text split where it fills a number of cells, never inside a grapheme.
pub fn split(text: &str, cells: usize) -> (&str, &str) {
    // Where all is plain, also what comes next, each byte is a cell.
    if text.as_bytes().get(..=cells).is_some_and(|it| it.iter().copied().all(is_plain)) {
        return text.split_at(cells);
    }
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        used += grapheme.width();
        if used > cells {
            return text.split_at(at);
        }
    }
    (text, "")
}

/// The text in lines of at most `cells`, broken at spaces where there are some.
/// A grapheme wider than that stands on a line of its own.
pub fn wrap(text: &str, cells: usize) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let (head, tail) = split(text, cells.max(2));
        if tail.is_empty() {
            rest = None;
            return Some(head);
        }
        let space = head.rfind(' ').filter(|at| width(&head[..*at]) * 2 > cells);
        let first = text.graphemes(true).next().map_or(text.len(), str::len);
        let at = space.map_or(head.len(), |at| at + 1).max(first);
        rest = Some(&text[at..]);
        Some(text[..at].trim_end())
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nothing_that_came_in_leaves_its_cell() {
        let cases = [
            ("plain", "plain"),
            ("\x1b[31mred\x07", "␛[31mred␇"),
            ("a\u{202e}b\u{200b}c", "a�b�c"),
            ("👨\u{200d}👩\u{200d}👧 👍🏽 ❤\u{fe0f}", "👨👩👧 👍 ❤"),
            ("🇨🇳", "CN"),
            ("a\u{301}\u{301}\u{301}\u{301}", "a\u{301}\u{301}"),
            ("\u{301}a", "◌\u{301}a"),
            ("two\nlines\tof\u{9b}text", "two⏎lines of�text"),
        ];
        for (came, shown) in cases {
            assert_eq!(clean(came), shown);
        }
    }

    #[test]
    fn text_is_cut_between_graphemes_and_says_so() {
        assert_eq!(fit("小明和小红", 10), "小明和小红");
        assert_eq!(fit("小明和小红", 9), "小明和小…");
        assert_eq!(fit("小明和小红", 4), "小…");
        assert_eq!(fit("小明", 0), "");
        assert_eq!(fit("abc", 1), "…");
    }

    #[test]
    fn lines_break_at_spaces() {
        let wrapped = |text, cells| wrap(text, cells).collect::<Vec<_>>();
        assert_eq!(wrapped("one two three", 8), ["one two", "three"]);
        assert_eq!(wrapped("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(wrapped("", 4), [""]);
        assert_eq!(wrapped("\u{1100}\u{1100}\u{1161}!", 2).concat(), "\u{1100}\u{1100}\u{1161}!");
    }

    proptest! {
        #[test]
        fn any_text_is_harmless_and_fits(text in any::<String>(), cells in 0_usize..20) {
            let clean = clean(&text);
            prop_assert!(!clean.contains(char::is_control));
            prop_assert!(width(&fit(&clean, cells)) <= cells);
            for line in wrap(&clean, cells) {
                let is_one = line.graphemes(true).count() == 1;
                prop_assert!(is_one || width(line) <= cells.max(2));
            }
        }
    }
}
