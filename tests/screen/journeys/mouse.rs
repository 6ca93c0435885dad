//! The mouse: the wheel, clicks, and that it is off until it is wanted.

use std::time::Duration;

use crossterm::event::{MouseButton, MouseEventKind};
use imscope::callback::Lang::{self, En, Zh};
use imscope::dashboard::MouseUse;

use super::chat::{Chat, a_bit_of_everything, body};
use super::frames::assert_sound;
use super::harness::{Journey, words};

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
