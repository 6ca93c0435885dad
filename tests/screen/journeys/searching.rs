//! The filter while it is used: its history, what it found, and that it goes on.

use imscope::callback::Lang::En;
use imscope::callback::sample::Shape;
use ratatui::style::Modifier;

use super::chat::{Chat, a_bit_of_everything, body};
use super::harness::{Journey, words};

/// Types a filter into an empty line.
fn filtered(journey: Journey, filter: &str) -> Journey {
    journey.press("/ ctrl-u").type_text(filter).press("enter")
}

fn of(found: usize, all: usize) -> String {
    format!("{found} of {all} · ")
}

/// The runs of cells that are marked as found, in the rows of a range.
fn marked(journey: &Journey, rows: std::ops::Range<usize>) -> Vec<String> {
    let painted = journey.painted();
    let buffer = painted.terminal.backend().buffer();
    let width = usize::from(buffer.area.width);
    let found = Modifier::UNDERLINED | Modifier::BOLD;
    let mut runs = Vec::new();
    for row in buffer.content.chunks(width).take(rows.end).skip(rows.start) {
        let mut run = String::new();
        let mut cells = row.iter().peekable();
        while let Some(cell) = cells.next() {
            if cell.modifier.contains(found) {
                run += cell.symbol();
                // The second cell of a wide character is not its own.
                let wide = unicode_width::UnicodeWidthStr::width(cell.symbol()) == 2;
                let _ = wide.then(|| cells.next());
            } else if !run.is_empty() {
                runs.push(std::mem::take(&mut run));
            }
        }
        runs.extend((!run.is_empty()).then_some(run));
    }
    runs
}

#[test]
fn up_and_down_go_through_the_filters_of_before() {
    let mut journey = Journey::at(120, 36).deliver(a_bit_of_everything());
    for filter in ["jared", "from:小明", "failed", "jared"] {
        journey = filtered(journey, filter);
    }
    // Each once, the newest first; no further than the oldest; back to nothing.
    let journey = journey.press("/ up").shows(&["/ jared"]).press("up").shows(&["/ failed"]);
    let journey = journey.press("up").shows(&["/ from:小明"]).press("up up up");
    let journey = journey.shows(&["/ from:小明"]).press("down").shows(&["/ failed"]);
    let journey = journey.press("down").shows(&["/ jared"]).press("up enter");
    let journey = journey.shows(&[&of(3, 17), "failed"]);
    // What was looked at and left is not set.
    journey.press("/ up up esc").shows(&[&of(3, 17)]);
}

#[test]
fn a_filter_with_a_mistake_is_no_part_of_the_history() {
    let journey = filtered(Journey::at(120, 36).deliver(a_bit_of_everything()), "jared");
    let journey = filtered(journey, "(").shows(&["▾"]).press("esc / ctrl-u up");
    journey.shows(&["/ jared"]).hides(&["▾"]);
}

#[test]
fn matches_are_highlighted_in_the_flow_and_in_every_tab_of_the_detail() {
    let mut chat = Chat::new();
    let texts = [
        chat.sends_text("alice", "bob", "Red PACKET", 1),
        chat.sends_text("bob", "alice", "no", 1),
    ];
    let mut journey = filtered(Journey::at(120, 36).deliver(texts), "red packet");
    // Each word on its own, at any place.
    assert_eq!(marked(&journey, 3..4), ["Red", "PACKET"]);
    let below = 20..36;
    for keys in ["", "l", "x"] {
        journey = journey.press(keys);
        let detail = marked(&journey, below.clone());
        assert!(detail.contains(&"Red".to_owned()), "{keys}: {detail:?}");
        assert!(detail.contains(&"PACKET".to_owned()), "{keys}: {detail:?}");
        let all = detail.iter().all(|it| ["red", "packet"].contains(&&*it.to_lowercase()));
        assert!(all, "{keys}: {detail:?}");
    }
    // Without a filter nothing is.
    assert_eq!(marked(&journey.press("esc esc"), 3..20), [""; 0]);
}

