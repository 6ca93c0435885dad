//! The answer to a request, and how it is delivered.
//!
//! A delivery, which holds its answer, is sent to the event loop before the request
//! is answered, so that nothing that was answered OK is lost. With a recorder it is
//! written before both, and one that cannot be written is answered FAIL.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;
use std::future::ready;
use std::panic;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::header::{ALLOW, CONNECTION, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, Method, Request, StatusCode, Uri};
use axum::response::Response;
use bytes::Bytes;
use futures_util::future::Either;
use hyper::body::Incoming;
use tokio::sync::watch;
use tokio::time::{Instant, timeout};

use super::body::{LargeBodies, Received, receive, receive_beginning};
use super::clock;
use super::config::ListenerConfig;
use super::plan::Plan;
use super::queue::{Permit, Sender};
use super::refusal::{check_head, keeps_beginning, shorten_head};
use super::rule_limits::RuleLimits;
use crate::answer::late::warn_if_late;
use crate::answer::own::{self, BodyStatus};
use crate::callback::command::When;
use crate::callback::deadline::ANSWER_BUDGET;
use crate::callback::secret::{self, TokenSpellings};
use crate::callback::{Answer, AnsweredBy, Delivery, Headers, query};

/// How long a request is left unanswered where there is to be no answer. It
/// counts as an open connection for so long, even if the caller gives up before.
pub const HANG_TIME: Duration = Duration::from_secs(60);

/// The connection is to be closed without a response.
#[derive(Debug, Clone, Copy)]
pub(super) struct CloseWithoutResponse;

impl fmt::Display for CloseWithoutResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no response is sent")
    }
}

impl Error for CloseWithoutResponse {}

/// State shared by all connections of a listener.
#[derive(Debug)]
pub(super) struct Handler {
    pub(super) config: Arc<ListenerConfig>,
    /// The token, to be masked.
    token: TokenSpellings,
    rule_limits: RuleLimits,
    queue: Sender,
    large: LargeBodies,
    stopped: watch::Receiver<()>,
}

/// Answers one request from `peer` (`address:port`), whatever its method and path.
///
/// The future is moved into memory of the connection for each request and must
/// stay small: what is large in it is boxed.
pub(super) fn handle(
    handler: &Arc<Handler>,
    peer: &Arc<str>,
    request: Request<Incoming>,
) -> impl Future<Output = Result<Response, CloseWithoutResponse>> + use<> {
    let answering = answer(handler.clone(), peer.clone(), request);
    if !handler.config.forwards() {
        return Either::Left(answering);
    }
    // In a task of its own: what was sent to the local app is shown and recorded
    // even if the caller closes the connection before the app has answered.
    let task = tokio::spawn(answering);
    Either::Right(async {
        match task.await {
            Ok(response) => response,
            Err(error) if error.is_panic() => panic::resume_unwind(error.into_panic()),
            Err(_) => Err(CloseWithoutResponse),
        }
    })
}

fn answer(
    handler: Arc<Handler>,
    peer: Arc<str>,
    request: Request<Incoming>,
) -> impl Future<Output = Result<Response, CloseWithoutResponse>> {
    let (head, body) = request.into_parts();
    let mut delivery = unanswered(peer, &head);
    async move {
        let config = &*handler.config;
        delivery.at = (config.clock)();
        check_head(&mut delivery, config);
        let Received { bytes, omitted_bytes, status, is_at_end, share } =
            handler.receive(&delivery, body).await.ok_or(CloseWithoutResponse)?;
        let read_at = Instant::now();
        delivery.at = (config.clock)();
        (delivery.body, delivery.omitted_bytes) = (bytes, omitted_bytes);
        let (plan, may_have_secrets) = handler.plan(&delivery, &status);
        let Plan { answer, app, delay, when } = plan;
        delivery.answer = answer;
        shorten_head(&mut delivery);
        if let Some(app) = app {
            delivery.answer = Box::pin(app.answer(&delivery, read_at)).await;
        }
        let permit = match handler.reserve(&delivery, read_at).await {
            Ok(permit) => permit,
            Err(why) => return respond(&own::without_capacity(delivery, when, why), is_at_end),
        };
        delivery.answer.took = clock::micros(read_at.elapsed() + delay);
        warn_if_late(&mut delivery.answer);
        let unmasked = secret::mask_received(&mut delivery, &handler.token, may_have_secrets);
        // Before the delay, so that it is shown when it arrives and not when it is
        // answered, also if the listener is stopped meanwhile.
        let stored = handler.store(delivery, permit, read_at, when).await;
        drop(share);
        let answer = with_secrets(stored, unmasked);
        handler.wait(delay, &answer).await;
        respond(&answer, is_at_end)
    }
}

impl Handler {
    /// The sender of `stopped` is dropped when the listener stops.
    pub(super) fn new(
        config: Arc<ListenerConfig>,
        queue: Sender,
        stopped: watch::Receiver<()>,
    ) -> Self {
        let token = TokenSpellings::of(config.token.as_ref());
        let large = LargeBodies::new(config.body_stall);
        Self { config, token, rule_limits: RuleLimits::default(), queue, large, stopped }
    }

