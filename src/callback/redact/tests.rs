//! Values, names, queries and headers, and what is left of them.

use super::*;
use crate::callback::value_words;

fn redacted(body: &str) -> String {
    let delivery = Delivery { body: body.as_bytes().into(), ..Delivery::default() };
    let redacted = redact(&delivery, &|name| format!("<{name}>"));
    String::from_utf8_lossy(&redacted.body).into_owned()
}

fn redacted_target(target: &str) -> String {
    let delivery = Delivery { target: target.into(), ..Delivery::default() };
    redact(&delivery, &|name| format!("<{name}>")).target.into()
}

#[test]
fn ids_become_pseudonyms_and_text_dots() {
    let body = r#"{"From_Account": "jared", "To_Account":["bob",7],"MsgSeq":5,
        "MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"hi bob"}}],"Name":"\u0041"}"#;
    let expected = r#"{"From_Account": "<jared>", "To_Account":["<bob>","<7>"],"MsgSeq":5,
        "MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"••••••"}}],"Name":"•"}"#;
    assert_eq!(redacted(body), expected);
}

#[test]
fn only_known_values_of_known_fields_are_kept() {
    let cases = [
        (r#"{"Reason":"LinkClose"}"#, r#"{"Reason":"LinkClose"}"#),
        (r#"{"Reason":"left_home"}"#, r#"{"Reason":"••••••••"}"#),
        (r#"{"Type":1}"#, r#"{"Type":1}"#),
        (r#"{"Type":13800}"#, r#"{"Type":99999}"#),
        (r#"{"MsgTime":1557481126.0}"#, r#"{"MsgTime":1557481126.0}"#),
        (r#"{"MsgNum":-138.5}"#, r#"{"MsgNum":999.9}"#),
        (r#"{"Size":13800138000}"#, r#"{"Size":99999999999}"#),
        (r#"{"Info":{"Action":"login"}}"#, r#"{"Info":{"Action":"login"}}"#),
        (
            r#"{"CallbackCommand":"C2C.CallbackAfterSendMsg"}"#,
            r#"{"CallbackCommand":"C2C.CallbackAfterSendMsg"}"#,
        ),
        (r#"{"CallbackCommand":"Live.Ann"}"#, r#"{"CallbackCommand":"<Live.Ann>"}"#),
        (
            r#"{"MsgKey":"48374_28_1557481126","MsgID":7}"#,
            r#"{"MsgKey":"48374_28_1557481126","MsgID":7}"#,
        ),
        (
            r#"{"MsgId":"144115268026882536-1784319889-1"}"#,
            r#"{"MsgId":"<144115268026882536-1784319889-1>"}"#,
        ),
        (
            r#"{"EventTime":"1670574414123","Seq":"ann"}"#,
            r#"{"EventTime":"1670574414123","Seq":"•••"}"#,
        ),
        (
            r#"{"ProfileItem":[{"Tag":"Tag_Profile_IM_BirthDay","Value":19901224},{"Tag":"Tag_Profile_Custom_Ann","Value":-1.25e9}]}"#,
            r#"{"ProfileItem":[{"Tag":"Tag_Profile_IM_BirthDay","Value":99999999},{"Tag":"••••••••","Value":9999999999.0}]}"#,
        ),
    ];
    for (body, expected) in cases {
        assert_eq!(redacted(body), expected);
    }
}

#[test]
fn a_number_is_kept_by_its_value_and_masked_in_its_notation() {
    for kept in ["7.0", "1.5574811260E9", "1.557481126e+09", "\"1557481126.0\"", "-1", "\" 07 \""] {
        let body = format!(r#"{{"MsgTime":{kept},"MsgID":7.0,"Type":1e1}}"#);
        assert_eq!(redacted(&body), body);
    }
    let cases = [
        ("1.38e10", "99999999999.0"),
        ("138.5", "999.9"),
        ("1.3800138e-1", "9.9"),
        ("13800138000e-1", "99999999999.0"),
        ("0e13800138", "9.0"),
        ("\"1.38e10\"", "\"99999999999.0\""),
        ("\"138.5\"", "\"999.9\""),
        ("13800138000138001380013800", "9999999999999999999.9"),
    ];
    for (number, masked) in cases {
        let expected = format!(r#"{{"MsgSeq":{masked}}}"#);
        assert_eq!(redacted(&format!(r#"{{"MsgSeq":{number}}}"#)), expected);
    }
}

#[test]
fn every_value_that_has_words_is_kept() {
    for (field, value) in value_words::known_values() {
        let body = format!(r#"{{"{field}":"{value}"}}"#);
        assert_eq!(redacted(&body), body);
    }
}

#[test]
fn in_an_unknown_field_nothing_is_known() {
    let body =
        r#"{"Ann":{"MsgSeq":138,"Type":"Public","On":true},"Data":{"Size":[7]},"MsgBody":["hi"]}"#;
    let expected = r#"{"<Ann>":{"<MsgSeq>":999,"<Type>":"••••••","<On>":true},"Data":{"<Size>":[9]},"MsgBody":["••"]}"#;
    assert_eq!(redacted(body), expected);
    let deep = format!("{}\"ann\"{}", "[".repeat(100), "]".repeat(100));
    assert_eq!(redacted(&deep), format!("{}[]{}", "[".repeat(64), "]".repeat(64)));
}

#[test]
fn of_a_query_known_names_and_values_are_kept() {
    let target = "/hook-ann?SdkAppid=14&CallbackCommand=State.StateChange&contenttype=JSON\
                  &OptPlatform=iOS&ClientIP=1.2.3.4&RequestTime=5&ann=1&Sign=***&ann";
    let expected = "/•••?SdkAppid=14&CallbackCommand=State.StateChange&contenttype=JSON\
                    &OptPlatform=iOS&ClientIP=•••&RequestTime=5&•••&Sign=•••&•••";
    assert_eq!(redacted_target(target), expected);
    // A telephone number is no application.
    let target = "/?SdkAppid=13800138000&RequestTime=13800138000";
    assert_eq!(redacted_target(target), "/?SdkAppid=99999999999&RequestTime=99999999999");
    let target = "/?SdkAppid=ann&CallbackCommand=Ann.Was&OptPlatform=ann";
    let expected = "/?SdkAppid=•••&CallbackCommand=<Ann.Was>&OptPlatform=•••";
    assert_eq!(redacted_target(target), expected);
}

#[test]
fn of_headers_known_names_and_values_are_kept() {
    let headers = [
        ("host", &b"ann.example.com"[..]),
        ("x-ann", b"1"),
        ("content-length", b"12"),
        ("accept-encoding", b"gzip, br"),
        ("user-agent", b"ann"),
    ];
    let delivery = Delivery { headers: headers.into_iter().collect(), ..Delivery::default() };
    let redacted = redact(&delivery, &|name| name.to_owned());
    let text = String::from_utf8_lossy(redacted.headers.as_bytes()).into_owned();
    assert_eq!(
        text,
        "host: •••\n•••: •••\ncontent-length: 12\naccept-encoding: gzip, br\nuser-agent: •••\n"
    );
}
