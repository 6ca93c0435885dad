//! A callback as a request to the local app.

use std::net::SocketAddr;

use anyhow::Context as _;
use bytes::Bytes;
use http_body_util::Full;
use hyper::http::uri::PathAndQuery;
use hyper::{Method, Request, Uri};

use crate::callback::{Delivery, Headers};

/// Headers that are about one connection and not about the callback; and
/// three that are ours to say: whom we call, how long the body is (as it came,
/// whatever its chunks were), and in which form we can read the reply (plain).
const NOT_PASSED_ON: [&str; 12] = [
    "accept-encoding",
    "connection",
    "content-length",
    "expect",
    "host",
    "keep-alive",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

const FORWARDED_FOR: &str = "x-forwarded-for";
const FORWARDED_HOST: &str = "x-forwarded-host";

/// The request that brings a call to the app: the path appended to the app's
/// own, the query and the body as they are.
pub(super) fn outgoing(
    base: &Uri,
    call: &Delivery,
    target: &str,
    body: &[u8],
) -> anyhow::Result<Request<Full<Bytes>>> {
    let method = Method::from_bytes(call.method.as_bytes())?;
    let mut request = Request::builder().method(method).uri(url(base, target)?);
    let headers = &call.headers;
    let named = named_in_connection(headers);
    let passed = |name: &str| {
        !NOT_PASSED_ON.contains(&name) && !named.iter().any(|it| it.eq_ignore_ascii_case(name))
    };
    for (name, value) in headers.iter().filter(|(name, _)| passed(name) && *name != FORWARDED_FOR) {
        request = request.header(name, value);
    }
    if let Some(host) = headers.get("host").filter(|_| headers.get(FORWARDED_HOST).is_none()) {
        request = request.header(FORWARDED_HOST, host);
    }
    if let Some(chain) = forwarded_for(call) {
        request = request.header(FORWARDED_FOR, chain);
    }
    Ok(request.body(Full::new(Bytes::copy_from_slice(body)))?)
}

/// The app's URL with a callback's path and query behind it. A call to the root
/// goes to the URL as it was given.
fn url(base: &Uri, target: &str) -> anyhow::Result<Uri> {
    let absolute: Uri;
    let target = if target.starts_with('/') {
        target
    } else {
        // A proxy's form of a request line, with scheme and host.
        absolute = target.parse().context("the request line has no path")?;
        absolute.path_and_query().map_or("/", PathAndQuery::as_str)
    };
    let mut parts = base.clone().into_parts();
    let joined = match target.strip_prefix('/') {
        Some(query) if query.is_empty() || query.starts_with('?') => {
            format!("{}{query}", base.path())
        }
        _ => format!("{}{target}", base.path().trim_end_matches('/')),
    };
    parts.path_and_query = Some(joined.parse().context("the path is too long, or none")?);
    Ok(Uri::from_parts(parts)?)
}

/// Headers that the sender names as being about the connection.
fn named_in_connection(headers: &Headers) -> Vec<&str> {
    let values = headers.iter().filter(|(name, _)| *name == "connection");
    let values = values.filter_map(|(_, value)| std::str::from_utf8(value).ok());
    values.flat_map(|it| it.split(',')).map(str::trim).collect()
}

/// Who the call came from, behind those it had come from before.
fn forwarded_for(call: &Delivery) -> Option<Vec<u8>> {
    let peer: Option<SocketAddr> = call.peer.parse().ok();
    let before = call.headers.iter().filter(|(name, _)| *name == FORWARDED_FOR);
    let mut chain: Vec<Vec<u8>> = before.map(|(_, value)| value.to_vec()).collect();
    chain.extend(peer.map(|it| it.ip().to_string().into_bytes()));
    (!chain.is_empty()).then(|| chain.join(&b", "[..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(headers: &[(&str, &[u8])]) -> Delivery {
        Delivery {
            method: "POST".into(),
            peer: "10.0.0.7:5000".into(),
            headers: headers.iter().copied().collect(),
            ..Delivery::default()
        }
    }

    #[test]
    fn the_path_is_appended_and_the_query_left_alone() {
        let cases = [
            ("http://a:1", "/?", "http://a:1/?"),
            ("http://a/", "/im?a=%2F&b=+&b", "http://a/im?a=%2F&b=+&b"),
            ("https://a/api/", "/", "https://a/api/"),
            ("https://a/api", "/", "https://a/api"),
            ("https://a/api", "/?b=/", "https://a/api?b=/"),
            ("http://a/api", "/x//y?Sign=1", "http://a/api/x//y?Sign=1"),
            ("http://a/api", "http://im/x?y=1", "http://a/api/x?y=1"),
            ("http://[::1]:8/", "/回调?q=小", "http://[::1]:8/回调?q=小"),
        ];
        for (base, target, expected) in cases {
            assert_eq!(url(&base.parse().unwrap(), target).unwrap().to_string(), expected);
        }
    }

    #[test]
    fn headers_pass_but_for_those_of_the_connection() {
        let headers: [(&str, &[u8]); 9] = [
            ("host", b"im.example.com"),
            ("connection", b"keep-alive, X-Hop"),
            ("x-hop", b"1"),
            ("content-length", b"999"),
            ("accept-encoding", b"gzip"),
            ("content-type", b"text/\xff"),
            ("x-twice", b"a"),
            ("x-forwarded-for", b"1.2.3.4"),
            ("x-twice", b"b"),
        ];
        let base = Uri::from_static("http://app");
        let sent = outgoing(&base, &call(&headers), "/", b"{}").unwrap();
        let sent: Vec<(&str, &[u8])> =
            sent.headers().iter().map(|(name, value)| (name.as_str(), value.as_bytes())).collect();
        let expected: [(&str, &[u8]); 5] = [
            ("content-type", b"text/\xff"),
            ("x-twice", b"a"),
            ("x-twice", b"b"),
            ("x-forwarded-host", b"im.example.com"),
            ("x-forwarded-for", b"1.2.3.4, 10.0.0.7"),
        ];
        assert_eq!(sent, expected);
    }

    #[test]
    fn the_public_host_of_a_tunnel_is_kept() {
        let headers: [(&str, &[u8]); 2] = [("x-forwarded-host", b"x.ngrok.app"), ("host", b"h")];
        let sent = outgoing(&Uri::from_static("http://app"), &call(&headers), "/", b"").unwrap();
        assert_eq!(sent.headers()[FORWARDED_HOST], "x.ngrok.app");
    }
}
