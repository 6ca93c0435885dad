//! A rule that a start would refuse is refused when it is entered.

use std::sync::Arc;

use imscope::answer::Rule;
use imscope::callback::Lang::{En, Zh};
use imscope::dashboard::{Place, RuleReport};
use imscope::edge::event_loop::Message;

use super::{SIZES, THREE, count, opened, texts};
use crate::journeys::frames::assert_in_cells;

#[test]
fn a_rule_that_cannot_work_stays_in_the_input_line_with_its_place() {
    let cases = [
        ("from:a late => deny", "`late`", "`late`"),
        ("cmd:Group before => deny 7", "does not know the code 7", "不支持错误码 7"),
        ("after => drop", "`drop` has no effect", "`drop` 无效"),
    ];
    let places = SIZES.into_iter().flat_map(|it| [(En, it), (Zh, it)]);
    for ((lang, size), (text, en, zh)) in places.flat_map(|it| cases.map(|case| (it, case))) {
        let journey = opened(lang, size, &[]).press("a").type_text(text).press("enter");
        let why = if lang == En { en } else { zh };
        let journey = journey.shows(&[text, why, "▾"]);
        assert_in_cells(&journey);
        assert_eq!(count(&journey), 0, "{text}");
        // An edited rule is judged as well, and stays as it was.
        let journey = opened(lang, size, &THREE).press("e ctrl-u").type_text(text).press("enter");
        let journey = journey.shows(&[why, "▾"]).press("esc").shows(&THREE);
        assert_eq!(count(&journey), 0, "{text}");
    }
    // What is only a remark is none here, either.
    let journey = opened(En, (80, 24), &[]).press("a").type_text("=> delay 3s").press("enter");
    assert_eq!(texts(&journey), ["=> delay 3s"]);
}

#[test]
fn the_caret_is_above_what_cannot_work() {
    let journey = opened(En, (80, 24), &[]).press("a").type_text("  from:a late => deny");
    let rows = journey.buffer_rows();
    let [.., hint, input] = &rows[..] else { panic!() };
    let column = |row: &str, it: &str| row.find(it).map(|at| row[..at].chars().count());
    assert_eq!(column(hint, "▾"), column(input, "late"), "{}", journey.screen());
}

#[test]
fn a_rule_is_added_before_one_that_would_hide_it() {
    for (lang, size, notice) in
        [(En, SIZES[0], "added before the rule"), (Zh, SIZES[1], "已添加在会使其不生效的规则之前")]
    {
        let journey = opened(lang, size, &[THREE[0], "=> deny", THREE[1]]).press("a");
        let journey = journey.type_text("before from:b => allow").press("enter").shows(&[notice]);
        assert_eq!(texts(&journey), [THREE[0], "before from:b => allow", "=> deny", THREE[1]]);
        let journey = journey.assert_selected("before from:b => allow");
        // Not before one that is alike: it would hide that.
        let journey = journey.press("a").type_text("from:a => deny 1 \"x\"").press("enter");
        let hidden = if lang == En { "never reached" } else { "不会生效" };
        let journey = journey.shows(&[hidden, "from:a => deny 1", "▾"]);
        assert_eq!(texts(&journey).len(), 4);
    }
}

#[test]
fn a_rule_with_a_file_is_judged_when_the_file_was_read() {
    let text = "from:a => reply @answer.json";
    let parsed = || {
        let rule = Rule::parse(text, &mut |_| Ok(b"{}".to_vec())).map(Arc::new);
        let (text, place) = (text.to_owned(), Place::Last);
        Message::Rules(Box::new(RuleReport::Parsed { text, place, rule }))
    };
    let journey = opened(En, (80, 24), &["from:a => fail"]).message(parsed());
    let journey = journey.shows(&["never reached", "@answer.json", "▾"]);
    assert_eq!(count(&journey), 0);
}
