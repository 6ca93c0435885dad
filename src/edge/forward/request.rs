//! The request that forwards a callback to the local app.

use std::net::SocketAddr;

use anyhow::{Context as _, bail};
use bytes::Bytes;
use http_body_util::Full;
use hyper::{Method, Request, Uri};

use super::headers::end_to_end;
use crate::callback::target::origin_form;
use crate::callback::trouble::reason;
use crate::callback::{Delivery, Headers, path};
use crate::edge::http_client::set_length;

/// End-to-end headers that are not forwarded because they belong to this request:
/// the encodings of the reply (none can be decoded here), the length of its body
/// (which is not chunked), and its host.
const NOT_FORWARDED: [&str; 4] = ["accept-encoding", "content-length", "expect", "host"];

/// Headers by which some frameworks replace the path or the method of a request: a
/// caller would choose what it reaches in the app, and not by POST.
const OVERRIDES: [&str; 5] = [
    "x-http-method",
    "x-http-method-override",
    "x-method-override",
    "x-original-url",
    "x-rewrite-url",
];

/// Lists the forwarders that a call went through, by which a loop is recognized.
/// Not `Via`, which makes some servers behave differently.
pub(super) const VIA: &str = "x-imscope-via";

const FORWARDED_FOR: &str = "x-forwarded-for";
const FORWARDED_HOST: &str = "x-forwarded-host";

/// Whether a call with these headers went through the forwarder with this id.
pub(super) fn was_forwarded_by(id: &str, headers: &Headers) -> bool {
    let mut vias = headers.iter().filter(|(name, _)| *name == VIA);
    vias.any(|(_, value)| value.split(|it| *it == b',').any(|it| it.trim_ascii() == id.as_bytes()))
}

/// The request for a delivery: its path appended to that of the app, its query and
/// body unchanged. `id` is that of the forwarder.
///
/// # Errors
/// A path that must not be appended, or that makes the URL too long.
pub(super) fn outgoing(
    base: &Uri,
    id: &str,
    delivery: &Delivery,
    target: &str,
    body: &[u8],
) -> anyhow::Result<Request<Full<Bytes>>> {
    let method = Method::from_bytes(delivery.method.as_bytes())?;
    let mut request = Request::builder().method(method).uri(url(base, target)?);
    let headers = &delivery.headers;
    for (name, value) in end_to_end(headers) {
        if is_forwarded(name) {
            request = request.header(name, value);
        }
    }
    if let Some(host) = headers.get("host").filter(|_| headers.get(FORWARDED_HOST).is_none()) {
        request = request.header(FORWARDED_HOST, host);
    }
    if let Some(chain) = forwarded_for(delivery) {
        request = request.header(FORWARDED_FOR, chain);
    }
    request = request.header(VIA, id);
    let mut request = request.body(Full::new(Bytes::copy_from_slice(body)))?;
    set_length(&mut request);
    Ok(request)
}

/// Whether a header of a callback is one of the request to the app. Many servers pass
/// `_` and `-` in a name to the app as the same character.
fn is_forwarded(name: &str) -> bool {
    let is = |other: &&str| {
        name.len() == other.len()
            && name
                .bytes()
                .zip(other.bytes())
                .all(|(it, other)| it == other || it == b'_' && other == b'-')
    };
    !NOT_FORWARDED.iter().chain(&OVERRIDES).chain(&[FORWARDED_FOR]).any(is)
}

/// The URL of the app with a path and query appended. The path `/` is not appended.
fn url(base: &Uri, target: &str) -> anyhow::Result<Uri> {
    let target = &*origin_form(target);
    let path = target.split('?').next().unwrap_or_default();
    if path::is_unsafe(path) {
        bail!(reason::unsafe_path());
    }
    let mut parts = base.clone().into_parts();
    let joined = match target.strip_prefix('/') {
        Some(query) if query.is_empty() || query.starts_with('?') => {
            format!("{}{query}", base.path())
        }
        _ => format!("{}{target}", base.path().trim_end_matches('/')),
    };
    parts.path_and_query = Some(joined.parse().with_context(reason::bad_path)?);
    Ok(Uri::from_parts(parts)?)
}

