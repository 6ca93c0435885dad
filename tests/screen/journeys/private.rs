//! Hidden personal data: nothing of it on any screen, nor in what is copied.

use std::fs;
use std::time::Duration;

use imscope::callback::Lang::En;
use imscope::callback::sample::Sample;
use imscope::callback::{Answer, AnsweredBy, AppReply, Delivery, query};
use imscope::command::demo::simulator::Simulator;
use imscope::dashboard::Request;
use serde_json::Value;
use unicode_width::UnicodeWidthStr as _;

use super::chat::{APP, Chat, START, body, delivery};
use super::harness::{Journey, words};

/// The documented fields that hold no personal data.
const PROTOCOL: [&str; 26] = [
    "Action",
    "AddSource",
    "AddType",
    "CallbackCommand",
    "ClientCmd",
    "Command",
    "ContentType",
    "EventCause",
    "Platform",
    "Scene",
    "CtxcbLabel",
    "CtxcbSuggestion",
    "EventType",
    "ExitType",
    "JoinType",
    "MsgId",
    "MsgID",
    "MsgKey",
    "MsgType",
    "OptionType",
    "Reason",
    "ResponseAction",
    "Role",
    "ServiceName",
    "Tag",
    "Type",
];

/// The callbacks of the demo: its script, and some of the random chat after it.
fn story() -> Vec<Delivery> {
    let beats = Simulator::new(7, APP, START, 2.0, None).take(68);
    beats
        .map(|it| Delivery { at: START.plus(Duration::from_secs(9)), ..delivery(it.sample) })
        .collect()
}

/// Every body of the corpus.
fn corpus() -> Vec<Delivery> {
    imscope_test_support::corpus::bodies()
        .into_iter()
        .map(|it| body(fs::read(it).unwrap()))
        .collect()
}

/// What is worst: the same personal text wherever there can be text.
fn everywhere() -> Vec<Delivery> {
    const TEXT: &str = "wang.xiaoming@example.com";
    let mut all = Chat::new().all(TEXT);
    all.answer = Answer {
        by: AnsweredBy::App,
        body: format!(r#"{{"ErrorInfo":"{TEXT}"}}"#).into_bytes().into(),
        trouble: vec![format!("it replied {TEXT}")],
        app_reply: Some(Box::new(AppReply { body: TEXT.into(), ..AppReply::default() })),
        ..Answer::ok(5)
    };
    let numbers = r#"{"CallbackCommand":"C2C.CallbackAfterSendMsg","From_Account":13800138000,
        "To_Account":["wang.xiaoming"],"wang.xiaoming":1,"ErrorInfo":"no wang.xiaoming here",
        "SendMsgResult":99,"Reason":"wang.xiaoming left","MsgBody":[{"MsgType":"TIMLocationElem",
        "MsgContent":{"Latitude":39.908823,"Longitude":116.397470,"Desc":"home"}}]}"#;
    let secret =
        Delivery { target: "/hook-s3cr3t?wang.xiaoming&Name=wang".into(), ..body(numbers) };
    vec![all, secret]
}

/// All texts in a value that are no words of the protocol.
fn texts(field: &str, value: &Value, out: &mut Vec<String>) {
    match value {
        Value::String(text) if !PROTOCOL.contains(&field) => {
            // JSON in a string has texts of its own.
            if let Ok(inner @ (Value::Object(_) | Value::Array(_))) = serde_json::from_str(text) {
                texts("", &inner, out);
            }
            out.extend(text.lines().map(|it| it.trim().to_owned()));
        }
        Value::Array(items) => items.iter().for_each(|it| texts(field, it, out)),
        Value::Object(members) => members.iter().for_each(|(name, it)| texts(name, it, out)),
        _ => {}
    }
}

/// What of a call must not be seen.
fn personal(delivery: &Delivery) -> Vec<String> {
    let mut found = Vec::new();
    match serde_json::from_slice(&delivery.body) {
        Ok(value) => texts("", &value, &mut found),
        Err(_) => found.push(String::from_utf8_lossy(&delivery.body).trim().to_owned()),
    }
    let address = |(name, _): &(&str, &str)| name.eq_ignore_ascii_case("ClientIP");
    let ip = query::pairs(delivery.query()).find(address).map(|(_, it)| it.to_owned());
    // Very short texts occur in other words by chance; numbers are not personal.
    found.retain(|it| 4 <= it.width() && it.chars().any(char::is_alphabetic));
    found.extend(ip);
    found.push("127.0.0.1:51622".to_owned());
    for secret in ["wang", "13800138000", "s3cr3t", "39.9", "116.3"] {
        let target = delivery.target.contains(secret);
        let mut windows = delivery.body.windows(secret.len());
        if target || windows.any(|it| it == secret.as_bytes()) {
            found.push(secret.to_owned());
        }
    }
    let chrome = [
        "imscope",
        "http",
        "127.0.0.1",
        "text",
        "61 kB",
        "OK",
        "sent",
        "read",
        "Public",
        "Android",
    ];
    found.retain(|it| !chrome.contains(&it.as_str()));
    found.sort();
    found.dedup();
    found
}

/// Text without pseudonyms, whose letters are chance.
fn without_pseudonyms(text: &str) -> String {
    let mut parts = text.split("id-");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let is_letter = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit();
        let end = part.char_indices().take(5).take_while(|(_, it)| is_letter(*it)).count();
        out += "<id>";
        out += &part[end..];
    }
    out
}

