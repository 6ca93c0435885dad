//! What may be printed: on the screen, on standard output and error, in a file.
//!
//! Text from outside (the network, a recording, a file name, an option) can contain
//! characters that a terminal executes, that change the order of what is around
//! them, or that have no glyph. [`is_hidden`] is the one list of them. They never
//! reach an output:
//!
//! - within text, [`clean`] and [`clean_lines`] replace them with what can be seen;
//! - within JSON, [`push_json_string`] and [`escape_json`] write them as `\u009b`, so that
//!   the value is read back unchanged.
//!
//! Data that is copied to the clipboard is not printed: it stays byte for byte.
//!
//! Some hidden characters belong to ordinary text: the joiners of emoji and of
//! Persian and Indic words. Text loses them after a character that is not ASCII,
//! where they change the drawing only, and shows them as `�` elsewhere; JSON escapes
//! them, which loses nothing. Variation selectors (U+FE00 to U+FE0F) are not hidden:
//! they change the drawing of the character before them. Text loses them too,
//! because terminals disagree about the width of what they change.

mod emoji;
mod json_string;

use std::borrow::Cow;

pub use emoji::clean_emoji;
pub use json_string::push_json_string;
use unicode_width::UnicodeWidthChar as _;

use super::block::position;

/// The replacement for a character without a picture.
const HIDDEN: char = '\u{fffd}';
/// The number of combining marks that are kept after a character.
const ACCENTS: usize = 2;

/// Whether a character must not be printed as it is: a control character (C0, DEL,
/// C1), a line or paragraph separator, or one that is ignored in display
/// (`Default_Ignorable_Code_Point` of Unicode, among them all that change the
/// direction or have no width), except for the variation selectors U+FE00 to U+FE0F.
pub const fn is_hidden(it: char) -> bool {
    matches!(it,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{34f}' | '\u{61c}'
        | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// The text on one line, with everything replaced that could affect what is around
/// it.
///
/// Control characters become their pictures (`␛`, for a line end `⏎`), other hidden
/// ones `�`, regional indicators letters. Of emoji, joiners, variation selectors and
/// skin tones are removed, whose width differs between terminals; of combining
/// marks, all but the first two.
pub fn clean(text: &str) -> Cow<'_, str> {
    if text.bytes().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    push_clean(text, &mut out);
    Cow::Owned(out)
}

/// As [`clean`], except that line ends are kept.
pub fn clean_lines(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|it| is_plain(it) || it == b'\n') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        push_clean(line.strip_suffix('\n').unwrap_or(line), &mut out);
        out.extend(line.ends_with('\n').then_some('\n'));
    }
    Cow::Owned(out)
}

/// Whether a byte is a character that stays as it is.
pub const fn is_plain(byte: u8) -> bool {
    matches!(byte, b' '..=b'~')
}

fn push_clean(text: &str, out: &mut String) {
    let start = out.len();
    let mut accents = 0;
    for it in text.chars() {
        let Some(shown) = replaced(it, out[start..].chars().next_back()) else { continue };
        accents = if shown.width() == Some(0) { accents + 1 } else { 0 };
        if accents > ACCENTS {
            continue;
        }
        if accents == 1 && out.len() == start {
            out.push('◌');
        }
        out.push(shown);
    }
}

/// The character to display instead, if any; `before` is the last one displayed.
fn replaced(it: char, before: Option<char>) -> Option<char> {
    let follows_no_ascii = before.is_some_and(|it| !it.is_ascii() && it != HIDDEN);
    Some(match it {
        '\n' => '⏎',
        '\t' => ' ',
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(it)).unwrap_or(HIDDEN),
        '\u{7f}' => '␡',
        // Variation selectors and the keycap; joiners and skin tones where they belong.
        '\u{fe00}'..='\u{fe0f}' | '\u{20e3}' => return None,
        '\u{200c}' | '\u{200d}' | '\u{1f3fb}'..='\u{1f3ff}' if follows_no_ascii => return None,
        '\u{1f1e6}'..='\u{1f1ff}' => {
            char::from_u32(u32::from(it) - 0x1f1e6 + u32::from('A')).unwrap_or(HIDDEN)
        }
        _ if is_hidden(it) => HIDDEN,
        _ => it,
    })
}

