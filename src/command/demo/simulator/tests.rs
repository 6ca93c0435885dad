//! Tests of the simulated callbacks.

use serde_json::Value;

use super::*;
use crate::answer::problems::problems;
use crate::answer::{Switchboard, rule_answer};
use crate::callback::signature::{Verdict, check};
use crate::callback::{Delivery, decode, query};
use crate::command::demo;
use crate::history::incoming::{Decoded, Incoming};

const START: Timestamp = Timestamp(1_795_000_000_000_000);

/// The callbacks of the first twenty seconds, answered by a switchboard.
fn answered(seed: u64, switchboard: &Switchboard) -> Vec<Step> {
    let mut simulator =
        Simulator::new(seed, "1400000000", START, 5.0, Some(Duration::from_secs(20)));
    let mut steps = Vec::new();
    while let Some(step) = simulator.next() {
        simulator.answered(&answer(&step, switchboard));
        steps.push(step);
    }
    steps
}

fn answer(step: &Step, switchboard: &Switchboard) -> Answer {
    let delivery = Delivery {
        method: "POST".into(),
        target: step.target("/", None, START).into(),
        body: step.sample.body.clone().into(),
        ..Delivery::default()
    };
    let decoded = Decoded::default();
    match switchboard.decide(&Incoming::new(&delivery, &decoded), |_| true) {
        Some(rule) => {
            let word = decode::command_word(&delivery);
            rule_answer::answer(&word, &delivery.body, rule.reply.as_ref().unwrap())
        }
        None => Answer::ok(0),
    }
}

fn simulator(seed: u64) -> impl Iterator<Item = Step> {
    answered(seed, &demo::switchboard().unwrap()).into_iter()
}

/// The bodies of the first twenty seconds that are JSON.
fn bodies() -> Vec<Value> {
    simulator(9527).filter_map(|it| serde_json::from_slice(&it.sample.body).ok()).collect()
}

fn has(what: &str, test: impl FnMut(&Value) -> bool) {
    assert!(bodies().iter().any(test), "no {what} within twenty seconds");
}

#[test]
fn the_same_seed_gives_the_same_callbacks() {
    let steps = |seed| simulator(seed).collect::<Vec<_>>();
    assert_eq!(steps(1), steps(1));
    assert_ne!(steps(1), steps(2));
}

#[test]
fn it_begins_at_once_with_at_least_three_callbacks_per_second() {
    let steps: Vec<_> = simulator(9527).collect();
    assert!(steps[0].interval < Duration::from_millis(200));
    assert!((60..160).contains(&steps.len()), "{} steps", steps.len());
    assert!(steps.iter().all(|it| it.interval < Duration::from_millis(500)));
    let script: Duration = steps.iter().take(script::SCRIPT.len()).map(|it| it.interval).sum();
    assert!(script < Duration::from_secs(16), "the script takes {script:?}");
}

#[test]
fn twenty_seconds_contain_every_type_of_element() {
    let kinds = [
        "TIMTextElem",
        "TIMFaceElem",
        "TIMLocationElem",
        "TIMCustomElem",
        "TIMSoundElem",
        "TIMImageElem",
        "TIMFileElem",
        "TIMVideoFileElem",
        "TIMRelayElem",
    ];
    for kind in kinds {
        has(kind, |it| it["MsgBody"][0]["MsgType"] == kind);
    }
    has("message of several elements", |it| {
        it["MsgBody"].as_array().is_some_and(|it| it.len() > 2)
    });
}

#[test]
fn twenty_seconds_contain_the_common_failures_with_their_texts() {
    for code in [80001, 80004, 20003, 20007, 20009, 20012] {
        has(&code.to_string(), |it| {
            it["SendMsgResult"] == code && it["ErrorInfo"] != "send msg failed"
        });
    }
}

#[test]
fn twenty_seconds_contain_every_kind_of_command() {
    let words = [
        "C2C.CallbackAfterSendMsg",
        "C2C.CallbackBeforeSendMsg",
        "C2C.CallbackAfterMsgReport",
        "C2C.CallbackAfterMsgWithDraw",
        "C2C.CallbackAfterModifyMsg",
        "Group.CallbackAfterSendMsg",
        "State.StateChange",
        "Profile.CallbackPortraitSet",
        "Bot.OnC2CMessage",
        "Meeting.CallbackAfterRaiseHand",
    ];
    for word in words {
        has(word, |it| it["CallbackCommand"] == word);
    }
    has("push batch", |it| it["Events"].as_array().is_some_and(|it| it.len() == 3));
    has("hostile text", |it| it.to_string().contains(r"\u001b[31m"));
    has("online only", |it| it["OnlineOnlyFlag"] == 1);
}

