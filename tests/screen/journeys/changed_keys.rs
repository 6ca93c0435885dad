//! Keys that were changed.

use imscope::callback::Lang::{En, Zh};
use imscope::dashboard::keymap::{Key, Keymap};

use super::chat::a_bit_of_everything;
use super::harness::{Journey, words};

/// The default keymap with other keys for some actions.
fn keymap(changes: &[(&str, &str)]) -> Keymap {
    let mut keymap = Keymap::default();
    for (name, keys) in changes {
        let keys: Vec<_> = keys.split_whitespace().map(|it| Key::named(it).unwrap()).collect();
        assert!(keymap.set(name, &keys), "{name}");
    }
    keymap
}

/// A dashboard with these keys.
fn with(changes: &[(&str, &str)]) -> Journey {
    let journey = Journey::set(120, 36, |it| it.keymap = keymap(changes));
    journey.deliver(a_bit_of_everything())
}

fn last_row(journey: &Journey) -> String {
    journey.buffer_rows().pop().unwrap()
}

#[test]
fn a_changed_key_acts_is_in_the_bottom_line_and_in_the_help_and_the_old_one_is_free() {
    let journey = with(&[("pause", "v ctrl-p"), ("copy", ""), ("help", "f1")]);
    assert!(last_row(&journey).contains(" v pause "), "{}", journey.screen());
    assert!(last_row(&journey).contains(" f1 help "), "{}", journey.screen());
    let journey = journey.press("space").hides(&[words("PAUSED", En)]);
    let journey = journey.press("v").shows(&[words("PAUSED", En)]);
    let journey = journey.press("ctrl-p").hides(&[words("PAUSED", En)]);
    let journey = journey.press("Y ?").hides(&[words("COPY", En), words("HELP", En)]);
    journey.press("f1").shows(&["v ^p", words("HELP", En)]).press("esc");
}

#[test]
fn changed_keys_move_in_pages_help_and_switchboard_and_close_them() {
    let keys = [
        ("move-down", "N"),
        ("move-up", "n"),
        ("next-match", ""),
        ("previous-match", ""),
        ("page-close", "v"),
        ("switchboard-close", "v"),
    ];
    let journey = with(&keys).press("n n").assert_selected("red packet");
    let help = journey.press("?");
    let before = help.screen();
    let help = help.press("N");
    assert_ne!(help.screen(), before);
    let page = help.press("esc b").shows(&[words("BREAKDOWN", En)]);
    let journey = page.press("v").hides(&[words("BREAKDOWN", En)]);
    let journey = journey.press("o esc").shows(&[words("ANSWERS", En)]);
    journey.press("v").hides(&[words("ANSWERS", En)]);
}

#[test]
fn a_key_that_works_everywhere_does_so_unless_it_types_a_character() {
    let journey = with(&[("redraw", "v"), ("quit-at-once", "ctrl-q")]);
    let journey = journey.press("/ v").shows(&[" filter / v"]);
    assert!(journey.press("ctrl-q").has_ended());
}

#[test]
fn texts_that_name_a_key_name_the_changed_one() {
    let keys = [("mark", "v"), ("switchboard-add", "f3"), ("send-sample", "ctrl-t")];
    let journey = with(&keys).press("D").shows(&["press v to mark one"]);
    journey.press("o").shows(&["no rule; f3 adds one"]);
    let empty = Journey::set(120, 36, |it| it.keymap = keymap(&keys));
    empty.shows(&["press ^t to send a sample"]);
}

#[test]
fn a_narrow_line_has_the_changed_keys_that_leave_and_those_alone() {
    let keys = [("switchboard-close", "v"), ("page-close", "V"), ("switchboard-help", "f1")];
    for width in [50, 70] {
        let journey = Journey::set(width, 24, |it| it.keymap = keymap(&keys));
        let journey = journey.deliver(a_bit_of_everything());
        let journey = journey.press("o").shows(&[" v close"]).hides(&[" esc "]);
        assert!(last_row(&journey).contains(" f1 help"), "{}", journey.screen());
        journey.press("v b").shows(&[" V back"]);
    }
}

#[test]
fn what_stops_returns_and_scrolls_is_the_changed_key() {
    let keys = [("back", "v"), ("open", "f2"), ("move-down", "N"), ("move-up", "f3")];
    let journey = |width, height| {
        let journey = Journey::set(width, height, |it| {
            it.keymap = keymap(&keys);
            it.forward = Some("http://127.0.0.1:8080/im".to_owned());
        });
        journey.deliver(a_bit_of_everything())
    };
    journey(50, 8).press("l").shows(&["f2 opens it"]).press("5 z").shows(&["v goes back"]);
    let sending = journey(120, 36).press("m r").shows(&["v stops"]);
    sending.press("r").shows(&["v stops it"]);
    journey(120, 36).press("/ ?").shows(&["N f3 scroll"]);
}

#[test]
fn headings_and_signs_name_no_key() {
    for name in ["PAGE_KEYS", "COPY_KEYS", "SAVE_KEYS", "SIGN_MARKED"] {
        for lang in [En, Zh] {
            let text = words(name, lang);
            let is_key = |it: &str| it != "a" && Key::named(it).is_some();
            assert!(!text.split([' ', '，', '；']).any(is_key), "{text}");
        }
    }
}
