//! Tests of the rules' language.

use std::time::Duration;

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

/// Marks the place of a mistake with `^` under the text.
fn mistake(text: &str) -> String {
    let error = parse(text).expect_err(text);
    let caret = "^".repeat(text[error.at.clone()].chars().count().max(1));
    let place = " ".repeat(text[..error.at.start].chars().count());
    assert!(!error.message(Lang::Zh).is_empty());
    format!("{text}\n{place}{caret} {error}")
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
    ];
    let all: Vec<_> = texts.into_iter().map(mistake).collect();
    insta::assert_snapshot!(all.join("\n"), @r##"
from:a deny
           ^ `=>` is missing: FILTER => ACTION
from:a =>
         ^ an action is missing
frm:a => deny
^^^ unknown field `frm`; write "frm:a" in quotes to search for the text
(a => deny
^ `(` is not closed
a => dney
     ^^^^ `dney` is not an action; did you mean `deny`?
a => censor
     ^^^^^^ `censor` is not one of the actions allow, deny, drop, set, reply, fail, status, hang, forward, delay, times, chance
a => deny 0
          ^ `0` is not a code other than 0, or a text in quotes
a => deny nope
          ^^^^ `nope` is not a code other than 0, or a text in quotes
a => deny 1 2
            ^ a comma is missing between two actions
a => deny "x
          ^ the quote is not closed
a => deny "\q"
            ^ not JSON: invalid escape
a => deny, allow
           ^^^^^ `allow` is a second reply; a rule has one
a => allow,
           ^ an action is missing
a => status 99
            ^^ `99` is not an HTTP status from 200 to 599
a => status
           ^ a value is missing
a => delay 2h
           ^^ `2h` is not a time up to an hour, such as 300ms or 1.5s
a => delay -1s
           ^^^ `-1s` is not a time up to an hour, such as 300ms or 1.5s
a => times 0
           ^ `0` is not a number from 1
a => chance 10
            ^^ `10` is not a share from 1% to 100%
a => chance 0%
            ^^ `0%` is not a share from 1% to 100%
a => forward ftp://x
             ^^^^^^^ `ftp://x` is not a URL with http:// or https://
a => forward http://
             ^^^^^^^ `http://` is not a URL with http:// or https://
a => reply {"a":}
                ^ not JSON: expected value
a => reply
          ^ a value is missing
a => reply @
            ^ the name of a file is missing
a => reply @nowhere.json
            ^^^^^^^^^^^^ cannot read nowhere.json: no such file
a => set /From_Account=1
         ^^^^^^^^^^^^^ `/From_Account` is not a pointer below /MsgBody, or /CloudCustomData
a => set /MsgBody/0 "x"
                    ^ `=` is missing after the pointer
a => set /MsgBody/0=
                    ^ a value is missing
a => set /MsgBody/0=x
                    ^ not JSON: expected value
"##);
}
