//! Screens of all sizes: long names, the panes that leave, and what is drawn over them.

use imscope::callback::Lang::{self, En, Zh};
use imscope::callback::sample::Shape;

use super::chat::{Chat, a_bit_of_everything, forged};
use super::frames::{assert_in_cells, assert_sound};
use super::harness::{Journey, words};

const SIZES: [(u16, u16); 6] = [(50, 8), (60, 10), (80, 24), (120, 36), (160, 40), (200, 50)];
/// Two IDs of 32 bytes that differ at their end.
const LONG: [&str; 2] = ["user_20260101_merchant_000000001", "user_20260101_merchant_000000002"];

/// Callbacks with long names, Chinese and emoji.
pub(crate) fn of_all_lengths() -> Vec<imscope::callback::Delivery> {
    let mut chat = Chat::new();
    let mut all = a_bit_of_everything();
    all.extend([
        chat.sends_text(LONG[0], LONG[1], "hi", 3),
        chat.sends_text(LONG[1], LONG[0], "在的，刚看到 😊", 4),
        chat.sends_text("一个名字很长的用户一个名字很长", "👩🏽‍🚀👨‍👩‍👧‍👦", "水", 5),
        chat.fails(LONG[0], "@TGS#2J4SZEAEL", "no", 80_001),
        chat.sends(LONG[1], LONG[0], Shape::Image),
        forged(chat.sends_text("mallory", LONG[1], "me", 1)),
    ]);
    all
}

/// The keys that open each overlay.
const OVERLAYS: [&str; 9] = ["?", "Y", "o", "o a", "A", "s", "/", "C", "m k D"];

#[test]
fn every_overlay_is_sound_at_every_size_that_a_terminal_gets() {
    for lang in [En, Zh] {
        for open in OVERLAYS {
            let journey = Journey::speaking(lang, 120, 36).deliver(of_all_lengths()).press(open);
            let journey = SIZES.into_iter().chain(SIZES.into_iter().rev()).fold(
                journey,
                |journey, (width, height)| {
                    let journey = journey.resize(width, height).press("down");
                    assert_in_cells(&journey);
                    assert!(!journey.has_ended(), "{open}");
                    journey
                },
            );
            assert_sound(&journey.press("esc esc esc").resize(50, 8));
        }
    }
}

#[test]
fn two_long_names_are_told_apart_at_120_columns_and_whole_at_160() {
    for lang in [En, Zh] {
        let mut chat = Chat::new();
        let texts = [
            chat.sends_text(LONG[0], LONG[1], "hi", 3),
            chat.sends_text(LONG[1], LONG[0], "ho", 4),
        ];
        let journey = Journey::speaking(lang, 120, 36).deliver(texts);
        let rows = journey.buffer_rows();
        let names = |row: usize| rows[row].chars().skip(14).take(24).collect::<String>();
        assert!(names(3).contains("0001") && names(3).contains("0002"), "{}", rows[3]);
        assert_ne!(names(3), names(4));
        let journey = journey.resize(160, 40);
        let row = journey.buffer_rows()[3].clone();
        assert!(row.contains(&format!("{} → {}", LONG[0], LONG[1])), "{row}");
        // In Unread, too, and also in full.
        journey.press("2 z").shows(&LONG);
    }
}

#[test]
fn panes_leave_a_small_screen_one_after_another() {
    let titles = |journey: &Journey, lang: Lang| {
        let names = ["FLOW", "UNREAD", "FAILURES", "TRAFFIC", "DETAIL"];
        let screen = journey.screen();
        names.map(|it| screen.contains(&format!("╭ {} ", words(it, lang))))
    };
    for lang in [En, Zh] {
        let mut journey = Journey::speaking(lang, 120, 36).deliver(of_all_lengths());
        for (size, expected) in [
            ((120, 36), [true; 5]),
            ((80, 23), [true, true, true, false, true]),
            ((100, 18), [true, true, false, false, true]),
            ((60, 14), [true, false, false, false, true]),
            ((60, 10), [true, false, false, false, false]),
            ((50, 8), [true, false, false, false, false]),
            ((60, 40), [true, true, true, false, true]),
            ((200, 50), [true; 5]),
        ] {
            journey = journey.resize(size.0, size.1);
            assert_eq!(titles(&journey, lang), expected, "{size:?}\n{}", journey.screen());
            assert_sound(&journey);
        }
    }
}

