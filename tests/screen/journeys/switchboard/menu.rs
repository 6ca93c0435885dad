//! The rule for a selected callback: this command from this user.

use imscope::callback::Lang::{En, Zh};
use imscope::callback::sample::Sample;
use imscope::callback::{Delivery, Lang};

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
            journey
                .hides(&[" · alice"])
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
