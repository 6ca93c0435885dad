//! Conditions on fields of the body, and on the answer.

use std::borrow::Cow;

use proptest::prelude::*;

use super::{Example, check, example};
use crate::callback::{Answer, Delivery};
use crate::history::filter::{Filter, ReadCost, Subject};
use crate::history::row::Row;

const BODY: &str = r#"{"CallbackCommand":"C2C.CallbackAfterSendMsg","UnreadMsgNum":7,"MsgSeq":"123",
    "MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"hi \u5c0f"}},
    {"MsgType":"TIMFaceElem","MsgContent":{"Index":6,"Data":null}}],"List":[[1,2],["a","b"]],
    "CloudCustomData":"{\"trace\":\"abc\",\"inner\":\"{\\\"n\\\":-5}\"}","odd name.x":true,"UnreadMsgNum":8}"#;

#[track_caller]
fn finds(expected: bool, filters: &[&str]) {
    let example = Example { body: BODY.into(), ..example() };
    for text in filters {
        let filter = Filter::parse(text).unwrap();
        assert_eq!(filter.matches(&example), expected, "{text}");
        let again = Filter::parse(&filter.to_string()).unwrap();
        assert_eq!(again, filter, "{text} written as {filter}");
        assert_eq!(again.matches(&example), expected, "{text} written as {filter}");
    }
}

