//! The keys in the bottom line do something where they stand.

use std::collections::HashSet;

use imscope::callback::Lang::{self, En, Zh};
use ratatui::style::Style;
use unicode_width::UnicodeWidthStr as _;

use super::chat::{Chat, answer};
use super::harness::Journey;
use super::named_filters::named;
use super::switchboard::switchboard;

/// The keys that open what has hints, on a screen with callbacks.
const STATES: [&str; 24] = [
    "1",
    "2",
    "3",
    "4",
    "4 l",
    "4 l w",
    "4 l x",
    "4 l l l",
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

fn dashboard(lang: Lang, (width, height): (u16, u16), is_configured: bool) -> Journey {
    let journey = Journey::set(width, height, |it| {
        it.lang = lang;
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
    let rows = rows(journey);
    let cells = rows.last().unwrap();
    let Some(key) = cells.iter().find(|(symbol, _)| symbol != " ").map(|(_, style)| *style) else {
        return Vec::new();
    };
    let runs = cells.chunk_by(|a, b| (a.1 == key) == (b.1 == key));
    let keys = runs.filter(|it| it[0].1 == key);
    keys.map(|it| it.iter().map(|(symbol, _)| &**symbol).collect()).collect()
}

/// The cells of the screen, without those behind a wide character: what was there before
/// is not replaced.
fn rows(journey: &Journey) -> Vec<Vec<(String, Style)>> {
    let painted = journey.painted();
    let buffer = painted.terminal.backend().buffer();
    let rows = buffer.content.chunks(buffer.area.width.into());
    rows.map(|row| {
        let mut hidden = 0;
        let shown = row.iter().filter(|it| {
            let is_shown = hidden == 0;
            hidden = if is_shown { it.symbol().width().saturating_sub(1) } else { hidden - 1 };
            is_shown
        });
        shown.map(|it| (it.symbol().to_owned(), it.style())).collect()
    })
    .collect()
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
    let sizes = [En, Zh].into_iter().flat_map(|lang| SIZES.map(|size| (lang, size)));
    let all = sizes.flat_map(|it| states.iter().map(move |state| (it, *state)));
    for ((lang, size), (state, is_configured)) in all {
        let journey = dashboard(lang, size, is_configured).press(state);
        let labels = labels(&journey);
        assert!(!labels.is_empty(), "{}", journey.screen());
        let distinct: HashSet<_> = labels.iter().collect();
        assert_eq!(distinct.len(), labels.len(), "{labels:?} in\n{}", journey.screen());
        for label in &labels {
            let mut journey = dashboard(lang, size, is_configured).press(state);
            for part in label.split(' ') {
                let before = (rows(&journey), journey.requests().len());
                journey = journey.press(&key(part));
                let after = (rows(&journey), journey.requests().len());
                if before == after && !journey.has_ended() {
                    idle.push(format!("{part} of {label:?} after {state} at {size:?} in {lang:?}"));
                }
            }
        }
    }
    assert!(idle.is_empty(), "{}", idle.join("\n"));
}

#[test]
fn a_narrow_switchboard_has_each_key_once_and_how_to_close_it() {
    for (width, height) in [(50, 8), (60, 24), (70, 24), (75, 24)] {
        let labels = labels(&dashboard(En, (width, height), true).press("o"));
        assert_eq!(labels.iter().filter(|it| *it == "esc").count(), 1, "{labels:?} at {width}");
        assert_eq!(70 <= width, labels.iter().any(|it| it == "R"), "{labels:?} at {width}");
    }
}

#[test]
fn the_key_that_wraps_is_in_the_line_only_where_lines_are_cut_or_wrapped() {
    for (lang, wraps, cuts) in [(En, "w wrap ", "w cut lines"), (Zh, "w 换行", "w 不换行")] {
        for tab in ["4", "4 l", "4 l x", "4 l x x"] {
            let of_text = |text: &str, width| {
                let sent = Chat::new().sends_text("alice", "bob", text, 1);
                Journey::speaking(lang, width, 50).deliver([sent]).press(tab).press("z")
            };
            let hints = |it: &Journey| it.buffer_rows().pop().unwrap();
            // At one of two widths a wide character does not fit by half.
            for (long, width) in [("word ", 120), ("小明", 120), ("小明", 121)] {
                let journey = of_text(&long.repeat(60), width).shows(&["…"]);
                assert!(hints(&journey).contains(wraps), "{tab}\n{}", journey.screen());
                let journey = journey.press("w");
                assert!(hints(&journey).contains(cuts), "{tab}\n{}", journey.screen());
            }
            let journey = of_text("short", 120);
            let is_cut = tab == "4 l x x";
            assert_eq!(hints(&journey).contains(wraps), is_cut, "{tab}\n{}", journey.screen());
        }
    }
}
