//! What the app denies is denied, whatever its reply looks like.

use proptest::prelude::*;
use proptest::sample::select;

use super::super::*;
use crate::callback::Headers;
use crate::callback::command::{TABLE, When};
use crate::callback::friends::{INVITE, is_about_friends};

/// The fields of a reply as JSON; `None` where it is missing.
#[derive(Debug, Clone)]
struct Fields {
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
    fn body(&self, is_trailing: bool) -> String {
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
        format!("{{{}{comma}}}", fields.collect::<Vec<_>>().join(","))
    }

    /// Whether their author denies.
    fn deny(&self, word: &str) -> bool {
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

fn words() -> Vec<&'static str> {
    let before = TABLE.iter().filter(|it| it.when == When::Before).map(|it| it.word);
    before.chain(["Group.CallbackBeforeNewThing"]).collect()
}

fn error() -> impl Strategy<Value = Option<ForwardError>> {
    let timeout = ForwardError::Timeout(Duration::from_millis(1800));
    prop::option::weighted(0.2, select(vec![timeout, ForwardError::Interrupted]))
}

const REQUEST: &[u8] = br#"{"FriendItem":[{"To_Account":"a"},{"To_Account":"b"}],
    "ResponseFriendItem":[{"To_Account":"a"}],"MsgBody":[{"MsgType":"x"}]}"#;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn what_the_app_denies_is_never_allowed(
        fields in fields(),
        (prefix, suffix) in select(WRAPPERS),
        is_trailing in any::<bool>(),
        word in select(words()),
        status in select(&[200_u16, 200, 200, 204, 403, 500][..]),
        error in error(),
        strict in any::<bool>(),
    ) {
        let body = format!("{prefix}{}{suffix}", fields.body(is_trailing));
        let reply = AppReply {
            status,
            took: 12_000,
            content_type: "".into(),
            headers: Headers::default(),
            body: body.clone().into_bytes(),
            complete: true,
        };
        let expected = Expected::of(word, REQUEST);
        let outcome = Outcome { reply, error: error.clone(), moved: false };
        let own = Answer::ok(0);
        let answer = answer_from(own, expected, outcome, strict);
        let judgment = judge(word, REQUEST, &answer).unwrap();
        if fields.deny(word) {
            prop_assert!(judgment.decision.is_denial(), "{body} became {answer:?}");
            let is_passed = *answer.body == *body.as_bytes();
            prop_assert!(is_passed || !answer.trouble.is_empty());
            prop_assert!(is_passed || answer.app_reply.unwrap().body == body.as_bytes());
            prop_assert!(!is_passed || error.is_none());
        } else if !is_about_friends(word) {
            prop_assert!(!judgment.decision.is_denial(), "{body} became {answer:?}");
        }
    }

    #[test]
    fn any_bytes_are_answered(body: Vec<u8>, word in select(words()), strict in any::<bool>()) {
        let reply = AppReply { status: 200, body, ..AppReply::default() };
        let outcome = Outcome { reply, ..Outcome::default() };
        let answer = answer_from(Answer::ok(0), Expected::of(word, REQUEST), outcome, strict);
        prop_assert!(judge(word, REQUEST, &answer).is_some());
    }
}
