//! The keys in the bottom line do something where they stand.

use imscope::callback::Lang::En;
use ratatui::buffer::Buffer;
use ratatui::style::Style;

use super::chat::{Chat, answer};
use super::harness::Journey;

/// The keys that open what has hints, on a screen with callbacks.
const STATES: [&str; 22] = [
    "1",
    "2",
    "3",
    "4",
    "4 l",
    "4 l x",
    "4 h",
    "5",
    "2 enter",
    "3 enter",
    "b",
    "?",
    "? / f enter",
    "? / z q x enter",
    "Y",
    "o",
    "G A",
    "s",
    "m k D",
    "z",
    "space",
    "/ o k enter",
];
const SIZES: [(u16, u16); 3] = [(50, 8), (80, 24), (120, 36)];

fn dashboard((width, height): (u16, u16)) -> Journey {
    let journey = Journey::set(width, height, |it| {
        it.forward = Some("http://127.0.0.1:8080/im".to_owned());
        it.lang = En;
    });
    let mut chat = Chat::new();
    let failed = chat.fails("alice", "bob", "no", 80001);
    let asked = chat.asks("alice", "bob", "may I?", answer(0, "", ""));
    journey.deliver(chat.texts(12)).deliver([failed, asked])
}

/// The labels of keys in the bottom line: what has the style of the first one.
fn labels(journey: &Journey) -> Vec<String> {
    let painted = journey.painted();
    let buffer = painted.terminal.backend().buffer();
    let row = buffer.area.height - 1;
    let cells: Vec<_> = (0..buffer.area.width).map(|x| &buffer[(x, row)]).collect();
    let Some(key) = cells.iter().find(|it| it.symbol() != " ").map(|it| it.style()) else {
        return Vec::new();
    };
    let is_key = |style: Style| style == key;
    let runs = cells.chunk_by(|a, b| is_key(a.style()) == is_key(b.style()));
    let keys = runs.filter(|it| is_key(it[0].style()));
    keys.map(|it| it.iter().map(|it| it.symbol()).collect()).collect()
}

fn buffer(journey: &Journey) -> Buffer {
    journey.painted().terminal.backend().buffer().clone()
}

/// The name of a key for the journey.
fn key(label: &str) -> String {
    match label.strip_prefix('^') {
        Some(letter) => format!("ctrl-{letter}"),
        None => label.to_owned(),
    }
}

#[test]
fn each_key_in_the_bottom_line_changes_something() {
    let mut idle = Vec::new();
    for (size, state) in SIZES.into_iter().flat_map(|it| STATES.map(|state| (it, state))) {
        let journey = dashboard(size).press(state);
        let labels = labels(&journey);
        assert!(!labels.is_empty(), "{}", journey.screen());
        for label in &labels {
            let mut journey = dashboard(size).press(state);
            for part in label.split(' ') {
                let before = (buffer(&journey), journey.requests().len());
                journey = journey.press(&key(part));
                let after = (buffer(&journey), journey.requests().len());
                // Whether wrapping changes a line is known only when that is laid out.
                if before == after && !journey.has_ended() && part != "w" {
                    idle.push(format!("{part} of {label:?} after {state} at {size:?}"));
                }
            }
        }
    }
    assert!(idle.is_empty(), "{}", idle.join("\n"));
}
