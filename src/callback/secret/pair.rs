//! Finds the values of secret names, however a page, a dump or a log writes them.

use std::ops::Range;

use super::form;
use super::gap::{Gap, Link, before};
use super::markup;
use super::name::{MAX_NAME, NEAR, is_name_byte, is_secret_label};
use super::plain::Plain;
use super::value::{Ends, value};
use super::work;

/// Names of the value in an object that has the name of the secret as another value.
const VALUE_NAMES: [&[u8]; 6] = [b"value", b"val", b"v", b"content", b"data", b"default"];

/// The secrets in a text, in order.
pub(super) fn secrets(plain: &Plain<'_>) -> Vec<Range<usize>> {
    let text = &*plain.bytes;
    work::count(text.len());
    let mut found = Vec::new();
    let (mut at, mut tag) = (0, None);
    while let Some(byte) = text.get(at) {
        let range = match byte {
            b'<' => {
                tag = Some(at);
                None
            }
            b'/' => form::user(plain, at),
            b'@' => form::data_source(text, at),
            b'-' if text[at..].starts_with(b"-----BEGIN ") => form::private_key(text, at),
            it if is_name_byte(*it) => {
                let end = at + text[at..].iter().take_while(|it| is_name_byte(**it)).count();
                let range = form::token(text, at..end).or_else(|| {
                    let name = name(text, at..end);
                    is_secret_label(&text[name.clone()]).then(|| after_name(plain, name, tag))?
                });
                at = end - 1;
                range
            }
            b'>' => {
                tag = None;
                None
            }
            _ => None,
        };
        at += 1;
        if let Some(range) = range.filter(|it| !it.is_empty()) {
            at = range.end.max(at);
            found.push(range);
        }
    }
    found.sort_by_key(|it| it.start);
    found
}

/// The name in a run of such bytes, with the word before it, as in `API key`.
fn name(text: &[u8], run: Range<usize>) -> Range<usize> {
    let is_around = |it: &u8| matches!(it, b'-' | b'.');
    let end =
        run.start + text[run.clone()].iter().rposition(|it| !is_around(it)).map_or(0, |it| it + 1);
    let start = run.start.max(end.saturating_sub(MAX_NAME));
    let word = &text[start..end];
    if !word.eq_ignore_ascii_case(b"key") || start == 0 || text[start - 1] != b' ' {
        return start..end;
    }
    let before = &text[start.saturating_sub(MAX_NAME)..start - 1];
    let length = before.iter().rev().take_while(|it| it.is_ascii_alphanumeric()).count();
    let first = &before[before.len() - length..];
    let is_kind = ["access", "api", "app", "encryption", "master", "private", "signing"]
        .iter()
        .any(|it| it.as_bytes().eq_ignore_ascii_case(first));
    if is_kind { start - 1 - length..end } else { start..end }
}

/// The value after a name, if there is one.
fn after_name(plain: &Plain<'_>, name: Range<usize>, tag: Option<usize>) -> Option<Range<usize>> {
    let text = &*plain.bytes;
    if let Some(tag) = tag.filter(|it| name.start - it <= NEAR)
        && let Some(found) = markup::in_tag(plain, tag, &name)
    {
        return Some(found);
    }
    let other = value_name(text, name.end).or_else(|| value_name_before(text, name.start));
    if let Some(start) = other
        && let Some(found) = value(plain, start, Ends::Compact)
    {
        return Some(found);
    }
    if let Some(start) = after_entity(text, &name) {
        return value(plain, start, Ends::Compact);
    }
    let gap = Gap::read(text, name.end, tag.is_some());
    let before = before(text, name.start);
    let ends = match gap.link {
        Link::Nothing => return form::conspicuous(text, gap.end),
        Link::Equal if before == Some(b'<') => return None,
        Link::Equal => Ends::Compact,
        Link::Comma => return quoted(plain, gap.end),
        Link::Column => match before {
            None | Some(b'\n' | b'\t' | b'|' | b'>' | b'"' | b'\'') => Ends::Column,
            _ => return form::conspicuous(text, gap.end),
        },
        Link::Markup => match before {
            None | Some(b'\n' | b'>' | b'<' | b'"' | b'\'' | b'=') => Ends::Element,
            _ => return None,
        },
        Link::Colon => return after_colon(plain, &gap, &name, before),
    };
    value(plain, gap.end, ends)
}

