//! The query of a callback's URL.
//!
//! Order and letter case of the names vary: the documentation has `SdkAppid`
//! first, recorded traffic is alphabetical, newer pages have `SDKAppID`. The first
//! of duplicates counts.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::signature::{self, Token};
use super::timestamp::Timestamp;

/// The parameters of Tencent; a missing one is `None`, an empty one `""`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query<'a> {
    /// `SdkAppid`: the application.
    pub sdk_app_id: Option<Cow<'a, str>>,
    /// `CallbackCommand`: the command word.
    pub command: Option<Cow<'a, str>>,
    /// `ClientIP`: the IP address of the user's client.
    pub client_ip: Option<Cow<'a, str>>,
    /// `OptPlatform`: the platform of the user's client.
    pub platform: Option<Cow<'a, str>>,
    /// `Sign`: SHA-256 of token and `RequestTime`, in hex.
    pub sign: Option<Cow<'a, str>>,
    /// `RequestTime`: Unix seconds in decimal.
    pub request_time: Option<Cow<'a, str>>,
    /// `RequestId`: undocumented, in recorded traffic.
    pub request_id: Option<Cow<'a, str>>,
    /// `contenttype`: `json`.
    pub content_type: Option<Cow<'a, str>>,
    /// Which of these occur more than once, by their usual names.
    pub repeated: Vec<&'static str>,
    /// Whether there is a parameter whose name is another one, or is spelled in another
    /// way.
    pub has_others: bool,
}

impl<'a> Query<'a> {
    /// Whether a value may be a secret: that of `Sign`, or of another parameter.
    pub const fn may_have_secrets(&self) -> bool {
        self.has_others || self.sign.is_some()
    }

    /// The values as written, if all parameters have their usual names, each occurs once,
    /// and nothing is escaped.
    pub(super) fn plain_values(&self) -> Option<impl Iterator<Item = &Cow<'a, str>>> {
        let Self { sdk_app_id, command, client_ip, platform, sign, .. } = self;
        let Self { request_time, request_id, content_type, repeated, has_others, .. } = self;
        let first = [sdk_app_id, command, client_ip, platform, sign];
        let values = first.into_iter().chain([request_time, request_id, content_type]).flatten();
        let is_plain = !has_others && repeated.is_empty();
        let is_written = |it: &Cow<'_, str>| matches!(it, Cow::Borrowed(_));
        (is_plain && values.clone().all(is_written)).then_some(values)
    }
}

/// The names of these parameters, as Tencent usually writes them, in the same order.
pub const PARAMETERS: [&str; 8] = [
    "SdkAppid",
    "CallbackCommand",
    "ClientIP",
    "OptPlatform",
    "Sign",
    "RequestTime",
    "RequestId",
    "contenttype",
];

/// Reads a query, the part of the target after the `?`.
pub fn read(query: &str) -> Query<'_> {
    let mut values = [const { None }; PARAMETERS.len()];
    let mut repeated = Vec::new();
    let mut has_others = false;
    let mut rest = Some(query);
    while let Some(text) = rest {
        let first = first(text);
        rest = first.rest;
        has_others |= !first.is_usual;
        let Some(at) = first.at else { continue };
        match &mut values[at] {
            slot @ None => *slot = Some(first.value),
            Some(_) if repeated.contains(&PARAMETERS[at]) => {}
            Some(_) => repeated.push(PARAMETERS[at]),
        }
    }
    let [sdk_app_id, command, client_ip, platform, sign, request_time, request_id, content_type] =
        values;
    Query {
        sdk_app_id,
        command,
        client_ip,
        platform,
        sign,
        request_time,
        request_id,
        content_type,
        repeated,
        has_others,
    }
}

/// The first parameter of a query.
struct First<'a> {
    /// The place of its name in [`PARAMETERS`].
    at: Option<usize>,
    /// Whether the name is spelled as there.
    is_usual: bool,
    value: Cow<'a, str>,
    /// What follows its `&`.
    rest: Option<&'a str>,
}

/// Reads the first parameter of a query.
fn first(query: &str) -> First<'_> {
    // Usual names first: that costs less, and nearly all are.
    if let Some(at) = PARAMETERS.iter().position(|it| is_name(it, query)) {
        let (value, rest) = split_value(&query[PARAMETERS[at].len() + 1..]);
        return First { at: Some(at), is_usual: true, value, rest };
    }
    let (part, rest) = cut(query, b'&');
    let (name, value) = pair(part);
    let at = PARAMETERS.iter().position(|it| it.eq_ignore_ascii_case(name));
    First { at, is_usual: false, value: unescape(value), rest }
}

/// Whether a text begins with this name and a `=`.
fn is_name(name: &str, text: &str) -> bool {
    text.as_bytes().get(name.len()) == Some(&b'=') && text.starts_with(name)
}

/// The value that a text begins with, and what follows its `&`.
fn split_value(text: &str) -> (Cow<'_, str>, Option<&str>) {
    match memchr::memchr3(b'&', b'%', b'+', text.as_bytes()) {
        None => (Cow::Borrowed(text), None),
        Some(end) if text.as_bytes()[end] == b'&' => {
            (Cow::Borrowed(&text[..end]), Some(&text[end + 1..]))
        }
        Some(_) => {
            let (value, rest) = cut(text, b'&');
            (unescape(value), rest)
        }
    }
}