#[test]
fn wide_characters_are_highlighted_in_both_cells() {
    let text = Chat::new().sends_text("小明", "bob", "明天见，记得带水", 1);
    let journey = filtered(Journey::at(120, 36).deliver([text]), "text:记得");
    assert_eq!(marked(&journey, 3..4), ["记得"]);
}

#[test]
fn it_goes_on_while_the_view_stands_still() {
    let mut chat = Chat::new();
    let journey = filtered(Journey::at(120, 36).deliver(chat.texts(5)), "from:小明");
    let journey = journey.deliver([chat.sends_text("小明", "bob", "before", 1)]).press("space");
    let journey = journey
        .deliver([
            chat.sends_text("小明", "bob", "meanwhile", 1),
            chat.sends_text("a", "b", "other", 1),
        ])
        .shows(&["before", words("PAUSED", En), "2 new"])
        .hides(&["meanwhile"]);
    journey.press("space").shows(&[&of(2, 8), "before", "meanwhile"]).hides(&["other", "text 4."]);
}

#[test]
fn it_can_be_set_while_the_view_stands_still() {
    let mut chat = Chat::new();
    let journey = Journey::at(120, 36).deliver(chat.texts(5)).press("space");
    let journey = journey.deliver([chat.sends_text("小明", "bob", "text 3. again", 1)]);
    let journey = filtered(journey, r#""text 3.""#).shows(&["text 3.", words("PAUSED", En)]);
    journey.hides(&["again"]).press("space").shows(&[&of(2, 6), "again"]);
}

#[test]
fn it_goes_on_while_one_reads_further_up() {
    let mut chat = Chat::new();
    let mut texts = chat.texts(40);
    texts.push(chat.sends("alice", "bob", Shape::Image));
    let journey = filtered(Journey::at(120, 36).deliver(texts), "type:text");
    let journey = journey.shows(&[&of(40, 41)]).press("k k k").assert_selected("text 36.");
    let more =
        [chat.sends_text("alice", "bob", "found", 1), chat.sends("bob", "alice", Shape::Face)];
    let journey = journey.deliver(more).assert_selected("text 36.");
    let journey = journey.shows(&[&of(41, 43)]);
    journey.press("n n n").assert_selected("text 39.").press("n").assert_selected("found");
}

#[test]
fn n_and_shift_n_go_from_match_to_match_and_stay_at_the_ends() {
    let journey = Journey::at(120, 36).deliver(a_bit_of_everything());
    let journey = filtered(journey, "failed").press("g").assert_selected("加微信");
    let journey = journey.press("n").assert_selected("remember").press("n");
    let journey = journey.assert_selected("hello?").press("n").assert_selected("hello?");
    journey.press("N").assert_selected("remember").press("N N N").assert_selected("加微信");
}

#[test]
fn the_count_shows_wherever_one_is() {
    let journey = Journey::at(80, 24).deliver(a_bit_of_everything());
    let mut journey = filtered(journey, "jared").shows(&[&of(4, 17)]);
    for keys in ["g", "space", "2", "3", "1 z", "/", "esc Y", "esc z F"] {
        journey = journey.press(keys).shows(&[&of(4, 17)]);
    }
}

#[test]
fn a_filter_mistake_is_shown_at_its_position_until_it_is_corrected() {
    let journey = Journey::at(120, 36).deliver([body("{}")]).press("/").type_text("小明 code:x");
    let journey = journey.shows(&["▾"]);
    let rows = journey.buffer_rows();
    let cells =
        |row: &str, it: char| unicode_width::UnicodeWidthStr::width(&row[..row.rfind(it).unwrap()]);
    assert_eq!(cells(&rows[34], '▾'), cells(&rows[35], 'x'), "{}", journey.screen());
    journey.press("backspace").type_text("80001").hides(&["▾"]);
}
