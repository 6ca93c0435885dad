//! Where the world is touched: sockets, clock, terminal.

pub mod clock;
pub mod intake;
pub mod reply;
pub mod record;
pub mod lines;
pub mod desk;
pub mod listen;
mod resolve;
pub mod post;
pub mod tunnel;
pub mod live;
pub mod terminal;
pub mod clipboard;
