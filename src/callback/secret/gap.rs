//! Reads what stands between a name and its value.
//!
//! It is a link: a separator, a comma between quotes, a column or markup. In prose a name
//! is followed by words, and nothing is a value but what looks like a secret.

use super::markup;
use super::name::{MAX_NAME, NEAR};
use super::work;

/// What stands between a name and its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Link {
    Nothing,
    Equal,
    Colon,
    /// A comma, or the semicolon of a serialized array, after a quoted name.
    Comma,
    Column,
    /// The beginning of the next element.
    Markup,
}

/// A name, and what follows it until its value may begin.
pub(super) struct Gap {
    pub(super) link: Link,
    /// Whether the name is in quotes or brackets.
    pub(super) is_closed: bool,
    /// Whether the value is a block of YAML: on the next lines.
    pub(super) is_block: bool,
    pub(super) end: usize,
    spaces: usize,
}

impl Gap {
    /// Reads what follows a name.
    pub(super) fn read(text: &[u8], start: usize, is_in_tag: bool) -> Self {
        let mut gap =
            Self { link: Link::Nothing, is_closed: false, is_block: false, end: start, spaces: 0 };
        let text = &text[..text.len().min(start + NEAR)];
        while let Some((byte, _)) = text[gap.end..].split_first() {
            let rest = &text[gap.end..];
            let length = gap.space(*byte, rest).or_else(|| gap.name_end(*byte, rest));
            let Some(length) = length.or_else(|| gap.separator(*byte, rest, is_in_tag)) else {
                break;
            };
            gap.end += length;
        }
        work::count(gap.end - start);
        if gap.link == Link::Nothing && gap.spaces > 1 {
            gap.link = Link::Column;
        }
        gap
    }

    /// The length of a space, if the gap goes on after it.
    fn space(&mut self, byte: u8, rest: &[u8]) -> Option<usize> {
        match byte {
            b' ' => self.spaces += 1,
            b'\t' => self.spaces = 2,
            b'\n' | b'\r' if goes_on(rest, self.link, self.is_closed) => {}
            _ => return None,
        }
        Some(1)
    }

    /// The length of what ends a name: a quote, a bracket, an index.
    fn name_end(&mut self, byte: u8, rest: &[u8]) -> Option<usize> {
        match byte {
            _ if self.link != Link::Nothing => None,
            b'"' | b'\'' | b'`' | b']' | b')' | b'}' | b'*' => {
                self.is_closed = true;
                Some(1)
            }
            b'[' => {
                let near = &rest[..rest.len().min(MAX_NAME)];
                Some(memchr::memchr(b']', near)? + 1)
            }
            _ => None,
        }
    }

    /// The length of a separator or a tag.
    fn separator(&mut self, byte: u8, rest: &[u8], is_in_tag: bool) -> Option<usize> {
        let arrow = rest.get(1) == Some(&b'>');
        let (link, length) = match (byte, self.link) {
            (b'=' | b'~', _) => (Link::Equal, 1 + usize::from(arrow)),
            (b'-', Link::Nothing | Link::Column) if arrow => (Link::Equal, 2),
            (b':', Link::Nothing | Link::Colon | Link::Markup) => (Link::Colon, 1),
            (b'|' | b'>', Link::Colon) if is_block(&rest[1..]) => {
                self.is_block = true;
                return None;
            }
            (b'|', Link::Nothing | Link::Column) => (Link::Column, 1),
            (b',' | b';', Link::Nothing) if self.is_closed => (Link::Comma, 1),
            (b'>', Link::Nothing) if is_in_tag => (Link::Markup, 1),
            (b'<', link) => {
                let (length, is_opening) = markup::tag(rest)?;
                let begins = is_opening && link == Link::Nothing;
                (if begins { Link::Markup } else { link }, length)
            }
            _ => return None,
        };
        self.link = link;
        Some(length)
    }
}

/// What stands before a name: the byte, `\n` at the beginning of an indented line, `None`
/// at that of the text.
pub(super) fn before(text: &[u8], start: usize) -> Option<u8> {
    let near = &text[start.saturating_sub(NEAR)..start];
    let spaces = near.iter().rev().take_while(|it| matches!(it, b' ' | b'\t')).count();
    match near[..near.len() - spaces].last() {
        Some(b'\r') => Some(b'\n'),
        it @ (None | Some(b'\n' | b'>' | b'|' | b'{' | b',' | b'[' | b'(')) => it.copied(),
        _ => near.last().copied(),
    }
}

/// Whether nothing follows on the line, but for a sign.
fn is_block(rest: &[u8]) -> bool {
    let rest = rest.strip_prefix(b"-").or(rest.strip_prefix(b"+")).unwrap_or(rest);
    matches!(rest, [b'\n', ..] | [b'\r', b'\n', ..])
}

/// Whether a value may stand after a line end.
fn goes_on(rest: &[u8], link: Link, is_closed: bool) -> bool {
    let next = rest.iter().find(|it| !it.is_ascii_whitespace());
    match link {
        Link::Markup => true,
        Link::Nothing | Link::Column => next == Some(&b'<'),
        _ => is_closed || matches!(next, Some(b'"' | b'\'' | b'`' | b'<')),
    }
}
