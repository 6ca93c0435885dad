//! The listener: accepts connections and serves them until it is stopped.
//!
//! It has its own accept loop, because `axum::serve` has no timeout for heads, no
//! maximum number of connections and no limit on a graceful shutdown. It takes a
//! bound listener and a future that stops it, and handles no signals.

mod accept;
mod bind;
mod connection;
mod connections;
mod server;
mod stream;

use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::thread;

use anyhow::anyhow;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::time::sleep;

use super::queue::Sender;
use super::task;
use crate::callback::trouble::failure;
use accept::{Acceptor, connection_permits};
use connections::PLACE_INTERVAL;
use server::Server;

pub use super::body::{BEGINNING_BYTES, BODY_STALL, BODY_TIMEOUT};
pub use super::config::ListenerConfig;
pub use super::handler::HANG_TIME;
pub use bind::bind;
pub use connection::HEAD_BYTES;
pub use connections::IDLE_TIMEOUT;
pub use server::STOP_TIMEOUT;

/// A listener that runs on its own thread. Stops it when dropped.
#[derive(Debug)]
pub struct ListenerHandle {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: thread::JoinHandle<()>,
}

/// Starts the listener on its own thread with its own runtime: on few cores a
/// pool of threads would spend more time on wake-ups than on answers.
///
/// # Errors
/// When no thread or no runtime can be created.
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
    let thread = task::start_thread("listen", move || {
        // An error means that the handle was dropped, which stops it as well.
        let stopped = async { _ = stopped.await };
        runtime.block_on(run(listener, config, sender, stopped));
        // Without waiting for a name lookup that may still block.
        runtime.shutdown_background();
    })?;
    Ok(ListenerHandle { address, stop: Some(stop), thread })
}

impl ListenerHandle {
    /// The address it listens on, with the port that the system chose for port 0.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Asks it to stop: no connection is accepted any more, and requests in
    /// progress end within [`STOP_TIMEOUT`].
    pub fn stop(&mut self) {
        self.stop = None;
    }

    /// Waits for its end.
    ///
    /// # Errors
    /// When it panicked.
    pub fn join(self) -> anyhow::Result<()> {
        let Self { thread, stop, .. } = self;
        let result = thread.join();
        drop(stop);
        result.map_err(|panic| {
            let message = panic.downcast_ref::<&str>().copied();
            let message = message.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
            anyhow!(failure::listener_panicked(message.unwrap_or("-")))
        })
    }
}

/// Serves connections until `stop` is ready, then lets requests in progress end.
///
/// # Panics
/// When the task of a connection panics: otherwise a callback would vanish, and
/// only its closed connection would show it.
pub async fn run(
    listener: TcpListener,
    config: Arc<ListenerConfig>,
    sender: Sender,
    stop: impl Future<Output = ()>,
) {
    let mut acceptor = Acceptor::new(listener, config.unreadable.clone());
    let mut server = Server::new(config, sender);
    let permits = connection_permits();
    // Accepted, and without a place yet.
    let mut waiting = None;
    let mut stop = pin!(stop);
    loop {
        tokio::select! {
            () = &mut stop => break,
            Some(()) = server.connections.join_next() => {}
            accepted = acceptor.accept(), if waiting.is_none() => {
                if permits.available_permits() == 0 {
                    server.connections.close_longest_resting();
                }
                waiting = Some(accepted);
            }
            // Never closed, so there always is a permit at last.
            Ok(permit) = permits.clone().acquire_owned(), if waiting.is_some() => {
                if let Some(accepted) = waiting.take() {
                    server.serve(accepted, permit);
                }
            }
            () = sleep(PLACE_INTERVAL), if waiting.is_some() => {
                server.connections.close_longest_resting();
            }
        }
    }
    drop(acceptor);
    server.stop().await;
}