#[test]
fn the_focus_leaves_with_its_pane_and_a_key_shows_that_in_full() {
    let journey = Journey::at(120, 36).deliver(of_all_lengths()).press("3").resize(50, 8);
    let journey = journey.press("k").assert_selected("image 244").hides(&["80001 text"]);
    for (key, name) in [("2", "UNREAD"), ("3", "FAILURES"), ("4", "DETAIL")] {
        let title = format!("╭ {} ", words(name, En));
        let journey = Journey::at(50, 8).deliver(of_all_lengths()).press(key).shows(&[&title]);
        assert_sound(&journey);
        let journey = journey.press("z").shows(&[&title, words("ONLY_IN_FULL", En)]);
        journey.press("esc").hides(&[&title]).shows(&["╭ Flow "]).press("tab").hides(&[&title]);
    }
    let journey = journey.press("enter").shows(&["╭ Detail "]).press("esc").shows(&["╭ Flow "]);
    // In full, tab goes through all panes.
    journey.press("z tab").shows(&["╭ Unread "]).press("tab").shows(&["╭ Failures "]);
}

#[test]
fn a_row_without_a_type_has_it_in_its_message() {
    let mut chat = Chat::new();
    let calls =
        [chat.sends("alice", "bob", Shape::Image), chat.sends_text("alice", "bob", "hi", 1)];
    let journey = Journey::at(80, 24).deliver(calls).shows(&["image 1", "hi   "]);
    journey.hides(&["text hi"]).shows(&["C2C.CallbackAfterSendMsg"]);
}

#[test]
fn panes_mark_the_rows_below() {
    let mut chat = Chat::new();
    let texts = (0..30).map(|it| chat.sends_text("alice", &format!("user{it}"), "hi", 1 + it));
    let texts: Vec<_> = texts.collect();
    let failed = (0..12).map(|it| chat.fails("alice", "bob", "hi", 80_001 + it));
    let failed: Vec<_> = failed.collect();
    let journey = Journey::at(80, 24).deliver(texts).deliver(failed).shows(&["↓ 27", "↓ 9"]);
    journey.press("2 G").hides(&["↓ 27"]).press("3 G").hides(&["↓ 9"]);
}

#[test]
fn the_last_line_of_the_smallest_screen_shows_how_to_leave() {
    for (lang, close) in [(En, "esc close"), (Zh, "esc 关闭")] {
        for open in ["?", "Y", "o", "s", "m k D"] {
            let journey = Journey::speaking(lang, 50, 8).deliver(of_all_lengths()).press(open);
            let last = journey.buffer_rows().pop().unwrap();
            assert!(last.contains(close), "{open}: {last}");
        }
        let journey = Journey::speaking(lang, 50, 8).deliver(of_all_lengths()).press("4");
        let last = journey.buffer_rows().pop().unwrap();
        assert!(last.contains("esc") && last.contains('?'), "{last}");
        for keys in ["", "4", "2", "b", "3 enter", "o"] {
            let journey = Journey::speaking(lang, 50, 8).deliver(of_all_lengths()).press(keys);
            let last = journey.buffer_rows().pop().unwrap();
            assert!(last.starts_with(" q ") || last.starts_with(" esc "), "{keys}: {last}");
        }
        // Each choice of a menu, and a rule of the switchboard.
        let journey = journey.press("Y").shows(&[" d  ", " l  "]).press("esc o a");
        journey.type_text("from:a => deny").press("enter").shows(&["from:a => deny", "✓"]);
    }
}

#[test]
fn the_entries_of_the_copy_menu_are_told_apart_on_the_smallest_screen() {
    let shown = [(En, ["JSON pointer", "jq path"]), (Zh, ["JSON Pointer", "jq 路径"])];
    for (lang, texts) in shown {
        let forwards = |it: &mut imscope::dashboard::Settings| {
            it.lang = lang;
            it.forward = Some("http://127.0.0.1:3000".to_owned());
        };
        let journey = Journey::set(50, 8, forwards).deliver(of_all_lengths());
        assert_sound(&journey.press("Y").shows(&texts).shows(&["MsgKey", " l  "]));
        Journey::speaking(lang, 50, 8).deliver(of_all_lengths()).press("Y").shows(&texts);
    }
}

#[test]
fn the_comparison_is_closed_by_esc_alone() {
    for lang in [En, Zh] {
        let title = format!("╭ {} ", words("COMPARE", lang));
        let journey = Journey::speaking(lang, 80, 24).deliver(of_all_lengths()).press("m k D");
        let journey = journey.press("x enter tab j y D b").shows(&[&title]);
        journey.press("esc").hides(&[&title]).shows(&["╭ "]);
    }
}
