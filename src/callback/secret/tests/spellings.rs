//! How pages, dumps and logs of an app write secrets, and what only resembles them.

use super::*;
use crate::callback::secret::work;

/// Each has a secret `leaked`.
const LEAKS: &[&str] = &[
    // JSON, within strings, and lists and objects in it.
    r#"{"token":"leaked"}"#,
    r#"{"token":"a\"leaked"}"#,
    r#"{"token":"a\\","password":"leaked"}"#,
    r#"{"token" : ["leaked","leaked"]}"#,
    r#"{"d":"{\"token\":\"a\\\"leaked\"}"}"#,
    r#"{"d":"{\"d\":\"{\\\"token\\\":\\\"leaked\\\"}\"}"}"#,
    r#"{"\u0053ign":"leaked"}"#,
    r#"{"d":"\\u0053ign=leaked"}"#,
    r#"{"\u0022token\u0022":"leaked"}"#,
    r#"{"secret":{"value":"leaked"}}"#,
    r#"{"k":"SECRET_KEY","v":"leaked"}"#,
    r#"{"name":"token","value":"leaked"}"#,
    r#"{"value":"leaked","name":"token"}"#,
    "{\n  \"token\":\n    \"leaked\"\n}",
    r#"["Authorization","Bearer leaked"]"#,
    r#"{"token":"***leaked"}"#,
    r#"{"token":12345,"password":leaked"#,
    r#"{"debug":"Authorization: Digest username=\"u\", response=\"leaked\""}"#,
    // HTML and XML.
    "&quot;token&quot;: &quot;leaked&quot;",
    "&#34;token&#34;: &#34;leaked&#34;",
    "&#x22;token&#x22;&#58;&#x22;leaked",
    "&amp;quot;token&amp;quot;:&amp;quot;leaked&amp;quot;",
    "<td>token</td><td>leaked</td>",
    "<tr>\n<td class=\"e\">HTTP_X_API_KEY </td>\n<td class=\"v\">leaked </td></tr>",
    "<th>token<td><code>leaked</code>",
    "<dt>token</dt><dd>leaked</dd>",
    "<b>token</b>: leaked",
    "<b>token:</b> leaked",
    "<token>leaked</token>",
    "<ns:token type=\"s\">leaked</ns:token>",
    "<key>token</key><string>leaked</string>",
    "<entry key=\"token\">leaked</entry>",
    "<input name=\"password\" value=\"leaked\">",
    "<input value='leaked' type=hidden name='token'>",
    "<input name=csrf_token value=leaked>",
    "<meta name=\"csrf-token\" content=\"leaked\">",
    "<a href=\"/?a=1&amp;token=leaked\">",
    "&lt;token&gt;leaked&lt;/token&gt;",
    // PHP.
    "array(1) {\n  [\"token\"]=>\n  string(9) \"leaked\"\n}",
    "array(1) {\n  [\"token\"]=>\n  string(9) \"a\"leaked\"\n}",
    "Array\n(\n    [token] => leaked\n)",
    "'token' => 'leaked',",
    "a:1:{s:5:\"token\";s:6:\"leaked\";}",
    "stdClass::__set_state(array(\n 'token' => 'leaked'",
    "define('DB_PASSWORD', 'leaked');",
    "$token = 'leaked';",
    "$cfg['token'] = 'leaked';",
    // Python, Ruby, Go, Java, Rust, JavaScript.
    "('token', 'leaked')",
    "[(b'authorization', b'Bearer leaked')]",
    "{u'token': u'leaked'}",
    "{b'token': b'leaked'}",
    "token=SecretStr('leaked')",
    ":token=>\"leaked\"",
    "token: \"leaked\"",
    "{Token:leaked Name:x}",
    "{Name:x Token:leaked}",
    "&{Token:leaked}",
    "main.T{Token:\"leaked\"}",
    "map[Authorization:[Bearer leaked]]",
    "(string) (len=5) \"token\": (string) (len=6) \"leaked\"",
    "{authorization=Bearer leaked, x=1}",
    "Authorization=[Bearer leaked]",
    "Config(token=leaked)",
    "Config { token: Some(\"leaked\") }",
    "Config { token: Secret(Inner(\"leaked\")) }",
    "token -> leaked",
    "token := leaked",
    "{ token: 'leaked' }",
    "headers.append(\"X-Api-Key\", \"leaked\")",
    "setenv(\"TOKEN\", \"leaked\")",
    // Shells, logs, tables, YAML, ini.
    "export TOKEN=leaked",
    "--token=leaked",
    "token\tleaked",
    "TOKEN     leaked",
    "| token | leaked |",
    "  token: leaked\n",
    "token: |\n  leaked\n",
    "- name: TOKEN\n  value: leaked\n",
    "password = 'leaked'",
    "[info] password: leaked1",
    "DEBUG token=leaked",
    "API key: leaked",
    "您的密码：leaked1",
    "密码=leaked",
    "curl -H 'Authorization: Bearer leaked' x",
    "curl -H \"X-Api-Key: leaked\" x",
    "Host: h\r\nX-Functions-Key: leaked\r\n",
    "HTTP_DPOP: leaked",
    "Cookie: a=\"b\"; c={leaked}",
    "the header was Bearer leaked1",
    // URLs and encodings.
    "https://u:leaked@h/",
    "https%3A%2F%2Fu%3Aleaked%40h%2F",
    "https%253A%252F%252Fu%253Aleaked%2540h",
    "https://u:a%2Fleaked@h/",
    r"https:\/\/u:leaked@h",
    "root:leaked@tcp(127.0.0.1:3306)/db",
    "apikey%3Dleaked",
    "apikey%253Dleaked",
    "api%5Fkey=leaked",
    "%2574oken=leaked",
    "Ｓign=leaked",
    "ｔｏｋｅｎ：leaked",
    "to\u{200b}ken=leaked",
    "/?a[token]=leaked",
    "/?token%5B%5D=leaked",
    "x=%7B%22token%22%3A%22leaked%22%7D",
    "#access_token=leaked",
    "token=leak,leaked&x",
    "token%u003Dleaked",
    "Sign&equals;leaked",
    // Known by their form.
    "x eyJhbGciOiJIUzI1NiJ9.leaked.x y",
    "/a/eyJhbGciOi.leaked.x",
    "-----BEGIN RSA PRIVATE KEY-----\nleaked\n-----END RSA PRIVATE KEY-----",
    "your token is leaked0123456789abcd",
    "invalid token leaked0123456789abcd",
    "ghp_leaked0123456789abcdefghijklmnop",
];

