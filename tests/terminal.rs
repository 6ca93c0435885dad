//! The built program in a real terminal: what it shows, what it writes, and how
//! it leaves.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test may")]

#[path = "terminal/asking.rs"]
mod asking;
#[path = "terminal/bytes.rs"]
mod bytes;
#[path = "terminal/harness.rs"]
mod harness;
#[path = "terminal/leaving.rs"]
mod leaving;
#[path = "terminal/showing.rs"]
mod showing;
