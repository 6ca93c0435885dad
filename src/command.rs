//! The commands of the command line, one module each.

pub mod cli;
pub mod watch;
pub mod demo;
pub mod open;
mod session;
mod effects;
mod rules;
mod listener_config;
mod token_remark;
pub mod tail;
pub mod replay;
pub mod send;
mod report;
mod checked_reply;
pub mod codes;
pub mod answers;
pub mod doctor;
pub mod manual;
mod help;

use std::io;
use std::process::ExitCode;

use anyhow::Context as _;

use crate::edge::open_files::check_limit;
use crate::edge::signals::survive_file_size_limit;
use crate::edge::stdio::{Printer, stdout_is_terminal, stdout_width};
use cli::{Cli, Command};
pub use rules::MarkedMistake;

/// Runs a command. The exit status is 0 on success, and 1 if the result is
/// negative, such as an invalid reply or a failed check.
///
/// # Errors
/// Why the command could not be run, in one sentence.
pub fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    survive_file_size_limit().context("cannot handle signals")?;
    check_limit()?;
    match cli.command {
        None => watch::run(cli.watch),
        Some(Command::Demo(options)) => demo::run(options),
        Some(Command::Tail(options)) => tail::run(&options),
        Some(Command::Open(options)) => open::run(options),
        Some(Command::Replay(options)) => replay::run(&options, &mut Printer::stdout()),
        Some(Command::Send(options)) => send::run(&options, &mut Printer::stdout()),
        Some(Command::Codes(options)) => {
            codes::run(&options, stdout_width(), &mut Printer::stdout())
        }
        Some(Command::Answers(command)) => answers::run(&command, &mut Printer::stdout()),
        Some(Command::Doctor(options)) => {
            let colors = stdout_is_terminal() && !session::colors_disabled();
            doctor::run(*options, colors, &mut Printer::stdout())
        }
        Some(Command::Help(options)) => help::run(&options, stdout_width(), &mut Printer::stdout()),
        Some(Command::Completions { shell }) => manual::completions(shell, &mut Printer::stdout()),
        Some(Command::Man) => manual::man(&mut Printer::stdout()),
    }
}

/// Whether the error is a closed output, as of `imscope codes | head`; not a
/// failure of the command.
pub fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let kind = error.downcast_ref::<io::Error>().map(io::Error::kind);
    kind == Some(io::ErrorKind::BrokenPipe)
}

/// A usage error that only the command finds.
fn usage(message: &str) -> anyhow::Error {
    clap::Error::raw(clap::error::ErrorKind::ValueValidation, format!("{message}\n")).into()
}
