//! The rule for a selected callback: this command from this user.

use std::sync::Arc;

use imscope::answer::Rule;
use imscope::callback::Lang::{En, Zh};
use imscope::callback::sample::Sample;
use imscope::callback::{Delivery, Lang};
use imscope::dashboard::{Place, Request, RuleReport};
use imscope::edge::event_loop::Message;

use super::{SIZES, THREE, answers, count, switchboard, texts};
use crate::journeys::chat::{APP, Chat, delivery};
use crate::journeys::frames::{assert_in_cells, assert_sound};
use crate::journeys::harness::{Journey, words};

const MESSAGE: &str = "C2C.CallbackBeforeSendMsg";
const GROUP: &str = "Group.CallbackBeforeCreateGroup";

fn before(word: &str, user: &str) -> Delivery {
    let (field, user) = match word {
        GROUP => ("Operator_Account", serde_json::to_string(user).unwrap()),
        _ => ("From_Account", serde_json::to_string(user).unwrap()),
    };
    let body = format!(
        r#"{{"CallbackCommand":"{word}","{field}":{user},"To_Account":"bob","Owner_Account":{user},"MsgBody":[{{"MsgType":"TIMTextElem","MsgContent":{{"Text":"red packet"}}}}]}}"#
    );
    delivery(Sample::new(APP, word, "alice", body.into_bytes()))
}

fn asked(lang: Lang, (width, height): (u16, u16), delivery: Delivery) -> Journey {
    let journey = Journey::set(width, height, |it| {
        it.lang = lang;
        it.switchboard = switchboard(&THREE);
    });
    journey.deliver([delivery]).press("A")
}

#[test]
fn a_choice_that_is_complete_is_the_first_rule_at_once() {
    for (lang, size) in [(En, SIZES[0]), (Zh, SIZES[1])] {
        for (key, action) in
            [("a", "allow"), ("d", "deny"), ("x", "drop"), ("n", "hang"), ("s", "status 500")]
        {
            let journey = asked(lang, size, before(MESSAGE, "alice"));
            let journey = journey.shows(&["C2C.CallbackBeforeSendMsg · alice"]);
            assert_in_cells(&journey);
            let journey = journey.press(key);
            let text = format!("cmd={MESSAGE} from=alice => {action}");
            assert_eq!(texts(&journey), [&*text, THREE[0], THREE[1], THREE[2]]);
            assert!(answers(&journey).rules[0].is_on);
            let made =
                if lang == En { "now the first rule: " } else { "已添加为第一条规则：" };
            journey
                .hides(&[" · alice", words("ANSWERS", lang)])
                .shows(&[&format!("{made}{text}")])
                .press("o")
                .assert_selected(&text)
                .press("u")
                .hides(&[&text]);
        }
    }
}

#[test]
fn a_choice_with_a_value_opens_the_input_line_at_its_place() {
    for size in SIZES {
        let journey = asked(En, size, before(MESSAGE, "alice")).press("c");
        let journey = journey.shows(&["=> deny 120001 \"\""]).type_text("not now").press("enter");
        assert_eq!(
            texts(&journey)[0],
            format!("cmd={MESSAGE} from=alice => deny 120001 \"not now\"")
        );
        let journey = asked(Zh, size, before(MESSAGE, "小明")).press("t");
        let journey = journey.type_text("!").press("enter");
        assert_eq!(
            texts(&journey)[0],
            format!("cmd={MESSAGE} from=小明 => set /MsgBody/0/MsgContent/Text=\"red packet!\"")
        );
        let journey = asked(En, size, before(GROUP, "alice")).press("c esc");
        assert_eq!(count(&journey), 0);
        let journey = asked(En, size, before(GROUP, "alice")).press("c enter");
        assert!(texts(&journey)[0].ends_with("=> deny 10100 \"\""), "{:?}", texts(&journey));
    }
}

#[test]
fn an_entry_is_selected_by_keys_that_move_and_chosen_by_enter() {
    for (lang, size) in [(En, SIZES[0]), (Zh, SIZES[1])] {
        for (keys, action) in [
            ("enter", "allow"),
            ("j enter", "deny"),
            ("down down down enter", "drop"),
            ("j j j up up enter", "deny"),
            ("G enter", "status 500"),
            ("G k j j enter", "status 500"),
            ("k enter", "allow"),
        ] {
            let journey = asked(lang, size, before(MESSAGE, "alice"));
            let allow = if lang == En { "allow" } else { "允许" };
            let journey = journey.assert_selected(allow).press(keys);
            assert!(texts(&journey)[0].ends_with(&format!("from=alice => {action}")), "{keys}");
            assert_in_cells(&journey.hides(&[words("ANSWERS", lang)]));
        }
    }
}

