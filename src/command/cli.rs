//! The command line: what stands in [`table`], parsed into the options of a command.

mod choice;
mod parser;
pub mod trust;
pub mod spec;
pub mod table;
pub mod file_settings;
mod builder;
pub(super) mod paragraph;
pub mod help_page;
pub mod language;
mod mistake;
pub mod config_file;
mod values;
mod settings;
pub mod listen;
pub mod forward;
pub mod tls;
pub mod token;
pub mod tunnel;
pub mod recording;
pub mod screen;
pub mod send;
pub mod expectation;
pub mod command_word;
pub mod doctor;
mod alerts;
pub mod answers;
pub mod config;
pub mod other;
pub mod value;

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap_complete::Shell;

use crate::callback::Lang;
use answers::AnswersCommand;
pub(super) use builder::command;
use config::ConfigOptions;
use doctor::DoctorOptions;
use file_settings::FileSettings;
use help_page::Length;
use other::{CodesOptions, DemoOptions, HelpOptions, WatchOptions};
use recording::{OpenOptions, ReplayOptions, TailOptions};
use send::SendOptions;
use spec::CommandSpec;
use table::PROGRAM;
use values::Values;

/// The command line, parsed.
#[derive(Debug)]
pub struct Cli {
    /// The language of all that is printed.
    pub lang: Lang,
    /// Whether the command has options that config files set.
    pub has_settings: bool,
    /// The command.
    pub command: Command,
}

/// The commands.
#[derive(Debug)]
pub enum Command {
    /// None: the dashboard with a listener.
    Watch(Box<WatchOptions>),
    /// `demo`.
    Demo(DemoOptions),
    /// `tail`.
    Tail(Box<TailOptions>),
    /// `open`.
    Open(OpenOptions),
    /// `replay`.
    Replay(Box<ReplayOptions>),
    /// `send`.
    Send(Box<SendOptions>),
    /// `codes`.
    Codes(CodesOptions),
    /// `answers`.
    Answers(AnswersCommand),
    /// `config`.
    Config(ConfigOptions),
    /// `doctor`.
    Doctor(Box<DoctorOptions>),
    /// `help`.
    Help(HelpOptions),
    /// `completions`.
    Completions(Shell),
    /// `man`.
    Man(HelpOptions),
}

