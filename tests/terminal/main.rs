//! The built program in a pseudo-terminal: its screen, its output, its exit.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test may")]

mod alerts;
mod asking;
mod background;
mod bytes;
mod entering;
mod first_hour;
mod leaving;
mod plain;
mod saving;
mod showing;
