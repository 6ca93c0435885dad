//! The life line of a message, and its chat.

use std::time::Duration;

use imscope::callback::Delivery;
use imscope::callback::Lang::{En, Zh};

use super::chat::{START, body};
use super::frames::assert_sound;
use super::harness::{Journey, words};

/// A delivery that arrives this long after the start of the chat.
fn delivered(secs: u64, raw: String) -> Delivery {
    Delivery { at: START.plus(Duration::from_secs(secs)), target: "/".into(), ..body(raw) }
}

fn at(secs: i64) -> i64 {
    START.secs() + secs
}

fn message(word: &str, from: &str, to: &str, time: i64, seq: u64, text: &str) -> String {
    let time = at(time);
    format!(
        r#"{{"CallbackCommand":"C2C.{word}","From_Account":"{from}","To_Account":"{to}",
        "MsgSeq":{seq},"MsgRandom":5,"MsgTime":{time},"MsgKey":"{seq}_5_{time}",
        "MsgBody":[{{"MsgType":"TIMTextElem","MsgContent":{{"Text":"{text}"}}}}]}}"#
    )
}

fn sent(from: &str, to: &str, time: i64, seq: u64, text: &str) -> String {
    message("CallbackAfterSendMsg", from, to, time, seq, text)
}

fn recalled(from: &str, to: &str, (time, seq): (i64, u64), when: i64) -> String {
    let (time, when) = (at(time), at(when) * 1000);
    format!(
        r#"{{"CallbackCommand":"C2C.CallbackAfterMsgWithDraw","From_Account":"{from}",
        "To_Account":"{to}","MsgKey":"{seq}_5_{time}","EventTime":{when}}}"#
    )
}

fn read(user: &str, peer: &str, when: i64) -> String {
    let (secs, when) = (at(when), at(when) * 1000 + 500);
    format!(
        r#"{{"CallbackCommand":"C2C.CallbackAfterMsgReport","Report_Account":"{user}",
        "Peer_Account":"{peer}","LastReadTime":{secs},"EventTime":{when}}}"#
    )
}

/// The lines of the timeline: of the message, and of its chat.
fn timeline(journey: &Journey) -> (Vec<String>, Vec<String>) {
    let rows = journey.buffer_rows();
    let place = |it: &str| rows.iter().position(|row| row.contains(it));
    let first = place(words("THIS_MESSAGE", En)).unwrap();
    let chat = place(words("IN_THIS_CHAT", En)).unwrap_or(rows.len());
    let lines = |rows: &[String]| {
        let rows = rows.iter().map(|it| it.trim_matches(['│', ' ']).to_owned());
        rows.filter(|it| it.contains(':')).collect::<Vec<_>>()
    };
    (lines(&rows[first + 1..chat]), lines(&rows[(chat + 1).min(rows.len())..]))
}

fn assert_lines(lines: &[String], expected: &[&[&str]]) {
    assert_eq!(lines.len(), expected.len(), "{lines:#?}");
    for (line, parts) in lines.iter().zip(expected) {
        for part in *parts {
            assert!(line.contains(part), "no {part:?} in {line:?} of {lines:#?}");
        }
    }
}

#[test]
fn the_timeline_shows_every_callback_of_a_message() {
    let events = [
        delivered(0, message("CallbackBeforeSendMsg", "alice", "小明", 0, 7, "hello")),
        delivered(1, sent("alice", "小明", 0, 7, "hello")),
        delivered(2, sent("alice", "小明", 1, 8, "something else")),
        delivered(3, message("CallbackAfterModifyMsg", "alice", "小明", 0, 7, "hello!")),
        delivered(65, recalled("alice", "小明", (0, 7), 64)),
        delivered(66, sent("alice", "小明", 0, 7, "hello")),
    ];
    for keys in ["", "k", "k k", "g"] {
        let journey = Journey::at(140, 40).deliver(events.clone()).press(keys).press("4 z h");
        let (events, _) = timeline(&journey);
        assert_lines(
            &events,
            &[
                &["06:02:00", "alice ⇢ 小明", "text? ", "  allowed  hello"],
                &["06:02:01", "+1.0 s", "alice → 小明", "text  ", "hello"],
                &["06:02:03", "+3.0 s", "hello!"],
                &["06:03:05", "recalled"],
                &["06:03:06", "hello"],
            ],
        );
        assert_eq!(events.iter().filter(|it| it.starts_with('▸')).count(), 1, "{events:#?}");
        assert_sound(&journey);
    }
}

