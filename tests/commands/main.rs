//! The commands without a dashboard, run as a user runs them, and the README.

#![expect(clippy::unwrap_used, reason = "a test may")]

mod alerts;
mod answers;
mod chinese;
mod config;
mod curl;
mod decisions;
mod doctor;
mod har;
mod printed;
mod readme;
mod recording;
mod scenarios;
mod secrets;
mod send;
mod version;
