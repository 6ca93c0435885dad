//! The listener over real sockets: requests, answers, deliveries.

mod ends;
mod strangers;
mod unreadable;

use imscope::callback::Verdict;
use imscope::callback::json;
use imscope::callback::signature::Token;
use imscope::edge::listen::ListenerConfig;
use imscope_test_support::OK;
use imscope_test_support::http::post;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::harness::{NOW, Scope, setup};

/// The signature of the token `xxxxyyyy` three seconds before [`NOW`].
const SIGN: &str = "17773bc39a671d7b9aa835458704d2a6db81360a5940292b587d6d760d484061";

#[test]
fn one_connection_carries_many_calls() {
    let mut scope = Scope::start(setup());
    let mut client = scope.connect();
    let own = client.0.local_addr().unwrap().to_string();
    for seq in 1..=50 {
        client.ask(post("/", "", format!("{{\"n\":{seq}}}").as_bytes())).assert_ok();
        let delivery = scope.take();
        assert_eq!((delivery.seq.0, &*delivery.peer, delivery.at), (seq, own.as_str(), NOW));
        assert_eq!((delivery.answer.status, &*delivery.answer.body), (200, OK.as_bytes()));
    }
}

#[test]
fn calls_sent_ahead_are_answered_in_order() {
    let mut scope = Scope::start(setup());
    let mut client = scope.connect();
    let bodies = ["{\"n\":1}", "{broken", "{\"n\":3}"];
    client.send(bodies.map(|it| post("/", "", it.as_bytes())).concat());
    client.answer().assert_ok();
    assert!(client.answer().info().contains("not JSON"));
    client.answer().assert_ok();
    for body in bodies {
        assert_eq!(*scope.take().body, *body.as_bytes());
    }
}

#[test]
fn chunks_become_one_body_and_broken_ones_are_refused() {
    let mut scope = Scope::start(setup());
    let head = "POST / HTTP/1.1\r\nHost: im\r\nTransfer-Encoding: chunked\r\n\r\n";
    let mut client = scope.connect();
    client.ask(format!("{head}3\r\n{{\"a\r\n4\r\n\":1}}\r\n0\r\n\r\n")).assert_ok();
    assert_eq!(*scope.take().body, *b"{\"a\":1}");
    let answer = client.ask(format!("{head}2\r\n{{}}\r\nnonsense\r\n"));
    assert_eq!(answer.status, 400);
    assert!(answer.info().contains("chunks"), "{}", answer.body);
    let delivery = scope.take();
    assert_eq!((&*delivery.body, delivery.answer.trouble.len()), (&b"{}"[..], 1));
}