#[test]
fn a_timeline_is_in_the_documented_order_with_reads_and_recalls() {
    let all = [
        delivered(100, sent("alice", "bob", 0, 1, "the first")),
        delivered(101, sent("bob", "alice", 2, 1, "the fourth")),
        delivered(102, sent("alice", "bob", 1, 9, "the third")),
        delivered(103, sent("alice", "bob", 1, 2, "the second")),
        delivered(104, recalled("alice", "bob", (1, 9), 2)),
        delivered(105, read("bob", "alice", 1)),
        delivered(106, sent("alice", "carol", 1, 3, "to a third user")),
        delivered(107, sent("alice", "alice", 1, 3, "to myself")),
    ];
    let expected: [&[&str]; 6] = [
        &["06:02:00", "the first"],
        &["‹  06:02:01", "the second"],
        &["‹  06:02:01", "the third"],
        &["06:02:01", "bob → alice", "read"],
        &["06:02:02", "bob → alice", "the fourth"],
        &["06:02:02", "alice → bob", "recalled"],
    ];
    for keys in ["k k", "k k k", "k k k k k", "g"] {
        let journey = Journey::at(140, 40).deliver(all.clone()).press(keys).press("4 z h");
        assert_lines(&timeline(&journey).1, &expected);
    }
    // What comes later takes its place in what is looked at.
    let journey = Journey::at(140, 40).deliver(all.clone()).press("g 4 z h");
    let journey = journey.deliver([delivered(108, sent("bob", "alice", 1, 5, "in between"))]);
    let line = &timeline(&journey).1[2];
    assert!(line.contains("‹") && line.contains("in between"), "{}", journey.screen());
}

#[test]
fn the_times_of_the_life_line_are_in_one_column_and_labeled() {
    let unknown = read("bob", "alice", 1).replace("EventTime", "Unknown");
    let all = [
        delivered(100, sent("alice", "bob", 0, 1, "the first")),
        delivered(101, recalled("alice", "bob", (0, 1), 2)),
        delivered(105, unknown.replace("LastReadTime", "Other")),
    ];
    for (lang, width, received, sent) in [
        (En, 100, "this message: when received", "when sent (~ received)"),
        (Zh, 100, "本消息：接收时间", "会话：发送时间（~ 为接收时间）"),
        (En, 200, "this message: when received", "when sent (~ received)"),
    ] {
        for wrap in ["", "w"] {
            let journey = Journey::speaking(lang, width, 30).deliver(all.clone());
            let journey = journey.press("k k 4 z h").press(wrap).shows(&[received, sent]);
            let (rows, at) = (journey.buffer_rows(), |row: &str, text: &str| row.find(text));
            let of = |text: &str| rows.iter().find(|it| it.contains(text)).unwrap().clone();
            let (first, last) = (of("06:03:40"), of("06:03:45~"));
            assert!(of("06:02:00").contains("the first"), "{}", journey.screen());
            let column = |row: &str, name| {
                at(row, name).map(|it| imscope::dashboard::text::width(&row[..it]))
            };
            let columns =
                [column(&first, "alice"), column(&of("06:02:00"), "alice"), column(&last, "bob")];
            assert!(columns.iter().all(|it| *it == columns[0]), "{}", journey.screen());
            assert_sound(&journey);
        }
    }
}

/// A message that failed, its chat, and one that is not of it.
fn a_chat_with_a_failure() -> Vec<Delivery> {
    let failed = sent("alice", "bob", 1, 2, "it failed");
    let failed = failed.replace("\"MsgRandom\"", "\"SendMsgResult\":80001,\"MsgRandom\"");
    vec![
        delivered(100, sent("alice", "bob", 0, 1, "it went well")),
        delivered(101, failed),
        delivered(102, sent("carol", "dave", 1, 3, "another chat")),
        delivered(103, sent("bob", "alice", 2, 1, "the answer")),
    ]
}

#[test]
fn the_life_line_has_results_and_signs() {
    for (lang, width, height) in [(En, 140, 24), (Zh, 140, 24), (En, 140, 36)] {
        let journey = Journey::speaking(lang, width, height).deliver(a_chat_with_a_failure());
        let journey = journey.press("4 z h");
        let rows = journey.buffer_rows();
        let line = rows.iter().find(|it| it.contains("it failed")).unwrap();
        assert!(line.contains("✗  06:02:01") && line.contains("80001"), "{}", journey.screen());
        assert_sound(&journey);
    }
}

