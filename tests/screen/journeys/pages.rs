//! Pages: a user's unread count step by step, a code, a breakdown.

use imscope::callback::Delivery;
use imscope::callback::Lang::{self, En, Zh};

use super::chat::{Chat, a_bit_of_everything, answer, body};
use super::frames::assert_sound;
use super::harness::{Journey, words};

/// A read that brings no count.
fn read_without_count(chat: &mut Chat, user: &str) -> Delivery {
    let read = chat.reads(user, "alice");
    let body = String::from_utf8(read.body.to_vec()).unwrap();
    let without = body.replace(r#""UnreadMsgNum":0"#, r#""Other":0"#);
    assert_ne!(without, body);
    Delivery { body: without.into_bytes().into(), ..read }
}

/// The count of bob: each kind of step, and each that does not fit.
fn steps_of_bob() -> Vec<Delivery> {
    let mut chat = Chat::new();
    let mut all = vec![
        chat.sends_text("alice", "bob", "one", 3),
        chat.sends_text("jared", "bob", "two", 4),
        chat.reads("bob", "alice"),
        chat.sends_text("小明", "bob", "three", 5),
        chat.sends_text("alice", "bob", "four", 2),
        chat.older("alice", "bob", "late"),
        read_without_count(&mut chat, "bob"),
    ];
    all.push(all[0].clone());
    all
}

fn page_of_bob(lang: Lang, width: u16, height: u16) -> Journey {
    let journey = Journey::speaking(lang, width, height).deliver(steps_of_bob());
    journey.press("2 enter")
}

#[test]
fn enter_in_unread_shows_each_step_of_the_count_with_its_cause() {
    let journey = page_of_bob(En, 120, 36).shows(&[
        "Unread · bob",
        "8 steps · 2 not explained",
        "– → 3",
        "message from alice",
        "3 → 4",
        "message from jared",
        "4 → 0",
        "chat with alice read",
        "0 → 5",
        "! expected 1: message missing",
        "5 → 2",
        "! expected 6: read or recall missing",
        words("OUTCOME_OLDER", En),
        words("OUTCOME_STALE", En),
        words("OUTCOME_DUPLICATE", En),
    ]);
    assert_sound(&journey);
    insta::assert_snapshot!("the_page_of_a_user", journey.screen());
    let journey = journey.press("esc").hides(&["8 steps"]).shows(&["Failures"]);
    assert_sound(&journey);
}

#[test]
fn the_page_fits_on_a_usual_terminal_in_both_languages() {
    for lang in [En, Zh] {
        let journey = page_of_bob(lang, 80, 24);
        let journey = journey.shows(&["bob", words("OUTCOME_STALE", lang), "4 → 0"]);
        assert_sound(&journey);
        insta::assert_snapshot!(
            format!("the_page_of_a_user_at_80_columns_{lang:?}"),
            journey.screen()
        );
    }
    let zh = page_of_bob(Zh, 120, 36);
    let zh = zh.shows(&["小明 发来消息", "! 应为 1：缺少对应的消息", "8 步 · 2 处对不上"]);
    assert_sound(&zh.resize(50, 8).resize(200, 50));
}

#[test]
fn the_page_goes_on_while_callbacks_arrive_and_stops_while_paused() {
    let mut chat = Chat::new();
    let journey = Journey::at(120, 36).deliver(chat.texts(1)).press("2 enter");
    let journey = journey.shows(&["1 step ", "– → 1"]);
    let journey = journey.deliver([chat.sends_text("jared", "bob", "x", 2)]);
    let journey = journey.shows(&["2 steps", "1 → 2", "message from jared"]).press("space");
    let journey = journey.deliver([chat.sends_text("zoe", "bob", "x", 3)]);
    let journey = journey.shows(&["2 steps", words("PAUSED", En)]).hides(&["zoe"]);
    journey.press("space").shows(&["3 steps", "message from zoe"]);
}

#[test]
fn enter_on_a_step_selects_its_callback_in_flow() {
    let journey = page_of_bob(En, 120, 36).press("g j enter");
    let journey = journey.hides(&["8 steps"]).shows(&["jared → bob"]).assert_selected("two");
    // A filter that hides it ends.
    let journey = journey.press("/").type_text("from:alice").press("enter 2 enter g j enter");
    let journey = journey.shows(&[words("FILTER_OFF", En), "jared → bob"]);
    // It is back with the page; a pause hides no callback of before.
    let journey = journey.press("esc").shows(&["8 steps"]).press("space enter");
    let journey = journey.shows(&[words("FILTER_OFF", En), "paused · 0 new"]).hides(&["8 steps"]);
    journey.press("esc esc").shows(&["from:alice", "paused"]).hides(&["8 steps"]);
}

#[test]
fn only_what_changes_this_count_is_on_the_page() {
    let other = body(
        r#"{"CallbackCommand":"C2C.CallbackAfterSendMsg","From_Account":"bob","To_Account":"eve",
        "MsgTime":1795327300,"MsgSeq":3,"MsgKey":"3_1_2","SendMsgResult":0,"UnreadMsgNum":9}"#,
    );
    let journey = Journey::at(120, 36).deliver(steps_of_bob()).deliver([other]).press("2 j enter");
    journey.shows(&["Unread · bob", "8 steps"]).hides(&["– → 9"]);
}

