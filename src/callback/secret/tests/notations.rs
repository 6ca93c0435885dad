//! Notations of secrets in an app's reply, and texts that only resemble them.

use super::*;

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
    "?a=1&sign;leaked&b=2",
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
    "the entity &token; and &sign;, too",
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
