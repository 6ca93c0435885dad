//! JSON with characters in place of their escapes.

use std::borrow::Cow;
use std::ops::Range;

use crate::callback::printable::is_hidden;

/// JSON with the character in place of each `\uXXXX`. What JSON must escape, hidden
/// characters and halves of surrogate pairs stay as written.
pub fn readable(json: &str) -> Cow<'_, str> {
    if !json.contains("\\u") {
        return Cow::Borrowed(json);
    }
    let mut out = String::with_capacity(json.len());
    for (written, shown) in parts(json) {
        match shown {
            Some(it) => out.push(it),
            None => out.push_str(written),
        }
    }
    Cow::Owned(out)
}

/// A text in parts: each as written, with the character to be shown in its place.
fn parts(json: &str) -> impl Iterator<Item = (&str, Option<char>)> {
    let mut rest = json;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        // Any other escape has two characters.
        let two = || rest.chars().take(2).map(char::len_utf8).sum();
        let (shown, len) = match rest.find('\\') {
            None => (None, rest.len()),
            Some(0) => unicode_escape(rest.as_bytes())
                .map_or_else(|| (None, two()), |(it, len)| (Some(it), len)),
            Some(at) => (None, at),
        };
        let (written, after) = rest.split_at(len);
        rest = after;
        Some((written, shown.filter(|it| !matches!(it, '"' | '\\') && !is_hidden(*it))))
    })
}

/// A readable text, and where each part of it is in the bytes it was made of.
#[derive(Debug, Default)]
pub struct Located {
    /// The text.
    pub text: String,
    /// The start of each part in the text and in the bytes, and whether one is shown for
    /// the other as a whole.
    parts: Vec<(usize, usize, bool)>,
    bytes: usize,
}

impl Located {
    /// The readable text of bytes; what is not UTF-8 is replaced. With `decodes` it has
    /// the characters in place of their escapes.
    pub fn of(bytes: &[u8], decodes: bool) -> Self {
        let mut it = Self::default();
        for chunk in bytes.utf8_chunks() {
            if decodes {
                parts(chunk.valid()).for_each(|(written, shown)| it.push(written, shown));
            } else {
                it.push(chunk.valid(), None);
            }
            if !chunk.invalid().is_empty() {
                it.parts.push((it.text.len(), it.bytes, true));
                it.text.push('\u{fffd}');
                it.bytes += chunk.invalid().len();
            }
        }
        it
    }

    fn push(&mut self, written: &str, shown: Option<char>) {
        self.parts.push((self.text.len(), self.bytes, shown.is_some()));
        match shown {
            Some(it) => self.text.push(it),
            None => self.text.push_str(written),
        }
        self.bytes += written.len();
    }

    /// The bytes that a range of the text was made of.
    pub fn origin(&self, range: &Range<usize>) -> Range<usize> {
        let part = |at: usize| self.parts.partition_point(|it| it.0 <= at).saturating_sub(1);
        let Some(&(text, bytes, is_whole)) = self.parts.get(part(range.start)) else { return 0..0 };
        let start = if is_whole { bytes } else { bytes + range.start - text };
        let last = part(range.end.saturating_sub(1).max(range.start));
        let (text, bytes, is_whole) = self.parts[last];
        let end = match is_whole {
            true => self.parts.get(last + 1).map_or(self.bytes, |it| it.1),
            false => bytes + range.end - text,
        };
        start..end
    }
}

/// The character of the `\uXXXX`, or pair of surrogates, that a text begins with, and how
/// long that is.
pub fn unicode_escape(text: &[u8]) -> Option<(char, usize)> {
    let unit = |at: usize| {
        let digits = text.get(at..at + 6)?.strip_prefix(b"\\u")?;
        let is_hex = digits.iter().all(u8::is_ascii_hexdigit);
        let digits = std::str::from_utf8(digits).ok().filter(|_| is_hex)?;
        u16::from_str_radix(digits, 16).ok()
    };
    // The second one is read only if the first is half of a pair.
    let char = char::decode_utf16([0, 6].into_iter().map_while(unit)).next()?.ok()?;
    Some((char, 6 * char.len_utf16()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::callback::json::read;

    #[test]
    fn escapes_of_what_can_be_seen_are_decoded() {
        let cases = [
            (r#""\u5c0f\u660e \ud83d\ude00""#, r#""小明 😀""#),
            (r#""\u0022 \u005c \n""#, r#""\u0022 \u005c \n""#),
            (r#""\\u5c0f \\\u5c0f""#, r#""\\u5c0f \\小""#),
            (r#""\u001b[31m \u202e \u009b""#, r#""\u001b[31m \u202e \u009b""#),
            (r#""\ud83d \ude00x \u12""#, r#""\ud83d \ude00x \u12""#),
        ];
        for (json, shown) in cases {
            assert_eq!(readable(json), shown);
        }
    }

    #[test]
    fn a_place_in_the_text_is_that_of_the_bytes() {
        let body = b"{\"\\u7ea2\\u5305\":\"\xff\\\\u7ea2 a\"}";
        let it = Located::of(body, true);
        let origin = |part: &str| {
            let at = it.text.find(part).unwrap();
            body[it.origin(&(at..at + part.len()))].to_vec()
        };
        assert_eq!(origin("红包"), b"\\u7ea2\\u5305");
        assert_eq!(origin("包"), b"\\u5305");
        assert_eq!(origin("包\":\"\u{fffd}"), b"\\u5305\":\"\xff");
        assert_eq!(origin("u7ea2 a"), b"u7ea2 a");
        let plain = Located::of(body, false);
        assert_eq!(plain.text, String::from_utf8_lossy(body));
        assert_eq!(Located::of(b"", true).origin(&(0..0)), 0..0);
    }

    proptest! {
        #[test]
        fn the_value_stays_the_same(text in any::<String>()) {
            let units: String = text.encode_utf16().fold(String::new(), |all, it| format!("{all}\\u{it:04x}"));
            let json = format!("\"{units}\"");
            let shown = readable(&json);
            prop_assert_eq!(read(shown.as_bytes()).unwrap().as_str().unwrap(), text);
            prop_assert!(!shown.contains(is_hidden));
        }
    }
}
