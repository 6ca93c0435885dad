//! The mouse: the wheel, clicks, and that it is off until it is wanted.

use std::time::Duration;

use crossterm::event::{MouseButton, MouseEventKind};
use imscope::callback::Lang::{self, En, Zh};
use imscope::dashboard::{MouseUse, Request};

use super::chat::{Chat, a_bit_of_everything, body};
use super::frames::assert_sound;
use super::harness::{Journey, words};

const DOWN: MouseEventKind = MouseEventKind::Down(MouseButton::Left);
const SIZES: [(u16, u16); 2] = [(80, 24), (120, 36)];

fn with_mouse(lang: Lang, (width, height): (u16, u16)) -> Journey {
    Journey::set(width, height, |it| (it.lang, it.mouse) = (lang, MouseUse::On))
}

/// The cell of the first character of a text, the first from a column on.
fn cell_from(journey: &Journey, column: u16, text: &str) -> (u16, u16) {
    let painted = journey.painted();
    let buffer = painted.terminal.backend().buffer();
    let area = buffer.area;
    let cells = (0..area.height).flat_map(|y| (column..area.width).map(move |x| (x, y)));
    let begins = |(x, y): &(u16, u16)| {
        let mut row = String::new();
        let mut at = *x;
        while at < area.width && row.len() < text.len() {
            let symbol = buffer.cell((at, *y)).unwrap().symbol();
            row += symbol;
            at += if unicode_width::UnicodeWidthStr::width(symbol) == 2 { 2 } else { 1 };
        }
        row.starts_with(text)
    };
    let found = cells.into_iter().find(begins);
    found.unwrap_or_else(|| panic!("no {text:?} in\n{}", journey.screen()))
}

fn cell(journey: &Journey, text: &str) -> (u16, u16) {
    cell_from(journey, 0, text)
}

fn click(journey: Journey, text: &str) -> Journey {
    let cell = cell(&journey, text);
    journey.mouse(MouseEventKind::Down(MouseButton::Left), cell)
}

#[test]
fn a_click_selects_a_row_and_a_double_click_opens_it() {
    for (lang, size) in [(En, SIZES[0]), (Zh, SIZES[0]), (En, SIZES[1]), (Zh, SIZES[1])] {
        let journey = with_mouse(lang, size).deliver(Chat::new().texts(40));
        let journey = click(journey, "text 37.").assert_selected("text 37.");
        assert_sound(&journey);
        let journey = click(journey, "text 38.").assert_selected("text 38.");
        // The second click at the same cell focuses the detail, where keys scroll.
        let journey = click(journey, "text 38.").press("h");
        let journey = journey.shows(&[words("THIS_MESSAGE", lang)]);
        assert_sound(&click(journey.wait(Duration::from_secs(1)), "text 37."));
    }
}

#[test]
fn a_double_click_on_a_user_opens_the_page_of_that_user() {
    let journey = with_mouse(En, (120, 36)).deliver(a_bit_of_everything());
    let unread = cell(&journey, words("UNREAD", En));
    let user = cell_from(&journey, unread.0, "小明");
    let journey = journey.mouse(MouseEventKind::Down(MouseButton::Left), user);
    let journey = journey.assert_selected("小明");
    journey.mouse(MouseEventKind::Down(MouseButton::Left), user).shows(&["Unread · 小明"]);
}

#[test]
fn a_click_takes_a_choice_of_the_list_above_the_input_line() {
    for (lang, size) in [(En, SIZES[0]), (Zh, SIZES[1])] {
        let journey = with_mouse(lang, size).deliver(Chat::new().texts(4)).press("/");
        let journey = journey.type_text("from");
        // Above the input line and its hint.
        let listed = (12, size.1 - 3);
        let journey = journey.mouse(DOWN, listed).shows(&["alice"]).press("backspace");
        let journey = journey.press("ctrl-u").type_text("from:");
        let journey = journey.mouse(DOWN, listed);
        let last = journey.buffer_rows().pop().unwrap();
        assert!(last.trim_end().ends_with("from:alice"), "{}", journey.screen());
        assert_sound(&journey.press("enter").shows(&["from:alice"]));
        // What is above the list is no choice, nor is the list once it is closed.
        let journey = with_mouse(lang, size).deliver(Chat::new().texts(4)).press("/");
        let journey = journey.press("esc");
        let row = cell(&journey, "text 1.");
        let closed = journey.mouse(DOWN, listed).buffer_rows().pop().unwrap();
        assert!(!closed.contains(" / from"), "{closed}");
        let journey = with_mouse(lang, size).deliver(Chat::new().texts(4)).press("/");
        let journey = journey.mouse(DOWN, row);
        assert!(journey.buffer_rows().pop().unwrap().trim_end().ends_with('/'));
    }
}

