//! Generates callbacks as Tencent would send them.
//!
//! Deterministic: the same seed and times give the same bytes. The format is that
//! of recorded traffic: no white space, no unnecessary escapes, `MsgBody` before
//! `CallbackCommand` in one-to-one messages, sorted keys in groups.

mod fields;
pub mod element;
pub mod event;

use serde_json::{Value, json};

use super::query;
use super::signature::Token;
use super::timestamp::Timestamp;
pub use element::Shape;

/// A generated callback, without a signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// The query of the URL, without `Sign` and `RequestTime`.
    pub query: String,
    /// The body.
    pub body: Vec<u8>,
}

impl Sample {
    /// A sample with any body; platform and IP address are those of `user`.
    pub fn new(app: &str, word: &str, user: &str, body: Vec<u8>) -> Self {
        let (platform, ip) = device(user);
        let query = format!(
            "CallbackCommand={}&ClientIP={ip}&OptPlatform={platform}&SdkAppid={}&contenttype=json",
            query::escape(word),
            query::escape(app),
        );
        Self { query, body }
    }

    /// Path and query of the request, signed at a time if there is a token. A query
    /// within `path` is kept.
    pub fn target(&self, path: &str, sign: Option<(&Token, Timestamp)>) -> String {
        let (path, own) = path.split_once('?').unwrap_or((path, ""));
        let joint = if own.is_empty() { "" } else { "&" };
        let query = format!("{own}{joint}{}", self.query);
        match sign {
            Some((token, now)) => format!("{path}?{}", query::resign(&query, Some(token), now)),
            None => format!("{path}?{query}"),
        }
    }
}

/// A generated message, the subject of callbacks.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// `From_Account`.
    pub from: String,
    /// `To_Account`, or the group.
    pub to: String,
    /// `MsgSeq`.
    pub seq: u32,
    /// `MsgRandom`.
    pub random: u32,
    /// `MsgTime`, seconds since the Unix epoch.
    pub time: i64,
    /// The number of the client in `MsgId`.
    pub client: u64,
    /// `OnlineOnlyFlag`.
    pub online_only: bool,
    /// `MsgBody`.
    pub body: Vec<Value>,
    /// `CloudCustomData`.
    pub cloud: Option<String>,
}

impl Message {
    /// `MsgKey`: `MsgSeq_MsgRandom_MsgTime`.
    pub fn key(&self) -> String {
        format!("{}_{}_{}", self.seq, self.random, self.time)
    }

    /// `MsgId`: the client's number, its time, and `MsgRandom`.
    pub fn id(&self) -> String {
        format!("{}-{}-{}", self.client, self.time, self.random)
    }
}

/// The result of sending a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// `SendMsgResult`: 0, or a failure code.
    pub result: i64,
    /// `ErrorInfo`.
    pub info: String,
    /// `UnreadMsgNum`; `None` leaves the field out, as newer bodies do.
    pub unread: Option<i64>,
}

impl Outcome {
    /// Success; the recipient now has `unread` unread messages.
    pub fn sent(unread: i64) -> Self {
        Self { result: 0, info: error_info(0).to_owned(), unread: Some(unread) }
    }

    /// Failure with a code and its text.
    pub fn failed(result: i64) -> Self {
        Self { result, info: error_info(result).to_owned(), unread: Some(-1) }
    }
}

/// `ErrorInfo` for a result, in the style of real ones.
pub const fn error_info(result: i64) -> &'static str {
    match result {
        0 => "send msg succeed",
        20003 => "invalid account: From_Account or To_Account is not imported",
        20007 => "message from blacklist user is refused by peer",
        20009 => "not friends with each other",
        20010 => "sender is not in the peer's friend list",
        20012 => "sender is shut up",
        80001 => "the message contains dirty words",
        80002 => "message body is too long",
        80004 => "the image is illegal",
        120_001..=130_000 => "refused by the app server",
        _ => "send msg failed",
    }
}

/// `EventTime`: milliseconds.
fn millis(at: Timestamp) -> Value {
    json!(at.0.div_euclid(1000))
}

/// Generates callbacks for one application.
#[derive(Debug)]
pub struct Maker {
    pub(crate) rng: fastrand::Rng,
    app: String,
}

impl Maker {
    /// A generator with a seed, for an `SdkAppid`.
    pub fn new(seed: u64, app: &str) -> Self {
        Self { rng: fastrand::Rng::with_seed(seed), app: app.to_owned() }
    }

    /// A new message of some elements, sent at a time.
    pub fn message(&mut self, from: &str, to: &str, at: Timestamp, body: Vec<Value>) -> Message {
        Message {
            from: from.to_owned(),
            to: to.to_owned(),
            seq: self.rng.u32(1..=u32::MAX),
            random: self.rng.u32(1..=u32::MAX),
            time: at.secs(),
            client: 144_115_188_075_855_872 + self.rng.u64(0..100_000_000_000),
            online_only: false,
            body,
            cloud: None,
        }
    }

    /// `C2C.CallbackAfterSendMsg`: a message was sent, or failed.
    pub fn sent(&self, message: &Message, outcome: &Outcome) -> Sample {
        self.sample(&message.from, &sent(event::AFTER_SEND, message, outcome))
    }

    /// `C2C.CallbackBeforeSendMsg`: a message is about to be sent.
    pub fn before(&self, message: &Message) -> Sample {
        let mut body = envelope(event::BEFORE_SEND, message);
        body["EventTime"] = json!(message.time * 1000 + 7);
        self.sample(&message.from, &with_cloud(body, message))
    }

    /// A sample with a JSON body, whose command word is also in the query.
    pub fn sample(&self, user: &str, body: &Value) -> Sample {
        let word =
            body["CallbackCommand"].as_str().or(body["Events"][0]["CallbackCommand"].as_str());
        Sample::new(&self.app, word.unwrap_or_default(), user, body.to_string().into_bytes())
    }
}

/// The first fields of every callback about a one-to-one message.
fn envelope(word: &str, message: &Message) -> Value {
    json!({
        "MsgBody": message.body,
        "CallbackCommand": word,
        "From_Account": message.from,
        "To_Account": message.to,
        "MsgSeq": message.seq,
        "MsgRandom": message.random,
        "MsgTime": message.time,
        "MsgKey": message.key(),
        "MsgId": message.id(),
        "OnlineOnlyFlag": u8::from(message.online_only),
    })
}

fn sent(word: &str, message: &Message, outcome: &Outcome) -> Value {
    let mut body = envelope(word, message);
    body["SendMsgResult"] = json!(outcome.result);
    body["ErrorInfo"] = json!(outcome.info);
    if let Some(unread) = outcome.unread {
        body["UnreadMsgNum"] = json!(unread);
    }
    with_cloud(body, message)
}

fn with_cloud(mut body: Value, message: &Message) -> Value {
    if let Some(cloud) = &message.cloud {
        body["CloudCustomData"] = json!(cloud);
    }
    body
}

/// Platform and IP address of a user, derived from the name. The addresses are in
/// the range for documentation (RFC 5737).
fn device(user: &str) -> (&'static str, String) {
    const PLATFORMS: [&str; 7] = ["RESTAPI", "Web", "Android", "iOS", "Windows", "Mac", "iPad"];
    let hash = user
        .bytes()
        .fold(2_166_136_261_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(16_777_619));
    match PLATFORMS[hash as usize % PLATFORMS.len()] {
        "RESTAPI" => ("RESTAPI", "127.0.0.1".to_owned()),
        other => (other, format!("203.0.113.{}", hash >> 24)),
    }
}

#[cfg(test)]
mod tests;
