//! The desk: one call is read, judged, handed on and answered.
//!
//! A call is handed on before it is answered, so that nothing answered OK can
//! be lost; what is answered is part of what is handed on. With a recorder it
//! is written before both, and what cannot be written is answered FAIL.

use std::borrow::Cow;
use std::convert::Infallible;
use std::error::Error;
use std::fmt;
use std::future::poll_fn;
use std::io;
use std::net::SocketAddr;
use std::panic;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::handler::Handler as _;
use axum::http::header::{ALLOW, CONNECTION, CONTENT_TYPE};
use axum::http::{HeaderValue, Method, StatusCode, Uri};
use axum::response::Response;
use bytes::Bytes;
use http_body_util::BodyExt as _;
use hyper::body::{Body as _, Incoming};
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::{Instant, sleep, timeout, timeout_at};
use tower::Service;

use super::clock;
use super::forward::Forwarder;
use super::queue::Sender;
use super::record::Recorder;
use super::reply::{self, AnswerKind, Arrival, Call, Switch};
use super::tls::Tls;
use crate::callback::DeliveryKind;
use crate::callback::deadline::ANSWER_BUDGET;
use crate::callback::signature::{self, Token};
use crate::callback::{Answer, AnsweredBy, Delivery, Timestamp, Verdict, query};

/// How long a body may take, in all. Tencent gives up after two seconds; a
/// person who types one by hand has this long.
pub const BODY_TIME: Duration = Duration::from_secs(30);

/// How long a call is left hanging when the switch says so. Its connection
/// keeps its place so long, even if the caller gives up earlier.
pub const HANG_TIME: Duration = Duration::from_secs(60);

/// Bytes up to which a body is small: nearly all are, and wait for nothing.
const SMALL: usize = 16 * 1024;

/// KiB that all larger bodies may take while they are read; the next one waits.
const LARGE: usize = 128 * 1024;

/// How much of a body that is too long is still read, and thrown away: a
/// connection closed on bytes unread would take the answer with it.
const DRAINED: usize = 16 << 20;

/// For how long.
const DRAIN_TIME: Duration = Duration::from_secs(1);

/// What the listener is told.
#[derive(Debug, Clone)]
pub struct Setup {
    /// The secret to check signatures with; none checks nothing.
    pub token: Option<Token>,
    /// How many seconds a signature may be off; `None` is as many as it likes.
    pub sign_window: Option<u32>,
    /// How many bytes of a body are read.
    pub max_body: usize,
    /// What good callbacks are answered; may be turned while the listener runs.
    pub switch: Arc<Switch>,
    /// The local app that is asked for its answer first.
    pub forward: Option<Arc<Forwarder>>,
    /// Where each call is written before it is answered, if anywhere.
    pub recorder: Option<Recorder>,
    /// TLS; without it the listener speaks plain HTTP.
    pub tls: Option<Tls>,
    /// The time of day.
    pub clock: fn() -> Timestamp,
}

impl Default for Setup {
    /// As the command line has it without any option.
    fn default() -> Self {
        Self {
            token: None,
            sign_window: Some(60),
            max_body: 1 << 20,
            switch: Arc::default(),
            forward: None,
            recorder: None,
            tls: None,
            clock: clock::now,
        }
    }
}

/// The mark of a response that must not be sent: the connection is closed
/// instead.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unanswered;

impl fmt::Display for Unanswered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no answer is given")
    }
}

impl Error for Unanswered {}

/// Where all calls come to.
#[derive(Debug)]
pub(super) struct Desk {
    pub(super) setup: Arc<Setup>,
    queue: Sender,
    /// One permit for each KiB that large bodies may still take.
    large: Semaphore,
}

/// One who calls: the state of its connection's service.
#[derive(Debug, Clone)]
struct Caller {
    desk: Arc<Desk>,
    /// Its `address:port`.
    peer: Arc<str>,
}

/// The service of one connection. It takes any method and any path, so there is
/// nothing to route.
pub(super) fn service(
    desk: Arc<Desk>,
    peer: SocketAddr,
) -> impl Service<Request<Incoming>, Response = Response, Error = Infallible, Future: Send> + Clone
{
    serve.with_state(Caller { desk, peer: peer.to_string().into() })
}

