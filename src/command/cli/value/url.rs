//! Parsers of addresses and URLs. What is wrong in one is marked below it.

use std::net::{Ipv4Addr, SocketAddr};

use hyper::Uri;

use super::marked;

/// `127.0.0.1:9527`, `[::1]:9527`, `localhost:9527` or `9527`; without an address,
/// 127.0.0.1.
pub(in crate::command::cli) fn address(text: &str) -> Result<SocketAddr, String> {
    let (host, port) = split_port(text);
    let port = match port {
        None if is_digits(text) => Some(text),
        port => port,
    };
    if let Some(port) = port {
        let number = port_number(text, port)?;
        if matches!(host, "localhost") || port == text {
            return Ok((Ipv4Addr::LOCALHOST, number).into());
        }
    }
    let expected = "expected an address and a port, such as 127.0.0.1:9527";
    text.parse().map_err(|_| expected.to_owned())
}

/// An http or https URL; the default scheme is http, and a port alone is one of this
/// machine.
pub(in crate::command::cli) fn url(text: &str) -> Result<Uri, String> {
    let expected = "expected a URL, such as http://127.0.0.1:9527 or https://example.com/im";
    let (scheme, rest) = text.split_once("://").unwrap_or(("", text));
    let authority = &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())];
    let (host, port) = split_port(authority.rsplit_once('@').map_or(authority, |(_, it)| it));
    let full = match scheme {
        "" if is_digits(authority) => {
            if port_number(text, authority)? == 0 {
                return Err(port_error(text, authority));
            }
            format!("http://{}:{rest}", Ipv4Addr::LOCALHOST)
        }
        "" if is_bare_word(authority) => {
            return Err(format!(
                "expected a URL or a port; if `{authority}` is a host, write http://{rest}"
            ));
        }
        "" => format!("http://{text}"),
        _ => text.to_owned(),
    };
    if let Some(port) = port
        && port_number(text, port)? == 0
    {
        return Err(port_error(text, port));
    }
    if !scheme.is_empty() && is_digits(host) {
        let wrong = "the host is a number; a port of this machine is written without http://";
        return Err(marked(text, host, wrong));
    }
    let url: Option<Uri> = full.parse().ok();
    url.filter(|it| matches!(it.scheme_str(), Some("http" | "https")))
        .filter(|it| it.host().is_some_and(|host| !host.is_empty()))
        .ok_or_else(|| expected.to_owned())
}

/// A URL to which paths are appended: without a query, and without user and
/// password, which would be ignored.
pub(in crate::command::cli) fn base(text: &str) -> Result<Uri, String> {
    let url = url(text)?;
    if url.query().is_some() {
        return Err("expected a URL without a query".to_owned());
    }
    if url.authority().is_some_and(|it| it.as_str().contains('@')) {
        return Err("expected a URL without user and password".to_owned());
    }
    Ok(url)
}

/// Host and port; colons within brackets belong to the host.
fn split_port(text: &str) -> (&str, Option<&str>) {
    match text.rsplit_once(':') {
        Some((host, port))
            if !port.contains(']') && (host.starts_with('[') || !host.contains(':')) =>
        {
            (host, Some(port))
        }
        _ => (text, None),
    }
}

fn port_number(text: &str, port: &str) -> Result<u16, String> {
    // Not `parse` alone, which accepts a sign.
    let number = Some(port).filter(|it| is_digits(it)).and_then(|it| it.parse().ok());
    number.ok_or_else(|| port_error(text, port))
}

fn port_error(text: &str, port: &str) -> String {
    marked(text, port, "the port is not a number from 1 to 65535")
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit())
}

/// Whether a text without a scheme may be a mistyped command or file rather than a
/// host.
fn is_bare_word(authority: &str) -> bool {
    authority != "localhost" && !authority.contains(['.', ':', '['])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_alone_is_on_the_loopback_address() {
        let shown = ["9527", "localhost:80", "[::1]:1", "0.0.0.0:0"]
            .map(|it| address(it).unwrap().to_string());
        assert_eq!(shown, ["127.0.0.1:9527", "127.0.0.1:80", "[::1]:1", "0.0.0.0:0"]);
        for wrong in ["", ":80", "example.com:80", "127.0.0.1", "::1"] {
            assert!(address(wrong).unwrap_err().starts_with("expected an address"), "{wrong}");
        }
        let urls = ["8080", "8080/im", "localhost", "localhost:9527/im?x", "app:80", "10.0.0.1"]
            .map(|it| url(it).unwrap().to_string());
        let expected = [
            "http://127.0.0.1:8080/",
            "http://127.0.0.1:8080/im",
            "http://localhost/",
            "http://localhost:9527/im?x",
            "http://app:80/",
            "http://10.0.0.1/",
        ];
        assert_eq!(urls, expected);
    }

    #[test]
    fn a_wrong_port_is_marked() {
        let wrong = "the port is not a number from 1 to 65535";
        for (text, port) in [
            ("http://127.0.0.1:99999/cb", "99999"),
            ("http://127.0.0.1:80a/cb", "80a"),
            ("http://[::1]:-5/cb", "-5"),
            ("http://me:pw@host:+1", "+1"),
            ("http://host:/", ""),
            ("127.0.0.1:65536", "65536"),
            ("http://host:0", "0"),
            ("70000", "70000"),
        ] {
            let at = text.rfind(&format!(":{port}")).map_or(0, |it| it + 1);
            let mark = "^".repeat(port.len().max(1));
            let expected = format!("{wrong}\n\n  {text}\n  {}{mark}", " ".repeat(at));
            assert_eq!(url(text), Err(expected), "{text}");
        }
        for text in ["127.0.0.1:99999", "[::1]:x", "70000", "localhost:-1"] {
            assert!(address(text).unwrap_err().starts_with(wrong), "{text}");
        }
    }

    #[test]
    fn what_is_no_url_is_an_error() {
        for wrong in ["", "ftp://a.b", "http://", "http://a b", ":8080"] {
            assert!(url(wrong).is_err(), "{wrong}");
        }
        assert_eq!(
            url("foo/im").unwrap_err(),
            "expected a URL or a port; if `foo` is a host, write http://foo/im"
        );
        assert!(url("http://foo/im").is_ok());
        assert!(url("http://8080/").unwrap_err().starts_with("the host is a number"));
        assert!(base("localhost:1/im").is_ok());
        assert!(base("http://a/?b").is_err() && base("http://me:pw@a").is_err());
    }
}
