//! The switchboard: the answer mode, and the rules in their order.

mod entering;
mod files;
mod judging;
mod menu;
mod problems;

use std::sync::Arc;
use std::time::Duration;

use imscope::answer::mode::{AnswerKind, AnswerMode};
use imscope::answer::switchboard::Entry;
use imscope::answer::{Rule, Switchboard};
use imscope::callback::Delivery;
use imscope::callback::Lang::{self, En, Zh};
use imscope::dashboard::{Request, SavedRules};

use super::chat::Chat;
use super::frames::{assert_in_cells, assert_sound};
use super::harness::{Journey, words};

const SIZES: [(u16, u16); 2] = [(80, 24), (120, 36)];
const THREE: [&str; 3] = ["from:a => deny", "from:b => drop", "from:c => hang"];

fn rule(text: &str) -> Arc<Rule> {
    Arc::new(Rule::parse(text, &mut |_| Ok(b"{}".to_vec())).unwrap())
}

/// Rules that are on.
pub(crate) fn switchboard(texts: &[&str]) -> Switchboard {
    let entry = |it: &&str| Entry { rule: rule(it), is_on: true };
    Switchboard { rules: texts.iter().map(entry).collect(), ..Switchboard::default() }
}

/// A dashboard with rules, and the switchboard open.
fn opened(lang: Lang, (width, height): (u16, u16), texts: &[&str]) -> Journey {
    let start = |it: &mut imscope::dashboard::Settings| {
        it.lang = lang;
        it.switchboard = switchboard(texts);
        let rules = it.switchboard.rules.clone();
        it.rule_file = Some(SavedRules { name: "my.rules".to_owned(), rules });
    };
    Journey::set(width, height, start).deliver(Chat::new().texts(2)).press("o")
}

/// The switchboard that was requested last.
fn answers(journey: &Journey) -> Switchboard {
    let requests = journey.requests();
    let mut answers = requests.iter().rev().filter_map(|it| match it {
        Request::Answer(it) => Some(it.clone()),
        _ => None,
    });
    answers.next().expect("an answer is requested")
}

/// Its rules, each with whether it is on.
fn rules(journey: &Journey) -> Vec<(String, bool)> {
    answers(journey).rules.iter().map(|it| (it.rule.to_string(), it.is_on)).collect()
}

fn texts(journey: &Journey) -> Vec<String> {
    rules(journey).into_iter().map(|(text, _)| text).collect()
}

fn count(journey: &Journey) -> usize {
    journey.requests().iter().filter(|it| matches!(it, Request::Answer(_))).count()
}

/// A callback that a rule decided.
fn decided(mut delivery: Delivery, rule: &str) -> Delivery {
    delivery.answer.rule = Some(rule.into());
    delivery
}

#[test]
fn a_digit_sets_the_answer_without_a_rule() {
    let late = |secs| AnswerMode { kind: AnswerKind::Ok, delay: Duration::from_secs(secs) };
    let reply = |reply| AnswerMode { kind: reply, delay: Duration::ZERO };
    let choices = [
        ("2", reply(AnswerKind::Fail(String::new())), "fail"),
        ("3", reply(AnswerKind::Status(500)), "status:500"),
        ("4", late(1), "ok +1000ms"),
        ("5", late(3), "ok +3000ms"),
        ("6", reply(AnswerKind::Hang), "hang"),
    ];
    for (size, lang) in SIZES.into_iter().zip([En, Zh]) {
        for (key, setting, label) in &choices {
            let journey = opened(lang, size, &[]).shows(&[words("ANSWERS", lang)]).press(key);
            assert_eq!(answers(&journey), setting.clone().into(), "{key}");
            let banner = format!("{} {label} · {}", words("ANSWERING", lang), words("RESET", lang));
            let journey = journey.shows(&[&banner, &format!("✓ {key}")]);
            // The banner stays, whatever one looks at.
            let journey = journey.press("esc").hides(&[words("ANSWERS", lang)]);
            let journey = journey.deliver(Chat::new().texts(30)).press("k z 4 ? q");
            let journey = journey.shows(&[&banner]).press("o 1 o").hides(&[&banner]);
            assert_eq!(answers(&journey), Switchboard::default(), "{key}");
        }
    }
}

#[test]
fn no_key_reaches_the_dashboard() {
    let keys = "b c f h i l m n p r s t v x y z A B C D E F H I L M N P Q S T U V W X Y Z \
        / ] [ 0 7 8 9 left right tab backtab backspace ctrl-a ctrl-x";
    for size in SIZES {
        let journey = opened(En, size, &THREE);
        let before = journey.screen();
        let journey = journey.press(keys);
        assert_eq!(journey.screen(), before);
        assert_eq!(journey.requests(), [Request::FindTunnel]);
        let journey =
            journey.paste("d q C y").shows(&[words("PASTE_IGNORED", En), "from:b => drop"]);
        assert_eq!((count(&journey), journey.has_ended()), (0, false));
        for key in ["esc", "o", "q"] {
            let journey = opened(En, size, &THREE).press(key).hides(&[words("ANSWERS", En)]);
            assert_eq!((count(&journey), journey.has_ended()), (0, false), "{key}");
        }
        assert!(opened(En, size, &THREE).press("ctrl-c").has_ended());
        let journey = opened(En, size, &THREE).press("j ?");
        let journey = journey.shows(&[words("HELP", En), "turn the rule off"]).press("up esc");
        journey.hides(&[words("HELP", En)]).assert_selected(THREE[1]).press("? j q").shows(&THREE);
    }
}