/// None has a secret.
const PLAIN: &[&str] = &[
    r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0}"#,
    r#"{"ActionStatus":"FAIL","ErrorInfo":"the key of the message","ErrorCode":120001}"#,
    r#"{"ActionStatus":"OK","ErrorCode":0,"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"token? sign, pass!"}}]}"#,
    r#"{"ActionStatus":"OK","CloudCustomData":"{\"key\":1}","RefuseMembers_Account":["a"]}"#,
    r#"{"MsgKey":"48374_1_2","GroupKey":"k","Key":"v"}"#,
    "the key of the message",
    "a token is required",
    "the tokenizer: fast",
    "tokenizer=fast",
    "design=modern",
    "Monkey: x",
    "Keyboard: x",
    "assign: x",
    "invalid token: expected value",
    "Unexpected token < in JSON at position 0",
    "unexpected token: end of file",
    "syntax error near unexpected token `)'",
    "cannot read /a/token: not found",
    "at parse (token.rs:12:5)",
    "wrong signature",
    "the session has expired, sign in again",
    "sign_in_count=3",
    "Basic information, Bearer authentication",
    "Www-Authenticate: Bearer realm=app",
    "<p>The <code>token</code> is wrong</p>",
    "<h1>Sign in</h1><p>Please</p>",
    "primary_key=id cache_key=a:b",
    r#"{"token":null,"password":false,"secret":""}"#,
    "token=&x=1",
    "Sign=***&x",
    "http://h/a@b //me@h",
    "mailto:bob@example.com",
    "compass: north, passenger: x",
    "100% &amp; more &lt;b&gt; \\n",
    "密码错误，请重试",
    "author: x",
    "eyJ and eyJabc",
];

#[test]
fn a_secret_in_any_spelling_is_masked() {
    let leaks: Vec<_> = LEAKS
        .iter()
        .map(|it| (it, Secrets::default().masked_reply(it.as_bytes()).into_owned()))
        .filter(|(_, masked)| memchr::memmem::find(masked, b"leaked").is_some())
        .map(|(text, masked)| format!("{text}\n    {}", String::from_utf8_lossy(&masked)))
        .collect();
    assert!(leaks.is_empty(), "{} leaks:\n{}", leaks.len(), leaks.join("\n"));
}

#[test]
fn what_only_resembles_a_secret_is_unchanged() {
    let changed: Vec<_> = PLAIN
        .iter()
        .map(|it| (it, Secrets::default().masked_reply(it.as_bytes()).into_owned()))
        .filter(|(text, masked)| text.as_bytes() != masked)
        .map(|(text, masked)| format!("{text}\n    {}", String::from_utf8_lossy(&masked)))
        .collect();
    assert!(changed.is_empty(), "{} changed:\n{}", changed.len(), changed.join("\n"));
}

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
        trouble: vec![format!("the reply is {page}")],
        content_type: Some("text/x; token=leaked".into()),
        ..Answer::ok(1)
    };
    let before = delivery.answer.clone();
    let unmasked = mask(&mut delivery, &TokenSpellings::of(None));
    assert_eq!(unmasked.as_deref(), Some(&before));
    assert!(!format!("{:?}", delivery.answer).contains("leaked"));
}
