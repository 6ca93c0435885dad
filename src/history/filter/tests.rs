//! What the filter language promises, a sentence each.

use std::borrow::Cow;

use super::readable::of_message;
use super::*;
use crate::callback::json;
use crate::callback::message::{Element, Kind};
use crate::callback::{Answer, Delivery, Headers, Lang, Origin, Seq, Timestamp, Verdict};
use crate::history::row::{Flags, Row, RowId};

/// A callback made for a test.
#[derive(Debug, Clone)]
pub(super) struct Made {
    pub(super) row: Row<'static>,
    pub(super) query: String,
    pub(super) body: Vec<u8>,
}

impl Subject for Made {
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
            signature: Verdict::Unchecked,
            answer: Answer::ok(1),
            origin: Origin::Caller,
        })
    }
}

/// An image from jared to 小明, blocked, 3.5 s old.
pub(super) fn made() -> Made {
    let row = Row {
        id: RowId(1),
        at: Timestamp(1_557_481_129_500_000),
        word: "C2C.CallbackAfterSendMsg",
        from: "jared",
        to: "小明",
        kinds: 1 << Kind::Image as u16,
        result: Some(80001),
        unread: Some(7),
        msg_time: Some(1_557_481_126),
        key: 0,
        size: 2048,
        flags: Flags::ODD.with(Flags::LATE, true),
    };
    let query = "SdkAppid=1400000000&ClientIP=127.0.0.1&OptPlatform=iOS".to_owned();
    let body = r#"{"From_Account":"jared","Text":"Red packet 红包 ÉTÉ","a\\b":1}"#;
    Made { row, query, body: body.into() }
}

#[track_caller]
fn check(filters: &[&str], expected: bool) {
    for text in filters {
        let filter = Filter::parse(text).unwrap();
        assert_eq!(filter.matches(&made()), expected, "{text}");
        let again = Filter::parse(&filter.to_string()).unwrap();
        assert_eq!(again, filter, "{text} written as {filter}");
    }
}

/// `expected` is the part of the text that the caret stands under.
#[track_caller]
fn wrong(text: &str, expected: &str, what: &str) {
    let error = Filter::parse(text).unwrap_err();
    let message = error.message(Lang::En);
    assert_eq!((&text[error.at], &*message), (expected, what), "{text}");
}

#[test]
fn an_empty_filter_matches_everything() {
    check(&["", "  \t\u{3000}"], true);
    assert!(Filter::parse(" ").unwrap().is_empty());
    assert!(!Filter::parse("a").unwrap().is_empty());
    assert_eq!(Filter::default(), Filter::parse("").unwrap());
}