    /// The plan for a delivery, and whether its query may have secrets.
    fn plan(&self, delivery: &Delivery, status: &BodyStatus) -> (Plan, bool) {
        let query = query::read(delivery.query());
        let plan = Plan::of(delivery, &query, status, &self.config, &self.rule_limits);
        (plan, query.may_have_secrets())
    }

    /// Receives the body; of a refused delivery, only what is kept of it. `None` if
    /// the connection broke.
    fn receive<'a>(
        &'a self,
        delivery: &Delivery,
        body: Incoming,
    ) -> impl Future<Output = Option<Received<'a>>> + use<'a> {
        match keeps_beginning(delivery) {
            true => Either::Left(Box::pin(receive_beginning(body, &self.large))),
            false => Either::Right(receive(body, self.config.max_body, &self.large)),
        }
    }

    /// Reserves a place in the queue within the answer budget: what has none would be
    /// lost, so it may not be answered OK.
    ///
    /// # Errors
    ///
    /// Why there is none, in words for the caller.
    async fn reserve(&self, delivery: &Delivery, read_at: Instant) -> Result<Permit, &'static str> {
        match self.queue.reserve_until(read_at + ANSWER_BUDGET, delivery).await {
            Ok(Some(permit)) => Ok(permit),
            Ok(None) => Err("imscope cannot keep up"),
            Err(_) => Err("imscope is closing"),
        }
    }

    /// Waits for the delay of an answer, and if there is to be none for [`HANG_TIME`]; at
    /// most until the listener stops.
    async fn wait(&self, delay: Duration, answer: &Answer) {
        let hanging = if answer.status == 0 { HANG_TIME } else { Duration::ZERO };
        let duration = delay + hanging;
        if !duration.is_zero() {
            let mut stopped = self.stopped.clone();
            let waiting = async move { timeout(duration, stopped.changed()).await };
            let _ = Box::pin(waiting).await;
        }
    }

    /// Records a delivery, if there is a recording, and sends it to the event loop.
    /// Returns its answer, which is FAIL if it could not be recorded.
    fn store(
        &self,
        delivery: Delivery,
        permit: Permit,
        read_at: Instant,
        when: When,
    ) -> impl Future<Output = Answer> {
        match &self.config.recorder {
            Some(it) => Either::Left(Box::pin(it.record(delivery, permit, read_at, when))),
            None => Either::Right(ready(send(delivery, permit))),
        }
    }
}

/// The delivery of a request, of which only the head is known.
fn unanswered(peer: Arc<str>, head: &Parts) -> Delivery {
    let headers = || head.headers.iter().map(|(name, it)| (name.as_str(), it.as_bytes()));
    Delivery {
        peer,
        method: method(&head.method),
        target: target(&head.uri),
        headers: Headers::of(headers),
        ..Delivery::default()
    }
}

fn method(method: &Method) -> Cow<'static, str> {
    match *method {
        Method::POST => "POST".into(),
        Method::GET => "GET".into(),
        Method::HEAD => "HEAD".into(),
        ref other => other.as_str().to_owned().into(),
    }
}

fn target(uri: &Uri) -> Box<str> {
    match (uri.scheme(), uri.path_and_query()) {
        (None, Some(it)) => it.as_str().into(),
        _ => uri.to_string().into(),
    }
}

/// Sends a delivery to the event loop; returns its answer.
fn send(delivery: Delivery, permit: Permit) -> Answer {
    let answer = delivery.answer.clone();
    permit.send(delivery);
    answer
}

/// The answer as the local app or a rule gave it, unless another one was stored instead.
fn with_secrets(stored: Answer, unmasked: Option<Box<Answer>>) -> Answer {
    match unmasked {
        Some(answer) if stored.by == AnsweredBy::App || stored.rule.is_some() => *answer,
        _ => stored,
    }
}

/// The response of an answer; none for a status that HTTP does not have. The
/// connection is closed after it if the end of the request was not read.
fn respond(answer: &Answer, is_at_end: bool) -> Result<Response, CloseWithoutResponse> {
    let status = StatusCode::from_u16(answer.status).map_err(|_| CloseWithoutResponse)?;
    let body = match &answer.body {
        Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        Cow::Owned(bytes) => Bytes::copy_from_slice(bytes),
    };
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    match answer.content_type.as_deref() {
        None => _ = headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json")),
        Some("") => {}
        Some(other) => _ = HeaderValue::from_str(other).map(|it| headers.insert(CONTENT_TYPE, it)),
    }
    for (name, value) in answer.headers.iter() {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::from_bytes(value))
        {
            headers.append(name, value);
        }
    }
    match answer.status {
        // The app's reasons for such a status are not known here.
        _ if answer.by == AnsweredBy::App => {}
        405 => _ = headers.insert(ALLOW, HeaderValue::from_static(own::ALLOWED_METHODS)),
        _ => {}
    }
    if !is_at_end {
        headers.insert(CONNECTION, HeaderValue::from_static("close"));
    }
    Ok(response)
}