#[test]
fn space_turns_a_rule_off_and_a_new_one_on() {
    let journey = opened(En, (80, 24), &THREE).press("j space").shows(&["2 rules"]);
    assert_eq!(rules(&journey).iter().map(|it| it.1).collect::<Vec<_>>(), [true, false, true]);
    let off = Arc::clone(&answers(&journey).rules[1].rule);
    let journey = journey.press("space").shows(&["3 rules"]);
    let on = &answers(&journey).rules[1];
    assert!(on.is_on && !Arc::ptr_eq(&off, &on.rule), "its count begins again");
    let journey = journey.press("k space j space j space").hides(&["rules", "1 rule"]);
    journey.shows(&["reply OK"]);
}

#[test]
fn the_hits_and_the_time_of_the_last_are_beside_each_rule() {
    let mut chat = Chat::new();
    let hits: Vec<_> =
        (0..1234).map(|_| decided(chat.sends_text("a", "b", "x", 1), THREE[1])).collect();
    let last = hits.last().unwrap().at;
    for (lang, size) in [(En, (120, 36)), (Zh, (80, 24))] {
        let journey = opened(lang, size, &THREE).deliver(hits.clone());
        let time = imscope::callback::format::time_of_day(last, &jiff::tz::TimeZone::UTC);
        let time = time.split('.').next().unwrap();
        let row = journey.buffer_rows().into_iter().find(|it| it.contains(THREE[1])).unwrap();
        assert!(row.contains("1 234") && row.contains(time), "{row} {time}");
        let row = journey.buffer_rows().into_iter().find(|it| it.contains(THREE[0])).unwrap();
        assert!(row.contains("–"), "{row}");
        // Cleared with everything.
        journey.press("esc C y o").hides(&["1 234", time]).shows(&[THREE[1]]);
    }
}

#[test]
fn a_deleted_rule_comes_back_by_one_key() {
    for (lang, size) in [(En, (80, 24)), (Zh, (120, 36))] {
        let journey = opened(lang, size, &THREE).press("j d").hides(&[THREE[1]]);
        let journey = journey.shows(&[words("RULE_DELETED", lang)]);
        assert_eq!(texts(&journey), [THREE[0], THREE[2]]);
        let journey = journey.press("d d").shows(&[words("NO_RULE", lang)]);
        assert_eq!(texts(&journey), [""; 0]);
        let journey = journey.press("d e space J K").shows(&[words("NO_RULE_HERE", lang)]);
        assert_eq!(count(&journey), 3);
        let journey = journey.press("u u u").shows(&THREE);
        assert_eq!(texts(&journey), THREE);
        journey.press("u").shows(&[words("NOTHING_TO_UNDO", lang)]);
    }
}

#[test]
fn every_change_can_be_undone() {
    for key in ["space", "d", "J", "2", "O"] {
        let journey = opened(En, (80, 24), &THREE).press(key);
        let expected = switchboard(&THREE);
        assert_ne!(answers(&journey), expected, "{key}");
        assert_eq!(answers(&journey.press("u")), expected, "{key}");
    }
}

#[test]
fn j_and_k_move_the_cursor_and_in_upper_case_the_rule() {
    let [a, b, c] = THREE;
    let journey = opened(En, (80, 24), &THREE).press("K");
    assert_eq!(count(&journey), 0);
    let journey = journey.press("J").assert_selected(a);
    assert_eq!(texts(&journey), [b, a, c]);
    let journey = journey.press("J").assert_selected(a);
    assert_eq!(texts(&journey), [b, c, a]);
    let journey = journey.press("J").assert_selected(a).press("g K").assert_selected(b);
    assert_eq!(count(&journey), 2);
    let journey = journey.press("down K").assert_selected(c);
    assert_eq!(texts(&journey), [c, b, a]);
    journey.press("G").assert_selected(a).press("up").assert_selected(b);
}

