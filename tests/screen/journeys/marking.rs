//! Several marks: what shows them, what ends them, comparing and sending them.

use imscope::callback::Lang::{En, Zh};
use imscope::callback::{Answer, Delivery, Lang, Origin};
use imscope::dashboard::Request;
use imscope::edge::event_loop::Message;

use super::chat::{Chat, answer};
use super::frames::assert_sound;
use super::harness::{Journey, words};

fn forwarding(lang: Lang, width: u16, height: u16) -> Journey {
    Journey::set(width, height, |it| {
        (it.lang, it.forward) = (lang, Some("http://127.0.0.1:8080".to_owned()));
    })
}

/// The marked callback that is to be sent now.
fn sent(journey: &Journey) -> Delivery {
    match journey.requests().pop() {
        Some(Request::ResendMarked(delivery)) => *delivery,
        other => panic!("{other:?} in\n{}", journey.screen()),
    }
}

/// Answers the callback that is to be sent now.
fn answered(journey: Journey, answer: Answer) -> Journey {
    let resent = Delivery { answer, origin: Origin::Resent, ..sent(&journey) };
    journey.message(Message::ResentMarked(Ok(Box::new(resent))))
}

#[test]
fn marks_are_counted_and_survive_the_filter_and_the_pause() {
    for lang in [En, Zh] {
        for (width, height) in [(80, 24), (120, 36)] {
            let (name, marked) = (words("FLOW", lang), words("MARKED", lang));
            let count = |count: usize| match lang {
                En => format!("{name} · {count} {marked}"),
                Zh => format!("{name} · {marked} {count}"),
            };
            let journey = Journey::speaking(lang, width, height).deliver(Chat::new().texts(5));
            let journey = journey.press("m k m k k m").shows(&[&count(3)]);
            assert_sound(&journey);
            assert_eq!(journey.screen().matches('◆').count(), 3);
            let journey = journey.press("/").type_text("nothing").press("enter");
            let journey = journey.shows(&[&count(3)]).press("esc space space").shows(&[&count(3)]);
            // The same key unmarks, and esc unmarks all when there is nothing else to undo.
            let journey = journey.press("F m").shows(&[&count(2)]);
            let journey = journey.press("/").type_text("text").press("enter").press("k 2 esc");
            let journey = journey.shows(&[&count(2)]).press("esc").shows(&[&count(2)]);
            let journey = journey.press("esc").shows(&[&count(2)]);
            journey.press("esc").hides(&["◆", marked]);
        }
    }
}

#[test]
fn the_last_two_marked_are_compared() {
    let journey = Journey::at(120, 36).deliver(Chat::new().texts(5)).press("m k m k m k D");
    let journey = journey.shows(&["\"text 3.\"", "\"text 2.\""]).hides(&["\"text 4.\""]);
    let heads = journey.buffer_rows().into_iter().find(|it| it.contains("equal fields")).unwrap();
    assert_eq!(heads.matches(words("MARKED", En)).count(), 2, "{heads}");
    // With one of them, the selected one is the other.
    let journey = journey.press("esc F m k m D").shows(&["\"text 2.\"", "\"text 3.\""]);
    journey.shows(&[words("SHOWN", En)]);
}

#[test]
fn marked_callbacks_are_sent_again_in_order_of_arrival() {
    for lang in [En, Zh] {
        for (width, height) in [(80, 24), (120, 36)] {
            let mut chat = Chat::new();
            let asked = chat.asks("alice", "bob", "may I?", answer(0, "", ""));
            let mut all = chat.texts(4);
            all.insert(1, asked);
            let journey = forwarding(lang, width, height).deliver(all.clone());
            // The last one is not marked.
            let journey = journey.press("k m k m k m k m r");
            let progress = if lang == En { "0 of 4" } else { "0 / 4" };
            let journey = journey.shows(&[progress]);
            assert_sound(&journey);
            assert_eq!(sent(&journey).body, all[0].body);
            let journey = journey.press("r").press("j");
            let journey = answered(journey, Answer::ok(5));
            assert_eq!(sent(&journey).body, all[1].body);
            let journey = answered(journey, answer(1, "", ""));
            let journey = answered(journey, Answer { status: 500, ..Answer::ok(5) });
            assert_eq!(sent(&journey).body, all[3].body);
            let error = "xiaoming is away".to_owned();
            let journey = journey.message(Message::ResentMarked(Err(error)));
            let end = match lang {
                En => "3 sent again: 1 OK, 1 denied, 1 answered 500; 1 not sent: xiaoming",
                Zh => "已重发 3 条：1 OK，1 拒绝，1 应答 500；1 条未能重发：xiaoming",
            };
            let journey = journey.shows(&[end]);
            assert_sound(&journey);
            let count = journey.requests().len();
            journey.press("p").hides(&["xiaoming"]).press("p m").shows(&[words("FLOW", lang)]);
            assert_eq!(count, 5, "the tunnel, and four callbacks");
        }
    }
}

#[test]
fn esc_stops_the_sending_after_the_one_that_is_on_its_way() {
    let journey = forwarding(En, 80, 24).deliver(Chat::new().texts(4)).press("m k m k m r esc");
    let journey = answered(journey, Answer::ok(5)).shows(&["1 sent again: 1 OK"]);
    assert_eq!(journey.requests().len(), 2);
    // The marks are still there; what is cleared meanwhile is not sent.
    let journey = journey.press("r C y");
    let journey = answered(journey, Answer::ok(5));
    assert_eq!(journey.requests().len(), 3);
    let none = Journey::at(80, 24).deliver(Chat::new().texts(1)).press("m r");
    none.shows(&[words("NO_LOCAL_APP", En)]);
}

#[test]
fn no_more_than_a_thousand_callbacks_are_marked() {
    let journey = Journey::at(80, 24).deliver(Chat::new().texts(1001)).press("g");
    let journey = journey.press(&"m j ".repeat(1000)).shows(&["1000 marked"]);
    journey.press("m").shows(&["at most 1000 callbacks can be marked", "1000 marked"]);
}
