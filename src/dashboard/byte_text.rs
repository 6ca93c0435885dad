//! Bytes as text, for the text column of a hex dump: a cell for each byte.

use std::ops::Range;

use super::text::width;
use crate::callback::printable::clean;

/// What stands for a byte that is not shown as text.
const OTHER: char = '·';

/// The text of a range of bytes, as many cells as bytes. A character of UTF-8 stands at its
/// first byte, and blanks at its others; one that does not fit in the range is not shown.
pub(super) fn text_of(bytes: &[u8], range: Range<usize>) -> String {
    let mut out = String::with_capacity(range.len());
    let mut at = range.start + rest_of_character(bytes, range.start).min(range.len());
    out.extend(std::iter::repeat_n(' ', at - range.start));
    while at < range.end {
        let Some(character) = character_at(bytes, at) else {
            out.push(OTHER);
            at += 1;
            continue;
        };
        let cells = character.len().min(range.end - at);
        let used = width(character);
        match used <= cells && 0 < used && clean(character) == character {
            true => {
                out.push_str(character);
                out.extend(std::iter::repeat_n(' ', cells - used));
            }
            false => out.extend(std::iter::repeat_n(OTHER, cells)),
        }
        at += cells;
    }
    out
}

/// The character that begins at a byte.
fn character_at(bytes: &[u8], at: usize) -> Option<&str> {
    let rest = &bytes[at..(at + 4).min(bytes.len())];
    (1..=rest.len()).find_map(|it| std::str::from_utf8(&rest[..it]).ok())
}

/// How many bytes from one on belong to a character that begins before it.
fn rest_of_character(bytes: &[u8], at: usize) -> usize {
    let begins = (at.saturating_sub(3)..at).rev();
    let ends = begins.filter_map(|it| Some(it + character_at(bytes, it)?.len()));
    ends.map(|it| it.saturating_sub(at)).find(|it| 0 < *it).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_byte_has_a_cell_and_characters_are_at_their_first_byte() {
        let cases: [(&[u8], Range<usize>, &str); 7] = [
            (b"ab\n", 0..3, "ab·"),
            ("小明".as_bytes(), 0..6, "小 明 "),
            ("a小".as_bytes(), 0..3, "a小"),
            ("a小b".as_bytes(), 0..2, "a·"),
            ("a小b".as_bytes(), 2..5, "  b"),
            (b"\xe5\xb0a\xff", 0..4, "··a·"),
            ("\u{202e}é👍".as_bytes(), 0..9, "···é 👍  "),
        ];
        for (bytes, range, text) in cases {
            assert_eq!(text_of(bytes, range.clone()), text);
            assert_eq!(width(text), range.len());
        }
    }
}