#[test]
fn a_long_list_scrolls_to_its_cursor() {
    let many: Vec<_> = (0..100).map(|it| format!("from:user{it:03} => deny")).collect();
    let many: Vec<_> = many.iter().map(String::as_str).collect();
    for (lang, size) in [(En, (80, 24)), (Zh, (120, 36)), (En, (300, 100))] {
        let mut journey = opened(lang, size, &many).assert_selected("user000");
        assert_sound(&journey);
        for (key, user) in [
            ("end", "user099"),
            ("home", "user000"),
            ("G", "user099"),
            ("k", "user098"),
            ("g", "user000"),
            ("down", "user001"),
        ] {
            journey = journey.press(key).assert_selected(user);
            assert_sound(&journey);
        }
        let journey = journey.press("pgdn pgdn ctrl-d ctrl-u pgup pgup").assert_selected("user0");
        // What is selected stays on a smaller screen.
        let journey = journey.press("G").resize(80, 24).assert_selected("user099");
        assert_sound(&journey);
    }
}

#[test]
fn a_long_rule_is_cut_in_its_middle_and_hostile_text_stays_in_its_row() {
    let long = format!("from:begin text:\"{}\" => deny 120001 \"the end\"", "水".repeat(300));
    let hostile = "from:\"\u{1b}[31m\u{202e}\u{200b}x\t\u{7}\" => fail \"\u{9b}2J\"";
    for (lang, size) in [(En, (80, 24)), (Zh, (120, 36)), (En, (81, 25))] {
        let journey = opened(lang, size, &[&long, hostile, "=> delay 1s"]);
        let journey = journey.shows(&["from:begin", "…", "\"the end\"", "=> delay 1s"]);
        assert_sound(&journey);
        let journey = journey.press("e");
        assert_in_cells(&journey);
        let journey = journey.press("home right esc j e ctrl-a");
        assert_in_cells(&journey);
        assert_in_cells(&journey.press("esc j e").resize(20, 5).resize(80, 24));
    }
}

#[test]
fn the_header_names_what_is_not_the_default_and_one_key_puts_it_back() {
    for (lang, one, two) in [(En, "1 rule ", "2 rules"), (Zh, "1 条规则", "2 条规则")] {
        let journey = opened(lang, (80, 24), &THREE[..2]);
        let reset = words("RESET", lang);
        let [off, all_off] = ["TURN_RULE_OFF", "TURN_RULES_OFF"].map(|it| words(it, lang));
        let journey = journey.shows(&[&format!(" {two} · {all_off} ")]).press("space");
        let journey = journey.shows(&[&format!(" {} · {off} ", one.trim())]);
        // In short where there is little space.
        let short = format!(" {} · {} ", one.trim(), words("STOP_RULES", lang));
        let journey = journey.press("esc p space o").shows(&[&short, words("PAUSED", lang)]);
        let journey = journey.press("esc space p o");
        let answering = format!("{} fail · {}", words("ANSWERING", lang), one.trim());
        let journey = journey.press("2 o").shows(&[&answering, reset]);
        let journey = journey.press("O").shows(&[words("RESET_DONE", lang)]);
        let journey = journey.hides(&[&answering, one, reset]);
        // The rules are off, not deleted.
        assert_eq!(rules(&journey).iter().map(|it| it.1).collect::<Vec<_>>(), [false, false]);
        assert!(answers(&journey).is_default());
        let journey = journey.press("O").shows(&[words("ALREADY_DEFAULT", lang)]);
        let sent = count(&journey);
        let journey = journey.press("o u").shows(&[&answering]);
        assert_eq!((count(&journey), answers(&journey).is_default()), (sent + 1, false));
    }
    let long =
        AnswerMode { kind: AnswerKind::Fail("x".repeat(200)), delay: Duration::from_millis(300) };
    let journey = Journey::set(80, 24, |it| {
        it.switchboard = Switchboard { mode: long, ..switchboard(&THREE) };
    });
    let journey = journey.press("p space").shows(&["3 rules", words("RESET", En)]);
    assert_sound(&journey);
}

#[test]
fn in_a_recording_there_is_nothing_to_answer() {
    for (lang, key) in [(En, "o"), (Zh, "O"), (En, "A")] {
        let journey = Journey::set(80, 24, |it| {
            it.source = imscope::dashboard::CallbackSource::Recording;
            it.lang = lang;
        });
        let journey = journey.deliver(Chat::new().texts(1)).press(key);
        let journey = journey.shows(&[words("NO_LISTENER", lang)]).hides(&[words("ANSWERS", lang)]);
        assert_eq!(count(&journey), 0);
    }
}

#[test]
fn private_mode_hides_the_texts_of_rules() {
    let secret = "from:小明 => deny 120001 \"to 李雷\", delay 1s";
    let journey = opened(En, (120, 36), &[secret]).press("esc p o");
    let journey = journey.shows(&["••• => deny, delay"]).hides(&["小明", "李雷"]);
    let journey = journey.press("e").shows(&[words("NO_RULE_WHILE_PRIVATE", En)]);
    let journey = journey.press("w").hides(&["my.rules"]).press("esc a up").hides(&["小明"]);
    let journey = journey.press("esc d u esc p o").shows(&[secret]);
    assert_eq!(texts(&journey), [secret]);
}
