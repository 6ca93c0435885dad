//! Signs in ASCII: every pane, page and overlay.

use std::time::Duration;

use imscope::callback::Lang::{self, En, Zh};
use imscope::dashboard::{CallbackSource, MouseUse, QuitKey, SignSet, sign_set};

use super::deciding::each_answer;
use super::harness::Journey;
use super::room::of_all_lengths;

/// The keys that lead to each pane, page and overlay, on all kinds of rows.
const PLACES: [&str; 27] = [
    "", "1", "2", "3", "4", "4 l", "4 l x", "4 l w", "4 l l", "4 l l l", "4 h", "5", "5 z",
    "2 enter", "3 enter", "b", "?", "? G", "Y", "o", "o a", "A", "s", "/ f r", "/ ?", "m k D", "q",
];

fn dashboard(lang: Lang, signs: SignSet) -> Journey {
    let journey = Journey::set(120, 36, |it| {
        it.lang = lang;
        it.signs = signs;
        it.mouse = MouseUse::On;
        it.quit = QuitKey::Asks;
        it.public_url = Some("https://example.com/im".to_owned());
        it.forward = Some("http://127.0.0.1:8080/im".to_owned());
    });
    journey.deliver(of_all_lengths()).deliver(each_answer())
}

/// Asserts that what is not ASCII on the screen is a letter, or was received.
fn assert_ascii(journey: &Journey, what: &str) {
    let bodies: Vec<_> = of_all_lengths().into_iter().chain(each_answer()).collect();
    let received: String =
        bodies.iter().map(|it| String::from_utf8_lossy(&it.body).into_owned()).collect();
    let screen = journey.screen();
    let is_sign = |it: &char| {
        let is_letter = it.is_alphabetic() && *it != 'µ';
        !it.is_ascii() && !is_letter && (sign_set::ascii(*it).is_some() || !received.contains(*it))
    };
    let signs: String = screen.chars().filter(is_sign).collect();
    assert!(signs.is_empty(), "{what}: {signs:?} in\n{screen}");
}

#[test]
fn with_signs_in_ascii_only_letters_and_what_was_received_are_others() {
    for place in PLACES {
        let mut journey = dashboard(En, SignSet::Ascii);
        for size in [(120, 36), (80, 24)] {
            journey = journey.resize(size.0, size.1);
            for rows in ["", "g down down", "]"] {
                let at_place = journey.press(rows).press(place);
                assert_ascii(&at_place, &format!("{rows} {place} at {size:?}"));
                journey = at_place.press("esc esc esc esc esc n");
            }
        }
    }
}

#[test]
fn the_first_screen_the_silence_and_a_small_terminal_are_in_ascii() {
    for source in [CallbackSource::Listener, CallbackSource::Recording] {
        let journey = Journey::set(80, 24, |it| {
            it.signs = SignSet::Ascii;
            it.source = source;
        });
        assert_ascii(&journey, "first");
        let journey = journey.wait(Duration::from_secs(61));
        assert_ascii(&journey, "silence");
        assert_ascii(&journey.resize(40, 5), "small");
    }
}

#[test]
fn ascii_takes_no_other_cells_and_leaves_chinese_texts() {
    for lang in [En, Zh] {
        let unicode = dashboard(lang, SignSet::Unicode);
        let ascii = dashboard(lang, SignSet::Ascii);
        let replaced: String = unicode
            .screen()
            .chars()
            .map(|it| sign_set::ascii(it).and_then(|it| it.chars().next()).unwrap_or(it))
            .collect();
        assert_eq!(ascii.screen(), replaced);
        assert!(ascii.screen().contains("小明"));
    }
}

#[test]
fn the_arrow_keys_have_their_names_in_ascii() {
    for lang in [En, Zh] {
        let journey = || Journey::set(120, 60, |it| (it.lang, it.signs) = (lang, SignSet::Ascii));
        let help = journey().press("?").shows(&["j k Down Up", "h l Left Right"]);
        help.hides(&["j k > ^"]).press("/").type_text("tab down").shows(&["tab Down", "1 / 1"]);
        let journey = journey().deliver(of_all_lengths()).press("/").shows(&["tab Down "]);
        journey.press("esc k k k").shows(&["> ", "3"]).hides(&[" v "]);
    }
}
