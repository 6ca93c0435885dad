//! Redacts a body that is not JSON, such that the parser finds the same error at the
//! same line and column.
//!
//! Each letter becomes a dot and each digit a 1. Kept are punctuation and white space,
//! and what decides where the parser stops: the words of JSON, a leading 0, the
//! exponent of a number, an escape that is incomplete, and the first byte that is not
//! UTF-8.

/// The words of JSON, of which the last one before the error may be incomplete.
const LITERALS: [&str; 3] = ["true", "false", "null"];

/// The body with personal data replaced. `error` is the offset of the error.
pub(super) fn redact_broken(body: &[u8], error: usize) -> Vec<u8> {
    if let Ok(text) = std::str::from_utf8(body) {
        let (head, tail) = text.split_at(text.floor_char_boundary(error));
        let mut out = String::with_capacity(2 * body.len());
        mask_tokens(head, &mut out);
        out.extend(tail.chars().map(masked));
        return out.into_bytes();
    }
    let mut out = Vec::with_capacity(2 * body.len());
    let mut named = None;
    for chunk in body.utf8_chunks() {
        let text: String = chunk.valid().chars().map(masked).collect();
        out.extend_from_slice(text.as_bytes());
        match (chunk.invalid().first(), named) {
            (None, _) => {}
            (Some(first), None) => {
                named = Some(());
                out.push(*first);
            }
            (Some(_), Some(())) => out.extend_from_slice("•".as_bytes()),
        }
    }
    out
}

/// Masks what the parser has accepted.
fn mask_tokens(text: &str, out: &mut String) {
    let mut rest = text;
    let mut in_string = false;
    while let Some(first) = rest.chars().next() {
        let before = out.chars().next_back();
        let after_digit = before.is_some_and(|it| it.is_ascii_digit());
        let taken = match first {
            '\\' if in_string => mask_escape(rest, out),
            '"' => {
                in_string = !in_string;
                out.push(first);
                1
            }
            'e' | 'E' if !in_string && (after_digit || before == Some('.')) => {
                out.push(first);
                1
            }
            '0' if !in_string && !after_digit => {
                out.push(first);
                1
            }
            _ => match literal(rest) {
                kept @ 1.. if !in_string && !before.is_some_and(char::is_alphanumeric) => {
                    out.push_str(&rest[..kept]);
                    kept
                }
                _ => {
                    out.push(masked(first));
                    first.len_utf8()
                }
            },
        };
        rest = &rest[taken..];
    }
}

/// How many bytes at the start of a text are those of a word of JSON.
fn literal(text: &str) -> usize {
    let common = |word: &&str| word.bytes().zip(text.bytes()).take_while(|(a, b)| a == b).count();
    LITERALS.iter().map(common).max().unwrap_or_default()
}

/// Masks an escape; returns its length. One that is incomplete or wrong stays so, at
/// the same byte.
fn mask_escape(text: &str, out: &mut String) -> usize {
    let is_hex = |it: &str| it.len() == 4 && it.bytes().all(|it| it.is_ascii_hexdigit());
    let is_unicode = text.starts_with("\\u");
    let is_complete = match text.get(2..6) {
        Some(digits) if is_unicode => is_hex(digits),
        _ => !is_unicode && 2 <= text.len(),
    };
    if is_complete {
        let length = if is_unicode { 6 } else { 1 + second_length(text) };
        out.extend(text[..length].chars().map(|_| '•'));
        return length;
    }
    let head = if is_unicode { 2 } else { 1 };
    out.push_str(&text[..head]);
    // In ASCII, because the parser reads four bytes.
    let digits = text[head..].chars().take_while(char::is_ascii_alphanumeric).take(4);
    let digits: String = digits.map(|it| if it.is_ascii_hexdigit() { '0' } else { 'x' }).collect();
    out.push_str(&digits);
    head + digits.len()
}

/// The length in bytes of the second character.
fn second_length(text: &str) -> usize {
    text.chars().nth(1).map_or(0, char::len_utf8)
}

/// What replaces a character.
fn masked(it: char) -> char {
    match it {
        '0'..='9' => '1',
        _ if it.is_ascii_alphabetic() => '•',
        // Also the byte order mark and the punctuation of Chinese text, which the error
        // names.
        _ if it.is_ascii() => it,
        '\u{feff}'
        | '\u{2018}'..='\u{201f}'
        | '\u{3000}'..='\u{303f}'
        | '\u{ff00}'..='\u{ff0f}'
        | '\u{ff1a}'..='\u{ff20}'
        | '\u{ff3b}'..='\u{ff40}'
        | '\u{ff5b}'..='\u{ff65}' => it,
        _ => '•',
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::callback::json::read;

    fn redacted(body: &[u8]) -> String {
        let error = read(body).unwrap_err();
        let redacted = redact_broken(body, error.offset);
        let again = read(&redacted).unwrap_err();
        let place = |it: &crate::callback::json::ParseError| (it.line, it.column);
        assert_eq!((place(&again), &again.reason), (place(&error), &error.reason));
        String::from_utf8_lossy(&redacted).into_owned()
    }

    #[test]
    fn the_error_stays_where_it_is_and_no_text_does() {
        let cases = [
            ("{\"Ann\":\"wang 138\", // mine\n1}", "{\"•••\":\"•••• 111\", // ••••\n1}"),
            ("{\"a\":[true,nulx", "{\"•\":[true,••••"),
            ("{\"a\":1990 b}", "{\"•\":1111 •}"),
            ("{\"a\":01", "{\"•\":01"),
            ("{\"a\":-1.50e05,}", "{\"•\":-1.11e01,}"),
            (r#"{"a":"\"q\u5c0f\x"}"#, r#"{"•":"•••••••••\•"}"#),
            (r#"{"a":"\u12g4"}"#, r#"{"•":"\u00x1"}"#),
            ("{\"a\":\"小\u{1}\"}", "{\"•\":\"•\u{1}\"}"),
            ("name=wang&phone=138", "••••=••••&•••••=111"),
            ("<html>404</html>", "<••••>111</••••>"),
            ("{\"a\":\"小", "{\"•\":\"•"),
            ("{1990:2}", "{1111:1}"),
            ("", ""),
        ];
        for (body, expected) in cases {
            assert_eq!(redacted(body.as_bytes()), expected);
        }
        assert_eq!(redacted(b"name=\xff\xfewang"), "••••=\u{fffd}•••••");
    }
}
