//! Keys and callbacks in, screen out: journeys through the dashboard, on the
//! real loop and in virtual time.
//!
//! The pictures are renewed with `INSTA_UPDATE=always cargo test --test screen`.

mod alerts;
mod answering;
mod ascii;
mod changed_keys;
mod chinese;
pub(crate) mod chat;
mod copying;
mod deciding;
mod detail;
mod filters;
mod forwarding;
mod every_key;
mod frames;
pub(crate) mod harness;
mod help;
mod hints;
mod hits;
mod hostile;
mod keys;
mod life_line;
mod long_names;
mod marking;
mod marks;
mod mouse;
mod moving;
mod named_filters;
mod numbers;
mod pace;
mod page_texts;
mod pages;
mod pictures;
mod private;
mod saving;
mod searching;
mod pausing;
mod room;
pub(crate) mod surface;
mod switchboard;
mod telling;
mod timeline;
mod tunnels;
mod unanswered;
mod comparing;
mod completing;
