//! Redacts what is around a body: method, path, query and headers.

use super::body::is_command;
use super::{MASK, Pseudonym};
use crate::callback::delivery::Delivery;
use crate::callback::headers::Headers;
use crate::callback::query;

/// The maximum number of digits of an `SDKAppID`.
const MAX_DIGITS: usize = 10;
/// The maximum number of digits that replace a longer number.
const MAX_LONG: usize = 19;
/// Methods of HTTP.
const METHODS: [&str; 9] =
    ["POST", "GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"];

const PLATFORMS: [&str; 14] = [
    "Android", "iOS", "iPad", "iPhone", "Linux", "Mac", "macOS", "RESTAPI", "Unknown", "Unkown",
    "Web", "Windows", "Harmony", "rest_api",
];

/// Headers whose names are kept: those of HTTP, of proxies and of tunnels.
const HEADERS: [&str; 51] = [
    "accept",
    "accept-charset",
    "accept-encoding",
    "accept-language",
    "age",
    "allow",
    "authorization",
    "cache-control",
    "connection",
    "content-disposition",
    "content-encoding",
    "content-language",
    "content-length",
    "content-type",
    "cookie",
    "date",
    "etag",
    "expect",
    "expires",
    "forwarded",
    "from",
    "host",
    "if-modified-since",
    "if-none-match",
    "keep-alive",
    "last-modified",
    "location",
    "origin",
    "pragma",
    "proxy-authorization",
    "referer",
    "retry-after",
    "sec-fetch-dest",
    "sec-fetch-mode",
    "sec-fetch-site",
    "server",
    "set-cookie",
    "strict-transport-security",
    "te",
    "traceparent",
    "transfer-encoding",
    "upgrade",
    "user-agent",
    "vary",
    "via",
    "www-authenticate",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "x-real-ip",
    "x-request-id",
];
/// Values of headers, or of their parts between commas, that the protocol defines.
const HEADER_VALUES: [&str; 26] = [
    "",
    "*/*",
    "application/json",
    "application/json; charset=utf-8",
    "application/json;charset=utf-8",
    "application/octet-stream",
    "application/x-www-form-urlencoded",
    "br",
    "chunked",
    "close",
    "cross-site",
    "deflate",
    "gzip",
    "http",
    "https",
    "identity",
    "keep-alive",
    "none",
    "same-origin",
    "text/html",
    "text/html; charset=utf-8",
    "text/plain",
    "text/plain; charset=utf-8",
    "trailers",
    "zstd",
    "100-continue",
];

/// Whether a text has up to 10 digits and nothing else, as an `SDKAppID`, a time in
/// seconds or a length. A Chinese phone number has 11.
pub fn is_app_id(text: &str) -> bool {
    text.len() <= MAX_DIGITS && is_digits(text)
}

/// The documented spelling of an `OptPlatform`; `None` if there is none.
pub fn documented_platform(text: &str) -> Option<&'static str> {
    PLATFORMS.iter().copied().find(|it| it.eq_ignore_ascii_case(text))
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|it| it.is_ascii_digit())
}

pub(super) fn redact_method(method: &str) -> Option<&'static str> {
    METHODS.into_iter().find(|it| *it == method)
}

pub(super) fn redact_target(delivery: &Delivery, pseudonym: Pseudonym<'_>) -> String {
    let parts = query::pairs(delivery.query()).map(|(name, value)| {
        let lower = name.to_ascii_lowercase();
        let value = query::unescape(value);
        let is_any = |known: &[&str]| known.iter().any(|it| it.eq_ignore_ascii_case(&value));
        let is_kept = match &*lower {
            "callbackcommand" if !value.is_empty() && !is_command(&value) => {
                return format!("{name}={}", pseudonym(&value));
            }
            "callbackcommand" => true,
            "contenttype" => is_any(&["json"]),
            "optplatform" => documented_platform(&value).is_some(),
            "sdkappid" | "requesttime" if !is_app_id(&value) && is_digits(&value) => {
                return format!("{name}={}", "9".repeat(value.len().min(MAX_LONG)));
            }
            "sdkappid" | "requesttime" => is_app_id(&value),
            _ => value.is_empty(),
        };
        // Of other parameters the name is replaced too.
        let is_known = query::PARAMETERS.iter().any(|it| it.eq_ignore_ascii_case(name));
        match (is_known, is_kept) {
            (true, true) => format!("{name}={value}"),
            (true, false) => format!("{name}={MASK}"),
            (false, _) => MASK.to_owned(),
        }
    });
    let parts: Vec<_> = parts.collect();
    // The path may hold a secret, because the console accepts no query.
    let path = if matches!(delivery.path(), "/" | "") { delivery.path() } else { "/•••" };
    match parts.is_empty() {
        true => path.to_owned(),
        false => format!("{path}?{}", parts.join("&")),
    }
}

pub(super) fn redact_headers(headers: &Headers) -> Headers {
    let masked = headers.iter().map(|(name, value)| {
        let name = if HEADERS.contains(&name) { name } else { MASK };
        let is_kept = match name {
            "content-length" => std::str::from_utf8(value).is_ok_and(is_app_id),
            _ => is_known_value(value),
        };
        (name, if is_kept { value } else { MASK.as_bytes() })
    });
    masked.collect()
}

pub(super) fn redact_content_type(value: &str) -> &str {
    if is_known_value(value.as_bytes()) { value } else { MASK }
}

fn is_known_value(value: &[u8]) -> bool {
    let Ok(value) = std::str::from_utf8(value) else { return false };
    let is_known = |part: &str| HEADER_VALUES.iter().any(|it| it.eq_ignore_ascii_case(part));
    value.split(',').all(|it| is_known(it.trim()))
}