#[test]
fn the_wheel_moves_in_the_pane_below_it() {
    for (lang, size) in [(En, SIZES[0]), (Zh, SIZES[1])] {
        let journey = with_mouse(lang, size).deliver(Chat::new().texts(40)).press("4");
        let row = cell(&journey, "text 37.");
        let journey = journey.mouse(MouseEventKind::ScrollUp, row).assert_selected("text 36.");
        let journey = journey.mouse(MouseEventKind::ScrollDown, row);
        journey.shows(&[words("FOLLOWING", lang)]);
    }
}

#[test]
fn a_click_switches_tabs_and_selects_a_line_of_the_tree() {
    for (lang, size) in [(En, SIZES[0]), (Zh, SIZES[0]), (En, SIZES[1]), (Zh, SIZES[1])] {
        let json = r#"{"CallbackCommand":"C2C.X","Outer":{"Inner":1},"Last":2}"#;
        let journey = with_mouse(lang, size).deliver([body(json)]);
        let journey = click(journey, words("TAB_PAYLOAD", lang)).shows(&["▾ {"]);
        let journey = click(journey, "\"Outer\"").assert_selected("\"Outer\"");
        let journey = click(journey, "\"Outer\"").hides(&["Inner"]).shows(&["{ 1 … }"]);
        assert_sound(&click(journey, words("TAB_REQUEST", lang)).hides(&["\"Outer\""]));
    }
}

#[test]
fn the_wheel_scrolls_what_is_over_the_panes_and_a_click_beside_it_closes_it() {
    let journey = with_mouse(En, (80, 24)).deliver(Chat::new().texts(4)).press("?");
    let journey = journey.shows(&["move by a row"]);
    let journey = journey.mouse(MouseEventKind::ScrollDown, (40, 12)).hides(&["move by a row"]);
    let journey = journey.mouse(MouseEventKind::ScrollUp, (40, 12)).shows(&["move by a row"]);
    let down = MouseEventKind::Down(MouseButton::Left);
    let journey = journey.mouse(down, (40, 12)).shows(&["move by a row"]);
    let journey = journey.mouse(down, (0, 0)).hides(&["move by a row"]);
    // What is typed is not lost by a click, nor by the wheel.
    let journey = journey.press("/").type_text("text").mouse(down, (3, 3)).shows(&["/ text"]);
    journey.mouse(MouseEventKind::ScrollUp, (3, 3)).shows(&["/ text"]);
}

#[test]
fn a_click_on_a_page_selects_and_a_double_click_opens() {
    for (lang, size) in [(En, (50, 8)), (Zh, SIZES[0]), (En, SIZES[1])] {
        let journey = with_mouse(lang, size).deliver(a_bit_of_everything());
        let journey = journey.press("2 enter g k");
        let second = journey.buffer_rows().iter().rposition(|it| it.contains(" → ")).unwrap();
        let step = (4, u16::try_from(second).unwrap());
        let journey = journey.mouse(DOWN, step).assert_selected(" → ");
        assert_sound(&journey.mouse(DOWN, step).shows(&[&format!("╭ {} ", words("FLOW", lang))]));
        let journey = with_mouse(lang, size).deliver(a_bit_of_everything()).press("3 enter");
        let journey = click(journey, " 50%").assert_selected(" 50%");
        let journey = click(journey, " 50%").shows(&["to=bob"]);
        assert_sound(&journey);
    }
}

#[test]
fn a_click_on_a_breakdown_selects_a_field_and_a_value() {
    for (lang, size) in [(En, (50, 8)), (Zh, SIZES[0]), (En, SIZES[1])] {
        let journey = with_mouse(lang, size).deliver(a_bit_of_everything()).press("b");
        let journey = click(journey, words("DIMENSION_PLATFORM", lang)).shows(&["iPad"]);
        let journey = click(journey, "iPad").assert_selected("iPad");
        assert_sound(&journey);
        let journey = click(journey, "iPad").shows(&["platform="]).hides(&["▾"]);
        assert_sound(&journey);
    }
    // In a narrow page the field on the screen is among those that are named.
    let journey = with_mouse(En, (50, 8)).deliver(a_bit_of_everything()).press("b h");
    click(journey, words("DIMENSION_ADDRESS", En)).shows(&["203.0.113"]);
}

