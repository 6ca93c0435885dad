//! Tests of the format of generated callbacks.

use std::time::Duration;

use super::super::signature::{Verdict, check};
use super::event::Presence;
use super::*;
use crate::callback::command;
use crate::callback::{Delivery, Lang, decode};

const NOW: Timestamp = Timestamp(1_557_481_126_500_000);

fn body(sample: &Sample) -> Value {
    serde_json::from_slice(&sample.body).unwrap()
}

fn text(sample: &Sample) -> &str {
    std::str::from_utf8(&sample.body).unwrap()
}

#[test]
fn a_sent_message_has_the_format_of_tencent() {
    let mut maker = Maker::new(1, "1400000000");
    let mut message = maker.message("jared", "Jonh", NOW, vec![element::text("红包 🧧")]);
    (message.seq, message.random, message.client) = (48374, 2_837_546, 144_115_233_406_643_804);
    message.cloud = Some("your cloud custom data".to_owned());
    let sample = maker.sent(&message, &Outcome::sent(7));
    assert_eq!(
        text(&sample),
        concat!(
            r#"{"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"红包 🧧"}}],"#,
            r#""CallbackCommand":"C2C.CallbackAfterSendMsg","#,
            r#""From_Account":"jared","To_Account":"Jonh","MsgSeq":48374,"MsgRandom":2837546,"#,
            r#""MsgTime":1557481126,"MsgKey":"48374_2837546_1557481126","#,
            r#""MsgId":"144115233406643804-1557481126-2837546","OnlineOnlyFlag":0,"#,
            r#""SendMsgResult":0,"ErrorInfo":"send msg succeed","UnreadMsgNum":7,"#,
            r#""CloudCustomData":"your cloud custom data"}"#,
        )
    );
    assert!(sample.query.starts_with("CallbackCommand=C2C.CallbackAfterSendMsg&ClientIP="));
    assert!(sample.query.ends_with("&SdkAppid=1400000000&contenttype=json"));
}

#[test]
fn samples_depend_on_the_seed_only() {
    let make = |seed| {
        let mut maker = Maker::new(seed, "1400000000");
        let all = Shape::ALL.iter().map(|it| {
            let body = maker.body(*it, None);
            let message = maker.message("alice", "小明", NOW, body);
            maker.sent(&message, &Outcome::sent(1))
        });
        all.collect::<Vec<_>>()
    };
    assert_eq!(make(3), make(3));
    assert_ne!(make(3), make(4));
}

#[test]
fn every_shape_has_its_element() {
    let mut maker = Maker::new(1, "1400000000");
    let words: Vec<String> = Shape::ALL
        .iter()
        .map(|it| {
            let elements = maker.body(*it, None);
            elements.iter().map(|it| it["MsgType"].as_str().unwrap()).collect::<Vec<_>>().join("+")
        })
        .collect();
    assert_eq!(
        words.join(" "),
        "TIMTextElem TIMFaceElem TIMLocationElem TIMCustomElem TIMSoundElem TIMImageElem \
         TIMFileElem TIMVideoFileElem TIMRelayElem TIMTextElem+TIMImageElem+TIMFaceElem+TIMCustomElem"
    );
}

#[test]
fn a_custom_element_holds_json_in_a_string_in_a_string() {
    let custom = &Maker::new(1, "1").body(Shape::Custom, None)[0];
    let data: Value = serde_json::from_str(custom["MsgContent"]["Data"].as_str().unwrap()).unwrap();
    let inner: Value = serde_json::from_str(data["data"].as_str().unwrap()).unwrap();
    assert_eq!(inner["sku"], "A-17");
}

