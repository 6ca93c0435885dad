//! When frames are drawn, and when not.

use std::time::Duration;

use imscope::callback::format::grouped;
use imscope::edge::queue::CAPACITY;

use super::chat::{Chat, a_bit_of_everything, body};
use super::harness::{Journey, words};

const SECOND: Duration = Duration::from_secs(1);

#[test]
fn no_frame_is_drawn_while_nothing_happens() {
    let journey = Journey::at(120, 36).deliver(a_bit_of_everything()).wait(120 * SECOND);
    let drawn = journey.painted().draws;
    // The header shows how long no callback has come: in minutes, then in hours.
    let journey = journey.wait(600 * SECOND).shows(&["last callback 12 min ago"]);
    assert_eq!(journey.painted().draws, drawn + 10);
    let journey = journey.wait(3 * 3600 * SECOND).shows(&["last callback 3 h ago"]);
    assert!(journey.painted().draws <= drawn + 60 + 3);
}

#[test]
fn the_silence_is_shown_when_the_pace_has_broken_off_and_ends_with_a_callback() {
    let journey = Journey::at(120, 36).deliver(a_bit_of_everything()).wait(50 * SECOND);
    let journey = journey.hides(&["min ago"]).wait(30 * SECOND).shows(&["last callback 1 min ago"]);
    let journey = journey.press("space").hides(&["min ago"]).press("space").shows(&["1 min ago"]);
    journey.deliver([body("{}")]).hides(&["min ago"]);
    let zh = Journey::speaking(imscope::callback::Lang::Zh, 80, 24);
    zh.deliver(a_bit_of_everything()).wait(180 * SECOND).shows(&["3 分钟前"]);
}

#[test]
fn the_empty_screen_is_drawn_once_and_again_after_a_minute() {
    let journey = Journey::at(80, 24).wait(59 * SECOND);
    assert_eq!(journey.painted().draws, 1);
    let journey =
        journey.wait(2 * SECOND).shows(&[words("SILENT_TITLE", imscope::callback::Lang::En)]);
    assert_eq!(journey.painted().draws, 2);
    assert_eq!(journey.wait(600 * SECOND).painted().draws, 2);
}

#[test]
fn a_paused_view_is_drawn_for_nothing_but_the_count() {
    let journey = Journey::at(80, 24).deliver(a_bit_of_everything()).press("space");
    let drawn = journey.painted().draws;
    assert_eq!(journey.wait(600 * SECOND).painted().draws, drawn);
}

#[test]
fn a_flood_is_drawn_at_most_thirty_times_a_second() {
    let mut chat = Chat::new();
    let mut journey = Journey::at(80, 24);
    let drawn = journey.painted().draws;
    for _ in 0..2_000 {
        journey = journey.queue(chat.texts(1)).wait(Duration::from_millis(1));
    }
    let journey = journey.wait(SECOND / 10);
    let frames = journey.painted().draws - drawn;
    assert!((50..=64).contains(&frames), "{frames} frames in two seconds");
    assert_eq!(journey.painted().seen, 2_000);
}

#[test]
fn a_key_is_seen_sooner_than_a_callback() {
    let frames_within = |journey: Journey, millis| {
        let drawn = journey.painted().draws;
        let journey = journey.wait(Duration::from_millis(millis));
        journey.painted().draws - drawn
    };
    let mut chat = Chat::new();
    let journey = || Journey::at(80, 24).deliver(Chat::new().texts(1)).wait(100 * SECOND);
    assert_eq!(frames_within(journey().queue(chat.texts(1)), 1), 1, "after a rest at once");
    let busy = journey().queue(chat.texts(1)).wait(Duration::from_millis(1));
    assert_eq!(frames_within(busy.queue(chat.texts(1)), 20), 0, "then the frame is awaited");
    let busy = journey().queue(chat.texts(1)).wait(Duration::from_millis(1));
    assert_eq!(frames_within(busy.queue(chat.texts(1)).key("k"), 20), 1, "but not by a key");
}

#[test]
fn a_stalled_terminal_does_not_stop_the_loop_from_receiving() {
    // One more than the queue holds: without the loop the listener would wait.
    let count = CAPACITY + 1;
    let texts = Chat::new().texts(count);
    let journey = Journey::at(80, 24).stall(true).press("k").deliver(texts);
    let journey = journey.hides(&["text"]).stall(false);
    assert_eq!(journey.painted().seen, count as u64);
    let last = format!("text {}.", count - 1);
    journey.shows(&[&last, &format!("{} seen", grouped(count as u64))]);
}

#[test]
fn quitting_works_on_a_stalled_terminal() {
    let journey = Journey::at(80, 24).deliver(Chat::new().texts(1)).stall(true).press("k j");
    assert!(journey.press("q").has_ended());
}