#[test]
fn twenty_seconds_contain_every_kind_of_anomaly() {
    let steps: Vec<_> = simulator(9527).collect();
    assert!(steps.iter().any(|it| it.signing == Signing::WrongToken));
    assert!(steps.iter().any(|it| matches!(it.signing, Signing::Stale(_))));
    assert!(steps.windows(2).any(|it| it[0].sample == it[1].sample), "a duplicate");
    let broken = |it: &&Step| serde_json::from_slice::<Value>(&it.sample.body).is_err();
    assert_eq!(steps.iter().filter(broken).count(), 1, "one broken body");
    let key = |it: &Value| format!("{}_{}_{}", it["MsgSeq"], it["MsgRandom"], it["MsgTime"]);
    has("a wrong key", |it| it["MsgKey"].as_str().is_some_and(|stated| stated != key(it)));
    has("a number as text", |it| it["MsgSeq"].is_string());
}

#[test]
fn only_invalid_signatures_are_refused() {
    let token = Token::new("a token").unwrap();
    for step in simulator(9527) {
        let target = step.target("/", Some(&token), START);
        let (_, text) = target.split_once('?').unwrap();
        let expected = match step.signing {
            Signing::Valid => Verdict::Valid { age: 0 },
            Signing::WrongToken => Verdict::Wrong,
            Signing::Stale(seconds) => Verdict::Stale { age: i64::from(seconds) },
        };
        let query = query::read(text);
        let (sign, time) = (query.sign.as_deref(), query.request_time.as_deref());
        assert_eq!(check(Some(&token), sign, time, START, Some(60)), expected);
        assert!(!step.target("/", None, START).contains("Sign="));
    }
}

#[test]
fn an_older_message_is_older_than_the_one_before_it_in_its_chat() {
    let mut newest = 0;
    let late = bodies().iter().any(|it| {
        let chat = it["From_Account"] == "jared" && it["To_Account"] == "Jonh";
        let time = it["MsgTime"].as_i64().filter(|_| chat).unwrap_or(i64::MAX);
        let late = time < newest;
        newest = if chat { newest.max(time) } else { newest };
        late
    });
    assert!(late);
}

#[test]
fn unread_counts_increase_with_each_message_and_are_reset_by_a_read_report() {
    let counts: Vec<_> = bodies()
        .iter()
        .filter(|it| it["To_Account"] == "Jonh" || it["Report_Account"] == "Jonh")
        .filter_map(|it| it["UnreadMsgNum"].as_i64())
        .collect();
    assert!(counts.windows(3).any(|it| it[0] + 1 == it[1] && it[1] + 1 == it[2]), "{counts:?}");
    assert!(counts.contains(&0), "{counts:?}");
}

/// The texts of the messages with the key of the before-callback of this text: that of
/// the before-callback, and of what was sent.
fn asked_and_sent(text: &str, switchboard: &Switchboard) -> Vec<String> {
    let body = |it: &Step| serde_json::from_slice(&it.sample.body).unwrap_or(Value::Null);
    let bodies: Vec<Value> = answered(9527, switchboard).iter().map(body).collect();
    let text_of = |it: &Value| it["MsgBody"][0]["MsgContent"]["Text"].as_str().map(str::to_owned);
    let is_asked = |it: &&Value| {
        it["CallbackCommand"] == "C2C.CallbackBeforeSendMsg" && text_of(it).as_deref() == Some(text)
    };
    let key = bodies.iter().find(is_asked).unwrap()["MsgKey"].clone();
    let of_message = bodies.iter().filter(|it| it["MsgKey"] == key);
    of_message.map(|it| text_of(it).unwrap()).collect()
}

#[test]
fn what_a_rule_denies_or_drops_is_not_sent_and_what_it_changes_is_sent_changed() {
    let rules = demo::switchboard().unwrap();
    let of = |text| asked_and_sent(text, &rules);
    assert_eq!(of("may I send this?"), ["may I send this?"; 2]);
    assert_eq!(of("加微信领红包，日结 600"), ["加微信领红包，日结 600"]);
    assert_eq!(of("代开发票，加我私聊"), ["代开发票，加我私聊"]);
    assert_eq!(of("call me: 13900139000"), ["call me: 13900139000", "[number removed]"]);
}

#[test]
fn without_rules_each_message_is_sent_as_it_is() {
    for text in ["加微信领红包，日结 600", "代开发票，加我私聊", "call me: 13900139000"]
    {
        assert_eq!(asked_and_sent(text, &Switchboard::default()), [text; 2]);
    }
}

#[test]
fn the_rules_of_the_demo_can_work() {
    let rules = demo::switchboard().unwrap().rules;
    assert!(problems(&rules).is_empty(), "{rules:?}");
}

#[test]
fn after_the_script_callbacks_have_the_requested_rate() {
    let steps = Simulator::new(1, "1400000000", START, 1000.0, None).skip(script::SCRIPT.len());
    let took: Duration = steps.take(10_000).map(|it| it.interval).sum();
    assert!((9.0..11.0).contains(&took.as_secs_f64()), "{took:?}");
}
