//! Recognizes calls that a browser made.

use super::delivery::Headers;

/// Whether a web page made the call. Browsers send `Origin` with every POST, and
/// `Sec-Fetch-Site` with every request; the latter is `none` if the user typed the
/// address. Tencent sends neither.
pub fn is_from_page(headers: &Headers) -> bool {
    let lines = headers.as_bytes();
    let mut start = 0;
    for end in memchr::memchr_iter(b'\n', lines) {
        let line = &lines[start..end];
        start = end + 1;
        match line.strip_prefix(b"sec-fetch-site: ") {
            Some(site) if site != b"none" => return true,
            _ if line.starts_with(b"origin: ") => return true,
            _ => {}
        }
    }
    false
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
