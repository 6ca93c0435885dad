//! What callers without a signature can take: neither memory nor time of others, and
//! little of what is kept.

use std::io::{ErrorKind, Read as _};
use std::time::Duration;

use imscope::callback::Refusal;
use imscope::callback::signature::Token;
use imscope::edge::listen::{BEGINNING_BYTES, BODY_STALL, ListenerConfig};
use imscope_test_support::http::post;

use super::SIGN;
use crate::harness::{Client, Scope, setup};

/// Far less than [`imscope::edge::listen::BODY_TIMEOUT`], for which half a body can be
/// held back.
const PROMPT: Duration = Duration::from_secs(10);
/// Strangers with half a body each.
const STRANGERS: usize = 256;

fn signed_setup() -> ListenerConfig {
    ListenerConfig { token: Token::new("xxxxyyyy"), ..setup() }
}

fn signed(body: &[u8]) -> Vec<u8> {
    post(&format!("/?Sign={SIGN}&RequestTime=1669872112"), "", body)
}

fn bytes_of(count: u64) -> usize {
    usize::try_from(count).unwrap()
}

/// The first 17 kB of a body of 900 kB.
fn half_a_body() -> Vec<u8> {
    let head = "POST / HTTP/1.1\r\nHost: im\r\nContent-Length: 900000\r\n\r\n";
    [head.as_bytes(), &vec![b'7'; 17_000]].concat()
}

#[test]
fn a_large_callback_does_not_wait_for_those_who_send_half_a_body() {
    let large = vec![b'7'; 20_000];
    for max_body in [1 << 20, 100 << 20] {
        // Without a token their memory is held; with one they are refused, and their
        // connections closed after a second.
        for token in [Token::new("xxxxyyyy"), None] {
            let is_held = token.is_none();
            let mut scope = Scope::start(ListenerConfig { max_body, token, ..setup() });
            scope.ask(signed(b"{}")).assert_ok();
            let mut strangers: Vec<Client> = (0..STRANGERS)
                .map(|_| {
                    let mut client = scope.connect();
                    client.send(half_a_body());
                    client
                })
                .collect();
            scope.ask(signed(&large)).assert_ok();
            if is_held {
                strangers.iter_mut().for_each(assert_waits);
            }
            scope.take();
            while scope.take().body.len() != large.len() {}
        }
    }
}

/// Asserts that a connection is open and no byte has come over it.
fn assert_waits(client: &mut Client) {
    client.0.set_nonblocking(true).unwrap();
    let read = client.0.read(&mut [0]).map_err(|it| it.kind());
    assert_eq!(read, Err(ErrorKind::WouldBlock));
}

#[test]
fn of_a_refused_call_or_a_probe_the_beginning_is_kept() {
    let mut scope = Scope::start(signed_setup());
    let body = vec![b'7'; 1 << 20];
    let refused = post("/", "", &body);
    let probe = [b"GET".as_slice(), &refused["POST".len()..]].concat();
    let put = [b"PUT".as_slice(), &refused["POST".len()..]].concat();
    let mut client = scope.connect();
    for (request, status, refusal) in [
        (&refused, 403, Some(Refusal::Signature)),
        (&probe, 200, None),
        (&put, 405, Some(Refusal::Method)),
    ] {
        assert_eq!(client.ask(request).status, status, "and the connection is kept");
        let delivery = scope.take();
        assert_eq!((delivery.refusal, delivery.answer.status), (refusal, status));
        let kept = (delivery.body.len(), bytes_of(delivery.omitted_bytes));
        assert_eq!(kept, (BEGINNING_BYTES, body.len() - BEGINNING_BYTES));
    }
}

#[test]
fn a_refused_call_with_half_a_body_is_answered_and_its_connection_closed() {
    let mut scope = Scope::start(signed_setup());
    let mut client = scope.connect();
    client.0.set_read_timeout(Some(PROMPT)).unwrap();
    let answer = client.ask(half_a_body());
    assert_eq!(answer.status, 403);
    assert!(answer.head.contains("connection: close"), "{}", answer.head);
    client.assert_closed();
    assert_eq!(bytes_of(scope.take().omitted_bytes), 900_000 - BEGINNING_BYTES);
}

#[test]
fn of_a_long_head_that_is_refused_the_beginning_is_kept() {
    let mut scope = Scope::start(signed_setup());
    let long = "小".repeat(9_000);
    let headers = format!("X-A: 1\r\nX-Long: {long}\r\nX-B: 2\r\n");
    assert_eq!(scope.ask(post(&format!("/{long}"), &headers, b"{}")).status, 403);
    let delivery = scope.take();
    assert_eq!(delivery.target.len(), BEGINNING_BYTES - 1, "a whole number of characters");
    let names: Vec<_> = delivery.headers.iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["host", "content-length", "x-a"]);
    assert!(delivery.answer.trouble[0].sentence().starts_with("of the head only 20"));
}

/// A listener and a client that has sent so much of a body that no memory is left for
/// other large ones.
fn with_half_a_huge_body(body_stall: Duration) -> (Scope, Client) {
    let scope = Scope::start(ListenerConfig { max_body: 256 << 20, body_stall, ..setup() });
    let mut client = scope.connect();
    client.send("POST / HTTP/1.1\r\nHost: im\r\nContent-Length: 268435456\r\n\r\n");
    // More than 128 MiB, the memory of large bodies, and what the sockets can hold.
    client.send(vec![b'7'; 144 << 20]);
    (scope, client)
}

#[test]
fn a_large_body_that_stalls_gives_its_memory_to_one_that_waits() {
    let (mut scope, mut first) = with_half_a_huge_body(BODY_STALL);
    let mut second = scope.connect();
    second.send(post("/", "", &vec![b' '; 20_000]));
    let answer = first.answer();
    assert_eq!(
        (answer.status, answer.info().as_str()),
        (408, "the body arrived too slowly while others waited for its memory")
    );
    first.assert_closed();
    let stalled = scope.take();
    assert_eq!(stalled.answer.status, 408);
    assert_eq!(stalled.answer.trouble[0], answer.info());
    second.answer().assert_ok();
    assert_eq!(scope.take().answer.status, 200);
}

#[test]
fn a_large_body_that_finds_no_memory_is_answered_503_and_shown() {
    let (mut scope, _first) = with_half_a_huge_body(Duration::from_secs(3600));
    let mut second = scope.connect();
    let answer = second.ask(post("/", "", &vec![b'7'; 20_000]));
    assert_eq!(
        (answer.status, answer.info().as_str()),
        (503, "too many large bodies arrive at once")
    );
    let delivery = scope.take();
    assert_eq!((delivery.answer.status, delivery.answer.trouble.len()), (503, 1));
    assert_eq!(delivery.body.len() + bytes_of(delivery.omitted_bytes), 20_000);
    scope.ask(post("/", "", &[b'7'; 16_000])).assert_ok();
    let before = "/?CallbackCommand=Group.CallbackBeforeSendMsg";
    second.ask(post(before, "", &vec![b'7'; 20_000])).assert_ok();
    scope.take();
    assert_eq!(scope.take().answer.trouble.len(), 1, "it is allowed, and the reason is shown");
}
