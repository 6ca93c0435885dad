//! A received HTTP request, byte for byte, with the answer to it.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use super::headers::Headers;
use super::query::cut;
use super::signature::Verdict;
use super::timestamp::Timestamp;
use super::trouble::Trouble;

/// Number of a delivery in order of arrival: from 1, without gaps. 0 for one
/// that the listener has not numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Hash)]
pub struct Seq(pub u64);

impl fmt::Display for Seq {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// An HTTP request as received, with the answer to it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Delivery {
    /// Its number in order of arrival.
    pub seq: Seq,
    /// When its last byte was read.
    pub at: Timestamp,
    /// The client's `address:port`, shared by all requests of a connection.
    pub peer: Arc<str>,
    /// The HTTP method.
    pub method: Cow<'static, str>,
    /// Path and query as in the request line.
    pub target: Box<str>,
    /// The request's headers.
    pub headers: Headers,
    /// The body, untouched, or its beginning.
    pub body: Box<[u8]>,
    /// How many bytes after `body` were announced or received, and not kept; 0 if it
    /// is complete.
    pub omitted_bytes: u64,
    /// The result of the signature check.
    pub signature: Verdict,
    /// Why it was refused, if it was.
    pub refusal: Option<Refusal>,
    /// The answer.
    pub answer: Answer,
    /// Where it comes from.
    pub origin: Origin,
}

/// What a delivery is by its HTTP method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DeliveryKind {
    /// POST: a callback.
    Callback,
    /// GET or HEAD: a browser, or the health check of a tunnel. It has a number and a
    /// line in a recording, but is not among the callbacks seen.
    Probe,
    /// Any other method, which is refused.
    Other,
}

impl DeliveryKind {
    /// The kind of a request with this method.
    pub fn of(method: &str) -> Self {
        match method {
            "POST" => Self::Callback,
            "GET" | "HEAD" => Self::Probe,
            _ => Self::Other,
        }
    }
}

/// Why a request was refused. Its head alone decides that, before the body is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// Its signature is missing, wrong or stale.
    Signature,
    /// It is [`DeliveryKind::Other`].
    Method,
    /// It would be forwarded, and its path leads out of that of the local app
    /// ([`path::is_unsafe`](super::path::is_unsafe)).
    Path,
    /// It would be forwarded, and a web page made it ([`is_from_page`](super::browser::is_from_page)).
    Browser,
    /// It was forwarded by this program and came back.
    Loop,
}

impl Refusal {
    /// All of them, in the order of the enum.
    pub const ALL: [Self; 5] =
        [Self::Signature, Self::Method, Self::Path, Self::Browser, Self::Loop];

    /// The refusal by the signature and the method alone, as in a recording that
    /// has no reason.
    pub const fn of(signature: Verdict, kind: DeliveryKind) -> Option<Self> {
        match kind {
            DeliveryKind::Other => Some(Self::Method),
            _ if signature.is_refusal() => Some(Self::Signature),
            _ => None,
        }
    }
}

/// Where a delivery comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Origin {
    /// It was received by the listener.
    #[default]
    Caller,
    /// The user sent an earlier delivery to the local app again. Its answer is
    /// the reply of the app, unchanged; status 0 if there was none.
    Resent,
    /// As [`Origin::Resent`], with an edited body.
    Edited,
    /// It is a body in a log: the call, its answer and the time of arrival are unknown.
    BareBody,
}

impl Origin {
    /// Whether the user sent the delivery again.
    pub fn is_resent(self) -> bool {
        matches!(self, Self::Resent | Self::Edited)
    }
}

impl Delivery {
    /// What its method makes of it.
    pub fn kind(&self) -> DeliveryKind {
        DeliveryKind::of(&self.method)
    }

    /// Whether it is a probe ([`DeliveryKind::Probe`]).
    pub fn is_probe(&self) -> bool {
        self.kind() == DeliveryKind::Probe
    }

