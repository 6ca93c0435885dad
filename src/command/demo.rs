//! The dashboard over a made-up chat.

use std::process::ExitCode;

use anyhow::bail;

use super::cli::DemoOptions;

/// Stands in for the dashboard until it is here.
///
/// # Errors
/// Always.
#[expect(clippy::needless_pass_by_value, reason = "the real one keeps them")]
pub fn run(options: DemoOptions) -> anyhow::Result<ExitCode> {
    let _ = options;
    bail!("the dashboard is not built yet")
}
