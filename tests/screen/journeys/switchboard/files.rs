//! Files of rules, read and written.

use std::sync::Arc;

use imscope::answer::Rule;
use imscope::answer::switchboard::Entry;
use imscope::callback::Lang::{En, Zh};
use imscope::dashboard::{Request, RuleReport, SavedRules};
use imscope::edge::event_loop::Message;

use super::{SIZES, THREE, answers, opened, rule, rules, switchboard, texts};
use crate::journeys::harness::{Journey, words};

#[test]
fn r_reads_the_file_again_and_keeps_the_other_rules() {
    let [a, b, c] = THREE;
    for (lang, size) in [(En, (120, 36)), (Zh, (80, 24))] {
        let journey = opened(lang, size, &[a, b]).press("space a").type_text(c).press("enter R");
        assert_eq!(journey.requests().pop(), Some(Request::ReadRules("my.rules".to_owned())));
        let read = |rules| {
            Message::Rules(Box::new(RuleReport::Read { name: "my.rules".to_owned(), rules }))
        };
        let journey = journey.message(read(Err("my.rules:3:4: a mistake".to_owned())));
        let journey = journey.shows(&["my.rules:3:4: a mistake", a, b, c]);
        let journey = journey.message(read(Ok(switchboard(&["=> allow", a]).rules)));
        let journey = journey.shows(&["=> allow", a, c, "my.rules"]).hides(&[b]);
        let expected = [("=> allow", true), (a, false), (c, true)];
        assert_eq!(rules(&journey), expected.map(|(text, is_on)| (text.to_owned(), is_on)));
        let journey = journey.press("u").shows(&[a, b, c]);
        assert_eq!(texts(&journey), [a, b, c]);
    }
    let journey = Journey::at(80, 24).press("o R").shows(&[words("NO_RULE_FILE", En)]);
    assert_eq!(journey.requests(), []);
}

#[test]
fn w_writes_the_rules_to_a_file_with_a_name() {
    let journey = opened(Zh, (80, 24), &THREE).press("w").shows(&[" 文件：my.rules"]);
    let journey = journey.type_text(".2").press("enter");
    let Some(Request::WriteRules(name, rules)) = journey.requests().pop() else { panic!() };
    assert_eq!((&*name, &rules), ("my.rules.2", &switchboard(&THREE).rules));
    let written = |written| {
        let (name, rules) = (name.clone(), rules.clone());
        Message::Rules(Box::new(RuleReport::Written { name, rules, written }))
    };
    let journey = journey.message(written(Err("无法写入".to_owned()))).shows(&["无法写入"]);
    let journey = journey.press("R");
    assert_eq!(journey.requests().pop(), Some(Request::ReadRules("my.rules".to_owned())));
    let journey = journey
        .message(written(Ok(switchboard(&THREE).rules)))
        .shows(&["已将 3 条规则写入 my.rules.2"]);
    let journey = journey.press("R");
    assert_eq!(journey.requests().pop(), Some(Request::ReadRules(name)));
    // Without a name nothing is written.
    let journey = Journey::at(80, 24).press("o w enter").shows(&["the name of a file is missing"]);
    assert_eq!(journey.press("esc").requests(), []);
}

#[test]
fn r_counts_the_rules_that_are_off_and_w_those_of_the_command_line_once() {
    let off = |nth: usize| {
        let mut rules = switchboard(&THREE).rules;
        rules[..nth].iter_mut().for_each(|it| it.is_on = false);
        rules
    };
    let report = |it| Message::Rules(Box::new(it));
    let name = || "my.rules".to_owned();
    for (lang, size, read, given) in [
        (
            En,
            SIZES[0],
            "rules read: 3, 2 of them off; u",
            "rules written: 3, 1 of them from --answer, to my.rules",
        ),
        (
            Zh,
            SIZES[1],
            "已读取 3 条规则，其中 2 条停用",
            "已将 3 条规则（1 条来自 --answer）写入 my.rules",
        ),
    ] {
        let journey = opened(lang, size, &THREE);
        let journey = journey.message(report(RuleReport::Read { name: name(), rules: Ok(off(2)) }));
        let journey = journey.shows(&[read]);
        let journey = journey.message(report(RuleReport::Read { name: name(), rules: Ok(off(0)) }));
        journey.hides(&["of them off", "条停用"]);
        // The first rule is not of the file.
        let journey = Journey::set(size.0, size.1, |it| {
            (it.lang, it.switchboard) = (lang, switchboard(&THREE));
            it.rule_file = Some(SavedRules { name: name(), rules: switchboard(&THREE[1..]).rules });
        });
        let written = || {
            let (rules, written) = (switchboard(&THREE).rules, Ok(switchboard(&THREE).rules));
            report(RuleReport::Written { name: name(), rules, written })
        };
        let journey = journey.press("o").message(written()).shows(&[given]);
        journey.message(written()).hides(&["--answer"]);
    }
}

