//! Following the newest, standing still on an older one, and going about.

use imscope::callback::Lang::{En, Zh};
use imscope::callback::Origin;
use imscope::callback::trouble::Trouble;

use super::chat::{Chat, a_bit_of_everything, forged};
use super::frames::assert_sound;
use super::harness::{Journey, words};

fn below(count: usize) -> String {
    format!("↓ {count} below")
}

#[test]
fn the_first_callback_makes_the_empty_screen_go_away() {
    Journey::at(80, 24)
        .shows(&[words("EMPTY_TITLE", En), "http://127.0.0.1:9527"])
        .deliver(Chat::new().texts(1))
        .hides(&[words("EMPTY_TITLE", En)])
        .shows(&["text 0.", words("FOLLOWING", En)]);
}

#[test]
fn the_newest_shows_while_following() {
    let mut chat = Chat::new();
    let journey = Journey::at(80, 24).deliver(chat.texts(100)).shows(&["text 99."]);
    journey.deliver([chat.sends_text("alice", "bob", "the newest", 1)]).shows(&["the newest"]);
}

#[test]
fn the_selection_stays_on_its_callback_while_new_ones_arrive() {
    let mut chat = Chat::new();
    let journey = Journey::at(80, 24)
        .deliver(chat.texts(30))
        .press("k k k")
        .assert_selected("text 26.")
        .hides(&[words("FOLLOWING", En), "below", "new"]);
    let journey = journey.deliver(chat.texts(500)).assert_selected("text 26.").shows(&["text 1."]);
    // The last two of the twelve rows are new.
    let journey = journey.shows(&["↓ 498 new"]).press("G k").deliver(chat.texts(7));
    let journey = journey.shows(&["↓ 3 new"]).press("j j").shows(&["↓ 1 new"]);
    let journey = journey.press("j").hides(&["↓", words("FOLLOWING", En)]);
    let journey = journey.press("G").shows(&[words("FOLLOWING", En)]).press("g");
    let journey = journey.shows(&[&below(525)]).deliver(chat.texts(5));
    journey.shows(&[&format!("{}, 5 new", below(530))]);
}

#[test]
fn nothing_is_below_the_last_row() {
    let journey = Journey::speaking(Zh, 80, 24).deliver(Chat::new().texts(2)).press("k");
    let journey = journey.hides(&["↓"]).press("] n").hides(&["↓"]).assert_selected("text 1.");
    journey.deliver(Chat::new().texts(20)).press("g").shows(&["↓ 10 条新消息"]);
}

#[test]
fn a_mark_hides_no_failure_and_a_failure_no_trouble() {
    let mut chat = Chat::new();
    let mut failed = chat.fails("mallory", "bob", "hi", 80_001);
    failed.answer.trouble.push(Trouble::recorded("the app took too long"));
    failed.origin = Origin::Resent;
    let refused = forged(chat.sends_text("mallory", "bob", "hi", 1));
    let journey = Journey::at(80, 24).deliver([failed, refused]).press("m k m k");
    let journey = journey.shows(&["◆⊘  "]);
    journey.shows(&["◆→✗!"]);
}

#[test]
fn several_keys_follow_again() {
    for keys in ["F", "end", "G", "j j j", "down down down down", "pgdn", "ctrl-d", "esc"] {
        Journey::at(80, 24)
            .deliver(Chat::new().texts(30))
            .press("k k")
            .hides(&[words("FOLLOWING", En)])
            .press(keys)
            .shows(&[words("FOLLOWING", En), "text 29."]);
    }
}

