//! What a story must hold.

use serde_json::Value;

use super::*;
use crate::callback::query;
use crate::callback::signature::{Verdict, check};

const START: Timestamp = Timestamp(1_795_000_000_000_000);

fn story(seed: u64) -> Simulator {
    Simulator::new(seed, "1400000000", START, 5.0, Some(Duration::from_secs(20)))
}

/// The bodies of the first twenty seconds that are JSON.
fn bodies() -> Vec<Value> {
    story(9527).filter_map(|it| serde_json::from_slice(&it.sample.body).ok()).collect()
}

fn has(what: &str, test: impl FnMut(&Value) -> bool) {
    assert!(bodies().iter().any(test), "no {what} within twenty seconds");
}

#[test]
fn the_same_seed_tells_the_same_story() {
    let beats = |seed| story(seed).collect::<Vec<_>>();
    assert_eq!(beats(1), beats(1));
    assert_ne!(beats(1), beats(2));
}

#[test]
fn it_begins_at_once_and_is_dense_but_readable() {
    let beats: Vec<_> = story(9527).collect();
    assert!(beats[0].after < Duration::from_millis(200));
    assert!((60..160).contains(&beats.len()), "{} beats", beats.len());
    assert!(beats.iter().all(|it| it.after < Duration::from_millis(500)));
    let script: Duration = beats.iter().take(script::SCRIPT.len()).map(|it| it.after).sum();
    assert!(script < Duration::from_secs(16), "the script takes {script:?}");
}

#[test]
fn twenty_seconds_hold_every_kind_of_element() {
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
fn twenty_seconds_hold_the_usual_failures_with_their_texts() {
    for code in [80001, 80004, 20003, 20007, 20009, 120_001] {
        has(&code.to_string(), |it| {
            it["SendMsgResult"] == code && it["ErrorInfo"] != "send msg failed"
        });
    }
}

#[test]
fn twenty_seconds_hold_every_kind_of_command() {
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
fn twenty_seconds_hold_everything_that_goes_wrong() {
    let beats: Vec<_> = story(9527).collect();
    assert!(beats.iter().any(|it| it.forge == Forge::WrongSign));
    assert!(beats.iter().any(|it| matches!(it.forge, Forge::Stale(_))));
    assert!(beats.windows(2).any(|it| it[0].sample == it[1].sample), "a duplicate");
    let broken = |it: &&Step| serde_json::from_slice::<Value>(&it.sample.body).is_err();
    assert_eq!(beats.iter().filter(broken).count(), 1, "one broken body");
    let key = |it: &Value| format!("{}_{}_{}", it["MsgSeq"], it["MsgRandom"], it["MsgTime"]);
    has("a wrong key", |it| it["MsgKey"].as_str().is_some_and(|stated| stated != key(it)));
    has("a number as text", |it| it["MsgSeq"].is_string());
}

#[test]
fn a_forged_signature_is_refused_and_the_others_are_not() {
    let token = Token::new("a token").unwrap();
    for beat in story(9527) {
        let target = beat.target("/", Some(&token), START);
        let (_, text) = target.split_once('?').unwrap();
        let expected = match beat.forge {
            Forge::None => Verdict::Valid { age: 0 },
            Forge::WrongSign => Verdict::Wrong,
            Forge::Stale(seconds) => Verdict::Stale { age: i64::from(seconds) },
        };
        let query = query::read(text);
        let (sign, time) = (query.sign.as_deref(), query.request_time.as_deref());
        assert_eq!(check(Some(&token), sign, time, START, Some(60)), expected);
        assert!(!beat.target("/", None, START).contains("Sign="));
    }
}

#[test]
fn a_late_one_is_older_than_what_came_before_in_its_chat() {
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
fn unread_counts_rise_with_each_message_and_fall_with_a_read() {
    let counts: Vec<_> = bodies()
        .iter()
        .filter(|it| it["To_Account"] == "Jonh" || it["Report_Account"] == "Jonh")
        .filter_map(|it| it["UnreadMsgNum"].as_i64())
        .collect();
    assert!(counts.windows(3).any(|it| it[0] + 1 == it[1] && it[1] + 1 == it[2]), "{counts:?}");
    assert!(counts.contains(&0), "{counts:?}");
}

#[test]
fn a_message_that_was_asked_for_keeps_its_key() {
    let keys: Vec<_> = bodies()
        .iter()
        .filter(|it| it["MsgBody"][0]["MsgContent"]["Text"] == "may I send this?")
        .map(|it| it["MsgKey"].clone())
        .collect();
    assert_eq!(keys.len(), 2);
    assert_eq!(keys[0], keys[1]);
}

#[test]
fn after_the_script_it_goes_on_at_the_rate_asked_for() {
    let beats = Simulator::new(1, "1400000000", START, 1000.0, None).skip(script::SCRIPT.len());
    let took: Duration = beats.take(10_000).map(|it| it.after).sum();
    assert!((9.0..11.0).contains(&took.as_secs_f64()), "{took:?}");
}
