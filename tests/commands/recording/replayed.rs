//! `imscope replay`: what was recorded comes again as it was.

use std::fs;
use std::io::Write as _;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use imscope::answer::mode::{AnswerKind, AnswerMode};
use imscope::callback::signature::{Token, Verdict};
use imscope::callback::{Answer, Delivery, Headers, Refusal, Timestamp, jsonl};
use imscope::edge::config::ListenerConfig;
use imscope::edge::listen::{self, ListenerHandle};
use imscope::edge::queue::{Receiver, queue};
use imscope_test_support::program::imscope;
use imscope_test_support::until;
use rustix::process::{Pid, Signal, kill_process};
use tokio::sync::watch;

/// A listener in this process.
fn scope(setup: ListenerConfig) -> (ListenerHandle, Receiver) {
    let (to_us, deliveries) = queue();
    let listener = listen::bind("127.0.0.1:0").unwrap();
    (listen::spawn(listener, Arc::new(setup), to_us).unwrap(), deliveries)
}

fn taken(deliveries: &mut Receiver) -> Vec<Delivery> {
    let mut taken = Vec::new();
    deliveries.try_recv_many(&mut taken, 100);
    taken
}

fn recording() -> Vec<Delivery> {
    let headers = [("content-type", &b"text/x"[..]), ("x-old", &b"1"[..])];
    let call = Delivery {
        at: Timestamp::from_secs(1_700_000_000),
        method: "POST".into(),
        target: "/im?CallbackCommand=C2C.CallbackAfterSendMsg&Sign=abc&RequestTime=5&SdkAppid=1"
            .into(),
        headers: headers.into_iter().collect::<Headers>(),
        body: Box::from("{\"text\":\"小\"}".as_bytes()),
        signature: Verdict::Valid { age: 1 },
        answer: Answer::ok(1),
        ..Delivery::default()
    };
    let second = Delivery {
        at: call.at.plus(Duration::from_secs(3600)),
        body: Box::from(&b"{ }"[..]),
        ..call.clone()
    };
    let forged =
        Delivery { signature: Verdict::Wrong, refusal: Some(Refusal::Signature), ..call.clone() };
    let cut = Delivery { omitted_bytes: 7, ..call.clone() };
    let look = Delivery { method: "GET".into(), signature: Verdict::Unchecked, ..call.clone() };
    vec![call, forged, cut, look, second]
}

fn replay(
    scope: &ListenerHandle,
    text: &[u8],
    token: Option<&str>,
) -> (Option<i32>, String, String) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("chat.jsonl");
    fs::write(&file, text).unwrap();
    let mut command = imscope();
    command.args(["replay", file.to_str().unwrap(), "--speed", "max", "--to"]);
    command.arg(format!("http://{}", scope.address())).envs(token.map(|it| ("IMSCOPE_TOKEN", it)));
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

fn lines(deliveries: &[Delivery]) -> Vec<u8> {
    let mut out = Vec::new();
    for delivery in deliveries {
        jsonl::encode(delivery, &mut out);
    }
    out
}

#[test]
fn calls_come_again_as_they_were_signed_afresh() {
    let (scope, mut deliveries) =
        scope(ListenerConfig { token: Token::new("secret"), ..ListenerConfig::default() });
    let (status, text, error) = replay(&scope, &lines(&recording()), Some("secret"));
    assert_eq!((status, error.as_str()), (Some(0), ""), "{text}");
    assert!(text.starts_with("2 not sent: refused when recorded, or not callbacks\n1 not sent: only the beginning of the body was kept\n2 sent, 2 answered as Tencent requires, p50 "), "{text}");
    let received = taken(&mut deliveries);
    let bodies: Vec<_> = received.iter().map(|it| &*it.body).collect();
    assert_eq!(bodies, ["{\"text\":\"小\"}".as_bytes(), b"{ }"]);
    for delivery in received {
        assert!(matches!(delivery.signature, Verdict::Valid { .. }), "{delivery:?}");
        assert_eq!(delivery.headers.get("content-type"), Some(&b"text/x"[..]));
        assert_eq!(delivery.headers.get("x-old"), None);
        let (before, after) = delivery.target.split_once("&Sign=").unwrap();
        assert_eq!(before, "/im?CallbackCommand=C2C.CallbackAfterSendMsg");
        assert!(after.contains("&RequestTime=") && after.ends_with("&SdkAppid=1"), "{after}");
    }
}

#[test]
fn without_a_token_the_rest_of_the_signature_is_left_out() {
    let (scope, mut deliveries) = scope(ListenerConfig::default());
    assert_eq!(replay(&scope, &lines(&recording()[..1]), None).0, Some(0));
    let target = "/im?CallbackCommand=C2C.CallbackAfterSendMsg&SdkAppid=1";
    assert_eq!(&*taken(&mut deliveries)[0].target, target);
}

#[test]
fn refused_callbacks_and_broken_lines_are_reported() {
    let setting = AnswerMode { kind: AnswerKind::Status(500), delay: Duration::ZERO };
    let (scope, _deliveries) = scope(ListenerConfig {
        switchboard: watch::Sender::new(setting.into()),
        ..ListenerConfig::default()
    });
    let good = lines(&recording()[..1]);
    let text = [&good, &b"{}\n"[..], &good, &good[..50]].concat();
    let (status, text, error) = replay(&scope, &text, None);
    assert_eq!((status, error.as_str()), (Some(1), ""));
    let last: Vec<_> = text.lines().rev().take(2).collect();
    assert!(last[1].ends_with("chat.jsonl: line 2 is skipped: neither a recorded line, which has `v`, nor a callback, which has `CallbackCommand`"), "{text}");
    assert!(last[0].starts_with("2 sent, 0 answered as Tencent requires"), "{text}");
    assert_eq!(text.matches("the status is 500, but must be 200").count(), 2);
}

#[test]
fn bare_bodies_are_sent_as_callbacks() {
    let (scope, mut deliveries) = scope(ListenerConfig::default());
    let body = r#"{"CallbackCommand":"C2C.CallbackAfterSendMsg","MsgTime":1795800000}"#;
    assert_eq!(replay(&scope, format!("{body}\n{body}\n").as_bytes(), None).0, Some(0));
    let received = taken(&mut deliveries);
    assert_eq!(received.len(), 2);
    for delivery in received {
        assert_eq!(*delivery.body, *body.as_bytes());
        let target = "/?CallbackCommand=C2C.CallbackAfterSendMsg&contenttype=json";
        assert_eq!(&*delivery.target, target);
    }
}

#[test]
fn an_interrupted_replay_prints_its_summary() {
    let (scope, mut deliveries) = scope(ListenerConfig::default());
    let mut command = imscope();
    command.args(["replay", "-", "--to", &format!("http://{}", scope.address())]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // The pipe stays open, and nothing more comes.
    let mut input = child.stdin.take().unwrap();
    input.write_all(&lines(&recording()[..1])).unwrap();
    let mut received = Vec::new();
    until("it is sent", || deliveries.try_recv_many(&mut received, 1) == 1);
    kill_process(Pid::from_child(&child), Signal::INT).unwrap();
    let output = child.wait_with_output().unwrap();
    drop(input);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.starts_with("1 sent, 1 answered") || text.starts_with("0 sent, "), "{text}");
    assert_eq!(output.status.code(), Some(130));
}

#[test]
fn an_empty_recording_is_nothing_to_replay() {
    let (scope, _deliveries) = scope(ListenerConfig::default());
    let (status, _, error) = replay(&scope, b"", None);
    assert_eq!(status, Some(1));
    assert!(error.starts_with("imscope: no callbacks in "), "{error}");
}
