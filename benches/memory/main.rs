//! Resident memory that kept callbacks take.
//!
//! `cargo bench --bench memory` runs each case in a process of its own, so that
//! none inherits another's heap. Linux only.

#![expect(clippy::print_stdout, reason = "a benchmark prints its results")]

use std::process::Command;

use imscope::callback::Delivery;
use imscope::history::{History, HistoryConfig};
use imscope_test_support::bench::chat::Chat;
use imscope_test_support::bench::report::report;
use imscope_test_support::bench::system::resident;

const MB: f64 = 1e6;
/// The limit in the cases that exceed it.
const KEEP: usize = 64 << 20;
/// The cases that exceed the limit.
const MIXES: [&str; 5] = ["chat", "crowd", "noise", "huge", "mixed"];

fn main() {
    let args: Vec<_> = std::env::args().collect();
    if let Some(at) = args.iter().position(|it| it == "--case") {
        return run(&args[at + 1]);
    }
    println!("resident memory, MB");
    report("a million callbacks kept", case("million"), MB, 200.0);
    for mix in MIXES {
        report(&format!("{mix} / --keep {} MB", KEEP >> 20), case(mix), KEEP as f64, 1.1);
    }
}

/// Runs a case in a process of its own; returns its growth in bytes.
fn case(name: &str) -> f64 {
    let Ok(program) = std::env::current_exe() else { return f64::NAN };
    let output = Command::new(program).args(["--case", name]).output();
    let text = output.map(|it| String::from_utf8_lossy(&it.stdout).into_owned());
    text.unwrap_or_default().trim().parse().unwrap_or(f64::NAN)
}

fn run(case: &str) {
    let before = resident("self");
    let bytes = if case == "million" { 1 << 30 } else { KEEP };
    let mut history = History::new(HistoryConfig { max_bytes: bytes, sdk_app_id: None });
    let mut most = 0.0_f64;
    let count = match case {
        "million" => 1_000_000,
        "noise" => 100_000,
        "huge" => 300,
        "mixed" => 10_000,
        _ => 700_000,
    };
    let users = if case == "crowd" { 10_000_000 } else { 1_000 };
    let mut noise = fastrand::Rng::with_seed(7);
    for (nth, mut it) in Chat::among(users).take(count).enumerate() {
        match case {
            "noise" => bloat(&mut it, 3_000, &mut noise),
            "huge" => bloat(&mut it, 1 << 20, &mut noise),
            "mixed" => bloat(&mut it, [0, 0, 0, 100_000, 0, 9_000, 60_000][nth % 7], &mut noise),
            _ => {}
        }
        history.apply(&it);
        if nth % (count / 100) == 0 {
            most = most.max(resident("self"));
        }
    }
    println!("{}", most.max(resident("self")) - before);
}

/// Appends random bytes to a body, which do not compress.
fn bloat(delivery: &mut Delivery, bytes: usize, noise: &mut fastrand::Rng) {
    let mut body = Vec::with_capacity(delivery.body.len() + bytes);
    body.extend_from_slice(&delivery.body);
    body.extend(std::iter::repeat_with(|| noise.u8(..)).take(bytes));
    delivery.body = body.into();
}
