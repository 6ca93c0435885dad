//! The built program in a real terminal: what it shows, what it writes, and how
//! it leaves.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test may")]

mod asking;
mod bytes;
mod leaving;
mod showing;
