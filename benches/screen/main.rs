//! What a user of the screen waits for, and what it costs while nobody does.
//!
//! `cargo bench --bench screen [-- ROUNDS]` runs imscope in a terminal of
//! 200x50, has it keep a million callbacks that come through its listener,
//! presses keys, and tells each value beside its goal. Linux only; it takes
//! some minutes, and wants a quiet machine.

#![expect(clippy::print_stdout, reason = "what a benchmark is for")]
#![expect(clippy::unwrap_used, reason = "a benchmark that fails has nothing to tell")]

#[path = "../shared/call.rs"]
mod call;
#[path = "../shared/chat.rs"]
mod chat;
mod load;
#[path = "../shared/median.rs"]
mod median;
#[path = "../shared/program.rs"]
mod program;
#[path = "../shared/system.rs"]
mod system;
#[path = "../shared/told.rs"]
mod told;
mod watch;

use std::time::Duration;

use call::{BODY, post};
use chat::Chat;
use median::median;
use system::resident;
use tokio::time::Instant;
use told::compared;
use watch::{Effect, Watched, ms};

const MB: f64 = 1e6;
const MILLION: usize = 1_000_000;
const IDLE: Duration = Duration::from_secs(10);
/// Between two keys, as when one is held down.
const APART: Duration = Duration::from_millis(33);
/// The first row of the detail, which stands still while a callback is selected.
const DETAIL: usize = 35;
/// How many callbacks a second are many for one app.
const MANY: u32 = 5000;

/// Keys in an order that leads back to where it began. Each changes the detail
/// or the bottom line, so that it shows also while callbacks come.
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

/// More keys, for a screen that stands still.
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
    let mut chat = Chat::among(1_000);
    let mut watched = Watched::open();
    println!("imscope in a terminal of 200x50, {rounds} rounds, medians");
    start(&watched);
    idle("with nothing kept", &mut watched);
    let began = Instant::now();
    load::send(watched.program.port, chat.by_ref().take(MILLION), None);
    println!("\na million callbacks came in {:.0} s", began.elapsed().as_secs_f64());
    idle("with a million kept", &mut watched);
    let all = [&KEYS[..], &MORE].concat();
    println!("\na key with a million kept, the slowest of {}", all.len());
    let slowest = keys(&mut watched, &all, 0, rounds);
    compared("the slowest, ms", slowest, 1.0, 20.0);
    writes(&mut watched);
    search(&mut watched, rounds);
    println!("\na key while {MANY} callbacks a second come, the slowest of {}", KEYS.len());
    let port = watched.program.port;
    let (slowest, rate) =
        load::meanwhile(port, &mut chat, Some(MANY), || keys(&mut watched, &KEYS, DETAIL, rounds));
    compared("the slowest, ms", slowest, 1.0, 50.0);
    println!("of the callbacks {rate:.0} a second came");
    flood(&mut watched, &mut chat);
}

fn start(watched: &Watched) {
    let size = std::fs::metadata(env!("CARGO_BIN_EXE_imscope")).unwrap().len();
    println!();
    compared("the program, bytes", size as f64, 1.0, 8.0 * MB);
    let resident = resident(&watched.program.pid.to_string());
    compared("resident at its first screen, bytes", resident, 1.0, 8.0 * MB);
}

fn idle(when: &str, watched: &mut Watched) {
    // The graph of the last seconds moves on for a while.
    while watched.bytes_in(Duration::from_secs(2)) > 0 {}
    let before = switches(watched.program.pid);
    let bytes = watched.bytes_in(IDLE);
    let switches = switches(watched.program.pid) - before;
    println!("\nidle for {IDLE:?} {when}");
    compared("  bytes to the terminal", bytes as f64, 1.0, 0.0);
    compared("  context switches, all threads", switches, 1.0, 0.0);
}

/// Presses keys; tells how long the slowest of them take to show, each in the
/// median, and returns the longest of these times.
fn keys(watched: &mut Watched, keys: &[(&str, &str)], from: usize, rounds: usize) -> f64 {
    let mut effects = vec![Vec::new(); keys.len()];
    for _ in 0..rounds {
        // Something is selected, so that the detail stands still.
        watched.press("k", 0);
        watched.bytes_in(3 * APART);
        for ((_, key), effects) in keys.iter().zip(&mut effects) {
            effects.push(watched.press(key, from));
            watched.bytes_in(APART);
        }
    }
    let first = |them: &[Effect]| median(them.iter().map(|it| it.first));
    let whole = |them: &[Effect]| median(them.iter().map(|it| it.whole));
    let mut told: Vec<_> = keys.iter().zip(&effects).collect();
    told.sort_by(|a, b| whole(b.1).total_cmp(&whole(a.1)));
    println!("                        first byte ms   whole ms");
    for ((name, _), them) in &told[..5] {
        println!("  {name:<20} {:>14.1} {:>10.1}", first(them), whole(them));
    }
    whole(told[0].1)
}

