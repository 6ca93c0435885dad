//! Recognizes calls that a browser made.

use super::headers::Headers;

/// Whether a web page made the call. Browsers send `Origin` with every POST, and
/// `Sec-Fetch-Site` with every request; the latter is `none` if the user typed the
/// address. Tencent sends neither.
pub fn is_from_page(headers: &Headers) -> bool {
    let block = headers.as_bytes();
    // Checks a line only at its beginning: this is on the path of each callback.
    let is_of_page = |start: usize| match &block[start..] {
        [b'o', line @ ..] => line.starts_with(b"rigin: "),
        [b's', line @ ..] => {
            let site = line.strip_prefix(b"ec-fetch-site: ");
            site.is_some_and(|it| !it.starts_with(b"none\n"))
        }
        _ => false,
    };
    is_of_page(0)
        || may_have_line_of_page(block)
            && memchr::memchr_iter(b'\n', block).any(|end| is_of_page(end + 1))
}

/// Whether a line but the first one begins as those of a page; without an early end, so
/// that many places are compared at once.
fn may_have_line_of_page(block: &[u8]) -> bool {
    let places = block.iter().zip(block.get(1..).unwrap_or_default());
    let begins = |(before, first): (&u8, &u8)| {
        u8::from(*before == b'\n') & u8::from(matches!(first, b'o' | b's'))
    };
    places.fold(0, |any, it| any | begins(it)) != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_known_by_its_origin_or_the_site_it_fetches_from() {
        let check = |name, value: &str| {
            let pairs = [("host", &b"x"[..]), (name, value.as_bytes()), ("accept", b"*/*")];
            is_from_page(&pairs.into_iter().collect())
        };
        for (name, value) in [
            ("origin", "https://page.example"),
            ("origin", "null"),
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-origin"),
        ] {
            assert!(check(name, value), "{name}: {value}");
        }
        for (name, value) in [("sec-fetch-site", "none"), ("x-origin", "a"), ("x", "origin: a")] {
            assert!(!check(name, value), "{name}: {value}");
        }
    }
}
