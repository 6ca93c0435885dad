//! The listener: what Tencent POSTs is taken, answered at once, and handed on.
//!
//! The accept loop is our own, because `axum::serve` has neither a time limit
//! for headers, nor a cap on connections, nor an end with a limit. It takes a
//! bound listener and a way to stop; it binds nothing and knows no signals.

use std::fmt::Display;
use std::io;
use std::net::{SocketAddr, ToSocketAddrs};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, anyhow};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot, watch};
use tokio::task::{JoinError, JoinSet};
use tokio::time::{sleep, timeout};

use super::handler::{Handler, handle};
use super::queue::Sender;

pub use super::body::BODY_TIME;
pub use super::config::ListenerConfig;
pub use super::handler::HANG_TIME;

/// How many connections are open at once, if the system lets us open that many
/// files; the next ones wait in the system's queue until one ends. Tencent keeps
/// its connections, so there must be room for many that rest.
const CONNECTIONS: usize = 4096;
/// How many callers the system lets wait for their place. One that finds no room
/// there is turned away, and tries again after a second: half the time it has.
const WAITING: i32 = 4096;
/// How many files we ask to be allowed: two for each connection, as a callback
/// can be on its way to the local app, and some. Some systems grant no more.
const FILES: u64 = 10_240;

/// How long a connection may have no whole head of a request, at the least;
/// after twice that time it is closed. Tencent keeps its connections, and too
/// short a time would close one on a callback that is just on its way.
pub const HEAD_TIME: Duration = Duration::from_secs(90);

/// How many bytes the head of a request may have; one that is longer is
/// answered 431. Tencent's have less than one KiB.
pub const HEAD_BYTES: usize = 64 * 1024;

/// How long calls in progress may take to end after the listener was stopped.
pub const STOP_TIME: Duration = Duration::from_secs(2);

/// The pause after an accept that failed for want of files or memory.
const PAUSE: Duration = Duration::from_millis(100);

/// Opens the port, and no other one than was asked for.
///
/// # Errors
/// One sentence that names the address and what to do.
pub fn bind(address: impl ToSocketAddrs + Display) -> anyhow::Result<std::net::TcpListener> {
    let listener = std::net::TcpListener::bind(&address).map_err(|error| {
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
    // The standard library's own queue has room for 128.
    rustix::net::listen(&listener, WAITING)
        .map_err(io::Error::from)
        .and_then(|()| listener.set_nonblocking(true))
        .with_context(|| format!("cannot listen on {address}"))?;
    Ok(listener)
}

/// A listener that runs on a thread of its own. Dropping it stops it.
#[derive(Debug)]
pub struct ListenerHandle {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: thread::JoinHandle<()>,
}

/// Starts the listener on a thread of its own, with a runtime of its own: on
/// few cores a pool would spend more on waking than on answering.
///
/// # Errors
/// When the system gives no thread or no runtime.
pub fn spawn(
    listener: std::net::TcpListener,
    config: Arc<ListenerConfig>,
    sender: Sender,
) -> anyhow::Result<ListenerHandle> {
    let address = listener.local_addr()?;
    listener.set_nonblocking(true)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let listener = {
        let _entered = runtime.enter();
        TcpListener::from_std(listener)?
    };
    let (stop, stopped) = oneshot::channel();
    let thread = thread::Builder::new().name("listen".to_owned()).spawn(move || {
        // The handle being dropped stops it as well.
        let stopped = async { _ = stopped.await };
        runtime.block_on(run(listener, config, sender, stopped));
        // Looking up the local app's name may still hang in the system.
        runtime.shutdown_background();
    })?;
    Ok(ListenerHandle { address, stop: Some(stop), thread })
}

impl ListenerHandle {
    /// Where it listens; tells the port that the system chose for port 0.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Asks it to stop: nothing new is accepted, and calls in progress end
    /// within [`STOP_TIME`].
    pub fn stop(&mut self) {
        self.stop = None;
    }

    /// Waits for its end.
    ///
    /// # Errors
    /// When it panicked.
    pub fn join(self) -> anyhow::Result<()> {
        let Self { thread, stop, .. } = self;
        let end = thread.join();
        drop(stop);
        end.map_err(|panic| {
            let said = panic.downcast_ref::<&str>().copied();
            let said = said.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
            anyhow!("the listener panicked: {}", said.unwrap_or("no reason given"))
        })
    }
}

/// Takes calls until `stop` is ready, then lets those in progress end.
///
/// # Panics
/// When the answering of a call panics: a callback that vanished with only its
/// connection to tell would be worse.
pub async fn run(
    listener: TcpListener,
    config: Arc<ListenerConfig>,
    sender: Sender,
    stop: impl Future<Output = ()>,
) {
    let tls = config.tls.clone();
    let handler = Arc::new(Handler::new(config, sender));
    let (stopping, stopped) = watch::channel(());
    let gate = Arc::new(Semaphore::new(places()));
    let graceful = GracefulShutdown::new();
    let mut connections = JoinSet::new();
    let mut stop = pin!(stop);
    loop {
        tokio::select! {
            () = &mut stop => break,
            Some(ended) = connections.join_next() => see(ended),
            (permit, stream, peer) = arrival(&listener, &gate) => {
                // Without it an answer could wait for an acknowledgement; if
                // the system will not, that is all that happens.
                let _ = stream.set_nodelay(true);
                let (handler, watcher) = (handler.clone(), graceful.watcher());
                let (tls, mut stopped) = (tls.clone(), stopped.clone());
                connections.spawn(async move {
                    match tls {
                        None => serve(stream, peer, handler, watcher).await,
                        Some(tls) => tokio::select! {
                            stream = tls.accept(stream, peer) => if let Some(stream) = stream {
                                serve(stream, peer, handler, watcher).await;
                            },
                            _ = stopped.changed() => {}
                        },
                    }
                    drop(permit);
                });
            }
        }
    }
    drop((listener, stopping));
    // Who is still busy after this time is cut off, with its task.
    let _ = timeout(STOP_TIME, async {
        graceful.shutdown().await;
        while let Some(ended) = connections.join_next().await {
            see(ended);
        }
    })
    .await;
}

fn see(ended: Result<(), JoinError>) {
    if let Some(panic) = ended.err().and_then(|it| it.try_into_panic().ok()) {
        std::panic::resume_unwind(panic);
    }
}

/// How many connections there is room for: half of the files we may open, after
/// asking for more. The usual limit of 1024 is only the soft one.
fn places() -> usize {
    let limit = getrlimit(Resource::Nofile);
    let wanted = limit.maximum.map_or(FILES, |it| it.min(FILES));
    let raised = match limit.current {
        Some(current) if current < wanted => {
            let more = Rlimit { current: Some(wanted), ..limit };
            setrlimit(Resource::Nofile, more).map_or(Some(current), |()| Some(wanted))
        }
        current => current,
    };
    let files = raised.and_then(|it| usize::try_from(it).ok()).unwrap_or(usize::MAX);
    CONNECTIONS.min(files / 2)
}

/// Waits for a place and then for the next caller. Dropping the future loses
/// neither.
async fn arrival(
    listener: &TcpListener,
    gate: &Arc<Semaphore>,
) -> (Option<OwnedSemaphorePermit>, TcpStream, SocketAddr) {
    // The gate is never closed, so there always is a permit.
    let permit = gate.clone().acquire_owned().await.ok();
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => return (permit, stream, peer),
            Err(error) if is_of_the_caller(&error) => {}
            Err(_) => sleep(PAUSE).await,
        }
    }
}

