//! Entering rules: mistakes, completion, earlier ones, files.

use std::sync::Arc;

use imscope::answer::Rule;
use imscope::callback::Lang::{En, Zh};
use imscope::dashboard::{Place, Request, RuleReport};
use imscope::edge::event_loop::Message;
use unicode_width::UnicodeWidthStr as _;

use super::{SIZES, THREE, answers, count, opened, texts};
use crate::journeys::frames::{assert_in_cells, assert_sound};
use crate::journeys::harness::Journey;

/// The column of the caret in the line above the input.
fn caret(journey: &Journey) -> Option<usize> {
    let rows = journey.buffer_rows();
    let hint = &rows[rows.len() - 2];
    hint.find('▾').map(|at| hint[..at].chars().count())
}

#[test]
fn a_adds_a_rule_at_the_end_and_shows_mistakes_while_typing() {
    for (lang, label) in [(En, " rule: "), (Zh, " 规则：")] {
        for size in SIZES {
            let journey = opened(lang, size, &THREE).press("a");
            let journey = journey.type_text(" from:x => dney");
            let indent = label.width();
            assert!(journey.screen().contains("dney"), "{}", journey.screen());
            assert!(caret(&journey).is_some_and(|it| indent <= it), "{}", journey.screen());
            assert_sound(&journey);
            let journey = journey.press("enter");
            assert_eq!(count(&journey), 0);
            let journey = journey.press("backspace backspace backspace").type_text("eny 2");
            assert_eq!(caret(&journey), None, "{}", journey.screen());
            let journey = journey.press("enter").assert_selected("from:x => deny 2");
            assert_eq!(texts(&journey)[3], "from:x => deny 2");
            assert_eq!(texts(&journey)[..3], THREE);
        }
    }
}

#[test]
fn the_caret_is_below_what_is_wrong() {
    let journey = opened(En, (80, 24), &[]).press("a").type_text("  小 => x");
    assert_eq!(caret(&journey), Some(" rule:   小 => ".width()), "{}", journey.screen());
    opened(Zh, (80, 24), &[]).press("a enter").shows(&["▾"]);
    // A mistake that does not fit beside its caret is in the rows above it, in one piece.
    let text = "before from:x => wrong";
    for size in SIZES {
        let journey = opened(En, size, &[]).press("a").type_text(text).shows(&["unknown action"]);
        assert_eq!(caret(&journey), Some(" rule: before from:x => ".width()), "{size:?}");
        let rows = journey.buffer_rows();
        let is_alone = rows[rows.len() - 2].trim() == "▾";
        assert!(is_alone || rows[rows.len() - 2].contains("unknown action"), "{rows:#?}");
    }
}

#[test]
fn e_edits_a_rule_in_its_place_and_esc_leaves_it() {
    for key in ["e", "enter"] {
        let journey = opened(En, (80, 24), &THREE).press("j").press(key);
        let journey = journey.shows(&[" rule: from:b => drop"]).type_text(", times 3");
        let journey = journey.press("esc").shows(&[THREE[1]]);
        assert_eq!(count(&journey), 0);
        let journey = journey.press(key).type_text(", times 3").press("enter");
        assert_eq!(texts(&journey), [THREE[0], "from:b => drop, times 3", THREE[2]]);
        journey.assert_selected("from:b => drop, times 3");
    }
    // One that is off stays off.
    let journey = opened(En, (80, 24), &THREE).press("space e backspace enter");
    assert_eq!(count(&journey), 1);
    let journey = journey.type_text("y 3").press("enter");
    assert!(!answers(&journey).rules[0].is_on);
}

#[test]
fn the_tabulator_completes_fields_keywords_and_actions() {
    let journey = opened(En, (120, 36), &[]).press("a").type_text("bef").press("tab");
    let journey = journey.shows(&[" rule: before"]).type_text(" fro").press("tab");
    let journey = journey.shows(&["before from:"]).type_text("a => d").press("tab");
    let journey = journey.shows(&["from:a => deny", "drop     drop the message silently"]);
    let journey = journey.press("tab").shows(&["from:a => drop"]).press("tab tab tab");
    // After the last word comes what was typed.
    assert!(journey.buffer_rows().concat().trim_end().ends_with("a => d"));
    let journey = journey.press("tab down").shows(&["from:a => drop"]);
    let journey = journey.press("enter");
    assert_eq!(texts(&journey), ["before from:a => drop"]);
    // In the filter too, before and after other text.
    let journey = journey.press("esc /").type_text("-fa").press("tab").shows(&["/ -failed"]);
    let journey = journey.press("esc /").type_text("x").press("home").type_text("fr");
    journey.press("tab").shows(&["/ from:x"]).press("esc /").type_text("zz").press("tab");
}

#[test]
fn earlier_rules_come_back_by_the_arrows() {
    let journey = opened(En, (80, 24), &[]).press("a").type_text(THREE[0]).press("enter");
    let journey = journey.press("d a").type_text(THREE[1]).press("enter a up up");
    let journey = journey.shows(&[" rule: from:a => deny"]).press("down");
    let journey = journey.shows(&[" rule: from:b => drop"]).press("down").hides(&[" rule: from"]);
    let journey = journey.paste("from:z => status 500\nfrom:y => hang").press("enter");
    assert_eq!(texts(&journey).last().map(String::as_str), Some("from:z => status 500"));
}

#[test]
fn a_file_that_a_rule_names_is_read_outside() {
    let text = "from:a => reply @answer.json";
    let journey = opened(En, (80, 24), &THREE).press("a").type_text(text).press("enter");
    let request = Request::ParseRule(text.to_owned(), Place::Last);
    assert_eq!((journey.requests().pop(), count(&journey)), (Some(request), 0));
    let parsed = |content: Result<Vec<u8>, String>| {
        let rule = Rule::parse(text, &mut |_| content.clone()).map(Arc::new);
        Message::Rules(Box::new(RuleReport::Parsed {
            text: text.to_owned(),
            place: Place::Last,
            rule,
        }))
    };
    // The input line is open again, with the mistake; nothing that was typed is lost.
    let journey = journey.message(parsed(Err("no such file".to_owned())));
    let journey = journey.shows(&[" rule: from:a => reply @answer.json", "no such file", "▾"]);
    let journey = journey.press("esc").message(parsed(Ok(b"{}".to_vec()))).assert_selected(text);
    assert_eq!(texts(&journey)[3], text);
    // A mistake that comes when the switchboard is closed is a notice.
    let journey = journey.press("esc").message(parsed(Err("no such file".to_owned())));
    journey.shows(&["not added: ", "no such file"]).hides(&[" rule: "]);
}

#[test]
fn a_rule_that_forwards_is_checked_outside() {
    let text = "from:a => forward http://localhost:8080";
    let journey = opened(En, (80, 24), &[]).press("a").type_text(text).press("enter");
    let request = Request::ParseRule(text.to_owned(), Place::Last);
    assert_eq!((journey.requests().pop(), count(&journey)), (Some(request), 0));
}

#[test]
fn a_long_text_scrolls_in_its_line() {
    let long = format!("text:\"{}\" => deny", "水".repeat(200));
    for size in SIZES {
        let journey = opened(Zh, size, &[]).press("a").paste(&long);
        assert_in_cells(&journey);
        let journey = journey.shows(&["=> deny"]).press("home").shows(&["text:\"水"]);
        assert_in_cells(&journey);
        let journey = journey.press("end").type_text(" x").shows(&["▾"]);
        assert_in_cells(&journey);
    }
}
