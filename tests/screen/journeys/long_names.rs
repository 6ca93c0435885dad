//! Names that differ near their end but not at it, wherever names are shown.

use imscope::callback::Delivery;
use imscope::callback::Lang::{En, Zh};

use super::chat::Chat;
use super::frames::assert_sound;
use super::harness::{Journey, words};

const SIZES: [(u16, u16); 4] = [(50, 8), (80, 24), (120, 36), (200, 50)];
const TIERS: [&str; 2] = [
    "u_8f3c2d1e-4b7a-4c55-9f10-tier2@tenant-eu-west-1",
    "u_8f3c2d1e-4b7a-4c55-9f10-tier3@tenant-eu-west-1",
];

fn of_both_tiers() -> Vec<Delivery> {
    let mut chat = Chat::new();
    vec![
        chat.sends_text(TIERS[0], TIERS[1], "one", 3),
        chat.sends_text(TIERS[1], TIERS[0], "two", 4),
        chat.fails(TIERS[0], TIERS[1], "three", 80_001),
        chat.fails(TIERS[1], TIERS[0], "four", 80_001),
    ]
}

/// The names on the screen, cut or whole.
fn names(journey: &Journey) -> Vec<String> {
    let screen = journey.screen();
    let words =
        screen.split([' ', '│', '\n']).filter(|it| it.starts_with('u') && it.contains(['…', '@']));
    words.map(str::to_owned).collect()
}

#[test]
fn names_that_differ_near_their_end_are_told_apart_on_each_screen() {
    for lang in [En, Zh] {
        for (width, height) in SIZES {
            for keys in ["z", "2 z", "2 enter", "3 enter", "4 z h", "b h h"] {
                let journey = Journey::speaking(lang, width, height).deliver(of_both_tiers());
                // The smallest screen shows these panes in full already.
                let keys = if height == 8 { keys.replace(" z", "") } else { keys.to_owned() };
                let journey = journey.press(&keys);
                let screen = journey.screen();
                let names = names(&journey);
                for tier in ["r2", "r3"] {
                    let count = names.iter().filter(|it| it.contains(tier)).count();
                    assert!(0 < count, "{keys} {width}×{height}: {names:?}\n{screen}");
                }
                let is_told = |it: &String| it.contains("r2") || it.contains("r3");
                assert!(names.iter().all(is_told), "{keys} {width}×{height}: {names:?}\n{screen}");
                assert_sound(&journey);
            }
        }
    }
}

#[test]
fn names_of_48_cells_are_whole_where_there_is_space() {
    for (keys, width) in
        [("z", 200), ("2 z", 120), ("b h h", 120), ("4 z h", 200), ("3 enter", 200)]
    {
        let journey = Journey::at(width, 50).deliver(of_both_tiers()).press(keys);
        let journey = journey.shows(&TIERS);
        assert!(!names(&journey).iter().any(|it| it.contains('…')), "{}", journey.screen());
    }
}

#[test]
fn a_name_keeps_its_cut_while_the_list_scrolls() {
    let mut chat = Chat::new();
    let others = (0..40).map(|it| chat.sends_text(&format!("user{it}"), "bob", "hi", 1));
    let others: Vec<_> = others.collect();
    let journey = Journey::at(80, 24).deliver(of_both_tiers()).deliver(others).press("g");
    let before = names(&journey);
    let journey = journey.press("G g");
    assert_eq!(names(&journey), before);
    journey.press("G").hides(&["…r2"]);
}

#[test]
fn the_content_of_a_message_has_at_200_columns_what_it_has_at_120() {
    let text = "seventeen cells..";
    for (width, height) in [(120, 36), (200, 50)] {
        let mut chat = Chat::new();
        let calls = [chat.sends_text(TIERS[0], TIERS[1], text, 1)];
        Journey::at(width, height).deliver(calls).shows(&[&format!("{text} ")]);
    }
}

#[test]
fn a_wrapped_life_line_has_both_names_and_keeps_its_columns() {
    for lang in [En, Zh] {
        let journey = Journey::speaking(lang, 50, 8).deliver(of_both_tiers()).press("4 h");
        let rows = journey.buffer_rows();
        let arrow = |it: &&String| it.contains('→');
        let places: Vec<_> =
            rows.iter().filter(arrow).map(|it| it.chars().position(|it| it == '→')).collect();
        assert!(
            !places.is_empty() && places.iter().all(|it| *it == places[0]),
            "{}",
            journey.screen()
        );
        // With the content wrapped in its column.
        let mut chat = Chat::new();
        let long = chat.sends_text("alice", "bob", &"word ".repeat(60), 1);
        let journey = Journey::speaking(lang, 80, 24).deliver([long]).press("4 z h w");
        let rows = journey.buffer_rows();
        let lines: Vec<_> = rows.iter().filter(|it| it.contains("word")).collect();
        let column = |it: &str| it.find("word").map(|at| it[..at].chars().count());
        assert!(2 < lines.len(), "{}", journey.screen());
        let first = column(lines[1]);
        assert!(lines[1..].iter().all(|it| column(it) == first), "{}", journey.screen());
    }
}

#[test]
fn a_low_breakdown_leaves_values_their_space_and_pages_show_which_lines_they_hold() {
    for (lang, share) in [(En, "SHARE"), (Zh, "占比")] {
        let mut chat = Chat::new();
        let failed = (0..9).map(|it| chat.fails(&format!("user{it}"), "bob", "hi", 80_001));
        let failed: Vec<_> = failed.collect();
        let texts: Vec<_> =
            (0..9).map(|it| chat.sends_text("alice", "bob", "hi", 1 + it)).collect();
        let journey = Journey::speaking(lang, 50, 8).deliver(failed).deliver(texts);
        let journey = journey.press("b").hides(&[share]).shows(&["C2C.CallbackAfterSendMsg"]);
        let journey = journey.press("h h").shows(&["1–2 / 10"]).press("esc");
        let advice = words("UNKNOWN_CODE", lang);
        let journey = journey.press("3 enter").hides(&[advice]).shows(&["→ ", " / "]);
        assert_sound(&journey);
        let journey = journey.press("esc 2 enter").shows(&["8–9 / 9"]);
        assert_sound(&journey);
    }
}

#[test]
fn unread_shows_what_a_name_differs_in_from_one_in_flow() {
    let mut chat = Chat::new();
    let calls = [chat.sends_text(TIERS[1], TIERS[0], "hi", 3)];
    let journey = Journey::at(120, 36).deliver(calls);
    let rows = journey.buffer_rows();
    let unread = rows[2].rsplit("││").next().unwrap();
    assert!(unread.contains("r2"), "{}", journey.screen());
    assert!(names(&journey).iter().all(|it| it.contains("r2") || it.contains("r3")));
}

#[test]
fn very_long_names_leave_the_message_its_width() {
    let names = ["a".repeat(64), "b".repeat(64)];
    let mut chat = Chat::new();
    let text = "message ".repeat(7);
    let journey = Journey::at(200, 50).deliver([chat.sends_text(&names[0], &names[1], &text, 3)]);
    journey.press("z").shows(&[text.trim_end()]);
}
