//! Which callbacks each term of the filter language matches.

mod combined;
mod errors;
mod foreign;
mod kinds;
mod evaluation;
mod payload;
mod names;
mod open_ranges;
mod properties;
mod remarks;
mod slow_clock;
mod times;
mod zones;

use std::borrow::Cow;

use super::readable::of_message;
use super::*;
use crate::callback::decision::Decision;
use crate::callback::json;
use crate::callback::message::{Element, ElementType};
use crate::callback::{Answer, Delivery, Headers, Origin, Seq, Timestamp, Verdict};
use crate::history::row::{Flags, Row, RowId};

/// A callback example for a test.
#[derive(Debug, Clone)]
pub(super) struct Example {
    pub(super) row: Row<'static>,
    pub(super) query: String,
    pub(super) body: Vec<u8>,
}

impl Subject for Example {
    fn row(&self) -> &Row<'_> {
        &self.row
    }

    fn body(&self) -> &[u8] {
        &self.body
    }

    fn delivery(&self) -> Cow<'_, Delivery> {
        Cow::Owned(Delivery {
            seq: Seq(1),
            at: self.row.at,
            peer: "127.0.0.1:1".into(),
            method: "POST".into(),
            target: format!("/?{}", self.query).into(),
            headers: Headers::default(),
            body: self.body.clone().into(),
            omitted_bytes: 0,
            signature: Verdict::Unchecked,
            refusal: None,
            answer: Answer::ok(1),
            origin: Origin::Caller,
        })
    }
}

/// An image from jared to 小明, blocked, 3.5 s old.
pub(super) fn example() -> Example {
    let row = Row {
        id: RowId::FIRST,
        at: Timestamp(1_557_481_129_500_000),
        app: "1400000000",
        word: "C2C.CallbackAfterSendMsg",
        from: "jared",
        to: "小明",
        kinds: 1 << ElementType::Image as u16,
        result: Some(80001),
        other_failures: &[],
        refused: None,
        unread: Some(7),
        msg_time: Some(1_557_481_126),
        key: 0,
        other_keys: &[],
        size: 2048,
        took: 850,
        flags: Flags::ODD.with(Flags::OLDER, true),
    };
    let query = "SdkAppid=1400000000&ClientIP=127.0.0.1&OptPlatform=iOS".to_owned();
    let body = r#"{"From_Account":"jared","Text":"Red packet 红包 ÉTÉ","a\\b":1}"#;
    Example { row, query, body: body.into() }
}

#[track_caller]
fn check(filters: &[&str], expected: bool) {
    for text in filters {
        let filter = Filter::parse(text).unwrap();
        assert_eq!(filter.matches(&example()), expected, "{text}");
        let again = Filter::parse(&filter.to_string()).unwrap();
        assert_eq!(again, filter, "{text} written as {filter}");
    }
}

#[test]
fn an_empty_filter_matches_everything() {
    check(&["", "  \t\u{3000}"], true);
    assert!(Filter::parse(" ").unwrap().is_empty());
    assert!(!Filter::parse("a").unwrap().is_empty());
    assert_eq!(Filter::default(), Filter::parse("").unwrap());
}

