//! Slow and broken connections, timeouts, and the end of the listener.

use std::io::{ErrorKind, Read as _};
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use imscope::answer::mode::{AnswerKind, AnswerMode};
use imscope::callback::Delivery;
use imscope::edge::listen::{
    self, BODY_TIMEOUT, HANG_TIME, IDLE_TIMEOUT, ListenerConfig, STOP_TIMEOUT,
};
use imscope::edge::queue::{CAPACITY_KIB, queue};
use imscope_test_support::http::post;
use imscope_test_support::{GUARD, OK};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::sync::oneshot;
use tokio::time::Instant;

use crate::harness::{Client, Scope, answering, block_on, setup};

#[test]
fn a_slow_head_delays_no_other_connection() {
    let scope = Scope::start(setup());
    let mut slow = scope.connect();
    slow.send("POST / HT");
    scope.ask(post("/", "", b"{}")).assert_ok();
    slow.ask(&post("/", "", b"{}")[9..]).assert_ok();
}

#[test]
fn hundreds_of_idle_connections_delay_no_other() {
    let scope = Scope::start(setup());
    // Once it answers it has asked the system for enough open files.
    scope.ask(post("/", "", b"{}")).assert_ok();
    let mut resting: Vec<_> = (0..700).map(|_| scope.connect()).collect();
    scope.ask(post("/", "", b"{}")).assert_ok();
    for client in resting.iter_mut().step_by(50) {
        client.ask(post("/", "", b"{}")).assert_ok();
    }
}

#[test]
fn a_body_announced_and_not_sent_leaves_nothing() {
    let mut scope = Scope::start(setup());
    let mut client = scope.connect();
    client.send("POST / HTTP/1.1\r\nHost: im\r\nContent-Length: 9\r\n\r\n{");
    client.0.shutdown(Shutdown::Write).unwrap();
    client.assert_closed();
    scope.ask(post("/second", "", b"{}")).assert_ok();
    let delivery = scope.take();
    assert_eq!((delivery.seq.0, delivery.path()), (1, "/second"));
}

#[test]
fn a_client_that_closes_its_half_after_the_request_is_answered() {
    let scope = Scope::start(setup());
    for _ in 0..100 {
        let mut client = scope.connect();
        client.send(post("/", "", b"{}"));
        client.0.shutdown(Shutdown::Write).unwrap();
        client.answer().assert_ok();
        client.assert_closed();
    }
}

#[test]
fn a_client_that_closes_after_the_request_has_sent_a_callback() {
    let mut scope = Scope::start(setup());
    for seq in 1..=100 {
        scope.connect().send(post("/", "", b"{}"));
        assert_eq!(scope.take().seq.0, seq);
    }
}

#[test]
fn a_full_queue_delays_the_answer_and_loses_nothing() {
    let mut scope = Scope::start(setup());
    scope.ask(post("/", "", b"{}")).assert_ok();
    let giant = Delivery { body: vec![0; CAPACITY_KIB * 1024].into(), ..scope.take() };
    block_on(scope.sender.send(giant)).unwrap();
    let mut client = scope.connect();
    client.0.set_read_timeout(Some(Duration::from_millis(50))).unwrap();
    client.send(post("/waits", "", b"{}"));
    let error = client.0.read(&mut [0]).expect_err("no answer yet").kind();
    assert!(matches!(error, ErrorKind::WouldBlock | ErrorKind::TimedOut));
    client.0.set_read_timeout(Some(GUARD)).unwrap();
    assert_eq!(scope.take().seq.0, 2);
    client.answer().assert_ok();
    let delivery = scope.take();
    assert_eq!((delivery.seq.0, delivery.path(), scope.deliveries.canceled()), (3, "/waits", 0));
}

#[test]
fn a_callback_is_not_answered_ok_when_the_queue_is_closed() {
    let Scope { running, deliveries, .. } = Scope::start(setup());
    drop(deliveries);
    let mut client = Client(TcpStream::connect(running.address()).unwrap());
    let answer = client.ask(post("/", "", b"{}"));
    assert_eq!((answer.status, answer.info().as_str()), (503, "imscope is closing"));
    client.ask(post(BEFORE, "", b"{}")).assert_ok();
}

#[test]
fn a_full_queue_denies_nothing_that_has_not_happened_yet_and_is_counted() {
    let mut scope = Scope::start(setup());
    scope.ask(post("/", "", b"{}")).assert_ok();
    let giant = Delivery { body: vec![0; CAPACITY_KIB * 1024].into(), ..scope.take() };
    block_on(scope.sender.send(giant)).unwrap();
    let mut clients = [scope.connect(), scope.connect()];
    for (client, target) in clients.iter_mut().zip([BEFORE, "/"]) {
        client.send(post(target, "", b"{}"));
    }
    let [before, after] = &mut clients;
    before.answer().assert_ok();
    let answer = after.answer();
    assert_eq!((answer.status, answer.info().as_str()), (503, "imscope cannot keep up"));
    assert_eq!(scope.deliveries.expired(), 2);
}

#[test]
fn the_answer_mode_changes_while_the_listener_runs() {
    let setup = setup();
    let switchboard = setup.switchboard.clone();
    let mut scope = Scope::start(setup);
    let mut client = scope.connect();
    client.ask(post("/", "", b"{}")).assert_ok();
    let mut turn = |reply: &str| {
        switchboard.send_replace(
            AnswerMode { kind: reply.parse().unwrap(), delay: Duration::ZERO }.into(),
        );
        client.ask(post("/", "", b"{}"))
    };
    let answer = turn("fail:no \"more\" 小");
    assert_eq!((answer.status, answer.info().as_str()), (200, "no \"more\" 小"));
    let answer = turn("status:503");
    assert_eq!((answer.status, answer.info().contains("503")), (503, true));
    turn("ok").assert_ok();
    for status in [200, 200, 503, 200] {
        assert_eq!(scope.take().answer.status, status);
    }
}

