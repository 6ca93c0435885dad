//! Text from the network, sanitized and cut to a display width.
//!
//! Characters that move the cursor, change the writing direction or have no width
//! are replaced, so that received text cannot draw outside its cells.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The replacement for a character that must not be displayed.
const HIDDEN: char = '\u{fffd}';
/// The number of combining marks that are kept after a character.
const ACCENTS: usize = 2;

/// The text with everything replaced that could affect other cells.
///
/// Control characters become their pictures (`␛`), invisible and bidirectional
/// ones `�`, regional indicators letters; of emoji, joiners, variation selectors
/// and skin tones are removed, whose width differs between terminals.
pub fn clean(text: &str) -> Cow<'_, str> {
    if text.bytes().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut accents = 0;
    for it in text.chars() {
        let Some(shown) = sanitized(it, out.chars().next_back()) else { continue };
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

/// The character to display instead, if any; `before` is the last one displayed.
fn sanitized(it: char, before: Option<char>) -> Option<char> {
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

/// The width of a text in cells.
pub fn width(text: &str) -> usize {
    text.width()
}

/// The text cut to a width, with `…` at the end if it was longer.
pub fn fit(text: &str, cells: usize) -> Cow<'_, str> {
    if text.len() <= cells && text.is_ascii() || text.width() <= cells {
        return Cow::Borrowed(text);
    }
    let Some(before_ellipsis) = cells.checked_sub(1) else { return Cow::Borrowed("") };
    let (head, _) = split(text, before_ellipsis);
    Cow::Owned(format!("{head}…"))
}

/// Splits the text after at most `cells` cells, not within a grapheme.
pub fn split(text: &str, cells: usize) -> (&str, &str) {
    // In printable ASCII each byte is a cell; the next byte must not combine.
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

/// The text in lines of at most `cells`, wrapped at spaces if possible. A wider
/// grapheme is on a line of its own.
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
    fn received_text_stays_in_its_cells() {
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
        for (received, displayed) in cases {
            assert_eq!(clean(received), displayed);
        }
    }

    #[test]
    fn text_is_cut_between_graphemes_with_an_ellipsis() {
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
        fn any_text_is_sanitized_and_fits(text in any::<String>(), cells in 0_usize..20) {
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
