//! The result of one check: level, message and hint.

use serde::Serialize;

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

/// The result of a check. The field names and the names of the checks are those of
/// `--json`, and stable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CheckResult {
    /// Name of the check.
    pub name: &'static str,
    /// Severity.
    pub level: Level,
    /// What was found.
    pub message: String,
    /// How to fix it.
    pub hint: Option<String>,
}

impl CheckResult {
    /// No problem found.
    pub(super) fn ok(name: &'static str, message: impl Into<String>) -> Self {
        Self { name, level: Level::Ok, message: message.into(), hint: None }
    }

    /// Not checked, for the reason in `message`.
    pub(super) fn skipped(name: &'static str, message: impl Into<String>) -> Self {
        Self { name, level: Level::Skipped, message: message.into(), hint: None }
    }

    /// A possible problem.
    pub(super) fn warning(name: &'static str, message: impl Into<String>) -> Self {
        Self { name, level: Level::Warning, message: message.into(), hint: None }
    }

    /// A problem.
    pub(super) fn failure(name: &'static str, message: impl Into<String>) -> Self {
        Self { name, level: Level::Failure, message: message.into(), hint: None }
    }

    /// Adds how to fix it.
    #[must_use]
    pub(super) fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }
}
