//! The entries of the menus: what to copy, and what callbacks are answered without a
//! rule.

use std::time::Duration;

use super::words;
use crate::answer::mode::{AnswerKind, AnswerMode};
use crate::callback::Localized;

const COPY_JQ_PATH: Localized =
    Localized::new("path of the field, for jq, filters", "字段路径（jq、过滤写法）");

/// An entry of the copy menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CopyTarget {
    /// The body.
    Body,
    /// A curl command that sends the callback to the listener again.
    Curl,
    /// One that sends it to the local app.
    CurlToApp,
    /// The `MsgKey`.
    Key,
    /// The JSON value under the cursor of the tree.
    Field,
    /// The JSON pointer of that value.
    Pointer,
    /// Its path as jq has it.
    JqPath,
    /// The callback as a line of a recording.
    Delivery,
    /// All callbacks in Flow, as such lines.
    List,
}

impl CopyTarget {
    /// All entries, in the order of the menu.
    pub(super) const ALL: [Self; 9] = [
        Self::Body,
        Self::Curl,
        Self::CurlToApp,
        Self::Key,
        Self::Field,
        Self::Pointer,
        Self::JqPath,
        Self::Delivery,
        Self::List,
    ];

    /// The key that chooses it.
    pub(super) const fn key(self) -> char {
        match self {
            Self::Body => 'y',
            Self::Curl => 'c',
            Self::CurlToApp => 'a',
            Self::Key => 'k',
            Self::Field => 'f',
            Self::Pointer => 'p',
            Self::JqPath => 'j',
            Self::Delivery => 'd',
            Self::List => 'l',
        }
    }

    /// Its text in the menu, and in the notice after copying.
    pub(super) const fn label(self) -> Localized {
        match self {
            Self::Body => words::COPY_BODY,
            Self::Curl => words::COPY_CURL,
            Self::CurlToApp => words::COPY_CURL_TO_APP,
            Self::Key => words::COPY_KEY,
            Self::Field => words::COPY_FIELD,
            Self::Pointer => words::COPY_POINTER,
            Self::JqPath => COPY_JQ_PATH,
            Self::Delivery => words::COPY_DELIVERY,
            Self::List => words::COPY_LIST,
        }
    }

    /// Its text in a menu that has no space for the whole one.
    pub(super) const fn brief(self) -> Localized {
        match self {
            Self::Body | Self::Curl | Self::Key => self.label(),
            Self::CurlToApp => Localized::new("curl to app", "curl 到应用"),
            Self::Field => Localized::new("field", "字段"),
            Self::Pointer => Localized::new("JSON pointer", "JSON Pointer"),
            Self::JqPath => Localized::new("jq path", "jq 路径"),
            Self::Delivery => Localized::new("JSON line", "单条 JSON"),
            Self::List => Localized::new("all rows", "当前列表"),
        }
    }
}

/// An answer mode of the switchboard.
#[derive(Debug)]
pub(super) struct Answer {
    /// Its text.
    pub(super) label: Localized,
    /// What it sets.
    pub(super) mode: AnswerMode,
}

/// The answer modes of the switchboard, in its order: keys `1` to `6`. `--reply` and
/// `--delay` take any text, status and delay.
pub(super) const ANSWERS: &[Answer] = &[
    answer(words::REPLY_OK, AnswerKind::Ok, 0),
    answer(Localized::new("FAIL", "FAIL"), AnswerKind::Fail(String::new()), 0),
    answer(Localized::new("HTTP status 500", "HTTP 状态码 500"), AnswerKind::Status(500), 0),
    answer(
        Localized::new("OK after 1 second, still in time", "1 秒后应答 OK（未超时）"),
        AnswerKind::Ok,
        1,
    ),
    answer(
        Localized::new("OK after 3 seconds: too late for Tencent", "3 秒后应答 OK（已超时）"),
        AnswerKind::Ok,
        3,
    ),
    answer(Localized::new("no answer at all", "不应答"), AnswerKind::Hang, 0),
];

/// An entry whose answer is delayed by some seconds.
const fn answer(label: Localized, kind: AnswerKind, delay_secs: u64) -> Answer {
    Answer { label, mode: AnswerMode { kind, delay: Duration::from_secs(delay_secs) } }
}
