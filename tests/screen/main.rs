//! The dashboard without a terminal: keys and callbacks in, screen out.

#![expect(clippy::unwrap_used, reason = "a test may")]

mod corpus;
mod journeys;
mod model;
