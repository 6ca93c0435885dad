//! Files of rules, read and written.

use std::sync::Arc;

use imscope::answer::Rule;
use imscope::answer::switchboard::Entry;
use imscope::callback::Lang::{En, Zh};
use imscope::dashboard::{Request, RuleReport};
use imscope::edge::event_loop::Message;

use super::{THREE, opened, rule, rules, switchboard, texts};
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
        it.switchboard.rules = vec![entry(from("=> reply @a")), entry(from("=> deny"))];
    });
    // The folder of a rule that is edited stays.
    let journey = journey.press("o G e").type_text(" 2").press("enter e");
    let journey = journey.press("ctrl-u").type_text("=> reply @b").press("enter");
    let Some(Request::ParseRule(_, place)) = journey.requests().pop() else { panic!() };
    assert_eq!(place.folder(), folder);
    let journey = journey.press("w").type_text("other/rules").press("enter");
    let Some(Request::WriteRules(name, rules)) = journey.requests().pop() else { panic!() };
    let mut written = rules.clone();
    written[0] = entry(rule("=> reply @/folder/a"));
    let report = RuleReport::Written { name, rules, written: Ok(written) };
    let journey =
        journey.message(Message::Rules(Box::new(report))).shows(&["@/folder/a", "=> deny 2"]);
    assert_eq!(texts(&journey), ["=> reply @/folder/a", "=> deny 2"]);
}
