//! A text without its encodings, whose bytes know their places in the original.

use std::borrow::Cow;
use std::ops::Range;

use super::work;

/// How many times a text is decoded: an encoding may stand within another.
const PASSES: usize = 5;
/// The entities of HTML that stand for characters around names and values.
const ENTITIES: [(&[u8], u8); 14] = [
    (b"amp;", b'&'),
    (b"apos;", b'\''),
    (b"colon;", b':'),
    (b"comma;", b','),
    (b"commat;", b'@'),
    (b"equals;", b'='),
    (b"gt;", b'>'),
    (b"lowbar;", b'_'),
    (b"lt;", b'<'),
    (b"nbsp;", b' '),
    (b"period;", b'.'),
    (b"quot;", b'"'),
    (b"sol;", b'/'),
    (b"tab;", b'\t'),
];
/// The maximum length in digits of a number in an escape.
const MAX_DIGITS: usize = 8;

/// A text after decoding: percent-encoding, entities, escapes of strings, and
/// full-width letters, also several times; without zero-width characters.
pub(super) struct Plain<'a> {
    pub(super) bytes: Cow<'a, [u8]>,
    /// Where each byte begins in the original, and its end; empty if nothing is decoded.
    starts: Vec<u32>,
}

impl<'a> Plain<'a> {
    /// Decodes a text.
    pub(super) fn of(text: &'a [u8]) -> Self {
        let mut plain = Self { bytes: Cow::Borrowed(text), starts: Vec::new() };
        for _ in 0..PASSES {
            let Some(next) = plain.decoded() else { break };
            plain = next;
        }
        plain
    }

    /// The text decoded once; `None` if there is nothing to decode.
    fn decoded(&self) -> Option<Self> {
        let text = &*self.bytes;
        work::count(text.len());
        let mut out: Option<(Vec<u8>, Vec<u32>)> = None;
        let mut at = 0;
        while at < text.len() {
            let decoded = match text[at] {
                // The backslash before a quote may be one that was escaped itself.
                b'\\' if self.is_literal(at) => None,
                b'%' | b'&' | b'\\' | 0xC2 | 0xE2 | 0xEF => decode(&text[at..]),
                _ => None,
            };
            match (decoded, &mut out) {
                (None, None) => at += 1,
                (None, Some((bytes, starts))) => {
                    bytes.push(text[at]);
                    starts.push(self.start(at));
                    at += 1;
                }
                (Some((char, length)), out) => {
                    let (bytes, starts) = out.get_or_insert_with(|| self.before(at));
                    let mut buffer = [0; 4];
                    let char = char.encode(&mut buffer);
                    bytes.extend_from_slice(char);
                    starts.extend(std::iter::repeat_n(self.start(at), char.len()));
                    at += length;
                }
            }
        }
        let (bytes, mut starts) = out?;
        starts.push(self.start(text.len()));
        Some(Self { bytes: Cow::Owned(bytes), starts })
    }

    /// Whether the backslash at a place is the last character of a quoted text.
    fn is_literal(&self, at: usize) -> bool {
        matches!(self.bytes.get(at + 1), Some(b'"' | b'\'')) && self.width(at) > self.width(at + 1)
    }

    fn before(&self, at: usize) -> (Vec<u8>, Vec<u32>) {
        let mut bytes = Vec::with_capacity(self.bytes.len());
        bytes.extend_from_slice(&self.bytes[..at]);
        let mut starts = Vec::with_capacity(self.bytes.len() + 1);
        starts.extend((0..at).map(|it| self.start(it)));
        (bytes, starts)
    }

    /// Where a byte begins in the original.
    fn start(&self, at: usize) -> u32 {
        let same = || u32::try_from(at).unwrap_or(u32::MAX);
        self.starts.get(at).copied().unwrap_or_else(same)
    }

    /// The range of the original.
    pub(super) fn original(&self, range: Range<usize>) -> Range<usize> {
        self.start(range.start) as usize..self.start(range.end) as usize
    }

    /// How many bytes of the original a byte is: an inner quote has more than an outer.
    pub(super) fn width(&self, at: usize) -> u32 {
        self.start(at + 1) - self.start(at)
    }
}

/// What an escape stands for.
#[derive(Clone, Copy)]
enum Decoded {
    Nothing,
    Byte(u8),
    Char(char),
}

impl Decoded {
    fn encode(self, buffer: &mut [u8; 4]) -> &[u8] {
        match self {
            Self::Nothing => &[],
            Self::Byte(byte) => {
                buffer[0] = byte;
                &buffer[..1]
            }
            Self::Char(char) => char.encode_utf8(buffer).as_bytes(),
        }
    }
}