#[test]
fn a_click_in_a_menu_chooses_and_one_beside_it_closes_it() {
    for (lang, size) in [(En, (50, 8)), (Zh, SIZES[0]), (En, SIZES[1])] {
        let key = " d  ";
        let journey = with_mouse(lang, size).deliver(a_bit_of_everything()).press("Y");
        let journey = click(journey, key).hides(&[words("COPY_POINTER", lang)]);
        assert!(matches!(journey.requests().last(), Some(Request::Copy { .. })), "{size:?}");
        let journey = journey.press("s").shows(&[["╭ Save", "╭ 保存"][lang as usize]]);
        let journey = click(journey, " a  ").shows(&["HAR 1.2"]);
        let journey = click(journey, "HAR 1.2").shows(&[".har"]);
        // What was typed stays.
        let journey = journey.type_text("x").mouse(DOWN, (3, 3)).shows(&[".harx"]).press("esc");
        let journey = journey.press("Y").mouse(DOWN, (0, size.1 - 1));
        assert_sound(&journey.hides(&[words("COPY_POINTER", lang)]));
    }
}

#[test]
fn a_click_in_the_switchboard_selects_a_rule_or_sets_the_answer() {
    for (lang, size) in [(En, SIZES[0]), (Zh, SIZES[1])] {
        let journey = with_mouse(lang, size).deliver(a_bit_of_everything()).press("o");
        let journey = ["from:a => deny", "from:b => drop"]
            .into_iter()
            .fold(journey, |it, rule| it.press("a").type_text(rule).press("enter").shows(&[rule]));
        let journey = click(journey, "from:a =>").assert_selected("from:a =>");
        let journey = click(journey, "from:b =>").assert_selected("from:b =>");
        let journey = click(journey, "from:b =>").shows(&[["rule: ", "规则："][lang as usize]]);
        let journey = journey.press("esc");
        let journey = click(journey, "FAIL").shows(&["✓ 2  FAIL", "from:b =>"]);
        // Help over the switchboard leads back to it.
        let journey = journey.press("?").mouse(DOWN, (0, 0)).shows(&["✓ 2  FAIL"]);
        assert_sound(&journey.mouse(DOWN, (0, 0)).hides(&["✓ 2  FAIL"]));
    }
}

#[test]
fn a_click_on_any_row_of_a_wrapped_line_selects_it_and_the_cursor_stays_in_the_pane() {
    let long = "一二三四五六七八九十".repeat(12);
    let json =
        format!(r#"{{"CallbackCommand":"C2C.X","A":"{long}","Bottom":{{"{long}":[1]}},"Last":2}}"#);
    for (lang, size) in [(En, (60, 13)), (Zh, SIZES[0]), (En, (160, 36))] {
        let journey = with_mouse(lang, size).deliver([body(&json)]).press("4 l w");
        let journey = click(journey, "八九十").assert_selected("\"A\"");
        let mut journey = journey;
        for _ in 0..8 {
            journey = journey.press("j");
            assert!(journey.selected().is_some(), "{size:?}\n{}", journey.screen());
        }
        assert_sound(&journey.press("g").assert_selected("{"));
    }
}

#[test]
fn a_click_on_a_wrapped_life_line_selects_it() {
    for (lang, size) in [(En, (50, 30)), (Zh, (50, 30)), (En, (160, 36))] {
        let journey = with_mouse(lang, size).deliver(Chat::new().texts(3)).press("4 h");
        // On the second row of a wrapped line.
        let journey = click(journey, "text 1.").assert_selected("text 1.");
        let journey = click(journey, "text 1.").shows(&["1 ", "text 1."]);
        assert_sound(&journey);
    }
}

#[test]
fn the_mouse_is_off_until_its_key() {
    let down = MouseEventKind::Down(MouseButton::Left);
    for lang in [En, Zh] {
        let journey = Journey::speaking(lang, 80, 24).deliver(Chat::new().texts(40));
        let row = cell(&journey, "text 37.");
        let journey = journey.mouse(down, row).shows(&[words("FOLLOWING", lang)]);
        let journey = journey.press("M").shows(&["shift"]).mouse(down, row);
        let journey = journey.assert_selected("text 37.").press("M F").mouse(down, row);
        assert_sound(&journey.shows(&[words("FOLLOWING", lang)]));
    }
}

#[test]
fn a_click_where_there_is_nothing_changes_nothing() {
    let down = MouseEventKind::Down(MouseButton::Left);
    let journey = with_mouse(En, (80, 24)).mouse(down, (5, 5)).mouse(down, (79, 23));
    let journey = journey.deliver(Chat::new().texts(2)).mouse(down, (0, 0)).mouse(down, (79, 23));
    let journey = journey.mouse(down, (9, 9)).shows(&[words("FOLLOWING", En)]);
    // A frame that was too small to hold a pane.
    assert_sound(&journey.resize(20, 5).mouse(down, (3, 3)).resize(80, 24).mouse(down, (3, 3)));
}
