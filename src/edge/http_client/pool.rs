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
    builder().build(roots.connector(connector(resolver)))
}

/// As [`pooled_client`], with a connection of its own for each request.
pub(in crate::edge) fn unpooled_client(roots: &RootCerts, resolver: Resolver) -> PooledClient {
    builder().pool_max_idle_per_host(0).build(roots.connector(connector(resolver)))
}

fn builder() -> Builder {
    let mut builder = Client::builder(TokioExecutor::new());
    builder.pool_timer(TokioTimer::new());
    builder
}

fn connector(resolver: Resolver) -> HttpConnector<Resolver> {
    let mut http = HttpConnector::new_with_resolver(resolver);
    http.enforce_http(false);
    http.set_nodelay(true);
    http
}
