//! Accepting of connections, up to a limit.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::sleep;

use crate::dashboard::Unreadable;
use crate::edge::open_files::raise_limit;
use crate::edge::unreadable::UnreadableReports;

/// Maximum number of open connections, if the limit of open files allows so many; for
/// one more the one that rests longest is closed. Tencent keeps its connections, so
/// most of them are idle.
const MAX_CONNECTIONS: usize = 4096;

/// The pause after an accept that failed for want of files or memory.
const RETRY_AFTER: Duration = Duration::from_millis(100);

/// A connection that was accepted.
pub(super) struct Accepted {
    pub(super) stream: TcpStream,
    pub(super) peer: SocketAddr,
}

/// A semaphore with a permit for each connection that may be open: two fifths of the
/// limit of open files, after raising it. Each can need a second one to a local app, and
/// the rest is for the idle connections to the apps of rules, and for all else.
pub(super) fn connection_permits() -> Arc<Semaphore> {
    let files = usize::try_from(raise_limit()).unwrap_or(usize::MAX);
    Arc::new(Semaphore::new(MAX_CONNECTIONS.min(files / 5 * 2)))
}

/// Accepts connections of a listener.
pub(super) struct Acceptor {
    listener: TcpListener,
    reports: UnreadableReports,
    /// Whether the last accept failed for want of files or memory; reported once, until
    /// one succeeds.
    is_failing: bool,
}

impl Acceptor {
    pub(super) fn new(listener: TcpListener, reports: UnreadableReports) -> Self {
        Self { listener, reports, is_failing: false }
    }

    /// Waits for the next connection. Cancel safe.
    pub(super) async fn accept(&mut self) -> Accepted {
        loop {
            match self.listener.accept().await {
                Ok((stream, peer)) => {
                    self.is_failing = false;
                    return Accepted { stream, peer };
                }
                Err(error) if is_connection_error(&error) => {}
                Err(_) => {
                    if !std::mem::replace(&mut self.is_failing, true) {
                        self.reports.report(Unreadable::NoFiles);
                    }
                    sleep(RETRY_AFTER).await;
                }
            }
        }
    }
}

/// Whether only this connection failed, so that the next can be accepted at once.
fn is_connection_error(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}