#[test]
fn a_delayed_answer_shows_its_callback_at_once_and_is_sent_on_stop() {
    let delay = Duration::from_secs(30);
    let mut scope = Scope::start(answering(AnswerKind::Ok, delay));
    let mut client = scope.connect();
    client.send(post("/", "", b"{}"));
    assert!(scope.take().answer.took >= 30_000_000, "though the time of day stands still");
    scope.running.stop();
    client.answer().assert_ok();
    client.assert_closed();
    scope.running.join().unwrap();
}

#[test]
fn stopping_closes_idle_and_hanging_connections() {
    let mut scope = Scope::start(answering(AnswerKind::Hang, Duration::ZERO));
    let mut rests = scope.connect();
    rests.ask("GET / HTTP/1.1\r\nHost: im\r\n\r\n");
    scope.take();
    let mut hangs = scope.connect();
    hangs.send(post("/", "", b"{}"));
    let delivery = scope.take();
    assert_eq!((delivery.answer.status, delivery.answer.body.len()), (0, 0));
    scope.running.stop();
    rests.assert_closed();
    hangs.assert_closed();
    scope.running.join().unwrap();
}

#[test]
fn a_panic_in_the_listener_reaches_join() {
    let scope = Scope::start(ListenerConfig { clock: || panic!("the clock is broken"), ..setup() });
    let mut client = scope.connect();
    client.send(post("/", "", b"{}"));
    client.assert_closed();
    let error = scope.running.join().expect_err("a panic");
    assert_eq!(error.to_string(), "the listener panicked: the clock is broken");
}

#[test]
fn a_port_in_use_is_one_clear_sentence() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap();
    let expected = format!(
        "cannot listen on {address}: the port is in use \
         (is another imscope running? try --listen 127.0.0.1:0)"
    );
    assert_eq!(listen::bind(address).unwrap_err().to_string(), expected);
    assert_eq!(listen::bind(address.to_string().as_str()).unwrap_err().to_string(), expected);
    assert!(listen::bind("nonsense").unwrap_err().to_string().contains("nonsense"));
}

/// The target of a callback whose answer decides on an event.
const BEFORE: &str = "/?CallbackCommand=Group.CallbackBeforeSendMsg";

/// Sends `request` to a listener whose time is the test's, and returns all
/// that comes back until it closes, with how long that took.
async fn until_closed(setup: ListenerConfig, request: &[u8]) -> (String, Duration, usize) {
    let (sender, mut deliveries) = queue();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(listen::run(listener, Arc::new(setup), sender, std::future::pending()));
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    stream.write_all(request).await.unwrap();
    let start = Instant::now();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    (answer, start.elapsed(), deliveries.try_recv_many(&mut Vec::new(), 10))
}

#[tokio::test(start_paused = true)]
async fn an_incomplete_body_is_answered_408_and_kept() {
    let request = b"POST / HTTP/1.1\r\nHost: im\r\nContent-Length: 9\r\n\r\n{";
    let (answer, took, kept) = until_closed(setup(), request).await;
    assert!(answer.starts_with("HTTP/1.1 408 ") && answer.contains("within 30 s"), "{answer}");
    assert!(took >= BODY_TIMEOUT && took < IDLE_TIMEOUT, "{took:?}");
    assert_eq!(kept, 1);
}

#[tokio::test(start_paused = true)]
async fn an_incomplete_head_and_an_idle_connection_are_closed() {
    let (answer, took, kept) = until_closed(setup(), b"POST / HT").await;
    let closes = IDLE_TIMEOUT..IDLE_TIMEOUT * 2 + Duration::from_secs(1);
    assert_eq!((answer.as_str(), kept), ("", 0));
    assert!(closes.contains(&took), "{took:?}");
    let (answer, took, kept) = until_closed(setup(), &post("/", "", b"{}")).await;
    assert!(answer.ends_with(OK), "{answer}");
    assert!(closes.contains(&took), "{took:?}");
    assert_eq!(kept, 1);
}

#[tokio::test(start_paused = true)]
async fn a_call_hangs_until_the_limit_and_is_shown() {
    let hang = answering(AnswerKind::Hang, Duration::ZERO);
    let (answer, took, kept) = until_closed(hang, &post("/", "", b"{}")).await;
    assert_eq!((answer.as_str(), kept), ("", 1));
    assert!(took >= HANG_TIME, "{took:?}");
}

#[tokio::test(start_paused = true)]
async fn stopping_waits_for_no_call_that_hangs() {
    let (sender, mut deliveries) = queue();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let stopped = async { _ = stopped.await };
    let hang = Arc::new(answering(AnswerKind::Hang, Duration::ZERO));
    let server = tokio::spawn(listen::run(listener, hang, sender, stopped));
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    stream.write_all(&post("/", "", b"{}")).await.unwrap();
    assert_eq!(deliveries.recv_many(&mut Vec::new(), 1).await, 1);
    let start = Instant::now();
    drop(stop);
    server.await.unwrap();
    assert!(start.elapsed() < STOP_TIMEOUT, "{:?}", start.elapsed());
}