#[test]
fn a_long_past_is_read_to_its_beginning() {
    let mut chat = Chat::new();
    let first = chat.sends_text("小明", "jared", "first", 7);
    let journey = Journey::at(120, 36).deliver([first]).deliver(chat.texts(3_000));
    let journey = journey.press("2 enter").shows(&["Unread · jared", "– → 7", "message from 小明"]);
    let journey = journey.press("esc 2 j enter").shows(&["Unread · bob"]);
    journey.shows(&["1 000 steps", words("EARLIER_EVICTED", En)]);
}

#[test]
fn private_mode_hides_the_names_of_a_page() {
    let journey = page_of_bob(En, 120, 36).press("p").hides(&["bob", "alice", "jared", "小明"]);
    journey.shows(&["4 → 0", "! expected 1"]).press("p").shows(&["message from jared"]);
}

#[test]
fn keys_of_the_panes_leave_the_page_or_do_nothing_there() {
    let journey = page_of_bob(En, 120, 36);
    let requests = journey.requests().len();
    let journey = journey.press("y m r e x w z").shows(&["8 steps"]);
    assert_eq!(journey.requests().len(), requests);
    let journey = journey.press("? esc").shows(&["8 steps"]);
    let journey = journey.press("3").hides(&["8 steps"]).press("2 enter").shows(&["8 steps"]);
    let journey = journey.press("/").hides(&["8 steps"]).press("esc 2 enter f");
    journey.shows(&["8 of 8 · user=bob"]);
}

#[test]
fn nothing_is_drawn_on_an_idle_page() {
    let journey = Journey::at(120, 36).deliver(a_bit_of_everything()).press("2 enter");
    let journey = journey.wait(std::time::Duration::from_secs(120));
    let drawn = journey.painted().draws;
    let journey = journey.wait(std::time::Duration::from_secs(600));
    assert!(journey.painted().draws <= drawn + 10, "the header shows the minutes");
}

#[test]
fn enter_in_failures_shows_when_a_code_was_and_whom_it_was_about() {
    for (lang, width, height) in [(En, 120, 36), (Zh, 80, 24)] {
        let journey = Journey::speaking(lang, width, height).deliver(a_bit_of_everything());
        let journey = journey.press("3 enter").shows(&[
            "80001",
            words("DIMENSION_RECEIVER", lang),
            "mallory → bob",
            "mallory → 小明",
            "C2C.CallbackAfterSendMsg",
            "100%",
            " 50%",
        ]);
        assert_sound(&journey);
        insta::assert_snapshot!(format!("the_page_of_a_code_{lang:?}"), journey.screen());
        let journey = journey.press("p").hides(&["mallory", "小明"]).press("p");
        // The first entry is a recipient.
        let journey = journey.press("enter").shows(&["to=bob", "1 "]).hides(&["100%"]);
        assert_sound(&journey.press("esc 3 enter esc").hides(&["100%"]));
    }
}

#[test]
fn the_page_of_a_code_goes_on_and_stops_while_paused() {
    let mut chat = Chat::new();
    let journey = Journey::at(120, 36).deliver([chat.fails("mallory", "bob", "x", 80_001)]);
    let journey = journey.press("3 enter").shows(&["1 callback ", "mallory → bob"]).press("space");
    let journey = journey.deliver([chat.fails("mallory", "eve", "x", 80_001)]);
    let journey = journey.shows(&["1 callback ", words("PAUSED", En)]).hides(&["eve"]);
    journey.press("space").shows(&["2 callbacks", "mallory → eve"]);
}