#[test]
fn words_match_anywhere_in_the_body_whatever_their_letter_case() {
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
fn a_dash_negates_what_stands_right_after_it() {
    check(&["-green", "red -green", "-(red green)", "-\"red green\"", "--red", "-from:bob"], true);
    check(&["-red", "-(red | green)", "-(-green)", "---red", "-odd", "-re:/packet/"], false);
    check(&["From_Account -1557481126", "a-b | red"], true);
}

#[test]
fn names_match_in_part_with_a_colon_and_as_a_whole_with_an_equals_sign() {
    check(&["from:JAR", "to:小", "user:jared", "user:小明", "cmd:after", "FROM:jared"], true);
    check(&["from=jared", "to=小明", "user=小明", "cmd=C2C.CallbackAfterSendMsg"], true);
    check(&["from:小明", "to:jared", "user:bob", "cmd:before", "from=jare", "from=Jared"], false);
    check(&["from=\"\"", "from:\"jar ed\""], false);
}

#[test]
fn the_query_tells_app_platform_and_address() {
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
    check(&["size>2k", "size:1k", "lag>3.5s", "lag:2s", "lag>1m"], false);
}

#[test]
fn what_a_callback_does_not_carry_compares_with_nothing() {
    let mut made = made();
    made.row = Row { result: None, unread: None, msg_time: None, ..made.row };
    for text in ["code:0", "unread<5", "unread>=0", "lag<1h", "failed"] {
        assert!(!Filter::parse(text).unwrap().matches(&made), "{text}");
    }
    assert!(Filter::parse("ok").unwrap().matches(&made), "nothing failed");
}

#[test]
fn flags_tell_what_is_seen_at_a_glance() {
    check(&["failed", "odd", "late", "Failed odd LATE"], true);
    check(
        &["ok", "refused", "duplicate", "online", "before", "broken", "trouble", "resent"],
        false,
    );
    check(&["\"failed\"", "\"odd\"", "-failed"], false);
}

#[test]
fn a_refused_or_broken_call_is_not_ok() {
    for (flags, ok) in [(Flags::REFUSED, false), (Flags::BROKEN, false), (Flags::ODD, true)] {
        let mut made = made();
        made.row = Row { flags, result: Some(0), ..made.row };
        assert_eq!(Filter::parse("ok").unwrap().matches(&made), ok);
    }
}

#[test]
fn patterns_look_into_the_body() {
    check(&["re:/pa+cket/", "re:/RED/i", "re:/Red packet (红包|x)/ odd", r"re:/\{|\//"], true);
    check(&["re:/RED/", "re:/^Red/", r"re:/\//"], false);
}

#[test]
fn an_address_or_a_time_of_day_is_a_word() {
    check(&["http://x", "14:02:11", "x=1", "a>b", "小明:你好"], false);
    check(&[":", "\"From_Account\":\"jared\""], true);
}

#[test]
fn a_body_that_is_no_utf_8_is_searched_all_the_same() {
    let made = Made { body: b"\xff\xfeReD \xe7\xba\xa2\xc3\x89\xff".to_vec(), ..made() };
    for text in ["red", "红", "é", "re:/R.D/", r"re:/(?-u)\xff$/"] {
        assert!(Filter::parse(text).unwrap().matches(&made), "{text}");
    }
}

#[test]
fn a_mistake_names_the_thing_and_its_place() {
    wrong(
        "a unknown:thing",
        "unknown",
        "unknown field `unknown`; write \"unknown:thing\" in quotes to search for the text",
    );
    wrong("小 \"ab", "\"ab", "the quote is not closed");
    wrong("from:\"ab", "\"ab", "the quote is not closed");
    wrong("a (b | (c)", "(", "`(` is not closed");
    wrong("(", "(", "`(` is not closed");
    wrong("a ) b", ")", "unmatched `)`");
    wrong(")", ")", "unmatched `)`");
    wrong("()", ")", "empty parentheses");
    wrong("a |", "", "no term after `|`");
    wrong("| a", "|", "no term before `|`");
    wrong("a - b", "-", "no term right after `-`");
    wrong("\"\"", "\"\"", "empty quotes");
    wrong("from:\"\"", "\"\"", "empty quotes");
    wrong("from: bob", "from:", "`from:` needs a value right after it");
    wrong("unread>", "unread>", "`unread>` needs a value right after it");
    wrong("from>5", "from>", "`from` cannot be compared; write from:…");
    wrong("code!=0", "code!=", "unknown operator `!=`; write -code=…");
}

#[test]
fn a_bad_value_is_shown_with_what_would_be_good() {
    wrong("code:小", "小", "`小` is not a whole number");
    wrong("code:1.5", "1.5", "`1.5` is not a whole number");
    wrong("code:5-1", "5-1", "the range `5-1` ends before it begins");
    wrong("code:5-", "5-", "`` is not a whole number");
    wrong("size>2x", "2x", "`2x` is not a size, such as 900, 2k or 1.5M");
    wrong("lag>soon", "soon", "`soon` is not a time, such as 300ms, 3s, 2m or 1h");
    wrong("size>99999999999999m", "99999999999999m", "`99999999999999m` is too large");
    wrong(
        "type:imag",
        "imag",
        "unknown type `imag`; the types are text, face, location, custom, sound, image, file, video, relay, stream, other",
    );
    wrong("re:x", "re:", "a pattern is written between slashes: re:/…/");
    wrong("re:/x", "/x", "the pattern has no closing `/`");
    wrong("re://", "//", "empty pattern");
    wrong("re:/x/gi", "gi", "unknown flag `gi` after a pattern; `i` ignores the letter case");
    wrong("re:/(x/ y", "/(x/", "invalid pattern: unclosed group");
    wrong("re:/\\w{999}/", "/\\w{999}/", "the pattern is too large");
}

#[test]
fn hostile_text_is_refused_before_it_costs_anything() {
    let deep = format!("{}a{}", "(".repeat(65), ")".repeat(65));
    wrong(&deep, "(", "more than 64 nested parentheses");
    assert!(Filter::parse(&deep[1..deep.len() - 1]).is_ok());
    let long = "小".repeat(1400);
    wrong(&long, &long[4095..], "the filter is longer than 4 KiB");
    wrong(&"re:/x/ ".repeat(17), "/x/", "more than 16 patterns");
}

#[test]
fn the_dearest_look_is_told_and_the_cheap_one_comes_first() {
    let reads = |text| Filter::parse(text).unwrap().reads();
    assert_eq!(reads(""), Reads::Row);
    assert_eq!(reads("from:a -failed (code:1 | size>2k)"), Reads::Row);
    assert_eq!(reads("from:a word"), Reads::Body);
    assert_eq!(reads("word -(failed | ip:1)"), Reads::Delivery);
    let filter = Filter::parse("text:x re:/y/ word (ip:1 | from:a) from:b odd").unwrap();
    assert_eq!(filter.to_string(), "odd from:b word re:/y/ (from:a | ip:1) text:x");
}

#[test]
fn nothing_is_opened_that_the_row_has_settled() {
    struct Shut(Made);
    impl Subject for Shut {
        fn row(&self) -> &Row<'_> {
            &self.0.row
        }
        fn body(&self) -> &[u8] {
            panic!("opened the body")
        }
        fn delivery(&self) -> Cow<'_, Delivery> {
            panic!("opened the delivery")
        }
    }
    let shut = Shut(made());
    assert!(!Filter::parse("word key:1 ok").unwrap().matches(&shut));
    assert!(Filter::parse("text:x | word | failed").unwrap().matches(&shut));
}

