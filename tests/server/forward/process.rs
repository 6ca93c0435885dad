//! A local app that is a process: it is killed, started again, and closes its
//! connections.

use std::collections::HashSet;
use std::io::Write as _;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use imscope::callback::AnsweredBy;
use imscope_test_support::http::{Server, ok, post};
use imscope_test_support::tail::Tail;

use crate::forward::asking;
use crate::harness::Scope;

#[test]
fn a_restarted_app_is_asked_again_and_reported_as_down_meanwhile() {
    // A second imscope answers as an app does.
    let mut app = Tail::start(&[]);
    let address = app.address.to_string();
    let mut scope = Scope::start(asking(&format!("http://{address}")));
    let mut client = scope.connect();
    let mut ask = || {
        client.ask(post("/", "", b"{}")).assert_ok();
        scope.take().answer
    };
    for _ in 0..3 {
        let answer = ask();
        assert_eq!((answer.by, answer.trouble.len()), (AnsweredBy::App, 0), "{answer:?}");
        app.kill();
        app = Tail::at(&address);
        let answer = ask();
        assert_eq!((answer.by, answer.trouble.len()), (AnsweredBy::App, 0), "{answer:?}");
    }
    app.kill();
    let answer = ask();
    assert_eq!((answer.by, answer.trouble.len()), (AnsweredBy::Imscope, 1));
    assert!(answer.trouble[0].sentence().contains("connection refused"), "{answer:?}");
    let _app = Tail::at(&address);
    assert_eq!(ask().by, AnsweredBy::App);
}

#[test]
fn a_callback_that_the_app_left_unanswered_on_a_kept_connection_is_sent_once() {
    let calls = AtomicUsize::new(0);
    // It answers every other request, and closes the connection on the next one.
    let app = Server::handling(move |_, stream| {
        calls.fetch_add(1, Ordering::Relaxed).is_multiple_of(2) && stream.write_all(&ok()).is_ok()
    });
    let mut scope = Scope::start(asking(&app.url()));
    for nth in 0..6 {
        let body = format!("{{\"nth\":{nth}}}");
        scope.ask(post("/", "", body.as_bytes())).assert_ok();
        let answer = scope.take().answer;
        assert_eq!(app.request().text(), body);
        assert_eq!(app.requests(), [], "sent once");
        if nth % 2 == 0 {
            assert_eq!((answer.by, answer.trouble.len()), (AnsweredBy::App, 0), "{answer:?}");
            continue;
        }
        assert_eq!((answer.by, answer.trouble.len()), (AnsweredBy::Imscope, 1), "{answer:?}");
        let trouble = answer.trouble[0].sentence();
        assert!(trouble.starts_with("the local app closed the connection after "), "{trouble}");
        assert!(trouble.ends_with(", unanswered"), "{trouble}");
    }
}

#[test]
fn an_app_that_closes_a_kept_connection_unanswered_gets_one_for_each_callback() {
    // It answers the first request of each connection, and none after that.
    let answered = Mutex::new(HashSet::new());
    let app = Server::handling(move |_, stream| {
        let is_first = answered.lock().unwrap().insert(stream.peer_addr().unwrap());
        is_first && stream.write_all(&ok()).is_ok()
    });
    let mut scope = Scope::start(asking(&app.url()));
    let mut troubles = Vec::new();
    for _ in 0..5 {
        scope.ask(post("/", "", b"{}")).assert_ok();
        troubles.push(scope.take().answer.trouble.len());
    }
    assert_eq!(troubles, [0, 1, 0, 0, 0]);
}
