//! Texts of pages and side panes: reasons, scales, what they are of, and where they are cut.

use imscope::callback::Lang::{En, Zh};

use super::chat::{Chat, a_bit_of_everything, body};
use super::frames::assert_sound;
use super::harness::{Journey, words};

#[test]
fn a_message_that_does_not_count_has_its_reason_and_keeps_its_name() {
    let uncounted = |from: &str, seq: u64, rest: &str| {
        body(format!(
            r#"{{"CallbackCommand":"C2C.CallbackAfterSendMsg","From_Account":"{from}",
            "To_Account":"bob","MsgTime":179532732{seq},"MsgSeq":{seq},"MsgKey":"{seq}_1_2",
            "UnreadMsgNum":3,{rest}}}"#
        ))
    };
    for (lang, failed, online_only, narrow) in [
        (
            En,
            "message from mallory_the_second (failed 20007, not counted)",
            "zoe (online only, n",
            "message from mallory_",
        ),
        (
            Zh,
            "mallory_the_second 发来消息（失败 20007，未计入）",
            "（仅在线，未计入）",
            "mallory_the_second 发来消息",
        ),
    ] {
        let mut chat = Chat::new();
        let calls = [
            chat.sends_text("alice", "bob", "one", 3),
            uncounted("mallory_the_second", 5, r#""SendMsgResult":20007"#),
            uncounted("zoe", 6, r#""SendMsgResult":0,"OnlineOnlyFlag":1"#),
        ];
        let journey = Journey::speaking(lang, 120, 36).deliver(calls).press("2 enter");
        let journey = journey.shows(&[failed, online_only]).resize(50, 8).press("g j");
        assert_sound(&journey.shows(&[narrow]));
    }
}

#[test]
fn the_page_of_a_code_has_the_last_error_info_and_a_scale() {
    let mut chat = Chat::new();
    let info = "message from blacklist user is refused by peer";
    for lang in [En, Zh] {
        let all: Vec<_> = (0..3).map(|_| chat.fails("alice", "bob", "hi", 20_007)).collect();
        let journey = Journey::speaking(lang, 120, 36).deliver(all).press("3 enter");
        assert_sound(&journey.shows(&[info, "│ 1 "]).press("p").hides(&[info]));
    }
}

#[test]
fn side_panes_name_that_they_are_of_all_while_flow_is_filtered() {
    for (lang, all) in [(En, "all"), (Zh, "全部")] {
        let names = ["UNREAD", "FAILURES", "TRAFFIC"].map(|it| words(it, lang));
        let names = names.map(|it| format!("{it} · {all}"));
        let names = names.each_ref().map(|it| &**it);
        let journey = Journey::speaking(lang, 80, 24).deliver(a_bit_of_everything());
        journey.hides(&names).press("/").type_text("alice").press("enter").shows(&names);
    }
}

#[test]
fn an_end_of_the_dimensions_that_is_not_on_the_screen_is_told() {
    let journey = Journey::at(50, 8).deliver(a_bit_of_everything()).press("b");
    let tabs = |journey: &Journey| journey.buffer_rows()[2].clone();
    assert!(tabs(&journey).ends_with("…│"), "{}", journey.screen());
    let journey = journey.press("h");
    assert!(tabs(&journey).starts_with("│…") && tabs(&journey).contains("receiver"));
}

#[test]
fn the_help_of_a_code_begins_at_its_beginning() {
    for lang in [En, Zh] {
        for (width, height) in [(80, 24), (120, 36), (200, 50)] {
            let mut chat = Chat::new();
            let calls = [20_006, 120_001].map(|it| chat.fails("alice", "bob", "hi", it));
            let journey = Journey::speaking(lang, width, height).deliver(calls).press("3");
            assert!(journey.screen().contains("│ →"), "{}", journey.screen());
        }
    }
}
