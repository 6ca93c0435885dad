//! One connection: its requests, its limits and its end.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use hyper_util::server::graceful::Watcher;
use tokio::io::{AsyncRead, AsyncWrite};

use super::connections::Activity;
use crate::edge::handler::{Handler, handle};

/// Maximum size in bytes of the head of a request; a longer one is answered 431.
/// Tencent's have less than a KiB.
pub const HEAD_BYTES: usize = 64 * 1024;

/// Serves a connection until it is closed by either side.
pub(super) async fn serve(
    stream: impl AsyncRead + AsyncWrite + Unpin + 'static,
    peer: SocketAddr,
    handler: Arc<Handler>,
    watcher: Watcher,
    activity: Arc<Activity>,
) {
    let is_forwarding = handler.config.forwarder.is_some();
    let peer: Arc<str> = peer_name(peer).into();
    let noted = activity.clone();
    let service = service_fn(move |request| {
        noted.note();
        let noted = noted.clone();
        let response = handle(&handler, &peer, request);
        async move {
            let response = response.await;
            noted.note();
            response
        }
    });
    let connection = http1::Builder::new()
        // The size of the connection's read buffer: bodies go through it in parts.
        .max_buf_size(HEAD_BYTES)
        // Otherwise a caller that closes its side after the request would cancel a
        // request that was read completely, and it would never be shown.
        .half_close(true)
        // To copy a small answer behind its head costs less than a vectored write.
        // A reply of the local app may be large, and the connection would keep the
        // copy.
        .writev(is_forwarding)
        .serve_connection(TokioIo::new(stream), service);
    tokio::select! {
        biased;
        // On an error the caller is gone or does not speak HTTP: there is no
        // request to show.
        _ = watcher.watch(connection) => {}
        () = activity.idle() => {}
    }
}

/// `address:port`; an IPv4 address that a listener on `[::]` sees as IPv6 in its own
/// form, by which it is known everywhere else.
fn peer_name(peer: SocketAddr) -> String {
    match peer.ip().to_canonical() {
        IpAddr::V4(address) => SocketAddr::from((address, peer.port())).to_string(),
        IpAddr::V6(_) => peer.to_string(),
    }
}