#[test]
fn the_input_line_of_a_choice_leads_back_to_where_it_was_opened() {
    for (lang, made) in [(En, "now the first rule: cmd="), (Zh, "已添加为第一条规则：cmd=")]
    {
        for size in SIZES {
            for key in ["c", "t"] {
                let journey = asked(lang, size, before(MESSAGE, "alice")).press(key);
                let flow = words("FLOW", lang);
                let journey = journey.shows(&["from=alice => ", flow]);
                assert_in_cells(&journey);
                let journey = journey.press("esc").hides(&["from=alice", words("ANSWERS", lang)]);
                assert_eq!(count(&journey), 0);
                let journey = journey.press("A").press(key).press("enter");
                journey.shows(&[made, flow]).hides(&[words("ANSWERS", lang)]);
            }
        }
    }
    // A mistake is shown in the same line, also one that is found outside.
    let journey = asked(En, (80, 24), before(MESSAGE, "alice")).press("c ctrl-u");
    let journey = journey.type_text("late => deny").press("enter").shows(&["▾", "`late`"]);
    let journey = journey.press("ctrl-u").type_text("=> reply @x").press("enter");
    let Some(Request::ParseRule(text, place)) = journey.requests().pop() else { panic!() };
    assert_eq!(place, Place::First);
    let rule = Rule::parse(&text, &mut |_| Err("no such file".to_owned())).map(Arc::new);
    let report = RuleReport::Parsed { text, place, rule };
    let journey = journey.message(Message::Rules(Box::new(report)));
    let journey = journey.shows(&["=> reply @x", "no such file"]).press("esc");
    assert_eq!(count(&journey.hides(&["@x", words("ANSWERS", En)])), 0);
}

#[test]
fn a_second_rule_for_the_same_command_and_user_replaces_the_first() {
    for (lang, made) in [(En, "replaced, now the first rule: "), (Zh, "已替换，现为第一条规则：")]
    {
        let journey = asked(lang, SIZES[1], before(MESSAGE, "alice")).press("d");
        let journey = journey.deliver([before(MESSAGE, "bob")]).press("A d");
        let journey = journey.deliver([before(MESSAGE, "alice")]).press("A a").shows(&[made]);
        let rule = |user: &str, action: &str| format!("cmd={MESSAGE} from={user} => {action}");
        let expected = [rule("alice", "allow"), rule("bob", "deny")];
        assert_eq!(texts(&journey)[..2], expected);
        assert_eq!(texts(&journey)[2..], THREE);
        assert_eq!(texts(&journey.press("o u"))[..2], [rule("bob", "deny"), rule("alice", "deny")]);
    }
}

#[test]
fn what_is_no_message_is_neither_dropped_nor_changed() {
    for key in ["x", "t", "q", "z", "esc"] {
        let journey = asked(En, (80, 24), before(GROUP, "alice")).press(key);
        let journey = journey.hides(&["CreateGroup · "]);
        assert_eq!((count(&journey), journey.has_ended()), (0, false), "{key}");
    }
}

#[test]
fn an_after_callback_has_no_such_rule() {
    for lang in [En, Zh] {
        let journey = Journey::speaking(lang, 80, 24).deliver(Chat::new().texts(1)).press("A");
        let journey = journey.shows(&[words("ANSWER_IGNORED", lang)]);
        assert_eq!(count(&journey), 0);
        let journey = Journey::speaking(lang, 80, 24).press("A");
        journey.shows(&[words("NO_CALLBACK", lang)]);
    }
}

#[test]
fn any_name_is_quoted_and_stays_in_its_frame() {
    for user in ["a b", "x\"=> allow", "\u{1b}[31m\u{202e}", &"水".repeat(300), "(a|b)", "\\"] {
        let journey = asked(En, (80, 24), before(MESSAGE, user));
        assert_in_cells(&journey);
        let journey = journey.press("d");
        assert_eq!(count(&journey), 1, "{user}");
        let filter = &answers(&journey).rules[0].rule.filter;
        let expected = imscope::history::filter::Filter::for_command(MESSAGE, Some(user), None);
        assert_eq!(*filter, expected);
        assert_sound(&journey);
        assert_sound(&journey.press("o"));
    }
}

#[test]
fn private_mode_shows_no_name() {
    let journey = Journey::at(120, 36).deliver([before(MESSAGE, "小明")]).press("p A");
    let journey = journey.shows(&["C2C.CallbackBeforeSendMsg · id-"]).hides(&["小明"]);
    let journey = journey.press("d").hides(&["小明"]).press("o").hides(&["小明"]);
    let journey = journey.shows(&["••• => deny"]).press("esc A c").hides(&["小明"]);
    journey.shows(&[words("NO_RULE_WHILE_PRIVATE", En)]).press("o a up").hides(&["小明"]);
}

#[test]
fn the_input_line_has_what_is_entered_in_the_quotes() {
    let texts = [
        (En, "c  deny: a code, ErrorInfo …", "in quotes: ErrorInfo for the client; may be empty"),
        (Zh, "c  拒绝：错误码、ErrorInfo …", "引号中为 ErrorInfo（客户端收到的文字），可留空"),
    ];
    for (lang, label, meaning) in texts {
        let journey = asked(lang, (80, 24), before(MESSAGE, "alice")).shows(&[label]);
        let journey = journey.press("c").shows(&["deny 120001 \"\"", meaning, "esc "]);
        let journey = journey.type_text("no ads").shows(&[meaning]).press("backspace");
        journey.press("esc o a").shows(&["=> "]).hides(&[meaning]);
    }
}
