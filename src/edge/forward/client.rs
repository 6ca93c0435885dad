//! HTTP client for the local app; sends each request once.
//!
//! The local app acts on what it receives, so a request of which a byte may have
//! been written is not repeated. One that was not written, because a kept
//! connection turned out to be closed, is sent over a new connection.
//!
//! An app that closes its connections without announcing it (`Connection: close`)
//! can close one while a request is written to it. That request is lost, so from
//! then on each request has a connection of its own.

use std::sync::atomic::{AtomicBool, Ordering};

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::header::CONTENT_TYPE;
use hyper::{Request, Response};
use hyper_util::client::legacy::Error;
use tokio::time::{Instant, timeout_at};

use super::headers::of_reply;
use crate::answer::app::{ForwardError, Outcome};
use crate::callback::AppReply;
use crate::callback::deadline::ANSWER_BUDGET;
use crate::edge::client_tls::RootCerts;
use crate::edge::clock::micros;
use crate::edge::http_client::display_url;
use crate::edge::http_client::error::{is_closed, is_unsent, reason};
use crate::edge::http_client::pool::{PooledClient, pooled_and_unpooled};
use crate::edge::resolve::Resolver;

/// Maximum size in bytes of the app's reply.
const MAX_REPLY: usize = 1 << 20;

/// HTTP client for the local app.
pub(super) struct AppClient {
    /// Keeps connections for the next request.
    pooled: PooledClient,
    /// Opens a connection for each request.
    unpooled: PooledClient,
    /// Whether the app closed a connection instead of answering: then `unpooled`
    /// is used.
    closed_unanswered: AtomicBool,
}

impl AppClient {
    /// A client that keeps up to `kept` idle connections.
    pub(super) fn new(roots: &RootCerts, kept: usize) -> Self {
        let (pooled, unpooled) = pooled_and_unpooled(roots, Resolver::system(), kept);
        Self { pooled, unpooled, closed_unanswered: AtomicBool::new(false) }
    }

    /// Sends a request and reads the reply, until the deadline. A request that
    /// could not be built is an outcome, too.
    pub(super) async fn exchange(
        &self,
        request: anyhow::Result<Request<Full<Bytes>>>,
        deadline: Instant,
    ) -> Outcome {
        let start = Instant::now();
        let mut reply = AppReply::default();
        let mut moved = false;
        let result = match request {
            Ok(request) => {
                let reading = self.read(request, &mut reply, &mut moved);
                let result = timeout_at(deadline, reading).await;
                result.unwrap_or(Err(ForwardError::Timeout(ANSWER_BUDGET)))
            }
            Err(error) => Err(ForwardError::NotAsked(format!("{error:#}"))),
        };
        reply.took = micros(start.elapsed());
        reply.complete = result.is_ok();
        Outcome { reply, error: result.err(), moved }
    }

    /// Reads into `reply` as it is received, so that what is there by the
    /// deadline can be shown.
    async fn read(
        &self,
        request: Request<Full<Bytes>>,
        reply: &mut AppReply,
        moved: &mut bool,
    ) -> Result<(), ForwardError> {
        let url = request.uri().clone();
        let response = self.send(request, moved).await.map_err(|error| {
            if error.is_connect() {
                ForwardError::NotConnected(display_url(&url), reason(&error))
            } else if is_closed(&error) {
                self.closed_unanswered.store(true, Ordering::Relaxed);
                ForwardError::Closed
            } else {
                ForwardError::NoAnswer(reason(&error))
            }
        })?;
        reply.status = response.status().as_u16();
        let content_type = response.headers().get(CONTENT_TYPE);
        let content_type = content_type.map(|it| String::from_utf8_lossy(it.as_bytes()));
        reply.content_type = content_type.unwrap_or_default().into();
        reply.headers = of_reply(response.headers());
        let mut body = response.into_body();
        while let Some(frame) = body.frame().await {
            let frame = frame.map_err(|_| ForwardError::Interrupted)?;
            reply.body.extend_from_slice(&frame.into_data().unwrap_or_default());
            if reply.body.len() > MAX_REPLY {
                return Err(ForwardError::TooLarge(MAX_REPLY));
            }
        }
        Ok(())
    }

    /// Sends a request over a kept connection; over a new one (`moved`) if the kept
    /// one was closed before a byte was written to it.
    async fn send(
        &self,
        request: Request<Full<Bytes>>,
        moved: &mut bool,
    ) -> Result<Response<Incoming>, Error> {
        if self.closed_unanswered.load(Ordering::Relaxed) {
            return self.unpooled.request(request).await;
        }
        // Lets the runtime notice which kept connections the app has closed.
        tokio::task::yield_now().await;
        match self.pooled.request(request.clone()).await {
            Err(error) if is_unsent(&error) => {
                *moved = true;
                self.unpooled.request(request).await
            }
            result => result,
        }
    }
}
