//! Tests of what Tencent makes of an answer.

use super::*;
use crate::callback::Answer;
use crate::callback::command::{TABLE, When};
use crate::callback::friends::is_about_friends;

const REQUEST: &[u8] = br#"{"FriendItem":[{"To_Account":"a"},{"To_Account":"b"}],
    "ResponseFriendItem":[{"To_Account":"a"},{"To_Account":"b"}],
    "DestinationMembers":[{"Member_Account":"a"},{"Member_Account":"b"}],
    "MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"hi"}}]}"#;

const MESSAGE: &str = "C2C.CallbackBeforeSendMsg";
const GIFT: &str = "Live.CallbackBeforeSendGift";
const FRIENDS: &str = "Sns.CallbackPrevFriendAdd";

/// An answer with `ErrorCode` and what follows it.
fn coded(rest: &str) -> Answer {
    body(&format!(r#"{{"ActionStatus":"OK","ErrorInfo":"no","ErrorCode":{rest}}}"#))
}

fn body(body: &str) -> Answer {
    Answer { body: body.as_bytes().to_vec().into(), ..Answer::ok(0) }
}

/// An answer that decides by a code; about friends, about the second of two.
fn decided(word: &str, code: i64) -> Answer {
    let friends = format!(
        r#"0,"ResultItem":[{{"To_Account":"a","ResultCode":0}},{{"To_Account":"b","ResultCode":{code},"ResultInfo":"no"}}]"#
    );
    coded(&if is_about_friends(word) { friends } else { code.to_string() })
}

fn both(word: &str, answer: &Answer) -> String {
    let judgment = judge(word, REQUEST, answer).unwrap();
    let of = |lang| format!("[{}] {}", judgment.word(lang), judgment.sentence(lang));
    format!("{}\n  {}\n", of(Lang::En), of(Lang::Zh))
}

/// Word and sentence of each "before" command for 0, 1, a code of the app's own, 2, and
/// a late answer.
#[test]
fn every_before_command_has_a_word_and_a_sentence_for_each_answer() {
    let mut found = Vec::new();
    for command in TABLE.iter().filter(|it| it.when == When::Before) {
        let word = command.word;
        found.push(format!("{word}\n"));
        let own = *codes(word).unwrap().own.start();
        for code in [0, 1, own, 2] {
            found.push(format!("  {}", both(word, &decided(word, code))));
        }
        let late = Answer { took: 2_000_001, ..decided(word, own) };
        found.push(format!("  {}", both(word, &late)));
    }
    let found = found.concat();
    let expected = include_str!("tests/sentences.txt");
    for (found, expected) in found.lines().zip(expected.lines()) {
        assert_eq!(found, expected);
    }
    assert_eq!(found.lines().count(), expected.lines().count());
}

#[test]
fn an_after_command_is_not_judged() {
    assert_eq!(judge("C2C.CallbackAfterSendMsg", REQUEST, &coded("1")), None);
}

#[test]
fn an_undocumented_before_command_has_any_code() {
    let word = "Group.CallbackBeforeNewThing";
    assert_eq!(
        both(word, &coded("-7")),
        "[denied -7] Denied: the event does not happen, and the client gets -7 “no”.\n  \
         [拒绝 -7] 拒绝：事件不发生，客户端收到 -7“no”。\n"
    );
}

#[track_caller]
fn check_problem(answer: &Answer, en: &str, zh: &str) {
    let judgment = judge(GIFT, REQUEST, answer).unwrap();
    assert_eq!(
        (judgment.decision, judgment.word(Lang::En).as_str()),
        (Decision::Invalid, "invalid")
    );
    let expected = format!(
        "Invalid: Tencent cannot use this answer ({en}), and the gift is refused \
         (unless Live.CallbackBeforeCallBackNotBlock is on)."
    );
    assert_eq!(judgment.sentence(Lang::En), expected);
    assert!(judgment.sentence(Lang::Zh).contains(&format!("（{zh}）")), "{zh}");
}

#[test]
fn an_answer_that_tencent_cannot_use_is_invalid() {
    let status = Answer { status: 500, ..coded("1") };
    check_problem(&status, "status 500 and not 200", "状态码为 500，不是 200");
    for it in ["", "no", "[]"] {
        check_problem(&body(it), "no JSON object", "不是 JSON 对象");
    }
    for (it, field) in [
        (r#"{"ActionStatus":"OK","ErrorCode":0}"#, "ErrorInfo"),
        (r#"{"ErrorInfo":"","ErrorCode":0}"#, "ActionStatus"),
        (r#"{"ErrorInfo":"","ActionStatus":"OK"}"#, "ErrorCode"),
        (r#"{"ErrorInfo":"","ActionStatus":"OK","ErrorCode":"0"}"#, "ErrorCode"),
    ] {
        let zh = format!("{field} 缺失或类型有误");
        check_problem(&body(it), &format!("{field} missing or of a wrong type"), &zh);
    }
    let fail = body(r#"{"ActionStatus":"FAIL","ErrorInfo":"","ErrorCode":1}"#);
    check_problem(&fail, "ActionStatus is not OK", "ActionStatus 不是 OK");
    check_problem(
        &coded("5"),
        "Live.CallbackBeforeSendGift has no code 5, only 0, 1 or 102100 to 102200",
        "Live.CallbackBeforeSendGift 没有错误码 5，只有 0、1 或 102100–102200",
    );
}

#[test]
fn without_an_answer_a_message_is_delivered_and_a_gift_is_refused() {
    let none = Answer { status: 0, ..Answer::ok(0) };
    for (word, expected) in [(MESSAGE, "the message is delivered"), (GIFT, "the gift is refused")] {
        let judgment = judge(word, REQUEST, &none).unwrap();
        assert_eq!(judgment.decision, Decision::Late);
        assert!(judgment.sentence(Lang::En).contains(expected));
    }
    let in_time = Answer { took: 2_000_000, ..coded("0") };
    assert_eq!(judge(MESSAGE, REQUEST, &in_time).unwrap().decision, Decision::Allowed);
}

/// The changes as `pointer first second`.
fn changed(fields: &str) -> (Decision, Vec<String>) {
    let answer = coded(&format!("0,{fields}"));
    let side = |it: Option<String>| it.unwrap_or_else(|| "–".to_owned());
    let changes = changes(REQUEST, &answer.body).into_iter();
    let texts = changes.map(|it| format!("{} {} {}", it.pointer, side(it.first), side(it.second)));
    (judge(MESSAGE, REQUEST, &answer).unwrap().decision, texts.collect())
}

#[test]
fn a_change_is_listed_field_by_field() {
    let same = r#""MsgBody": [ {"MsgContent":{"Text":"hi"},"MsgType":"TIMTextElem"} ]"#;
    assert_eq!(changed(same), (Decision::Allowed, vec![]));
    let other = r#""MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"**"}},{"x":1}],"CloudCustomData":"{\"a\":1}""#;
    let expected = [
        r#"/MsgBody/0/MsgContent/Text "hi" "**""#,
        "/MsgBody/1/x – 1",
        r#"/CloudCustomData – "{\"a\":1}""#,
    ];
    assert_eq!(changed(other), (Decision::Changed, expected.map(str::to_owned).to_vec()));
    assert_eq!(changed(r#""MsgBody":"x""#), (Decision::Invalid, vec![]));
    let sentence = judge(MESSAGE, REQUEST, &coded(&format!("0,{other}"))).unwrap();
    assert_eq!(
        (sentence.word(Lang::Zh), sentence.sentence(Lang::Zh)),
        ("已改写".to_owned(), "已改写：消息正常下发，内容以本应答为准。".to_owned())
    );
    assert_eq!(
        sentence.sentence(Lang::En),
        "Changed: the message is delivered with the content of this answer."
    );
}

#[test]
fn a_change_beside_a_denial_changes_nothing() {
    let answer = coded(r#"120001,"MsgBody":[]"#);
    assert_eq!(judge(MESSAGE, REQUEST, &answer).unwrap().word(Lang::En), "denied 120001");
}

#[test]
fn refused_members_are_named_and_counted() {
    let word = "Group.CallbackBeforeInviteJoinGroup";
    assert_eq!(
        both(word, &coded(r#"0,"RefusedMembers_Account":["b"]"#)),
        "[denied 1/2] Denied: 1 of 2 invited members are refused: b.\n  \
         [拒绝 1/2] 拒绝：2 个中有 1 名被邀请者被拒绝：b。\n"
    );
    let all = coded(r#"0,"RefusedMembers_Account":["a","b"]"#);
    assert_eq!(judge(word, REQUEST, &all).unwrap().word(Lang::En), "denied");
    let none = coded(r#"0,"RefusedMembers_Account":[]"#);
    assert_eq!(judge(word, REQUEST, &none).unwrap().decision, Decision::Allowed);
    let wrong = coded(r#"0,"RefusedMembers_Account":[7]"#);
    assert_eq!(judge(word, REQUEST, &wrong).unwrap().decision, Decision::Invalid);
}

#[test]
fn friends_are_refused_by_their_items_alone() {
    let item = |it: &str, code: i64| format!(r#"{{"To_Account":"{it}","ResultCode":{code}}}"#);
    let all = [item("a", 38_001), item("b", 38_001)].join(",");
    let of = |code: i64, items: &str| {
        judge(FRIENDS, REQUEST, &coded(&format!(r#"{code},"ResultItem":[{items}]"#))).unwrap()
    };
    assert_eq!(of(0, &all).word(Lang::En), "denied 38001");
    let different = [item("a", 38_001), item("b", 38_002)].join(",");
    assert_eq!(of(0, &different).word(Lang::En), "denied");
    assert!(of(38_001, &all).sentence(Lang::En).contains("only ResultItem decides"));
    assert!(of(0, &item("a", 0)).sentence(Lang::En).contains("lacks 1 of the users"));
    assert_eq!(judge(FRIENDS, REQUEST, &coded("0")).unwrap().decision, Decision::Invalid);
}
