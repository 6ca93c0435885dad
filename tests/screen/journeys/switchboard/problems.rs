//! What cannot work in a rule.

use imscope::callback::Lang::{En, Zh};

use super::{SIZES, THREE, opened};
use crate::journeys::frames::assert_sound;

#[test]
fn what_cannot_work_in_the_selected_rule_is_above_the_list() {
    let late = "`late` is known only after the answer";
    let journey = opened(En, (80, 24), &[THREE[0], "late => deny"]).hides(&[late]);
    let journey = journey.press("j").shows(&[late]).press("k").hides(&[late]);
    journey.press("a").type_text("denied => drop").press("enter").shows(&["! `denied` is known"]);
    let hidden = "this rule is never reached: `=> deny` decides before it";
    let journey = opened(En, (80, 24), &["=> deny", THREE[1]]).press("j").shows(&[hidden]);
    // Not while the other one is off, or below.
    let journey = journey.press("k space j").hides(&[hidden]);
    let journey = journey.press("k space j").shows(&[hidden]).press("K").hides(&[hidden]);
    journey.press("J").shows(&[hidden]).press("esc p o").hides(&["=> deny` decides"]);
}

#[test]
fn a_long_problem_is_cut_in_its_middle() {
    let code = "cmd:Group before => deny 120001";
    for (lang, last) in [(En, "10100 to 10200"), (Zh, "10100–10200")] {
        for size in SIZES {
            let journey = opened(lang, size, &[code]);
            let journey = journey.shows(&["! Group.CallbackBefore", last]);
            assert_sound(&journey);
        }
        let long = format!("from:{} => deny", "水".repeat(200));
        let journey = opened(lang, (80, 24), &[&long, &long]).press("j");
        let end = match lang {
            En => "=> deny` decides before it",
            Zh => "=> deny` 总是先决定",
        };
        assert_sound(&journey.shows(&["from:水", end]));
    }
}

#[test]
fn the_hint_and_the_keys_fit_the_smallest_screen() {
    for (lang, tab, last) in [(En, "tab completes", "? help"), (Zh, "tab 补全", "? 帮助")] {
        let journey = opened(lang, (80, 24), &THREE).shows(&[last, " w "]);
        journey.press("a").shows(&[tab]);
    }
}
