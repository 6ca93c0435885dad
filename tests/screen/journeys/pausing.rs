//! Pausing, clearing, asking for help, leaving, and what lies outside.

use std::collections::HashSet;
use std::time::Duration;

use crossterm::event::Event;
use imscope::callback::Lang::{En, Zh};
use imscope::callback::{Delivery, Timestamp};
use imscope::dashboard::keymap::Keymap;
use imscope::dashboard::{App, Request};
use imscope::dashboard::{CallbackSource, Settings};
use imscope::edge::event_loop::Message;
use imscope::history::HistoryConfig;

use super::chat::{Chat, a_bit_of_everything, body};
use super::frames::assert_sound;
use super::harness::{Journey, words};
use super::keys::named;

#[test]
fn a_paused_view_stands_still_and_loses_nothing() {
    let mut chat = Chat::new();
    let meanwhile = [
        chat.sends_text("carol", "dave", "arrived meanwhile", 77),
        chat.fails("carol", "dave", "what failed meanwhile", 20_010),
    ];
    let names = ["carol", "dave", "77", "meanwhile", "20010"];
    let journey = Journey::at(120, 36).deliver(a_bit_of_everything()).press("space");
    let before = journey.buffer_rows();
    let journey =
        journey.deliver(meanwhile).shows(&[words("PAUSED", En), "2 new", "19 seen"]).hides(&names);
    let unchanged = before.iter().zip(journey.buffer_rows()).filter(|(a, b)| *a == b).count();
    assert!(33 <= unchanged, "{unchanged} rows are as before in\n{}", journey.screen());
    journey.press("space").shows(&names).hides(&[words("PAUSED", En)]);
}

#[test]
fn a_filter_chosen_in_unread_ends_the_pause_with_a_notice() {
    for lang in [En, Zh] {
        let ended = words("PAUSE_ENDED", lang);
        let journey = Journey::speaking(lang, 120, 36).deliver(a_bit_of_everything());
        let journey = journey.press("2 enter f").hides(&[ended]);
        journey.press("space 2 enter f").shows(&[ended]).hides(&[words("PAUSED", lang)]);
    }
}

#[test]
fn bytes_held_by_a_pause_count_against_the_limit() {
    let mut app = App::new(Settings::default(), HistoryConfig::default(), Timestamp(0));
    for it in Chat::new().texts(3) {
        app.apply(&it);
    }
    let before = app.history().memory_bytes();
    let space = Event::Key(named("space"));
    app.handle_event(&space);
    assert!(before < app.history().memory_bytes());
    app.handle_event(&space);
    assert_eq!(app.history().memory_bytes(), before);
}

#[test]
fn one_can_move_and_look_while_paused() {
    let mut chat = Chat::new();
    let journey = Journey::at(80, 24).deliver(chat.texts(30)).press("space k k");
    journey
        .deliver(chat.texts(30))
        .assert_selected("text 27.")
        .press("j j j j")
        .shows(&[words("PAUSED", En)])
        .press("F")
        .shows(&[words("FOLLOWING", En)])
        .hides(&[words("PAUSED", En)]);
}

#[test]
fn clearing_asks_first() {
    let asked = || Journey::at(80, 24).deliver(Chat::new().texts(3)).press("C");
    for no in ["n", "esc", "q", "j"] {
        let journey = asked().shows(&[words("CLEAR_QUESTION", En)]).press(no).shows(&["text 2."]);
        assert!(!journey.hides(&[words("CLEAR_QUESTION", En)]).has_ended());
    }
    for yes in ["y", "enter"] {
        asked().press(yes).shows(&[words("EMPTY_TITLE", En), "0 seen"]);
    }
}

#[test]
fn after_clearing_all_begins_anew() {
    let mut chat = Chat::new();
    Journey::at(120, 36)
        .deliver(a_bit_of_everything())
        .press("k k space 2 j C y")
        .deliver([chat.sends_text("alice", "bob", "a new beginning", 1)])
        .shows(&["a new beginning", "1 seen", words("NO_FAILURE", En), words("FOLLOWING", En)])
        .hides(&["小明", words("PAUSED", En)]);
}

#[test]
fn help_shows_every_key() {
    for lang in [En, Zh] {
        let mut journey = Journey::speaking(lang, 100, 24).deliver(Chat::new().texts(1)).press("?");
        let mut seen: HashSet<String> = HashSet::new();
        for _ in 0..150 {
            seen.extend(journey.buffer_rows());
            journey = journey.press("j");
        }
        let Keymap { dashboard, timeline, page, switchboard } = Keymap::default();
        let rows = dashboard.rows().map(|(row, labels)| (labels, row.help));
        let rows = rows.chain(timeline.rows().map(|(row, labels)| (labels, row.help)));
        let rows = rows.chain(page.rows().map(|(row, labels)| (labels, row.help)));
        let rows = rows.chain(switchboard.rows().map(|(row, labels)| (labels, row.help)));
        for (labels, help) in rows {
            let label = labels.join(" ");
            let describes = |it: &&String| it.contains(&label) && it.contains(help.text(lang));
            assert!(seen.iter().any(|it| describes(&it)), "{label} in\n{}", journey.screen());
        }
        assert!(!journey.press("q").hides(&[words("HELP", lang)]).has_ended());
    }
}