/// The value of `X-Forwarded-For`: the peer appended to those that are there.
fn forwarded_for(delivery: &Delivery) -> Option<Vec<u8>> {
    let peer: Option<SocketAddr> = delivery.peer.parse().ok();
    let earlier = delivery.headers.iter().filter(|(name, _)| *name == FORWARDED_FOR);
    let mut chain: Vec<Vec<u8>> = earlier.map(|(_, value)| value.to_vec()).collect();
    chain.extend(peer.map(|it| it.ip().to_canonical().to_string().into_bytes()));
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
    fn the_path_is_appended_and_the_query_unchanged() {
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
    fn headers_are_forwarded_except_those_of_the_connection() {
        let headers: [(&str, &[u8]); 10] = [
            ("host", b"im.example.com"),
            ("connection", b"keep-alive, X-Hop"),
            ("x-hop", b"1"),
            ("content-length", b"999"),
            ("accept-encoding", b"gzip"),
            ("content-type", b"text/\xff"),
            ("x-twice", b"a"),
            ("x-forwarded-for", b"1.2.3.4"),
            ("x-twice", b"b"),
            ("x-imscope-via", b"there"),
        ];
        let base = Uri::from_static("http://app");
        let sent = outgoing(&base, "here", &call(&headers), "/", b"{}").unwrap();
        let sent: Vec<(&str, &[u8])> =
            sent.headers().iter().map(|(name, value)| (name.as_str(), value.as_bytes())).collect();
        let expected: [(&str, &[u8]); 8] = [
            ("content-type", b"text/\xff"),
            ("x-twice", b"a"),
            ("x-twice", b"b"),
            ("x-imscope-via", b"there"),
            ("x-imscope-via", b"here"),
            ("x-forwarded-host", b"im.example.com"),
            ("x-forwarded-for", b"1.2.3.4, 10.0.0.7"),
            ("content-length", b"2"),
        ];
        assert_eq!(sent, expected);
    }

    #[test]
    fn no_header_replaces_the_path_the_method_or_the_peer() {
        let headers: [(&str, &[u8]); 5] = [
            ("x-original-url", b"/admin"),
            ("x_rewrite_url", b"/admin"),
            ("x-http-method-override", b"DELETE"),
            ("x_forwarded_for", b"6.6.6.6"),
            ("x-original-host", b"h"),
        ];
        let base = Uri::from_static("http://app");
        let sent = outgoing(&base, "here", &call(&headers), "/", b"").unwrap();
        let names: Vec<_> = sent.headers().keys().map(hyper::header::HeaderName::as_str).collect();
        assert_eq!(names, ["x-original-host", FORWARDED_FOR, VIA, "content-length"]);
    }

    #[test]
    fn a_call_that_went_through_a_forwarder_is_known_by_its_id() {
        let is_own =
            |value: &str| was_forwarded_by("7f", &Headers::from_iter([(VIA, value.as_bytes())]));
        assert!(is_own("7f") && is_own("a, 7f") && !is_own("7") && !is_own("7f8"));
    }

    #[test]
    fn a_path_that_leads_elsewhere_is_not_appended() {
        let base = "http://a/im".parse().unwrap();
        assert!(url(&base, "/..%2fadmin").is_err() && url(&base, "http://im/../admin").is_err());
        assert!(url(&base, "/x?y=/../z").is_ok());
    }

    #[test]
    fn an_ipv4_peer_of_an_ipv6_listener_is_forwarded_as_ipv4() {
        let call = Delivery { peer: "[::ffff:10.0.0.7]:5000".into(), ..call(&[]) };
        let sent = outgoing(&Uri::from_static("http://app"), "here", &call, "/", b"").unwrap();
        assert_eq!(sent.headers()[FORWARDED_FOR], "10.0.0.7");
        assert_eq!(sent.headers()["content-length"], "0");
    }

    #[test]
    fn the_public_host_of_a_tunnel_is_forwarded() {
        let headers: [(&str, &[u8]); 2] = [("x-forwarded-host", b"x.ngrok.app"), ("host", b"h")];
        let sent =
            outgoing(&Uri::from_static("http://app"), "here", &call(&headers), "/", b"").unwrap();
        assert_eq!(sent.headers()[FORWARDED_HOST], "x.ngrok.app");
    }
}
