//! Hours of load, pressed into some seconds: memory keeps its bound, and the
//! counts are exact to the last callback.

use std::collections::HashSet;
use std::fs;
use std::io::Read as _;
use std::process::Stdio;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::Signal;

use crate::load::{address, flood, grouped, resident, seen};
use crate::tail::{Tail, deliveries, imscope, until};
use crate::terminal::{Pty, WATCH};

/// Seconds of load on the dashboard without a word from the environment.
const SECONDS: u64 = 15;
const CLIENTS: usize = 4;
/// What may come on top once the bound is reached: the way to the loop, a
/// page in the making, what the allocator does not give back.
const GROWTH: usize = 24 << 20;

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
#[expect(clippy::disallowed_methods, reason = "a soak takes its time")]
fn memory_keeps_its_bound_and_every_callback_is_counted() {
    let seconds = std::env::var("IMSCOPE_SOAK").map_or(SECONDS, |it| it.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("soak.jsonl");
    let options = ["--keep", "1MiB", "--record", file.to_str().unwrap()];
    let mut pty = Pty::imscope(&[&WATCH[..], &options].concat());
    pty.resize(140, 36);
    let (address, count) = (address(&mut pty), &AtomicUsize::new(0));
    let ends = &AtomicUsize::new(0);
    let answered = thread::scope(|scope| {
        let goes_on = |_| {
            count.fetch_add(1, Ordering::Relaxed);
            ends.load(Ordering::Relaxed) == 0
        };
        let clients = scope.spawn(move || flood(address, CLIENTS, goes_on));
        pty.shows("let go");
        let began = Instant::now();
        let (mut reached, mut highest) = (0, 0);
        let mut keys =
            ["j", "k", "G", "/from:u1\r", "\x1b\x1b", "F", " ", " ", "]", "4", "1"].iter().cycle();
        while began.elapsed() < Duration::from_secs(seconds) {
            let before = count.load(Ordering::Relaxed);
            pty.press(keys.next().unwrap());
            until("more is answered", || count.load(Ordering::Relaxed) > before + 200);
            let now = resident(pty.pid);
            if began.elapsed() < Duration::from_secs(seconds / 3) {
                reached = reached.max(now);
            }
            highest = highest.max(now);
        }
        ends.store(1, Ordering::Relaxed);
        assert!(highest < reached + GROWTH, "{highest} bytes, once {reached}");
        clients.join().unwrap()
    });
    let total = answered.len() as u64;
    // Whatever the keys have left open or paused.
    pty.press("\x1b\x1b\x1b\x1bF").shows(&seen(total)).shows("following");
    pty.until("kept and let go are what was seen", |it| {
        let screen = it.contents();
        number(&screen, " seen") == number(&screen, " let go") + kept(&screen)
    });
    assert!(pty.press("q").ends().success());
    let recorded = deliveries(&fs::read(file).unwrap());
    assert_eq!(recorded.len() as u64, total, "{} recorded", grouped(recorded.len() as u64));
    let recorded: HashSet<_> = recorded.into_iter().map(|it| it.body.into_vec()).collect();
    assert!(answered.iter().all(|it| recorded.contains(it)));
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
    let mut answered = flood(tail.address, CLIENTS, |sent| sent < 1500);
    assert_eq!(tail.end(Signal::TERM).0, Some(0));
    let printed = deliveries(&reading.join().unwrap());
    assert!(printed.iter().map(|it| it.seq).eq(1..=answered.len() as u64));
    let mut printed: Vec<_> = printed.into_iter().map(|it| it.body.into_vec()).collect();
    printed.sort();
    answered.sort();
    assert!(printed == answered, "the printed are not the answered ones");
}
