//! What cannot work in a rule, or is easily overlooked.

use imscope::callback::Lang::{En, Zh};

use super::{SIZES, THREE, opened};
use crate::journeys::frames::assert_sound;
use crate::journeys::harness::Journey;

/// The rules with the sign of a problem in their row.
fn signed(journey: &Journey, texts: &[&str]) -> Vec<bool> {
    let rows = journey.buffer_rows();
    let row = |text: &&str| {
        let is_rule = |it: &&String| it.contains(&format!("  {text}")) && it.contains('–');
        let row = rows.iter().find(is_rule);
        row.unwrap_or_else(|| panic!("{text} in\n{}", journey.screen())).contains("✓!")
    };
    texts.iter().map(row).collect()
}

#[test]
fn each_rule_with_a_problem_has_a_sign_and_the_line_above_names_its_number() {
    let rules = [THREE[0], "from:b => delay 3s", "from:d => hang"];
    for (lang, late, number) in
        [(En, "Tencent waits", ["rule 2", "rule 3"]), (Zh, "腾讯云", ["规则 2", "规则 3"])]
    {
        for size in SIZES {
            let journey = opened(lang, size, &rules).shows(&[late, number[0]]);
            assert_eq!(signed(&journey, &rules), [false, true, true]);
            assert_sound(&journey);
            let journey = journey.press("G").shows(&[late, number[1]]);
            // A rule that is off has no problem.
            let journey = journey.press("space").shows(&[late, number[0]]).press("k space");
            let journey = journey.hides(&[late, " ! "]);
            assert_eq!(signed(&journey, &rules), [false; 3]);
            journey.press("space").shows(&[late, number[0]]);
        }
    }
}

#[test]
fn at_the_start_a_notice_counts_the_rules_with_remarks() {
    let start = |lang, rules: &[&str]| {
        let switchboard = super::switchboard(rules);
        Journey::set(80, 24, |it| (it.lang, it.switchboard) = (lang, switchboard))
    };
    let late = "from:z => hang";
    start(En, &[late, THREE[0]]).shows(&["there is a remark on a rule: o shows it"]);
    start(En, &[late, "from:b => hang"]).shows(&["there are remarks on 2 rules: o shows them"]);
    start(Zh, &[late, "from:b => hang"]).shows(&["2 条规则有提示：按 o 查看"]);
    start(En, &[THREE[0]]).hides(&["remark"]);
}

#[test]
fn what_hides_a_rule_is_above_the_list() {
    let hidden = "rule 2: this rule is never reached: `=> deny` decides before it";
    let journey = opened(En, (80, 24), &["=> deny", THREE[1]]).shows(&[hidden]);
    // Not while the other one is off, or below.
    let journey = journey.press("space").hides(&["never reached"]);
    let journey = journey.press("space").shows(&[hidden]).press("j K").hides(&["never reached"]);
    journey.press("J").shows(&[hidden]).press("esc p o").hides(&["=> deny` decides"]);
}

#[test]
fn a_problem_wider_than_the_screen_is_wrapped() {
    let code = "cmd:Group.CallbackBeforeApplyJoinGroup before => deny 120001";
    for lang in [En, Zh] {
        let journey = opened(lang, (80, 24), &[code]);
        let rows = journey.buffer_rows();
        let first = rows.iter().position(|it| it.contains(" ! ")).unwrap();
        let hits = if lang == En { "HITS" } else { "次数" };
        let head = rows.iter().position(|it| it.contains(hits)).unwrap();
        assert!(first + 1 < head, "{}", journey.screen());
        assert!(!rows[first..head].concat().contains('…'), "{}", journey.screen());
        assert_sound(&journey);
    }
}

#[test]
fn a_long_problem_is_cut_in_its_middle() {
    let code = "cmd:Group before => deny 120001";
    for (lang, last) in [(En, "10100 to 10200"), (Zh, "10100–10200")] {
        for size in SIZES {
            let journey = opened(lang, size, &[code]);
            let journey = journey.shows(&["1", "Group.CallbackBefore", last]);
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
    for (lang, tab, keys) in [
        (En, "tab completes", ["w write", "R read", "O all off", "? help", "esc close"]),
        (Zh, "tab 补全", ["w 写入", "R 重读", "O 全部停用", "? 帮助", "esc 关闭"]),
    ] {
        let journey = opened(lang, (80, 24), &THREE).shows(&keys);
        assert_sound(&journey);
        journey.press("a").shows(&[tab]);
        let all = if lang == En { ["J K move", "u undo"] } else { ["J K 移动", "u 撤销"] };
        opened(lang, (120, 36), &THREE).shows(&keys).shows(&all);
    }
}

#[test]
fn the_actions_are_listed_with_what_they_do_while_a_rule_is_typed() {
    let actions: Vec<_> = imscope::answer::rule::actions().collect();
    for (lang, size) in SIZES.into_iter().flat_map(|it| [(En, it), (Zh, it)]) {
        let mut journey = opened(lang, size, &THREE).press("a").type_text("=> ");
        journey = journey.shows(&["1–8 / 12"]);
        for it in &actions {
            journey = journey.press("tab").shows(&[&format!("=> {it}")]);
            let rows = journey.buffer_rows();
            let of_action = |row: &&String| row.trim_start().starts_with(it);
            let listed = rows[rows.len() - 10..].iter().find(of_action);
            assert!(listed.is_some_and(|it| it.split_whitespace().nth(1).is_some()), "{rows:#?}");
        }
        journey.shows(&["5–12 / 12"]);
        // Those that an unknown one could have been, too.
        let journey = opened(lang, size, &THREE).press("a").type_text("=> zzzzzz");
        let rows = journey.buffer_rows();
        let hint = rows[rows.len() - 5..rows.len() - 1].join("\n").replace('▾', "");
        let shown =
            |it: &&&str| hint.contains(&format!("{it},")) || hint.contains(&format!("{it} "));
        assert!(actions.iter().filter(shown).count() + 1 >= actions.len(), "{hint}");
        assert_sound(&journey);
    }
}
