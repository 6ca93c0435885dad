//! The request target set apart from the host it was sent to.

use std::borrow::Cow;

/// Path and query of a target, which always begin with `/`: appended to the origin of
/// a URL they cannot change its host. Of an absolute URL, as sent to a proxy, the
/// origin is removed; before anything else, such as `@host` of a crafted recording,
/// a `/` is put.
pub fn origin_form(target: &str) -> Cow<'_, str> {
    if target.starts_with('/') {
        return Cow::Borrowed(target);
    }
    let scheme = target
        .split_once("://")
        .filter(|(scheme, _)| ["http", "https"].iter().any(|it| scheme.eq_ignore_ascii_case(it)));
    let path =
        scheme.map_or(target, |(_, rest)| rest.find(['/', '?', '#']).map_or("", |at| &rest[at..]));
    match path.starts_with('/') {
        true => Cow::Borrowed(path),
        false => Cow::Owned(format!("/{path}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn path_and_query_begin_with_a_slash() {
        for (target, expected) in [
            ("/a?b", "/a?b"),
            ("//a", "//a"),
            ("http://u:p@h:1/a?b", "/a?b"),
            ("HTTPS://h?b", "/?b"),
            ("http://h", "/"),
            ("@evil.example/x", "/@evil.example/x"),
            (".evil.example/", "/.evil.example/"),
            ("0/x", "/0/x"),
            ("ftp://h/x", "/ftp://h/x"),
            ("?a=http://h/x", "/?a=http://h/x"),
            ("*", "/*"),
            ("", "/"),
        ] {
            assert_eq!(origin_form(target), expected, "{target}");
        }
    }
}
