//! Options of `imscope answers`.

use std::path::PathBuf;

use super::values::Values;
use crate::callback::Lang;

/// What to do with a file of rules, and the language of the result.
#[derive(Debug, Clone)]
pub enum AnswersCommand {
    /// Check the file.
    Check(PathBuf, Lang),
    /// Show which rule decides on a callback.
    Try(TryOptions),
}

impl AnswersCommand {
    pub(super) fn of(values: &Values<'_>) -> Self {
        match values.command() {
            Some(("try", values)) => Self::Try(TryOptions::of(&values)),
            Some((_, values)) => Self::Check(values.value("file"), values.lang),
            None => unreachable!("clap requires a command of `answers`"),
        }
    }
}

/// Options of `imscope answers try`.
#[derive(Debug, Clone)]
pub struct TryOptions {
    /// The file of rules.
    pub file: PathBuf,
    /// `CallbackCommand` of the query of a body.
    pub command: Option<String>,
    /// `SdkAppid` of the query of a body.
    pub app: Option<String>,
    /// The language of the result.
    pub lang: Lang,
}

impl TryOptions {
    fn of(values: &Values<'_>) -> Self {
        Self {
            file: values.value("file"),
            command: values.get("command"),
            app: values.get("app"),
            lang: values.lang,
        }
    }
}
