//! Answers per second and their latency, against a bare axum handler that reads
//! the body and gives the same reply.
//!
//! `cargo bench --bench answer [-- ROUNDS]`. The servers take turns within each
//! round: machines drift, and only ratios within a round are comparable. On
//! Linux it also prints the processor time of an answer, which a busy machine
//! distorts least, and how often clients and listener shared a core.
//! `benches/README.md` describes the servers.

#![expect(clippy::print_stdout, reason = "a benchmark prints its results")]
#![expect(clippy::unwrap_used, reason = "a benchmark that cannot run should fail")]

mod cpu;
mod half;
mod round;
mod rules;
mod server;

use std::thread;
use std::time::Duration;

use imscope_test_support::bench::http::{BODY, post};
use imscope_test_support::bench::program::Program;
use imscope_test_support::bench::report::median;
use imscope_test_support::bench::report::report;
use round::Round;
use server::{Server, spawn_bare, spawn_fold, start};
use tokio::sync::watch;
use tokio::time::Instant;

const CONNECTIONS: [usize; 3] = [1, 16, 64];
/// The time between two frames of the dashboard.
const FRAME: Duration = Duration::from_millis(33);
// Positions in the list of servers.
const BARE: usize = 0;
const FOLD: usize = 1;
const SCREEN: usize = 2;
const RECORD: usize = 3;

fn main() {
    let rounds = std::env::args().find_map(|it| it.parse().ok()).unwrap_or(5);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("calls.jsonl");
    let switchboard = watch::Sender::default();
    let servers = [
        Server::local("bare", spawn_bare(), &["bare"]),
        Server::local("fold", spawn_fold(&switchboard), &["listen", "fold"]),
        Server::binary("screen", &[]),
        Server::binary("record", &["--record", file.to_str().unwrap()]),
    ];
    println!("{rounds} rounds of {:?} each, body of {} bytes, medians", round::LENGTH, BODY.len());
    println!("bare is axum alone, fold folds into a dashboard that is not drawn, screen is");
    println!("imscope in a terminal of 200x50, record is the same with --record");
    println!("\n                                               CPU µs for an answer     % on");
    println!("connections  server   answers/s   p50 µs   p99 µs  listen server clients one core");
    for connections in CONNECTIONS {
        rates(&servers, connections, rounds);
    }
    rules::cost(&servers[FOLD], &switchboard, rounds);
    steady(&servers, rounds);
    moments(&servers[SCREEN], rounds);
}

/// The highest rate, and what an answer costs at it.
fn rates(servers: &[Server; 4], connections: usize, rounds: usize) {
    let mut results = [const { Vec::new() }; 4];
    for first in 0..rounds {
        // The order rotates, so that no server always has the warmer machine.
        for nth in 0..4 {
            let nth = (nth + first) % 4;
            results[nth].push(round::run(&servers[nth], connections, None));
        }
    }
    for (server, results) in servers.iter().zip(&results) {
        row(server.name, connections, results);
    }
    let least = if connections < 64 { 0.8 } else { 0.7 };
    for (one, other, least) in [(SCREEN, BARE, least), (SCREEN, FOLD, 0.9), (RECORD, BARE, 0.5)] {
        let pairs = results[one].iter().zip(&results[other]);
        let ratio = median(pairs.map(|(one, other)| one.rate / other.rate));
        let name = format!("{} / {}", servers[one].name, servers[other].name);
        let verdict = if least <= ratio { "" } else { "  MISSED" };
        println!("{connections:>11}  {name:<16} {ratio:>6.2}   goal {least} at the least{verdict}");
    }
    // What screen / bare would be if no core ever rested.
    let pairs = results[SCREEN].iter().zip(&results[BARE]);
    let share = median(pairs.map(|(screen, bare)| bare.cpu_total() / screen.cpu_total()));
    println!("{connections:>11}  {:<16} {share:>6.2}", "if never idle");
}

fn row(name: &str, connections: usize, results: &[Round]) {
    let of = |field: fn(&Round) -> f64| median(results.iter().map(field));
    let [rate, p50, p99] = [of(|it| it.rate), of(|it| it.p50), of(|it| it.p99)];
    print!("{connections:>11}  {name:<8} {rate:>9.0} {p50:>8.0} {p99:>8.0}");
    let [listener, server] = [of(|it| it.cpu.listener), of(|it| it.cpu.server)];
    let [clients, same_core] = [of(|it| it.cpu.clients), of(|it| it.same_core)];
    println!(" {listener:>7.2} {server:>6.2} {clients:>7.2} {same_core:>8.0}");
}

/// The slowest answers at a rate below every server's limit.
fn steady(servers: &[Server; 4], rounds: usize) {
    const CONNECTIONS: usize = 16;
    let pause = Duration::from_millis(CONNECTIONS as u64 * 1000 / 2000);
    let mut p99 = [const { Vec::new() }; 4];
    // Only ten answers of a round are slower: it takes more rounds than the rate.
    let rounds = 3 * rounds;
    for _ in 0..rounds {
        for (server, p99) in servers.iter().zip(&mut p99) {
            p99.push(round::run(server, CONNECTIONS, Some(pause)).p99);
        }
    }
    println!("\nat 2 000 callbacks a second, {rounds} rounds, p99 in µs");
    for (server, times) in servers.iter().zip(&p99) {
        let ratio = median(times.iter().zip(&p99[BARE]).map(|(own, bare)| own / bare));
        let time = median(times.iter().copied());
        let name = server.name;
        print!("  {name:<8} {time:>8.0}   ");
        report("of bare", ratio, 1.0, 1.5);
    }
}

/// The time from start to first answer, and from a callback to the screen.
fn moments(server: &Server, rounds: usize) {
    let ready = median((0..rounds).map(|_| start(&[]).1.as_secs_f64() * 1e3));
    println!();
    report("start to first answer, screen on, ms", ready, 1.0, 10.0);
    let Some(program) = &server.program else { return };
    let shown = median(('a'..='z').map(|it| {
        // Longer than a frame, so that the screen is idle.
        thread::sleep(3 * FRAME);
        shown_after(program, it)
    }));
    report("callback to screen, from rest, ms", shown, 1.0, 2.0);
    let beside = half::slowest_answer(program.port);
    report("beside 256 half bodies, of 100 ms", beside.as_secs_f64() * 1e3, 100.0, 1.0);
}

/// Milliseconds from a callback to the terminal's bytes that show it. Texts that
/// follow each other differ in every letter, so that none is left out of the diff.
fn shown_after(program: &Program, letter: char) -> f64 {
    while program.output.try_recv().is_ok() {}
    let text = letter.to_string().repeat(12);
    let start = Instant::now();
    post(program.port, &BODY.replace("red packet", &text)).unwrap();
    let mut output = Vec::new();
    while !output.windows(text.len()).any(|it| it == text.as_bytes()) {
        output.extend(program.output.recv_timeout(Duration::from_secs(5)).unwrap());
    }
    start.elapsed().as_secs_f64() * 1e3
}