/// What a frame is written with, while nothing comes.
fn writes(watched: &mut Watched) {
    const FRAMES: u32 = 100;
    let io = format!("/proc/{}/io", watched.program.pid);
    let written = || ["syscw", "wchar"].map(|it| system::told(&io, it));
    let before = written();
    for _ in 0..FRAMES {
        watched.press("k", 0);
        watched.bytes_in(APART);
    }
    let [writes, bytes] = [0, 1].map(|it| (written()[it] - before[it]) / f64::from(FRAMES));
    println!("\na frame that scrolls, bytes            {bytes:>8.0}");
    compared("the same, system calls that write", writes, 1.0, 2.0);
    watched.press("F", 0);
}

/// Frames and keys while all bodies are searched. A frame is due each 33 ms; one
/// that comes half of that late is seen, and so is a key that waits for longer.
fn search(watched: &mut Watched, rounds: usize) {
    let searching = |it: &Watched| it.contents().contains("searching");
    let worst = |times: Vec<f64>| times.into_iter().fold(0.0, f64::max);
    let [mut took, mut gap, mut key] = [const { Vec::new() }; 3];
    for _ in 0..rounds {
        type_filter(watched, "zebrafish");
        let start = Instant::now();
        watched.write("\r");
        let mut frames = vec![start, watched.frame()];
        while searching(watched) {
            frames.push(watched.frame());
        }
        took.push(ms(start.elapsed()));
        gap.push(worst(frames.windows(2).map(|it| ms(it[1] - it[0])).collect()));
        watched.press("\x1b", 0);

        type_filter(watched, "zebrafish");
        watched.write("\r");
        watched.frame();
        let mut keys = Vec::new();
        while searching(watched) {
            // Help, and back.
            keys.extend(["?", "\x1b"].map(|it| watched.press(it, DETAIL).whole));
        }
        key.push(worst(keys));
        watched.press("\x1b", 0);
    }
    println!("\nwhile all is searched for a word that nobody said, {:.0} ms", median(took));
    compared("  between two frames at the most, ms", median(gap), 1.0, 50.0);
    compared("  the slowest key, ms", median(key), 1.0, 33.0);
}

fn type_filter(watched: &mut Watched, text: &str) {
    watched.press("/", DETAIL);
    watched.write(text);
    watched.until(|it| it.contents().contains(text));
}

/// From a callback to the screen while as many come as are answered. A filter
/// shows the one that is awaited, for the others would carry it away.
fn flood(watched: &mut Watched, chat: &mut Chat) {
    type_filter(watched, "to:watcher");
    watched.press("\r", DETAIL);
    let port = watched.program.port;
    let (times, rate) = load::meanwhile(port, chat, None, || {
        let all = ('a'..='z').zip(0..).map(|(letter, nth)| {
            // At any moment between two frames, and not always at the same.
            watched.bytes_in(3 * APART + APART * nth / 26);
            let text = letter.to_string().repeat(12);
            let body = BODY.replace("red packet", &text).replace("\"Jonh\"", "\"watcher\"");
            let start = Instant::now();
            post(port, &body).unwrap();
            let answered = ms(start.elapsed());
            watched.until(|it| it.contents().contains(&text));
            (answered, ms(start.elapsed()))
        });
        all.collect::<Vec<_>>()
    });
    println!("\nwhile {rate:.0} callbacks a second come");
    println!("  from a callback to its answer, ms    {:>8.0}", median(times.iter().map(|it| it.0)));
    compared("  from a callback to the screen, ms", median(times.iter().map(|it| it.1)), 1.0, 40.0);
}

/// How often any thread was given the processor, or lost it.
fn switches(pid: u32) -> f64 {
    let tasks = std::fs::read_dir(format!("/proc/{pid}/task")).unwrap();
    let of = |task: &std::path::Path| {
        let file = task.join("status");
        let told = |name| system::told(file.to_str().unwrap(), name);
        told("voluntary_ctxt_switches") + told("nonvoluntary_ctxt_switches")
    };
    tasks.map(|it| of(&it.unwrap().path())).sum()
}