#[test]
fn help_and_compare_scroll_no_further_than_their_end() {
    let fields: Vec<_> = (0..60).map(|it| format!(r#""field{it}":{it}"#)).collect();
    let long = body(format!("{{{}}}", fields.join(",")));
    for open in ["?", "m k D"] {
        let deliveries = [long.clone(), body("{}")];
        let journey = Journey::at(80, 24).deliver(deliveries).press(open);
        let top = journey.screen();
        let end = journey.press(&"j ".repeat(100));
        let last = end.screen();
        assert_ne!(last, top);
        let back = end.press("k");
        assert_ne!(back.screen(), last, "one step back from the end is seen");
        assert_eq!(back.press("j").screen(), last);
    }
}

#[test]
fn the_bottom_line_shows_the_most_used_keys() {
    let journey = Journey::at(80, 24);
    let last_row = |journey: &Journey| journey.buffer_rows().pop().unwrap();
    let bottom = last_row(&journey);
    for brief in ["filter", "open", "pause", "failure", "copy", "help", "quit"] {
        assert!(bottom.contains(brief), "{brief} in {bottom}");
    }
    let journey = journey.press("4 z");
    let bottom = last_row(&journey);
    for brief in ["tab", "text", "zoom", "back", "copy", "help", "quit"] {
        assert!(bottom.contains(brief), "{brief} in {bottom}");
    }
}

#[test]
fn help_explains_the_words_and_figures_on_the_screen() {
    let terms = imscope::dashboard::words::ALL.iter().filter(|(it, _)| it.starts_with("TERM_"));
    let terms: Vec<_> = terms.collect();
    assert!(!terms.is_empty());
    for lang in [En, Zh] {
        let mut journey = Journey::speaking(lang, 100, 30).deliver(Chat::new().texts(1)).press("?");
        let mut screens = journey.screen();
        for _ in 0..6 {
            journey = journey.press("space");
            screens += &journey.screen();
        }
        for (name, text) in &terms {
            assert!(screens.contains(text.text(lang)), "{name} in\n{screens}");
        }
    }
}

#[test]
fn t_requests_a_sample_and_its_notice_shows_until_the_next_key() {
    let journey = Journey::at(80, 24).press("t");
    assert_eq!(journey.requests(), [Request::Sample]);
    journey
        .message(Message::Notice("it was answered".into()))
        .shows(&["it was answered"])
        .press("k")
        .hides(&["it was answered"]);
}

#[test]
fn q_leaves_and_ctrl_c_leaves_from_anywhere() {
    for keys in ["q", "ctrl-c", "? ctrl-c", "/ ctrl-c", "C ctrl-c", "4 z q"] {
        let journey = Journey::at(80, 24).deliver(Chat::new().texts(1)).press(keys);
        assert!(journey.has_ended(), "{keys}");
    }
}

#[test]
fn the_end_of_the_world_ends_the_loop() {
    assert!(Journey::at(80, 24).message(Message::Quit).has_ended());
}

#[test]
fn ctrl_z_suspends_and_ctrl_l_paints_anew() {
    let journey = Journey::at(80, 24).press("ctrl-z ctrl-l / ctrl-z").message(Message::Resumed);
    let painted = journey.painted();
    assert_eq!((painted.suspends, painted.repaints, painted.resumes), (2, 1, 1));
}

#[test]
fn a_pasted_wall_of_text_presses_no_keys() {
    let journey = Journey::at(80, 24)
        .deliver(Chat::new().texts(3))
        .paste(&"qCy\n\u{3}t/?z ".repeat(1000))
        .shows(&["text 2.", words("PASTE_IGNORED", En)]);
    assert!(!journey.has_ended());
    // The first callback is a reason to look for the tunnel, and nothing else is.
    assert_eq!(journey.requests(), [Request::FindTunnel]);
}

#[test]
fn a_small_terminal_shows_a_hint_until_it_grows() {
    let rest = Duration::from_secs(120);
    // Of a recording the timeline does not move on.
    let recording = |it: &mut Settings| it.source = CallbackSource::Recording;
    let journey = Journey::set(120, 36, recording).deliver(a_bit_of_everything()).wait(rest);
    let before = journey.screen();
    let journey = journey.resize(49, 24).shows(&["49×24"]).resize(20, 5).shows(&["20×5"]);
    let journey = journey.resize(1, 1).resize(50, 7).shows(&["50×7"]).press("j ? / C n");
    let journey = journey.resize(80, 24).hides(&["imscope needs at least"]);
    assert_sound(&journey);
    assert_eq!(journey.press("esc esc F").resize(120, 36).screen(), before);
}

#[test]
fn every_size_is_sound() {
    let mut journey = Journey::at(80, 24).deliver(a_bit_of_everything());
    for (width, height) in [(80, 60), (81, 25), (99, 31), (160, 24), (300, 24), (300, 100)] {
        journey = journey.resize(width, height);
        assert_sound(&journey);
    }
}

#[test]
fn a_probe_is_no_callback_and_is_shown_on_the_empty_screen() {
    let look = Delivery { method: "GET".into(), target: "/".into(), ..Delivery::default() };
    Journey::at(80, 24)
        .deliver([look.clone(), look])
        .shows(&["2 GET or HEAD received: a probe reached the listener", "0 seen"]);
}

#[test]
fn a_pause_stays_while_the_life_line_goes_to_what_only_the_filter_hides() {
    let journey = Journey::at(120, 36).deliver(Chat::new().texts(4)).press("/");
    let journey = journey.type_text("\"text 3.\"").press("enter").shows(&["1 of 4"]);
    let journey = journey.press("space 4 h g j enter").shows(&[words("FILTER_OFF", En)]);
    journey.shows(&["paused · 0 new"]).press("esc").shows(&["1 of 4", "paused"]);
}
