//! Tags of HTML and XML around names and values.

use std::ops::Range;

use super::name::NEAR;
use super::plain::Plain;
use super::value::{Ends, value};

/// Attributes that hold the value of the name in another one.
const VALUES: [&[u8]; 3] = [b"value", b"content", b"data-value"];

/// The length of the tag that a text begins with, and whether it opens an element.
pub(super) fn tag(text: &[u8]) -> Option<(usize, bool)> {
    let is_opening = match text.get(1)? {
        it if it.is_ascii_alphabetic() => !matches!(text, [_, b'b' | b'B', b'r' | b'R', ..]),
        b'/' | b'!' => false,
        _ => return None,
    };
    let end = memchr::memchr(b'>', text)?;
    Some((end + 1, is_opening))
}

/// The value of a name within a tag: in another attribute, which may stand before it, or
/// of the element with this name.
pub(super) fn in_tag(plain: &Plain<'_>, tag: usize, name: &Range<usize>) -> Option<Range<usize>> {
    let text = &*plain.bytes;
    let is_part = |it: &u8| it.is_ascii_alphanumeric() || matches!(it, b':' | b'_' | b'-');
    let is_element = text[tag + 1..name.start].iter().all(is_part);
    if !is_element && !matches!(text[name.start - 1], b'"' | b'\'' | b'=') {
        return None;
    }
    let near = &text[tag..text.len().min(name.end + NEAR)];
    let end = memchr::memchr(b'>', near);
    attribute(plain, tag, &near[..end.unwrap_or(near.len())]).or_else(|| {
        let end = tag + end.filter(|_| is_element)?;
        (text[end - 1] != b'/').then(|| value(plain, end + 1, Ends::Element))?
    })
}

/// The attribute of a tag that holds a value.
fn attribute(plain: &Plain<'_>, tag: usize, text: &[u8]) -> Option<Range<usize>> {
    let is_value = |at: &usize| {
        let word = text[..*at].trim_ascii_end();
        VALUES.iter().any(|it| {
            let start = word.len().checked_sub(it.len() + 1);
            start.is_some_and(|start| {
                word[start].is_ascii_whitespace() && word[start + 1..].eq_ignore_ascii_case(it)
            })
        })
    };
    let at = memchr::memchr_iter(b'=', text).find(is_value)?;
    value(plain, tag + at + 1, Ends::Compact)
}
