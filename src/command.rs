//! The commands a user types, one file each: they compose the other rooms.

pub mod cli;
pub mod watch;
pub mod demo;
mod listener;
mod session;
mod effects;
pub mod tail;
pub mod open;
pub mod replay;
pub mod send;
pub mod codes;
pub mod doctor;
pub mod manual;

use std::io::{self, IsTerminal as _};
use std::process::ExitCode;

use cli::{Cli, Command};

/// Does what the command line says; the exit status is 0 if all went well.
///
/// # Errors
/// What stopped it, to be told in one sentence.
pub fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    let mut out = io::stdout().lock();
    match cli.command {
        None => {
            drop(out);
            watch::run(cli.watch)
        }
        Some(Command::Demo(options)) => {
            drop(out);
            demo::run(options)
        }
        Some(Command::Tail(options)) => {
            drop(out);
            tail::run(&options)
        }
        Some(Command::Open(options)) => {
            drop(out);
            open::run(options)
        }
        Some(Command::Replay(options)) => replay::run(&options, &mut out),
        Some(Command::Send(options)) => send::run(&options, &mut out),
        Some(Command::Codes(options)) => codes::run(&options, &mut out),
        Some(Command::Doctor(options)) => {
            let colors = out.is_terminal() && !session::colors_disabled();
            doctor::run(*options, colors, &mut out)
        }
        Some(Command::Completions { shell }) => manual::completions(shell, &mut out),
        Some(Command::Man) => manual::man(&mut out),
    }
}

/// Whether all that happened is that nobody reads our output any more, as with
/// `imscope codes | head`: that is no failure.
pub fn output_closed(error: &anyhow::Error) -> bool {
    let kind = error.downcast_ref::<io::Error>().map(io::Error::kind);
    kind == Some(io::ErrorKind::BrokenPipe)
}
