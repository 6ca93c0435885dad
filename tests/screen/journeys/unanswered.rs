//! Callbacks without an answer, and without a time.

use std::borrow::Cow;

use imscope::callback::Lang::Zh;
use imscope::callback::{Answer, Delivery, Origin, Timestamp};
use imscope::edge::event_loop::Message;

use super::chat::body;
use super::deciding::each_answer;
use super::harness::Journey;

#[test]
fn a_callback_that_is_sent_again_and_not_answered_is_not_late() {
    let resent = || {
        let answer = Answer { status: 0, body: Cow::default(), ..Answer::ok(93) };
        let resent = Delivery { origin: Origin::Resent, answer, ..each_answer().swap_remove(1) };
        Message::Resent(Box::new(resent))
    };
    let journey = Journey::at(120, 36).message(resent()).press("g").assert_selected("no reply");
    journey.press("/").type_text("late").press("enter").shows(&["0 of 1"]);
    let journey =
        Journey::speaking(Zh, 120, 36).message(resent()).press("g").assert_selected("未应答");
    journey.press("enter 4").hides(&["超时", "应答方"]);
}

#[test]
fn a_bare_body_without_a_time_has_none() {
    let bare = Delivery { origin: Origin::BareBody, at: Timestamp(0), ..body("{}") };
    let journey = Journey::at(120, 36).deliver([bare]).press("g");
    journey.assert_selected(" –  ").hides(&["00:00:00"]);
}
