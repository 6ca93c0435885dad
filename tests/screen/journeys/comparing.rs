//! The comparison of two bodies.

use std::time::Duration;

use imscope::callback::Lang::{En, Zh};
use imscope::callback::{Delivery, Timestamp};

use super::chat::{Chat, START, body};
use super::frames::assert_sound;
use super::harness::{Journey, words};

#[test]
fn two_bodies_are_compared_field_by_field() {
    let journey = Journey::at(120, 36)
        .deliver([
            body(r#"{"CallbackCommand":"A","Same":1,"Is":{"Deep":[1,2]},"Gone":"old"}"#),
            body(r#"{"Is":{"Deep":[1,3,4]},"Same":1,"CallbackCommand":"B"}"#),
        ])
        .press("k m j D");
    let journey = journey.shows(&[
        words("COMPARE", En),
        "2 equal fields",
        words("MARKED", En),
        words("SHOWN", En),
    ]);
    let rows = journey.buffer_rows();
    let expected = [
        ["/CallbackCommand", "\"A\"", "\"B\""],
        ["/Is/Deep/1", "2", "3"],
        ["/Gone", "\"old\"", "–"],
        ["/Is/Deep/2", "–", "4"],
    ];
    for parts in expected {
        let row = rows.iter().find(|it| it.contains(parts[0])).unwrap();
        let words: Vec<_> = row.split_whitespace().filter(|it| *it != "│").collect();
        assert_eq!(words, parts, "{}", journey.screen());
    }
    assert!(!journey.screen().contains("/Same"));
    // It fills the screen like a pane: any key leaves it, and q quits.
    let journey = journey.press("x esc").hides(&[words("COMPARE", En)]);
    assert!(!journey.has_ended() && journey.press("D q").has_ended());
}

#[test]
fn long_values_are_compared_to_their_end_and_paths_keep_theirs() {
    let image = |url: &str, time: u64| {
        let at = START.plus(Duration::from_secs(time));
        let raw = format!(
            r#"{{"MsgBody":[{{"MsgContent":{{"ImageInfoArray":[{{"URL":"{url}","W":{time}}}]}}}}]}}"#
        );
        Delivery { at, ..body(raw) }
    };
    let url = |end: &str| format!("https://cdn.example.com/{}{end}", "picture/".repeat(12));
    for (lang, width, height) in [(En, 80, 24), (Zh, 80, 24), (En, 120, 36), (Zh, 120, 36)] {
        let all = [image(&url("first.png"), 5), image(&url("second.png"), 9)];
        let journey = Journey::speaking(lang, width, height).deliver(all).press("k m j D");
        let (marked, shown) = (words("MARKED", lang), words("SHOWN", lang));
        let title =
            format!("{}  − {marked} #1 06:02:05  + {shown} #2 06:02:09", words("COMPARE", lang));
        let journey = journey.shows(&[&title, "first.png\"", "second.png\"", "/0/URL", "/0/W"]);
        assert_sound(&journey);
    }
}

#[test]
fn a_mark_shows_and_stays_with_its_callback() {
    let mut chat = Chat::new();
    let journey = Journey::at(120, 36).deliver(chat.texts(5)).press("k k m F");
    let journey = journey.deliver(chat.texts(40)).press("g j j").assert_selected("text 2.");
    assert!(journey.selected().unwrap().starts_with('◆'), "{}", journey.screen());
    let journey = journey.press("F D").shows(&["\"text 2.\"", "\"text 39.\""]).press("esc");
    // The same key takes it away.
    let journey = journey.press("g j j m D").shows(&[words("NOTHING_MARKED", En)]).hides(&["◆"]);
    // What was cleared is marked no more.
    journey.press("m C y").deliver(chat.texts(1)).press("D").shows(&[words("NOTHING_MARKED", En)]);
}

#[test]
fn many_differences_scroll_and_a_body_that_is_not_json_is_one_field() {
    let many = |by: u64| {
        let fields: Vec<_> = (0..100).map(|it| format!(r#""F{it}":{}"#, it * by)).collect();
        body(format!("{{{}}}", fields.join(",")))
    };
    let journey = Journey::at(80, 24).deliver([many(1), many(3)]).press("k m j D");
    let journey = journey.shows(&["/F1 "]).hides(&["/F99"]).press("pgdn pgdn pgdn j j j");
    let journey = journey.hides(&["/F1 "]).press(&"pgdn ".repeat(9)).shows(&["/F99"]);
    assert_sound(&journey.press("pgup k"));
    let broken = [body("{\x1b[31m"), body(b"\xff\xfe")];
    let journey = Journey::at(80, 24).deliver(broken).press("k m j D");
    assert_sound(&journey.shows(&["0 equal fields"]));
}

#[test]
fn the_marked_callback_compares_with_itself_and_later_ones() {
    let journey = Journey::at(80, 24).deliver([body(r#"{"A":1}"#)]).press("m D");
    let journey = journey.shows(&["1 equal fields"]);
    let late = Delivery { at: Timestamp::default(), ..body(r#"{"A":2}"#) };
    journey.deliver([late]).shows(&["/A", "0 equal fields"]);
}
