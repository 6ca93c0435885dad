//! Tests of the rules' language.

use std::time::Duration;

use proptest::prelude::*;

use super::{Replacement, Reply, Rule, RuleError};
use crate::callback::Lang;

fn parse(text: &str) -> Result<Rule, RuleError> {
    let mut read = |name: &str| match name {
        "a b.json" => Ok(b"{}".to_vec()),
        _ => Err("no such file".to_owned()),
    };
    Rule::parse(text, &mut read)
}

fn reply(actions: &str) -> Option<Reply> {
    parse(&format!("from:a => {actions}")).unwrap().reply
}

#[test]
fn each_action_has_its_arguments() {
    assert_eq!(reply("allow"), Some(Reply::Allow));
    assert_eq!(reply("deny"), Some(Reply::Deny(1, String::new())));
    assert_eq!(reply("DENY 120001"), Some(Reply::Deny(120_001, String::new())));
    assert_eq!(reply(r#"deny "no, \"never\"""#), Some(Reply::Deny(1, "no, \"never\"".to_owned())));
    assert_eq!(reply(r#"deny 5 "小""#), Some(Reply::Deny(5, "小".to_owned())));
    assert_eq!(reply("drop"), Some(Reply::Drop));
    assert_eq!(reply("fail"), Some(Reply::Fail(String::new())));
    assert_eq!(reply("fail \"x\""), Some(Reply::Fail("x".to_owned())));
    assert_eq!(reply("status 503"), Some(Reply::Status(503)));
    assert_eq!(reply("hang"), Some(Reply::Hang));
    assert_eq!(reply(r#"reply {"a": [1, 2]}"#), Some(Reply::Body(br#"{"a": [1, 2]}"#.to_vec())));
    assert_eq!(reply(r#"reply @"a b.json""#), Some(Reply::Body(b"{}".to_vec())));
    let url = "https://127.0.0.1:8080/im";
    assert_eq!(reply(&format!("forward {url}")), Some(Reply::Forward(url.to_owned())));
}

#[test]
fn several_values_are_set_in_one_rule() {
    let set = |pointer: &str, value: &str| Replacement {
        pointer: pointer.to_owned(),
        value: value.to_owned(),
    };
    let text = r#"set /MsgBody/0/MsgContent/Text = "a, b => c", set /CloudCustomData="{}""#;
    let expected =
        [set("/MsgBody/0/MsgContent/Text", r#""a, b => c""#), set("/CloudCustomData", r#""{}""#)];
    assert_eq!(reply(text), Some(Reply::Set(expected.to_vec())));
}

#[test]
fn delay_times_and_chance_stand_beside_a_reply_or_alone() {
    let rule = parse("before => times 3, chance 10%, delay 1.5s").unwrap();
    assert_eq!((rule.reply, rule.times, rule.chance), (None, Some(3), 10));
    assert_eq!(rule.delay, Duration::from_millis(1500));
    let rule = parse("=> deny,delay 300ms").unwrap();
    assert_eq!(rule.reply, Some(Reply::Deny(1, String::new())));
    assert!(rule.filter.is_empty());
    assert_eq!((rule.delay, rule.times, rule.chance), (Duration::from_millis(300), None, 100));
}

#[test]
fn an_arrow_in_quotes_or_in_a_pattern_does_not_end_the_filter() {
    let rule = parse(r#" text:"a => \" b" re:/\/=>/ unread>=5 => drop "#).unwrap();
    assert_eq!(rule.filter.text(), r#"text:"a => \" b" re:/\/=>/ unread>=5"#);
    assert_eq!(**rule.text(), *r#"text:"a => \" b" re:/\/=>/ unread>=5 => drop"#);
}

/// The text of a rule made of parts that are valid in any combination.
fn rule_text() -> impl Strategy<Value = String> {
    let filter = prop::sample::select(vec![
        "",
        "before",
        r#"text:"=> \" ," "#,
        r"re:/=>\/ #/i | a",
        "(from=a | -to:小) size>=2k",
    ]);
    let reply = prop::sample::select(vec![
        "allow",
        "DENY",
        "deny 120001 \"no, => \\\"\"",
        "drop",
        "hang",
        "status 503",
        "fail \"，\"",
        "set /MsgBody/0/MsgContent/Text = \"a,b\", set /CloudCustomData=\"{}\"",
        "reply {\"a\": [1, \"=>\"]}",
        "reply @\"a b.json\"",
        "forward http://a:1/b",
    ]);
    let others = prop::sample::subsequence(vec!["delay 1.5s", "times 3", "chance 10%"], 0..=3);
    let space = prop::sample::select(vec!["", " ", "\t\u{3000}"]);
    (filter, reply, others, space).prop_map(|(filter, reply, others, space)| {
        let actions: Vec<_> = [reply].into_iter().chain(others).collect();
        format!(
            "{space}{filter}{space}=>{space}{}{space}",
            actions.join(&format!("{space},{space}"))
        )
    })
}

proptest! {
    #[test]
    fn a_rule_that_is_displayed_parses_to_an_equal_one(text in rule_text()) {
        let rule = parse(&text).unwrap();
        let again = parse(&rule.to_string()).unwrap();
        prop_assert_eq!(&rule, &again);
        prop_assert_eq!((&rule.filter, &rule.reply), (&again.filter, &again.reply));
        prop_assert_eq!(rule.delay, again.delay);
        prop_assert_eq!((rule.times, rule.chance), (again.times, again.chance));
        prop_assert_eq!(rule.problems(), again.problems());
    }

    #[test]
    fn a_mistake_is_on_character_boundaries(text in "[a-e=>:\"/,{}小 @0-9\\\\]{0,12}(=>)?[a-z \"{},=/@%0-9小]{0,20}") {
        if let Err(error) = parse(&text) {
            prop_assert!(text.get(error.at.clone()).is_some(), "{:?}", error);
        }
    }
}

/// Marks the place of a mistake with `^` under the text.
fn mistake(text: &str) -> String {
    let error = parse(text).expect_err(text);
    let caret = "^".repeat(text[error.at.clone()].chars().count().max(1));
    let place = " ".repeat(text[..error.at.start].chars().count());
    assert!(!error.message(Lang::Zh).is_empty());
    format!("{text}\n{place}{caret} {error}")
}

#[test]
fn a_rule_with_a_time_is_refused_at_the_time() {
    let error = parse(" before (from:a | at:14:02) => deny").unwrap_err();
    assert_eq!(error.message(Lang::En), "a rule cannot depend on the time");
    assert_eq!(error.at, 18..20);
}

#[test]
fn a_mistake_is_named_with_its_place() {
    let texts = [
        "from:a deny",
        "from:a =>",
        "frm:a => deny",
        "(a => deny",
        "a => dney",
        "a => censor",
        "a => deny 0",
        "a => deny nope",
        "a => deny 1 2",
        "a => deny \"x",
        r#"a => deny "\q""#,
        "a => deny, allow",
        "a => allow,",
        "a => status 99",
        "a => status",
        "a => delay 2h",
        "a => delay -1s",
        "a => times 0",
        "a => chance 10",
        "a => deny, chance 10 %",
        "a => delay 1s, delay 2s",
        "a => drop, drop",
        "a => deny，delay 1s",
        "  frm:a => deny",
        "a => set /CloudCustomData=1",
        "a => set /MsgBody=5",
        "a => set /MsgBody=[{}, 1]",
        "a => set /MsgBody/0=7",
        "a => set /MsgBody/+0/MsgType=\"x\"",
        "a => set /MsgBody/00={}",
        "a => set /MsgBody/-={}",
        "a => set /MsgBody/={}",
        "a => set /MsgBody/0/小~2/~1=1",
        "a => deny\n=> drop",
        "a => chance 0%",
        "a => forward ftp://x",
        "a => forward http://",
        "a => reply {\"a\":}",
        "a => reply",
        "a => reply @",
        "a => reply @nowhere.json",
        "a => set /From_Account=1",
        "a => set /MsgBody/0 \"x\"",
        "a => set /MsgBody/0=",
        "a => set /MsgBody/0=x",
        "a => set /MsgBody/0/MsgContent/Text=it's 小, delay 1s",
        "a => set /CloudCustomData='a \"b\"'",
        "a => set /CloudCustomData='a, b', delay 1s",
        "a => set /CloudCustomData=\"a",
        "a => set /CloudCustomData=-",
        "a -> deny",
        "a => deny 120001, \"x\"",
    ];
    let all: Vec<_> = texts.into_iter().map(mistake).collect();
    assert_eq!(all.join("\n") + "\n", include_str!("tests/mistakes.txt"));
}
