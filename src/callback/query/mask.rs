//! Masks secrets in queries and headers that are shown, copied or recorded.

use std::borrow::Cow;

use super::{cut, pairs};

/// The query with the value of `Sign` replaced by `***`.
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

/// A header's value with secrets replaced by `***`: credentials, and the `Sign` of
/// a URL that a proxy copied there. `name` is in lower case.
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

/// The range of the value of a `Sign` parameter, if it is not empty or masked.
fn find_sign(text: &[u8]) -> Option<usize> {
    let is_sign = |it: &[u8]| it[1..].eq_ignore_ascii_case(b"sign=") && b"?&".contains(&it[0]);
    let at = text.windows(6).position(is_sign)? + 6;
    text.get(at).filter(|it| !matches!(it, b'&' | b'*'))?;
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_in_headers_are_masked() {
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
    fn only_the_sign_of_a_query_is_masked() {
        assert_eq!(masked("a=1&sign=abc&RequestTime=2&Sign="), "a=1&sign=***&RequestTime=2&Sign=");
    }
}
