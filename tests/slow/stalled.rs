//! A terminal that is not read: the listener is not affected, and the screen is
//! right afterwards.

use std::time::Duration;

use imscope::edge::queue::CAPACITY;
use imscope_test_support::http::Client;
use imscope_test_support::terminal::{Pty, WATCH};
use imscope_test_support::until;

use crate::load::{CLIENTS, address, flood, paced, resident, seconds, seen};

/// Callbacks a second.
const RATE: usize = 2000;
/// Seconds that a stall lasts by default.
const SECONDS: usize = 2;
/// The time after which Tencent gives up.
const LIMIT: Duration = Duration::from_secs(2);
/// What other processes may add to the time of an answer.
const NOISE: Duration = Duration::from_millis(100);
/// The end of a synchronized frame.
const FRAME_END: &[u8] = b"\x1b[?2026l";
/// More than a frame of the screen and an incomplete page.
const GROWTH: usize = 4 << 20;

/// The 99th percentile of the times of answers.
fn p99(answered: &[Vec<Duration>]) -> Duration {
    let mut all = answered.concat();
    all.sort_unstable();
    all[all.len() * 99 / 100]
}

/// The rows of the screen up to where time alone would change them.
fn rows(pty: &Pty) -> Vec<String> {
    pty.screen().lines().map(|it| it.chars().take(55).collect()).collect()
}

#[test]
fn a_stalled_terminal_costs_no_callback_no_time_and_little_memory() {
    let mut pty = Pty::imscope(&[&WATCH[..], &["--keep", "1MiB"]].concat());
    let address = address(&mut pty);
    let load = || paced(address, RATE, seconds("IMSCOPE_STALL", SECONDS), |_| ());
    let read = load();
    let count = read.concat().len() as u64;
    pty.shows(&seen(count)).shows("evicted").stall(true);
    let before = resident(pty.pid);
    let stalled = load();
    // More than the queue holds: it would be full without the loop.
    let each = CAPACITY / CLIENTS + 1;
    let more = flood(address, CLIENTS, |sent| sent < each);
    assert!(more.iter().all(|it| it.len() == each), "not all is answered");
    let count = count + (stalled.concat().len() + more.concat().len()) as u64;
    let grown = resident(pty.pid).saturating_sub(before);
    assert!(grown < GROWTH, "grown by {grown} bytes");
    let (read, stalled) = (p99(&read), p99(&stalled));
    println!("p99 is {read:?}, and {stalled:?} on a stalled terminal; grown by {grown} bytes");
    assert!(stalled < LIMIT.min(10 * read + NOISE), "{stalled:?} on a stalled terminal, {read:?}");
    let last = r#"{"CallbackCommand":"Stall.IsOver","From_Account":"the_last_one"}"#;
    Client::connect(address).unwrap().post_ok(last);
    pty.stall(false).shows(&seen(count + 1)).shows("the_last_one");
    // Painted in steps or at once, the screen is the same. The last frame may be
    // incomplete yet.
    until("the frame is there to its end", || pty.bytes().ends_with(FRAME_END));
    let painted = rows(&pty);
    let bytes = pty.bytes().len();
    pty.press("\x0c");
    pty.until("painted anew", |it| it.contents().contains("the_last_one"));
    until("the screen is repainted", || pty.bytes().len() > bytes + 2000);
    until("the screen is as it was", || rows(&pty) == painted);
    assert!(pty.press("q").ends().success());
    pty.assert_restored();
}

#[test]
fn keys_are_handled_while_the_terminal_is_stalled() {
    let mut pty = Pty::imscope(&WATCH);
    let address = address(&mut pty);
    pty.stall(true);
    flood(address, 2, |sent| sent < 300);
    // Into the filter, a word, and out of it again.
    pty.press("/no such text\r").stall(false).shows("no such text").shows(&seen(600));
    assert!(pty.press("q").ends().success());
}

#[test]
fn quitting_on_a_stalled_terminal_takes_no_time() {
    let mut pty = Pty::imscope(&WATCH);
    let address = address(&mut pty);
    pty.stall(true);
    flood(address, 2, |sent| sent < 1000);
    assert!(pty.press("q").ends().success());
}

#[test]
fn half_an_escape_sequence_stops_nothing() {
    let mut pty = Pty::imscope(&WATCH);
    let address = address(&mut pty);
    // A key before it, so that the loop is just about to read the next.
    for half in ["j\x1b[", "1;", "\x1b[200~pas"] {
        pty.press(half);
        flood(address, 2, |sent| sent < 100);
    }
    pty.shows(&seen(600)).signal(rustix::process::Signal::TERM);
    assert!(pty.ends().success());
}
