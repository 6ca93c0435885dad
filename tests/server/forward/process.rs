//! A local app that is a process: it is killed, started again, and closes its
//! connections.

use std::io::Write as _;
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
    assert!(answer.trouble[0].contains("connection refused"), "{answer:?}");
    let _app = Tail::at(&address);
    assert_eq!(ask().by, AnsweredBy::App);
}

#[test]
fn a_kept_connection_that_closes_under_a_callback_is_no_failure() {
    let calls = AtomicUsize::new(0);
    // Every second callback meets a connection that closes.
    let app = Server::handling(move |_, stream| {
        calls.fetch_add(1, Ordering::Relaxed).is_multiple_of(2) && stream.write_all(&ok()).is_ok()
    });
    let mut scope = Scope::start(asking(&app.url()));
    for _ in 0..5 {
        scope.ask(post("/", "", b"{}")).assert_ok();
        let answer = scope.take().answer;
        assert_eq!((answer.by, answer.trouble.len()), (AnsweredBy::App, 0), "{answer:?}");
    }
}
