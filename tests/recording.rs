//! Recordings: what is answered OK is in the file, and every command reads back
//! what was written, byte for byte.

#![expect(clippy::unwrap_used, reason = "the helpers of tests may fail as tests do")]

#[path = "recording/crash.rs"]
mod crash;
#[path = "recording/form.rs"]
mod form;
#[path = "recording/harness.rs"]
mod harness;
#[path = "recording/pipes.rs"]
mod pipes;
#[path = "recording/replayed.rs"]
mod replayed;
#[path = "recording/screen.rs"]
mod screen;
#[path = "recording/trouble.rs"]
mod trouble;
