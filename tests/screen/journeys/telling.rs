//! What the header and the side panes tell of refused callbacks, and of a recording.

use std::time::Duration;

use imscope::callback::Lang::{En, Zh};
use imscope::callback::trouble::Trouble;
use imscope::callback::{Answer, AnsweredBy, Delivery};
use imscope::dashboard::{CallbackSource, Settings};

use super::chat::{Chat, START, body, forged};
use super::harness::{Journey, words};

#[test]
fn while_calls_are_refused_the_header_shows_how_many() {
    let cases = [
        (En, "sign ✗ last 2 refused", "signature wrong: it"),
        (Zh, "签名 ✗ 最近拒收 2 条", "签名错误，与 Token"),
    ];
    for (lang, header, reason) in cases {
        let mut chat = Chat::new();
        let refused = [0, 1].map(|it| forged(chat.sends_text("mallory", "bob", "hi", it)));
        let journey = Journey::speaking(lang, 120, 36).shows(&["✓"]).deliver(refused);
        let journey = journey.shows(&[header, reason]).hides(&[words("NO_FAILURE", lang)]);
        journey.deliver(chat.texts(1)).hides(&[header]).shows(&["✓"]);
    }
}

#[test]
fn a_body_that_is_not_read_is_not_called_no_failure() {
    let journey = Journey::at(120, 36).deliver(Chat::new().texts(1));
    let journey = journey.shows(&[words("NO_FAILURE", En)]).deliver([body("{\"a\":")]);
    journey.shows(&["1 broken"]).hides(&[words("NO_FAILURE", En)]);
}

#[test]
fn of_a_body_that_was_received_in_part_the_row_shows_why() {
    let cut = |status, answer: Answer| Delivery {
        omitted_bytes: 4096,
        answer: Answer { status, trouble: vec![Trouble::recorded("why")], ..answer },
        ..body("{\"CallbackCommand\":\"C2C.CallbackAfterSendMsg\",")
    };
    for (lang, why, word) in [(En, "over --max-body", "partial"), (Zh, "超过 --max-body", "不完整")]
    {
        let journey = Journey::speaking(lang, 120, 36).deliver([cut(413, Answer::ok(0))]);
        journey.shows(&[why, word]);
    }
    let by_app = Answer { by: AnsweredBy::App, ..Answer::ok(0) };
    Journey::at(120, 36).deliver([cut(413, by_app)]).shows(&["broken"]).hides(&["partial"]);
}

#[test]
fn probes_are_counted_beside_the_callbacks_seen() {
    let probe = Delivery { method: "GET".into(), ..Delivery::default() };
    let journey = Journey::at(120, 36).deliver([probe]).deliver(Chat::new().texts(2));
    journey.shows(&["2 seen", "probes 1"]);
}

#[test]
fn a_long_url_leaves_the_state_in_the_smallest_header() {
    let url = "https://a-long-name-of-a-machine.example.com:8443/callback";
    let journey = Journey::set(80, 24, |it| {
        it.url = url.to_owned();
        it.forward = Some("http://127.0.0.1:3000/some/path".to_owned());
    });
    let journey = journey.deliver(Chat::new().texts(1)).press("p space");
    let journey = journey.shows(&["https://a-lo…43/callback", "sign ✓", "private", "paused"]);
    journey.shows(&["1 seen"]).hides(&["reply"]);
}

#[test]
fn a_recording_has_the_rate_and_the_times_of_its_own_span() {
    let recording = |it: &mut Settings| it.source = CallbackSource::Recording;
    let at = |secs| START.plus(Duration::from_secs(secs));
    let untimed = Answer { took: 0, ..Answer::ok(0) };
    let callbacks =
        [0, 60, 300].map(|secs| Delivery { at: at(secs), answer: untimed.clone(), ..body("{}") });
    let journey = Journey::set(120, 36, recording).deliver(callbacks);
    let journey =
        journey.wait(Duration::from_secs(3)).shows(&["06:02:00 – 06:07:00  0.6/min", "p50 –"]);
    let later = Delivery { at: at(86_400), answer: Answer::ok(85), ..body("{}") };
    journey.deliver([later]).shows(&["p50 85 µs"]).hides(&["06:02:00 –"]);
}

#[test]
fn of_a_huge_body_the_beginning_is_shown_and_the_rest_counted() {
    let items = "{\"MsgType\":\"TIMTextElem\",\"MsgContent\":{\"Text\":\"x\"}},".repeat(10_000);
    let huge = format!(
        r#"{{"CallbackCommand":"C2C.CallbackAfterSendMsg","From_Account":"a","MsgBody":[{items}{{}}],"SendMsgResult":80001}}"#
    );
    let journey = Journey::at(120, 36).deliver([body(&huge)]).shows(&["x x x", "80001"]);
    let journey = journey.press("enter z").shows(&["the first 262 "]);
    let journey = journey.press("l").shows(&["\"MsgType\": \"TIMTextElem\""]);
    journey.press("x x").shows(&["the first 262 144 of "]).press("w x p");
}
