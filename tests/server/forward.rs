//! Callbacks forwarded to a local app: what it receives, what is returned, and the
//! answer to Tencent when the app fails.

mod again;
mod denying;
mod refusing;
mod failing;
mod once;
mod process;
mod secure;

use std::cell::RefCell;
use std::sync::Arc;
use std::time::Duration;

use imscope::answer::mode::{AnswerKind, AnswerMode};
use imscope::callback::signature::Token;
use imscope::callback::{Answer, AnsweredBy, json, path};
use imscope::edge::client_tls::RootCerts;
use imscope::edge::forward::Forwarder;
use imscope::edge::listen::ListenerConfig;
use imscope_test_support::http::{Server, ok, post, response};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use tokio::sync::watch;

use crate::harness::{Scope, setup};

/// A listener that asks the app at this URL.
fn asking(url: &str) -> ListenerConfig {
    asking_so(url, false)
}

fn asking_so(url: &str, strict: bool) -> ListenerConfig {
    let url = url.parse().unwrap();
    let trust = RootCerts::for_url(&url, None).unwrap();
    ListenerConfig { forwarder: Some(Arc::new(Forwarder::new(url, strict, &trust))), ..setup() }
}

#[test]
fn the_app_gets_the_callback_and_its_reply_goes_back() {
    let body = "{ \"ActionStatus\" : \"OK\", \"ErrorInfo\":\"小\",\"ErrorCode\":0 }\n";
    let app = Server::replying(response(
        200,
        "Content-Type: text/json; charset=utf-8\r\nX-A: \u{e9}\r\nX-A: c\r\n\
         Connection: x-hop\r\nX-Hop: 1\r\n",
        body,
    ));
    let mut scope = Scope::start(asking(&format!("{}/api/", app.url())));
    let target = "/im?SdkAppid=1&CallbackCommand=C2C.CallbackAfterSendMsg&x=%2f";
    let headers = "User-Agent: Tencent\r\nX-Raw: \u{e9}\r\nConnection: x-hop\r\nX-Hop: 1\r\n";
    let mut client = scope.connect();
    let own = client.0.local_addr().unwrap().ip().to_string();
    let answer = client.ask(post(target, headers, b"{\"a\" : 1}\r\n"));
    assert_eq!((answer.status, answer.body.as_str()), (200, body));
    assert!(answer.head.contains("content-type: text/json; charset=utf-8\r\n"), "{}", answer.head);
    assert!(answer.head.contains("x-a: \u{e9}\r\nx-a: c\r\n"), "{}", answer.head);
    assert!(!answer.head.contains("x-hop"), "of the connection: {}", answer.head);
    let seen = app.request();
    assert_eq!((&*seen.method, &*seen.target), ("POST", &*format!("/api{target}")));
    assert_eq!(seen.body, b"{\"a\" : 1}\r\n");
    assert_eq!(seen.header("host"), Some(app.address.to_string().as_bytes()));
    assert_eq!(seen.header("x-forwarded-host"), Some(&b"im"[..]));
    assert_eq!(seen.header("x-forwarded-for"), Some(own.as_bytes()));
    assert_eq!(seen.header("user-agent"), Some(&b"Tencent"[..]));
    assert_eq!(seen.header("x-raw"), Some("\u{e9}".as_bytes()));
    assert_eq!((seen.header("x-hop"), seen.header("connection")), (None, None));
    let delivery = scope.take();
    assert_eq!((delivery.answer.by, &*delivery.answer.body), (AnsweredBy::App, body.as_bytes()));
    assert_eq!(delivery.answer.content_type.as_deref(), Some("text/json; charset=utf-8"));
    assert_eq!(delivery.answer.headers.get("x-a"), Some("\u{e9}".as_bytes()));
    assert!(delivery.answer.trouble.is_empty() && delivery.answer.app_reply.is_none());
}

#[test]
fn many_calls_go_over_one_connection() {
    let app = Server::replying(ok());
    let scope = Scope::start(asking(&app.url()));
    for _ in 0..20 {
        // Tencent may open a new one each time; the way to the app is kept.
        scope.ask(post("/", "", b"{}")).assert_ok();
        assert_eq!(app.request().connection, 0);
    }
}

#[test]
fn a_before_command_is_decided_by_the_app() {
    let no = r#"{"ActionStatus":"OK","ErrorInfo":"rude","ErrorCode":120001}"#;
    let app = Server::replying(response(200, "", no));
    let mut scope = Scope::start(asking(&app.url()));
    let answer = scope.ask(post("/?CallbackCommand=C2C.CallbackBeforeSendMsg", "", b"{}"));
    assert_eq!((answer.status, answer.body.as_str()), (200, no));
    assert!(!answer.head.contains("content-type"), "the app gave none: {}", answer.head);
    assert_eq!(scope.take().answer.trouble, [""; 0]);
    // The word may stand in the body only; an after-command cannot deny.
    let in_body = br#"{"CallbackCommand":"C2C.CallbackBeforeSendMsg"}"#;
    assert_eq!(scope.ask(post("/", "", in_body)).body, no);
    scope.ask(post("/?CallbackCommand=C2C.CallbackAfterSendMsg", "", b"{}")).assert_ok();
}

