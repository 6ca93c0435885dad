//! Snapshots of the screen. They change with its looks; the other journeys
//! do not.

use std::time::Duration;

use imscope::callback::Lang;

use super::chat::a_bit_of_everything;
use super::deciding::each_answer;
use super::frames::assert_sound;
use super::harness::Journey;

#[test]
fn the_smallest_screen_with_a_bit_of_everything() {
    let journey = Journey::at(80, 24).deliver(a_bit_of_everything());
    assert_sound(&journey);
    insta::assert_snapshot!(journey.screen());
}

#[test]
fn a_usual_screen_with_a_bit_of_everything() {
    let journey = Journey::at(120, 36).deliver(a_bit_of_everything()).press("k k k");
    assert_sound(&journey);
    insta::assert_snapshot!(journey.screen());
}

#[test]
fn a_usual_screen_in_chinese() {
    let journey = Journey::speaking(Lang::Zh, 120, 36).deliver(a_bit_of_everything()).press("[");
    assert_sound(&journey);
    insta::assert_snapshot!(journey.screen());
}

#[test]
fn the_smallest_screen_with_each_decision() {
    let journey = Journey::at(80, 24).deliver(each_answer()).press("k k k 4 l l l");
    assert_sound(&journey);
    insta::assert_snapshot!(journey.screen());
}

#[test]
fn a_usual_screen_with_each_decision_in_chinese() {
    let journey = Journey::speaking(Lang::Zh, 120, 36).deliver(each_answer());
    let journey = journey.press("k k k 4 l l l");
    assert_sound(&journey);
    insta::assert_snapshot!(journey.screen());
}

#[test]
fn the_empty_screen_shows_the_next_steps() {
    insta::assert_snapshot!(Journey::at(80, 24).screen());
}

#[test]
fn after_a_minute_of_silence_the_reasons_are_listed() {
    let journey = Journey::at(80, 24).wait(Duration::from_secs(61));
    insta::assert_snapshot!(journey.screen());
}
