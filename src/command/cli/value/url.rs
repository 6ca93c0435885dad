//! Parsers of addresses and URLs. What is wrong in one is marked below it.

use std::net::{Ipv4Addr, SocketAddr};

use hyper::Uri;

use super::{marked, wrong};
use crate::callback::Lang;
use crate::callback::callback_url::{Level, findings};
use crate::callback::lang::{Localized, localize};

/// `127.0.0.1:9527`, `[::1]:9527`, `localhost:9527` or `9527`; without an address,
/// 127.0.0.1.
pub(in crate::command::cli) fn address(text: &str, lang: Lang) -> Result<SocketAddr, String> {
    let (host, port) = split_port(text);
    let port = match port {
        None if is_digits(text) => Some(text),
        port => port,
    };
    if let Some(port) = port {
        let number = port_number(text, port, lang)?;
        if matches!(host, "localhost") || port == text {
            return Ok((Ipv4Addr::LOCALHOST, number).into());
        }
    }
    text.parse().or_else(|_| {
        wrong(
            lang,
            "expected an address and a port, such as 127.0.0.1:9527",
            "应为地址与端口，如 127.0.0.1:9527",
        )
    })
}

/// An http or https URL; the default scheme is http, and a port alone is one of this
/// machine.
pub(in crate::command::cli) fn url(text: &str, lang: Lang) -> Result<Uri, String> {
    let (scheme, rest) = text.split_once("://").unwrap_or(("", text));
    let authority = &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())];
    let (host, port) = split_port(authority.rsplit_once('@').map_or(authority, |(_, it)| it));
    let full = full(text, lang)?;
    if let Some(port) = port
        && port_number(text, port, lang)? == 0
    {
        return Err(port_error(text, port, lang));
    }
    if !scheme.is_empty() && is_digits(host) {
        const NUMBER: Localized = Localized::new(
            "the host is a number; a port of this machine is written without http://",
            "主机名是数字；本机端口不要写 http://",
        );
        return Err(marked(text, host, NUMBER.text(lang)));
    }
    let url: Option<Uri> = full.parse().ok();
    let url = url
        .filter(|it| matches!(it.scheme_str(), Some("http" | "https")))
        .filter(|it| it.host().is_some_and(|host| !host.is_empty()));
    match url {
        Some(url) => Ok(url),
        None => wrong(
            lang,
            "expected a URL, such as http://127.0.0.1:9527 or https://example.com/im",
            "应为 URL，如 http://127.0.0.1:9527 或 https://example.com/im",
        ),
    }
}

/// The URL with its scheme, and of a port with its host.
fn full(text: &str, lang: Lang) -> Result<String, String> {
    let (scheme, rest) = text.split_once("://").unwrap_or(("", text));
    let authority = &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())];
    Ok(match scheme {
        "" if is_digits(authority) => {
            if port_number(text, authority, lang)? == 0 {
                return Err(port_error(text, authority, lang));
            }
            format!("http://{}:{rest}", Ipv4Addr::LOCALHOST)
        }
        "" if is_bare_word(authority) => {
            return Err(localize!(
                lang,
                "expected a URL or a port; if `{authority}` is a host, write http://{rest}",
                "应为 URL 或端口；若 `{authority}` 是主机名，请写 http://{rest}"
            ));
        }
        "" => format!("http://{text}"),
        _ => text.to_owned(),
    })
}

/// A URL to which paths are appended: without a query, and without user and
/// password, which would be ignored.
pub(in crate::command::cli) fn base(text: &str, lang: Lang) -> Result<Uri, String> {
    let url = url(text, lang)?;
    if url.query().is_some() {
        return wrong(lang, "expected a URL without a query", "URL 中不能有查询参数");
    }
    if url.authority().is_some_and(|it| it.as_str().contains('@')) {
        return wrong(lang, "expected a URL without user and password", "URL 中不能有用户名与密码");
    }
    Ok(url)
}

/// A public URL as it stands in the console.
pub(in crate::command::cli) fn public_url(text: &str, lang: Lang) -> Result<String, String> {
    let findings = findings(text);
    let problems = findings.iter().filter(|it| it.level() == Level::Failure);
    let problems: Vec<_> = problems.map(|it| it.message(lang)).collect();
    match problems.is_empty() {
        true => Ok(text.to_owned()),
        false => Err(problems.join(localize!(lang, "; ", "；").as_str())),
    }
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

fn port_number(text: &str, port: &str, lang: Lang) -> Result<u16, String> {
    // Not `parse` alone, which accepts a sign.
    let number = Some(port).filter(|it| is_digits(it)).and_then(|it| it.parse().ok());
    number.ok_or_else(|| port_error(text, port, lang))
}

fn port_error(text: &str, port: &str, lang: Lang) -> String {
    const NOT_A_PORT: Localized = Localized::new(
        "the port is not a number from 1 to 65535",
        "端口不是 1 到 65535 之间的数字",
    );
    marked(text, port, NOT_A_PORT.text(lang))
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
            .map(|it| address(it, Lang::En).unwrap().to_string());
        assert_eq!(shown, ["127.0.0.1:9527", "127.0.0.1:80", "[::1]:1", "0.0.0.0:0"]);
        for wrong in ["", ":80", "example.com:80", "127.0.0.1", "::1"] {
            assert!(
                address(wrong, Lang::En).unwrap_err().starts_with("expected an address"),
                "{wrong}"
            );
        }
        let urls = ["8080", "8080/im", "localhost", "localhost:9527/im?x", "app:80", "10.0.0.1"]
            .map(|it| url(it, Lang::En).unwrap().to_string());
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
            assert_eq!(url(text, Lang::En), Err(expected), "{text}");
        }
        for text in ["127.0.0.1:99999", "[::1]:x", "70000", "localhost:-1"] {
            assert!(address(text, Lang::En).unwrap_err().starts_with(wrong), "{text}");
        }
    }

    #[test]
    fn what_is_no_url_is_an_error() {
        for wrong in ["", "ftp://a.b", "http://", "http://a b", ":8080"] {
            assert!(url(wrong, Lang::En).is_err(), "{wrong}");
        }
        assert_eq!(
            url("foo/im", Lang::En).unwrap_err(),
            "expected a URL or a port; if `foo` is a host, write http://foo/im"
        );
        assert!(url("http://foo/im", Lang::En).is_ok());
        assert!(url("http://8080/", Lang::En).unwrap_err().starts_with("the host is a number"));
        assert!(base("localhost:1/im", Lang::En).is_ok());
        assert!(
            base("http://a/?b", Lang::En).is_err() && base("http://me:pw@a", Lang::En).is_err()
        );
    }

    #[test]
    fn a_public_url_is_one_that_the_console_accepts() {
        for (text, wrong) in [
            ("im.example.com", "it must begin with http"),
            ("https://127.0.0.1:9527", "of this machine only"),
            ("https://im.example.com/?key=1", "it has a query"),
            ("https://me:pw@im.example.com", "a user name or a password"),
        ] {
            assert!(public_url(text, Lang::En).unwrap_err().contains(wrong), "{text}");
        }
        for text in ["https://im.example.com/hook", "http://im.example.com:8080"] {
            assert_eq!(public_url(text, Lang::En).unwrap(), text);
        }
    }
}
