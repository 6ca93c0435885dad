//! A large callback while strangers hold half of a body each.

use std::io::Write as _;
use std::net::TcpStream;
use std::time::Duration;

use imscope_test_support::bench::http::{BODY, post};
use tokio::time::Instant;

const STRANGERS: usize = 256;
const CALLBACKS: usize = 50;

/// The slowest answer to a callback of 20 kB, of fifty one after the other, each on a
/// connection of its own.
pub(crate) fn slowest_answer(port: u16) -> Duration {
    let strangers: Vec<TcpStream> = (0..STRANGERS)
        .map(|_| {
            let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
            let head = "POST / HTTP/1.1\r\nHost: im\r\nContent-Length: 900000\r\n\r\n";
            stream.write_all(&[head.as_bytes(), &b"7".repeat(17_000)].concat()).unwrap();
            stream
        })
        .collect();
    let body = BODY.replace("red packet", &"7".repeat(20_000));
    let times = (0..CALLBACKS).map(|_| {
        let sent = Instant::now();
        post(port, &body).unwrap();
        sent.elapsed()
    });
    let slowest = times.max().unwrap_or_default();
    drop(strangers);
    slowest
}
