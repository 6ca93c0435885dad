//! Invariants of every screen: frames are complete, and no cell holds text that
//! could leave it.

use imscope::callback::Lang;
use ratatui::buffer::{Buffer, Cell};
use unicode_width::UnicodeWidthStr as _;

use super::chat::Chat;
use super::harness::{Journey, words};
use super::surface::rows;

/// Asserts the invariants of a screen.
pub(crate) fn assert_sound(journey: &Journey) {
    let painted = journey.painted();
    let buffer = painted.terminal.backend().buffer();
    assert_harmless(buffer);
    let dashboard = 50 <= buffer.area.width && 8 <= buffer.area.height;
    if dashboard && painted.seen > 0 {
        assert_frames(buffer);
    }
}

/// Asserts that no cell holds text that could leave it, also where an overlay covers
/// frames.
pub(crate) fn assert_in_cells(journey: &Journey) {
    assert_harmless(journey.painted().terminal.backend().buffer());
}

/// No cell holds a control character, or one that changes the direction of
/// writing or has no width; and no row is wider than the screen.
fn assert_harmless(buffer: &Buffer) {
    for y in 0..buffer.area.height {
        let mut x = 0;
        while x < buffer.area.width {
            let symbol = buffer[(x, y)].symbol();
            let bad = symbol.chars().find(|it| it.is_control() || is_invisible(*it));
            assert_eq!(bad, None, "at {x},{y} in\n{}", rows(buffer).join("\n"));
            x += u16::try_from(symbol.width().max(1)).unwrap();
        }
        assert_eq!(x, buffer.area.width, "row {y} of\n{}", rows(buffer).join("\n"));
    }
}

fn is_invisible(it: char) -> bool {
    matches!(
        it,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e0fff}'
    )
}

/// Every frame on the screen has all corners and sides.
fn assert_frames(buffer: &Buffer) {
    let symbol = |x: u16, y: u16| buffer.cell((x, y)).map_or("", |it| it.symbol());
    // Under the second half of a wide character nothing shows.
    let hidden = |x: u16, y: u16| x.checked_sub(1).is_some_and(|x| 1 < symbol(x, y).width());
    let at = |x: u16, y: u16| if hidden(x, y) { "" } else { symbol(x, y) };
    let screen = || rows(buffer).join("\n");
    let (width, height) = (buffer.area.width, buffer.area.height);
    let mut frames = 0;
    for (x, y) in (0..height).flat_map(|y| (0..width).map(move |x| (x, y))) {
        if at(x, y) != "╭" {
            continue;
        }
        frames += 1;
        let right = (x + 1..width).find(|it| at(*it, y) == "╮");
        let bottom = (y + 1..height).find(|it| at(x, *it) == "╰");
        let (Some(right), Some(bottom)) = (right, bottom) else {
            panic!("the frame at {x},{y} has no end in\n{}", screen());
        };
        assert_eq!(at(right, bottom), "╯", "of the frame at {x},{y} in\n{}", screen());
        for row in y + 1..bottom {
            assert_eq!((at(x, row), at(right, row)), ("│", "│"), "row {row} of\n{}", screen());
        }
    }
    assert!(frames > 0, "no frame at all in\n{}", screen());
}

/// Asserts that the frame with this title has all corners and sides, in cells that no wide
/// character beside it covers.
pub(crate) fn assert_popup(journey: &Journey, title: &str) {
    let painted = journey.painted();
    let buffer = painted.terminal.backend().buffer();
    let cells: Vec<_> = (0..buffer.area.height).map(|y| visible(buffer, y)).collect();
    let screen = || rows(buffer).join("\n");
    let begins = |(x, y): &(usize, usize)| {
        cells[*y][*x] == "╭" && cells[*y][x + 2..].concat().starts_with(title)
    };
    let mut places = (0..cells.len()).flat_map(|y| (0..cells[y].len() - 2).map(move |x| (x, y)));
    let (x, top) = places.find(begins).unwrap_or_else(|| panic!("no {title:?} in\n{}", screen()));
    let right = (x + 1..cells[top].len()).find(|it| cells[top][*it] == "╮");
    let bottom = (top + 1..cells.len()).find(|it| cells[*it][x] == "╰");
    let (Some(right), Some(bottom)) = (right, bottom) else { panic!("no end in\n{}", screen()) };
    assert_eq!(cells[bottom][right], "╯", "in\n{}", screen());
    for row in &cells[top + 1..bottom] {
        assert_eq!((row[x], row[right]), ("│", "│"), "{row:?} of\n{}", screen());
    }
}

/// What shows in each cell of a row: nothing in the second one of a wide character.
fn visible(buffer: &Buffer, y: u16) -> Vec<&str> {
    let (mut cells, mut x) = (Vec::new(), 0);
    while x < buffer.area.width {
        let symbol = buffer[(x, y)].symbol();
        cells.push(symbol);
        cells.extend((1..symbol.width()).map(|_| ""));
        x += u16::try_from(symbol.width().max(1)).unwrap();
    }
    cells
}

#[test]
fn an_overlay_over_wide_characters_keeps_its_left_border() {
    // Some of these columns cut a wide character in two.
    for columns in 96..104 {
        let text = "水".repeat(60);
        let mut chat = Chat::new();
        let texts: Vec<_> = (0..30).map(|_| chat.sends_text("小明", "李雷", &text, 1)).collect();
        // The help is wider.
        for (key, title, columns) in [("?", "HELP", columns + 16), ("Y", "COPY", columns)] {
            let journey =
                Journey::speaking(Lang::Zh, columns, 24).deliver(texts.clone()).press(key);
            assert_left_border(&journey, words(title, Lang::Zh));
        }
    }
}

/// The overlay with this title has its left border in every row, in cells that no
/// wide character covers.
fn assert_left_border(journey: &Journey, title: &str) {
    let painted = journey.painted();
    let buffer = painted.terminal.backend().buffer();
    let rows: Vec<_> = buffer.content.chunks(usize::from(buffer.area.width)).collect();
    let first = &title[..title.ceil_char_boundary(1)];
    let is_corner = |row: &[Cell], x: usize| row[x].symbol() == "╭" && row[x + 2].symbol() == first;
    let places = (0..rows.len()).flat_map(|y| (1..rows[y].len() - 2).map(move |x| (x, y)));
    let corner = places.into_iter().find(|(x, y)| is_corner(rows[*y], *x));
    let (x, top) = corner.unwrap_or_else(|| panic!("no {title:?} in\n{}", journey.screen()));
    let is_border = |y: &usize| rows[*y][x].symbol() == "│";
    let border: Vec<_> = (top + 1..rows.len()).take_while(is_border).collect();
    assert!(3 < border.len(), "{}", journey.screen());
    for y in border {
        let cells = visible(buffer, u16::try_from(y).unwrap());
        assert_eq!(cells[x], "│", "{}", journey.screen());
    }
}