#[test]
fn group_bodies_are_alphabetical_at_every_depth() {
    let mut maker = Maker::new(1, "1400000000");
    let message = maker.message("jared", "@TGS#1", NOW, vec![element::text("hi")]);
    let sample = maker.group_sent(&message, NOW);
    assert!(text(&sample).contains(r#"[{"MsgContent":{"Text":"hi"},"MsgType":"TIMTextElem"}]"#));
    let fields = body(&sample);
    let keys: Vec<_> = fields.as_object().unwrap().keys().collect();
    assert!(keys.is_sorted(), "{keys:?}");
}

#[test]
fn a_failure_has_code_and_text_and_no_unread_count() {
    let mut maker = Maker::new(1, "1400000000");
    let message = maker.message("mallory", "bob", NOW, vec![element::text("…")]);
    let body = body(&maker.sent(&message, &Outcome::failed(80001)));
    assert_eq!(body["SendMsgResult"], 80001);
    assert_eq!(body["UnreadMsgNum"], -1);
    assert_eq!(body["ErrorInfo"], "the message contains dirty words");
}

#[test]
fn the_command_of_a_batch_is_in_the_query_only() {
    let mut maker = Maker::new(1, "1400000000");
    let message = maker.message("alice", "bob", NOW, vec![element::text("hi")]);
    let sample = maker.push(&[(&message, 0), (&message, 23)], NOW);
    assert_eq!(body(&sample)["CallbackCommand"], Value::Null);
    assert_eq!(body(&sample)["Events"].as_array().unwrap().len(), 2);
    assert_eq!(query::read(&sample.query).command.as_deref(), Some("Push.OfflinePush"));
}

#[test]
fn every_command_word_is_in_body_and_query() {
    let mut maker = Maker::new(1, "1400000000");
    let message = maker.message("alice", "bob", NOW, vec![element::text("hi")]);
    let words = [
        "C2C.CallbackAfterSendMsg",
        "C2C.CallbackBeforeSendMsg",
        "C2C.CallbackAfterMsgReport",
        "C2C.CallbackAfterMsgWithDraw",
        "C2C.CallbackAfterModifyMsg",
        "Group.CallbackBeforeSendMsg",
        "Group.CallbackAfterNewMemberJoin",
        "Sns.CallbackPrevFriendAdd",
        "Sns.CallbackFriendAdd",
        "Follow.CallbackAfterFollowAdd",
        "Alert.RequestOverLimit",
        "Bot.OnGroupMessage",
        "Some.Unknown word&more",
    ];
    for word in words {
        let sample = maker.of_word(word, &message, &Outcome::sent(1));
        assert_eq!(body(&sample)["CallbackCommand"], word);
        assert_eq!(query::read(&sample.query).command.as_deref(), Some(word));
    }
    assert_eq!(body(&maker.state("bob", Presence::Login, NOW))["Info"]["Action"], "Login");
}

#[test]
fn a_signed_target_passes_the_check_and_keeps_the_query_of_the_path() {
    let token = Token::new("xxxxyyyy").unwrap();
    let mut maker = Maker::new(1, "1400000000");
    let message = maker.message("alice", "bob", NOW, vec![]);
    let target = maker.before(&message).target("/im?tenant=7", Some((&token, NOW)));
    let (path, rest) = target.split_once('?').unwrap();
    assert_eq!(path, "/im");
    assert!(rest.starts_with("tenant=7&CallbackCommand="));
    let query = query::read(rest);
    let (sign, time) = (query.sign.as_deref(), query.request_time.as_deref());
    let verdict = check(Some(&token), sign, time, NOW.plus(Duration::from_secs(2)), Some(60));
    assert_eq!(verdict, Verdict::Valid { age: 2 });
    assert_eq!(maker.before(&message).target("/", None).matches("Sign").count(), 0);
}

#[test]
fn a_sample_of_each_command_is_not_odd() {
    let mut odd = Vec::new();
    for command in command::TABLE {
        let mut maker = Maker::new(1, "1400000000");
        let to = event::recipient(command.word);
        let message = maker.message("jared", to, NOW, vec![element::text("hi")]);
        let outcome = Outcome::sent(1);
        let sample = maker.of_word(command.word, &message, &outcome);
        let delivery = Delivery {
            method: "POST".into(),
            target: sample.target("/", None).into(),
            body: sample.body.into(),
            at: NOW,
            ..Delivery::default()
        };
        let callback = decode(&delivery);
        let oddities = callback.oddities.iter().map(|it| it.sentence(Lang::En));
        odd.extend(oddities.map(|it| format!("{}: {it}", command.word)));
    }
    assert_eq!(odd, [""; 0], "{}", odd.join("\n"));
}