    /// Whether it was refused. A refused delivery is shown, but not counted in
    /// statistics.
    pub const fn is_refused(&self) -> bool {
        self.refusal.is_some()
    }

    /// The estimated memory on the heap in bytes.
    pub fn heap_bytes(&self) -> usize {
        let Self { target, headers, body, answer, .. } = self;
        let trouble: usize = answer.trouble.iter().map(|it| it.sentence().len()).sum();
        let reply = answer.app_reply.as_ref().map_or(0, |it| it.body.len());
        target.len() + headers.as_bytes().len() + body.len() + answer.body.len() + trouble + reply
    }

    /// The IP address that the call came from: the first one of `X-Forwarded-For`, which a
    /// tunnel or a proxy sets, else that of the connection.
    pub fn source_address(&self) -> &str {
        let forwarded = self.headers.get("x-forwarded-for").and_then(|it| str::from_utf8(it).ok());
        let first = forwarded.and_then(|it| it.split(',').next()).map(str::trim);
        let connection = || self.peer.rsplit_once(':').map_or(&*self.peer, |(address, _)| address);
        first.filter(|it| !it.is_empty()).unwrap_or_else(connection)
    }

    /// The part of the target before the `?`.
    pub fn path(&self) -> &str {
        cut(&self.target, b'?').0
    }

    /// The part of the target after the `?`, empty without one.
    pub fn query(&self) -> &str {
        cut(&self.target, b'?').1.unwrap_or_default()
    }
}

/// Who decided an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AnsweredBy {
    /// imscope itself.
    #[default]
    Imscope,
    /// The local app behind `--forward`.
    App,
}

/// The answer to a request.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    /// The HTTP status; 0 when no answer was given at all.
    pub status: u16,
    /// Where it comes from.
    pub by: AnsweredBy,
    /// Microseconds from the last byte of the request to the complete answer,
    /// a delay included; saturates.
    pub took: u32,
    /// The answer's body.
    pub body: Cow<'static, [u8]>,
    /// Its `Content-Type`, if it is not `application/json`; empty if the local
    /// app sent none.
    pub content_type: Option<Box<str>>,
    /// Its other end-to-end headers, if it is the reply of the local app.
    pub headers: Headers,
    /// The text of the rule that decided it, if one did.
    pub rule: Option<Arc<str>>,
    /// Warnings about how the callback was answered, forwarded or recorded, a sentence
    /// each.
    pub trouble: Vec<Trouble>,
    /// The reply of the local app, if it is not the answer.
    pub app_reply: Option<Box<AppReply>>,
}

/// The reply of the local app.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AppReply {
    /// The HTTP status.
    pub status: u16,
    /// Microseconds until its last byte, or until it was abandoned.
    pub took: u32,
    /// Its `Content-Type`, empty if it has none.
    pub content_type: Box<str>,
    /// Its other end-to-end headers.
    pub headers: Headers,
    /// Its body, or the beginning of it.
    pub body: Vec<u8>,
    /// Whether the body is complete.
    pub complete: bool,
}

/// The answer that Tencent requires: status 200 and these three fields
/// (<https://cloud.tencent.com/document/product/269/2716>).
pub const OK_BODY: &[u8] = br#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0}"#;

impl Answer {
    /// The answer 200 with [`OK_BODY`]; `took` in microseconds.
    pub fn ok(took: u32) -> Self {
        Self {
            status: 200,
            by: AnsweredBy::Imscope,
            took,
            body: Cow::Borrowed(OK_BODY),
            content_type: None,
            headers: Headers::default(),
            rule: None,
            trouble: Vec::new(),
            app_reply: None,
        }
    }

    /// Whether imscope answered in place of the local app, of which there was no usable
    /// reply.
    pub fn replaces_app(&self) -> bool {
        let is_about_app =
            |it: &Trouble| it.is_app_silent() || it.is_app_answered() || it.is_app_not_asked();
        self.by == AnsweredBy::Imscope && self.trouble.iter().any(is_about_app)
    }
}