#[test]
fn the_last_field_with_a_name_counts_however_the_body_is_read() {
    for levels in [1, 200] {
        let deep = ["[".repeat(levels), "]".repeat(levels)].concat();
        let body = format!(r#"{{"a":1,"A":4,"\u0061":2,"B":3,"deep":{deep},"a":5,"b":6,"B":7}}"#);
        let example = Example { body: body.into(), ..example() };
        for (text, expected) in [(".a:5", true), (".a<5", false), (".A:4", true), (".b:6", true)] {
            assert_eq!(Filter::parse(text).unwrap().matches(&example), expected, "{text} {levels}");
        }
    }
}

#[test]
fn a_path_leads_through_lists_and_json_in_strings() {
    finds(
        true,
        &[
            ".MsgBody[0].MsgContent.Text:HI",
            ".MsgBody[].MsgContent.Text:小",
            ".MsgBody.MsgContent.Text:hi",
            ".MsgBody.MsgType=TIMFaceElem",
            ".CloudCustomData.trace=abc",
            ".CloudCustomData.inner.n=-5",
            ".CloudCustomData:trace",
            ".\"odd name.x\"=true",
            ".List[1][0]=a",
            ".List[][1]:b",
            ".List[0]:2",
            ".msgseq=123",
            ".msgbody[0].MSGCONTENT.text:hi",
        ],
    );
    finds(
        false,
        &[
            ".MsgBody[1].MsgContent.Text",
            ".MsgBody[2]",
            ".MsgBody.Text",
            ".CloudCustomData.trace=ab",
            ".CloudCustomData.trace:abcd",
            ".MsgType:Text",
            ".List.a",
            ".List[0]:b",
        ],
    );
}

#[test]
fn a_path_alone_matches_what_has_the_field() {
    finds(true, &[".MsgBody", ".MsgBody.MsgContent.Data", "-.GroupId", ".MsgBody -.From"]);
    finds(false, &["-.MsgBody", ".GroupId", ".MsgBody.MsgContent.Data.x"]);
}

#[test]
fn a_number_of_the_body_is_compared_by_its_value() {
    finds(
        true,
        &[
            ".UnreadMsgNum>7",
            ".UnreadMsgNum:8",
            ".UnreadMsgNum=8",
            ".UnreadMsgNum:5-10",
            ".UnreadMsgNum<=8",
            ".MsgSeq=123",
            ".MsgSeq>=123",
            ".MsgSeq:12",
            ".CloudCustomData.inner.n<0",
            ".MsgBody.MsgContent.Index<7",
            ".MsgBody.MsgContent.Data=null",
        ],
    );
    finds(
        false,
        &[
            ".UnreadMsgNum<8",
            ".UnreadMsgNum:9-10",
            ".UnreadMsgNum=7",
            ".MsgSeq=12",
            ".MsgSeq>123",
            ".CallbackCommand>0",
            ".MsgBody>0",
        ],
    );
}

#[test]
fn a_number_in_any_notation_is_compared_exactly() {
    let finds = |number: &str, filter: &str| {
        let body = format!("{{\"X\":{number}}}");
        Filter::parse(filter).unwrap().matches(&Example { body: body.into(), ..example() })
    };
    for number in ["5.5", "\"5.5\"", "18446744073709551615", "1e26", "1e400", "6"] {
        assert!(finds(number, ".X>5") && finds(number, ".X>5.4"), "{number}");
        assert!(!finds(number, ".X<5.5") && !finds(number, ".X<=5"), "{number}");
    }
    for number in ["5", "5.0", "0.5e1", "50E-1"] {
        for filter in [".X=5", ".X=5.0", ".X:0.5e1", ".X=500e-2", ".X:4.9-5", ".X>=5.00"] {
            assert!(finds(number, filter), "{number} {filter}");
        }
        assert!(!finds(number, ".X>5.0") && !finds(number, ".X<5"), "{number}");
    }
    assert!(finds("5.5", ".X<6") && finds("-0.0", ".X=0") && finds("-1e-9", ".X<0"));
    assert!(finds("-2.5", ".X:-3--2") && finds("2e-3", ".X:1e-3-1e-2"));
    assert!(!finds("null", ".X<1e400") && !finds("\"5.5 é\"", ".X>5"));
    assert!(Filter::parse(".X>5.4.1").is_err());
}

#[test]
fn a_point_before_no_name_is_text() {
    for text in [".5", "...", "./x", "a.b"] {
        assert_eq!(Filter::parse(text).unwrap(), Filter::parse(&format!("\"{text}\"")).unwrap());
    }
    let quoted = Filter::parse("\".jpg\"").unwrap();
    assert_eq!(quoted.to_string(), "\".jpg\"");
    assert_eq!(Filter::parse(".a:b").unwrap().read_cost(), ReadCost::Body);
}

#[test]
fn a_type_is_a_word_of_its_column_in_either_language() {
    let kind = |text: &str, word: &'static str| {
        let example = Example { row: Row { word, ..example().row }, ..example() };
        Filter::parse(text).unwrap().matches(&example)
    };
    check(&["type:image", "type:图片", "type:sent", "type:已发送", "type:after"], true);
    check(&["type:image?", "type:\"bot image\"", "type:read", "type:broken", "type:before"], false);
    let read = "C2C.CallbackAfterMsgReport";
    assert!(kind("type:READ", read) && kind("type:已读", read) && !kind("type:\"read all\"", read));
    assert!(kind("type:recalled", "Group.CallbackAfterRecallMsg"));
    assert!(kind("type:撤回", "C2C.CallbackAfterMsgWithDraw"));
    assert!(kind("type:\"friend?\"", "Sns.CallbackPrevFriendAdd"));
    assert!(kind("type:\"bot image\"", "Bot.OnC2CMessage"));
    let flags = crate::history::row::Flags::BEFORE;
    let asked = Example { row: Row { flags, ..example().row }, ..example() };
    assert!(Filter::parse("type:图片？ type:image?").unwrap().matches(&asked));
}

/// A callback with an answer.
struct Answered(Delivery, Row<'static>);

impl Subject for Answered {
    fn row(&self) -> &Row<'_> {
        &self.1
    }
    fn body(&self) -> &[u8] {
        &self.0.body
    }
    fn delivery(&self) -> Cow<'_, Delivery> {
        Cow::Borrowed(&self.0)
    }
}