/// A command line that runs no command.
#[derive(Debug)]
pub enum NoCommand {
    /// The help of a command was asked for, by the path to it.
    Help(Vec<&'static CommandSpec>, Length),
    /// The version was asked for.
    Version(Length),
    /// The command at the end of the path needs one of its own.
    Incomplete(Vec<&'static CommandSpec>),
    /// A mistake, as a text of some lines.
    Mistake(String),
}

impl Cli {
    /// Parses the arguments, of which the first is the program's name. What these and the
    /// environment leave open is as the config files say.
    ///
    /// # Errors
    /// A mistake, or no command to be run.
    pub fn parse(
        arguments: &[OsString],
        files: &FileSettings,
        lang: Lang,
    ) -> Result<Self, NoCommand> {
        let matches = builder::command(files, lang).try_get_matches_from(arguments);
        let matches = matches
            .map_err(|it| no_command(&mistake::naming_variable(it, arguments), arguments, lang))?;
        let program = Values::new(&matches, files, lang);
        check_place(&program).map_err(|it| NoCommand::Mistake(mistake::text(&it, lang)))?;
        let (spec, values) = settings::innermost(&program);
        let has_settings =
            spec.options().any(|it| it.trust.is_some() && !table::is_common(it.name));
        let excluded = settings::excluded(spec, &values);
        if !excluded.is_empty() {
            return Self::parse(arguments, &files.without(&excluded), lang);
        }
        settings::check_required(spec, &values).map_err(NoCommand::Mistake)?;
        alerts::check(spec, &values).map_err(NoCommand::Mistake)?;
        Ok(Self { lang, has_settings, command: Command::of(&program) })
    }
}

impl Command {
    fn of(program: &Values<'_>) -> Self {
        let Some((name, values)) = program.command() else {
            return Self::Watch(Box::new(WatchOptions::of(program)));
        };
        match name {
            "demo" => Self::Demo(DemoOptions::of(&values)),
            "tail" => Self::Tail(Box::new(TailOptions::of(&values))),
            "open" => Self::Open(OpenOptions::of(&values)),
            "replay" => Self::Replay(Box::new(ReplayOptions::of(&values))),
            "send" => Self::Send(Box::new(SendOptions::of(&values))),
            "codes" => Self::Codes(CodesOptions::of(&values)),
            "answers" => Self::Answers(AnswersCommand::of(&values)),
            "config" => Self::Config(ConfigOptions::of(program, &values)),
            "doctor" => Self::Doctor(Box::new(DoctorOptions::of(&values))),
            "help" => Self::Help(HelpOptions::of(&values)),
            "completions" => Self::Completions(values.value("shell")),
            _ => Self::Man(HelpOptions::of(&values)),
        }
    }
}

/// Refuses options before a command other than those of every command: they are those of the
/// program without a command.
fn check_place(program: &Values<'_>) -> Result<(), clap::Error> {
    let Some((name, _)) = program.command() else { return Ok(()) };
    let mut written = PROGRAM.options().filter(|it| program.is_written(it.name));
    let Some(option) = written.find(|it| !table::is_common(it.name)) else {
        return Ok(());
    };
    let mut error = clap::Error::new(ErrorKind::ArgumentConflict)
        .with_cmd(&command(&FileSettings::default(), program.lang));
    let option = ContextValue::String(format!("--{}", option.name));
    error.insert(ContextKind::InvalidSubcommand, ContextValue::String(name.to_owned()));
    error.insert(ContextKind::PriorArg, option);
    Err(error)
}

fn no_command(error: &clap::Error, arguments: &[OsString], lang: Lang) -> NoCommand {
    // Of a command that needs help clap only prints the path to it: see `builder`.
    let path = || find(error.render().to_string().split_whitespace()).unwrap_or_default();
    match error.kind() {
        ErrorKind::DisplayHelp => NoCommand::Help(path(), length(arguments, 'h', "--help")),
        ErrorKind::DisplayVersion => NoCommand::Version(length(arguments, 'V', "--version")),
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => NoCommand::Incomplete(path()),
        // That is with a language.
        ErrorKind::MissingSubcommand => match error.get(ContextKind::InvalidSubcommand) {
            Some(ContextValue::String(it)) => {
                NoCommand::Incomplete(find(it.split(' ').skip(1)).unwrap_or_default())
            }
            _ => NoCommand::Mistake(mistake::text(error, lang)),
        },
        _ => NoCommand::Mistake(mistake::text(error, lang)),
    }
}

/// The length that is asked for by the first of an option's two names in the arguments.
fn length(arguments: &[OsString], short: char, long: &str) -> Length {
    let is_short = |argument: &str| {
        argument.strip_prefix('-').is_some_and(|it| !it.starts_with('-') && it.contains(short))
    };
    let is_either = |it: &&OsString| *it == long || it.to_str().is_some_and(is_short);
    match arguments.iter().skip(1).find(is_either) {
        Some(found) if found == long => Length::Long,
        _ => Length::Short,
    }
}

/// The path to a command by the names of it.
pub(super) fn find<'a>(
    names: impl IntoIterator<Item = &'a str>,
) -> Result<Vec<&'static CommandSpec>, &'a str> {
    let mut path = vec![&PROGRAM];
    for name in names {
        let commands = path.last().map_or(PROGRAM.commands, |it| it.commands);
        path.push(commands.iter().find(|it| it.name == name).ok_or(name)?);
    }
    Ok(path)
}

#[cfg(test)]
mod tests;
