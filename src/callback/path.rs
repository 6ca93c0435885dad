//! Paths that would lead out of the folder they are appended to.
//!
//! Servers differ in what they read as a dot segment: decoded once or twice, with
//! `;` and parameters behind it, with a backslash as a slash, with characters that
//! look like these. All of it counts.

use std::borrow::Cow;

use super::printable::is_hidden;

/// How often a path is decoded: until nothing changes, and one that still changes after
/// so often is unsafe.
const ROUNDS: usize = 8;

/// Whether some server may read a segment of the path as `.` or `..`, or a backslash
/// in it as a slash.
pub fn is_unsafe(path: &str) -> bool {
    let mut text = Cow::Borrowed(path.as_bytes());
    for _ in 0..ROUNDS {
        if has_dot_segment(&text) {
            return true;
        }
        let decoded = unescaped(&text);
        if *text == *decoded {
            return false;
        }
        text = Cow::Owned(decoded);
    }
    true
}

fn has_dot_segment(path: &[u8]) -> bool {
    if has_overlong_form(path) {
        return true;
    }
    let path: String = String::from_utf8_lossy(path).chars().map(as_ascii).collect();
    path.contains('\\') || path.split('/').any(is_dots)
}

/// Whether a segment consists of dots, without its parameters. Some systems ignore
/// white space and further dots at the end of a name, others what they cannot decode.
fn is_dots(segment: &str) -> bool {
    let name = segment.split([';', '?', '#']).next().unwrap_or_default();
    let is_ignored = |it: char| it.is_whitespace() || is_hidden(it) || it == '\u{fffd}';
    name.contains('.') && name.chars().all(|it| it == '.' || is_ignored(it))
}

/// Whether an ASCII character is encoded in more bytes than one, which UTF-8 forbids.
fn has_overlong_form(path: &[u8]) -> bool {
    path.iter().any(|it| matches!(it, 0xC0 | 0xC1))
        || path.windows(2).any(|it| matches!(it, [0xE0, 0x80..0xA0] | [0xF0, 0x80..0x90]))
}

/// The dot, slash or backslash that some systems replace a character with.
const fn as_ascii(it: char) -> char {
    match it {
        '\u{2024}'..='\u{2026}' | '\u{fe52}' | '\u{ff0e}' => '.',
        '\u{2044}' | '\u{2215}' | '\u{ff0f}' => '/',
        '\u{2216}' | '\u{fe68}' | '\u{ff3c}' => '\\',
        _ => it,
    }
}

/// The bytes with `%XX` replaced by the byte, and `%uXXXX`, which old servers read,
/// by the character; anything else stays.
fn unescaped(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let [first, tail @ ..] = rest {
        if let Some((it, after)) = character(rest) {
            out.extend_from_slice(it.encode_utf8(&mut [0; 4]).as_bytes());
            rest = after;
        } else if let Some((it, after)) = byte(rest) {
            out.push(it);
            rest = after;
        } else {
            out.push(*first);
            rest = tail;
        }
    }
    out
}

/// The byte of a `%XX` at the beginning, and what follows.
fn byte(text: &[u8]) -> Option<(u8, &[u8])> {
    let [b'%', high, low, after @ ..] = text else { return None };
    Some((digit(*high)? << 4 | digit(*low)?, after))
}

/// The character of a `%uXXXX` at the beginning, and what follows.
fn character(text: &[u8]) -> Option<(char, &[u8])> {
    let [b'%', b'u', digits @ ..] = text else { return None };
    let (digits, after) = digits.split_first_chunk::<4>()?;
    let code = digits.iter().try_fold(0, |code, it| Some(code << 4 | u32::from(digit(*it)?)));
    Some((char::from_u32(code?)?, after))
}

fn digit(hex: u8) -> Option<u8> {
    char::from(hex).to_digit(16).and_then(|it| u8::try_from(it).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dot_segments_are_found_in_all_their_forms() {
        for path in [
            "/../admin",
            "/im/..",
            "/im/./x",
            "/%2e%2E/admin",
            "/.%2e/admin",
            "/..;/admin",
            "/..;a=1/admin",
            "/im%2f..%2fadmin",
            "/im%2F%2e%2e%2Fadmin",
            "/%252e%252e/admin",
            "/%2525252e%2525252e/admin",
            "/%25252525252525252e/admin",
            "/%25252525252525252525252541",
            "/im\\..\\admin",
            "/im%5c..%5cadmin",
            "/im\\x",
            "/..%20/admin",
            "/..%00/admin",
            "/.../admin",
            "/%c0%ae%c0%ae/admin",
            "/%e0%80%ae%e0%80%ae/admin",
            "/%f0%80%80%ae%f0%80%80%ae/admin",
            "/%u002e%u002e/admin",
            "/..%u2216admin",
            "/..%3fx/admin",
            "/..%23/admin",
            "/..%ff/admin",
            "/..%c2%a0/admin",
            "/.%e2%80%8b./admin",
            "/%ef%bc%8e%ef%bc%8e/admin",
            "/%e2%80%a5/admin",
            "/..%ef%bc%8fadmin",
            "/．．/admin",
            "http://im/../admin",
        ] {
            assert!(is_unsafe(path), "{path}");
        }
    }

    #[test]
    fn other_paths_are_safe() {
        for path in [
            "",
            "/",
            "/im/callback.php",
            "/.well-known/im",
            "/a..b/c",
            "/..a",
            "/im%2Fcallback",
            "/100%/x",
            "/%zz",
            "/回调",
            "/%e5%9b%9e%ff",
            "/%u56de",
            "/a;b=../c.d",
        ] {
            assert!(!is_unsafe(path), "{path}");
        }
    }
}
