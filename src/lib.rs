//! imscope: a live scope for Tencent Cloud IM callbacks in the terminal.
//!
//! The way of a callback, which is also the order in which to read the house:
//!
//! ```text
//!   Tencent ──POST──▶ edge::listen ──▶ edge::handler ──Delivery──▶ edge::event_loop
//!                                       │ edge::forward            │ History::apply
//!                                       │ edge::recorder           ▼
//!                                       │ edge::reply        history (folded by callback::decode)
//!                        answered ◀─────┘                          │ &App
//!   keys ──▶ dashboard::keymap ──▶ App ──Effect──▶                 ▼
//!                                              dashboard::view ──▶ edge::terminal
//! ```
//!
//! The first three modules are the pure core: no clock, no file, no socket, no
//! lock, no `async`. The world comes in as arguments and goes out as values.
//! Arrows only go down: `command` may use `edge`, `edge` may use `dashboard`,
//! and so on, never the other way round. `tests/tidy` holds this.

pub mod callback;
pub mod history;
pub mod dashboard;
pub mod edge;
pub mod command;
