//! Accepting of connections, up to a limit.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::sleep;

/// Maximum number of open connections, if the limit of open files allows so many;
/// more wait in the system's queue. Tencent keeps its connections, so most of
/// them are idle.
const MAX_CONNECTIONS: usize = 4096;

/// The limit of open files to ask for: two for each connection, because a
/// callback can be forwarded to the local app, and some more. Some systems have
/// this as their maximum.
const OPEN_FILES: u64 = 10_240;

/// The pause after an accept that failed for want of files or memory.
const RETRY_AFTER: Duration = Duration::from_millis(100);

/// A connection that was accepted.
pub(super) struct Accepted {
    pub(super) stream: TcpStream,
    pub(super) peer: SocketAddr,
    /// Held while the connection is open.
    pub(super) permit: Option<OwnedSemaphorePermit>,
}

/// A semaphore with a permit for each connection that may be open: half of the
/// limit of open files, after raising it. The usual 1024 is only the soft limit.
pub(super) fn connection_permits() -> Arc<Semaphore> {
    let limit = getrlimit(Resource::Nofile);
    let wanted = limit.maximum.map_or(OPEN_FILES, |it| it.min(OPEN_FILES));
    let raised = match limit.current {
        Some(current) if current < wanted => {
            let more = Rlimit { current: Some(wanted), ..limit };
            setrlimit(Resource::Nofile, more).map_or(Some(current), |()| Some(wanted))
        }
        current => current,
    };
    let files = raised.and_then(|it| usize::try_from(it).ok()).unwrap_or(usize::MAX);
    Arc::new(Semaphore::new(MAX_CONNECTIONS.min(files / 2)))
}

/// Waits for a permit and then for the next connection. Cancel safe.
pub(super) async fn accept(listener: &TcpListener, permits: &Arc<Semaphore>) -> Accepted {
    // Never closed, so there always is a permit.
    let permit = permits.clone().acquire_owned().await.ok();
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => return Accepted { stream, peer, permit },
            Err(error) if is_connection_error(&error) => {}
            Err(_) => sleep(RETRY_AFTER).await,
        }
    }
}

/// Whether only this connection failed, so that the next can be accepted at once.
fn is_connection_error(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}
