//! A call as a line for a shell: curl sends the same bytes again.

use std::fmt::Write as _;

use super::delivery::Delivery;
use super::query;

/// The line for bash. The signature is left out: it is a secret's child, and
/// stale by the time the line is run.
pub fn line(base: &str, delivery: &Delivery) -> String {
    let url = format!("{}{}", base.trim_end_matches('/'), unsigned(delivery));
    let content_type = delivery.headers.get("content-type").unwrap_or(b"application/json");
    let mut header = b"content-type: ".to_vec();
    header.extend_from_slice(content_type);
    let method = match &*delivery.method {
        "POST" => String::new(),
        other => format!(" -X {}", quoted(other.as_bytes())),
    };
    let head = format!("curl{method} {} -H {}", quoted(url.as_bytes()), quoted(&header));
    // An argument cannot hold a NUL, a pipe can.
    if delivery.body.contains(&0) {
        return format!("printf {} | {head} --data-binary @-", octal(&delivery.body));
    }
    format!("{head} --data-raw {}", quoted(&delivery.body))
}

fn unsigned(delivery: &Delivery) -> String {
    let is_kept = |part: &&str| {
        let name = part.split('=').next().unwrap_or_default();
        !name.eq_ignore_ascii_case("Sign") && !name.eq_ignore_ascii_case("RequestTime")
    };
    let parts: Vec<_> = delivery.query().split('&').filter(|it| !it.is_empty()).collect();
    debug_assert!(parts.iter().all(|it| query::pairs(it).count() == 1));
    let kept: Vec<_> = parts.into_iter().filter(is_kept).collect();
    match kept.is_empty() {
        true => delivery.path().to_owned(),
        false => format!("{}?{}", delivery.path(), kept.join("&")),
    }
}

/// Bytes as one word of bash: in plain quotes where they are plain text, else
/// with escapes for what a terminal or a paste would spoil.
fn quoted(bytes: &[u8]) -> String {
    let text = std::str::from_utf8(bytes).ok();
    if let Some(text) = text.filter(|it| !it.chars().any(char::is_control)) {
        return format!("'{}'", text.replace('\'', r"'\''"));
    }
    let mut out = String::from("$'");
    for chunk in bytes.utf8_chunks() {
        for it in chunk.valid().chars() {
            match it {
                '\'' | '\\' => out.extend(['\\', it]),
                // Three octal digits end by themselves, whatever follows.
                _ if it.is_control() => it.to_string().bytes().for_each(|byte| {
                    let _ = write!(out, "\\{byte:03o}");
                }),
                _ => out.push(it),
            }
        }
        for byte in chunk.invalid() {
            let _ = write!(out, "\\{byte:03o}");
        }
    }
    out + "'"
}

/// Bytes as a format of `printf`.
fn octal(bytes: &[u8]) -> String {
    let mut out = String::from("'");
    for byte in bytes {
        match byte {
            b' '..=b'~' if !b"'\\%".contains(byte) => out.push(char::from(*byte)),
            _ => {
                let _ = write!(out, "\\{byte:03o}");
            }
        }
    }
    out + "'"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(target: &str, body: &[u8], expected: &str) {
        let delivery = Delivery {
            method: "POST".into(),
            target: target.into(),
            body: body.into(),
            ..Delivery::default()
        };
        assert_eq!(line("http://127.0.0.1:9527", &delivery), expected);
    }

    #[test]
    fn the_line_sends_the_same_bytes_and_no_signature() {
        check(
            "/a?SdkAppid=1&Sign=secret&RequestTime=5",
            br#"{"a":"it's"}"#,
            r#"curl 'http://127.0.0.1:9527/a?SdkAppid=1' -H 'content-type: application/json' --data-raw '{"a":"it'\''s"}'"#,
        );
    }

    #[test]
    fn what_is_no_plain_text_is_escaped() {
        check(
            "/",
            b"@\n\x1b'\xff\\1",
            r"curl 'http://127.0.0.1:9527/' -H 'content-type: application/json' --data-raw $'@\012\033\'\377\\1'",
        );
        check(
            "/",
            b"a\0%'",
            r"printf 'a\000\045\047' | curl 'http://127.0.0.1:9527/' -H 'content-type: application/json' --data-binary @-",
        );
    }
}
