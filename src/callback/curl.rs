//! A delivery as a command line of curl that sends the same bytes.

use core::net::{Ipv4Addr, Ipv6Addr};
use std::borrow::Cow;
use std::fmt::Write as _;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::delivery::Delivery;
use super::printable::is_hidden;
use super::query;
use super::secret::Secrets;
use super::target::origin_form;

/// The maximum size in bytes of a body that is passed as an argument: Linux allows
/// 128 KiB, and escapes are up to four times as long.
const MAX_ARGUMENT: usize = 24 * 1024;

/// Where a command line sends to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Destination {
    /// The URL that paths are appended to.
    pub base: String,
    /// Whether any certificate is accepted, as of a self-signed one.
    pub any_certificate: bool,
    /// Whether the line computes `Sign` when it is run.
    pub is_signed: bool,
    /// Whether `base` is a guess, and the address that a delivery was sent to is better.
    pub is_guess: bool,
}

impl Destination {
    /// The URL that the path of a delivery is appended to. Where that is a guess, it is the
    /// `Host` of the delivery if no other network can be behind that: a recording may be
    /// crafted.
    pub fn base_of(&self, delivery: &Delivery) -> Cow<'_, str> {
        let host = || str::from_utf8(delivery.headers.get("host")?).ok();
        match self.is_guess.then(host).flatten().filter(|it| is_near(it)) {
            Some(host) => format!("http://{host}").into(),
            None => (&*self.base).into(),
        }
    }
}

/// Whether a host, perhaps with a port, is this machine or an address of a private network.
fn is_near(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.parse::<u16>().is_ok() => name,
        _ => host,
    };
    let bare = name.strip_prefix('[').and_then(|it| it.strip_suffix(']'));
    match (bare, name.parse::<Ipv4Addr>()) {
        (Some(bare), _) => bare.parse::<Ipv6Addr>().is_ok_and(|it| it.is_loopback()),
        (None, Ok(it)) => it.is_loopback() || it.is_private(),
        (None, Err(_)) => name.eq_ignore_ascii_case("localhost"),
    }
}

/// Sets `t` and `s` to the time and to its signature
/// ([`signature`](super::signature)), with whichever program is there. Without a token
/// in the environment the subshell ends.
const SIGN: &str = r#": "${IMSCOPE_TOKEN:?}"; t=$(date +%s); s=$(printf %s "$IMSCOPE_TOKEN$t" | { sha256sum || shasum -a 256 || openssl dgst -sha256 -r; } 2>/dev/null | cut -c1-64)"#;

/// The command line for any shell, sending to the destination and no other host. `Sign` and
/// `RequestTime` of the delivery are omitted: they are derived from a secret, and stale
/// when the command is run.
pub fn command_line(destination: &Destination, delivery: &Delivery) -> String {
    let url = joined(&destination.base_of(delivery), &target(delivery));
    signed(destination, &request(destination, delivery, "curl", "", &url))
}

/// As [`command_line`], to the URL that is in the variable `URL` of the script, without a
/// slash at its end. It prints the reply, and its status in a line.
pub(super) fn script_line(destination: &Destination, delivery: &Delivery) -> String {
    const CURL: &str = r"curl -sS -w '  %{http_code}\n'";
    signed(destination, &request(destination, delivery, CURL, "\"$URL\"", &target(delivery)))
}

/// A command that may need the variables of [`SIGN`].
fn signed(destination: &Destination, line: &str) -> String {
    match destination.is_signed {
        true => format!("({SIGN}; {line})"),
        false => line.to_owned(),
    }
}

/// The command that sends the request; it is signed by the variables of [`SIGN`]. `url` is
/// put in quotes, `before` is a word before it.
fn request(
    destination: &Destination,
    delivery: &Delivery,
    curl: &str,
    before: &str,
    url: &str,
) -> String {
    let Destination { any_certificate, is_signed, .. } = destination;
    let target = target(delivery);
    let joint = if target.contains('?') { '&' } else { '?' };
    let url = match is_signed {
        true => quoted(format!("{url}{joint}RequestTime=").as_bytes()) + "\"$t\"'&Sign='\"$s\"",
        false => quoted(url.as_bytes()),
    };
    let method = match &*delivery.method {
        "POST" => String::new(),
        other => format!(" -X {}", quoted(other.as_bytes())),
    };
    let insecure = if *any_certificate { " -k" } else { "" };
    // Else curl expands ranges, and removes dots from paths.
    let glob = if target.contains(['[', ']', '{', '}']) { " -g" } else { "" };
    let dots = if target.contains("/.") { " --path-as-is" } else { "" };
    let header = quoted(&content_type(delivery));
    let head = format!("{curl}{insecure}{method}{glob}{dots} {before}{url} -H {header}");
    // What is not plain text, and a long body, is piped: it cannot be an argument.
    match in_quotes(&delivery.body).filter(|_| delivery.body.len() <= MAX_ARGUMENT) {
        Some(body) => format!("{head} --data-raw {body}"),
        None => format!("{} | {head} --data-binary @-", printed(&delivery.body)),
    }
}

/// The URL for a target: the one that `--forward` sends to.
pub(super) fn joined(base: &str, target: &str) -> String {
    let has_path = base.split_once("://").is_some_and(|(_, rest)| rest.contains('/'));
    match target.strip_prefix('/') {
        Some(query) if has_path && (query.is_empty() || query.starts_with('?')) => {
            format!("{base}{query}")
        }
        _ => format!("{}{target}", base.trim_end_matches('/')),
    }
}

/// The header; curl omits one that is empty, unless it ends in a semicolon.
fn content_type(delivery: &Delivery) -> Vec<u8> {
    match delivery.headers.get("content-type").unwrap_or(b"application/json") {
        b"" => b"content-type;".to_vec(),
        value => [b"content-type: ", value].concat(),
    }
}