#[test]
fn keys_move_by_a_row_by_half_a_screen_by_a_screen_and_to_the_ends() {
    let at = |keys: &str| {
        let journey = Journey::at(80, 24).deliver(Chat::new().texts(100)).press(keys);
        let selected = journey.selected().unwrap();
        let number = selected.split_once("text ").unwrap().1.split_once('.').unwrap().0;
        number.parse::<usize>().unwrap()
    };
    assert_eq!([at("g"), at("home"), at("up"), at("k k"), at("g j down")], [0, 0, 98, 97, 2]);
    let (page, half) = (at("g pgdn"), at("g ctrl-d"));
    assert!(0 < half && half < page && page <= 2 * half, "{half} {page}");
    assert_eq!([at("pgup"), at("ctrl-u")], [99 - page, 99 - half]);
    assert_eq!(at("g pgdn pgup"), 0);
}

#[test]
fn a_time_leads_to_the_first_callback_from_then_on() {
    let texts = || Journey::at(80, 24).deliver(Chat::new().texts(100));
    let go = |keys: &str, time: &str| texts().press(keys).type_text(time).press("enter");
    go(":", "06:02").assert_selected("text 19.");
    go("k g g", "2026-11-22T06:02:11")
        .assert_selected("text 30.")
        .press("g")
        .assert_selected("text 0.");
    // Only two presses in a row are for a time.
    texts().press("g m g").assert_selected("text 0.").hides(&["go to :"]);
    go(":", "23:00").shows(&["no callback at 23:00:00 or later"]);
    let journey = texts().press(":").shows(&["go to :", "-5m"]).type_text("noon");
    let journey = journey.shows(&["`noon` is not a time or an age"]).press("esc k k");
    journey.assert_selected("text 97.").hides(&["go to :"]);
    let journey = Journey::speaking(Zh, 80, 24).deliver(Chat::new().texts(3)).press(":");
    journey.shows(&["跳到 :", "enter 跳转"]);
}

#[test]
fn a_page_in_a_side_pane_is_as_high_as_that_pane() {
    let mut chat = Chat::new();
    let users: Vec<_> = (0..20).map(|it| format!("user{it:02}")).collect();
    let codes: Vec<_> = (20_001..20_010).collect();
    let sent =
        users.iter().zip(50..).map(|(it, unread)| chat.sends_text("alice", it, "hi", unread));
    let mut deliveries: Vec<_> = sent.collect();
    deliveries.extend(codes.iter().map(|it| chat.fails("alice", "bob", "hi", *it)));
    let codes = codes.iter().map(i64::to_string).collect();
    for (pane, names) in [("2", users), ("3", codes)] {
        let journey = Journey::at(80, 24).deliver(deliveries.clone());
        let mut journey = journey.press(pane).press("g");
        let mut seen = String::new();
        for _ in &names {
            let rows = journey.buffer_rows();
            seen.extend(rows.iter().filter_map(|it| it.rsplit('│').nth(1)));
            journey = journey.press("pgdn");
        }
        for name in names {
            assert!(seen.contains(&name), "no page shows {name}");
        }
    }
}

#[test]
fn the_focus_goes_round_and_to_each_pane() {
    let everything = || Journey::at(120, 36).deliver(a_bit_of_everything()).press("k l");
    let panes = [("1", "06:02:00"), ("2", "alice    9"), ("3", "80001 "), ("4", "{")];
    for (key, selected) in panes {
        everything().press(key).assert_selected(selected);
    }
    let mut journey = everything();
    for (_, selected) in [panes[1], panes[2], panes[3]] {
        journey = journey.press("tab").assert_selected(selected);
    }
    journey = journey.press("tab").shows(&[" callbacks"]).press("tab").assert_selected(panes[0].1);
    journey = journey.press("backtab").shows(&[" callbacks"]);
    for (_, selected) in [panes[3], panes[2], panes[1], panes[0]] {
        journey = journey.press("backtab").assert_selected(selected);
    }
}

#[test]
fn each_pane_can_fill_the_screen() {
    for (key, name) in ["1", "2", "3", "4"].iter().zip(["FLOW", "UNREAD", "FAILURES", "DETAIL"]) {
        let journey = Journey::at(80, 24).deliver(a_bit_of_everything()).press(key).press("z");
        assert_sound(&journey);
        assert_eq!(journey.screen().matches('╭').count(), 1, "{}", journey.screen());
        let journey = journey.shows(&[&format!("╭ {} ", words(name, En))]).press("z");
        assert!(journey.screen().matches('╭').count() > 1);
    }
}