async fn serve(State(caller): State<Caller>, request: Request) -> Response {
    let is_forwarding = caller.desk.setup.forward.is_some();
    let answering = Box::pin(answer(caller, request));
    if !is_forwarding {
        return answering.await;
    }
    // On a task of its own: what the local app was told is shown and recorded
    // even if the caller leaves before it has answered.
    match tokio::spawn(answering).await {
        Ok(response) => response,
        Err(error) if error.is_panic() => panic::resume_unwind(error.into_panic()),
        Err(_) => unanswered(),
    }
}

/// Its future stays below a KiB, for which the allocator has memory ready: what
/// is large in it is boxed.
fn answer(Caller { desk, peer }: Caller, request: Request) -> impl Future<Output = Response> {
    let (head, body) = request.into_parts();
    let mut delivery = Delivery {
        peer,
        method: method(&head.method),
        target: target(&head.uri),
        headers: head.headers.iter().map(|(name, it)| (name.as_str(), it.as_bytes())).collect(),
        ..Delivery::default()
    };
    async move {
        let Some((body, arrival, share)) = receive(body, desk.setup.max_body, &desk.large).await
        else {
            return unanswered();
        };
        let read = Instant::now();
        (delivery.at, delivery.body) = ((desk.setup.clock)(), body);
        let Judged { delay, good } = desk.judge(&mut delivery, &arrival);
        if let Some(app) = desk.setup.forward.as_ref().filter(|_| good) {
            delivery.answer = Box::pin(app.answer(&delivery, read)).await;
        }
        let permit = match in_time(read + ANSWER_BUDGET, pin!(desk.queue.reserve(&delivery))).await
        {
            Some(Ok(permit)) => permit,
            Some(Err(_)) => return respond(&reply::fail(503, "imscope is closing")),
            // Nothing is answered OK that may be lost.
            None => return respond(&reply::fail(503, "imscope cannot keep up")),
        };
        let took = (desk.setup.clock)().since(delivery.at);
        delivery.answer.took = u32::try_from((took + delay).as_micros()).unwrap_or(u32::MAX);
        // Before any delay: it is seen when it comes, not when it is answered, and
        // also if the listener is stopped meanwhile.
        let answer = match &desk.setup.recorder {
            Some(recorder) => Box::pin(recorder.settle(delivery, permit)).await,
            None => {
                let answer = delivery.answer.clone();
                permit.send(delivery);
                answer
            }
        };
        drop(share);
        if !delay.is_zero() {
            sleep(delay).await;
        }
        if answer.status == 0 {
            sleep(HANG_TIME).await;
        }
        respond(&answer)
    }
}

/// What is decided about a call beside its answer.
#[derive(Debug)]
struct Judged {
    /// How long the answer is to be held back.
    delay: Duration,
    /// Whether it is a callback, whole and of one who may call, and no other
    /// answer is asked for than the true one: only such reach the local app.
    good: bool,
}

impl Desk {
    pub(super) fn new(setup: Arc<Setup>, queue: Sender) -> Self {
        Self { setup, queue, large: Semaphore::new(LARGE) }
    }

    /// Checks the signature and decides on the answer.
    fn judge(&self, delivery: &mut Delivery, arrival: &Arrival) -> Judged {
        let Setup { token, sign_window, switch, .. } = &*self.setup;
        let query = query::read(delivery.query());
        let kind = delivery.kind();
        // Who only looks is let in without a signature, and learns nothing.
        let verdict = if kind == DeliveryKind::Probe {
            Verdict::Unchecked
        } else {
            let (sign, time) = (query.sign.as_deref(), query.request_time.as_deref());
            signature::check(token.as_ref(), sign, time, delivery.at, *sign_window)
        };
        let setting = switch.get();
        let call = Call {
            method: &delivery.method,
            query: &query,
            headers: &delivery.headers,
            body: &delivery.body,
            arrival,
            verdict,
        };
        let answer = reply::answer(&call, &setting.kind);
        drop(query);
        delivery.signature = verdict;
        delivery.answer = answer;
        let welcome = kind != DeliveryKind::Probe && !verdict.refuses();
        let whole = *arrival == Arrival::Whole && kind == DeliveryKind::Callback;
        // A stranger must not be able to keep connections waiting.
        let delay = if welcome { setting.delay } else { Duration::ZERO };
        Judged { delay, good: welcome && whole && setting.kind == AnswerKind::Ok }
    }
}

