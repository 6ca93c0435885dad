//! The headers that pass from end to end: all but those of a connection.

use std::str;

use hyper::HeaderMap;
use hyper::header::{CONNECTION, CONTENT_LENGTH, CONTENT_TYPE};

use crate::callback::Headers;

/// Headers of a connection (RFC 9110, 7.6.1, and those of before it).
const OF_A_CONNECTION: [&str; 8] = [
    "connection",
    "keep-alive",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// The end-to-end headers among these.
pub(super) fn end_to_end(headers: &Headers) -> impl Iterator<Item = (&str, &[u8])> {
    let named = headers.iter().filter(|(name, _)| *name == CONNECTION.as_str());
    let named = named.filter_map(|(_, value)| str::from_utf8(value).ok());
    let named: Vec<&str> = named.flat_map(|it| it.split(',')).map(str::trim).collect();
    headers.iter().filter(move |(name, _)| {
        !OF_A_CONNECTION.contains(name) && !named.iter().any(|it| it.eq_ignore_ascii_case(name))
    })
}

/// The headers of a reply that are passed back and shown, besides its type and the
/// length of its body.
pub(super) fn of_reply(headers: &HeaderMap) -> Headers {
    let all = headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes())).collect();
    let is_set = |name| name == CONTENT_TYPE.as_str() || name == CONTENT_LENGTH.as_str();
    end_to_end(&all).filter(|(name, _)| !is_set(*name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_of_the_connection_and_those_that_it_names_are_removed() {
        let headers = Headers::from_iter([
            ("connection", &b"close, X-Hop"[..]),
            ("x-hop", b"1"),
            ("keep-alive", b"timeout=5"),
            ("location", b"/im/"),
            ("transfer-encoding", b"chunked"),
            ("set-cookie", b"a=\xff"),
        ]);
        let passed: Vec<_> = end_to_end(&headers).collect();
        assert_eq!(passed, [("location", &b"/im/"[..]), ("set-cookie", b"a=\xff")]);
    }
}
