//! What takes seconds: load, stalled and closed terminals, hostile clients,
//! panics, mutated bodies, the inputs kept by the fuzzer.
//!
//! `IMSCOPE_SOAK=600` makes the soak last so many seconds, `IMSCOPE_STALL=600`
//! the stall of the terminal, `IMSCOPE_MUTATE=600` each search for a body that
//! breaks something, `IMSCOPE_PRINT=600` the search for a text that is printed as it
//! is, `IMSCOPE_GAUGE=600` the search for a chat whose unread counts are wrong.
//! `IMSCOPE_REFUSED=2000` sends so many bodies of 1 MiB without a signature.

#![expect(clippy::unwrap_used, reason = "a test may")]

#[cfg(target_os = "linux")]
mod clients;
#[cfg(target_os = "linux")]
mod closed;
mod fuzz;
mod gauge;
#[cfg(target_os = "linux")]
mod load;
#[cfg(target_os = "linux")]
mod memory;
mod mutation;
#[cfg(target_os = "linux")]
mod panics;
mod printed;
#[cfg(target_os = "linux")]
mod refused;
#[cfg(target_os = "linux")]
mod soak;
#[cfg(target_os = "linux")]
mod stalled;
