//! An app that closes connections at random: each callback reaches it once.

use std::collections::HashMap;
use std::io::Write as _;
use std::thread;

use imscope::callback::AnsweredBy;
use imscope_test_support::http::{Server, ok, post};

use crate::forward::asking;
use crate::harness::{Client, Scope};

/// How many callers there are; each waits for its answer.
const CALLERS: usize = 8;
/// What an app can do with a request, as often as it stands here.
const DOINGS: [Doing; 8] = [
    Doing::Answer,
    Doing::Answer,
    Doing::Answer,
    Doing::Answer,
    Doing::AnswerAndClose,
    Doing::AnswerAndClose,
    Doing::Close,
    Doing::CutOff,
];

#[derive(Debug, Clone, Copy)]
enum Doing {
    Answer,
    AnswerAndClose,
    Close,
    CutOff,
}

/// How many callbacks are sent; `IMSCOPE_FORWARDS` sets another number.
fn calls() -> usize {
    std::env::var("IMSCOPE_FORWARDS").map_or(1000, |it| it.parse().unwrap())
}

fn send_all(mut client: Client, from: usize, count: usize) {
    for nth in from..from + count {
        client
            .ask(post("/?CallbackCommand=C2C.CallbackAfterSendMsg", "", body(nth).as_bytes()))
            .assert_ok();
    }
}

fn body(nth: usize) -> String {
    format!("{{\"nth\":{nth}}}")
}

#[test]
fn a_callback_reaches_an_app_that_closes_at_random_once() {
    let app = Server::handling(|_, stream| match DOINGS[fastrand::usize(..DOINGS.len())] {
        Doing::Answer => stream.write_all(&ok()).is_ok(),
        Doing::AnswerAndClose => stream.write_all(&ok()).is_err(),
        Doing::Close => false,
        Doing::CutOff => stream.write_all(&ok()[..30]).is_err(),
    });
    let each = calls() / CALLERS;
    let mut scope = Scope::start(asking(&app.url()));
    let callers: Vec<_> = (0..CALLERS)
        .map(|caller| {
            let client = scope.connect();
            thread::spawn(move || send_all(client, caller * each, each))
        })
        .collect();
    let deliveries: Vec<_> = (0..each * CALLERS).map(|_| scope.take()).collect();
    for caller in callers {
        caller.join().unwrap();
    }
    let mut received: HashMap<_, usize> = HashMap::new();
    for request in app.requests() {
        *received.entry(request.text()).or_default() += 1;
    }
    let mut lost = 0;
    for delivery in &deliveries {
        let body = String::from_utf8(delivery.body.to_vec()).unwrap();
        match received.get(&body) {
            Some(1) => {}
            Some(times) => panic!("{body} was received {times} times"),
            None => lost += 1,
        }
        let answer = &delivery.answer;
        let is_told =
            answer.trouble.iter().any(|it| it.sentence().contains("closed the connection"))
                || answer.trouble.iter().any(|it| it.sentence().contains("broke off"));
        assert!(answer.by == AnsweredBy::App || is_told, "{:?}", answer.trouble);
        assert!(answer.by == AnsweredBy::Imscope || received.contains_key(&body), "{body}");
    }
    // Each caller may have had one on its way when the app first closed a connection.
    assert!(lost <= CALLERS, "{lost} never reached the app");
}
