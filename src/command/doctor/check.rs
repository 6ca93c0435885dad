//! The result of one check: level, message and hint.

use serde::Serialize;

use crate::callback::Localized;

/// The severity of a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The check was not possible or not needed.
    Skipped,
    /// No problem found.
    Ok,
    /// Callbacks arrive, with a possible problem.
    Warning,
    /// Callbacks do not arrive, or are not answered correctly.
    Failure,
}

/// The checks. Their serialized names are those of `--json`, and stable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum CheckName {
    /// Which program owns the port.
    Port,
    /// The token.
    Token,
    /// The signature algorithm.
    Signing,
    /// The tunnel.
    Tunnel,
    /// The public URL against the rules of the console.
    Url,
    /// This machine's clock.
    Clock,
    /// The round trip of a test callback.
    #[serde(rename = "probe")]
    TestCallback,
    /// The reply of the local app.
    App,
}

impl CheckName {
    /// The title of the check.
    pub(super) const fn title(self) -> Localized {
        match self {
            Self::Port => Localized::new("port", "端口"),
            Self::Token => Localized::new("token", "Token"),
            Self::Signing => Localized::new("signing", "签名自检"),
            Self::Tunnel => Localized::new("tunnel", "隧道"),
            Self::Url => Localized::new("URL", "公网 URL"),
            Self::Clock => Localized::new("clock", "时钟"),
            Self::TestCallback => Localized::new("test callback", "测试回调"),
            Self::App => Localized::new("local app", "本地应用"),
        }
    }
}

/// The result of a check. The field names are those of `--json`, and stable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CheckResult {
    /// Name of the check.
    pub name: CheckName,
    /// Severity.
    pub level: Level,
    /// What was found.
    pub message: String,
    /// How to fix it.
    pub hint: Option<String>,
}

impl CheckResult {
    /// No problem found.
    pub(super) fn ok(name: CheckName, message: impl Into<String>) -> Self {
        Self { name, level: Level::Ok, message: message.into(), hint: None }
    }

    /// Not checked, for the reason in `message`.
    pub(super) fn skipped(name: CheckName, message: impl Into<String>) -> Self {
        Self { name, level: Level::Skipped, message: message.into(), hint: None }
    }

    /// A possible problem.
    pub(super) fn warning(name: CheckName, message: impl Into<String>) -> Self {
        Self { name, level: Level::Warning, message: message.into(), hint: None }
    }

    /// A problem.
    pub(super) fn failure(name: CheckName, message: impl Into<String>) -> Self {
        Self { name, level: Level::Failure, message: message.into(), hint: None }
    }

    /// Adds how to fix it.
    #[must_use]
    pub(super) fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }
}
