//! Where the world is touched: sockets, files, clock, terminal.

pub mod clock;
pub mod listen;
pub mod reply;
pub mod post;
pub mod live;
pub mod terminal;