/// Path and query without the signature and without other secrets. What cannot be in
/// a URL is encoded, so that curl neither fails nor takes it for a fragment.
fn target(delivery: &Delivery) -> String {
    const FORBIDDEN: &AsciiSet = &CONTROLS.add(b' ').add(b'#');
    let masked = Secrets::of(delivery).masked_target(&delivery.target).into_owned();
    let target = unsigned(&origin_form(&masked));
    let parts = target.chars().map(|it| match it.is_ascii() {
        true => utf8_percent_encode(it.encode_utf8(&mut [0; 4]), FORBIDDEN).to_string(),
        false => it.to_string(),
    });
    parts.collect()
}

fn unsigned(target: &str) -> String {
    let is_kept = |part: &&str| {
        let name = query::unescape(part.split('=').next().unwrap_or_default());
        let name = name.trim();
        !name.eq_ignore_ascii_case("Sign") && !name.eq_ignore_ascii_case("RequestTime")
    };
    let Some((path, query)) = target.split_once('?') else { return target.to_owned() };
    let kept: Vec<_> = query.split('&').filter(is_kept).collect();
    match kept.is_empty() {
        true => path.to_owned(),
        false => format!("{path}?{}", kept.join("&")),
    }
}

/// Bytes as one word of any shell: in single quotes, or as what `printf` prints if there
/// are hidden characters or bytes that are not UTF-8. Line ends at the end are lost then.
pub(crate) fn quoted(bytes: &[u8]) -> String {
    in_quotes(bytes).unwrap_or_else(|| format!("\"$({})\"", printed(bytes)))
}

/// Bytes in single quotes; `None` if they are not plain text.
fn in_quotes(bytes: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(bytes).ok().filter(|it| !it.contains(is_hidden))?;
    Some(format!("'{}'", text.replace('\'', r"'\''")))
}

/// The command that prints bytes. `$'…'` is none of POSIX: sh sends other bytes for it.
fn printed(bytes: &[u8]) -> String {
    let mut out = String::from("printf -- '");
    for byte in bytes {
        match byte {
            b' '..=b'~' if !b"'\\%".contains(byte) => out.push(char::from(*byte)),
            // Three octal digits, so that a digit may follow.
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

    fn here() -> Destination {
        Destination { base: "http://127.0.0.1:9527".to_owned(), ..Destination::default() }
    }

    fn check(target: &str, body: &[u8], expected: &str) {
        let delivery = Delivery {
            method: "POST".into(),
            target: target.into(),
            body: body.into(),
            ..Delivery::default()
        };
        assert_eq!(command_line(&here(), &delivery), expected);
    }

    #[test]
    fn the_command_has_the_same_bytes_and_no_signature() {
        check(
            "/a?SdkAppid=1&Sign=secret&RequestTime=5",
            br#"{"a":"it's"}"#,
            r#"curl 'http://127.0.0.1:9527/a?SdkAppid=1' -H 'content-type: application/json' --data-raw '{"a":"it'\''s"}'"#,
        );
    }

    #[test]
    fn a_crafted_target_changes_neither_host_nor_command() {
        for (target, url) in [
            ("@evil.example/steal", "/@evil.example/steal"),
            (".evil.example/", "/.evil.example/"),
            ("0/x", "/0/x"),
            ("//evil.example/x", "//evil.example/x"),
            ("http://u:p@evil.example/x?Sign=1", "/x"),
            ("\n/x y#z", "/%0A/x%20y%23z"),
            ("/?%53ign=abc&token=abc", "/?token=***"),
        ] {
            let delivery = Delivery { target: target.into(), ..Delivery::default() };
            let line = command_line(&here(), &delivery);
            assert!(line.contains(&format!(" 'http://127.0.0.1:9527{url}' ")), "{line}");
        }
    }

    #[test]
    fn a_guessed_address_is_the_host_that_is_this_machine_or_near_and_no_other() {
        let guess = Destination { is_guess: true, ..here() };
        let base = |it: &Destination, host: &str| {
            let headers = [("host", host.as_bytes())].into_iter().collect();
            it.base_of(&Delivery { headers, ..Delivery::default() }).into_owned()
        };
        for host in ["127.0.0.1:39527", "localhost:80", "[::1]:9527", "10.0.0.7", "192.168.1.5:81"]
        {
            assert_eq!(base(&guess, host), format!("http://{host}"));
            assert_eq!(base(&here(), host), here().base);
        }
        for host in
            ["evil.example", "8.8.8.8:80", "127.0.0.1@evil:80", "127.0.0.1/x", "[fe80::1%'`]", ""]
        {
            assert_eq!(base(&guess, host), here().base, "{host}");
        }
    }

    #[test]
    fn the_url_is_that_of_a_forwarded_call() {
        for (base, target, url) in [
            ("http://a", "/?q", "http://a/?q"),
            ("http://a/", "/?q", "http://a/?q"),
            ("http://a/im", "/?q", "http://a/im?q"),
            ("http://a/im/", "/", "http://a/im/"),
            ("http://a/im/", "/x?q", "http://a/im/x?q"),
        ] {
            assert_eq!(joined(base, target), url);
        }
    }

    #[test]
    fn control_characters_and_bytes_are_escaped() {
        check(
            "/",
            b"@\n\x1b'\xff\\1",
            r"printf -- '@\012\033\047\377\1341' | curl 'http://127.0.0.1:9527/' -H 'content-type: application/json' --data-binary @-",
        );
        check(
            "/",
            b"a\0%'",
            r"printf -- 'a\000\045\047' | curl 'http://127.0.0.1:9527/' -H 'content-type: application/json' --data-binary @-",
        );
    }
}
