//! The beginning of a delivery whose body is too long to be read for one frame.

use std::borrow::Cow;

use super::delivery::Delivery;

/// What becomes of the end of a body that is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cut {
    /// The beginning as received.
    Raw,
    /// JSON is closed, so that it can be read.
    Closed,
}

impl Cut {
    /// The beginning of a body, and how many bytes of it are kept.
    pub fn head(self, beginning: &[u8]) -> (Cow<'_, [u8]>, usize) {
        match self {
            Self::Raw => (Cow::Borrowed(beginning), beginning.len()),
            Self::Closed => {
                let (head, kept) = closed(beginning);
                (Cow::Owned(head), kept)
            }
        }
    }
}

/// A delivery with the beginning of its body; `omitted_bytes` counts the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The delivery.
    pub delivery: Delivery,
    /// How many bytes of the body as received it has: brackets that were added and
    /// redacted text do not count.
    pub kept_bytes: u64,
}

impl Head {
    /// A delivery with all of its body that was kept.
    pub const fn uncut(delivery: Delivery) -> Self {
        let kept_bytes = delivery.body.len() as u64;
        Self { delivery, kept_bytes }
    }

    /// A delivery with the first `kept` bytes of a body of `len`.
    pub const fn cut(mut delivery: Delivery, kept: usize, len: usize) -> Self {
        delivery.omitted_bytes += len.saturating_sub(kept) as u64;
        Self { delivery, kept_bytes: kept as u64 }
    }

    /// The length of the body as received.
    pub const fn all_bytes(&self) -> u64 {
        self.kept_bytes.saturating_add(self.delivery.omitted_bytes)
    }
}

impl Delivery {
    /// The delivery with at most `limit` bytes of its body.
    pub fn into_head(mut self, limit: usize, cut: Cut) -> Head {
        let len = self.body.len();
        if len <= limit {
            return Head::uncut(self);
        }
        let (head, kept) = cut.head(&self.body[..limit]);
        self.body = head.into_owned().into();
        Head::cut(self, kept, len)
    }
}

/// The beginning of a JSON text as JSON: without what follows the last complete value,
/// and with the brackets closed that are open there. Of a text value that is cut the
/// beginning is kept. A text that is not JSON does not become JSON. Also returns how many
/// bytes are kept.
fn closed(head: &[u8]) -> (Vec<u8>, usize) {
    let mut closers = Vec::new();
    // Where the text can be cut, how many brackets are open there, and what is missing
    // besides.
    let (mut end, mut depth, mut quote) = (None, 0, false);
    let (mut at, mut before) = (0, b',');
    while let Some(&byte) = head.get(at) {
        match byte {
            b'"' => match past_string(head, at) {
                Some(after) => at = after - 1,
                None => {
                    let is_name = closers.last() == Some(&b'}') && before != b':';
                    if !is_name {
                        (end, depth, quote) = (Some(text_end(head, at)), closers.len(), true);
                    }
                    break;
                }
            },
            b'{' | b'[' => {
                closers.push(if byte == b'{' { b'}' } else { b']' });
                (end, depth) = (Some(at + 1), closers.len());
            }
            b'}' | b']' => {
                closers.pop();
                (end, depth) = (Some(at + 1), closers.len());
            }
            b',' => (end, depth) = (Some(at), closers.len()),
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            before = byte;
        }
        at += 1;
    }
    let Some(end) = end else { return (head.to_vec(), head.len()) };
    let mut out = head[..end].to_vec();
    out.extend(quote.then_some(b'"'));
    out.extend(closers[..depth].iter().rev());
    (out, end)
}

/// The offset after the string that begins at `start`; `None` if it does not end.
fn past_string(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 1;
    loop {
        match memchr::memchr2(b'"', b'\\', &bytes[at..]).map(|it| at + it) {
            Some(end) if bytes[end] == b'"' => return Some(end + 1),
            Some(escape) if escape + 2 <= bytes.len() => at = escape + 2,
            _ => return None,
        }
    }
}

/// Where a string that begins at `start` and does not end can be cut: not within an
/// escape or a character.
fn text_end(bytes: &[u8], start: usize) -> usize {
    let is_inside = |it: &u8| (0x80..0xc0).contains(it);
    let mut end = bytes.len();
    // An escape has up to six bytes; of two backslashes the second may be a character.
    if let Some(escape) = memchr::memrchr(b'\\', &bytes[start..]).map(|it| start + it)
        && bytes.len() < escape + 7
    {
        let slashes = bytes[..=escape].iter().rev().take_while(|it| **it == b'\\').count();
        end = if slashes % 2 == 1 { escape } else { escape - 1 };
    }
    if let Some(last) = bytes[..end].iter().rposition(|it| !is_inside(it))
        && 0x80 <= bytes[last]
    {
        end = last;
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::callback::json;

    #[test]
    fn every_beginning_of_a_body_is_json() {
        let body = r#" {"a":[1, 2.5,"x\\"],"b":{"\u4e2d\"":"\\\u4e2d\n小明"}, "c":true,"d":[{}]} "#;
        let start = body.find('{').unwrap() + 1;
        for limit in start..body.len() {
            let (head, kept) = closed(&body.as_bytes()[..limit]);
            assert_eq!(head[..kept], body.as_bytes()[..kept]);
            assert!(json::read(&head).is_ok(), "{}", String::from_utf8_lossy(&head));
        }
        for (head, json) in [
            (r#"{"a":1,"b":[2,{"c":"te"#, r#"{"a":1,"b":[2,{"c":"te"}]}"#),
            (r#"{"a":1,"na"#, r#"{"a":1}"#),
            (r#"["小"#, r#"[""]"#),
            ("[1,2", "[1]"),
            (r#""aa"#, r#""aa""#),
            ("12", "12"),
            ("no", "no"),
        ] {
            let cut = if json == r#"[""]"# {
                &head.as_bytes()[..head.len() - 1]
            } else {
                head.as_bytes()
            };
            assert_eq!(String::from_utf8_lossy(&closed(cut).0), json);
        }
    }

    #[test]
    fn a_head_counts_what_it_leaves_out() {
        let body = format!("[{}1]", "1,".repeat(1000));
        let delivery = Delivery { body: body.as_bytes().into(), ..Delivery::default() };
        let head = delivery.clone().into_head(100, Cut::Closed);
        assert_eq!(*head.delivery.body, [&body.as_bytes()[..98], b"]"].concat());
        assert_eq!((head.kept_bytes, head.all_bytes()), (98, body.len() as u64));
        let uncut = Head::uncut(delivery.clone());
        assert_eq!(delivery.clone().into_head(body.len(), Cut::Closed), uncut);
        assert_eq!(&*delivery.into_head(100, Cut::Raw).delivery.body, &body.as_bytes()[..100]);
    }
}
