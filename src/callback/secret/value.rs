//! Reads the value after a name and its separator.

use std::ops::Range;

use super::name::is_name_byte;
use super::plain::Plain;
use super::{MASK, SCHEMES, work};

/// How many wrappers around a value are skipped: `Some(Secret("…`.
const MAX_WRAPPERS: usize = 4;
/// The maximum length of a type, in bytes.
const MAX_TYPE: usize = 64;
/// Words for no value.
const NOTHING: [&[u8]; 7] = [b"null", b"true", b"false", b"none", b"nil", b"undefined", b"<nil>"];

/// Where a value without quotes ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ends {
    /// At a space or separator.
    Compact,
    /// At a comma, a bracket or the line end.
    List,
    /// At the line end, as a header does, a tag, or a quote that is encoded less than so
    /// many bytes, which the line end before has.
    Line(u32),
    /// At a line that is not indented.
    Block,
    /// At the next quote as the one at this place.
    Quote(usize),
    /// At the next column.
    Column,
    /// At a tag.
    Element,
}

/// The value at `start`: within its quotes or brackets, without the type around it.
pub(super) fn value(plain: &Plain<'_>, start: usize, ends: Ends) -> Option<Range<usize>> {
    let text = &*plain.bytes;
    let mut at = start + spaces(&text[start..], ends);
    for _ in 0..MAX_WRAPPERS {
        match annotation(&text[at..]) {
            0 => break,
            length => at += length,
        }
    }
    let is_line = matches!(ends, Ends::Line(_) | Ends::Quote(_) | Ends::Block);
    let found = match text.get(at)? {
        b'"' | b'\'' | b'`' if !is_line => quoted(plain, at),
        b'[' | b'{' | b'(' if !is_line => bracketed(plain, at),
        _ => {
            let end = match wrapper(&text[at..]) {
                0 => bare(plain, at, ends),
                length if !is_line => bracketed(plain, at + length).end + 1,
                _ => bare(plain, at, ends),
            };
            let end = end.min(text.len());
            at..at + text[at..end].trim_ascii_end().len()
        }
    };
    work::count(found.end.saturating_sub(start));
    let value = &text[found.clone()];
    let is_nothing = value.is_empty()
        || value == MASK.as_bytes()
        || NOTHING.iter().any(|it| it.eq_ignore_ascii_case(value));
    (!is_nothing).then_some(found)
}

fn spaces(text: &[u8], ends: Ends) -> usize {
    let is_space = |it: &&u8| match ends {
        Ends::Block | Ends::Element => it.is_ascii_whitespace(),
        _ => matches!(it, b' ' | b'\t'),
    };
    text.iter().take_while(is_space).count()
}

fn is_quote(byte: Option<&u8>) -> bool {
    matches!(byte, Some(b'"' | b'\'' | b'`'))
}

fn is_open(byte: Option<&u8>) -> bool {
    matches!(byte, Some(b'[' | b'{' | b'('))
}

/// The length of the type that a text begins with, before its value: `string(9) `,
/// `(len=9) `, `b` before a quote, `s:9:`, `!!str `, `&` before a bracket.
fn annotation(text: &[u8]) -> usize {
    let count = |from: usize, is: fn(&u8) -> bool| {
        text[from.min(text.len())..].iter().take(MAX_TYPE).take_while(|it| is(it)).count()
    };
    let letters = count(0, |it| b"uUbBrRfLN".contains(it));
    let spaces = |end: usize| end + count(end, |it| *it == b' ');
    match text {
        [b'&' | b'*' | b'@' | b'$', next, ..] if is_quote(Some(next)) || is_open(Some(next)) => 1,
        [b'!', ..] => spaces(count(0, |it| it.is_ascii_alphanumeric() || *it == b'!')),
        [b'(', ..] => {
            let end = 1 + count(1, |it| it.is_ascii_alphanumeric() || b"._= ".contains(it));
            let after = spaces(end + 1);
            let has_value = after > end + 1 || is_quote(text.get(after));
            if text.get(end) == Some(&b')') && has_value { after } else { 0 }
        }
        _ if letters > 0 && letters < 3 && is_quote(text.get(letters)) => letters,
        [b's', b':', ..] => {
            let end = 2 + count(2, u8::is_ascii_digit);
            if text.get(end) == Some(&b':') { end + 1 } else { 0 }
        }
        _ if text.starts_with(b"string(") => {
            let end = 7 + count(7, u8::is_ascii_digit);
            if text.get(end) == Some(&b')') { spaces(end + 1) } else { 0 }
        }
        _ => 0,
    }
}