/// What a text begins with, if that is an escape, and its length.
fn decode(text: &[u8]) -> Option<(Decoded, usize)> {
    match text {
        [b'%', b'u' | b'U', rest @ ..] => {
            char(rest, 4, 16).map(|(char, length)| (char, 2 + length))
        }
        [b'%', rest @ ..] => byte(rest).map(|it| (it, 3)),
        [b'&', b'#', b'x' | b'X', rest @ ..] => entity(rest, 16, 3),
        [b'&', b'#', rest @ ..] => entity(rest, 10, 2),
        [b'&', rest @ ..] => named(rest),
        [b'\\', rest @ ..] => escape(rest).map(|(char, length)| (char, 1 + length)),
        [0xC2, 0xA0, ..] => Some((Decoded::Byte(b' '), 2)),
        [0xC2, 0xAD, ..] => Some((Decoded::Nothing, 2)),
        [0xE2, 0x80, 0x8B..=0x8F, ..] | [0xE2, 0x81, 0xA0..=0xA4, ..] | [0xEF, 0xBB, 0xBF, ..] => {
            Some((Decoded::Nothing, 3))
        }
        // U+FF01 to U+FF5E: the printable characters of ASCII.
        [0xEF, 0xBC, it @ 0x81..=0xBF, ..] => Some((Decoded::Byte(it - 0x60), 3)),
        [0xEF, 0xBD, it @ 0x80..=0x9E, ..] => Some((Decoded::Byte(it - 0x20), 3)),
        _ => None,
    }
}

fn byte(text: &[u8]) -> Option<Decoded> {
    let digits = text.get(..2).filter(|it| it.iter().all(u8::is_ascii_hexdigit))?;
    let value = u8::from_str_radix(str::from_utf8(digits).ok()?, 16).ok()?;
    Some(Decoded::Byte(value))
}

/// The character of a number in exactly so many digits.
fn char(text: &[u8], digits: usize, radix: u32) -> Option<(Decoded, usize)> {
    let (char, length) = number(text.get(..digits)?, radix)?;
    (length == digits).then_some((char, length))
}

/// The character of the number that a text begins with.
fn number(text: &[u8], radix: u32) -> Option<(Decoded, usize)> {
    let is_digit = |it: &&u8| char::from(**it).is_digit(radix);
    let length = text.iter().take(MAX_DIGITS).take_while(is_digit).count();
    let value = u32::from_str_radix(str::from_utf8(&text[..length]).ok()?, radix).ok()?;
    Some((Decoded::Char(char::from_u32(value)?), length))
}

/// A numeric entity; its semicolon may be missing.
fn entity(text: &[u8], radix: u32, before: usize) -> Option<(Decoded, usize)> {
    let (char, length) = number(text, radix)?;
    let semicolon = usize::from(text.get(length) == Some(&b';'));
    Some((char, before + length + semicolon))
}

fn named(text: &[u8]) -> Option<(Decoded, usize)> {
    let is = |name: &[u8]| text.get(..name.len()).is_some_and(|it| it.eq_ignore_ascii_case(name));
    let (name, char) = ENTITIES.iter().find(|(name, _)| is(name))?;
    Some((Decoded::Byte(*char), 1 + name.len()))
}

/// What follows a backslash.
fn escape(text: &[u8]) -> Option<(Decoded, usize)> {
    let one = |it| Some((Decoded::Byte(it), 1));
    match text {
        [b'u', b'{', rest @ ..] => {
            let (char, length) = number(rest, 16)?;
            (rest.get(length) == Some(&b'}')).then_some((char, length + 3))
        }
        [b'u', rest @ ..] => char(rest, 4, 16).map(|(char, length)| (char, 1 + length)),
        [b'U', rest @ ..] => char(rest, 8, 16).map(|(char, length)| (char, 1 + length)),
        [b'x', rest @ ..] => byte(rest).map(|it| (it, 3)),
        [b'0'..=b'1', b'0'..=b'7', b'0'..=b'7', ..] => char(text, 3, 8),
        [b'n' | b'r', ..] => one(b'\n'),
        // A name after a backslash, and not a tab.
        [b't', rest @ ..] if rest.get(..4).is_some_and(|it| it.eq_ignore_ascii_case(b"oken")) => {
            None
        }
        [b't', ..] => one(b'\t'),
        [it @ (b'"' | b'\'' | b'\\' | b'/' | b'`' | b'$' | b'&' | b'=' | b':'), ..] => one(*it),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_removed_and_places_kept() {
        for (text, expected) in [
            ("a=%41%42%", "a=AB%"),
            ("%2541 %u0041", "A A"),
            ("&quot;&#34;&#x22;&#034;&QUOT; &x;", "\"\"\"\"\" &x;"),
            (r#"\"\\\"\u0053\x41\u{41}\101\n\q"#, "\"\"SAAA\n\\q"),
            (r"\\u0053ign", "Sign"),
            (r"\token \tx", "\\token \tx"),
            ("Ｓｉｇｎ＝～", "Sign=~"),
            ("%EF%BC%B3", "S"),
            ("to\u{200b}k\u{ad}en\u{a0}", "token "),
            ("%26%2334%3B", "\""),
        ] {
            let plain = Plain::of(text.as_bytes());
            assert_eq!(String::from_utf8_lossy(&plain.bytes), expected, "{text}");
            assert_eq!(plain.original(0..plain.bytes.len()), 0..text.len());
        }
        let plain = Plain::of(b"a%2541b\\\"");
        assert_eq!(&*plain.bytes, b"aAb\"");
        assert_eq!(plain.original(1..2), 1..6);
        assert_eq!((plain.width(0), plain.width(3)), (1, 2));
        assert!(matches!(Plain::of(b"plain text").bytes, Cow::Borrowed(_)));
    }
}
