//! Copying: each choice, byte for byte.

use std::time::Duration;

use imscope::callback::Lang::{En, Zh};
use imscope::callback::{Delivery, Seq, curl, jsonl};
use imscope::dashboard::{Notice, Request, Settings};
use imscope::edge::event_loop::Message;

use super::chat::{Chat, START, a_bit_of_everything, body, forged};
use super::harness::{Journey, words};

/// The text of the last copy, and what it was called.
fn copied(journey: &Journey) -> (String, Vec<u8>) {
    match journey.requests().pop() {
        Some(Request::Copy { copied, .. }) => (copied.label, copied.text),
        other => panic!("{other:?} in\n{}", journey.screen()),
    }
}

fn text(journey: &Journey) -> String {
    String::from_utf8(copied(journey).1).unwrap()
}

/// The first delivery as the listener numbers it.
fn lines(deliveries: impl IntoIterator<Item = (u64, Delivery)>) -> String {
    let mut out = Vec::new();
    for (seq, delivery) in deliveries {
        jsonl::encode(&Delivery { seq: Seq(seq), ..delivery }, &mut out);
    }
    String::from_utf8(out).unwrap()
}

#[test]
fn y_copies_the_body_unchanged() {
    let bodies: [&[u8]; 4] = [
        b"{ \"a\" : 1.50, \"\\u0041\":\"\\/\" }\r\n",
        b"\xff\xfe{\x00\x1b[31m",
        "小明".as_bytes(),
        br#"{"CallbackCommand":"C2C.X", // pasted"#,
    ];
    for raw in bodies {
        let journey = Journey::at(80, 24).deliver([body(raw)]).press("y");
        assert_eq!(copied(&journey), (words("COPY_BODY", En).to_owned(), raw.to_vec()));
        let journey = journey.press("4 l x Y").shows(&[words("COPY", En)]).press("y");
        assert_eq!(copied(&journey).1, raw);
    }
}

#[test]
fn the_curl_line_is_for_this_listener_and_signed_when_it_is_run() {
    let mut signed = Chat::new().sends_text("小明", "bob", "it's 5 o'clock", 1);
    signed.target = format!("{}&Sign=5ec7e7&RequestTime=1", signed.target).into();
    let base = "http://127.0.0.1:9527".to_owned();
    let destination = curl::Destination { base, is_signed: true, ..curl::Destination::default() };
    let expected = curl::command_line(&destination, &signed);
    let journey = Journey::at(120, 36).deliver([signed]).press("Y c");
    assert_eq!(text(&journey), expected);
    assert!(expected.contains(r"it'\''s 5 o'\''clock") && !expected.contains("5ec7e7"));
    assert!(expected.contains(" curl 'http://127.0.0.1:9527/?CallbackCommand="), "{expected}");
}

#[test]
fn the_curl_line_accepts_a_self_signed_certificate_and_is_signed_with_a_token() {
    let call = || Chat::new().texts(1);
    let journey = Journey::set(80, 24, |it| it.self_signed = true).deliver(call()).press("Y c");
    let (label, line) = copied(&journey);
    assert_eq!(label, "curl line, signed with $IMSCOPE_TOKEN");
    let line = String::from_utf8(line).unwrap();
    assert!(line.contains("; curl -k 'http"), "{line}");
    let journey = Journey::set(80, 24, |it| it.signed = false).deliver(call()).press("Y c");
    assert_eq!(copied(&journey).0, words("COPY_CURL", En));
}

#[test]
fn a_second_curl_line_sends_to_the_local_app_if_there_is_one() {
    let set = |it: &mut Settings| {
        (it.forward, it.signed) = (Some("http://app.example/im".to_owned()), false);
    };
    for lang in [En, Zh] {
        let entry = words("COPY_CURL_TO_APP", lang);
        let journey = Journey::set(80, 24, |it| {
            set(it);
            it.lang = lang;
        });
        let journey = journey.deliver(Chat::new().texts(1)).press("Y").shows(&[entry]).press("a");
        assert_eq!(copied(&journey).0, entry);
        assert!(text(&journey).starts_with("curl 'http://app.example/im?"), "{}", text(&journey));
        // Its URL is hidden in private mode.
        let journey = journey.press("p Y").hides(&[entry]).press("a");
        journey.shows(&[words("NOTHING_TO_COPY", lang)]);
    }
    let none = Journey::at(80, 24).deliver(Chat::new().texts(1)).press("Y");
    none.hides(&[words("COPY_CURL_TO_APP", En)]);
}

#[test]
fn the_msg_key_is_copied_or_reported_missing() {
    let raw = r#"{"CallbackCommand":"C2C.CallbackAfterSendMsg","MsgKey":"48374_28_1557481126"}"#;
    let journey = Journey::at(80, 24).deliver([body(raw)]).press("Y k");
    assert_eq!(
        copied(&journey),
        (words("COPY_KEY", En).to_owned(), b"48374_28_1557481126".to_vec())
    );
    let journey = Journey::at(80, 24).deliver([body("{}")]).press("Y k");
    assert_eq!(journey.requests(), [Request::FindTunnel]);
    journey.shows(&[words("NOTHING_TO_COPY", En)]);
}