#[test]
fn a_breakdown_counts_by_each_field_and_enter_filters_exactly() {
    let mut chat = Chat::new();
    let denied = chat.asks("jared", "bob", "may I?", answer(120_001, "", ""));
    for (lang, width, height) in [(En, 120, 36), (Zh, 80, 24)] {
        let journey = Journey::speaking(lang, width, height).deliver(a_bit_of_everything());
        let journey = journey.deliver([denied.clone()]).press("b");
        let journey = journey.shows(&[words("BREAKDOWN", lang), "C2C.CallbackAfterSendMsg", "18 "]);
        assert_sound(&journey);
        insta::assert_snapshot!(format!("a_breakdown_{lang:?}"), journey.screen());
        let journey = journey.press("l").shows(&["iPad"]).press("l").shows(&["1400000000"]);
        let journey = journey.press("h h h").shows(&["小明"]).press("h x");
        assert_sound(&journey.press("l l l l l l l").press("enter").shows(&["from="]));
    }
}

#[test]
fn a_breakdown_is_of_what_the_filter_lets_through() {
    let journey = Journey::at(120, 36).deliver(a_bit_of_everything());
    let journey = journey.press("/").type_text("failed").press("enter b");
    let journey = journey.shows(&["3 callbacks · failed", "100%"]).press("h h");
    let journey = journey.shows(&["mallory"]).hides(&["jared"]);
    // A filter that is set on the page counts again.
    let journey = journey.press("/ ctrl-u").type_text("from:jared").press("enter");
    let journey = journey.shows(&["callbacks · from:jared", "jared"]).hides(&["mallory"]);
    journey.press("enter").shows(&["from:jared from=jared", "3 of 17"]);
}

#[test]
fn a_breakdown_of_a_long_past_is_exact_and_goes_on() {
    let mut chat = Chat::new();
    let journey = Journey::at(120, 36).deliver(chat.texts(12_000)).press("b h h h");
    let journey = journey.shows(&["12 000 callbacks"]).hides(&[words("COUNTING", En)]);
    let journey = journey.deliver(chat.texts(5)).shows(&["12 005 callbacks"]).press("space");
    let journey = journey.deliver(chat.texts(5)).shows(&["12 005 callbacks"]);
    let journey = journey.press("l").shows(&["12 005 callbacks", "alice"]);
    journey.press("space").shows(&["12 010 callbacks"]);
}

#[test]
fn a_breakdown_by_peer_has_the_address_before_the_tunnel() {
    let mut chat = Chat::new();
    let headers = || [("x-forwarded-for", &b"203.0.113.99, 10.0.0.1"[..])].into_iter().collect();
    let tunneled = chat.texts(2).into_iter().map(|it| Delivery { headers: headers(), ..it });
    let tunneled: Vec<_> = tunneled.collect();
    let journey = Journey::at(120, 36).deliver(tunneled).deliver(chat.texts(1)).press("b h h h");
    let journey = journey.shows(&["203.0.113.99", "67%", "127.0.0.1", "33%"]);
    journey.press("enter").shows(&["2 of 3 · peer=203.0.113.99"]);
}

#[test]
fn private_mode_hides_the_values_of_a_breakdown() {
    let journey = Journey::at(120, 36).deliver(a_bit_of_everything()).press("b h h p");
    let journey = journey.hides(&["mallory", "小明", "jared"]).press("h h");
    let journey = journey.hides(&["203.0.113"]).press("h h").shows(&["iPad"]).press("h");
    journey.hides(&["Meeting.CallbackAfterRaiseHand"]).shows(&["C2C.CallbackAfterSendMsg"]);
}

#[test]
fn esc_returns_to_the_page_of_a_user_from_a_row_of_flow() {
    let page = page_of_bob(En, 120, 36).press("k k").screen();
    let journey = page_of_bob(En, 120, 36).press("k k enter").hides(&["Unread · bob"]);
    let journey = journey.press("enter esc esc").shows(&["Unread · bob"]);
    assert_eq!(journey.screen(), page);
    let moved = page_of_bob(En, 120, 36).press("k k enter k esc");
    moved.hides(&["Unread · bob"]).shows(&[words("FOLLOWING", En)]);
}
