//! The query of a callback's URL, read without copying.
//!
//! Order and letter case of the names are not fixed: the documents print
//! `SdkAppid` first, logged traffic is alphabetical, newer pages write
//! `SDKAppID`. The first of doubles counts.

use std::borrow::Cow;

use super::signature::{self, Token};
use super::timestamp::Timestamp;

/// What Tencent tells in the query; absent is `None`, given but empty is `""`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query<'a> {
    /// `SdkAppid`: which application.
    pub app: Option<Cow<'a, str>>,
    /// `CallbackCommand`: the command word.
    pub command: Option<Cow<'a, str>>,
    /// `ClientIP`: the address of the chat user.
    pub client_ip: Option<Cow<'a, str>>,
    /// `OptPlatform`: what the chat user's client runs on.
    pub platform: Option<Cow<'a, str>>,
    /// `Sign`: hex of SHA-256(Token + RequestTime).
    pub sign: Option<Cow<'a, str>>,
    /// `RequestTime`: Unix seconds in decimal.
    pub request_time: Option<Cow<'a, str>>,
    /// `RequestId`: undocumented, seen in logged traffic.
    pub request_id: Option<Cow<'a, str>>,
}

/// Reads a query, the part of the target after the `?`.
pub fn read(query: &str) -> Query<'_> {
    let mut out = Query::default();
    for (name, value) in pairs(query) {
        let slots = [
            ("SdkAppid", &mut out.app),
            ("CallbackCommand", &mut out.command),
            ("ClientIP", &mut out.client_ip),
            ("OptPlatform", &mut out.platform),
            ("Sign", &mut out.sign),
            ("RequestTime", &mut out.request_time),
            ("RequestId", &mut out.request_id),
        ];
        // Nearly all come spelled as usual, and equality is cheaper than folding.
        let is = |usual: &str| name == usual || name.eq_ignore_ascii_case(usual);
        let Some((_, slot)) = slots.into_iter().find(|(usual, _)| is(usual)) else { continue };
        if slot.is_none() {
            *slot = Some(unescape(value));
        }
    }
    out
}

/// Name and value of each parameter as written, in order.
pub fn pairs(query: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = Some(query);
    let parts = std::iter::from_fn(move || {
        let (part, after) = cut(rest?, b'&');
        rest = after;
        Some(part)
    });
    parts.filter(|it| !it.is_empty()).map(|it| {
        let (name, value) = cut(it, b'=');
        (name, value.unwrap_or_default())
    })
}

/// What stands before the first `at`, an ASCII character, and what behind it.
fn cut(text: &str, at: u8) -> (&str, Option<&str>) {
    match memchr::memchr(at, text.as_bytes()) {
        Some(place) => (&text[..place], Some(&text[place + 1..])),
        None => (text, None),
    }
}

/// The query with the value of `Sign` masked, for all that leaves the program.
pub fn masked(query: &str) -> Cow<'_, str> {
    let is_sign =
        |(name, value): (&str, &str)| name.eq_ignore_ascii_case("Sign") && !value.is_empty();
    if !pairs(query).any(is_sign) {
        return Cow::Borrowed(query);
    }
    let parts = query.split('&').map(|part| match cut(part, b'=') {
        (name, Some(value)) if is_sign((name, value)) => format!("{name}=***").into(),
        _ => Cow::Borrowed(part),
    });
    Cow::Owned(parts.collect::<Vec<_>>().join("&"))
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

/// A header's value for all that leaves the program: credentials masked, and
/// the `Sign` of a URL that a proxy repeats there.
pub fn masked_header<'a>(name: &str, value: &'a [u8]) -> Cow<'a, [u8]> {
    if matches!(name, "authorization" | "proxy-authorization" | "cookie") {
        return Cow::Borrowed(b"***");
    }
    let mut out = Vec::new();
    let mut rest = value;
    while let Some(at) = find_sign(rest) {
        let (before, signed) = rest.split_at(at);
        let end = signed.iter().position(|it| matches!(it, b'&' | b' ' | b',' | b'"' | b'#'));
        out.extend_from_slice(before);
        out.extend_from_slice(b"***");
        rest = &signed[end.unwrap_or(signed.len())..];
    }
    match out.is_empty() {
        true => Cow::Borrowed(value),
        false => Cow::Owned([&out, rest].concat()),
    }
}

/// Where the value of a `Sign` parameter begins, if it has one.
fn find_sign(text: &[u8]) -> Option<usize> {
    let is_sign = |it: &[u8]| it[1..].eq_ignore_ascii_case(b"sign=") && b"?&".contains(&it[0]);
    let at = text.windows(6).position(is_sign)? + 6;
    text.get(at).filter(|it| !matches!(it, b'&' | b'*'))?;
    Some(at)
}

/// Undoes `%41` and `+`; what is no such escape stays as it is.
pub fn unescape(value: &str) -> Cow<'_, str> {
    if !value.bytes().any(|it| matches!(it, b'%' | b'+')) {
        return Cow::Borrowed(value);
    }
    let bytes = value.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while let Some(&byte) = bytes.get(i) {
        let hex = |at: usize| bytes.get(at).and_then(|it| char::from(*it).to_digit(16));
        match (byte, hex(i + 1), hex(i + 2)) {
            (b'%', Some(high), Some(low)) => {
                out.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
                i += 2;
            }
            (b'+', ..) => out.push(b' '),
            _ => out.push(byte),
        }
        i += 1;
    }
    Cow::Owned(String::from_utf8_lossy(&out).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_in_any_order_and_case() {
        let query = read("CALLBACKCOMMAND=a.b&clientip=1.2.3.4&SDKAppID=14&x=1&sdkappid=99&Sign=");
        assert_eq!(query.command.as_deref(), Some("a.b"));
        assert_eq!(query.client_ip.as_deref(), Some("1.2.3.4"));
        assert_eq!(query.app.as_deref(), Some("14"), "the first of doubles counts");
        assert_eq!(query.sign.as_deref(), Some(""), "given but empty is not absent");
        assert_eq!(query.platform, None);
    }

    #[test]
    fn escapes_are_undone_and_nonsense_is_left() {
        assert_eq!(unescape("%E5%B0%8F+a%2"), "小 a%2");
        assert_eq!(unescape("100%"), "100%");
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

    #[test]
    fn what_proxies_repeat_in_headers_is_masked_too() {
        let check = |name: &str, value: &str, expected: &str| {
            let masked = masked_header(name, value.as_bytes());
            assert_eq!(String::from_utf8_lossy(&masked), expected);
        };
        check("x-original-uri", "/a?Sign=abc&b=1", "/a?Sign=***&b=1");
        check("referer", "http://a/?x=1&sign=abc", "http://a/?x=1&sign=***");
        check("cookie", "a=b", "***");
        check("user-agent", "sign=5", "sign=5");
    }

    #[test]
    fn the_sign_is_masked_and_nothing_else() {
        assert_eq!(masked("a=1&sign=abc&RequestTime=2&Sign="), "a=1&sign=***&RequestTime=2&Sign=");
    }
}