#[test]
fn a_word_matches_anywhere_in_the_body_in_any_letter_case() {
    check(&["red", "PACKET", "红包", "eD", "été"], true);
    check(&["\"red packet\"", "\"PACKET 红\"", r#""\"Text\":\"red""#, r"a\\b"], true);
    check(&["green", "红 packets", "\"packet red\"", "ete", "1400000000"], false);
}

#[test]
fn a_space_is_and_and_binds_tighter_than_or() {
    check(&["red packet", "green | red", "green red | packet", "packet | red green"], true);
    check(&["green (red | packet)", "red green", "(red|packet) green"], false);
}

#[test]
fn a_dash_negates_the_term_right_after_it() {
    check(&["-green", "red -green", "-(red green)", "-\"red green\"", "--red", "-from:bob"], true);
    check(&["-red", "-(red | green)", "-(-green)", "---red", "-odd", "-re:/packet/"], false);
    check(&["From_Account -1557481126", "a-b | red"], true);
}

#[test]
fn a_colon_matches_part_of_a_name_and_an_equals_sign_all_of_it() {
    check(&["from:JAR", "to:小", "user:jared", "user:小明", "cmd:after", "FROM:jared"], true);
    check(&["from=jared", "to=小明", "user=小明", "cmd=C2C.CallbackAfterSendMsg"], true);
    check(&["from:小明", "to:jared", "user:bob", "cmd:before", "from=jare", "from=Jared"], false);
    check(&["from=\"\"", "from:\"jar ed\""], false);
}

#[test]
fn app_platform_and_address_are_those_of_the_query() {
    check(&["app:1400000000", "app=1400000000", "platform:ios", "platform=ios", "ip:127."], true);
    check(&["app:15", "app=14", "platform:web", "ip:10.", "ip=127."], false);
}

#[test]
fn a_type_is_one_of_the_kinds_of_elements() {
    check(&["type:image", "TYPE:Image"], true);
    check(&["type:text", "type:other"], false);
}

#[test]
fn numbers_are_compared() {
    check(&["code:80001", "code:80000-80009", "code>80000", "code>=80001", "code<=80001"], true);
    check(&["unread>5", "unread<8", "unread:7", "unread=7", "unread:-1-7"], true);
    check(&["code:8000", "code:20000-20999", "unread>7", "unread<7", "unread<=-1"], false);
}

#[test]
fn sizes_and_times_have_units() {
    check(&["size:2k", "size>=2KiB", "size<1M", "size<2.5k", "size>1.99kb", "size:2048"], true);
    check(&["lag>3s", "lag<4s", "lag>3", "lag>3400ms", "lag<1h", "lag:3s", "lag<0.1m"], true);
    check(&["took>0.5ms", "took<1ms", "took:0.8ms", "took<=2s", "TOOK<1m"], true);
    check(&["size>2k", "size:1k", "lag>3.5s", "lag:2s", "lag>1m", "took>1ms", "took:1s"], false);
}

#[test]
fn a_callback_without_a_number_matches_no_comparison_of_it() {
    let mut example = example();
    example.row = Row { result: None, unread: None, msg_time: None, took: 0, ..example.row };
    for text in ["code:0", "unread<5", "unread>=0", "lag<1h", "took<1h", "failed", "ok"] {
        assert!(!Filter::parse(text).unwrap().matches(&example), "{text}");
    }
}

#[test]
fn flags_match_the_flags_of_the_row() {
    check(&["failed", "odd", "older", "Failed odd OLDER"], true);
    check(
        &["ok", "refused", "duplicate", "online", "before", "broken", "trouble", "resent"],
        false,
    );
    check(&["\"failed\"", "\"odd\"", "-failed"], false);
}

#[test]
fn what_is_only_asked_for_is_neither_ok_nor_failed() {
    let words = ["allowed", "changed", "denied", "dropped", "late", "invalid"];
    for (decision, code, found) in [
        (Decision::Allowed, Some(0), "allowed code:0 before"),
        (Decision::Changed, Some(0), "changed"),
        (Decision::Denied, Some(120_001), "denied code:120001"),
        (Decision::Dropped, Some(2), "dropped code:2"),
        (Decision::Late, None, "late -older"),
        (Decision::Invalid, Some(99), "invalid code:99"),
    ] {
        let mut example = example();
        let flags = Flags::BEFORE.with_decision(decision);
        example.row = Row { flags, result: code, ..example.row };
        let matches = |text: &str| Filter::parse(text).unwrap().matches(&example);
        assert!(matches(found) && !matches("ok | failed"), "{found}");
        assert_eq!(words.into_iter().filter(|it| matches(it)).count(), 1, "{found}");
    }
}

#[test]
fn a_refused_or_broken_call_is_not_ok() {
    for (flags, ok) in [(Flags::REFUSED, false), (Flags::BROKEN, false), (Flags::ODD, true)] {
        let mut example = example();
        example.row = Row { flags, result: Some(0), ..example.row };
        assert_eq!(Filter::parse("ok").unwrap().matches(&example), ok);
    }
}

#[test]
fn patterns_match_in_the_body() {
    check(&["re:/pa+cket/", "re:/RED/i", "re:/Red packet (红包|x)/ odd", r"re:/\{|\//"], true);
    check(&["re:/RED/", "re:/^Red/", r"re:/\//"], false);
}

#[test]
fn an_address_or_a_time_of_day_is_a_word() {
    check(&["http://x", "14:02:11", "x=1", "a>b", "小明:你好"], false);
    check(&[":", "\"From_Account\":\"jared\""], true);
}

#[test]
fn a_body_that_is_not_utf_8_is_searched_as_well() {
    let example = Example { body: b"\xff\xfeReD \xe7\xba\xa2\xc3\x89\xff".to_vec(), ..example() };
    for text in ["red", "红", "é", "re:/R.D/", r"re:/(?-u)\xff$/"] {
        assert!(Filter::parse(text).unwrap().matches(&example), "{text}");
    }
}

#[test]
fn the_text_of_a_message_is_what_a_person_reads() {
    let content = r#"{"Text":"a \"b\"\u5c0f","Url":"http://x","fileName":"c","Size":1,
        "AbstractList":["d","e"],"Chunks":[{"Markdown":"f"}],"MsgList":[{"Text":"no"}]}"#;
    let content = json::read(content.as_bytes()).unwrap();
    let element =
        Element { kind: ElementType::Text, word: "TIMTextElem".into(), content: Some(content) };
    let custom = json::read(b"\"mine\"").unwrap();
    let read = of_message(&[element], Some(custom));
    assert_eq!(read, ["mine", "a \"b\"小", "c", "d", "e", "f"]);
}

#[test]
fn text_and_key_are_those_of_the_decoded_callback() {
    let body = r#"{"CallbackCommand":"C2C.CallbackAfterSendMsg","From_Account":"jared",
        "To_Account":"Jonh","MsgKey":"48374_2837546_1557481126","MsgBody":[{"MsgType":
        "TIMTextElem","MsgContent":{"Text":"red \u5305"}}],"CloudCustomData":"mine"}"#;
    let example = Example { body: body.into(), ..example() };
    for text in
        ["text:\"RED 包\"", "text:\\u5305", "text:mine", "text=mine", "key:48374_", "-text:jared"]
    {
        assert!(Filter::parse(text).unwrap().matches(&example), "{text}");
    }
    for text in ["text:u5305", "text:TIMText", "key:2837546_1557481127", "text=red"] {
        assert!(!Filter::parse(text).unwrap().matches(&example), "{text}");
    }
}
