//! The pooled client of hyper-util that [`HttpClient`](super::HttpClient) and
//! the forwarder are built on.

use bytes::Bytes;
use http_body_util::Full;
use hyper_rustls::HttpsConnector;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};

use crate::edge::client_tls::RootCerts;
use crate::edge::resolve::Resolver;

/// A client for http and https over connections that are kept alive. It
/// follows no redirect, as Tencent does not.
pub(in crate::edge) type PooledClient =
    Client<HttpsConnector<HttpConnector<Resolver>>, Full<Bytes>>;

/// Creates a client that accepts the server certificates of `roots`.
pub(in crate::edge) fn pooled_client(roots: &RootCerts, resolver: Resolver) -> PooledClient {
    let mut http = HttpConnector::new_with_resolver(resolver);
    http.enforce_http(false);
    http.set_nodelay(true);
    Client::builder(TokioExecutor::new()).pool_timer(TokioTimer::new()).build(roots.connector(http))
}
