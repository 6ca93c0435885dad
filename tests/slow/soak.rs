//! Sustained load: memory keeps its bound, and the
//! counts are exact to the last callback.

use std::fs::File;
use std::io::{BufReader, Read as _};
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use rustix::process::Signal;

use crate::load::{
    CLIENTS, Pace, address, assert_recorded, flood, grouped, paced, resident, seconds, seen,
};
use imscope_test_support::program::imscope;
use imscope_test_support::tail::Tail;
use imscope_test_support::terminal::{Pty, WATCH};
use imscope_test_support::until;

/// Seconds of load on the dashboard by default.
const SECONDS: usize = 3;
/// Callbacks a second: what two slow cores can do beside other tests. Two minutes
/// are 280 MB of a recording.
const RATE: usize = 2000;
/// Callbacks that are sent before the screen shows their number.
const AHEAD: usize = 1000;
/// Keys a second meanwhile.
const KEYS: usize = 20;
/// Seconds until memory grows no more: caches and the allocator's pages are filled long
/// after the limit of what is kept is reached.
const WARM_UP: usize = 45;
/// What is resident at most in any case: 15 MB after a minute.
const MOST: usize = 40 << 20;
/// Growth allowed after that: the queue, an incomplete page, what
/// the allocator does not return.
const GROWTH: usize = 4 << 20;

/// The number before a word of the screen, such as `12 408 seen`.
fn number(screen: &str, word: &str) -> u64 {
    let (before, _) = screen.split_once(word).unwrap_or_else(|| panic!("no {word} in\n{screen}"));
    let part = |it: &char| it.is_ascii_digit() || *it == ' ';
    let digits: Vec<_> = before.trim_end().chars().rev().take_while(part).collect();
    let digits: String = digits.into_iter().rev().collect();
    // Two spaces stand between two numbers, one within.
    let digits = digits.rsplit("  ").next().unwrap_or_default();
    digits.replace(' ', "").parse().unwrap_or_else(|_| panic!("no number before {word}\n{screen}"))
}

fn kept(screen: &str) -> u64 {
    let (_, after) = screen.split_once("kept ").unwrap();
    after.split_once(" ·").unwrap().0.replace(' ', "").parse().unwrap()
}

#[test]
fn memory_keeps_its_bound_and_every_callback_is_counted() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("soak.jsonl");
    let options = ["--keep", "1MiB", "--record", file.to_str().unwrap()];
    let mut pty = Pty::imscope(&[&WATCH[..], &options].concat());
    pty.resize(140, 36);
    let address = address(&mut pty);
    let lasted = seconds("IMSCOPE_SOAK", SECONDS);
    let shown = Arc::new(AtomicUsize::new(0));
    let follows = Arc::clone(&shown);
    // What waits for a slow screen is memory, too.
    let clients = thread::spawn(move || {
        paced(address, RATE, lasted, |sent| {
            until("the screen follows", || sent <= follows.load(Ordering::Relaxed) + AHEAD);
        })
    });
    let (mut resided, pace) = (Vec::new(), Pace::of(KEYS));
    let mut keys =
        ["j", "k", "G", "/from:u1\r", "\x1b\x1b", "F", " ", " ", "]", "4", "1"].iter().cycle();
    while !clients.is_finished() {
        pace.wait(resided.len());
        pty.press(keys.next().unwrap());
        resided.push(resident(pty.pid));
        let screen = pty.screen();
        if screen.contains(" seen") {
            let seen = number(&screen, " seen").try_into().unwrap();
            shown.fetch_max(seen, Ordering::Relaxed);
        }
    }
    let answered = clients.join().unwrap();
    let total = answered.concat().len() as u64;
    let highest = resided.iter().max().unwrap();
    println!("{} callbacks; {highest} bytes at most", grouped(total));
    assert!(*highest < MOST, "{highest} bytes");
    if WARM_UP < lasted {
        let warm = &resided[resided.len() * WARM_UP / lasted..];
        let (early, late) = warm.split_at(warm.len() / 3);
        let (reached, highest) = (early.iter().max().unwrap(), late.iter().max().unwrap());
        println!("{reached} bytes, {highest} at last");
        assert!(*highest < reached + GROWTH, "{highest} bytes, once {reached}");
    }
    // Close what the keys left open, and resume.
    pty.press("\x1b\x1b\x1b\x1bF").shows(&seen(total)).shows("following");
    pty.until("kept and evicted are what was seen", |it| {
        let screen = it.contents();
        number(&screen, " seen") == number(&screen, " evicted") + kept(&screen)
    });
    assert!(pty.press("q").ends().success());
    assert_recorded(BufReader::new(File::open(file).unwrap()), &answered);
}

#[test]
fn a_tail_prints_every_callback_once() {
    let mut command = imscope();
    command.stdout(Stdio::piped());
    let mut tail = Tail::spawn(command, &[]);
    let mut out = tail.child.stdout.take().unwrap();
    let reading = thread::spawn(move || {
        let mut text = Vec::new();
        out.read_to_end(&mut text).unwrap();
        text
    });
    let answered = flood(tail.address, CLIENTS, |sent| sent < 1500);
    assert_eq!(tail.end(Signal::TERM).0, Some(0));
    assert_recorded(&*reading.join().unwrap(), &answered);
}
