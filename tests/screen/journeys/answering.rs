//! What callbacks are answered, and what is sent to the local app again.

use std::time::Duration;

use imscope::answer::mode::{AnswerKind, AnswerMode};
use imscope::callback::Lang::{En, Zh};
use imscope::callback::{Answer, Delivery, Origin};
use imscope::dashboard::{CallbackSource, Request};
use imscope::edge::event_loop::Message;

use super::chat::{Chat, body, delivery};
use super::frames::assert_sound;
use super::harness::{Journey, words};

fn three_texts() -> Journey {
    Journey::set(120, 36, |it| it.forward = Some("http://127.0.0.1:8080".to_owned()))
        .deliver(Chat::new().texts(3))
}

fn asked(journey: &Journey) -> Request {
    journey.requests().pop().unwrap()
}

#[test]
fn r_and_e_request_the_selected_callback_unchanged() {
    for (row, keys) in [(2, ""), (1, "k"), (0, "g")] {
        let sent = Chat::new().texts(3).swap_remove(row);
        let is_it = |it: &Delivery| {
            (&it.body, &it.target, &it.headers) == (&sent.body, &sent.target, &sent.headers)
        };
        let journey = three_texts().press(keys).press("r");
        let Request::Resend(resent) = asked(&journey) else { panic!("{:?}", journey.requests()) };
        assert!(is_it(&resent), "{resent:?}");
        let journey = journey.press("e");
        let edited = journey.edits().pop().unwrap();
        assert!(is_it(&edited), "{edited:?}");
        // The editor was closed, and all goes on.
        assert_eq!(journey.painted().resumes, 1);
        journey.shows(&["text 2."]).press("?").shows(&[words("HELP", En)]);
    }
}

#[test]
fn without_a_local_app_r_and_e_show_a_hint() {
    for (lang, key) in [(En, "r"), (En, "e"), (Zh, "r")] {
        let journey = Journey::speaking(lang, 80, 24).deliver(Chat::new().texts(1)).press(key);
        let journey = journey.shows(&[words("NO_LOCAL_APP", lang)]);
        assert_eq!(journey.requests(), [Request::FindTunnel]);
    }
    let recording = Journey::set(80, 24, |it| it.source = CallbackSource::Recording);
    recording.deliver(Chat::new().texts(1)).press("r").shows(&["imscope replay FILE --to URL"]);
    let nothing = Journey::set(80, 24, |it| it.forward = Some("http://a".to_owned()));
    assert_eq!(nothing.press("r e").requests(), []);
}

#[test]
fn a_callback_sent_again_is_marked_and_not_counted() {
    let mut chat = Chat::new();
    let text = chat.fails("alice", "bob", "once more", 80_001);
    for origin in [Origin::Resent, Origin::Edited] {
        let journey = Journey::at(120, 36).deliver([text.clone()]);
        let again = Delivery { origin, ..text.clone() };
        let journey =
            journey.message(Message::Resent(Box::new(again))).shows(&["2 seen", "1 100%"]);
        let rows = journey.buffer_rows();
        let marks: Vec<_> = rows.iter().filter(|it| it.contains("once more")).collect();
        assert!(marks[0].starts_with("│✗") && marks[1].starts_with("│→"), "{marks:#?}");
    }
}

#[test]
fn a_key_goes_to_what_was_sent_again_and_esc_goes_back() {
    for (lang, size) in [(En, (120, 36)), (Zh, (50, 8))] {
        let mut chat = Chat::new();
        let call = chat.sends_text("alice", "bob", "once more", 1);
        let again = Delivery { origin: Origin::Resent, answer: Answer::ok(9), ..call.clone() };
        let journey = Journey::speaking(lang, size.0, size.1).deliver([call]).press("R");
        let journey = journey.hides(&["╭ 详情"]).deliver(chat.texts(3)).press("g /");
        let journey = journey.type_text("-resent -text:text").press("enter");
        let journey = journey.message(Message::Resent(Box::new(again))).deliver(chat.texts(2));
        let journey = journey.assert_selected("once more").press("R").hides(&["-resent"]);
        // It is shown in the detail, although a filter had hidden it.
        let journey = journey.shows(&[&format!("╭ {} ", words("DETAIL", lang))]);
        let journey = journey.press("esc esc").shows(&["-resent"]);
        assert_sound(&journey.assert_selected("once more"));
    }
}

#[test]
fn a_setting_of_the_command_line_has_its_banner_too() {
    let setting = AnswerMode {
        kind: AnswerKind::Fail("no \u{1b}[31m小明".to_owned()),
        delay: Duration::from_millis(300),
    };
    let journey = Journey::set(80, 24, |it| it.switchboard = setting.clone().into());
    let journey = journey.shows(&["fail:no", "小明 +300ms", words("RESET", En)]);
    let journey = journey.deliver([delivery_of_none()]);
    assert_sound(&journey);
    assert_eq!(asked(&journey.press("O")), Request::Answer(AnswerMode::default().into()));
}

fn delivery_of_none() -> Delivery {
    delivery(imscope::callback::sample::Sample { query: String::new(), body: b"{}".to_vec() })
}

#[test]
fn an_edited_body_that_is_not_json_is_sent_after_a_question_only() {
    let start = || {
        let journey = Journey::set(80, 24, |it| it.forward = Some("http://a".to_owned()));
        journey.deliver([body(r#"{"A":1}"#)])
    };
    let sent = |journey: &Journey| match journey.requests().pop() {
        Some(Request::SendEdited(_, body)) => Some(String::from_utf8(body).unwrap()),
        _ => None,
    };
    assert_eq!(sent(&start().saving(r#"{"A":2}"#).press("e")).as_deref(), Some(r#"{"A":2}"#));
    let question = ["a comma with nothing after it at line 2 column 1", words("SEND_QUESTION", En)];
    for (key, expected) in [("y", Some("{\"A\":2,\n}")), ("n", None), ("q", None)] {
        let journey = start().saving("{\"A\":2,\n}").press("e").shows(&question);
        assert_eq!(sent(&journey), None);
        let journey = journey.press(key).hides(&question);
        assert_eq!((sent(&journey).as_deref(), journey.has_ended()), (expected, false));
    }
}