#[test]
fn w_names_a_rule_that_the_next_start_refuses() {
    for (lang, refused) in [(En, "; a start refuses rule 2"), (Zh, "；启动时会拒绝规则 2")]
    {
        let rules = switchboard(&["=> deny", THREE[0]]).rules;
        let (name, written) = ("my.rules".to_owned(), Ok(rules.clone()));
        let report = RuleReport::Written { name, rules, written };
        let journey = opened(lang, (80, 24), &THREE).message(Message::Rules(Box::new(report)));
        journey.shows(&[refused]);
    }
}

#[test]
fn the_title_says_what_is_changed_and_not_written() {
    let report = |it| Message::Rules(Box::new(it));
    for (lang, size) in SIZES.into_iter().flat_map(|it| [(En, it), (Zh, it)]) {
        let changed = words("NOT_WRITTEN", lang);
        let journey = opened(lang, size, &THREE).hides(&[changed]).press("2").hides(&[changed]);
        for key in ["space", "d", "J"] {
            let journey = opened(lang, size, &THREE).press(key).shows(&[changed]);
            // Closing loses nothing.
            let journey = journey.press("q").hides(&[changed]).press("o").shows(&[changed]);
            journey.press("u").hides(&[changed]);
        }
        let journey = journey.press("a").type_text("from:d => deny").press("enter");
        let journey = journey.shows(&[changed]);
        let rules = answers(&journey).rules;
        let (name, written) = ("my.rules".to_owned(), Ok(rules.clone()));
        let journey = journey.message(report(RuleReport::Written { name, rules, written }));
        let journey = journey.hides(&[changed]).press("d").shows(&[changed]);
        let (name, rules) = ("my.rules".to_owned(), Ok(switchboard(&THREE).rules));
        journey.message(report(RuleReport::Read { name, rules })).hides(&[changed]);
    }
}

#[test]
fn private_mode_shows_what_became_of_a_file_and_not_its_name() {
    let read =
        |rules| Message::Rules(Box::new(RuleReport::Read { name: "zoe.rules".to_owned(), rules }));
    let written = |written| {
        let (name, rules) = ("zoe.rules".to_owned(), switchboard(&THREE).rules);
        Message::Rules(Box::new(RuleReport::Written { name, rules, written }))
    };
    let why = || Err("zoe.rules: no".to_owned());
    for (message, shown) in [
        (read(Ok(Vec::new())), "rules read: 0"),
        (read(why()), words("RULES_NOT_READ", En)),
        (written(Ok(switchboard(&THREE).rules)), "rules written: 3"),
        (written(why()), words("RULES_NOT_WRITTEN", En)),
    ] {
        let journey = opened(En, (80, 24), &THREE).press("esc p o").message(message);
        journey.shows(&[shown]).hides(&["zoe"]);
    }
}

#[test]
fn a_rule_is_as_it_was_written_and_its_names_stay_relative_to_its_folder() {
    let folder = std::path::Path::new("folder").into();
    let from = |text: &str| Arc::new(Rule::clone(&rule(text)).relative_to(&folder));
    let entry = |rule| Entry { rule, is_on: true };
    let journey = Journey::set(80, 24, |it| {
        it.switchboard.rules = vec![entry(from("from:a => reply @a")), entry(from("=> deny"))];
    });
    // The folder of a rule that is edited stays.
    let journey = journey.press("o G e").type_text(" 2").press("enter e");
    let journey = journey.press("ctrl-u").type_text("=> reply @b").press("enter");
    let Some(Request::ParseRule(_, place)) = journey.requests().pop() else { panic!() };
    assert_eq!(place.folder(), folder);
    let journey = journey.press("w").type_text("other/rules").press("enter");
    let Some(Request::WriteRules(name, rules)) = journey.requests().pop() else { panic!() };
    let mut written = rules.clone();
    written[0] = entry(rule("from:a => reply @/folder/a"));
    let report = RuleReport::Written { name, rules, written: Ok(written) };
    let journey =
        journey.message(Message::Rules(Box::new(report))).shows(&["@/folder/a", "=> deny 2"]);
    assert_eq!(texts(&journey), ["from:a => reply @/folder/a", "=> deny 2"]);
}
