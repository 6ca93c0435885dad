//! Private mode: pseudonyms, filters, and what it does not offer. That nothing personal
//! is left is in `marks`.

use crossterm::event::{Event, KeyCode};
use imscope::answer::mode::AnswerKind;
use imscope::callback::Delivery;
use imscope::callback::Lang::{En, Zh};
use imscope::callback::format;
use imscope::callback::sample::Sample;
use imscope::dashboard::{App, Recording, Request, Settings, view};
use imscope::edge::event_loop::Message;
use imscope::history::HistoryConfig;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use super::chat::{APP, Chat, START, body, delivery};
use super::harness::{Journey, found, words};

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
    let app = |it: &mut Settings| it.forward = Some("http://a".to_owned());
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

#[test]
fn what_is_not_from_a_callback_is_hidden_too() {
    let set = |it: &mut Settings| {
        it.forward = Some("http://app.xiaoming.example/".to_owned());
        it.switchboard.mode.kind = AnswerKind::Fail("ask xiaoming".to_owned());
    };
    let journey = Journey::set(160, 36, set).message(found("https://xm.example"));
    let journey = journey.shows(&["xiaoming", "https://xm.example", "fail:ask"]).press("p");
    let journey = journey.hides(&["xiaoming", "https://xm.example"]).shows(&["fail:•••"]);
    let journey = journey.message(Message::Notice("not sent: xiaoming".to_owned().into()));
    journey.hides(&["xiaoming"]).press("p").shows(&["xiaoming"]);
}

#[test]
fn what_is_odd_about_a_body_stays_the_same() {
    let odd = r#"{"CallbackCommand":"C2C.CallbackAfterSendMsg","From_Account":7,"MsgTime":1}"#;
    let broken = r#"{"CallbackCommand":"C2C.CallbackAfterSendMsg","From_Account":"xm",}"#;
    for (raw, sentence) in [
        (odd, "? From_Account should be a string, but is a number"),
        (broken, "✗ broken, not JSON: a comma with nothing after it at line 1 column 67"),
    ] {
        let journey = Journey::at(120, 36).deliver([body(raw)]).press("4 z").shows(&[sentence]);
        journey.press("p").shows(&[sentence]);
    }
}

#[test]
fn a_broken_body_has_one_word_everywhere() {
    for lang in [En, Zh] {
        let word = imscope::callback::json::BROKEN.text(lang);
        let journey = Journey::speaking(lang, 120, 36).deliver([body("{\"a\":tru}")]);
        let row = journey.buffer_rows()[3].clone();
        assert!(row.starts_with("│✗") && row.matches(word).count() == 2, "{row}");
        let cross = format!("✗ {word}");
        journey.press("4 z").shows(&[&cross]).press("l").shows(&[&cross]);
        Journey::speaking(lang, 120, 120).press("?").shows(&[word]);
    }
}

#[test]
fn what_is_no_application_and_no_code_is_hidden() {
    let of_app = |app_id: &str| {
        let sent = Chat::new().sends_text("alice", "bob", "look", 7);
        Delivery { target: sent.target.replace(APP, app_id).into(), ..sent }
    };
    let failed = body(r#"{"SendMsgResult":13800138000,"ErrorInfo":"ask xiaoming"}"#);
    let calls = [of_app("xiaoming"), of_app("1400000001"), failed];
    let journey = Journey::at(160, 50).deliver(calls).shows(&["xiaoming", "13800138000"]);
    journey.press("p").hides(&["xiaoming", "13800138000"]).shows(&["1400000001"]);
}

#[test]
fn the_name_of_a_recording_is_hidden_and_what_happened_to_it_is_not() {
    let mut app = App::new(Settings::default(), HistoryConfig::default(), START);
    app.apply(&Chat::new().sends_text("alice", "bob", "look", 7));
    let mut new_files = 0;
    let mut shown = || {
        new_files += 1;
        let name = "xiaoming.jsonl".to_owned();
        app.set_recording(Recording { name, new_files, ..Recording::default() });
        let mut terminal = Terminal::new(TestBackend::new(200, 30)).unwrap();
        terminal.draw(|frame| _ = view::draw(&app, frame)).unwrap();
        let text = format!("{}", terminal.backend());
        _ = app.handle_event(&Event::Key(KeyCode::Char('p').into()));
        text
    };
    let (plain, private) = (shown(), shown());
    assert!(plain.contains("xiaoming") && !private.contains("xiaoming"), "{private}");
    assert!(private.contains(words("NEW_FILE", En)), "{private}");
}

#[test]
fn of_a_long_body_as_many_bytes_are_counted_as_without_it() {
    let json = format!(r#"{{"MsgBody":[{{"Text":"{}"}}]}}"#, "x".repeat(300_000));
    let shown = [262_144, json.len() as u64].map(format::grouped);
    let shown = format!("the first {} of {} bytes", shown[0], shown[1]);
    let journey = Journey::at(150, 50).deliver([body(&json)]).shows(&[&shown]);
    let journey = journey.press("p").shows(&[&shown]);
    journey.press("4 l").shows(&[&shown]).press("l").shows(&[&shown]);
}
