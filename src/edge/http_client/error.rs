//! Errors of the HTTP client in few words.

use std::error::Error as StdError;
use std::fmt;
use std::io;
use std::time::Duration;

use hyper_util::client::legacy::Error;
use jiff::SignedDuration;

use crate::callback::trouble::{failure, reason as texts};

/// What `std` puts before the error of a lookup, which names what was looked up.
const LOOKUP: &str = "failed to lookup address information: ";

/// There was no complete reply in time.
#[derive(Debug)]
pub struct TimedOut {
    pub(super) url: String,
    pub(super) timeout: Duration,
}

impl fmt::Display for TimedOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let timeout = SignedDuration::try_from(self.timeout).unwrap_or_default();
        f.write_str(&failure::no_reply_within(&self.url, format_args!("{timeout:#}")))
    }
}

impl StdError for TimedOut {}

/// Whether the server closed the connection before the first byte of a response.
pub(in crate::edge) fn is_closed(error: &Error) -> bool {
    use io::ErrorKind::{BrokenPipe, ConnectionReset};
    let inner = innermost(error);
    let closed = inner
        .downcast_ref()
        .is_some_and(|it: &hyper::Error| it.is_incomplete_message() || it.is_closed());
    let kind = inner.downcast_ref::<io::Error>().map(io::Error::kind);
    closed || is_unsent(error) || matches!(kind, Some(ConnectionReset | BrokenPipe))
}

/// Whether no byte of the request was written to the connection.
pub(in crate::edge) fn is_unsent(error: &Error) -> bool {
    // hyper cancels only what it has not begun to write.
    let source = error.source().and_then(|it| it.downcast_ref::<hyper::Error>());
    source.is_some_and(hyper::Error::is_canceled)
}

/// The innermost cause of an error, in few words.
pub(in crate::edge) fn reason(error: &Error) -> String {
    let inner = innermost(error);
    if error.source().is_some_and(is_parse_error) {
        let too_large = error.source().and_then(|it| it.downcast_ref::<hyper::Error>());
        return match too_large.is_some_and(hyper::Error::is_parse_too_large) {
            true => texts::response_head_too_large(),
            false => texts::not_http(),
        };
    }
    if is_closed(error) {
        return texts::connection_closed();
    }
    if inner.to_string().contains("InvalidContentType") {
        return texts::not_tls();
    }
    match inner.downcast_ref::<io::Error>().map(io::Error::kind) {
        Some(io::ErrorKind::ConnectionRefused) => "connection refused".to_owned(),
        // rustls wraps its own errors in an io::Error without a kind for them.
        _ => {
            let text = inner.to_string();
            lower_first(text.strip_prefix(LOOKUP).unwrap_or(&text))
        }
    }
}

fn innermost(error: &Error) -> &(dyn StdError + 'static) {
    let mut inner: &(dyn StdError + 'static) = error;
    while let Some(source) = inner.source() {
        inner = source;
    }
    inner
}

fn is_parse_error(error: &(dyn StdError + 'static)) -> bool {
    error.downcast_ref().is_some_and(hyper::Error::is_parse)
}

/// The text with a lower-case first letter, unless it starts with an acronym.
fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    match (chars.next(), chars.clone().next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().chain(chars).collect()
        }
        _ => text.to_owned(),
    }
}
