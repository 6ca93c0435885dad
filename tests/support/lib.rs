//! Support for the integration tests and benchmarks: child processes, terminals, HTTP, the corpus.

#![expect(clippy::unwrap_used, reason = "a failure here is a failed test")]
#![expect(clippy::missing_panics_doc, reason = "every assertion of a test panics")]

pub mod bench;
pub mod corpus;
pub mod fuzz_targets;
pub mod http;
pub mod printed;
pub mod program;
pub mod tail;
pub mod terminal;

use std::thread;
use std::time::{Duration, Instant};

/// A bound on every wait, far beyond what any of them takes.
pub const GUARD: Duration = Duration::from_secs(60);
/// The body that accepts a callback.
pub const OK: &str = r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0}"#;

/// Waits until a condition holds. It yields instead of sleeping, so that it
/// notices at once and the processor is free for what it waits for.
#[expect(clippy::disallowed_methods, reason = "it only bounds the wait")]
pub fn until(what: &str, mut condition: impl FnMut() -> bool) {
    let began = Instant::now();
    while !condition() {
        assert!(began.elapsed() < GUARD, "waited too long until {what}");
        thread::yield_now();
    }
}

/// Cases of a property: `usual`, or as many as `IMSCOPE_CASES` says.
pub fn cases(usual: u32) -> u32 {
    std::env::var("IMSCOPE_CASES").map_or(usual, |it| it.parse().unwrap())
}
