//! The HTTP client that posting and forwarding share, and its errors in few words.

use std::error::Error as StdError;
use std::io;

use bytes::Bytes;
use http_body_util::Full;
use hyper::Uri;
use hyper_rustls::HttpsConnector;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::{Client, Error};
use hyper_util::rt::{TokioExecutor, TokioTimer};

use super::resolve::Names;
use super::trust::Trust;

/// A client for http and https over connections that are kept alive. It
/// follows no redirect, as Tencent does not.
pub(super) type Http = Client<HttpsConnector<HttpConnector<Names>>, Full<Bytes>>;

/// A client that trusts, for https, whom it is told to.
pub(super) fn client(trust: &Trust, names: Names) -> Http {
    let mut http = HttpConnector::new_with_resolver(names);
    http.enforce_http(false);
    http.set_nodelay(true);
    Client::builder(TokioExecutor::new()).pool_timer(TokioTimer::new()).build(trust.connector(http))
}

/// A URL without its query, and without a password.
pub fn place(url: &Uri) -> String {
    let scheme = url.scheme_str().unwrap_or("http");
    let port = url.port().map(|it| format!(":{it}")).unwrap_or_default();
    format!("{scheme}://{}{port}{}", url.host().unwrap_or_default(), url.path())
}

/// Whether the other side closed the connection before it had said anything.
pub(super) fn is_closed(error: &Error) -> bool {
    use io::ErrorKind::{BrokenPipe, ConnectionReset};
    let inner = innermost(error);
    let cut = inner.downcast_ref().is_some_and(|it: &hyper::Error| {
        it.is_incomplete_message() || it.is_canceled() || it.is_closed()
    });
    let kind = inner.downcast_ref::<io::Error>().map(io::Error::kind);
    cut || matches!(kind, Some(ConnectionReset | BrokenPipe))
}

/// The innermost reason, in few words.
pub(super) fn reason(error: &Error) -> String {
    let inner = innermost(error);
    if error.source().is_some_and(is_no_http) {
        return "what came is not HTTP".to_owned();
    }
    if is_closed(error) {
        return "the connection was closed".to_owned();
    }
    if inner.to_string().contains("InvalidContentType") {
        return "no TLS is spoken there; is it an http URL?".to_owned();
    }
    match inner.downcast_ref::<io::Error>().map(io::Error::kind) {
        Some(io::ErrorKind::ConnectionRefused) => "connection refused".to_owned(),
        // rustls hides in an io::Error without a source of its own kind.
        _ => lower(&inner.to_string()),
    }
}

fn innermost(error: &Error) -> &(dyn StdError + 'static) {
    let mut inner: &(dyn StdError + 'static) = error;
    while let Some(source) = inner.source() {
        inner = source;
    }
    inner
}

fn is_no_http(error: &(dyn StdError + 'static)) -> bool {
    error.downcast_ref().is_some_and(hyper::Error::is_parse)
}

/// With a small first letter, unless the word is an abbreviation.
fn lower(text: &str) -> String {
    let mut chars = text.chars();
    match (chars.next(), chars.clone().next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().chain(chars).collect()
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_tells_neither_query_nor_password() {
        let url: Uri = "https://me:secret@example.com:8443/im?Sign=abc".parse().unwrap();
        assert_eq!(place(&url), "https://example.com:8443/im");
    }
}
