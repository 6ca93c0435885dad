//! The kept connections to the local app.

use std::collections::HashSet;
use std::net::SocketAddr;
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::{Request, Response};
use hyper_util::client::legacy::Error;
use hyper_util::client::legacy::connect::HttpInfo;

use super::policy::ForwardError;
use crate::edge::client_tls::RootCerts;
use crate::edge::http_client::display_url;
use crate::edge::http_client::error::{is_closed, reason};
use crate::edge::http_client::pool::{PooledClient, pooled_client};
use crate::edge::resolve::Resolver;

/// How many connections are remembered as kept.
const REMEMBERED: usize = 4096;

/// A client of the app, which knows which of its connections were kept.
pub(super) struct AppClient {
    client: PooledClient,
    /// Our ends of the connections over which the app has replied.
    kept: Mutex<HashSet<SocketAddr>>,
}

impl AppClient {
    pub(super) fn new(roots: &RootCerts) -> Self {
        Self { client: pooled_client(roots, Resolver::system()), kept: Mutex::default() }
    }

    /// Asks again when a kept connection turns out to be closed: the app may
    /// have been restarted, or was tired of waiting. This can bring the app the
    /// same callback twice, but only if it took it and closed without a word;
    /// callbacks come twice from Tencent as well.
    pub(super) async fn request(
        &self,
        request: Request<Full<Bytes>>,
    ) -> Result<Response<Incoming>, ForwardError> {
        loop {
            match self.client.request(request.clone()).await {
                Ok(response) => return Ok(response),
                Err(error) if is_closed(&error) && self.forget(&error) => {}
                Err(error) if error.is_connect() => {
                    let url = display_url(request.uri());
                    let why = reason(&error);
                    return Err(ForwardError::Other(format!("cannot connect to {url}: {why}")));
                }
                Err(error) if is_closed(&error) => return Err(ForwardError::Closed),
                Err(error) => {
                    let why = reason(&error);
                    return Err(ForwardError::Other(format!(
                        "the local app gave no answer: {why}"
                    )));
                }
            }
        }
    }

    /// Remembers that the app has replied over the connection of a response.
    pub(super) fn remember(&self, own: SocketAddr) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= REMEMBERED {
            // Most of them are gone by now; at worst a call is not repeated.
            kept.clear();
        }
        kept.insert(own);
    }

    /// Forgets the connection of an error; whether it was a kept one. Each is
    /// forgotten once, which ends the asking again.
    fn forget(&self, error: &Error) -> bool {
        let mut extras = hyper::http::Extensions::new();
        if let Some(connected) = error.connect_info() {
            connected.get_extras(&mut extras);
        }
        let own = extras.get::<HttpInfo>().map(HttpInfo::local_addr);
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        own.is_some_and(|own| kept.remove(&own))
    }
}
