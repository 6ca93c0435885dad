//! The server of the accepted connections: what they share, and their tasks.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpStream;
use tokio::sync::{OwnedSemaphorePermit, watch};
use tokio::time::timeout;

use super::accept::Accepted;
use super::connection::serve;
use super::connections::Connections;
use super::stream::Stream;
use crate::edge::config::ListenerConfig;
use crate::edge::handler::Handler;
use crate::edge::queue::Sender;
use crate::edge::tls::Tls;

/// Maximum time for requests in progress to end after the listener was stopped.
pub const STOP_TIMEOUT: Duration = Duration::from_secs(2);

/// Serves accepted connections.
pub(super) struct Server {
    handler: Arc<Handler>,
    tls: Option<Tls>,
    pub(super) connections: Connections,
    graceful: GracefulShutdown,
    /// Handshakes in progress, and calls that hang, end when it is dropped.
    stopping: watch::Sender<()>,
}

impl Server {
    pub(super) fn new(config: Arc<ListenerConfig>, sender: Sender) -> Self {
        let tls = config.tls.clone().map(|it| it.reporting(config.unreadable.clone()));
        let (stopping, stopped) = watch::channel(());
        Self {
            handler: Arc::new(Handler::new(config, sender, stopped)),
            tls,
            connections: Connections::default(),
            graceful: GracefulShutdown::new(),
            stopping,
        }
    }

    /// Spawns the task of a connection, which holds the permit until its end.
    pub(super) fn serve(&mut self, accepted: Accepted, permit: OwnedSemaphorePermit) {
        let Accepted { stream, peer } = accepted;
        // Otherwise an answer could wait for an acknowledgment. If it fails, that delay
        // is the only consequence.
        let _ = stream.set_nodelay(true);
        let (handler, watcher) = (self.handler.clone(), self.graceful.watcher());
        let tls = self.tls.clone().map(|it| (it, self.stopping.subscribe()));
        self.connections.spawn(|activity| async move {
            let stream = match tls {
                None => Some(Stream::plain(stream)),
                // Boxed: a handshake has kilobytes, and the task is as large as its
                // largest state.
                Some((tls, stopped)) => Box::pin(handshake(stream, peer, tls, stopped)).await,
            };
            if let Some(stream) = stream {
                serve(stream, peer, handler, watcher, activity).await;
            }
            drop(permit);
        });
    }

    /// Lets requests in progress end. Those that take longer than [`STOP_TIMEOUT`] are
    /// aborted with their tasks.
    pub(super) async fn stop(self) {
        let Self { mut connections, graceful, stopping, .. } = self;
        drop(stopping);
        let _ = timeout(STOP_TIMEOUT, async {
            graceful.shutdown().await;
            while connections.join_next().await.is_some() {}
        })
        .await;
    }
}

/// Performs the TLS handshake; `None` if it failed, or the server was stopped first.
async fn handshake(
    stream: TcpStream,
    peer: SocketAddr,
    tls: Tls,
    mut stopped: watch::Receiver<()>,
) -> Option<Stream> {
    tokio::select! {
        stream = tls.accept(stream, peer) => stream.map(Stream::tls),
        _ = stopped.changed() => None,
    }
}