fn assert_none(personal: &[String], shown: &str, place: &str) {
    let shown = without_pseudonyms(shown);
    for it in personal {
        if let Some(at) = shown.find(it.as_str()) {
            let [from, to] = [at.saturating_sub(500), shown.len().min(at + 500)];
            let around = &shown[shown.floor_char_boundary(from)..shown.ceil_char_boundary(to)];
            panic!("{place}: {it:?} in\n{around}");
        }
    }
}

/// Copies whatever can be, and asserts that none of it is personal.
fn assert_copies(mut journey: Journey, personal: &[String], keys: &str) -> Journey {
    let before = journey.requests().len();
    journey = journey.press(keys);
    for effect in journey.requests().into_iter().skip(before) {
        let Request::Copy { copied, .. } = effect else { panic!("{effect:?}") };
        assert_none(personal, &String::from_utf8(copied.text).unwrap(), copied.label);
    }
    journey
}

fn assert_hidden(deliveries: &[Delivery]) {
    let all: Vec<_> = deliveries.iter().flat_map(personal).collect();
    assert!(deliveries.len() <= all.len(), "{all:?}");
    let mut journey = Journey::at(160, 50).deliver(deliveries.to_vec()).press("p");
    journey = journey.shows(&[words("PRIVATE", En)]);
    for keys in ["", "2 z", "esc 3 z", "esc 1 z", "g", "F esc"] {
        journey = journey.press(keys);
        assert_none(&all, &journey.screen(), keys);
    }
    journey = journey.press("g m 4 z w");
    for delivery in deliveries {
        let own = personal(delivery);
        journey = journey.press("D");
        assert_none(&own, &journey.screen(), "compare");
        journey = assert_copies(journey, &own, "esc y Y c Y d");
        for tab in ["", "l j", "x", "x", "x l", "l", "l"] {
            journey = match tab {
                "l j" => assert_copies(journey, &own, "l j Y f Y p"),
                _ => journey.press(tab),
            };
            assert_none(&own, &journey.screen(), tab);
        }
        // Back to the first tab, and on to the next callback.
        journey = journey.press("l z 1 j 4 z");
    }
    assert_copies(journey, &all, "Y l");
}

#[test]
fn nothing_personal_of_the_demo_is_shown_or_copied() {
    assert_hidden(&story());
}

#[test]
fn nothing_personal_of_the_corpus_is_shown_or_copied() {
    for some in corpus().chunks(40) {
        assert_hidden(some);
    }
}

#[test]
fn nothing_personal_is_shown_in_any_field() {
    assert_hidden(&everywhere());
}

#[test]
fn a_pseudonym_is_the_same_everywhere_and_the_same_key_shows_all_again() {
    let mut chat = Chat::new();
    let texts = [
        chat.sends_text("alice", "小明", "to you", 7),
        chat.sends_text("小明", "alice", "and back", 9),
    ];
    let journey = Journey::at(120, 36).deliver(texts);
    let before = journey.screen();
    let journey = journey.press("p").hides(&["alice", "小明", "to you"]);
    let names = |row: &str| {
        let words = row.split_whitespace().filter(|it| it.starts_with("id-"));
        words.map(str::to_owned).collect::<Vec<_>>()
    };
    let rows = journey.buffer_rows();
    let [first, second] = [&rows[3], &rows[4]].map(|it| names(it));
    assert_eq!([&first[0], &first[1]], [&second[1], &second[0]], "{}", journey.screen());
    assert_ne!(first[0], first[1]);
    // Also beside it in Unread, below in the detail, and when more comes.
    assert!(names(&rows[3])[2..].iter().all(|it| first.contains(it)), "{}", journey.screen());
    let journey =
        journey.deliver([chat.sends_text("alice", "bob", "to bob", 1)]).press("k l l l h h");
    assert_eq!(names(&journey.buffer_rows()[3])[..2], first[..2]);
    let journey = journey.press("g F").press("p");
    journey.shows(&["alice", "小明", "to you"]).hides(&[words("PRIVATE", En), "id-"]);
    assert!(before.contains("alice"));
}

#[test]
fn the_names_in_a_filter_are_hidden() {
    let text = || Chat::new().sends_text("小明", "bob", "look", 7);
    let journey = Journey::at(120, 36).deliver([text()]).press("/").type_text("user:小明");
    let journey = journey.press("enter").shows(&["user:小明"]).press("p").hides(&["小明"]);
    let journey = journey.press("/").hides(&["小明"]).press("up").hides(&["小明"]);
    let journey = journey.press("esc").hides(&["小明"]).press("p").shows(&["user:小明"]);
    journey.press("/").shows(&["/ user:小明"]);
    // One that was chosen names a user as well.
    let journey = Journey::at(120, 36).deliver([text()]).press("p 2 enter").hides(&["小明"]);
    journey.press("/").hides(&["小明"]);
}

#[test]
fn the_editor_is_not_opened_while_data_is_hidden() {
    let app = |it: &mut imscope::dashboard::Settings| it.forward = Some("http://a".to_owned());
    let journey = Journey::set(120, 36, app).deliver([body("{}")]).press("p e");
    assert_eq!(journey.requests(), [Request::FindTunnel]);
    let journey = journey.shows(&[words("NO_EDIT_WHILE_PRIVATE", En)]).press("r p e");
    assert!(matches!(journey.requests()[1..], [Request::Resend(_)]));
    assert_eq!(journey.edits().len(), 1);
}

#[test]
fn a_sample_of_no_query_is_hidden_too() {
    let none =
        Sample { query: "%E5%B0%8F=1&ClientIP=203.0.113.9".to_owned(), body: b"[]".to_vec() };
    let journey = Journey::at(120, 36).deliver([delivery(none)]).press("p l l");
    journey.hides(&["203.0.113.9"]);
}
