//! An app that is down, slow, cut off or gives invalid replies: no answer takes
//! longer than the budget, Tencent is answered as it requires, and the failure is
//! reported.

use std::io::Write as _;
use std::net::TcpListener;
use std::sync::{Mutex, mpsc};
use std::time::Duration;

use imscope::callback::AnsweredBy;
use imscope::callback::deadline::ANSWER_BUDGET;
use imscope::callback::trouble::Trouble;
use imscope::edge::clock;
use imscope::edge::listen::ListenerConfig;
use imscope_test_support::OK;
use imscope_test_support::http::{Server, ok, post, response};
use imscope_test_support::program::run;
use tokio::time::Instant;

use crate::forward::{asking, asking_so};
use crate::harness::Scope;

const AFTER: &str = "/?CallbackCommand=C2C.CallbackAfterSendMsg";

/// The troubles of a callback whose app at this URL fails; the answer accepts it.
fn trouble(url: &str) -> Vec<Trouble> {
    let mut scope = Scope::start(asking(url));
    scope.ask(post(AFTER, "", b"{}")).assert_ok();
    let answer = scope.take().answer;
    assert_eq!(
        (answer.status, answer.by, &*answer.body),
        (200, AnsweredBy::Imscope, OK.as_bytes())
    );
    answer.trouble
}

fn assert_trouble(trouble: &[Trouble], wanted: &[&str]) {
    assert_eq!(trouble.len(), wanted.len(), "{trouble:?}");
    for (sentence, wanted) in trouble.iter().zip(wanted) {
        assert!(sentence.sentence().contains(wanted), "{wanted} in {trouble:?}");
    }
}

/// The URL of a port without a listener.
fn unreachable() -> String {
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    format!("http://{free}")
}

#[test]
fn an_app_that_is_down() {
    let url = unreachable();
    let wanted = format!("cannot connect to {url}/: connection refused");
    assert_trouble(&trouble(&url), &[&wanted]);
    let mut scope = Scope::start(asking_so(&url, true));
    let answer = scope.ask(post(AFTER, "", b"{}"));
    assert_eq!(answer.status, 502);
    assert!(answer.info().contains(&wanted), "{}", answer.body);
    assert_eq!(scope.take().answer.by, AnsweredBy::Imscope);
}

#[test]
fn a_slow_app_delays_no_answer_beyond_the_budget() {
    // Never sent to: a receiver waits until the test has ended.
    let (_release, released) = mpsc::channel::<()>();
    let released = Mutex::new(released);
    let app = Server::handling(move |seen, stream| {
        if seen.body == b"{\"slow\":1}" {
            let _ = released.lock().unwrap().recv();
        }
        stream.write_all(&ok()).is_ok()
    });
    for (strict, status) in [(false, 200), (true, 504)] {
        let mut scope =
            Scope::start(ListenerConfig { clock: clock::now, ..asking_so(&app.url(), strict) });
        let began = Instant::now();
        let mut waiting = scope.connect();
        waiting.send(post(AFTER, "", b"{\"slow\":1}"));
        assert_eq!(app.request().body, b"{\"slow\":1}");
        // Others are not held up meanwhile.
        scope.ask(post(AFTER, "", b"{}")).assert_ok();
        assert_eq!(scope.take().answer.by, AnsweredBy::App);
        app.request();
        assert_eq!(waiting.answer().status, status);
        assert!(began.elapsed() >= ANSWER_BUDGET, "{:?}", began.elapsed());
        assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
        let answer = scope.take().answer;
        assert_eq!(
            (answer.status, answer.by, answer.app_reply),
            (status, AnsweredBy::Imscope, None)
        );
        assert_trouble(&answer.trouble, &["the local app did not answer within 1.8 s: too late"]);
        assert!(u128::from(answer.took) >= ANSWER_BUDGET.as_micros(), "{} µs", answer.took);
        if strict {
            return;
        }
    }
}

#[test]
fn an_app_that_stops_in_the_middle() {
    let app = Server::handling(|_, stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"Act").is_ok()
    });
    let mut scope = Scope::start(asking(&app.url()));
    scope.ask(post(AFTER, "", b"{}")).assert_ok();
    let answer = scope.take().answer;
    assert_trouble(
        &answer.trouble,
        &["the local app did not end its answer within 1.8 s: too late"],
    );
    let reply = answer.app_reply.unwrap();
    assert_eq!((reply.status, &*reply.body, reply.complete), (200, &b"{\"Act"[..], false));
}

#[test]
fn an_app_that_is_cut_off() {
    let unanswered = "the local app closed the connection after ";
    for before_the_body in ["", "HTTP/1.1 200 OK\r\nContent-Le"] {
        let app = Server::closing_after(before_the_body);
        assert_trouble(&trouble(&app.url()), &[unanswered]);
        app.request();
        assert_eq!(app.requests(), []);
    }
    let app = Server::closing_after("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"Act");
    let mut scope = Scope::start(asking(&app.url()));
    scope.ask(post(AFTER, "", b"{}")).assert_ok();
    let answer = scope.take().answer;
    assert!(
        answer.trouble[0].sentence().starts_with("the local app's answer 200 broke off after ")
    );
    assert!(answer.trouble[0].sentence().ends_with(" and 5 bytes"), "{:?}", answer.trouble);
    assert_eq!(answer.app_reply.unwrap().body, b"{\"Act");
    let strict = Scope::start(asking_so(&app.url(), true)).ask(post(AFTER, "", b"{}"));
    assert_eq!((strict.status, strict.info().contains("broke off")), (502, true));
}

#[test]
fn an_app_that_closes_at_once() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || listener.incoming().for_each(drop));
    for _ in 0..20 {
        assert_trouble(&trouble(&url), &["the local app closed the connection after "]);
    }
}

