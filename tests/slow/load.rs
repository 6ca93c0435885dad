//! Load from several clients, and what it costs the program.

use std::fs;
use std::io::BufRead;
use std::iter::Take;
use std::net::SocketAddr;
use std::thread;
use std::time::{Duration, Instant};

use imscope::callback::sample::{Maker, Outcome, Shape};
use imscope::callback::{Timestamp, json, jsonl};

use imscope_test_support::OK;
use imscope_test_support::http::Client;
use imscope_test_support::terminal::Pty;

/// The time of the messages of these tests.
const SENT: Timestamp = Timestamp::from_secs(1_795_327_320);
/// How many clients send at once.
pub(crate) const CLIENTS: usize = 4;

/// Seconds of load: from an environment variable, or the default.
pub(crate) fn seconds(variable: &str, default: usize) -> usize {
    std::env::var(variable).map_or(default, |it| it.parse().unwrap())
}

/// The anonymous memory of a process, in bytes: its heap and stacks, without the
/// pages of its binary.
pub(crate) fn resident(pid: u32) -> usize {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = status.lines().find_map(|it| it.strip_prefix("RssAnon:")).unwrap();
    line.trim().trim_end_matches(" kB").trim().parse::<usize>().unwrap() * 1024
}

/// The address of a dashboard.
pub(crate) fn address(pty: &mut Pty) -> SocketAddr {
    pty.url().strip_prefix("http://").unwrap().parse().unwrap()
}

/// A number as the dashboard writes it.
pub(crate) fn grouped(number: u64) -> String {
    imscope::callback::format::grouped(number)
}

/// How the header shows the number of callbacks seen.
pub(crate) fn seen(number: u64) -> String {
    format!(" {} seen", grouped(number))
}

/// Different bodies without end: texts and pictures, failures, reads, one long in
/// a hundred, one in twenty not JSON.
pub(crate) struct Bodies {
    maker: Maker,
    sent: u32,
    client: usize,
}

impl Bodies {
    pub(crate) fn of(client: usize) -> Self {
        Self { maker: Maker::new(client as u64, "1400000000"), sent: 0, client }
    }
}

impl Iterator for Bodies {
    type Item = Vec<u8>;

    fn next(&mut self) -> Option<Vec<u8>> {
        self.sent += 1;
        let nth = self.sent;
        let (from, to) = (format!("u{}", self.client), format!("u{}", nth % 40));
        let at = SENT.plus(Duration::from_millis(nth.into()));
        let words =
            format!("{from} says {nth} {}", "小".repeat(if nth % 100 == 7 { 9000 } else { 9 }));
        let shape = if nth.is_multiple_of(5) { Shape::Image } else { Shape::Text };
        let body = self.maker.body(shape, Some(&words));
        let message = self.maker.message(&from, &to, at, body);
        Some(match nth % 20 {
            3 => self.maker.sent(&message, &Outcome::failed(80_001)).body,
            4 => self.maker.read(&from, &to, at, Some(0)).body,
            6 => format!("{{\"CallbackCommand\": {nth}, // {from}").into_bytes(),
            _ => self.maker.sent(&message, &Outcome::sent(i64::from(nth % 90))).body,
        })
    }
}

/// Sends from some clients at once, each while `goes_on` of its count is true;
/// returns for each client how long its answers took. JSON must be answered OK.
#[expect(clippy::disallowed_methods, reason = "the time that an answer takes is measured")]
pub(crate) fn flood(
    address: SocketAddr,
    clients: usize,
    goes_on: impl Fn(usize) -> bool + Sync,
) -> Vec<Vec<Duration>> {
    let goes_on = &goes_on;
    let one = move |name| {
        let Ok(mut client) = Client::connect(address) else { return Vec::new() };
        let mut answered = Vec::new();
        for body in Bodies::of(name) {
            if !goes_on(answered.len()) {
                break;
            }
            let sent = Instant::now();
            match client.post("/?SdkAppid=1400000000", &body) {
                // It is refused while the program closes.
                Ok(answer) if answer.contains("imscope is closing") => break,
                Ok(answer) => assert_eq!(answer == OK, json::read(&body).is_ok(), "{answer}"),
                Err(_) => break,
            }
            answered.push(sent.elapsed());
        }
        answered
    };
    thread::scope(|scope| {
        let clients: Vec<_> = (0..clients).map(|it| scope.spawn(move || one(it))).collect();
        clients.into_iter().map(|it| it.join().unwrap()).collect()
    })
}

/// Sends callbacks at a rate for some seconds, or for longer on a machine too slow
/// for it. `wait` can wait further before so many are sent. All must be answered.
pub(crate) fn paced(
    address: SocketAddr,
    rate: usize,
    seconds: usize,
    wait: impl Fn(usize) + Sync,
) -> Vec<Vec<Duration>> {
    let (pace, each) = (Pace::of(rate / CLIENTS), rate * seconds / CLIENTS);
    let answered = flood(address, CLIENTS, |sent| {
        pace.wait(sent);
        wait(sent * CLIENTS);
        sent < each
    });
    assert!(answered.iter().all(|it| it.len() == each), "not all is answered");
    answered
}

/// A constant rate; a late client catches up.
pub(crate) struct Pace {
    began: Instant,
    rate: usize,
}

impl Pace {
    #[expect(clippy::disallowed_methods, reason = "a pace is kept by the clock")]
    pub(crate) fn of(rate: usize) -> Self {
        Self { began: Instant::now(), rate }
    }

    /// Waits until the time of a callback by its number.
    pub(crate) fn wait(&self, nth: usize) {
        let due = Duration::from_secs_f64(nth as f64 / self.rate as f64);
        thread::sleep(due.saturating_sub(self.began.elapsed()));
    }
}

/// The bodies of each client that were answered in a [`flood`]. They are generated
/// again, because kept they would fill the memory in a long test.
pub(crate) fn bodies(answered: &[Vec<Duration>]) -> impl Iterator<Item = Take<Bodies>> {
    answered.iter().enumerate().map(|(client, it)| Bodies::of(client).take(it.len()))
}

/// Asserts that a recording holds exactly the answered callbacks, those of each
/// client in its order.
pub(crate) fn assert_recorded(recording: impl BufRead, answered: &[Vec<Duration>]) {
    let mut clients: Vec<_> = bodies(answered).map(Iterator::peekable).collect();
    for (line, seq) in recording.split(b'\n').zip(1..) {
        let delivery = jsonl::decode(&line.unwrap()).unwrap();
        assert_eq!(delivery.seq.0, seq);
        let mut senders = clients.iter_mut();
        let sent = senders.any(|it| it.next_if(|body| **body == *delivery.body).is_some());
        assert!(sent, "no client sent {seq}, or not in this order");
    }
    assert!(clients.iter_mut().all(|it| it.peek().is_none()), "not all is recorded");
}
