//! The answer mode: how valid callbacks are answered.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use crate::callback::Lang;
use crate::callback::lang::localize;

/// The answer to a valid callback.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum AnswerKind {
    /// Success.
    #[default]
    Ok,
    /// `ActionStatus` `FAIL` and `ErrorCode` 1 with this text; a default text if it
    /// is empty.
    Fail(String),
    /// This HTTP status from 200 to 599, with `FAIL` and 1.
    Status(u16),
    /// No answer.
    Hang,
}

impl FromStr for AnswerKind {
    type Err = AnswerKindError;

    fn from_str(text: &str) -> Result<Self, AnswerKindError> {
        let (word, rest) = text.split_once(':').map_or((text, None), |(it, rest)| (it, Some(rest)));
        match (word, rest) {
            ("ok", None) => Ok(Self::Ok),
            ("fail", text) => Ok(Self::Fail(text.unwrap_or_default().to_owned())),
            ("status", Some(code)) => match code.parse() {
                Ok(code @ 200..=599) => Ok(Self::Status(code)),
                _ => Err(AnswerKindError::Status(code.to_owned())),
            },
            ("hang", None) => Ok(Self::Hang),
            _ => Err(AnswerKindError::Kind(text.to_owned())),
        }
    }
}

/// Why a text is no answer kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AnswerKindError {
    /// This is no status that can be answered.
    Status(String),
    /// This is none of the kinds.
    Kind(String),
}

impl AnswerKindError {
    /// The mistake as a sentence.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::Status(code) => localize!(
                lang,
                "`{code}` is not an HTTP status from 200 to 599",
                "`{code}` 不是 200 到 599 之间的 HTTP 状态码"
            ),
            Self::Kind(text) => localize!(
                lang,
                "`{text}` is not one of ok, fail, fail:TEXT, status:CODE, hang",
                "`{text}` 不是 ok、fail、fail:TEXT、status:CODE、hang 之一"
            ),
        }
    }
}

impl fmt::Display for AnswerKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ok => f.write_str("ok"),
            Self::Fail(text) if text.is_empty() => f.write_str("fail"),
            Self::Fail(text) => write!(f, "fail:{text}"),
            Self::Status(code) => write!(f, "status:{code}"),
            Self::Hang => f.write_str("hang"),
        }
    }
}

/// How valid callbacks are answered, and after which delay.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AnswerMode {
    /// The answer.
    pub kind: AnswerKind,
    /// The delay before the answer is sent.
    pub delay: Duration,
}

impl AnswerMode {
    /// Whether this is the default: `ok`, without delay.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// The answer as in `--reply`, and a delay as `+300ms`.
impl fmt::Display for AnswerMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)?;
        match self.delay.as_millis() {
            0 => Ok(()),
            millis => write!(f, " +{millis}ms"),
        }
    }
}
