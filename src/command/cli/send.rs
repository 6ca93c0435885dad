//! Options of `imscope send`.

use std::path::PathBuf;
use std::time::Duration;

use hyper::Uri;

use super::expectation::Expectation;
use super::token::TokenOptions;
use super::values::Values;
use crate::callback::Lang;
use crate::callback::sample::Shape;

/// Options of `imscope send`.
#[derive(Debug, Clone)]
pub struct SendOptions {
    /// URL to send to.
    pub url: Uri,
    /// Number of callbacks.
    pub count: u32,
    /// Callbacks per second; without it, each is sent after the reply to the last.
    pub rate: Option<f64>,
    /// Whether each callback is sent twice.
    pub duplicate: bool,
    /// Whether the callbacks are sent in random order.
    pub shuffle: bool,
    /// How long ago the `RequestTime` of the signature is.
    pub stale: Option<Duration>,
    /// Seed of the random numbers.
    pub seed: Option<u64>,
    /// What each reply to a before-callback has to be.
    pub expect: Option<Expectation>,
    /// File of the CAs to trust if the URL is https.
    pub ca: Option<PathBuf>,
    /// The token to sign with.
    pub token: TokenOptions,
    /// The callbacks.
    pub callback: CallbackOptions,
    /// The language of what is printed.
    pub lang: Lang,
}

impl SendOptions {
    pub(super) fn of(values: &Values<'_>) -> Self {
        Self {
            url: values.value("url"),
            count: values.value("count"),
            rate: values.get("rate"),
            duplicate: values.is_set("duplicate"),
            shuffle: values.is_set("shuffle"),
            stale: values.get("stale"),
            seed: values.get("seed"),
            expect: values.get("expect"),
            ca: values.file("ca"),
            token: TokenOptions::of(values),
            callback: CallbackOptions::of(values),
            lang: values.lang,
        }
    }
}

/// Contents of the callbacks sent.
#[derive(Debug, Clone)]
pub struct CallbackOptions {
    /// `CallbackCommand`.
    pub command: String,
    /// User who sends the message.
    pub from: String,
    /// User or group that receives it; the default depends on the command.
    pub to: Option<String>,
    /// Type of the message.
    pub shape: Shape,
    /// Text of the message, if its type has one.
    pub text: Option<String>,
    /// `SendMsgResult`.
    pub result: i64,
    /// `ErrorInfo`.
    pub error_info: Option<String>,
    /// `UnreadMsgNum`; without it, it increases by 1 with each message.
    pub unread: Option<i64>,
    /// `SdkAppid`.
    pub sdk_app_id: String,
    /// Name or file of a scenario that is sent instead.
    pub scenario: Option<PathBuf>,
    /// File whose bytes are the body; `-` is standard input.
    pub body: Option<PathBuf>,
}

impl CallbackOptions {
    fn of(values: &Values<'_>) -> Self {
        Self {
            command: values.value("command"),
            from: values.value("from"),
            to: values.get("to"),
            shape: values.value("type"),
            text: values.get("text"),
            result: values.value("result"),
            error_info: values.get("error-info"),
            unread: values.get("unread"),
            sdk_app_id: values.value("app"),
            scenario: values.file("scenario"),
            body: values.file("body"),
        }
    }
}
