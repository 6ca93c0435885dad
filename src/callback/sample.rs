//! Made-up callbacks, as Tencent would send them.
//!
//! Randomness and time are arguments: the same seed and the same times give the
//! same bytes. The habits of the wire are kept (no white space, nothing escaped
//! that need not be, `MsgBody` before `CallbackCommand` in one-to-one messages,
//! alphabetical keys in groups), so that what reads these reads the real ones.

pub mod element;
pub mod event;

use serde_json::{Value, json};

use super::query;
use super::signature::Token;
use super::timestamp::Timestamp;
pub use element::Shape;

/// A callback made up: what Tencent would send, but for the signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// The query of the URL, without `Sign` and `RequestTime`.
    pub query: String,
    /// The body.
    pub body: Vec<u8>,
}

impl Sample {
    /// A sample of any body: `who` acts, and so decides platform and address.
    pub fn new(app: &str, word: &str, who: &str, body: Vec<u8>) -> Self {
        let (platform, ip) = device(who);
        let query = format!(
            "CallbackCommand={}&ClientIP={ip}&OptPlatform={platform}&SdkAppid={}&contenttype=json",
            query::escape(word),
            query::escape(app),
        );
        Self { query, body }
    }

    /// What to write into the request line: path and query, signed as of a time
    /// when there is a token. A path that has a query of its own keeps it.
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

/// A message made up, of which callbacks can tell.
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

/// How sending a message ended.
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
    /// Sent; the recipient now has so many unread messages.
    pub fn sent(unread: i64) -> Self {
        Self { result: 0, info: error_info(0).to_owned(), unread: Some(unread) }
    }

    /// Not sent, with the text that is told beside such a code.
    pub fn failed(result: i64) -> Self {
        Self { result, info: error_info(result).to_owned(), unread: Some(-1) }
    }
}

/// The text that stands beside a result, made to look like the real ones.
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

/// Makes callbacks up.
#[derive(Debug)]
pub struct Maker {
    pub(crate) rng: fastrand::Rng,
    app: String,
}

impl Maker {
    /// A maker for one application.
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

    /// `C2C.CallbackAfterSendMsg`: a message was sent, or could not be.
    pub fn sent(&self, message: &Message, outcome: &Outcome) -> Sample {
        self.sample(&message.from, &sent(event::AFTER_SEND, message, outcome))
    }

    /// `C2C.CallbackBeforeSendMsg`: may this message be sent?
    pub fn before(&self, message: &Message) -> Sample {
        let mut body = envelope(event::BEFORE_SEND, message);
        body["EventTime"] = json!(message.time * 1000 + 7);
        self.sample(&message.from, &with_cloud(body, message))
    }

    /// A sample of a JSON body, whose command word also goes into the query.
    pub fn sample(&self, who: &str, body: &Value) -> Sample {
        let word =
            body["CallbackCommand"].as_str().or(body["Events"][0]["CallbackCommand"].as_str());
        Sample::new(&self.app, word.unwrap_or_default(), who, body.to_string().into_bytes())
    }
}

/// What all callbacks about a one-to-one message begin with.
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

/// The platform and the address of a user: made up from the name, so that a
/// user keeps both. The addresses are of the range kept for documents.
fn device(who: &str) -> (&'static str, String) {
    const PLATFORMS: [&str; 7] = ["RESTAPI", "Web", "Android", "iOS", "Windows", "Mac", "iPad"];
    let hash = who
        .bytes()
        .fold(2_166_136_261_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(16_777_619));
    match PLATFORMS[hash as usize % PLATFORMS.len()] {
        "RESTAPI" => ("RESTAPI", "127.0.0.1".to_owned()),
        other => (other, format!("203.0.113.{}", hash >> 24)),
    }
}

#[cfg(test)]
mod tests;
