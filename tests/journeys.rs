//! Keys and callbacks in, screen out: journeys through the dashboard, on the
//! real loop and in virtual time.
//!
//! The pictures are renewed with `INSTA_UPDATE=always cargo test --test journeys`.

#![expect(clippy::unwrap_used, reason = "a test may")]

#[path = "journeys/answering.rs"]
mod answering;
#[path = "journeys/chat.rs"]
mod chat;
#[path = "journeys/copying.rs"]
mod copying;
#[path = "journeys/detail.rs"]
mod detail;
#[path = "journeys/filters.rs"]
mod filters;
#[path = "journeys/frames.rs"]
mod frames;
#[path = "journeys/harness.rs"]
mod harness;
#[path = "journeys/hostile.rs"]
mod hostile;
#[path = "journeys/moving.rs"]
mod moving;
#[path = "journeys/pace.rs"]
mod pace;
#[path = "journeys/pictures.rs"]
mod pictures;
#[path = "journeys/private.rs"]
mod private;
#[path = "journeys/searching.rs"]
mod searching;
#[path = "journeys/standing.rs"]
mod standing;
#[path = "journeys/together.rs"]
mod together;