/// Reads a body, copied out of the connection's read buffer, which would stay
/// in memory as a whole otherwise. `None` if the caller left before its end.
async fn receive(
    mut body: Body,
    limit: usize,
    large: &Semaphore,
) -> Option<(Box<[u8]>, Arrival, Option<SemaphorePermit<'_>>)> {
    let mut kept = Vec::new();
    let mut share = None;
    let arrival = if body.is_end_stream() {
        Arrival::Whole
    } else {
        let until = Instant::now() + BODY_TIME;
        match in_time(until, pin!(fill(&mut kept, &mut share, &mut body, limit, large))).await {
            Some(arrival) => arrival?,
            None => Arrival::TooSlow(BODY_TIME),
        }
    };
    if matches!(arrival, Arrival::TooLong(_)) {
        // Whatever comes of it, the answer is the same.
        let _ = timeout(DRAIN_TIME, drain(&mut body)).await;
    }
    Some((kept.into_boxed_slice(), arrival, share))
}

/// What `future` gives, if it does so in time. A body that came together with
/// its head, as nearly all do, is there when it is asked for a second time, and
/// there is nearly always room; a timer is made only for the others.
async fn in_time<T>(until: Instant, mut future: Pin<&mut impl Future<Output = T>>) -> Option<T> {
    let mut asked = false;
    let at_once = poll_fn(|cx| match future.as_mut().poll(cx) {
        Poll::Ready(it) => Poll::Ready(Some(it)),
        Poll::Pending if asked => Poll::Ready(None),
        Poll::Pending => {
            asked = true;
            cx.waker().wake_by_ref();
            Poll::Pending
        }
    });
    match at_once.await {
        Some(it) => Some(it),
        None => Box::pin(timeout_at(until, future)).await.ok(),
    }
}

/// Reads what comes of a body. One that turns out large waits for its share of
/// what all large ones may take, so that promises alone cost no memory.
async fn fill<'a>(
    kept: &mut Vec<u8>,
    share: &mut Option<SemaphorePermit<'a>>,
    body: &mut Body,
    limit: usize,
    large: &'a Semaphore,
) -> Option<Arrival> {
    while let Some(frame) = body.frame().await {
        let data = match frame {
            Ok(frame) => frame.into_data().unwrap_or_default(),
            Err(error) => return broken_off(&error),
        };
        if share.is_none() && SMALL < kept.len() + data.len() {
            let kib = u32::try_from(limit.div_ceil(1024).min(LARGE)).unwrap_or(u32::MAX);
            *share = Box::pin(large.acquire_many(kib)).await.ok();
        }
        let part = &data[..data.len().min(limit - kept.len())];
        if kept.is_empty() {
            // Most bodies come in one piece: one copy into memory that fits.
            kept.reserve_exact(part.len());
        }
        kept.extend_from_slice(part);
        if part.len() < data.len() {
            return Some(Arrival::TooLong(limit));
        }
        if body.is_end_stream() {
            break;
        }
    }
    Some(Arrival::Whole)
}

/// Chunks that make no sense are the caller's mistake, and told; anything else
/// means that the caller has left, and was never answered.
fn broken_off(error: &(dyn Error + 'static)) -> Option<Arrival> {
    let mut causes = std::iter::successors(Some(error), |&it| it.source());
    let cause = causes.find_map(|it| it.downcast_ref::<io::Error>())?;
    let garbled = matches!(cause.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData);
    garbled.then(|| Arrival::Garbled(cause.to_string()))
}

async fn drain(body: &mut Body) {
    let mut rest = DRAINED;
    while let Some(Ok(frame)) = body.frame().await {
        let bytes = frame.data_ref().map_or(0, Bytes::len);
        match rest.checked_sub(bytes) {
            Some(less) => rest = less,
            None => return,
        }
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

fn respond(answer: &Answer) -> Response {
    let Ok(status) = StatusCode::from_u16(answer.status) else {
        return unanswered();
    };
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
    match answer.status {
        // The app's reason for such a status is not this listener's.
        _ if answer.by == AnsweredBy::App => {}
        405 => _ = headers.insert(ALLOW, HeaderValue::from_static(reply::ALLOW)),
        // What is left of the body lies in the way of the next request.
        400 | 408 | 413 => _ = headers.insert(CONNECTION, HeaderValue::from_static("close")),
        _ => {}
    }
    response
}

fn unanswered() -> Response {
    let mut response = Response::new(Body::empty());
    response.extensions_mut().insert(Unanswered);
    response
}
