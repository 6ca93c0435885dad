//! Writes strings of JSON, without hidden characters.

use super::{is_hidden_at, may_begin, push_units, split_character};
use crate::callback::block::{BLOCK, marks};

/// How many bytes are written at once.
const WORD: usize = 8;
/// How many bytes are written at most for a block: each with a backslash before it, and a
/// word more after the last one.
const ROOM: usize = 2 * BLOCK + WORD;
/// For how many bytes at most there is room in advance.
const PORTION: usize = 128;

/// What follows the backslash instead of a byte; 0 for bytes without such an escape.
const LETTERS: [u8; 256] = {
    let escapes = [
        (b'"', b'"'),
        (b'\\', b'\\'),
        (0x08, b'b'),
        (b'\t', b't'),
        (b'\n', b'n'),
        (0x0c, b'f'),
        (b'\r', b'r'),
    ];
    let mut table = [0; 256];
    let mut at = 0;
    while at < escapes.len() {
        table[escapes[at].0 as usize] = escapes[at].1;
        at += 1;
    }
    table
};

/// Appends a text as a string of JSON, with its quotes; hidden characters as `\u009b` or a
/// surrogate pair. The bytes are those of `serde_json` and
/// [`escape_json`](super::escape_json), in two thirds of the instructions.
pub fn push_json_string(out: &mut Vec<u8>, text: &str) {
    out.push(b'"');
    let mut rest = push_shown(out, text.as_bytes());
    while let Some((hidden, after)) = split_character(rest) {
        push_units(out, hidden);
        rest = push_shown(out, after);
    }
    out.push(b'"');
}

/// Appends a text up to the first hidden character that has no letter; returns the text
/// from there on.
fn push_shown<'t>(out: &mut Vec<u8>, text: &'t [u8]) -> &'t [u8] {
    let (mut at, mut end) = (0, out.len());
    while at < text.len() {
        if out.len() < end + ROOM {
            out.resize(end + 2 * PORTION.min(text.len() - at) + ROOM, 0);
        }
        let (block, length) = first_block(&text[at..]);
        for (half, marks) in marks(&block, may_escape).into_iter().enumerate() {
            let word = u64::from_le_bytes(block.as_chunks().0[half]);
            let start = at + half * WORD;
            let hidden =
                push_word(out, &mut end, word, marks, |nth| is_hidden_at(text, start + nth));
            if let Some(nth) = hidden {
                out.truncate(end);
                return &text[start + nth..];
            }
        }
        at += length;
        end -= BLOCK - length;
    }
    out.truncate(end);
    &[]
}

/// Writes a word at `end`, which moves past it, with backslashes before those marked bytes
/// that have a letter. Returns the place of the first other one that is hidden; then only
/// the bytes before it count as written.
fn push_word(
    out: &mut [u8],
    end: &mut usize,
    word: u64,
    mut marks: u64,
    is_hidden: impl Fn(usize) -> bool,
) -> Option<usize> {
    out[*end..][..WORD].copy_from_slice(&word.to_le_bytes());
    while marks != 0 {
        let nth = marks.trailing_zeros() as usize / 8;
        marks &= marks - 1;
        let rest = word >> (8 * nth);
        let letter = LETTERS[(rest & 0xff) as usize];
        if letter != 0 {
            let to = &mut out[*end + nth..][..=WORD];
            to[0] = b'\\';
            to[1..].copy_from_slice(&rest.to_le_bytes());
            to[1] = letter;
            *end += 1;
        } else if is_hidden(nth) {
            *end += nth;
            return Some(nth);
        }
    }
    *end += WORD;
    None
}

/// The first bytes of a text, and how many they are; spaces follow if they are fewer.
fn first_block(text: &[u8]) -> ([u8; BLOCK], usize) {
    let mut block = [b' '; BLOCK];
    match text.first_chunk() {
        Some(it) => block = *it,
        None => block[..text.len()].copy_from_slice(text),
    }
    (block, BLOCK.min(text.len()))
}

/// 1 if a byte may have to be escaped, without branches.
fn may_escape(byte: u8) -> u8 {
    let is_ascii = u8::from(byte < 0x20) | u8::from(byte == b'"') | u8::from(byte == b'\\');
    is_ascii | may_begin(byte)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{escape_json, tests::hostile};
    use super::*;

    /// The string as `serde_json` writes it, without hidden characters.
    fn slow(text: &str) -> Vec<u8> {
        let mut out = serde_json::to_vec(text).unwrap();
        escape_json(&mut out, 0);
        out
    }

    fn check(text: &str) {
        let mut out = b"{".to_vec();
        push_json_string(&mut out, text);
        assert_eq!(String::from_utf8_lossy(&out[1..]), String::from_utf8_lossy(&slow(text)));
    }

    #[test]
    fn each_character_is_written_as_by_serde_at_any_place_of_a_word() {
        let first = ('\0'..='\u{ffff}').chain('\u{1bc90}'..='\u{1bcb0}');
        for it in first.chain('\u{1d160}'..='\u{1d190}').chain('\u{dfff0}'..='\u{e1010}') {
            check(&format!("{it}"));
        }
        for length in 0..3 * WORD {
            for it in
                ['"', '\\', '\n', '\0', '\x7f', 'é', '小', '，', '\u{202e}', '🏴', '\u{e0067}']
            {
                check(&format!("{}{it}", "a".repeat(length)));
                check(&format!("{}{it}{it}{}", "a".repeat(length), "b".repeat(2 * WORD)));
            }
        }
    }

    #[test]
    fn a_long_text_is_written_in_portions() {
        for each in ["\"", "a", "\0", "小", "\u{9b}"] {
            check(&each.repeat(3 * PORTION));
        }
    }

    proptest! {
        #[test]
        fn any_text_is_written_as_by_serde(parts in proptest::collection::vec(hostile(), 0..4)) {
            check(&parts.join("{\"plain\":\"小明\\n\"}"));
        }
    }
}