#[test]
fn a_denial_with_mistakes_is_passed_on_as_documented() {
    let failed = r#"{"ActionStatus":"FAIL","ErrorInfo":"rude","ErrorCode":"1"}"#;
    let app = Server::replying(response(500, "", failed));
    for strict in [false, true] {
        let mut scope = Scope::start(asking_so(&app.url(), strict));
        let answer = scope.ask(post("/?CallbackCommand=C2C.CallbackBeforeSendMsg", "", b"{}"));
        let expected = r#"{"ActionStatus":"OK","ErrorInfo":"rude","ErrorCode":1}"#;
        assert_eq!((answer.status, answer.body.as_str()), (200, expected));
        let Answer { by, app_reply, trouble, .. } = scope.take().answer;
        let reply = app_reply.unwrap();
        assert_eq!((by, reply.status, &*reply.body), (AnsweredBy::App, 500, failed.as_bytes()));
        assert_eq!(trouble[1], "the status is 500, but must be 200");
    }
}

#[test]
fn a_broken_body_reaches_the_app_as_it_is() {
    let app = Server::replying(ok());
    let scope = Scope::start(asking(&app.url()));
    scope.ask(post("/", "", b"{\"a\":\xff")).assert_ok();
    assert_eq!(app.request().body, b"{\"a\":\xff");
}

#[test]
fn only_callbacks_reach_the_app() {
    let app = Server::replying(response(500, "", ""));
    let mut scope =
        Scope::start(ListenerConfig { token: Token::new("xxxxyyyy"), ..asking(&app.url()) });
    assert_eq!(scope.ask(post("/?Sign=1&RequestTime=1669872112", "", b"{}")).status, 403);
    assert_eq!(scope.ask("GET / HTTP/1.1\r\nHost: im\r\n\r\n").status, 200);
    let mut scope_without_token = Scope::start(asking(&app.url()));
    assert_eq!(scope_without_token.ask("PUT / HTTP/1.1\r\nHost: im\r\n\r\n").status, 405);
    assert_eq!(scope_without_token.ask(post("/", "", &[b'7'; 5000])).status, 413);
    for delivery in [scope.take(), scope.take(), scope_without_token.take()] {
        assert_eq!(delivery.answer.by, AnsweredBy::Imscope);
    }
    assert_eq!(app.requests(), []);
}

#[test]
fn an_answer_mode_overrides_the_app() {
    let app = Server::replying(ok());
    let fail = AnswerMode { kind: AnswerKind::Fail("closed".to_owned()), delay: Duration::ZERO };
    let setup =
        ListenerConfig { switchboard: watch::Sender::new(fail.into()), ..asking(&app.url()) };
    let switchboard = setup.switchboard.clone();
    let scope = Scope::start(setup);
    assert_eq!(scope.ask(post("/", "", b"{}")).info(), "closed");
    assert_eq!(app.requests(), []);
    switchboard.send_replace(AnswerMode::default().into());
    scope.ask(post("/", "", b"{}")).assert_ok();
    app.request();
}

#[test]
fn bytes_pass_unchanged_both_ways() {
    let answer = Arc::new(std::sync::Mutex::new(Vec::new()));
    let replies = answer.clone();
    let app = Server::handling(move |_, stream| {
        std::io::Write::write_all(stream, &replies.lock().unwrap()).is_ok()
    });
    let mut scope = Scope::start(asking_so(&app.url(), true));
    let shared = RefCell::new(&mut scope);
    let target = "/[a-zA-Z0-9/._~%+:@!$&'()*,;=-]{0,20}(\\?[a-zA-Z0-9/._~%+:@!$&'*,;=?-]{0,40})?"
        .prop_filter("a path that is forwarded", |it| {
            !path::is_unsafe(it.split('?').next().unwrap_or_default())
        });
    let bytes = || prop::collection::vec(any::<u8>(), 0..3000);
    let good = "[ -~小]{0,40}".prop_map(|info| {
        let info = serde_json::Value::from(info);
        format!(r#"{{"ErrorCode":0 ,"ErrorInfo":{info}, "ActionStatus":"OK"}}"#).into_bytes()
    });
    // Strict passes everything, so that any bytes come back.
    let calls = (target, bytes(), prop_oneof![bytes(), good]);
    let mut runner = TestRunner::new(Config { cases: 96, ..Config::default() });
    let checked = runner.run(&calls, |(target, body, back)| {
        let scope = &mut **shared.borrow_mut();
        *answer.lock().unwrap() = response(200, "", &back);
        let mut client = scope.connect();
        client.send(post(&target, "", &body));
        let head = client.head();
        prop_assert!(head.starts_with("HTTP/1.1 200 "), "{}", head);
        let mut received = vec![0; back.len()];
        std::io::Read::read_exact(&mut client.0, &mut received).unwrap();
        prop_assert_eq!(&received, &back);
        let seen = app.request();
        prop_assert_eq!((seen.method, seen.target), ("POST".to_owned(), target));
        prop_assert_eq!(seen.body, body);
        let delivery = scope.take();
        // What is kept has no secrets, and any text may look like one: `//:@`.
        let kept = &*delivery.answer.body;
        prop_assert!(kept == back || kept.windows(3).any(|it| it == b"***"), "{:?}", back);
        prop_assert_eq!(
            delivery.answer.trouble.is_empty(),
            json::read(&back).is_ok_and(|it| it.get("ErrorCode").is_some())
        );
        Ok(())
    });
    checked.unwrap();
}
