//! Masks the values of names, and users of URLs, within any text.

use std::borrow::Cow;
use std::ops::Range;

use super::MASK;
use super::name::{is_secret_name, is_signature_name};
use crate::callback::query::unescape;

/// How far before a separator a name can begin, in bytes.
const MAX_NAME: usize = 64;

/// Where pairs are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Any text but the body of a callback, such as a header or a page of the app:
    /// all names of secrets, except for `token: ` in a sentence.
    Text,
    /// The body of a callback: fields of JSON and of forms that are signatures.
    Body,
}

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

fn masked(text: &[u8], ranges: &[Range<usize>]) -> Vec<u8> {
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
    ["Sig", "sig", "SIG"].iter().any(|it| memchr::memmem::find(text, it.as_bytes()).is_some())
}

/// Whether a text may have pairs or URLs; cheap, because most headers have none.
pub(super) fn may_have_pairs(text: &[u8]) -> bool {
    // Most texts are short: a search costs more than to compare eight bytes at once.
    let (words, rest) = text.as_chunks::<8>();
    let begins = |it: &u8| u8::from(matches!(it, b'=' | b':' | b'%'));
    let has = |it: &[u8]| it.iter().fold(0, |any, it| any | begins(it)) != 0;
    words.iter().any(|it| has(it)) || has(rest)
}

/// The text with the values of secret names masked: `name=value`, also with an
/// encoded `=`, and `name: value` of JSON or of a line of headers.
pub(super) fn masked_pairs(text: &[u8], place: Place) -> Cow<'_, [u8]> {
    let is_secret = match place {
        Place::Text => is_secret_name,
        Place::Body => is_signature_name,
    };
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(offset) = memchr::memchr3(b'=', b':', b'%', &text[at..]) {
        let start = at + offset;
        at = start + 1;
        let encoded = text[start] == b'%';
        if encoded && !matches!(text.get(start + 1..start + 3), Some(b"3D" | b"3d")) {
            continue;
        }
        let Some(name) = name(text, start, place) else { continue };
        if !is_secret(&name) {
            continue;
        }
        let range = match &text[start..] {
            [b'%', ..] => value(text, start + 3, b'%'),
            // It goes on to the end of the line, as a header does.
            [b'=', b'>', ..] => value(text, start + 2, b':'),
            _ => value(text, start + 1, text[start]),
        };
        at = range.end.max(at);
        if !range.is_empty() && !text[range.clone()].starts_with(MASK.as_bytes()) {
            found.push(range);
        }
    }
    masked_at(text, &found)
}

/// The name before a separator: decoded, without quotes; `None` if there is none.
fn name(text: &[u8], separator: usize, place: Place) -> Option<Cow<'_, str>> {
    let start = separator.saturating_sub(MAX_NAME);
    let before = &text[start..separator];
    // In `["name"] => value`, `name[]=value` and the like also brackets.
    let has_brackets = place == Place::Text && text[separator] == b'=';
    let is_around = |it: &u8| b" \"'\\".contains(it) || has_brackets && b"[]".contains(it);
    let end = before.iter().rposition(|it| !is_around(it))? + 1;
    let is_part = |it: &u8| it.is_ascii_alphanumeric() || b"-_.%+".contains(it);
    let mut from = before[..end].iter().rposition(|it| !is_part(it)).map_or(0, |at| at + 1);
    let mut first = from.checked_sub(1).map(|at| before[at]);
    if place == Place::Text && first == Some(b'\\') && b"nr".contains(&before[from]) {
        // A line end, escaped in a string.
        (from, first) = (from + 1, Some(b'\n'));
    }
    let is_quoted = end < before.len();
    let stands_alone = match (place, text[separator]) {
        // A header has a line of its own, also in a string, in HTML or in a list.
        (Place::Text, b':') => is_quoted || first.is_none_or(|it| b"\r\n>{,[\"'`".contains(&it)),
        (Place::Text, _) => true,
        (Place::Body, b':') => is_quoted,
        (Place::Body, _) => matches!(first, None | Some(b'?' | b'&')),
    };
    if !stands_alone {
        return None;
    }
    let name = unescape(str::from_utf8(&before[from..end]).ok()?);
    let last = |name: &str| name.rfind(['?', '&', ';', '/', '=']).map_or(0, |at| at + 1);
    Some(match name {
        Cow::Borrowed(name) => Cow::Borrowed(&name[last(name)..]),
        Cow::Owned(name) => Cow::Owned(name[last(&name)..].to_owned()),
    })
}

/// The value after a separator, which ends before `start`.
fn value(text: &[u8], start: usize, separator: u8) -> Range<usize> {
    let skipped = text[start..].iter().take_while(|it| **it == b' ' && separator != b'%').count();
    let mut start = start + skipped;
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
        b'=' => b"&;,#<>\"'\\ \t\r\n(){}[]",
        _ => b"%&;,#<>\"'\\ \t\r\n(){}[]",
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

/// The text with user and password of its URLs masked, also of those without a scheme
/// and with escaped slashes.
pub(super) fn masked_users(text: &[u8]) -> Cow<'_, [u8]> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(offset) = memchr::memchr(b'/', &text[at..]) {
        let slash = at + offset;
        at = slash + 1;
        let start = match &text[at..] {
            [b'/', ..] => at + 1,
            [b'\\', b'/', ..] => at + 2,
            _ => continue,
        };
        let before = text[..slash].strip_suffix(b"\\").unwrap_or(&text[..slash]);
        let has_scheme = before.ends_with(b":");
        let is_end = |it: &u8| b"/?#\"'<>\\".contains(it) || it.is_ascii_whitespace();
        let length = text[start..].iter().position(is_end).unwrap_or(text.len() - start);
        let authority = &text[start..start + length];
        let Some(end) = authority.iter().rposition(|it| *it == b'@') else { continue };
        let user = &authority[..end];
        if end > 0 && user != MASK.as_bytes() && (has_scheme || user.contains(&b':')) {
            found.push(start..start + end);
            at = start + end;
        }
    }
    masked_at(text, &found)
}