#[test]
fn esc_goes_back_one_step_at_a_time_and_never_quits() {
    let found = "10 of 11";
    let mut chat = Chat::new();
    let journey = Journey::at(80, 24)
        .deliver(chat.texts(10))
        .deliver([chat.sends_text("alice", "bob", "another", 1)])
        .press("/")
        .type_text("text:text")
        .press("enter")
        .press("k k 4 z")
        .hides(&["╭ Flow"])
        .press("esc")
        .shows(&["╭ Flow", found]);
    assert_eq!(journey.selected(), None, "the focus is still in the detail");
    let journey = journey.press("esc").assert_selected("text 7.").shows(&[found]);
    let journey = journey.press("esc").hides(&[found]).assert_selected("text 7.");
    let journey = journey.press("esc").shows(&[words("FOLLOWING", En)]);
    assert!(!journey.press("esc esc esc esc").has_ended());
}

#[test]
fn brackets_go_from_failure_to_failure_and_report_when_there_is_none() {
    Journey::at(120, 36)
        .deliver(a_bit_of_everything())
        // From the newest, both go to the last one; a broken body is one too.
        .press("]")
        .assert_selected("broken")
        .press("[")
        .assert_selected("refused")
        .press("[")
        .assert_selected("hello?")
        .press("[")
        .assert_selected("20007")
        .press("[ [")
        .assert_selected("加微信")
        .shows(&[words("NO_EARLIER_FAILURE", En)])
        .press("] ]")
        .assert_selected("hello?")
        .press("] ] ]")
        .assert_selected("broken")
        .shows(&[words("NO_LATER_FAILURE", En)]);
}

#[test]
fn n_goes_from_match_to_match() {
    Journey::at(120, 36)
        .deliver(a_bit_of_everything())
        .press("/")
        .type_text("user:bob")
        .press("enter")
        .press("N")
        .assert_selected("signature wrong")
        .press("N N")
        .assert_selected("80001")
        .press("n")
        .assert_selected("[order]")
        .press("n")
        .assert_selected("signature wrong");
}

#[test]
fn enter_opens_the_detail_of_the_newest_and_keeps_it() {
    let mut chat = Chat::new();
    let last = chat.sends_text("小明", "alice", "the one to look at", 9);
    Journey::at(80, 24).deliver([last]).press("enter").deliver(chat.texts(40)).shows(&[
        "小明 → alice",
        "the one to look at",
        "↓ 29 new",
    ]);
}

#[test]
fn a_pane_that_only_fits_in_full_stays_so_and_the_tab_of_a_hidden_detail_stays() {
    for (width, height) in [(50, 8), (80, 24)] {
        for lang in [En, Zh] {
            let journey = Journey::speaking(lang, width, height).deliver(Chat::new().texts(3));
            let full = [words("TIMELINE", lang), words("ONLY_IN_FULL", lang)];
            journey.press("5 z").shows(&full).press("esc").shows(&[words("FLOW", lang)]);
        }
    }
    for lang in [En, Zh] {
        let journey = Journey::speaking(lang, 50, 8).deliver(Chat::new().texts(3)).press("l");
        let journey = journey.shows(&[words("NO_DETAIL", lang)]).press("enter");
        journey.shows(&[words("COMMAND", lang)]);
    }
}

#[test]
fn a_time_before_the_first_callback_leads_to_it_and_is_told() {
    for (lang, notice) in [(En, "the first callback is of "), (Zh, "第一条回调的时间是 ")]
    {
        let journey = Journey::speaking(lang, 120, 36).deliver(Chat::new().texts(3)).press(":");
        let journey = journey.type_text("05:00").press("enter").shows(&[notice]);
        let journey = journey.assert_selected("text 0.").press(":").type_text("06:02");
        journey.press("enter").hides(&[notice]);
    }
}
