//! Answers by rule, over real sockets.

use std::io::{self, Read as _, Write as _};
use std::net::TcpListener;
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use imscope::answer::switchboard::Entry;
use imscope::answer::{AnswerKind, AnswerMode, Rule, Switchboard};
use imscope::callback::signature::Token;
use imscope::callback::{AnsweredBy, Delivery, Refusal, query};
use imscope::edge::client_tls::RootCerts;
use imscope::edge::forward::Forwarder;
use imscope::edge::listen::ListenerConfig;
use imscope_test_support::http::{Response, Server, post, response};
use imscope_test_support::{GUARD, OK};
use tokio::sync::watch;

use crate::harness::{NOW, Scope, setup};

fn rules(texts: &[impl AsRef<str>]) -> Switchboard {
    let rule = |text: &str| Rule::parse(text, &mut |_| Err("no file".to_owned())).unwrap();
    let entry = |text: &str| Entry { rule: Arc::new(rule(text)), is_on: true };
    Switchboard {
        mode: AnswerMode::default(),
        rules: texts.iter().map(|it| entry(it.as_ref())).collect(),
    }
}

fn by(switchboard: Switchboard) -> ListenerConfig {
    ListenerConfig { switchboard: watch::Sender::new(switchboard), ..setup() }
}

fn app(url: &str) -> Arc<Forwarder> {
    let url = url.parse().unwrap();
    let roots = RootCerts::for_url(&url, None).unwrap();
    Arc::new(Forwarder::new(url, false, &roots))
}

