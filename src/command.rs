//! The commands of the command line, one module each.

pub mod cli;
pub mod exit_status;
pub mod environment;
mod user_files;
mod examples;
mod topic;
mod words;
pub mod watch;
pub mod demo;
pub mod open;
mod session;
mod effects;
mod rules;
mod listener_config;
mod plain_terminal;
mod token_remark;
pub mod tail;
pub mod replay;
pub mod send;
mod report;
mod checked_reply;
pub mod codes;
pub mod answers;
pub mod config;
pub mod doctor;
pub mod manual;
mod version;
mod help;

use std::ffi::OsString;
use std::fmt;
use std::io;
use std::process::ExitCode;

use anyhow::Context as _;

use crate::callback::Lang;
use crate::callback::lang::Localized;
use crate::callback::printable::clean;
use crate::callback::trouble::reason;
use crate::edge::open_files::check_limit;
use crate::edge::signals::survive_file_size_limit;
use crate::edge::stdio::{Printer, print_error, print_status, stdout_is_terminal, stdout_width};
use cli::config_file::ConfigFiles;
use cli::file_settings::FileSettings;
use cli::help_page::Length;
use cli::{Cli, Command, NoCommand};
use exit_status::USAGE;
pub use rules::MarkedMistake;

const COLON: Localized = Localized::new(": ", "：");
const NO_SIGNALS: Localized = Localized::new("cannot handle signals", "无法处理信号");

/// Parses the arguments, of which the first is the program's name, and runs the command with
/// the settings of config files.
/// The exit status is 0 on success, and 1 if the result is negative, such as an invalid
/// reply or a failed check.
///
/// # Errors
/// Why the command could not be run, in one sentence; [`UsageError`] for a mistake in the
/// arguments.
pub fn run_arguments(
    arguments: &[OsString],
    config: &ConfigFiles,
    lang: Lang,
) -> anyhow::Result<ExitCode> {
    // Help and commands without settings are there whatever is wrong in the files.
    let settings = config.settings(lang);
    let none = FileSettings::default();
    match Cli::parse(arguments, settings.as_ref().unwrap_or(&none), lang) {
        Ok(cli)
            if cli.has_settings
                && let Err(mistakes) = &settings =>
        {
            Err(MarkedMistake(mistakes.clone()).into())
        }
        Ok(cli) => {
            let ignored = settings.ok().filter(|_| cli.has_settings);
            if let Some(text) = ignored.and_then(|it| it.ignored(lang)) {
                print_status(clean(&text));
            }
            run(cli)
        }
        // A filter is used by a name that a file with a mistake may have.
        Err(NoCommand::Mistake(text)) => Err(settings
            .map_or_else(|mistakes| MarkedMistake(mistakes).into(), |_| UsageError(text).into())),
        Err(NoCommand::Incomplete(path)) => {
            print_error(help::plain(&path, lang, Length::Short));
            Ok(ExitCode::from(USAGE))
        }
        Err(NoCommand::Help(path, length)) => {
            help::print(&path, lang, length, &mut Printer::stdout())
        }
        Err(NoCommand::Version(length)) => version::print(lang, length, &mut Printer::stdout()),
    }
}

/// Runs a command.
///
/// # Errors
/// Why the command could not be run, in one sentence.
pub fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    let lang = cli.lang;
    survive_file_size_limit().context(NO_SIGNALS.text(lang))?;
    check_limit()?;
    match cli.command {
        Command::Watch(options) => watch::run(*options),
        Command::Demo(options) => demo::run(options),
        Command::Tail(options) => tail::run(&options),
        Command::Open(options) => open::run(options),
        Command::Replay(options) => replay::run(&options, &mut Printer::stdout()),
        Command::Send(options) => send::run(&options, &mut Printer::stdout()),
        Command::Codes(options) => codes::run(&options, stdout_width(), &mut Printer::stdout()),
        Command::Answers(command) => answers::run(&command, &mut Printer::stdout()),
        Command::Config(options) => config::run(&options, &mut Printer::stdout()),
        Command::Doctor(options) => {
            let colors = stdout_is_terminal() && !session::colors_disabled();
            doctor::run(*options, colors, &mut Printer::stdout())
        }
        Command::Help(options) => help::run(&options, lang, &mut Printer::stdout()),
        Command::Completions(shell) => manual::completions(shell, lang, &mut Printer::stdout()),
        Command::Man(options) => manual::man(&options, lang, &mut Printer::stdout()),
    }
}

/// Whether the error is a closed output, as of `imscope codes | head`; not a
/// failure of the command.
pub fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let kind = error.downcast_ref::<io::Error>().map(io::Error::kind);
    kind == Some(io::ErrorKind::BrokenPipe)
}

/// An error with its causes, as one sentence.
pub fn sentence(error: &anyhow::Error, lang: Lang) -> String {
    let parts = error.chain().map(|it| reason::text(&it.to_string(), lang).into_owned());
    parts.collect::<Vec<_>>().join(COLON.text(lang))
}

/// A mistake in the arguments, as a text of some lines.
#[derive(Debug)]
pub struct UsageError(String);

impl fmt::Display for UsageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for UsageError {}

/// A mistake in the arguments that only the command finds.
fn usage(message: impl Into<String>) -> anyhow::Error {
    UsageError(message.into()).into()
}