#[test]
fn the_cursor_of_the_life_line_goes_to_another_callback_and_back() {
    for (lang, width, height) in [(En, 80, 24), (Zh, 80, 24), (En, 120, 36), (Zh, 120, 36)] {
        let journey = Journey::speaking(lang, width, height).deliver(a_chat_with_a_failure());
        let journey = journey.press("4 z h").assert_selected("the answer").press("g j j");
        let journey = journey.assert_selected("it failed").press("enter");
        let journey = journey.assert_selected("it failed").press("l").shows(&["✗ 80001"]);
        let journey = journey.press("h j enter").shows(&["it went well"]);
        assert_sound(&journey);
        let journey = journey.press("esc").assert_selected("it failed");
        let journey = journey.press("esc").assert_selected("the answer");
        // Nothing more to go back to: the zoom ends, and then the focus.
        journey.press("esc esc").shows(&[words("FOLLOWING", lang)]);
    }
}

#[test]
fn a_callback_that_the_filter_does_not_match_is_gone_to_without_it() {
    let journey = Journey::at(120, 36).deliver(a_chat_with_a_failure()).press("/");
    let journey = journey.type_text("answer").press("enter 4 z h").hides(&["FROM"]);
    let journey = journey.press("g j enter").shows(&["the filter does not match it"]);
    let journey = journey.press("z").shows(&["another chat"]).press("esc");
    journey.hides(&["another chat"]).shows(&["1 of 4"]);
}

#[test]
fn a_click_selects_a_line_of_the_life_line_and_headings_are_none() {
    let down = crossterm::event::MouseEventKind::Down(crossterm::event::MouseButton::Left);
    let journey = Journey::set(140, 36, |it| it.mouse = imscope::dashboard::MouseUse::On);
    let journey = journey.deliver(a_chat_with_a_failure()).press("4 z h");
    let row = |journey: &Journey, text: &str| {
        let rows = journey.buffer_rows();
        u16::try_from(rows.iter().position(|it| it.contains(text)).unwrap()).unwrap()
    };
    let failed = (20, row(&journey, "it failed"));
    let heading = (20, row(&journey, words("IN_THIS_CHAT", En)));
    let journey = journey.mouse(down, failed).assert_selected("it failed");
    journey.mouse(down, heading).assert_selected("it failed").mouse(down, failed);
}

#[test]
fn a_group_has_a_chat_too_and_a_stranger_a_line_of_one() {
    let group = |secs: i64, seq: u64, from: &str| {
        let time = at(secs);
        let raw = format!(
            r#"{{"CallbackCommand":"Group.CallbackAfterSendMsg","GroupId":"@TGS#1",
            "From_Account":"{from}","MsgSeq":{seq},"MsgTime":{time},"MsgBody":[]}}"#
        );
        delivered(secs.unsigned_abs(), raw)
    };
    let strange = delivered(9, r#"{"CallbackCommand":"X.Y"}"#.to_owned());
    let journey = Journey::at(140, 40).deliver([group(1, 2, "bob"), group(1, 1, "小明"), strange]);
    let journey = journey.press("4 z h");
    let (events, chat) = timeline(&journey);
    assert_eq!((events.len(), chat.len()), (1, 0), "{}", journey.screen());
    let journey = journey.press("z 1 k").press("4 z");
    assert_lines(&timeline(&journey).1, &[&["小明 → @TGS#1"], &["bob → @TGS#1"]]);
}

#[test]
fn the_life_line_has_the_type_and_text_that_flow_has() {
    let data = "x".repeat(6_000);
    let element = |data: &str| {
        format!(r#"{{"MsgType":"TIMCustomElem","MsgContent":{{"Data":"{data}","Desc":"order"}}}}"#)
    };
    let raw = sent("alice", "bob", 0, 7, "hi");
    let (head, tail) = raw.split_once(r#""MsgBody":["#).unwrap();
    let of_two = [element(&data), element("y")].join(",");
    let raw = format!(r#"{head}"MsgBody":[{of_two},{tail}"#);
    let journey = Journey::at(120, 36).deliver([delivered(0, raw)]).press("4 h");
    assert_eq!(journey.screen().matches("custom+2").count(), 2, "{}", journey.screen());
}