#[test]
fn the_field_under_the_cursor_and_its_path_are_copied() {
    let raw = r#"{"CallbackCommand":"X", "a/b~":{"小":[1.50,"\u0041", {"x" : null}]}}"#;
    let journey = Journey::at(120, 36).deliver([body(raw)]).press("4 l");
    let expected = [
        ("", raw),
        ("/CallbackCommand", r#""X""#),
        ("/a~1b~0", r#"{"小":[1.50,"\u0041", {"x" : null}]}"#),
        ("/a~1b~0/小", r#"[1.50,"\u0041", {"x" : null}]"#),
        ("/a~1b~0/小/0", "1.50"),
        ("/a~1b~0/小/1", r#""\u0041""#),
    ];
    let mut journey = journey;
    for (pointer, value) in expected {
        journey = journey.press("Y f");
        assert_eq!(text(&journey), value, "{pointer}");
        if !pointer.is_empty() {
            journey = journey.press("Y p");
            assert_eq!(text(&journey), pointer);
        }
        journey = journey.press("j");
    }
    // Elsewhere there is no cursor on a field.
    for keys in ["x Y f", "Y p", "Y j", "h Y f"] {
        journey = journey.press(keys).shows(&["put the cursor on a field first"]);
    }
    let journey = Journey::speaking(Zh, 80, 24).deliver([body(raw)]).press("Y p");
    let journey = journey.shows(&["请先把光标移到字段上"]).press("4 l j j j j Y j");
    assert_eq!(text(&journey), r#".["a/b~"]["小"][0]"#);
}

#[test]
fn the_delivery_is_copied_as_a_line_of_a_recording() {
    let delivery = forged(Chat::new().sends_text("小明", "bob", "look at me", 5));
    let journey = Journey::at(120, 36).deliver([delivery.clone()]).press("Y d");
    let copied = text(&journey);
    assert_eq!(copied, lines([(1, delivery.clone())]));
    assert_eq!(jsonl::decode(copied.as_bytes()).unwrap(), Delivery { seq: Seq(1), ..delivery });
}

#[test]
fn of_a_list_of_large_bodies_the_newest_are_copied_and_counted() {
    let large = format!("\"{}\"", "a".repeat(1_000_000));
    let all: Vec<_> = (0..12).map(|_| body(&large)).collect();
    let journey = Journey::at(120, 36).deliver(all).press("Y l");
    let (label, text) = copied(&journey);
    assert!(text.len() <= 8 << 20, "{} bytes", text.len());
    let lines = text.split_inclusive(|it| *it == b'\n').count();
    assert_eq!((lines, label.as_str()), (8, "the newest 8 of 12 rows of Flow"));
}

#[test]
fn the_shown_list_is_copied_as_json_lines() {
    let all = a_bit_of_everything().into_iter();
    let all: Vec<_> = all.map(|it| Delivery { at: START, ..it }).collect();
    let numbered: Vec<_> = (1..).zip(all.clone()).collect();
    let journey = Journey::at(120, 36).deliver(all).press("k k Y l");
    assert_eq!(text(&journey), lines(numbered.clone()));
    let journey = journey.press("/").type_text("failed").press("enter").press("Y l");
    let failed = [3, 6, 7].map(|it| numbered[it].clone());
    assert_eq!(text(&journey), lines(failed.clone()));
    // What arrives while the view is paused is not shown.
    let late = Chat::new().fails("a", "b", "not yet", 80_001);
    let journey = journey.press("space").deliver([late]).press("Y l");
    assert_eq!(text(&journey), lines(failed));
}

#[test]
fn any_other_key_leaves_the_menu_and_copies_nothing() {
    for lang in [En, Zh] {
        let journey = Journey::speaking(lang, 80, 24).deliver(Chat::new().texts(1)).press("Y");
        let journey = journey.shows(&[words("COPY_LIST", lang), words("COPY_CURL", lang)]);
        let journey = journey.press("esc").hides(&[words("COPY_LIST", lang)]).press("Y q");
        assert!(!journey.has_ended());
        assert_eq!(journey.requests(), [Request::FindTunnel]);
    }
    let empty = Journey::at(80, 24).press("y Y l");
    assert_eq!(empty.requests(), []);
    empty.shows(&[words("NOTHING_TO_COPY", En)]);
}

#[test]
fn a_notice_leaves_at_the_next_key_or_after_ten_seconds_and_a_brief_one_after_three() {
    let text = "the sample was answered in 85 µs";
    let start = || Journey::at(80, 24).deliver([body("12345")]).wait(Duration::from_secs(61));
    let keys = words("QUIT", En);
    for notice in [Notice::harmless(text), Notice::harmless(text).brief()] {
        let journey = start().message(Message::Notice(notice)).shows(&[text]).hides(&[keys]);
        journey.press("k").hides(&[text]).shows(&[keys]);
    }
    let long = || Notice::harmless(text);
    let cases = [("", long(), 10), ("", long().brief(), 3), ("space", long().brief(), 3)];
    for (pause, notice, secs) in cases {
        let journey = start().press(pause).message(Message::Notice(notice));
        let drawn = journey.painted().draws;
        let journey = journey.wait(Duration::from_millis(secs * 1000 - 100)).shows(&[text]);
        let journey = journey.wait(Duration::from_millis(200)).hides(&[text]).shows(&[keys]);
        let journey = journey.wait(Duration::from_secs(40));
        assert_eq!(journey.painted().draws, drawn + 1, "one frame, when it leaves");
    }
}
