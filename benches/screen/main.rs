//! Latency of keys, searches and callbacks on the screen, and the costs of idling.
//!
//! `cargo bench --bench screen [-- ROUNDS] [bodies]` runs imscope in a terminal of
//! 200x50, has it keep a million callbacks that come through its listener,
//! presses keys, and prints each value beside its goal. Linux only; it takes
//! some minutes, and wants a quiet machine.

#![expect(clippy::print_stdout, reason = "a benchmark prints its results")]
#![expect(clippy::unwrap_used, reason = "a benchmark that cannot run should fail")]

mod bodies;
mod driver;
mod load;

use std::time::Duration;

use driver::{Driver, Latency, ms};
use imscope_test_support::bench::chat::Chat;
use imscope_test_support::bench::http::{BODY, post};
use imscope_test_support::bench::report::median;
use imscope_test_support::bench::report::report;
use imscope_test_support::bench::system::{field, resident};
use tokio::time::Instant;

const MB: f64 = 1e6;
const MILLION: usize = 1_000_000;
const IDLE: Duration = Duration::from_secs(10);
/// Interval of keys, as of one that is held down.
const INTERVAL: Duration = Duration::from_millis(33);
/// The first row of the detail, which does not change while a callback is selected.
const DETAIL: usize = 35;
/// Callbacks a second of a busy app.
const BUSY_RATE: u32 = 5000;

/// Keys in an order that leads back to where it began. Each changes the detail
/// or the bottom line, so that its effect shows also while callbacks arrive.
const KEYS: [(&str, &str); 21] = [
    ("a row up", "k"),
    ("the first row", "g"),
    ("a row down", "j"),
    ("a screen down", "\x1b[6~"),
    ("half a screen down", "\x04"),
    ("a screen up", "\x1b[5~"),
    ("payload", "l"),
    ("payload as text", "x"),
    ("payload as bytes", "x"),
    ("payload as a tree", "x"),
    ("message", "h"),
    ("focus detail", "4"),
    ("zoom", "z"),
    ("zoom back", "\x1b"),
    ("focus flow", "1"),
    ("help", "?"),
    ("help back", "\x1b"),
    ("filter line", "/"),
    ("a letter", "e"),
    ("filter line back", "\x1b"),
    ("the last row", "G"),
];

/// More keys, for a screen to which no callbacks arrive.
const MORE: [(&str, &str); 22] = [
    ("a failure", "["),
    ("the next failure", "]"),
    ("mark", "m"),
    ("compare", "D"),
    ("compare back", "\x1b"),
    ("mark back", "m"),
    ("focus unread", "\t"),
    ("focus failures", "\t"),
    ("focus detail", "\t"),
    ("focus flow", "\t"),
    ("privacy", "p"),
    ("privacy back", "p"),
    ("pause", " "),
    ("follow", "F"),
    ("filter line", "/"),
    ("a filter typed", "code:80001"),
    ("a filter entered", "\r"),
    ("the last match", "N"),
    ("a match before", "N"),
    ("the next match", "n"),
    ("no filter", "\x1b"),
    ("follow again", "F"),
];

fn main() {
    let rounds = std::env::args().find_map(|it| it.parse().ok()).unwrap_or(5);
    println!("imscope in a terminal of 200x50, {rounds} rounds, medians");
    bodies::run(rounds);
    if std::env::args().any(|it| it == "bodies") {
        return;
    }
    let mut chat = Chat::among(1_000);
    let mut driver = Driver::open();
    start(&driver);
    idle("with nothing kept", &mut driver);
    let began = Instant::now();
    load::send(driver.program.port, chat.by_ref().take(MILLION), None);
    println!("\na million callbacks arrived in {:.0} s", began.elapsed().as_secs_f64());
    idle("with a million kept", &mut driver);
    let all = [&KEYS[..], &MORE].concat();
    println!("\na key with a million kept, the slowest of {}", all.len());
    let slowest = keys(&mut driver, &all, 0, rounds);
    report("the slowest, ms", slowest, 1.0, 20.0);
    writes(&mut driver);
    search(&mut driver, rounds);
    println!("\na key while {BUSY_RATE} callbacks a second arrive, the slowest of {}", KEYS.len());
    let port = driver.program.port;
    let (slowest, rate) = load::run_during(port, &mut chat, Some(BUSY_RATE), || {
        keys(&mut driver, &KEYS, DETAIL, rounds)
    });
    report("the slowest, ms", slowest, 1.0, 50.0);
    println!("{rate:.0} callbacks a second arrived");
    flood(&mut driver, &mut chat);
}

fn start(driver: &Driver) {
    let size = std::fs::metadata(env!("CARGO_BIN_EXE_imscope")).unwrap().len();
    println!();
    report("the program, bytes", size as f64, 1.0, 8.0 * MB);
    let resident = resident(&driver.program.pid.to_string());
    report("resident at its first screen, bytes", resident, 1.0, 8.0 * MB);
}

fn idle(when: &str, driver: &mut Driver) {
    // The graph of the last seconds moves on for a while.
    while driver.bytes_in(Duration::from_secs(2)) > 0 {}
    let before = switches(driver.program.pid);
    let bytes = driver.bytes_in(IDLE);
    let switches = switches(driver.program.pid) - before;
    println!("\nidle for {IDLE:?} {when}");
    report("  bytes to the terminal", bytes as f64, 1.0, 0.0);
    report("  context switches, all threads", switches, 1.0, 0.0);
}