/// Escapes the hidden characters of the JSON in `out` from `start` on, as `\u009b`
/// or a surrogate pair. Outside of its strings JSON has none but white space, and
/// within them control characters below DEL are escaped already.
pub fn escape_json(out: &mut Vec<u8>, start: usize) {
    let Some(first) = find_hidden(&out[start..]) else { return };
    let unescaped = out.split_off(start + first);
    let mut rest = &unescaped[..];
    // It begins with a hidden character each time.
    while let Some((it, after)) = split_character(rest) {
        push_units(out, it);
        let shown = find_hidden(after).unwrap_or(after.len());
        out.extend_from_slice(&after[..shown]);
        rest = &after[shown..];
    }
}

/// Appends the escapes of a character, one for each unit of UTF-16.
fn push_units(out: &mut Vec<u8>, it: char) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    for unit in it.encode_utf16(&mut [0; 2]) {
        let digit = |place: u16| HEX[usize::from(*unit >> (4 * place) & 0xf)];
        out.extend_from_slice(&[b'\\', b'u', digit(3), digit(2), digit(1), digit(0)]);
    }
}

/// 1 if a byte may be the first of a hidden character, but for control characters below
/// DEL, which JSON has escaped already; others begin with such bytes too. By comparisons,
/// of which a processor does many at once. Letters, Han characters and continuation bytes
/// are not.
fn may_begin(byte: u8) -> u8 {
    u8::from(byte == 0x7f) | u8::from(byte.wrapping_sub(0xc0) < 0x24) | u8::from(0xea <= byte)
}

/// Where the first character is that must be escaped. Blocks without bytes that may begin
/// one are skipped as a whole.
fn find_hidden(text: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        at = position(text, at, may_begin)?;
        if is_hidden_at(text, at) {
            return Some(at);
        }
        at += 1;
    }
}

/// Whether the character whose first byte is at `start` is hidden.
fn is_hidden_at(text: &[u8], start: usize) -> bool {
    split_character(&text[start..]).is_some_and(|(it, _)| is_hidden(it))
}

/// The first character, and what follows.
fn split_character(text: &[u8]) -> Option<(char, &[u8])> {
    let length = match text.first()? {
        0..0x80 => 1,
        0x80..0xe0 => 2,
        0xe0..0xf0 => 3,
        0xf0.. => 4,
    };
    let (character, after) = text.split_at_checked(length)?;
    Some((str::from_utf8(character).ok()?.chars().next()?, after))
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
            ("می\u{200c}خواهم क्\u{200d}ष", "میخواهم क्ष"),
            ("admin\u{200c}\u{200d}", "admin��"),
            ("🇨🇳", "CN"),
            ("a\u{301}\u{301}\u{301}\u{301}", "a\u{301}\u{301}"),
            ("\u{301}a", "◌\u{301}a"),
            ("two\nlines\tof\u{9b}text", "two⏎lines of�text"),
        ];
        for (received, displayed) in cases {
            assert_eq!(clean(received), displayed);
        }
        assert_eq!(clean_lines("a\x07\n\n\u{301}b"), "a␇\n\n◌\u{301}b");
    }

    #[test]
    fn hidden_characters_of_json_are_escaped_and_others_are_not() {
        let check = |text: &str, expected: &str| {
            let mut out = b"\x7f".to_vec();
            serde_json::to_writer(&mut out, text).unwrap();
            escape_json(&mut out, 1);
            assert_eq!(String::from_utf8_lossy(&out), format!("\x7f\"{expected}\""));
        };
        check("小明，。カナ ❤\u{fe0f} é", "小明，。カナ ❤\u{fe0f} é");
        check("\u{9d}0;x\u{9c}\x7f\x1b\n", r"\u009d0;x\u009c\u007f\u001b\n");
        check("明\u{202e}\u{feff}🏴\u{e0067}", r"明\u202e\ufeff🏴\udb40\udc67");
    }

    /// Any text with many hidden characters.
    pub(super) fn hostile() -> impl Strategy<Value = String> {
        let low = proptest::char::range('\0', '\u{2070}');
        let tags = proptest::char::range('\u{e0000}', '\u{e0fff}');
        proptest::collection::vec(prop_oneof![low, tags, any::<char>()], 0..40)
            .prop_map(String::from_iter)
    }

    proptest! {
        #[test]
        fn no_hidden_character_is_printed(text in hostile()) {
            prop_assert!(!clean(&text).contains(is_hidden));
            prop_assert!(!clean_lines(&text).contains(|it| it != '\n' && is_hidden(it)));
            let mut json = serde_json::to_vec(&text).unwrap();
            escape_json(&mut json, 0);
            prop_assert!(!str::from_utf8(&json).unwrap().contains(is_hidden));
            prop_assert_eq!(serde_json::from_slice::<String>(&json).unwrap(), text);
        }
    }
}
