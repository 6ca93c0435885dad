//! Tests of the lenient reading of replies.

use super::*;

#[track_caller]
fn check(body: &str, denies: bool) {
    let signs = Signs::read(body.as_bytes());
    assert_eq!(signs.deny(), denies, "{body}: {signs:?}");
}

#[test]
fn a_denial_is_found_however_it_is_written() {
    for body in [
        r#"{"ErrorCode":1}"#,
        r#"{"ErrorCode":"120001"}"#,
        r#"{"ErrorCode":1.5}"#,
        r#"{"ErrorCode":1e400}"#,
        r#"{"ErrorCode":true}"#,
        r#"{"ErrorCode":"DENIED"}"#,
        r#"{"errorCode":-1}"#,
        r#"{"ErrorCode":1,"ErrorCode":0}"#,
        r#"{"action_status":"OK","error_code":120001}"#,
        r#"{"ErrorCode ":1}"#,
        "error_code=120001&action_status=OK",
        "\u{fffd}{\0\"\0E\0r\0r\0o\0r\0C\0o\0d\0e\0\"\0:\x001\0}\0",
        r#"{"ErrorCode":0,"ActionStatus":"FAIL"}"#,
        r#"{"ActionStatus":"Failed"}"#,
        r#"{"ResultItem":[{"ResultCode":0},{"ResultCode":"38000"}],"ErrorCode":0}"#,
        r#"{"ResultItem":{"ResultCode":1}}"#,
        r#"{"RefusedMembers_Account":["a"],"ErrorCode":0}"#,
        r#"{"RefusedMembers_Account":true}"#,
        r#"{"RefusedMembers_Account":["a"],}"#,
        r#"[{"ErrorCode":1}]"#,
        r#"{"code":200,"data":{"ErrorCode":1}}"#,
        r#""{\"ErrorCode\":1}""#,
        r#"{"ErrorCode":1,}"#,
        r"{'ActionStatus': 'OK', 'ErrorCode': 120001}",
        r#"<b>Notice</b> {"ActionStatus":"OK","ErrorCode":"120001"}"#,
        r#"{"ActionStatus":"OK","ErrorInfo":"no","ErrorCode":12"#,
        "\u{feff}{\"ErrorCode\":1}",
        "ActionStatus=FAIL&ErrorCode=0",
        "<ErrorCode>1</ErrorCode>",
    ] {
        check(body, true);
    }
}

#[test]
fn nothing_else_denies() {
    for body in [
        "",
        "no",
        "<h1>Internal Server Error</h1>",
        r#"{"ErrorCode":0}"#,
        r#"{"ErrorCode":"0","ActionStatus":"success"}"#,
        r#"{"ErrorCode":null,"ErrorInfo":"FAIL"}"#,
        r#"{"ErrorCode":0,"MsgBody":[{"ErrorCode":1}]}"#,
        r#"{"ErrorCode":0,}"#,
        r#"{"ErrorCode":"","ActionStatus":"","ErrorInfo":"FAIL",}"#,
        "ErrorCode 1 is explained below",
        "<ErrorCode>0</ErrorCode>1",
        r#"{"RefusedMembers_Account":[]}"#,
        r#"{"RefusedMembers_Account": [ ],}"#,
        r#"{"ResultItem":[{"ResultCode":0}]}"#,
    ] {
        check(body, false);
    }
}

#[test]
fn what_is_data_and_says_nothing_that_is_known_is_unclear() {
    let deep = |levels| [&"[".repeat(levels), r#"{"ErrorCode":1}"#, &"]".repeat(levels)].concat();
    for (body, is_unclear) in [
        (r#"{"ErrorCode":[120001],"ActionStatus":"OK"}"#, true),
        (r#"{"ErrorCode":{"code":120001},"ActionStatus":"OK"}"#, true),
        (r#"{"ErrorCode":0,"ActionStatus":["FAIL"]}"#, true),
        (r#"{"ErrorCode":0,"ActionStatus":"REJECTED"}"#, true),
        (r#"{"ErrorCode":0,"ActionStatus":false}"#, true),
        (r#"{"ErrorCode":0,"ActionStatus":"失败",}"#, true),
        (r#"{"ErrorCode":0,"ResultItem":[{"Result":1}]}"#, true),
        (r#"{"code":403,"msg":"no"}"#, true),
        (r#"{"\u0045rrorCode":1,}"#, true),
        ("{}", true),
        ("\u{feff}[", true),
        ("false", true),
        (r#"{"ErrorCode":0,"ActionStatus":"OK"}"#, false),
        (r#"{"ErrorCode":"0"}"#, false),
        (r#"{"ErrorCode":null,"ActionStatus":"OK"}"#, true),
        (r#"{"data":{"x":[{"ActionStatus":"ok","ErrorCode":0}]}}"#, false),
        ("ErrorCode=0", false),
        ("ok", false),
        ("", false),
    ] {
        let signs = Signs::read(body.as_bytes());
        assert_eq!((signs.is_unclear, signs.deny()), (is_unclear, false), "{body}: {signs:?}");
    }
    assert!(Signs::read(b"\x1f\x8b\x08").is_unclear);
    assert!(Signs::read(deep(MAX_LEVELS - 1).as_bytes()).deny());
    let deeper = Signs::read(deep(100_000).as_bytes());
    assert!(deeper.is_unclear && !deeper.deny());
}

#[test]
fn a_denial_below_other_fields_or_in_strings_is_found() {
    let mut body = r#"{"ActionStatus":"OK","ErrorCode":120001}"#.to_owned();
    for nth in 0..9 {
        body = match nth % 3 {
            0 => serde_json::Value::from(body).to_string(),
            1 => format!(r#"{{"ActionStatus":"OK","data":{body}}}"#),
            _ => format!("[null,{body}]"),
        };
        check(&body, true);
        check(&format!("<b>Notice</b> {body}"), true);
    }
    check(r#"{"ActionStatus":"OK","MsgBody":[{"ErrorCode":1}],"ErrorInfo":"ErrorCode=1"}"#, false);
}

#[test]
fn the_reason_and_the_users_are_read() {
    let signs = Signs::read(
        r#"{"ErrorInfo":"不","ErrorCode":"7","RefusedMembers_Account":[1,"b",{"To_Account":"c"}],
            "ResultItem":[{"To_Account":5,"ResultCode":2,"ResultInfo":"x"}]}"#
            .as_bytes(),
    );
    assert_eq!((signs.info.as_str(), &*signs.codes), ("不", &[Code::Number(7)][..]));
    assert_eq!(signs.members, ["1", "b", "c"]);
    let item = &signs.items[0];
    assert_eq!((item.account.as_deref(), item.info.as_str()), (Some("5"), "x"));
    let signs = Signs::read(br#"{"ErrorInfo":"no, never","ErrorCode":1,}"#);
    assert_eq!((signs.info.as_str(), &*signs.codes), ("no, never", &[Code::Number(1)][..]));
}
