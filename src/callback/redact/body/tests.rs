//! The single pass replaces what a slow model does, which reads each level anew.

use std::ops::Range;

use proptest::prelude::*;

use super::*;

fn range(json: Json<'_>, body: &[u8]) -> Range<usize> {
    let start = json.offset_in(body);
    start..start + json.raw().len()
}

/// The replacements in a value under a rule, and their places.
fn replacements(
    of: Rule,
    json: Json<'_>,
    level: usize,
    body: &[u8],
) -> Vec<(Range<usize>, Cow<'static, str>)> {
    let pseudonym = |name: &str| format!("<{}>", name.len());
    match json.kind() {
        JsonKind::Array if level < MAX_LEVELS => {
            json.each_item().flat_map(|it| replacements(of, it, level + 1, body)).collect()
        }
        JsonKind::Object if level < MAX_LEVELS => {
            let field = |(name, value): (Json<'_>, Json<'_>)| {
                let text = name.as_str().unwrap();
                let known = rule(&text).filter(|_| of == Rule::Fields);
                let renamed = (range(name, body), quoted(&pseudonym(&text)).into());
                let renamed = known.is_none().then_some(renamed);
                let rule = known.unwrap_or(Rule::Personal);
                renamed.into_iter().chain(replacements(rule, value, level + 1, body))
            };
            json.pairs().flat_map(|it| field(it).collect::<Vec<_>>()).collect()
        }
        _ => masked(of, json, &pseudonym).map(|it| (range(json, body), it)).into_iter().collect(),
    }
}

fn assert_as_model(body: &str) {
    let body = body.as_bytes();
    let mut expected = body.to_vec();
    for (range, text) in replacements(Rule::Fields, read(body).unwrap(), 0, body).into_iter().rev()
    {
        expected.splice(range, text.bytes());
    }
    let redacted = redact_body(body, &|name| format!("<{}>", name.len()));
    assert_eq!(String::from_utf8(redacted), String::from_utf8(expected));
}

/// Names that have a rule.
const NAMES: &[&str] = &[
    "MsgBody",
    "MsgContent",
    "From_Account",
    "MsgKey",
    "MsgSeq",
    "MsgType",
    "Info",
    "Type",
    "CallbackCommand",
    "Action",
    "ProfileItem",
    "Tag",
    "Value",
    "\\u004dsgKey",
];
/// Values that some rules keep, or that they replace in a way of their own.
const VALUES: &[&str] = &[
    "null",
    "true",
    "false",
    "7",
    "13800138000",
    "1.5e9",
    "-2.5",
    r#""144_28_15574""#,
    r#""TIMTextElem""#,
    r#""login""#,
    r#""C2C.CallbackAfterSendMsg""#,
    r#""13800138000""#,
    "{ }",
];

/// Any JSON with any white space, of names and values of Tencent and of others.
fn any_json() -> impl Strategy<Value = String> {
    let space = "[ \t\r\n]{0,2}";
    let string = r#""([a-z小🧧{}\[\],: ]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4}){0,6}""#;
    let known = prop::sample::select(NAMES).prop_map(|it| format!("\"{it}\""));
    let name = prop_oneof![4 => known, 1 => string];
    let number = "-?(0|[1-9][0-9]{0,20})(\\.[0-9]{1,3})?([eE][+-]?[0-9])?";
    let leaf = prop_oneof![string, number, prop::sample::select(VALUES).prop_map(str::to_owned)];
    leaf.prop_recursive(6, 60, 6, move |inner| {
        let item = (space, inner.clone(), space).prop_map(|(a, it, b)| a + &it + &b);
        let field = (space, name.clone(), space, inner, space)
            .prop_map(|(a, name, b, it, c)| format!("{a}{name}{b}:{c}{it}"));
        prop_oneof![
            1 => prop::collection::vec(item, 0..5).prop_map(|it| format!("[{}]", it.join(","))),
            3 => prop::collection::vec(field, 0..6).prop_map(|it| format!("{{{}}}", it.join(","))),
        ]
    })
}

proptest! {
    #[test]
    fn any_body_is_redacted_as_by_a_slow_model(json in any_json(), levels in 1..70_usize) {
        assert_as_model(&format!(" {json}\n"));
        let (open, close) = ("[".repeat(levels), "]".repeat(levels));
        assert_as_model(&format!(r#"{{"MsgBody":{open}{json},{json}{close},"MsgKey":"a"}}"#));
    }
}
