//! imscope: live monitor for Tencent Cloud IM callbacks in the terminal.
//!
//! The library exists for the binary and its tests; there is no stable API.
//!
//! The path of a callback, which is also an order in which to read the code:
//!
//! ```text
//!   Tencent ── POST ──▶ edge::listen ──▶ edge::handler ── Delivery ──▶ edge::queue
//!           ◀─ answer ───────────────────┤ 1 answer::own                   │
//!                                        │ 2 edge::forward                 ▼
//!                                        └ 3 edge::recorder         edge::event_loop ◀── keys
//!                                                                    ▲    │         │
//!        command::effects ── Message ────────────────────────────────┘    │         │ frame is due
//!               ▲                                                         │         ▼
//!               └──────────── Effect ── dashboard::App ◀──────────────────┘  dashboard::view
//!                                         │                                         │
//!                                         ▼                                         ▼
//!                                       history::History (callback::decode)  edge::terminal
//! ```
//!
//! The answer mode gives an answer, a valid reply of the local app replaces it, and the
//! recorder writes the line before the answer goes out.
//!
//! Each module is a layer that may use those before it, never those after it.
//! `callback`, `history`, `answer` and `dashboard` are pure: no clock, file, socket,
//! lock or `async`; they get values as arguments and return values. `tests/tidy` checks
//! both rules. In every file the `mod` lines are in reading order, not in that of the
//! alphabet.

#[cfg(not(unix))]
compile_error!(
    "imscope supports Unix only (Linux, macOS): it uses Unix signals, terminals and descriptors"
);

pub mod callback;
pub mod history;
pub mod answer;
pub mod dashboard;
pub mod edge;
pub mod command;
