//! HTTP client for the local app; sends each request once.
//!
//! The local app acts on what it receives, so a request of which a byte may have
//! been written is not repeated. hyper-util itself repeats one that was not
//! written because a kept connection turned out to be closed; this is how a
//! restart of the app between two callbacks goes unnoticed.
//!
//! An app that closes its connections without announcing it (`Connection: close`)
//! can close one while a request is written to it. That request is lost, so from
//! then on each request has a connection of its own.

use std::sync::atomic::{AtomicBool, Ordering};

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::header::{CONTENT_ENCODING, CONTENT_TYPE, HeaderName};
use hyper::{Request, Response};
use tokio::time::{Instant, timeout_at};

use super::policy::{ForwardError, Outcome};
use crate::callback::AppReply;
use crate::callback::deadline::ANSWER_BUDGET;
use crate::edge::client_tls::RootCerts;
use crate::edge::clock::micros;
use crate::edge::http_client::display_url;
use crate::edge::http_client::error::{is_closed, reason};
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
    pub(super) fn new(roots: &RootCerts) -> Self {
        let (pooled, unpooled) = pooled_and_unpooled(roots, Resolver::system());
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
        let mut encoding = None;
        let result = match request {
            Ok(request) => {
                let reading = self.send(request, &mut reply, &mut encoding);
                let result = timeout_at(deadline, reading).await;
                result.unwrap_or(Err(ForwardError::Timeout(ANSWER_BUDGET)))
            }
            Err(error) => Err(ForwardError::Other(format!("cannot ask the local app: {error:#}"))),
        };
        reply.took = micros(start.elapsed());
        match result {
            Ok(()) => {
                reply.complete = true;
                Outcome::Reply { reply, encoding }
            }
            Err(error) => Outcome::NoReply { error, partial: reply },
        }
    }

    /// Reads into `reply` as it is received, so that what is there by the
    /// deadline can be shown.
    async fn send(
        &self,
        request: Request<Full<Bytes>>,
        reply: &mut AppReply,
        encoding: &mut Option<String>,
    ) -> Result<(), ForwardError> {
        let url = request.uri().clone();
        let client = match self.closed_unanswered.load(Ordering::Relaxed) {
            true => &self.unpooled,
            false => &self.pooled,
        };
        // Lets the runtime notice which kept connections the app has closed.
        tokio::task::yield_now().await;
        let response = client.request(request).await.map_err(|error| {
            if error.is_connect() {
                let (url, why) = (display_url(&url), reason(&error));
                ForwardError::Other(format!("cannot connect to {url}: {why}"))
            } else if is_closed(&error) {
                self.closed_unanswered.store(true, Ordering::Relaxed);
                ForwardError::Closed
            } else {
                ForwardError::Other(format!("the local app gave no answer: {}", reason(&error)))
            }
        })?;
        reply.status = response.status().as_u16();
        reply.content_type = text(&response, &CONTENT_TYPE).unwrap_or_default().into();
        let coding = text(&response, &CONTENT_ENCODING);
        *encoding = coding.filter(|it| !it.eq_ignore_ascii_case("identity"));
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
}

/// A header of the response as text.
fn text(response: &Response<Incoming>, name: &HeaderName) -> Option<String> {
    let value = response.headers().get(name)?;
    Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
}
