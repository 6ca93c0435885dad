//! A local app that denies: a process whose replies have many forms, behind rules and
//! switches.

use std::io::Write as _;
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use imscope::answer::switchboard::Entry;
use imscope::answer::{AnswerKind, AnswerMode, Rule, Switchboard};
use imscope::callback::AnsweredBy;
use imscope::callback::decision::{Decision, judge};
use imscope::edge::forward::RuleApps;
use imscope::edge::listen::ListenerConfig;
use imscope_test_support::OK;
use imscope_test_support::http::{Server, post, response};
use imscope_test_support::tail::Tail;
use tokio::sync::watch;

use crate::forward::asking_so;
use crate::harness::Scope;

const WORD: &str = "C2C.CallbackBeforeSendMsg";
const TARGET: &str = "/?SdkAppid=1&CallbackCommand=C2C.CallbackBeforeSendMsg";

/// The rules of the app, a user each: it denies, in a form that is not quite the
/// documented one.
const DENIALS: [(&str, &str, i64); 8] = [
    ("plain", r#"deny 120001 "no""#, 120_001),
    ("fail", r#"fail "no""#, 1),
    ("text", r#"reply {"ActionStatus":"OK","ErrorInfo":"no","ErrorCode":"120001"}"#, 120_001),
    ("unknown", r#"reply {"ActionStatus":"OK","ErrorInfo":"no","ErrorCode":77}"#, 1),
    ("twice", r#"reply {"ActionStatus":"OK","ErrorInfo":"","ErrorCode":2,"ErrorCode":0}"#, 2),
    (
        "nested",
        r#"reply {"data":{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":120002}}"#,
        120_002,
    ),
    ("changed", r#"reply {"ActionStatus":"OK","ErrorInfo":"","ErrorCode":1,"MsgBody":[]}"#, 1),
    ("status", "status 500", 1),
];

/// A process that answers so.
fn app() -> Tail {
    let rules = DENIALS.map(|(user, action, _)| format!("from:{user} => {action}"));
    let options = rules.iter().flat_map(|it| ["--answer", it]);
    Tail::start(&options.collect::<Vec<_>>())
}

fn body(from: &str) -> Vec<u8> {
    format!(r#"{{"From_Account":"{from}","MsgBody":[]}}"#).into_bytes()
}

fn rules(texts: &[&str]) -> Switchboard {
    let rule = |text: &str| Rule::parse(text, &mut |_| Err("no file".to_owned())).unwrap();
    let entry = |text: &&str| Entry { rule: Arc::new(rule(text)), is_on: true };
    Switchboard { mode: AnswerMode::default(), rules: texts.iter().map(entry).collect() }
}

/// Asserts that each denial of the app is one of the listener in front of it.
fn assert_denied(strict: bool, url: &str, switchboard: Switchboard) {
    let config = ListenerConfig {
        switchboard: watch::Sender::new(switchboard),
        rule_apps: Arc::new(RuleApps::new(strict, None)),
        ..asking_so(url, strict)
    };
    let mut scope = Scope::start(config);
    let mut client = scope.connect();
    for (user, _, code) in DENIALS {
        let response = client.ask(post(TARGET, "", &body(user)));
        let answer = scope.take().answer;
        assert_eq!(answer.body, response.body.as_bytes());
        assert_eq!((response.status, answer.by), (200, AnsweredBy::App), "{user}: {answer:?}");
        let judgment = judge(WORD, &body(user), &answer).unwrap();
        assert!(judgment.decision.is_denial(), "{user}: {answer:?}");
        assert_eq!(judgment.code, Some(code), "{user}: {}", response.body);
        assert_eq!(answer.trouble.is_empty(), user == "plain", "{user}: {answer:?}");
    }
}

#[test]
fn what_an_app_denies_in_any_form_is_denied_behind_any_rules() {
    let app = app();
    let url = format!("http://{}", app.address);
    let forward = format!("before => forward {url}");
    let behind = [
        vec![],
        vec!["from:other => allow", "after => allow"],
        vec!["before => delay 1ms"],
        vec!["from:plain => times 1, delay 1ms", "=> chance 50%, delay 1ms"],
        vec![&forward],
    ];
    for strict in [false, true] {
        for texts in &behind {
            assert_denied(strict, &url, rules(texts));
        }
    }
    // Only the app of the rule exists.
    assert_denied(false, "http://127.0.0.1:9", rules(&[&forward]));
}

#[test]
fn a_denial_stays_one_if_all_is_allowed_while_the_app_decides() {
    let (asked, wait_until_asked) = channel();
    let (go_on, wait_to_go_on) = channel();
    let wait_to_go_on = Mutex::new(wait_to_go_on);
    let denied = r#"{"ActionStatus":"FAIL","ErrorInfo":"no","ErrorCode":120001}"#;
    let app = Server::handling(move |_, stream| {
        asked.send(()).unwrap();
        wait_to_go_on.lock().unwrap().recv().unwrap();
        stream.write_all(&response(500, "", denied)).is_ok()
    });
    let hang = AnswerMode { kind: AnswerKind::Hang, delay: Duration::ZERO };
    for (strict, change) in [
        (false, rules(&["=> allow"])),
        (true, rules(&["=> allow"])),
        (false, hang.clone().into()),
        (true, hang.into()),
    ] {
        let switchboard = watch::Sender::new(Switchboard::default());
        let config =
            ListenerConfig { switchboard: switchboard.clone(), ..asking_so(&app.url(), strict) };
        let mut scope = Scope::start(config);
        let mut client = scope.connect();
        client.send(post(TARGET, "", &body("mallory")));
        wait_until_asked.recv().unwrap();
        switchboard.send_replace(change);
        go_on.send(()).unwrap();
        assert!(client.answer().body.contains(r#""ErrorCode":120001"#));
        let judgment = judge(WORD, &body("mallory"), &scope.take().answer).unwrap();
        assert_eq!(judgment.decision, Decision::Denied);
    }
}

#[test]
fn what_may_be_a_denial_reaches_tencent_as_the_app_gave_it() {
    let rejected = r#"{"ActionStatus":"REJECTED","ErrorInfo":"no","ErrorCode":0}"#;
    for (headers, body) in [("Content-Encoding: gzip\r\n", "packed"), ("", rejected)] {
        let app = Server::replying(response(200, headers, body));
        let mut scope = Scope::start(asking_so(&app.url(), false));
        let call = post(TARGET, "Accept-Encoding: gzip\r\n", &self::body("mallory"));
        let response = scope.ask(call);
        assert!(response.head.to_lowercase().contains(&headers.to_lowercase()));
        let answer = scope.take().answer;
        assert_eq!(
            (answer.status, answer.by, &*answer.body),
            (200, AnsweredBy::App, body.as_bytes())
        );
        assert_eq!(response.body, body);
        assert!(!answer.trouble.is_empty());
        let has_encoding = app.request().headers.iter().any(|(name, _)| name == "accept-encoding");
        assert!(!has_encoding);
    }
}

#[test]
fn a_gift_is_refused_where_the_app_gives_no_answer() {
    let target = "/?SdkAppid=1&CallbackCommand=Live.CallbackBeforeSendGift";
    for (app, is_refused) in [
        (Server::closing_after(""), true),
        (Server::replying(response(204, "", "")), true),
        (Server::replying(response(200, "", OK)), false),
    ] {
        let mut scope = Scope::start(asking_so(&app.url(), false));
        let response = scope.ask(post(target, "", b"{}"));
        let judgment = judge("Live.CallbackBeforeSendGift", b"{}", &scope.take().answer).unwrap();
        assert_eq!(judgment.decision.is_denial(), is_refused, "{}", response.body);
    }
}
