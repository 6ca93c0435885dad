//! The listener over real sockets: HTTP, TLS, and callbacks forwarded to a local app.

#![expect(clippy::unwrap_used, reason = "a test may")]

mod forward;
mod harness;
mod listener;
mod places;
mod rules;
mod tls;
mod tunnels;
