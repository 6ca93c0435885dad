//! Text of a body that is hidden by JSON escapes: `\u5c0f`, `\/`, `\"`.

use std::borrow::Cow;

use super::needle::Needle;
use crate::callback::json_text::unicode_escape;

/// How often escapes are decoded: a string can hold JSON, the strings of which hold JSON.
const MAX_LEVELS: usize = 3;

/// Whether a body contains a text, as written or with its escapes decoded.
pub(super) fn contains(body: &[u8], needle: &Needle) -> bool {
    // A search for letters and digits, the usual one, ends here.
    needle.is_in(body)
        || needle.is_escaped()
            && memchr::memchr(b'\\', body).is_some_and(|it| hides(&body[it..], needle, body))
}

/// As [`contains`], for a body with a first backslash, and not as written.
#[cold]
fn hides(from_backslash: &[u8], needle: &Needle, body: &[u8]) -> bool {
    if !can_hide(from_backslash, needle) {
        return false;
    }
    let mut text = decoded(body);
    for _ in 1..MAX_LEVELS {
        if needle.is_in(&text) || !can_hide(&text, needle) {
            break;
        }
        text = decoded(&text);
    }
    needle.is_in(&text)
}

/// Whether the escapes of a text can be part of what is searched for.
fn can_hide(text: &[u8], needle: &Needle) -> bool {
    let is_escaped = |it: char| matches!(it, '"' | '\\') || it.is_control();
    let any = needle.text().contains(is_escaped);
    let slash = needle.text().contains('/');
    let mut places = memchr::memchr_iter(b'\\', text);
    places
        .any(|it| any || matches!((text.get(it + 1), slash), (Some(b'u'), _) | (Some(b'/'), true)))
}

/// A text to search for, with the letters for which it has escapes beyond ASCII: `\u8bf7`
/// is 请. What is searched for is found in either form.
pub(super) fn letters(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("\\u") {
        let escape = unicode_escape(&rest.as_bytes()[at..]).filter(|(it, _)| !it.is_ascii());
        let end = at + escape.map_or(2, |(_, length)| length);
        match escape {
            Some((char, _)) => out.extend([&rest[..at], char.encode_utf8(&mut [0; 4])]),
            None => out.push_str(&rest[..end]),
        }
        rest = &rest[end..];
    }
    if rest.len() == text.len() { Cow::Borrowed(text) } else { Cow::Owned(out + rest) }
}

/// A text with its escapes decoded; what is none stays.
fn decoded(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'\\', rest) {
        out.extend_from_slice(&rest[..at]);
        rest = &rest[at..];
        let (char, length) = escape(rest).unwrap_or(('\\', 1));
        out.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes());
        rest = &rest[length..];
    }
    out.extend_from_slice(rest);
    out
}

/// The character of the escape that a text begins with, and its length.
fn escape(text: &[u8]) -> Option<(char, usize)> {
    let char = match text.get(1)? {
        b'u' => return unicode_escape(text),
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        other @ (b'"' | b'\\' | b'/') => char::from(*other),
        _ => return None,
    };
    Some((char, 2))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn finds(body: &str, word: &str) -> bool {
        contains(body.as_bytes(), &Needle::folded(word))
    }

    #[test]
    fn text_is_found_however_the_body_writes_it() {
        let body = r#"{"Text":"\u7ea2\u5305 http:\/\/x \ud83d\ude00 say \"hi\"\n\u00c9","a":1}"#;
        for word in ["红包", "红", "http://x", "😀", "say \"hi\"", "é", "hi\\", "u7ea2"] {
            assert!(finds(body, word), "{word}");
        }
        for word in ["绿", "http:/x", "😁", "包红"] {
            assert!(!finds(body, word), "{word}");
        }
        assert!(finds(r#"{"Data":"{\"a\":\"\\u5c0f\"}"}"#, "\"a\":\"小\""), "JSON in a string");
        assert!(!finds(r#"{"Data":"\\u5c0f"}"#, "明"));
        assert!(!finds("\\u5c", "小") && !finds("\\", "小") && !finds(r"\ud83dx", "小"));
    }

    #[test]
    fn a_text_that_is_typed_as_an_escape_is_found_in_either_form() {
        for (text, typed) in [
            (r"\u8bf7", "请"),
            (r"a\u8BF7\ud83d\ude00b", "a请😀b"),
            (r"\u0041\u8b \", r"\u0041\u8b \"),
            ("plain", "plain"),
        ] {
            assert_eq!(letters(text), typed, "{text}");
        }
        for body in [r#"{"a":"请"}"#, r#"{"a":"\u8bf7"}"#, r#"{"a":"{\"b\":\"\\u8BF7\"}"}"#] {
            assert!(finds(body, &letters(r"\u8bf7")), "{body}");
        }
    }

    proptest! {
        #[test]
        fn a_word_is_found_in_any_json_string_that_holds_it(
            before in "[a-c小/\"\\\\]{0,8}", word in "[b-d小é/\"\\\\]{1,4}", levels in 1_usize..4,
        ) {
            let mut body = format!("{before}{word}");
            for _ in 0..levels {
                let plain = serde_json::to_string(&body).unwrap();
                let escaped = plain.chars().map(|it| match it.is_ascii() {
                    true => it.to_string(),
                    false => format!("\\u{:04x}", u32::from(it)),
                });
                body = escaped.collect();
            }
            prop_assert!(finds(&body, &word), "{} in {}", word, body);
        }

        #[test]
        fn no_bytes_are_too_odd(body in prop::collection::vec(any::<u8>(), 0..40), slash in "[/小\"]") {
            let body = [b"\\u".as_slice(), &body].concat();
            contains(&body, &Needle::folded(&slash));
        }
    }
}
