//! One connection: its requests, its limits and its end.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use hyper_util::server::graceful::Watcher;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::sleep;

use crate::edge::handler::{Handler, handle};

/// Time without a complete head of a request after which a connection is closed:
/// at least this, at most twice this, because it is checked at this interval.
/// Tencent keeps its connections, and a short time would close one while a callback
/// is in transit.
pub const IDLE_TIMEOUT: Duration = Duration::from_secs(90);

/// Maximum size in bytes of the head of a request; a longer one is answered 431.
/// Tencent's have less than a KiB.
pub const HEAD_BYTES: usize = 64 * 1024;

/// Serves a connection until it is closed by either side.
pub(super) async fn serve(
    stream: impl AsyncRead + AsyncWrite + Unpin + 'static,
    peer: SocketAddr,
    handler: Arc<Handler>,
    watcher: Watcher,
) {
    let is_forwarding = handler.config.forwarder.is_some();
    let peer: Arc<str> = peer_name(peer).into();
    let activity = Arc::new(Activity::default());
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

/// Number of starts and ends of requests on a connection. It is odd during a
/// request, because they are served one after another.
#[derive(Debug, Default)]
struct Activity(AtomicU64);

impl Activity {
    /// Notes the start or the end of a request.
    fn note(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    /// Waits until there was no request for [`IDLE_TIMEOUT`]. It checks only at that
    /// interval: a timer for each request would cost more than to read its head.
    async fn idle(&self) {
        let mut last = self.0.load(Ordering::Relaxed);
        loop {
            sleep(IDLE_TIMEOUT).await;
            let now = self.0.load(Ordering::Relaxed);
            if now == last && now.is_multiple_of(2) {
                return;
            }
            last = now;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ipv4_peer_of_an_ipv6_listener_is_named_as_ipv4() {
        let name = |it: &str| peer_name(it.parse().unwrap());
        assert_eq!(name("[::ffff:10.0.0.7]:5000"), "10.0.0.7:5000");
        assert_eq!(name("10.0.0.7:5000"), "10.0.0.7:5000");
        assert_eq!(name("[fe80::1%3]:5000"), "[fe80::1%3]:5000");
    }
}