/// Presses keys; prints the median latency of the slowest ones and returns the
/// longest of all.
fn keys(driver: &mut Driver, keys: &[(&str, &str)], from: usize, rounds: usize) -> f64 {
    let mut effects = vec![Vec::new(); keys.len()];
    for _ in 0..rounds {
        // A callback is selected, so that the detail does not change by itself.
        driver.press("k", 0);
        driver.bytes_in(3 * INTERVAL);
        for ((_, key), effects) in keys.iter().zip(&mut effects) {
            effects.push(driver.press(key, from));
            driver.bytes_in(INTERVAL);
        }
    }
    let first_byte = |them: &[Latency]| median(them.iter().map(|it| it.first_byte));
    let frame = |them: &[Latency]| median(them.iter().map(|it| it.frame));
    let mut sorted: Vec<_> = keys.iter().zip(&effects).collect();
    sorted.sort_by(|a, b| frame(b.1).total_cmp(&frame(a.1)));
    println!("                        first byte ms   frame ms");
    for ((name, _), them) in &sorted[..5] {
        println!("  {name:<20} {:>14.1} {:>10.1}", first_byte(them), frame(them));
    }
    frame(sorted[0].1)
}

/// Bytes and system calls of a frame, while no callbacks arrive.
fn writes(driver: &mut Driver) {
    const FRAMES: u32 = 100;
    let io = format!("/proc/{}/io", driver.program.pid);
    let written = || ["syscw", "wchar"].map(|it| field(&io, it));
    let before = written();
    for _ in 0..FRAMES {
        driver.press("k", 0);
        driver.bytes_in(INTERVAL);
    }
    let [writes, bytes] = [0, 1].map(|it| (written()[it] - before[it]) / f64::from(FRAMES));
    println!("\na frame that scrolls, bytes            {bytes:>8.0}");
    report("the same, system calls that write", writes, 1.0, 2.0);
    driver.press("F", 0);
}

/// Frames and keys while all bodies are searched. A frame is due every 33 ms; one
/// that is half of that late is visible, and so is a key that waits longer.
fn search(driver: &mut Driver, rounds: usize) {
    let searching = |it: &Driver| it.contents().contains("searching");
    let worst = |times: Vec<f64>| times.into_iter().fold(0.0, f64::max);
    let [mut took, mut gap, mut key] = [const { Vec::new() }; 3];
    for _ in 0..rounds {
        type_filter(driver, "zebrafish");
        let start = Instant::now();
        driver.write("\r");
        let mut frames = vec![start, driver.frame()];
        while searching(driver) {
            frames.push(driver.frame());
        }
        took.push(ms(start.elapsed()));
        gap.push(worst(frames.windows(2).map(|it| ms(it[1] - it[0])).collect()));
        driver.press("\x1b", 0);

        type_filter(driver, "zebrafish");
        driver.write("\r");
        driver.frame();
        let mut keys = Vec::new();
        while searching(driver) {
            // Help, and back.
            keys.extend(["?", "\x1b"].map(|it| driver.press(it, DETAIL).frame));
        }
        key.push(worst(keys));
        driver.press("\x1b", 0);
    }
    println!("\nwhile all is searched for a word that occurs nowhere, {:.0} ms", median(took));
    report("  between two frames at the most, ms", median(gap), 1.0, 50.0);
    report("  the slowest key, ms", median(key), 1.0, 33.0);
}

fn type_filter(driver: &mut Driver, text: &str) {
    driver.press("/", DETAIL);
    driver.write(text);
    driver.until(|it| it.contents().contains(text));
}

/// From a callback to the screen at the highest rate. A filter shows only the
/// awaited one, which would scroll away among the others.
fn flood(driver: &mut Driver, chat: &mut Chat) {
    type_filter(driver, "to:watcher");
    driver.press("\r", DETAIL);
    let port = driver.program.port;
    let (times, rate) = load::run_during(port, chat, None, || {
        let all = ('a'..='z').zip(0..).map(|(letter, nth)| {
            // At a different moment between two frames each time.
            driver.bytes_in(3 * INTERVAL + INTERVAL * nth / 26);
            let text = letter.to_string().repeat(12);
            let body = BODY.replace("red packet", &text).replace("\"Jonh\"", "\"watcher\"");
            let start = Instant::now();
            post(port, &body).unwrap();
            let answered = ms(start.elapsed());
            driver.until(|it| it.contents().contains(&text));
            (answered, ms(start.elapsed()))
        });
        all.collect::<Vec<_>>()
    });
    println!("\nwhile {rate:.0} callbacks a second arrive");
    println!("  from a callback to its answer, ms    {:>8.0}", median(times.iter().map(|it| it.0)));
    report("  from a callback to the screen, ms", median(times.iter().map(|it| it.1)), 1.0, 40.0);
}

/// Context switches of all threads.
fn switches(pid: u32) -> f64 {
    let tasks = std::fs::read_dir(format!("/proc/{pid}/task")).unwrap();
    let of = |task: &std::path::Path| {
        let file = task.join("status");
        let count = |name| field(file.to_str().unwrap(), name);
        count("voluntary_ctxt_switches") + count("nonvoluntary_ctxt_switches")
    };
    tasks.map(|it| of(&it.unwrap().path())).sum()
}
