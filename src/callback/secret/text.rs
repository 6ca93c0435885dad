//! Masks the signatures in the body of a callback, and values anywhere.

use std::borrow::Cow;
use std::ops::Range;

use super::MASK;
use super::name::is_signature_name;
use crate::callback::query::unescape;

/// How far before a separator a name can begin, in bytes.
const MAX_NAME: usize = 64;

/// The text with a value replaced everywhere.
pub(super) fn replaced(text: &[u8], value: &[u8]) -> Vec<u8> {
    let mut found = Vec::new();
    for at in memchr::memmem::find_iter(text, value) {
        found.push(at..at + value.len());
    }
    masked(text, &found)
}

/// Whether a text contains a value. It is searched for the beginning, because a search
/// for a long value, such as a `Sign`, costs more to prepare than most bodies to search.
pub(super) fn contains(text: &[u8], value: &[u8]) -> bool {
    /// The length up to which memchr compares two bytes of a value at many places at once.
    const BEGINNING: usize = 32;
    let beginning = value.get(..BEGINNING).unwrap_or(value);
    let Some(at) = memchr::memmem::find(text, beginning) else { return false };
    let text = &text[at..];
    text.starts_with(value) || memchr::memmem::find(text, value).is_some()
}

pub(super) fn masked(text: &[u8], ranges: &[Range<usize>]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    for range in ranges {
        out.extend_from_slice(&text[at..range.start]);
        out.extend_from_slice(MASK.as_bytes());
        at = range.end;
    }
    out.extend_from_slice(&text[at..]);
    out
}

fn masked_at<'a>(text: &'a [u8], ranges: &[Range<usize>]) -> Cow<'a, [u8]> {
    match ranges.is_empty() {
        true => Cow::Borrowed(text),
        false => Cow::Owned(masked(text, ranges)),
    }
}

/// Whether a field of a body may be a signature; cheap, because nearly none is.
pub(super) fn may_have_signature(text: &[u8]) -> bool {
    /// How many places are compared at once: without an early end between them.
    const PLACES: usize = 32;
    let has = |block: &[u8; PLACES + 2]| {
        let differs = |at| (block[at] ^ b's' | block[at + 1] ^ b'i' | block[at + 2] ^ b'g') & !0x20;
        (0..PLACES).fold(false, |any, at| any | (differs(at) == 0))
    };
    let mut rest = text;
    while let Some(block) = rest.first_chunk() {
        if has(block) {
            return true;
        }
        rest = &rest[PLACES..];
    }
    // The last block, which may overlap those before.
    match text.last_chunk() {
        Some(block) => has(block),
        None => text.windows(3).any(|it| it.eq_ignore_ascii_case(b"sig")),
    }
}

/// Whether a text may have pairs or URLs; cheap, because most headers have none.
pub(super) fn may_have_pairs(text: &[u8]) -> bool {
    // Most texts are short: a search costs more than to compare eight bytes at once.
    let begins = |it: &u8| u8::from(matches!(it, b'=' | b':' | b'%'));
    let has = |it: &[u8; 8]| it.iter().fold(0, |any, it| any | begins(it)) != 0;
    match text.last_chunk() {
        // The last eight bytes, which may overlap those before.
        Some(last) => text.as_chunks().0.iter().any(has) || has(last),
        None => text.iter().fold(0, |any, it| any | begins(it)) != 0,
    }
}

/// The text with the values of `Sign` and `UserSig` masked: the fields of JSON, and the
/// parameters of a form.
pub(super) fn masked_signatures(text: &[u8]) -> Cow<'_, [u8]> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(offset) = memchr::memchr2(b'=', b':', &text[at..]) {
        let start = at + offset;
        at = start + 1;
        let Some(name) = name(text, start) else { continue };
        if !is_signature_name(&name) {
            continue;
        }
        let range = value(text, start + 1, text[start]);
        at = range.end.max(at);
        if !range.is_empty() && text[range.clone()] != *MASK.as_bytes() {
            found.push(range);
        }
    }
    masked_at(text, &found)
}

/// The name before a separator: decoded, without quotes; `None` if there is none.
fn name(text: &[u8], separator: usize) -> Option<Cow<'_, str>> {
    let start = separator.saturating_sub(MAX_NAME);
    let before = &text[start..separator];
    let end = before.iter().rposition(|it| !b" \"'\\".contains(it))? + 1;
    let is_part = |it: &u8| it.is_ascii_alphanumeric() || b"-_.%+".contains(it);
    let from = before[..end].iter().rposition(|it| !is_part(it)).map_or(0, |at| at + 1);
    let stands_alone = match text[separator] {
        b':' => end < before.len(),
        _ => from == 0 || matches!(before[from - 1], b'?' | b'&'),
    };
    stands_alone.then(|| str::from_utf8(&before[from..end]).ok().map(unescape))?
}

/// The value after a separator, which ends before `start`.
fn value(text: &[u8], start: usize, separator: u8) -> Range<usize> {
    let mut start = start + text[start..].iter().take_while(|it| **it == b' ').count();
    if text.get(start) == Some(&b'[') {
        // The first of a list.
        start += 1;
    }
    let backslashes = text[start..].iter().take_while(|it| **it == b'\\').count();
    if let Some(quote) = text.get(start + backslashes).filter(|it| b"\"'".contains(it)) {
        let start = start + backslashes + 1;
        return start..quoted_end(text, start, *quote, backslashes);
    }
    let ends: &[u8] = match separator {
        b':' => b"\r\n\"'<,{}[]&\\",
        _ => b"&;,#<>\"'\\ \t\r\n(){}[]",
    };
    let length = text[start..].iter().position(|it| ends.contains(it));
    start..start + length.unwrap_or(text.len() - start)
}

/// Where a quoted value ends, whose quote has so many backslashes before it.
fn quoted_end(text: &[u8], start: usize, quote: u8, backslashes: usize) -> usize {
    let mut run = 0;
    for (at, byte) in text.iter().enumerate().skip(start) {
        let closes = if backslashes == 0 { run % 2 == 0 } else { run == backslashes };
        if *byte == quote && closes {
            return at - if backslashes == 0 { 0 } else { run };
        }
        run = if *byte == b'\\' { run + 1 } else { 0 };
    }
    text.len()
}
