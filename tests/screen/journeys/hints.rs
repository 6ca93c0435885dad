//! The keys in the bottom line do something where they stand.

use std::collections::HashSet;

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use super::chat::{Chat, answer};
use super::harness::Journey;
use super::named_filters::named;
use super::switchboard::switchboard;

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
/// The same, on a screen with rules and named filters as well.
const CONFIGURED_STATES: [&str; 2] = ["f j", "o"];
const SIZES: [(u16, u16); 4] = [(50, 8), (70, 24), (80, 24), (120, 36)];

fn dashboard((width, height): (u16, u16), is_configured: bool) -> Journey {
    let journey = Journey::set(width, height, |it| {
        it.forward = Some("http://127.0.0.1:8080/im".to_owned());
        if is_configured {
            it.filters = named(&[("bad", "failed"), ("spam", "from:mallory")]);
            it.switchboard = switchboard(&["from:a => fail", "from:b => drop"]);
        }
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
    match (label, label.strip_prefix('^')) {
        ("↑", _) => "up".to_owned(),
        ("↓", _) => "down".to_owned(),
        (_, Some(letter)) => format!("ctrl-{letter}"),
        (_, None) => label.to_owned(),
    }
}

#[test]
fn each_key_in_the_bottom_line_changes_something() {
    let mut idle = Vec::new();
    let states = STATES.map(|it| (it, false)).into_iter();
    let states: Vec<_> = states.chain(CONFIGURED_STATES.map(|it| (it, true))).collect();
    let all = SIZES.into_iter().flat_map(|size| states.iter().map(move |it| (size, *it)));
    for (size, (state, is_configured)) in all {
        let journey = dashboard(size, is_configured).press(state);
        let labels = labels(&journey);
        assert!(!labels.is_empty(), "{}", journey.screen());
        let distinct: HashSet<_> = labels.iter().collect();
        assert_eq!(distinct.len(), labels.len(), "{labels:?} in\n{}", journey.screen());
        for label in &labels {
            let mut journey = dashboard(size, is_configured).press(state);
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

#[test]
fn a_narrow_switchboard_has_each_key_once_and_how_to_close_it() {
    for (width, height) in [(50, 8), (60, 24), (70, 24), (75, 24)] {
        let labels = labels(&dashboard((width, height), true).press("o"));
        assert_eq!(labels.iter().filter(|it| *it == "esc").count(), 1, "{labels:?} at {width}");
        assert_eq!(70 <= width, labels.iter().any(|it| it == "R"), "{labels:?} at {width}");
    }
}
