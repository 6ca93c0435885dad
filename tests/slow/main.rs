//! What can go wrong around the program, done to the program itself: terminals
//! that stall or go away, clients that mean no good, hours of load, panics.
//!
//! `IMSCOPE_SOAK=600` makes the soak last so many seconds, `IMSCOPE_STALL=600`
//! the terminal stall, `IMSCOPE_MUTATE=600` each hunt for bodies that break
//! something.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test may")]

mod clients;
mod closed;
mod fuzz;
mod load;
mod mutation;
mod panics;
mod soak;
mod stalled;
