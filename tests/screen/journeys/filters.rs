//! Seeing only some callbacks: by user, by code, by what is typed.

use imscope::callback::Delivery;
use imscope::callback::Lang::En;

use super::chat::{Chat, a_bit_of_everything, body};
use super::frames::assert_sound;
use super::harness::{Journey, words};

fn everything() -> Journey {
    Journey::at(120, 36).deliver(a_bit_of_everything())
}

fn of_17(found: usize) -> String {
    format!("{found} of 17")
}

#[test]
fn the_page_of_a_user_filters_by_the_user() {
    everything()
        .press("2 j enter f")
        .shows(&[&of_17(3), "腾讯滨海", "明天见"])
        .hides(&["加微信", "remember"])
        .press("esc")
        .shows(&["加微信", "remember"]);
}

#[test]
fn the_page_of_a_code_filters_by_the_code() {
    everything()
        .press("3 enter f")
        .shows(&[&of_17(2), "加微信", "hello?"])
        .hides(&["remember", "red packet"])
        .press("3 j enter f")
        .shows(&[&of_17(1), "remember"]);
}

#[test]
fn words_are_found_anywhere_in_the_body() {
    everything()
        .press("/")
        .type_text("RED packet")
        .press("enter")
        .shows(&[&of_17(2), "red packet"])
        .hides(&["hello?"]);
}

#[test]
fn a_time_and_a_field_of_the_payload_are_found() {
    let filtered = |text: &str| {
        let journey = Journey::at(80, 24).deliver(Chat::new().texts(100)).press("/");
        journey.type_text(text).press("enter")
    };
    let journey = filtered("at:06:02:11-06:02").shows(&["49 of 100"]).press("g");
    journey.assert_selected("text 30.").hides(&["text 29."]);
    filtered("sent:2026-11-22T06:02 -at:06:02").shows(&[words("NOTHING_MATCHES", En)]);
    filtered(".MsgBody[0].MsgContent.Text:\"text 30.\"").shows(&["1 of 100", "text 30."]);
    let all = filtered("since:5m").shows(&["100 of 100"]);
    all.deliver([Chat::new().sends_text("alice", "bob", "too early", 1)]).shows(&["101 of 101"]);
}

#[test]
fn later_callbacks_are_filtered_too() {
    let mut chat = Chat::new();
    let journey = Journey::at(80, 24).deliver(chat.texts(5)).press("/").type_text("from:小明");
    let journey = journey.press("enter").shows(&[words("NOTHING_MATCHES", En)]);
    journey
        .deliver([chat.sends_text("小明", "bob", "here I am", 1)])
        .deliver(chat.texts(5))
        .shows(&["here I am", "1 of 11"])
        .hides(&["text 4."])
        .press("esc")
        .shows(&["text 4."]);
}

#[test]
fn all_of_a_long_past_is_searched() {
    let mut chat = Chat::new();
    let needle = chat.sends_text("小明", "bob", "a needle", 1);
    let journey = Journey::at(80, 24).deliver([needle]).deliver(chat.texts(5_000));
    let journey = journey.press("/").type_text("needle").press("enter");
    journey.shows(&["a needle", "1 of 5 001"]);
}

#[test]
fn a_mistake_has_a_caret_and_the_last_good_filter_stays() {
    let journey = everything()
        .press("/")
        .type_text("jared")
        .press("enter /")
        .shows(&["/ jared"])
        .type_text(" (")
        .press("enter")
        .shows(&["/ jared (", "▾", &of_17(4)])
        .hides(&["hello?"]);
    let rows = journey.buffer_rows();
    let [above, input] = [&rows[34], &rows[35]].map(|it| it.chars().collect::<Vec<_>>());
    let caret = above.iter().position(|it| *it == '▾').unwrap();
    assert!(input.get(caret) == Some(&'(') || caret == input.len(), "{}", journey.screen());
    journey.press("esc").hides(&["▾"]).shows(&[&of_17(4)]);
}

#[test]
fn the_line_can_be_edited_as_one_expects() {
    everything()
        .press("/")
        .type_text("jarex")
        .press("backspace")
        .type_text("d")
        .press("left left left left left")
        .type_text("from:")
        .press("enter")
        .shows(&[&of_17(3), "from:jared"]);
}

#[test]
fn an_empty_line_shows_everything_again() {
    everything()
        .press("/")
        .type_text("jared")
        .press("enter / ctrl-u enter")
        .shows(&["hello?", "红包"]);
}

#[test]
fn a_paste_goes_into_the_line_up_to_its_end() {
    everything()
        .press("/")
        .paste("hello?\nq\nC\ny\n")
        .shows(&["/ hello?"])
        .press("enter")
        .shows(&[&of_17(1)]);
}

#[test]
fn a_very_long_line_stays_in_its_place() {
    let journey = everything().press("/").paste(&"小明 or ".repeat(5_000)).type_text("\u{202e}(x");
    assert_eq!(journey.buffer_rows().len(), 36);
    assert_sound(&journey.press("left home end enter esc"));
}

#[test]
fn a_family_of_commands_and_its_rooms_are_found() {
    let of = |command: &str, fields: &str| Delivery {
        target: format!("/?SdkAppid=1400000000&CallbackCommand={command}").into(),
        ..body(format!(r#"{{"CallbackCommand":"{command}",{fields}}}"#))
    };
    let journey = Journey::at(120, 36).deliver([
        of("Room.CallbackAfterDestroyRoom", r#""Operator_Account":"zoe","RoomId":"hut""#),
        of("Live.CallbackAfterCreateRoom", r#""RoomInfo":{"RoomId":"ridge","RoomName":"Dawn"}"#),
        of("Call.CallbackAfterMemberChanged", r#""CallId":"77","ChangedUserList":[]"#),
    ]);
    let journey = journey.press("/").type_text("cmd:room.").press("enter");
    let journey = journey.shows(&["1 of 3", "zoe", "hut", "room end"]).hides(&["Dawn"]);
    let journey = journey.press("esc /").type_text("to:ridge").press("enter");
    journey.shows(&["1 of 3", "ridge", "live", "Dawn"]);
}
