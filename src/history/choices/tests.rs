//! Tests of the values that are offered.

use super::*;
use crate::callback::delivery::Refusal;
use crate::callback::{Delivery, DeliveryKind, Verdict};
use crate::history::filter::Filter;
use crate::history::matches::Matches;

fn sent(from: &str, to: &str, code: i32) -> Delivery {
    let key = format!("key {from}");
    let result = format!(r#""SendMsgResult":{code},"MsgKey":{key:?}"#);
    let element = r#"[{"MsgType":"TIMImageElem","MsgContent":{}}]"#;
    Delivery {
        method: "POST".into(),
        target: "/?SdkAppid=1400000000&CallbackCommand=C2C.CallbackAfterSendMsg&OptPlatform=iOS"
            .into(),
        body: format!(
            r#"{{"CallbackCommand":"C2C.CallbackAfterSendMsg","From_Account":{from:?},"To_Account":{to:?},{result},"MsgBody":{element}}}"#
        )
        .into_bytes()
        .into(),
        ..Delivery::default()
    }
}

fn history() -> History {
    let mut history = History::default();
    for (from, to, code) in
        [("jared", "小明", 0), ("a \"b\"", "jared", 80001), ("mallory", "bob", 20007)]
    {
        history.apply(&sent(from, to, code));
    }
    let verdict = Verdict::Wrong;
    let refusal = Refusal::of(verdict, DeliveryKind::Callback);
    history.apply(&Delivery { signature: verdict, refusal, ..sent("stranger", "bob", 0) });
    history
}

fn texts(text: &str, history: Option<&History>) -> Vec<String> {
    choices(text, Lang::En, history).list.into_iter().map(|it| it.text).collect()
}

#[test]
fn users_are_offered_the_most_recent_first_and_in_quotes_if_they_need_them() {
    let history = history();
    let offered = |text| texts(text, Some(&history));
    assert_eq!(offered("from:"), ["mallory", "\"a \\\"b\\\"\"", "jared"]);
    assert_eq!(offered("to="), ["bob", "jared", "小明"]);
    assert_eq!(offered("user:JA"), ["jared"]);
    assert_eq!(offered("user:明"), ["小明"]);
    assert_eq!(offered("from:\"a \\\""), ["\"a \\\"b\\\"\""]);
    assert_eq!(offered("user:stranger"), [""; 0], "who was refused is not offered");
    assert_eq!(texts("from:", None), [""; 0]);
}

#[test]
fn other_values_are_those_seen_with_their_meaning() {
    let history = history();
    let offered = |text| texts(text, Some(&history));
    assert_eq!(offered("app:"), ["1400000000"]);
    assert_eq!(offered("platform:i"), ["iOS"]);
    assert_eq!(offered("key:"), ["\"key mallory\"", "\"key a \\\"b\\\"\"", "\"key jared\""]);
    assert_eq!(offered("code:"), ["20007", "80001"]);
    assert_eq!(offered("code:8"), ["80001"]);
    assert_eq!(offered("code:blocklist"), ["20007"], "by its meaning");
    assert_eq!(offered("cmd:")[0], "C2C.CallbackAfterSendMsg");
    assert_eq!(offered("type:")[..2], ["image", "sent"]);
    assert_eq!(offered("type:rea")[..1], ["read"]);
    for it in choices("type:", Lang::Zh, Some(&history)).list {
        assert!(Filter::parse(&format!("type:{}", it.text)).is_ok(), "{}", it.text);
    }
    let found = choices("-code:800", Lang::Zh, Some(&history));
    let meaning = code::find(80001).unwrap().meaning().zh;
    assert_eq!((found.start, found.list), (6, vec![Choice::new("80001", meaning)]));
}

#[test]
fn paths_of_the_newest_bodies_are_offered_and_keep_what_is_typed() {
    let history = history();
    let offered = |text| texts(text, Some(&history));
    assert_eq!(offered(".")[..2], [".CallbackCommand", ".From_Account"]);
    assert_eq!(offered("odd -.MsgB")[0], ".MsgBody");
    assert_eq!(offered(".MsgBody[0].M"), [".MsgBody[0].MsgType", ".MsgBody[0].MsgContent"]);
    assert_eq!(offered(".Nothing."), [""; 0]);
    assert_eq!(texts(".", None), [""; 0]);
    for it in offered(".") {
        assert!(Filter::parse(&it).is_ok(), "{it}");
    }
}

#[test]
fn types_have_their_number_and_are_found_in_english_as_well() {
    let history = history();
    let first = |lang| choices("type:", lang, Some(&history)).list.swap_remove(0);
    assert_eq!(first(Lang::En), Choice::new("image", "3"));
    assert_eq!(first(Lang::Zh).meaning, "3");
    let flow = history.flow();
    for it in choices("type:", Lang::En, Some(&history)).list {
        let filter = Filter::parse(&format!("type:{}", it.text)).unwrap();
        let mut matches = Matches::new(filter, flow, None);
        while matches.is_searching(flow) {
            matches.search(flow, 1);
        }
        let accepted = matches.ids().filter(|it| !it.is_refused()).count();
        assert_eq!(it.meaning.parse().unwrap_or(0), accepted, "{}", it.text);
    }
    let found = choices("type:recal", Lang::Zh, Some(&history)).list;
    assert_eq!(found[0].text, "recalled");
}

#[test]
fn rules_that_decided_and_reasons_are_offered() {
    let mut history = history();
    let mut denied = sent("mallory", "bob", 0);
    denied.answer.rule = Some("from:mallory => deny 1 \"no ads\"".into());
    denied.answer.body = br#"{"ActionStatus":"OK","ErrorCode":1,"ErrorInfo":"no ads"}"#.into();
    history.apply(&denied);
    let offered = |text| texts(text, Some(&history));
    assert_eq!(offered("rule:mall"), [r#""from:mallory => deny 1 \"no ads\"""#]);
    assert_eq!(offered("info:ads"), ["\"no ads\""]);
    assert_eq!(offered("info:zebra"), [""; 0]);
}

#[test]
fn an_evicted_failure_is_still_offered_and_no_control_character_is() {
    let mut history = history();
    history.apply(&sent("x\ny", "to", 0));
    assert_eq!(texts("from:x", Some(&history)), [""; 0]);
    assert_eq!(texts("cmd:recall", None)[..1], ["C2C.CallbackAfterMsgWithDraw"]);
}

#[test]
fn a_list_that_stops_before_its_end_is_marked_so() {
    let mut history = History::default();
    let is_cut = |history: &History, text| choices(text, Lang::En, Some(history)).is_cut;
    for nth in 0..MAX_CHOICES {
        history.apply(&sent(&format!("user{nth}"), "bob", 0));
    }
    assert!(!is_cut(&history, "from:") && !is_cut(&history, "from:user"));
    history.apply(&sent("user", "bob", 0));
    assert!(is_cut(&history, "from:") && is_cut(&history, "from:user"));
    assert!(!is_cut(&history, "from:user1"));
    for nth in 0..COMPARED - MAX_CHOICES {
        history.apply(&sent(&format!("other{nth}"), "bob", 0));
    }
    assert!(is_cut(&history, "from:user1"), "names that were not compared");
}
