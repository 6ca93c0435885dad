//! Replies of a local app that mean one thing and are written in many ways.

use std::time::Duration;

use proptest::prelude::*;
use proptest::sample::select;

use crate::answer::app::ForwardError;
use crate::callback::command::{TABLE, When};
use crate::callback::friends::INVITE;

/// The fields of a reply as JSON; `None` where it is missing.
#[derive(Debug, Clone)]
pub(crate) struct Fields {
    code: Option<&'static str>,
    status: Option<&'static str>,
    info: Option<&'static str>,
    items: Option<Vec<(&'static str, &'static str)>>,
    members: Option<&'static str>,
    content: Option<&'static str>,
}

const CODES: &[&str] = &[
    "0",
    "0.0",
    "\"0\"",
    "null",
    "1",
    "2",
    "\"1\"",
    "5",
    "-1",
    "1.5",
    "1e400",
    "120001",
    "\"120001\"",
    "10100",
    "38000",
    "102100",
    "1.20001e5",
];
const ALLOWING: &[&str] = &["0", "0.0", "\"0\"", "null"];

/// How a body can be changed without changing what its author means.
const WRAPPERS: &[(&str, &str)] = &[
    ("", ""),
    ("\u{feff}", ""),
    ("[", "]"),
    ("{\"data\":", "}"),
    ("<b>Notice</b>: x\n", ""),
    ("", "\n<!-- 5 ms -->"),
    ("", "}"),
];

impl Fields {
    /// A body with the fields, which other text can surround.
    fn body(&self, is_trailing: bool, (prefix, suffix): (&str, &str)) -> String {
        let items = self.items.as_ref().map(|items| {
            let items = items.iter().map(|(account, code)| {
                format!(r#"{{"To_Account":{account},"ResultCode":{code}}}"#)
            });
            format!("[{}]", items.collect::<Vec<_>>().join(","))
        });
        let fields = [
            ("\"ActionStatus\"", self.status),
            ("\"MsgBody\"", self.content),
            ("\"ErrorInfo\"", self.info),
            ("\"ResultItem\"", items.as_deref()),
            ("\"ErrorCode\"", self.code),
            ("\"RefusedMembers_Account\"", self.members),
        ];
        let fields = fields.iter().filter_map(|(name, it)| Some(format!("{name}:{}", (*it)?)));
        let comma = if is_trailing { "," } else { "" };
        let fields = fields.collect::<Vec<_>>().join(",");
        format!("{prefix}{{{fields}{comma}}}{suffix}")
    }

    /// Whether their author denies.
    pub(crate) fn deny(&self, word: &str) -> bool {
        let denies = |it: &str| !ALLOWING.contains(&it);
        let is_failure = matches!(self.status, Some("\"FAIL\"" | "\"fail\""));
        let are_refused = word == INVITE && self.members.is_some_and(|it| it != "[]");
        let items = self.items.iter().flatten();
        self.code.is_some_and(denies)
            || is_failure
            || are_refused
            || items.clone().any(|(_, code)| denies(code))
    }
}

fn maybe(values: &'static [&'static str]) -> impl Strategy<Value = Option<&'static str>> {
    prop::option::of(select(values))
}

/// Fields, and the status and the body of a reply that has them.
pub(crate) fn reply() -> impl Strategy<Value = (Fields, u16, String)> {
    let status = select(&[200_u16, 200, 200, 204, 403, 500][..]);
    (fields(), select(WRAPPERS), any::<bool>(), status).prop_map(
        |(fields, around, is_trailing, status)| {
            let body = fields.body(is_trailing, around);
            (fields, status, body)
        },
    )
}

fn fields() -> impl Strategy<Value = Fields> {
    let account = select(&["\"a\"", "\"b\"", "\"c\"", "7", "null"][..]);
    let items = prop::collection::vec((account, select(CODES)), 0..4);
    (
        maybe(CODES),
        maybe(&["\"OK\"", "\"FAIL\"", "\"fail\"", "1"]),
        maybe(&["\"\"", "\"no\"", "null", "5"]),
        prop::option::of(items),
        maybe(&["[]", "[\"a\"]", "\"a\"", "[7]"]),
        maybe(&["[]", "[{}]", "\"x\""]),
    )
        .prop_map(|(code, status, info, items, members, content)| Fields {
            code,
            status,
            info,
            items,
            members,
            content,
        })
}

/// A way to put a body into another.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Nest {
    /// Between these texts.
    Between(&'static str, &'static str),
    /// As a JSON string.
    String,
}

/// The ways into each other, the innermost first.
pub(crate) fn nests() -> impl Strategy<Value = Vec<Nest>> {
    let around = [
        Nest::String,
        Nest::Between("[", "]"),
        Nest::Between("[null,", "]"),
        Nest::Between("{\"data\":", "}"),
        Nest::Between("{\"code\":200,\"ActionStatus\":\"OK\",\"a\":", ",\"b\":[]}"),
    ];
    prop::collection::vec(select(around.to_vec()), 0..8)
}

/// A body within others.
pub(crate) fn nested(body: &str, nests: &[Nest]) -> String {
    nests.iter().fold(body.to_owned(), |body, it| match it {
        Nest::Between(start, end) => format!("{start}{body}{end}"),
        Nest::String => serde_json::Value::from(body).to_string(),
    })
}

/// A body with a field that is not the documented success.
pub(crate) fn unclear() -> impl Strategy<Value = String> {
    let leaf = select(
        &[
            "1",
            "-2",
            "7.5",
            "true",
            "120001",
            "\"1\"",
            "\"FAIL\"",
            "\"ERROR\"",
            "\"REJECTED\"",
            "\"DENIED\"",
            "\"失败\"",
            "\"no entry\"",
        ][..],
    );
    let value = leaf.prop_map(str::to_owned).prop_recursive(4, 16, 3, |inner| {
        let several = prop::collection::vec(inner.clone(), 1..3);
        let names = select(&["code", "msg", "ErrorCode", "状态"][..]);
        prop_oneof![
            several.prop_map(|it| format!("[{}]", it.join(","))),
            (names, inner).prop_map(|(name, it)| format!("{{\"{name}\":{it}}}")),
        ]
    });
    let around = select(&[("", ""), ("\u{feff}", ""), ("<b>Notice</b>: x\n", ""), ("", ";")][..]);
    (value, 0..3, around).prop_map(|(value, nth, (prefix, suffix))| {
        let fields = match nth {
            0 => format!(r#""ActionStatus":{value},"ErrorInfo":"","ErrorCode":0"#),
            1 => format!(r#""ErrorCode":{value},"ActionStatus":"OK","ErrorInfo":"""#),
            _ => format!(r#""ActionStatus":"OK","ErrorInfo":"","Code":{value}"#),
        };
        format!("{prefix}{{{fields}}}{suffix}")
    })
}

pub(crate) fn words() -> Vec<&'static str> {
    let before = TABLE.iter().filter(|it| it.when == When::Before).map(|it| it.word);
    before.chain(["Group.CallbackBeforeNewThing"]).collect()
}

pub(crate) fn error() -> impl Strategy<Value = Option<ForwardError>> {
    let timeout = ForwardError::Timeout(Duration::from_millis(1800));
    prop::option::weighted(0.2, select(vec![timeout, ForwardError::Interrupted]))
}

pub(crate) const REQUEST: &[u8] = br#"{"FriendItem":[{"To_Account":"a"},{"To_Account":"b"}],
    "ResponseFriendItem":[{"To_Account":"a"}],"MsgBody":[{"MsgType":"x"}]}"#;