/// The length of a word before a bracket: `Some(…)`, `[]string{…}`.
fn wrapper(text: &[u8]) -> usize {
    let is_part = |it: &&u8| it.is_ascii_alphanumeric() || b"_.:<>*".contains(it);
    let length = text.iter().take(MAX_TYPE).take_while(is_part).count();
    if is_open(text.get(length)) { length } else { 0 }
}

/// A value in quotes. A quote that is encoded more, or is within a word, does not end it.
fn quoted(plain: &Plain<'_>, start: usize) -> Range<usize> {
    let text = &*plain.bytes;
    let quote = text[start];
    let triple = [quote; 3];
    let from = start + if text[start..].starts_with(&triple) { 3 } else { 1 };
    from..quote_end(plain, start, from)
}

/// Where the next quote as the one at `start` is.
fn quote_end(plain: &Plain<'_>, start: usize, from: usize) -> usize {
    let text = &*plain.bytes;
    let (quote, width) = (text[start], plain.width(start));
    let closes = |at: usize| {
        plain.width(at) <= width && !text.get(at + 1).is_some_and(u8::is_ascii_alphanumeric)
    };
    let mut at = from;
    while let Some(offset) = memchr::memchr(quote, &text[at.min(text.len())..]) {
        at += offset;
        if closes(at) {
            return at;
        }
        at += 1;
    }
    text.len()
}

/// What stands in brackets, without the quotes around a single value.
fn bracketed(plain: &Plain<'_>, start: usize) -> Range<usize> {
    let text = &*plain.bytes;
    let open = text[start];
    let close = match open {
        b'(' => b')',
        it => it + 2,
    };
    let (mut depth, mut at) = (0_usize, start);
    while at < text.len() {
        match text[at] {
            it if it == open => depth += 1,
            it if it == close => depth -= 1,
            b'"' => at = quote_end(plain, at, at + 1),
            _ => {}
        }
        if depth == 0 {
            break;
        }
        at += 1;
    }
    let end = at.min(text.len());
    let inner = text[start + 1..end].trim_ascii();
    let from =
        start + 1 + text[start + 1..end].iter().take_while(|it| it.is_ascii_whitespace()).count();
    match inner {
        [first @ (b'"' | b'\''), .., last] if first == last => from + 1..from + inner.len() - 1,
        [] => start..start,
        _ => from..from + inner.len(),
    }
}

/// Where a value without quotes ends.
fn bare(plain: &Plain<'_>, start: usize, ends: Ends) -> usize {
    let text = &*plain.bytes;
    let is_line = |it: u8| matches!(it, b'\n' | b'\r');
    let find = |from: usize, is_end: &dyn Fn(usize) -> bool| {
        (from..text.len()).find(|at| is_end(*at)).unwrap_or(text.len())
    };
    match ends {
        Ends::Line(width) => find(start, &|at| {
            let is_outside = matches!(text[at], b'"' | b'\'' | b'`') && plain.width(at) < width;
            is_line(text[at]) || text[at] == b'<' || is_outside
        }),
        Ends::Block => find(start, &|at| {
            text[at] == b'\n' && text.get(at + 1).is_none_or(|it| !it.is_ascii_whitespace())
        }),
        Ends::Element => find(start, &|at| text[at] == b'<'),
        Ends::Quote(quote) => {
            quote_end(plain, quote, start).min(find(start, &|at| is_line(text[at])))
        }
        Ends::Column => find(start, &|at| {
            let is_wide = text[at] == b' ' && text.get(at + 1) == Some(&b' ');
            is_line(text[at]) || is_wide || matches!(text[at], b'\t' | b'|' | b'<')
        }),
        Ends::List => find(start, &|at| is_line(text[at]) || is_mark(text, at)),
        Ends::Compact => {
            let is_end = |at: usize| text[at].is_ascii_whitespace() || is_mark(text, at);
            let end = find(start, &is_end);
            let is_scheme = SCHEMES.iter().any(|it| it.eq_ignore_ascii_case(&text[start..end]));
            match is_scheme && text.get(end) == Some(&b' ') {
                true => find(end, &|at| is_line(text[at]) || is_mark(text, at)),
                false => end,
            }
        }
    }
}

/// Whether a separator, a quote or a closing bracket is at a place.
fn is_mark(text: &[u8], at: usize) -> bool {
    match text[at] {
        b'&' | b';' | b'<' | b'>' | b'"' => true,
        b',' => {
            // A part of the value, or before the next name.
            let rest = &text[at + 1..];
            let word = rest.iter().take(MAX_TYPE).take_while(|it| is_name_byte(**it)).count();
            word == 0 || matches!(rest.get(word), Some(b'=' | b':' | b'"' | b'\''))
        }
        b'\'' | b'`' | b')' | b']' | b'}' => {
            !text.get(at + 1).is_some_and(u8::is_ascii_alphanumeric)
        }
        _ => false,
    }
}
