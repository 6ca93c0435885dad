//! Status lines on standard error.

use std::io::{self, Write as _};

/// Prints a line; without standard error there is no place for it.
pub(super) fn print_status(text: &str) {
    let _ = writeln!(io::stderr(), "imscope: {text}");
}
