//! Options of `imscope send`.

#![expect(clippy::doc_markdown, reason = "these comments are the help text")]

use std::path::PathBuf;
use std::str::FromStr as _;
use std::time::Duration;

use clap::Args;
use hyper::Uri;

use super::expectation::Expectation;
use super::token::TokenOptions;
use super::value;
use crate::callback::sample::{Shape, event};

/// The end of the help of `send` and `replay`.
pub(super) const EXIT_STATUS: &str = "\
Exit status: 0, all replies are as Tencent requires, and as expected; 1, one is not, or is late; \
2, a wrong option or scenario; 3, nothing worse than that the URL could not be reached, or closed \
the connection without a reply.";

/// Options of `imscope send`.
#[derive(Debug, Clone, Args)]
#[command(after_help = EXIT_STATUS)]
pub struct SendOptions {
    /// URL to send to
    #[arg(value_name = "URL", default_value = "http://127.0.0.1:9527")]
    #[arg(value_parser = value::url)]
    pub url: Uri,
    /// Number of callbacks
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = value::count)]
    pub count: u32,
    /// Callbacks per second; without it, each is sent after the reply to the last
    #[arg(long, value_name = "N", value_parser = value::rate)]
    pub rate: Option<f64>,
    /// Send each callback twice
    #[arg(long)]
    pub duplicate: bool,
    /// Send the callbacks in random order
    #[arg(long)]
    pub shuffle: bool,
    /// Sign with a RequestTime this long ago
    #[arg(long, value_name = "DURATION", value_parser = value::duration)]
    pub stale: Option<Duration>,
    /// Seed of the random numbers; the same seed gives the same callbacks, except
    /// for their times
    #[arg(long, value_name = "N", value_parser = value::seed)]
    pub seed: Option<u64>,
    /// Exit with status 1 unless each reply is this decision on a before-callback:
    /// allowed, denied, changed, dropped, late, invalid, or a code
    ///
    /// denied is met by any denial, also one for some of the friends or invited members;
    /// late by a reply after 2 s, or none; invalid by one that Tencent cannot use.
    /// A CODE is met by this ErrorCode; about friends, by denials that all have this
    /// ResultCode, of all friends or of some.
    #[arg(long, value_name = "DECISION|CODE", value_parser = Expectation::from_str)]
    pub expect: Option<Expectation>,
    /// Trust the CAs in this file (PEM) if the URL is https; default: public CAs, and
    /// any certificate on this machine
    #[arg(long, value_name = "FILE", env = "IMSCOPE_CA", hide_env_values = true)]
    pub ca: Option<PathBuf>,
    /// The token to sign with.
    #[command(flatten)]
    pub token: TokenOptions,
    /// The callbacks; last, because its heading applies to all options after it.
    #[command(flatten)]
    pub callback: CallbackOptions,
}

/// Contents of the callbacks sent.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Callback")]
pub struct CallbackOptions {
    /// CallbackCommand; any word is accepted
    #[arg(long, value_name = "WORD", default_value = event::AFTER_SEND)]
    pub command: String,
    /// User who sends the message
    #[arg(long, value_name = "USER", default_value = "jared")]
    pub from: String,
    /// User or group that receives it; default: Jonh, or a group for Group.* commands
    #[arg(long, value_name = "USER")]
    pub to: Option<String>,
    /// Type of the message
    #[arg(long = "type", value_name = "TYPE", default_value = "text")]
    pub shape: Shape,
    /// Text of the message, if its type has one
    #[arg(long)]
    pub text: Option<String>,
    /// SendMsgResult: 0, or an error code
    #[arg(long, value_name = "CODE", default_value_t = 0, allow_negative_numbers = true)]
    #[arg(value_parser = value::integer)]
    pub result: i64,
    /// ErrorInfo, the text of the result
    #[arg(long, value_name = "TEXT")]
    pub error_info: Option<String>,
    /// UnreadMsgNum; without it, it increases by 1 with each message
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = value::integer)]
    pub unread: Option<i64>,
    /// SdkAppid
    #[arg(long = "app", value_name = "SDKAPPID", env = "IMSCOPE_APP", hide_env_values = true)]
    #[arg(default_value = "1400000000", value_parser = value::app)]
    pub sdk_app_id: String,
    /// Send the callbacks of a scenario, one after another: message, group, bot, friend, or
    /// those of a file
    ///
    /// message: sent, read, recalled; group: from its creation to its end; bot: a question
    /// and its answer; friend: asked, added, deleted. They have the same keys, users and
    /// times, and go on as Tencent would: what is denied or dropped is not followed by its
    /// after-callbacks, and what is changed is sent as changed.
    ///
    /// A file (- reads standard input) has one step a line, and comments after #:
    /// {"command": "C2C.CallbackBeforeSendMsg", "from": "a", "to": "b", "text": "hi",
    /// "after": "300ms", "expect": "denied"}. Only the command is required; "body" is a
    /// body of your own. All steps are sent. A new message begins with each
    /// BeforeSendMsg, and with an AfterSendMsg that follows another.
    #[arg(long, value_name = "NAME|FILE")]
    #[arg(conflicts_with_all = ["command", "result", "error_info", "unread", "body"])]
    #[arg(conflicts_with_all = ["count", "rate", "duplicate", "shuffle"])]
    pub scenario: Option<PathBuf>,
    /// Send the bytes of this file unchanged; - reads standard input
    #[arg(long, value_name = "FILE")]
    #[arg(conflicts_with_all = ["shape", "text", "result", "error_info", "unread"])]
    pub body: Option<PathBuf>,
}