/// Sends a "before" callback from a user.
fn ask(scope: &mut Scope, from: &str) -> (Response, Delivery) {
    let body = format!(r#"{{"From_Account":"{from}","MsgBody":[]}}"#);
    let target = "/?SdkAppid=1&CallbackCommand=C2C.CallbackBeforeSendMsg";
    let answer = scope.ask(post(target, "", body.as_bytes()));
    (answer, scope.take())
}

#[test]
fn the_first_rule_that_matches_decides_and_is_kept_with_the_answer() {
    let mut scope = Scope::start(by(rules(&[
        "cmd:before from:mallory => deny 120001 \"no\"",
        "from:mallory => drop",
        "cmd:after => fail",
    ])));
    let (answer, delivery) = ask(&mut scope, "mallory");
    let denied = r#"{"ActionStatus":"OK","ErrorInfo":"no","ErrorCode":120001}"#;
    assert_eq!((answer.status, &*answer.body), (200, denied));
    assert_eq!(delivery.answer.body, answer.body.as_bytes());
    let rule = "cmd:before from:mallory => deny 120001 \"no\"";
    assert_eq!(delivery.answer.rule.as_deref(), Some(rule));
    let (answer, delivery) = ask(&mut scope, "alice");
    answer.assert_ok();
    assert_eq!(delivery.answer.rule, None);
}

#[test]
fn a_rule_with_a_reply_does_not_ask_the_app_and_one_without_does() {
    let denied = r#"{"ActionStatus":"OK","ErrorInfo":"app","ErrorCode":1}"#;
    let server = Server::replying(response(200, "", denied));
    let switchboard = rules(&["from:a => allow", "from:b => delay 1ms"]);
    let config = ListenerConfig { forwarder: Some(app(&server.url())), ..by(switchboard) };
    let mut scope = Scope::start(config);
    ask(&mut scope, "a").0.assert_ok();
    let (answer, delivery) = ask(&mut scope, "b");
    assert_eq!((&*answer.body, delivery.answer.by), (denied, AnsweredBy::App));
    assert_eq!(delivery.answer.rule.as_deref(), Some("from:b => delay 1ms"));
    assert_eq!(ask(&mut scope, "c").0.body, denied);
    assert_eq!(server.requests().len(), 2);
}

#[test]
fn a_rule_forwards_to_an_app_of_its_own_whose_denial_stands() {
    let groups = Server::replying(response(500, "", r#"{"ActionStatus":"FAIL","ErrorCode":1}"#));
    let rule = format!("from:a => forward {}/im", groups.url());
    let mut scope = Scope::start(by(rules(&[&rule])));
    let (answer, delivery) = ask(&mut scope, "a");
    assert!(answer.body.contains(r#""ErrorCode":1"#), "{}", answer.body);
    assert_eq!(answer.status, 200);
    assert_eq!(delivery.answer.rule.as_deref(), Some(&*rule));
    assert!(groups.request().target.starts_with("/im"));
    ask(&mut scope, "b").0.assert_ok();
    assert_eq!(groups.requests().len(), 0);
}

#[test]
fn few_idle_connections_are_kept_to_the_app_of_a_rule() {
    const CALLS: usize = 40;
    let app = TcpListener::bind("127.0.0.1:0").unwrap();
    let rule = format!("=> forward http://{}", app.local_addr().unwrap());
    let (sender, closed) = mpsc::channel();
    // Answers none before all are there, so that each has a connection of its own.
    thread::spawn(move || {
        let mut streams: Vec<_> = (0..CALLS).map(|_| app.accept().unwrap().0).collect();
        for stream in &mut streams {
            _ = stream.read(&mut [0; 4096]).unwrap();
            stream.write_all(response(200, "", OK).as_ref()).unwrap();
        }
        for mut stream in streams {
            let sender = sender.clone();
            thread::spawn(move || {
                _ = io::copy(&mut stream, &mut io::sink());
                _ = sender.send(());
            });
        }
    });
    let scope = Scope::start(by(rules(&[&rule])));
    let mut clients: Vec<_> = (0..CALLS).map(|_| scope.connect()).collect();
    for client in &mut clients {
        client.send(post("/", "", b"{}"));
    }
    for client in &mut clients {
        assert_eq!(client.answer().status, 200);
    }
    for _ in 0..CALLS - 8 {
        closed.recv_timeout(GUARD).expect("a closed connection");
    }
}

#[test]
fn a_call_of_a_web_page_does_not_reach_the_app_of_a_rule() {
    let server = Server::replying(response(200, "", "{}"));
    let mut scope = Scope::start(by(rules(&[format!("=> forward {}", server.url())])));
    ask(&mut scope, "a");
    let page = "Origin: http://evil.example\r\nSec-Fetch-Site: cross-site\r\n";
    let answer = scope.ask(post("/", page, b"{}"));
    assert_eq!(answer.status, 403);
    assert_eq!(scope.take().refusal, Some(Refusal::Browser));
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn a_rule_applies_so_many_times() {
    let mut scope = Scope::start(by(rules(&["=> times 2, status 503"])));
    let statuses = [(); 4].map(|()| ask(&mut scope, "a").0.status);
    assert_eq!(statuses, [503, 503, 200, 200]);
}

#[test]
fn a_rule_overrides_the_answer_mode_and_not_the_other_way_round() {
    let mode = AnswerMode { kind: AnswerKind::Status(500), delay: Duration::ZERO };
    let mut scope = Scope::start(by(Switchboard { mode, ..rules(&["from:a => allow"]) }));
    assert_eq!(ask(&mut scope, "a").0.status, 200);
    assert_eq!(ask(&mut scope, "b").0.status, 500);
}

#[test]
fn a_refused_call_and_a_probe_get_no_answer_of_a_rule() {
    let mut scope = Scope::start(by(rules(&["=> status 500"])));
    assert_eq!(scope.ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n").status, 200);
    scope.take();
    assert_eq!(scope.ask("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n").status, 405);
    scope.take();
    assert_eq!(scope.ask(post("/", "", b"{")).status, 500, "broken JSON is answered by rule");
}

#[test]
fn an_answer_later_than_two_seconds_is_trouble() {
    let mut scope = Scope::start(by(rules(&["=> delay 2100ms"])));
    let mut client = scope.connect();
    client.send(post("/", "", b"{}"));
    // It is shown when it arrives, before the delay.
    let trouble = scope.take().answer.trouble;
    assert_eq!(trouble, ["the answer takes 2.1 s, but Tencent waits only 2 s"]);
}

#[test]
fn a_secret_in_the_answer_of_a_rule_is_sent_and_not_kept() {
    let rule = r#"=> reply {"ActionStatus":"OK","ErrorInfo":"tok-1234","ErrorCode":0}"#;
    let token = Token::new("tok-1234");
    let config = ListenerConfig { token: token.clone(), ..by(rules(&[rule])) };
    let mut scope = Scope::start(config);
    let query = query::resign("SdkAppid=1", token.as_ref(), NOW);
    let answer = scope.ask(post(&format!("/?{query}"), "", b"{}"));
    assert!(answer.body.contains(r#""ErrorInfo":"tok-1234""#), "{}", answer.body);
    let kept = scope.take().answer;
    assert!(!String::from_utf8_lossy(&kept.body).contains("tok-1234"), "{kept:?}");
    assert!(!kept.rule.unwrap().contains("tok-1234"));
}
