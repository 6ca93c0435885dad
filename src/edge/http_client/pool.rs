//! The pooled client of hyper-util that [`HttpClient`](super::HttpClient) and
//! the forwarder are built on.

use bytes::Bytes;
use http_body_util::Full;
use hyper_rustls::HttpsConnector;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::{Builder, Client};
use hyper_util::rt::{TokioExecutor, TokioTimer};

use crate::edge::client_tls::RootCerts;
use crate::edge::resolve::Resolver;

/// A client for http and https over connections that are kept alive. It
/// follows no redirect, as Tencent does not.
pub(in crate::edge) type PooledClient =
    Client<HttpsConnector<HttpConnector<Resolver>>, Full<Bytes>>;

/// Creates a client that accepts the server certificates of `roots`.
pub(in crate::edge) fn pooled_client(roots: &RootCerts, resolver: Resolver) -> PooledClient {
    builder().build(connector(roots, resolver))
}

/// Creates a client that keeps up to `kept` connections while they are idle, and one that
/// opens a connection for each request; neither sends a request again by itself. They
/// share one TLS configuration.
pub(in crate::edge) fn pooled_and_unpooled(
    roots: &RootCerts,
    resolver: Resolver,
    kept: usize,
) -> (PooledClient, PooledClient) {
    let connector = connector(roots, resolver);
    let mut once = builder();
    once.retry_canceled_requests(false).pool_max_idle_per_host(kept);
    (once.build(connector.clone()), once.pool_max_idle_per_host(0).build(connector))
}

fn builder() -> Builder {
    let mut builder = Client::builder(TokioExecutor::new());
    builder.pool_timer(TokioTimer::new());
    builder
}

fn connector(roots: &RootCerts, resolver: Resolver) -> HttpsConnector<HttpConnector<Resolver>> {
    let mut http = HttpConnector::new_with_resolver(resolver);
    http.enforce_http(false);
    http.set_nodelay(true);
    roots.connector(http)
}
