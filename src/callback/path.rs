//! Paths that would lead out of the folder they are appended to.
//!
//! Servers differ in what they read as a dot segment: decoded once or twice, with
//! `;` and parameters behind it, with a backslash as a slash. All of it counts.

use std::borrow::Cow;

/// How often a path is decoded: some servers do it twice.
const ROUNDS: usize = 3;

/// Whether some server may read a segment of the path as `.` or `..`, or a backslash
/// in it as a slash.
pub fn is_unsafe(path: &str) -> bool {
    let mut text = Cow::Borrowed(path.as_bytes());
    for _ in 0..ROUNDS {
        if has_dot_segment(&text) {
            return true;
        }
        if !text.contains(&b'%') {
            return false;
        }
        text = Cow::Owned(unescaped(&text));
    }
    has_dot_segment(&text)
}

fn has_dot_segment(path: &[u8]) -> bool {
    // 0xC0 and 0xC1 begin overlong forms of ASCII characters, which UTF-8 forbids.
    if path.iter().any(|it| matches!(it, b'\\' | 0xC0 | 0xC1)) {
        return true;
    }
    path.split(|it| *it == b'/').any(|segment| {
        let name = segment.split(|it| *it == b';').next().unwrap_or_default();
        // Some systems ignore white space and further dots at the end of a name.
        name.contains(&b'.') && name.iter().all(|it| *it == b'.' || *it <= b' ')
    })
}

/// The bytes with `%XX` replaced by the byte; anything else stays.
fn unescaped(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let [first, tail @ ..] = rest {
        match rest {
            [b'%', high, low, after @ ..] => match (digit(*high), digit(*low)) {
                (Some(high), Some(low)) => {
                    out.push(high << 4 | low);
                    rest = after;
                }
                _ => {
                    out.push(*first);
                    rest = tail;
                }
            },
            _ => {
                out.push(*first);
                rest = tail;
            }
        }
    }
    out
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
            "/im\\..\\admin",
            "/im%5c..%5cadmin",
            "/im\\x",
            "/..%20/admin",
            "/..%00/admin",
            "/.../admin",
            "/%c0%ae%c0%ae/admin",
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
            "/a;b=../c.d",
        ] {
            assert!(!is_unsafe(path), "{path}");
        }
    }
}