#[test]
fn the_reason_and_the_rule_of_an_answer_are_found() {
    let reply = r#"{"ErrorInfo":"no \u5e7f","ResultItem":[{"ResultInfo":"busy"}]}"#;
    let body = r#"{"ErrorCode":1,"ErrorInfo":"blocked"}"#;
    let rule = Some("from:mallory => deny".into());
    let answer = Answer { body: reply.as_bytes().into(), rule, ..Answer::ok(1) };
    let delivery = Delivery { body: body.as_bytes().into(), answer, ..Delivery::default() };
    let answered = Answered(delivery, example().row);
    let matches = |text: &str| Filter::parse(text).unwrap().matches(&answered);
    for text in ["info:广", "info:BUSY", "info=blocked", "rule:mallory", "rule:\"=> deny\""] {
        assert!(matches(text), "{text}");
    }
    for text in ["info:mallory", "info=busy?", "rule:alice", "rule=mallory"] {
        assert!(!matches(text), "{text}");
    }
    assert!(!Filter::parse("rule:a | info:b").unwrap().matches(&example()));
    let later = Filter::parse("odd rule:a").unwrap().known_later();
    assert_eq!(later, [("rule", 4..8)]);
}

/// A value, and its naive reading.
fn value() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        (-3_i64..12).prop_map(serde_json::Value::from),
        "[ab小\"0-9]{0,2}".prop_map(serde_json::Value::from),
        Just(serde_json::Value::Null),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(serde_json::Value::from),
            prop::collection::btree_map("[abA]", inner.clone(), 0..3)
                .prop_map(serde_json::Value::from_iter),
            inner.prop_map(|it| serde_json::Value::from(it.to_string())),
        ]
    })
}

/// The values at a path of names, read without haste.
fn at(value: &serde_json::Value, path: &[String]) -> Vec<serde_json::Value> {
    let Some((first, rest)) = path.split_first() else { return vec![value.clone()] };
    match value {
        serde_json::Value::String(text) => match serde_json::from_str(text) {
            Ok(inner @ (serde_json::Value::Object(_) | serde_json::Value::Array(_))) => {
                at(&inner, path)
            }
            _ => Vec::new(),
        },
        serde_json::Value::Object(fields) => {
            let is_like = |it: &&String| it.eq_ignore_ascii_case(first);
            let last = || fields.get(fields.keys().filter(is_like).max()?);
            fields.get(first).or_else(last).map(|it| at(it, rest)).unwrap_or_default()
        }
        serde_json::Value::Array(items) => {
            let objects = items.iter().filter(|it| it.is_object());
            objects.flat_map(|it| at(it, path)).collect()
        }
        _ => Vec::new(),
    }
}

/// Whether a value, or one in a list, is a number that passes a test.
fn has_number(value: &serde_json::Value, test: &dyn Fn(i64) -> bool) -> bool {
    match value {
        serde_json::Value::Array(items) => {
            items.iter().filter(|it| !it.is_array()).any(|it| has_number(it, test))
        }
        serde_json::Value::String(text) => text.parse().is_ok_and(test),
        other => other.as_i64().is_some_and(test),
    }
}

proptest! {
    #[test]
    fn a_path_finds_what_a_slow_reading_finds(
        a in value(), b in value(), path in prop::collection::vec("[abB]", 1..4), limit in -2_i64..12,
    ) {
        let body = serde_json::json!({"a": a, "b": b});
        let found = at(&body, &path);
        let example = Example { body: body.to_string().into_bytes(), ..example() };
        let path = format!(".{}", path.join("."));
        let matches = |text: String| Filter::parse(&text).unwrap().matches(&example);
        prop_assert_eq!(matches(path.clone()), !found.is_empty());
        let above = found.iter().any(|it| has_number(it, &|it| it > limit));
        prop_assert_eq!(matches(format!("{path}>{limit}")), above);
        let within = found.iter().any(|it| has_number(it, &|it| (limit..=10).contains(&it)));
        prop_assert_eq!(matches(format!("{path}>={limit} {path}<=10")) || !within, true);
    }
}