#[test]
fn an_app_that_is_imscope_itself_is_a_mistake() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let output = run(&["--listen", &free, "--forward", &free]);
    assert_eq!(output.status.code(), Some(1));
    let wanted =
        format!("imscope: --forward http://{free}/ is the address imscope itself listens on\n");
    assert_eq!(String::from_utf8(output.stderr).unwrap(), wanted);
}

#[test]
fn an_app_with_invalid_replies() {
    let lower = r#"{"actionstatus":"fail","ErrorInfo":null,"ErrorCode":0}"#;
    let cases: [(Vec<u8>, &[&str]); 9] = [
        (response(500, "", OK), &["answered 500 after ", "the status is 500"]),
        (response(200, "", "ok"), &["answered 200 after ", "the body \"ok\" is not JSON"]),
        (
            response(404, "", "<h1>\u{1b}[2J"),
            &["answered 404", "404", r#""<h1>\u{1b}[2J" is not JSON"#],
        ),
        (
            response(200, "", lower),
            &["answered 200", "ActionStatus is missing (actionstatus", "ErrorInfo is null"],
        ),
        (
            response(200, "", r#"{"ActionStatus":"fail","ErrorCode":"0"}"#),
            &[
                "answered 200",
                "ActionStatus is \"fail\"",
                "ErrorInfo is missing",
                "ErrorCode is \"0\"",
            ],
        ),
        (
            response(302, "Location: http://x/\r\n", ""),
            &["answered 302", "302", "the body is empty"],
        ),
        (
            response(200, "Content-Encoding: gzip\r\n", b"\x1f\x8b\x08"),
            &["answered 200", "the body is compressed (gzip), but must be JSON"],
        ),
        (
            response(200, &"X-A: 1\r\n".repeat(500), "{}"),
            &["the head of the response has more than 100 headers, or 400 KiB"],
        ),
        (b"SSH-2.0-OpenSSH\r\n\r\n".to_vec(), &["gave no answer: not an HTTP response"]),
    ];
    for (sentence, wanted) in cases {
        assert_trouble(&trouble(&Server::replying(sentence).url()), wanted);
    }
}

#[test]
fn a_redirect_is_kept_with_its_place() {
    let app = Server::replying(response(302, "Location: /im/\r\nX-A: b\r\n", ""));
    let mut scope = Scope::start(asking(&app.url()));
    scope.ask(post(AFTER, "", b"{}")).assert_ok();
    let headers = scope.take().answer.app_reply.unwrap().headers;
    assert_eq!(headers.as_bytes(), b"location: /im/\nx-a: b\n");
    let strict = Scope::start(asking_so(&app.url(), true)).ask(post(AFTER, "", b"{}"));
    assert_eq!(strict.status, 302);
    assert!(strict.head.contains("location: /im/\r\n"), "{}", strict.head);
}

#[test]
fn a_partial_reply_is_kept_and_returned_with_strict() {
    let page = "<h1>Internal Server Error</h1>";
    let app = Server::replying(response(500, "Content-Type: text/html\r\n", page));
    let mut scope = Scope::start(asking(&app.url()));
    scope.ask(post(AFTER, "", b"{}")).assert_ok();
    let reply = scope.take().answer.app_reply.unwrap();
    assert_eq!((reply.status, &*reply.content_type, reply.complete), (500, "text/html", true));
    assert_eq!(reply.body, page.as_bytes());
    let mut scope = Scope::start(asking_so(&app.url(), true));
    let mut client = scope.connect();
    for _ in 0..2 {
        let answer = client.ask(post(AFTER, "", b"{}"));
        assert_eq!((answer.status, answer.body.as_str()), (500, page));
        assert!(answer.head.contains("content-type: text/html\r\n"), "{}", answer.head);
        let answer = scope.take().answer;
        assert_eq!((answer.by, answer.trouble.len(), answer.app_reply), (AnsweredBy::App, 3, None));
    }
}

#[test]
fn a_huge_reply_is_read_to_its_limit_and_kept_in_part() {
    let app = Server::replying(response(200, "", vec![b' '; 5 << 20]));
    let mut scope = Scope::start(asking(&app.url()));
    scope.ask(post(AFTER, "", b"{}")).assert_ok();
    let answer = scope.take().answer;
    assert_trouble(&answer.trouble, &["the local app's answer 200 is longer than 1048576 bytes"]);
    let reply = answer.app_reply.unwrap();
    assert_eq!((reply.body.len(), reply.complete), (65_536, false));
}

#[test]
fn a_question_about_friends_is_still_answered_friend_by_friend() {
    let app = Server::replying(ok());
    let mut scope = Scope::start(asking(&app.url()));
    let body = br#"{"FriendItem":[{"To_Account":"id1"}]}"#;
    let answer = scope.ask(post("/?CallbackCommand=Sns.CallbackPrevFriendAdd", "", body));
    assert!(answer.body.contains(r#""To_Account":"id1","ResultCode":0"#), "{}", answer.body);
    assert_trouble(&scope.take().answer.trouble, &["answered 200", "ResultItem is missing"]);
}

#[test]
fn a_broken_body_is_reported_when_the_app_gives_no_answer() {
    let scope = Scope::start(asking(&unreachable()));
    let answer = scope.ask(post(AFTER, "", b"{\"a\":1,}"));
    assert_eq!(answer.status, 200);
    assert!(answer.info().contains("line 1 column 8"), "{}", answer.body);
}