/// The value after a colon, which is also a sign of prose.
fn after_colon(
    plain: &Plain<'_>,
    gap: &Gap,
    name: &Range<usize>,
    before: Option<u8>,
) -> Option<Range<usize>> {
    let text = &*plain.bytes;
    let is_compact = text[gap.end - 1] == b':';
    // `token.rs:12`
    let is_place = is_compact
        && text[name.clone()].contains(&b'.')
        && text.get(gap.end).is_some_and(u8::is_ascii_digit);
    match before {
        _ if gap.is_closed => value(plain, gap.end, Ends::Compact),
        _ if is_place => None,
        None | Some(b'\n' | b'>') if gap.is_block => value(plain, gap.end, Ends::Block),
        None | Some(b'\n' | b'>') => {
            let width = name.start.checked_sub(1).map_or(1, |it| plain.width(it));
            value(plain, gap.end, Ends::Line(width))
        }
        // A header in quotes goes on to the next one.
        Some(b'"' | b'\'' | b'`') => value(plain, gap.end, Ends::Quote(name.start - 1)),
        Some(b'{' | b',' | b'[' | b'(') => value(plain, gap.end, Ends::List),
        _ if is_compact && before != Some(b'/') => value(plain, gap.end, Ends::Compact),
        _ => form::likely(text, gap.end),
    }
}

/// Where the value begins in `&sign;…`: a parameter that an editor of HTML made an entity.
fn after_entity(text: &[u8], name: &Range<usize>) -> Option<usize> {
    let is_entity = text[..name.start].ends_with(b"&") && text.get(name.end) == Some(&b';');
    let start = name.end + 1;
    (is_entity && text.get(start).is_some_and(u8::is_ascii_alphanumeric)).then_some(start)
}

/// A value in quotes, also with letters before it, as in `b'…'` and `s:5:"…"`.
fn quoted(plain: &Plain<'_>, start: usize) -> Option<Range<usize>> {
    let rest = &plain.bytes[start..];
    let letters = rest
        .iter()
        .take(16)
        .take_while(|it| it.is_ascii_alphanumeric() || matches!(it, b' ' | b':' | b'\n' | b'@'))
        .count();
    let is_quoted = matches!(rest.get(letters), Some(b'"' | b'\'' | b'`'));
    is_quoted.then(|| value(plain, start + letters, Ends::Compact))?
}

/// Where the value begins in `"name":"token","value":"…"`, after the name.
fn value_name(text: &[u8], start: usize) -> Option<usize> {
    let near = &text[start..text.len().min(start + NEAR)];
    let is_between =
        |it: &&u8| matches!(it, b' ' | b'\t' | b'\r' | b'\n' | b',' | b'"' | b'\'' | b'>' | b'-');
    let between = near.iter().take_while(is_between).count();
    let rest = &near[between..];
    let word = rest.iter().take_while(|it| it.is_ascii_alphabetic()).count();
    let is_name = VALUE_NAMES.iter().any(|it| it.eq_ignore_ascii_case(&rest[..word]));
    if between == 0 || !is_name {
        return None;
    }
    let after = rest[word..].iter().take_while(|it| matches!(it, b'"' | b'\'' | b' ')).count();
    let link = rest.get(word + after)?;
    let arrow = usize::from(rest.get(word + after + 1) == Some(&b'>'));
    matches!(link, b':' | b'=').then_some(start + between + word + after + 1 + arrow)
}

/// Where the value begins in `"value":"…","name":"token"`, before the name.
fn value_name_before(text: &[u8], start: usize) -> Option<usize> {
    let from = start.saturating_sub(NEAR);
    let near = text[from..start].strip_suffix(b"\"")?.trim_ascii_end();
    let near = near.strip_suffix(b":")?.trim_ascii_end();
    let object = near.iter().rposition(|it| matches!(it, b'{' | b'['))?;
    let at = near[object..].iter().position(|it| *it == b':')? + object;
    let is_value = VALUE_NAMES.iter().any(|it| {
        let key = near[object + 1..at].trim_ascii();
        key.len() == it.len() + 2 && key[1..key.len() - 1].eq_ignore_ascii_case(it)
    });
    is_value.then_some(from + at + 1)
}
