//! What cannot work in a rule.

use imscope::callback::Lang::En;

use super::{THREE, opened};

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