/// Whether only this one caller failed, and the next may be taken at once.
fn is_of_the_caller(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

async fn serve(
    stream: impl AsyncRead + AsyncWrite + Unpin + 'static,
    peer: SocketAddr,
    handler: Arc<Handler>,
    watcher: Watcher,
) {
    let is_forwarding = handler.config.forward.is_some();
    let peer: Arc<str> = peer.to_string().into();
    let calls = Arc::new(Calls::default());
    let counted = calls.clone();
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        counted.note();
        let counted = counted.clone();
        let response = handle(&handler, &peer, request);
        async move {
            let response = response.await;
            counted.note();
            response
        }
    });
    let connection = http1::Builder::new()
        // It is the connection's whole read buffer: a body is taken out of it
        // piece by piece.
        .max_buf_size(HEAD_BYTES)
        // Otherwise a caller that closes after its request would take a call
        // down that has been read whole, and nobody would ever see it.
        .half_close(true)
        // To copy a small answer behind its head costs less than to write two
        // pieces. One of the local app may be large, and the connection would
        // keep the copy.
        .writev(is_forwarding)
        .serve_connection(TokioIo::new(stream), service);
    tokio::select! {
        biased;
        // An error is a caller that left or spoke no HTTP: there is no call to
        // show.
        _ = watcher.watch(connection) => {}
        () = calls.none_comes() => {}
    }
}

/// The beginnings and ends of a connection's calls: an odd number while there
/// is one, for they come one after another.
#[derive(Debug, Default)]
struct Calls(AtomicU64);

impl Calls {
    /// Notes that one begins, or that it ends.
    fn note(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    /// Waits until none has come for [`HEAD_TIME`]. It looks only so often: a
    /// timer for each call would cost more than the reading of its head.
    async fn none_comes(&self) {
        let mut seen = self.0.load(Ordering::Relaxed);
        loop {
            sleep(HEAD_TIME).await;
            let now = self.0.load(Ordering::Relaxed);
            if now == seen && now.is_multiple_of(2) {
                return;
            }
            seen = now;
        }
    }
}