#[test]
fn expect_100_continue_is_answered_before_the_body() {
    let scope = Scope::start(setup());
    let mut client = scope.connect();
    client.send("POST / HTTP/1.1\r\nHost: im\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
    assert_eq!(client.head(), "HTTP/1.1 100 Continue\r\n\r\n");
    client.ask("{}").assert_ok();
}

#[test]
fn any_path_any_type_any_order_of_names_and_no_body_are_fine() {
    let mut scope = Scope::start(setup());
    let mut client = scope.connect();
    let targets = ["/", "/a/b?contenttype=json&CALLBACKCOMMAND=x&sdkappid=1", "/?", "/回调?q=小"];
    for target in targets {
        client.ask(post(target, "Content-Type: text/html\r\n", b"")).assert_ok();
        assert_eq!(&*scope.take().target, target);
    }
    client.ask("POST / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").assert_ok();
    client.ask("POST http://im/x?y=1 HTTP/1.1\r\nHost: im\r\n\r\n").assert_ok();
    scope.take();
    assert_eq!(&*scope.take().target, "http://im/x?y=1");
}

#[test]
fn invalid_json_is_refused_with_its_position_and_still_delivered() {
    let mut scope = Scope::start(setup());
    let cases: [(&[u8], &str, &str); 4] = [
        (b"{\"a\":1,}", "", "a comma with nothing after it at line 1 column 8"),
        (b"{\n// x\n}", "", "line 2 column 1"),
        (b"{\"a\":\"\xff\"}", "", "not UTF-8: byte 0xff at line 1 column 7"),
        (b"\x1f\x8b\x08", "Content-Encoding: gzip\r\n", "the body is compressed (gzip)"),
    ];
    for (body, headers, place) in cases {
        let answer = scope.ask(post("/", headers, body));
        assert_eq!(answer.status, 200);
        assert!(answer.info().contains(place), "{}", answer.body);
        let delivery = scope.take();
        assert_eq!((&*delivery.body, &*delivery.answer.body), (body, answer.body.as_bytes()));
    }
}

#[test]
fn a_body_over_the_limit_is_refused_and_its_beginning_kept() {
    let mut scope = Scope::start(setup());
    scope.ask(post("/", "", &vec![b'7'; 4096])).assert_ok();
    assert_eq!(scope.take().body.len(), 4096);
    let reason = "the body is longer than 4096 bytes";
    for size in [4097, 3_000_000] {
        let answer = scope.ask(post("/", "", &vec![b'7'; size]));
        assert_eq!((answer.status, answer.info().as_str()), (413, reason));
        let delivery = scope.take();
        assert_eq!((delivery.body.len(), delivery.answer.status), (4096, 413));
        assert_eq!(delivery.answer.trouble, [reason]);
    }
}

#[test]
fn a_get_or_head_is_answered_even_without_a_signature() {
    let mut scope = Scope::start(ListenerConfig { token: Token::new("xxxxyyyy"), ..setup() });
    let mut client = scope.connect();
    let answer = client.ask("GET /favicon.ico HTTP/1.1\r\nHost: im\r\n\r\n");
    assert_eq!(answer.status, 200);
    assert!(answer.body.starts_with("imscope is listening") && answer.body.ends_with('\n'));
    assert!(answer.head.contains("content-type: text/plain"), "{}", answer.head);
    client.send("HEAD / HTTP/1.1\r\nHost: im\r\n\r\n");
    assert!(client.head().starts_with("HTTP/1.1 200 OK\r\n"));
    for method in ["GET", "HEAD"] {
        let delivery = scope.take();
        assert_eq!((&*delivery.method, delivery.signature), (method, Verdict::Unchecked));
    }
}

#[test]
fn other_methods_are_refused_with_the_allowed_ones() {
    let mut scope = Scope::start(setup());
    let mut client = scope.connect();
    for method in ["PUT", "DELETE", "OPTIONS", "BREW"] {
        let answer = client.ask(format!("{method} / HTTP/1.1\r\nHost: im\r\n\r\n"));
        assert_eq!(answer.status, 405);
        assert!(answer.head.contains("allow: POST, GET, HEAD\r\n"), "{}", answer.head);
        assert!(answer.info().contains(method), "{}", answer.body);
        assert_eq!(scope.take().method, method);
    }
}

#[test]
fn with_a_token_only_fresh_signatures_get_in() {
    let token = Token::new("xxxxyyyy");
    let mut scope = Scope::start(ListenerConfig { token: token.clone(), ..setup() });
    let signed = format!("/?Sign={SIGN}&RequestTime=1669872112");
    scope.ask(post(&signed, "", b"{}")).assert_ok();
    assert_eq!(scope.take().signature, Verdict::Valid { age: 3 });
    let cases = [
        ("/".to_owned(), Verdict::Absent, "no Sign"),
        (format!("/?Sign={SIGN}"), Verdict::Absent, "no RequestTime"),
        (signed.replace("Sign=17", "Sign=18"), Verdict::Wrong, "does not match"),
    ];
    for (target, verdict, reason) in cases {
        let answer = scope.ask(post(&target, "", b"{}"));
        assert_eq!(answer.status, 403);
        assert!(answer.info().contains(reason), "{}", answer.body);
        let delivery = scope.take();
        assert_eq!((delivery.signature, delivery.answer.status), (verdict, 403));
    }
    let late = ListenerConfig { token, sign_window: Some(2), ..setup() };
    let answer = Scope::start(late).ask(post(&signed, "", b"{}"));
    assert_eq!(answer.status, 403);
    assert!(answer.info().contains("3 s old; check both clocks"), "{}", answer.body);
}

#[test]
fn a_question_about_friends_is_answered_friend_by_friend() {
    let scope = Scope::start(setup());
    let body = br#"{"FriendItem":[{"To_Account":"id1"},{"To_Account":"id2"}]}"#;
    let answer = scope.ask(post("/?CallbackCommand=Sns.CallbackPrevFriendAdd", "", body));
    let json = json::read(answer.body.as_bytes()).unwrap();
    assert_eq!(json.get("ErrorCode").unwrap().raw(), "0");
    let items = json.get("ResultItem").unwrap().items();
    let expected = ["id1", "id2"]
        .map(|it| format!(r#"{{"To_Account":"{it}","ResultCode":0,"ResultInfo":""}}"#));
    assert!(items.iter().map(|it| it.raw()).eq(expected.iter().map(String::as_str)));
}

/// A header's value as it may stand on the wire: no white space at its ends,
/// which is not part of it, and anything but control codes within.
fn value() -> impl Strategy<Value = Vec<u8>> {
    let byte = prop_oneof![4 => 0x21_u8..=0x7e, 1 => 0x80_u8..=0xff];
    let inner = prop_oneof![4 => 0x20_u8..=0x7e, 1 => 0x80_u8..=0xff, 1 => Just(b'\t')];
    prop_oneof![
        1 => Just(Vec::new()),
        9 => (byte.clone(), prop::collection::vec(inner, 0..40), byte)
            .prop_map(|(first, inner, last)| [&[first], &*inner, &[last]].concat()),
    ]
}

#[test]
fn a_delivery_has_the_bytes_of_the_request() {
    let mut scope = Scope::start(setup());
    let mut client = scope.connect();
    let target = "/[a-zA-Z0-9/._~%+:@!$&'()*,;=-]{0,20}(\\?[a-zA-Z0-9/._~%+:@!$&'*,;=?-]{0,40})?";
    let headers = prop::collection::btree_map("x-[a-z0-9_-]{1,12}", value(), 0..8);
    let body = prop::collection::vec(any::<u8>(), 0..3000);
    let pieces = prop::option::of(1_usize..700);
    let calls = (target, headers, body, pieces);
    // The client and the scope are shared by all cases, hence `Fn` with cells.
    let shared = std::cell::RefCell::new((&mut scope, &mut client));
    let mut runner = TestRunner::new(Config { cases: 128, ..Config::default() });
    let checked = runner.run(&calls, |(target, headers, body, pieces)| {
        let (scope, client) = &mut *shared.borrow_mut();
        let mut sent: Vec<(&str, &[u8])> = vec![("host", b"im")];
        sent.extend(headers.iter().map(|(name, value)| (name.as_str(), &**value)));
        let length = body.len().to_string();
        sent.push(match pieces {
            Some(_) => ("transfer-encoding", b"chunked"),
            None => ("content-length", length.as_bytes()),
        });
        let mut request = format!("POST {target} HTTP/1.1\r\n").into_bytes();
        for (name, value) in &sent {
            request.extend([name.as_bytes(), b": ", value, b"\r\n"].concat());
        }
        request.extend(b"\r\n");
        if let Some(size) = pieces {
            for piece in body.chunks(size) {
                request.extend(format!("{:x}\r\n", piece.len()).as_bytes());
                request.extend([piece, b"\r\n"].concat());
            }
            request.extend(b"0\r\n\r\n");
        } else {
            request.extend(&body);
        }
        let answer = client.ask(request);
        let delivery = scope.take();
        prop_assert_eq!(&*delivery.target, target);
        prop_assert_eq!(delivery.headers.iter().collect::<Vec<_>>(), sent);
        prop_assert_eq!(&*delivery.body, body);
        prop_assert_eq!(delivery.answer.status, answer.status);
        prop_assert_eq!(&*delivery.answer.body, answer.body.as_bytes());
        Ok(())
    });
    checked.unwrap();
}
