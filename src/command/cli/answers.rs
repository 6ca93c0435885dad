//! Options of `imscope answers`.

#![expect(clippy::doc_markdown, reason = "these comments are the help text")]

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::value;

/// What to do with a file of rules.
#[derive(Debug, Clone, Subcommand)]
pub enum AnswersCommand {
    /// Check a file of rules, without listening
    Check {
        /// The file, one rule a line: FILTER => ACTION; - reads standard input
        file: PathBuf,
    },
    /// Show which rule decides on a callback, and what would be answered
    ///
    /// Reads the callback from standard input: a body, or a line of a recording.
    Try(TryOptions),
}

/// Options of `imscope answers try`.
#[derive(Debug, Clone, Args)]
pub struct TryOptions {
    /// The file, one rule a line: FILTER => ACTION
    pub file: PathBuf,
    /// CallbackCommand of the query of a body
    #[arg(long, value_name = "WORD")]
    pub command: Option<String>,
    /// SdkAppid of the query of a body
    #[arg(long, value_name = "SDKAPPID", value_parser = value::app)]
    pub app: Option<String>,
}
