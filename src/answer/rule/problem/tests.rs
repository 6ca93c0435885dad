//! Tests of what cannot work.

use super::*;

fn rule(text: &str) -> Rule {
    Rule::parse(text, &mut |_| Err("no file".to_owned())).unwrap()
}

/// The marked text and the beginning of the message of each; `?` before a remark.
fn found(text: &str) -> Vec<String> {
    let rule = rule(text);
    let line = |it: Problem| {
        let chinese = it.message(Lang::Zh);
        assert!(!chinese.is_empty() && !chinese.contains(" or "), "{chinese}");
        let sign = if it.is_remark() { "?" } else { "!" };
        format!("{sign}{}: {}", &rule.text()[it.at.clone()], it.message(Lang::En))
    };
    rule.problems().into_iter().map(line).collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let found = found(text);
    assert_eq!(found.len(), expected.len(), "{text}: {found:?}");
    for (found, expected) in found.iter().zip(expected) {
        assert!(found.starts_with(expected), "{text}: {found}");
    }
}

#[test]
fn what_works_has_no_problem() {
    for text in [
        "cmd:C2C.CallbackBeforeSendMsg => deny 120001",
        "cmd:Group before => deny 10100 \"no\"",
        "cmd:BeforeSendMsg => drop",
        "before from:a => set /CloudCustomData=\"x\"",
        "=> deny",
        "=> allow",
        "after => fail",
        "cmd=Chatbot.OnC2CSignalMessage => deny 1",
        "cmd:AfterSendMsg => allow, delay 1s",
        "broken => status 500",
    ] {
        check(text, &[]);
    }
}

#[test]
fn what_cannot_work_is_named_at_its_place() {
    check("cmd:C2C before => deny 10100", &["!deny 10100: C2C.CallbackBeforeSendMsg does not"]);
    check(
        "cmd:Group before => deny 2 \"x\"",
        &[
            "?deny 2 \"x\": Group.CallbackBeforeCreateGroup has no code 2, with which `drop` answers",
        ],
    );
    check(
        "before => drop",
        &["?drop: Sns.CallbackPrevFriendAdd has no code 2, with which `drop` answers: it is for \
             messages before they are sent; add `cmd:BeforeSendMsg`"],
    );
    check("cmd:PrevFriend => drop", &["!drop: `drop` works only before a message"]);
    check("cmd:SendGift => set /CloudCustomData=\"\"", &["!set /CloudCustomData=\"\": `set`"]);
    check("cmd:After => Deny", &["!Deny: `deny` has no effect"]);
    check("after (from:a | cmd:x) => drop", &["!drop: `drop` has no effect"]);
    check("-before => deny", &["!deny: `deny` has no effect"]);
    check("after => deny 1", &["!deny 1: `deny` has no effect"]);
    check("after cmd:c2c => deny 1", &["!deny 1: `deny` has no effect"]);
    check("text:code before code:120001 => deny", &["!code: `code` never matches here"]);
    check("failed => deny", &["!failed: `failed` never matches here"]);
    check("code:80001 => fail", &[]);
    check("\"late\" Late => allow", &["!Late: `late` is known only after"]);
    check("before Denied => allow", &["!Denied: `denied` is known only after"]);
    check("from:a took>1s => allow", &["!took: `took` is known only after"]);
    check("-trouble cmd:potato => deny", &["!trouble: ", "?potato: no known command matches"]);
    check(
        "cmd:goup. before => drop",
        &["?goup.: no known command matches `goup.`; did you mean `Group.`?"],
    );
    check("before after => deny", &["?before after: the filter matches no known command"]);
    check(
        "before => set /MsgBody/0/MsgContent/Txt=\"x\", set /CloudCustomData=\"\"",
        &["?Txt: no documented element has a field `Txt`; did you mean `Text`?"],
    );
    check("=> reply [1]", &["?reply [1]: the body is not a JSON object"]);
    check("before => hang", &["?hang: Tencent waits"]);
    check("before => delay 2s, allow", &["?delay 2s: Tencent waits"]);
}
