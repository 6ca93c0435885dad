//! Secrets in an app's reply: names, notations and encodings combined, and the work.

use super::*;
use crate::callback::secret::work;
use crate::callback::trouble::Trouble;

const NAMES: [&str; 12] = [
    "token",
    "Sign",
    "X-Api-Key",
    "db_password",
    "Authorization",
    "sessionId",
    "X-Functions-Key",
    "client_secret",
    "UserSig",
    "X-Client-Cert",
    "DPoP",
    "CSRF_TOKEN",
];
const VALUES: [&str; 6] =
    ["leaked", "leaked0123456789", "Bearer leaked", "0leaked==", "a+leaked/b", "a-leaked_b.c"];
/// `N` and `V` are name and value.
const NOTATIONS: [&str; 24] = [
    "N=V",
    "x=1&N=V&y=2",
    "{\"N\":\"V\"}",
    "{\"a\":1, \"N\" : \"V\", \"b\":2}",
    "{'N': 'V'}",
    "N: V\nHost: h",
    "Host: h\r\nN: V\r\n",
    "[N] => V\n",
    "[\"N\"]=>\n  string(9) \"V\"\n",
    "'N' => 'V',",
    ":N=>\"V\"",
    "('N', 'V')",
    "[\"N\",\"V\"]",
    "map[N:[V]]",
    "{a:1 N:\"V\"}",
    "<td>N</td><td>V</td>",
    "<input name=\"N\" value=\"V\">",
    "<N>V</N>",
    "N\tV\n",
    "a:1:{s:5:\"N\";s:6:\"V\";}",
    "{\"name\":\"N\",\"value\":\"V\"}",
    "N=[V]",
    "(b'N', b'V')",
    "{\"N\":[\"a\",\"V\"]}",
];

/// Encodes a text in one of some ways.
fn encode_as(text: &str, way: u8) -> String {
    let bytes = |prefix: &str| {
        text.bytes()
            .map(|it| match it.is_ascii_alphanumeric() {
                true => char::from(it).to_string(),
                false => format!("{prefix}{it:02x}"),
            })
            .collect::<String>()
    };
    match way {
        0 => text.to_owned(),
        1 => escape(text),
        2 => bytes("%"),
        3 => bytes("\\x"),
        4 => text.chars().fold(String::new(), |out, it| out + &format!("\\u{:04x}", u32::from(it))),
        5 => serde_json::Value::from(text).to_string(),
        6 => text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;"),
        7 => text.replace('&', "&amp;").replace('"', "&#34;").replace('\'', "&#x27;"),
        _ => {
            let wide = |it| char::from_u32(u32::from(it) + 0xFEE0).unwrap_or(it);
            text.chars().map(|it| if it.is_ascii_punctuation() { wide(it) } else { it }).collect()
        }
    }
}

#[test]
fn names_notations_and_encodings_combine_without_a_leak() {
    let mut rng = fastrand::Rng::with_seed(1);
    for _ in 0..10_000 {
        let name = NAMES[rng.usize(0..NAMES.len())];
        let value = VALUES[rng.usize(0..VALUES.len())];
        let text = NOTATIONS[rng.usize(0..NOTATIONS.len())].replace('N', "\0").replace('V', value);
        let text = text.replace('\0', name);
        let ways = [rng.u8(0..9), rng.u8(0..9)];
        let encoded = ways.iter().fold(text, |text, way| encode_as(&text, *way));
        let page = format!("{}{encoded}{}", ["", "<pre>", "line\n"][rng.usize(0..3)], "\nend");
        let masked = Secrets::default().masked_reply(page.as_bytes()).into_owned();
        let masked = String::from_utf8_lossy(&masked);
        assert!(!masked.contains("leaked"), "{ways:?} {page}\n{masked}");
    }
}

#[test]
fn a_value_is_masked_in_any_encoding() {
    let token = Token::new("a/b+c==d?Z").unwrap();
    let secrets = Secrets::of_target("", Some(&token));
    for first in 0..9 {
        for second in 0..9 {
            let text = encode_as(&encode_as("a/b+c==d?Z", first), second);
            let masked = secrets.masked_reply(text.as_bytes()).into_owned();
            assert!(String::from_utf8_lossy(&masked).contains(MASK), "{text}");
            assert!(masked.len() < 25, "{text}: {}", String::from_utf8_lossy(&masked));
        }
    }
    assert_eq!(&*secrets.masked_reply(b"x A/B+C==D?z YS9iK2M9PWQ/Wg==."), b"x *** ***Wg==.");
}

#[test]
fn twice_the_text_is_twice_the_work() {
    for piece in [
        "token",
        "token ",
        "token: ",
        "token=",
        "token\"",
        "\"token\",",
        "token:[",
        "token={",
        "token=\"",
        "<token",
        "<td>token</td>",
        "token\n",
        "//",
        "//@",
        "//u:",
        "eyJ.",
        "Bearer ",
        "-----BEGIN PRIVATE KEY-----",
        "-----BEGIN ",
        "%25",
        "&amp;",
        "\\\\",
        "&quot;token&quot;",
        "'token': '",
        "token:a ",
        "token<a ",
        "\"token\" \"",
        "<a b=token ",
        "a",
        "key ",
        "token Some(",
        "{\"token\":{",
        "token=b'",
        "Ｓ",
        "token ( ",
    ] {
        let read = |size: usize| {
            let text = piece.repeat(size / piece.len());
            work::of(|| drop(Secrets::default().masked_reply(text.as_bytes())))
        };
        let (small, large) = (read(20_000), read(40_000));
        assert!(large <= 2 * small + small / 4, "{piece:?}: {small}, {large}");
        assert!(large <= 40_000 * 100, "{piece:?}: {large}");
    }
}

#[test]
fn what_quotes_the_reply_is_masked() {
    let page = r#"["Authorization","Bearer leaked"]"#;
    let mut delivery = delivery("/", &[], "");
    delivery.answer = Answer {
        trouble: vec![Trouble::recorded(format!("the reply is {page}"))],
        content_type: Some("text/x; token=leaked".into()),
        ..Answer::ok(1)
    };
    let before = delivery.answer.clone();
    let unmasked = mask(&mut delivery, &TokenSpellings::of(None));
    assert_eq!(unmasked.as_deref(), Some(&before));
    assert!(!format!("{:?}", delivery.answer).contains("leaked"));
}
