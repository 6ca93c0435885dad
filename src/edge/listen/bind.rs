//! Binding of the listener's port.

use std::fmt::Display;
use std::io;
use std::net::{TcpListener, ToSocketAddrs};

use anyhow::{Context as _, anyhow};

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
            io::ErrorKind::AddrInUse => {
                "the port is in use (is another imscope running? try --listen 127.0.0.1:0)".into()
            }
            io::ErrorKind::PermissionDenied => {
                "this port needs more rights (try one above 1023)".into()
            }
            io::ErrorKind::AddrNotAvailable => "this machine has no such address".into(),
            _ => error.to_string(),
        };
        anyhow!("cannot listen on {address}: {hint}")
    })?;
    // The standard library asks for a queue of 128.
    rustix::net::listen(&listener, BACKLOG)
        .map_err(io::Error::from)
        .and_then(|()| listener.set_nonblocking(true))
        .with_context(|| format!("cannot listen on {address}"))?;
    Ok(listener)
}
