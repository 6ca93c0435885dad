//! What can go wrong around the program, done to the program itself: terminals
//! that stall or go away, clients that mean no good, hours of load, panics.
//!
//! `IMSCOPE_SOAK=600` makes the soak last so many seconds, `IMSCOPE_STALL=600`
//! the terminal stall, `IMSCOPE_MUTATE=600` each hunt for bodies that break
//! something.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test may")]

#[path = "faults/clients.rs"]
mod clients;
#[path = "faults/closed.rs"]
mod closed;
#[path = "faults/load.rs"]
mod load;
#[path = "faults/mutation.rs"]
mod mutation;
#[path = "faults/panics.rs"]
mod panics;
#[path = "faults/soak.rs"]
mod soak;
#[path = "faults/stalled.rs"]
mod stalled;
#[path = "recording/harness.rs"]
#[expect(dead_code, reason = "not all of it is used here")]
mod tail;
#[path = "terminal/harness.rs"]
#[expect(dead_code, reason = "not all of it is used here")]
mod terminal;
