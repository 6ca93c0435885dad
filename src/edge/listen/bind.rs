//! Binding of the listener's port.

use std::fmt::Display;
use std::io;
use std::net::{TcpListener, ToSocketAddrs};

use anyhow::anyhow;

use crate::callback::trouble::failure;

/// Length of the system's queue of connections that wait to be accepted. When it
/// is full, a caller tries again after a second, half of Tencent's timeout.
const BACKLOG: i32 = 4096;

/// Binds an address; never another one than was asked for.
///
/// # Errors
/// When the address cannot be bound; names it and, where known, what to do.
pub fn bind(address: impl ToSocketAddrs + Display) -> anyhow::Result<TcpListener> {
    let listener = TcpListener::bind(&address).map_err(|error| {
        let hint = match error.kind() {
            io::ErrorKind::AddrInUse => failure::port_in_use(),
            io::ErrorKind::PermissionDenied => failure::port_needs_rights(),
            io::ErrorKind::AddrNotAvailable => failure::no_such_address(),
            _ => error.to_string(),
        };
        anyhow!(failure::cannot_listen(&address, hint))
    })?;
    // The standard library asks for a queue of 128.
    rustix::net::listen(&listener, BACKLOG)
        .map_err(io::Error::from)
        .and_then(|()| listener.set_nonblocking(true))
        .map_err(|error| anyhow!(failure::cannot_listen(&address, error)))?;
    Ok(listener)
}
