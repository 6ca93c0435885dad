//! Input and output: sockets, files, clock, terminal, processes.

pub mod clock;
pub mod stdio;
pub mod line_printer;
pub mod queue;
pub mod keys;
pub mod answer;
pub mod client_tls;
pub mod forward;
pub mod recorder;
pub mod recording_reader;
pub mod config;
mod timeout;
mod refusal;
mod body;
mod handler;
pub mod tls;
pub mod listen;
mod resolve;
pub mod http_client;
pub mod child;
pub mod editor;
pub mod tunnel;
pub mod event_loop;
pub mod signals;
pub mod pipeline;
pub mod terminal;
pub mod clipboard;