/// Name and value of each parameter as written, in order.
pub fn pairs(query: &str) -> impl Iterator<Item = (&str, &str)> {
    parts(query).filter(|it| !it.is_empty()).map(pair)
}

/// The parts between `&`, also empty ones.
pub(super) fn parts(query: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(query);
    std::iter::from_fn(move || {
        let (part, after) = cut(rest?, b'&');
        rest = after;
        Some(part)
    })
}

/// Name and value of a part.
pub(super) fn pair(part: &str) -> (&str, &str) {
    let (name, value) = cut(part, b'=');
    (name, value.unwrap_or_default())
}

/// The text before and after the first `separator`, an ASCII character.
pub(super) fn cut(text: &str, separator: u8) -> (&str, Option<&str>) {
    match memchr::memchr(separator, text.as_bytes()) {
        Some(at) => (&text[..at], Some(&text[at + 1..])),
        None => (text, None),
    }
}

/// The query signed at `now`: the values of `Sign` and `RequestTime` are
/// replaced in place, or both are appended. Without a token both are removed.
pub fn resign(query: &str, token: Option<&Token>, now: Timestamp) -> String {
    let time = now.secs().to_string();
    let mut missing = match token {
        Some(token) => vec![("Sign", signature::sign(token, &time)), ("RequestTime", time)],
        None => Vec::new(),
    };
    let mut parts = Vec::new();
    for part in query.split('&').filter(|it| !it.is_empty()) {
        let (name, _) = cut(part, b'=');
        if !["Sign", "RequestTime"].iter().any(|it| name.eq_ignore_ascii_case(it)) {
            parts.push(part.to_owned());
        } else if let Some(at) = missing.iter().position(|(it, _)| name.eq_ignore_ascii_case(it)) {
            // Only the first of duplicates: it is the one that counts.
            parts.push(format!("{name}={}", missing.remove(at).1));
        }
    }
    parts.extend(missing.into_iter().map(|(name, value)| format!("{name}={value}")));
    parts.join("&")
}

/// Decodes `%41` and `+`; what is not a valid escape stays as it is.
pub fn unescape(value: &str) -> Cow<'_, str> {
    let Some(first) = memchr::memchr2(b'%', b'+', value.as_bytes()) else {
        return Cow::Borrowed(value);
    };
    if !value[first..].contains('+') {
        return percent_decode_str(value).decode_utf8_lossy();
    }
    let spaced = value.replace('+', " ");
    Cow::Owned(percent_decode_str(&spaced).decode_utf8_lossy().into_owned())
}

/// Encodes everything but unreserved characters (RFC 3986, section 2.3).
pub fn escape(value: &str) -> String {
    const RESERVED: &AsciiSet =
        &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
    utf8_percent_encode(value, RESERVED).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_any_order_and_case() {
        let query = read("CALLBACKCOMMAND=a.b&clientip=1.2.3.4&SDKAppID=14&x=1&sdkappid=99&Sign=");
        assert_eq!(query.command.as_deref(), Some("a.b"));
        assert_eq!(query.client_ip.as_deref(), Some("1.2.3.4"));
        assert_eq!(query.sdk_app_id.as_deref(), Some("14"), "the first of duplicates counts");
        assert_eq!(query.sign.as_deref(), Some(""), "empty is not missing");
        assert_eq!(query.platform, None);
        assert_eq!(query.repeated, ["SdkAppid"]);
        assert_eq!(read("Sign=1&sign=1&SIGN=2&x=1&x=2").repeated, ["Sign"]);
    }

    #[test]
    fn only_usual_names_other_than_the_signature_rule_secrets_out() {
        let usual = PARAMETERS.map(|it| format!("{it}=1%2b&")).concat();
        let usual = usual.strip_suffix('&').unwrap();
        assert!(read(usual).may_have_secrets());
        assert!(!read(&usual.replace("Sign=1%2b&", "")).may_have_secrets());
        for query in ["sign=1", "clientip=1", "x=1", "ClientIP", "ClientIP=1&", "Client%49P=1"] {
            assert!(read(query).may_have_secrets(), "{query}");
        }
    }

    #[test]
    fn escapes_are_decoded_and_invalid_ones_kept() {
        assert_eq!(unescape("%E5%B0%8F+a%2"), "小 a%2");
        assert_eq!(unescape("100%"), "100%");
        assert_eq!(unescape("%4g%+%2B"), "%4g% +");
        assert_eq!(unescape("%ff"), "\u{fffd}");
    }

    #[test]
    fn a_signature_is_replaced_in_place_or_appended() {
        let token = Token::new("xxxxyyyy");
        let sign = "17773bc39a671d7b9aa835458704d2a6db81360a5940292b587d6d760d484061";
        let signed = |query| resign(query, token.as_ref(), Timestamp::from_secs(1_669_872_112));
        let both = format!("Sign={sign}&RequestTime=1669872112");
        assert_eq!(signed(""), both);
        assert_eq!(signed("x=%2F&y"), format!("x=%2F&y&{both}"));
        assert_eq!(
            signed("requesttime=1&a=1&sign=***&Sign=2"),
            format!("requesttime=1669872112&a=1&sign={sign}")
        );
    }

    #[test]
    fn without_a_token_the_signature_is_removed() {
        let query = "a=1&sign=***&RequestTime=5&b=%20&Sign=***";
        assert_eq!(resign(query, None, Timestamp(0)), "a=1&b=%20");
    }
}