#[test]
fn what_is_looked_for_is_marked_where_it_stands() {
    let flags = |filter: &str, text: &str| {
        let ranges = Filter::parse(filter).unwrap().highlights(text);
        ranges.into_iter().map(|it| text[it].to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(flags("red | from:BOB", "Red, bob: rEd"), ["Red", "bob", "rEd"]);
    assert_eq!(flags("é 包", "É红包包"), ["É", "包包"], "neighbors are one");
    assert_eq!(flags("pack acket", "packet"), ["packet"], "what overlaps is one");
    assert_eq!(flags("-red -(green -blue)", "red green blue"), ["blue"]);
    assert_eq!(flags("re:/b+|x*/ type:image code:1", "abbc"), ["bb"]);
    assert_eq!(flags(r"re:/(?-u)\xba/", "红"), ["红"], "half a character is a whole one");
    assert_eq!(flags("user=bob", "bob Bob"), ["bob"]);
}

#[test]
fn a_filter_made_for_a_user_or_a_code_is_one_that_could_be_typed() {
    for user in ["bob", "小 明", "a\"b\\c", "-x", "", "(x|y)", "failed", "a:b", "=x"] {
        let filter = Filter::for_user(user);
        assert_eq!(Filter::parse(filter.text()).unwrap(), filter, "{}", filter.text());
        let row = |from, to| Made { row: Row { from, to, ..made().row }, ..made() };
        let user: &'static str = Box::leak(user.into());
        assert!(filter.matches(&row(user, "other")) && filter.matches(&row("other", user)));
        assert!(!filter.matches(&row("bobby", "Bob")));
    }
    assert_eq!(Filter::for_user("bob").text(), "user=bob");
    assert_eq!(Filter::for_code(80001).text(), "code:80001");
    for code in [80001, -1, i64::MIN, i64::MAX] {
        let filter = Filter::for_code(code);
        assert_eq!(Filter::parse(filter.text()).unwrap(), filter);
    }
}

#[test]
fn what_a_person_reads_in_a_message_is_its_text() {
    let content = r#"{"Text":"a \"b\"\u5c0f","Url":"http://x","fileName":"c","Size":1,
        "AbstractList":["d","e"],"Chunks":[{"Markdown":"f"}],"MsgList":[{"Text":"no"}]}"#;
    let content = json::read(content.as_bytes()).unwrap();
    let element = Element { kind: Kind::Text, word: "TIMTextElem".into(), content: Some(content) };
    let custom = json::read(b"\"mine\"").unwrap();
    let read = of_message(&[element], Some(custom));
    assert_eq!(read, ["mine", "a \"b\"小", "c", "d", "e", "f"]);
}

#[test]
fn the_text_and_the_key_are_what_the_callback_means() {
    let body = r#"{"CallbackCommand":"C2C.CallbackAfterSendMsg","From_Account":"jared",
        "To_Account":"Jonh","MsgKey":"48374_2837546_1557481126","MsgBody":[{"MsgType":
        "TIMTextElem","MsgContent":{"Text":"red \u5305"}}],"CloudCustomData":"mine"}"#;
    let made = Made { body: body.into(), ..made() };
    for text in ["text:\"RED 包\"", "text:mine", "text=mine", "key:48374_", "-text:jared"] {
        assert!(Filter::parse(text).unwrap().matches(&made), "{text}");
    }
    for text in ["text:u5305", "text:TIMText", "key:2837546_1557481127", "text=red"] {
        assert!(!Filter::parse(text).unwrap().matches(&made), "{text}");
    }
}
