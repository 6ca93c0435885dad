//! One connection: its requests, its limits and its end.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use hyper_util::server::graceful::Watcher;

use super::connections::Activity;
use super::stream::{Stream, number};
use crate::dashboard::Unreadable;
use crate::edge::handler::{Handler, handle};

/// Maximum size in bytes of the head of a request; a longer one is answered 431.
/// Tencent's have less than a KiB.
pub const HEAD_BYTES: usize = 64 * 1024;

/// Serves a connection until it is closed by either side.
pub(super) async fn serve(
    stream: Stream,
    peer: SocketAddr,
    handler: Arc<Handler>,
    watcher: Watcher,
    activity: Arc<Activity>,
) {
    let reports = handler.config.unreadable.clone();
    let beginning = stream.beginning();
    let is_forwarding = handler.config.forwards();
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
    let connection = protocol(is_forwarding).serve_connection(TokioIo::new(stream), service);
    tokio::select! {
        biased;
        // On an error the caller is gone or does not speak HTTP: there is no
        // request to show.
        ended = watcher.watch(connection) => {
            if let Some(unreadable) = ended.err().and_then(|it| unreadable(&it, beginning.load(Ordering::Relaxed))) {
                reports.report(unreadable);
            }
        }
        () = activity.idle() => {}
    }
}

/// How requests are read and answers are written.
fn protocol(is_forwarding: bool) -> http1::Builder {
    let mut builder = http1::Builder::new();
    builder
        // The size of the connection's read buffer: bodies go through it in parts.
        .max_buf_size(HEAD_BYTES)
        // Otherwise a caller that closes its side after the request would cancel a
        // request that was read completely, and it would never be shown.
        .half_close(true)
        // To copy a small answer behind its head costs less than a vectored write.
        // A reply of the local app may be large, and the connection would keep the
        // copy.
        .writev(is_forwarding);
    builder
}

/// What was received instead of a head, if that is why the connection ended.
fn unreadable(error: &hyper::Error, beginning: u32) -> Option<Unreadable> {
    if !error.is_parse() {
        return None;
    }
    Some(match error.to_string() {
        // The header of a handshake record, and its version.
        _ if beginning & 0x00ff_ff00 == number([22, 3, 0]) => Unreadable::Tls,
        _ if beginning == number(*b"PRI") => Unreadable::Http2,
        why if why.contains("URI too long") => Unreadable::Head(414),
        _ if error.is_parse_too_large() => Unreadable::Head(431),
        _ => Unreadable::Head(400),
    })
}

/// `address:port`; an IPv4 address that a listener on `[::]` sees as IPv6 in its own
/// form, by which it is known everywhere else.
fn peer_name(peer: SocketAddr) -> String {
    match peer.ip().to_canonical() {
        IpAddr::V4(address) => SocketAddr::from((address, peer.port())).to_string(),
        IpAddr::V6(_) => peer.to_string(),
    }
}
