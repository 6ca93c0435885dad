//! What good callbacks are answered: the setting of the answer switchboard.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

/// What a good callback is answered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum AnswerKind {
    /// All is well.
    #[default]
    Ok,
    /// `FAIL`/1 with this text; a text of imscope's own if it is empty.
    Fail(String),
    /// This HTTP status, with `FAIL`/1.
    Status(u16),
    /// Nothing at all.
    Hang,
}

impl FromStr for AnswerKind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (word, rest) = text.split_once(':').map_or((text, None), |(it, rest)| (it, Some(rest)));
        match (word, rest) {
            ("ok", None) => Ok(Self::Ok),
            ("fail", text) => Ok(Self::Fail(text.unwrap_or_default().to_owned())),
            ("status", Some(code)) => match code.parse() {
                Ok(code @ 200..=599) => Ok(Self::Status(code)),
                _ => Err(format!("`{code}` is no HTTP status from 200 to 599")),
            },
            ("hang", None) => Ok(Self::Hang),
            _ => Err(format!("`{text}` is none of ok, fail, fail:TEXT, status:CODE, hang")),
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

/// What good callbacks are answered, and after how long.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AnswerMode {
    /// What.
    pub kind: AnswerKind,
    /// How long the answer is held back.
    pub delay: Duration,
}

impl AnswerMode {
    /// Whether this is the default: `ok`, without delay.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// As it is typed: the reply, and after a `+` the delay in milliseconds.
impl fmt::Display for AnswerMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)?;
        match self.delay.as_millis() {
            0 => Ok(()),
            millis => write!(f, " +{millis}ms"),
        }
    }
}
