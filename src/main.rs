//! Parses the command line, runs the command, prints the error.

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;
use imscope::command::{self, cli::Cli};

fn main() -> ExitCode {
    match command::run(Cli::parse()) {
        Ok(code) => code,
        Err(error) if command::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            // If standard error is closed too, the exit status has to suffice.
            let _ = writeln!(io::stderr(), "imscope: {error:#}");
            ExitCode::FAILURE
        }
    }
}
