//! Tests of the simulated callbacks.

use serde_json::Value;

use super::*;
use crate::callback::query;
use crate::callback::signature::{Verdict, check};

const START: Timestamp = Timestamp(1_795_000_000_000_000);

fn simulator(seed: u64) -> Simulator {
    Simulator::new(seed, "1400000000", START, 5.0, Some(Duration::from_secs(20)))
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
    for code in [80001, 80004, 20003, 20007, 20009, 120_001] {
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
fn a_late_message_is_older_than_the_one_before_it_in_its_chat() {
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

#[test]
fn a_message_keeps_the_key_of_its_before_callback() {
    let keys: Vec<_> = bodies()
        .iter()
        .filter(|it| it["MsgBody"][0]["MsgContent"]["Text"] == "may I send this?")
        .map(|it| it["MsgKey"].clone())
        .collect();
    assert_eq!(keys.len(), 2);
    assert_eq!(keys[0], keys[1]);
}

#[test]
fn after_the_script_callbacks_have_the_requested_rate() {
    let steps = Simulator::new(1, "1400000000", START, 1000.0, None).skip(script::SCRIPT.len());
    let took: Duration = steps.take(10_000).map(|it| it.interval).sum();
    assert!((9.0..11.0).contains(&took.as_secs_f64()), "{took:?}");
}
