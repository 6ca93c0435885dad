//! Parses the command line, runs it, tells the error.

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;
use imscope::command::{self, cli::Cli};

fn main() -> ExitCode {
    match command::run(Cli::parse()) {
        Ok(code) => code,
        Err(error) if command::output_closed(&error) => ExitCode::SUCCESS,
        Err(error) => {
            // With standard error closed too, the exit status has to do.
            let _ = writeln!(io::stderr(), "imscope: {error:#}");
            ExitCode::FAILURE
        }
    }
}
