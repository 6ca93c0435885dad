//! What a check found: how grave it is, in a sentence, and what to do.

use serde::Serialize;

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// It could not be made, or there was nothing to check.
    Skipped,
    /// All is well.
    Ok,
    /// It works, and something about it is worth a thought.
    Warning,
    /// Callbacks will not arrive, or not be answered well.
    Failure,
}

/// A check and its end. The names of the fields and the checks are those of
/// `--json`, and stay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// What was checked.
    pub name: &'static str,
    /// How it ended.
    pub level: Level,
    /// What was found.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Check {
    /// All is well.
    pub(super) fn ok(name: &'static str, message: impl Into<String>) -> Self {
        Self { name, level: Level::Ok, message: message.into(), hint: None }
    }

    /// It could not be made.
    pub(super) fn skipped(name: &'static str, message: impl Into<String>) -> Self {
        Self { name, level: Level::Skipped, message: message.into(), hint: None }
    }

    /// It works, but.
    pub(super) fn warning(name: &'static str, message: impl Into<String>) -> Self {
        Self { name, level: Level::Warning, message: message.into(), hint: None }
    }

    /// It does not work.
    pub(super) fn failure(name: &'static str, message: impl Into<String>) -> Self {
        Self { name, level: Level::Failure, message: message.into(), hint: None }
    }

    /// And what to do.
    #[must_use]
    pub(super) fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }
}
