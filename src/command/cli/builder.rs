//! Makes clap's definition of the command line from the table.

use clap::builder::ValueParser;
use clap::{Arg, ArgAction, Command as Definition};

use super::file_settings::{FileSettings, Section};
use super::help_page::{self, HELP, VERSION};
use super::mistake;
use super::spec::{CommandSpec, Nameable, OptionKind, OptionSpec};
use super::table::PROGRAM;
use super::value;
use crate::callback::Lang;

/// The definition of the whole command line, with its texts in a language. The settings of
/// config files take the place of defaults.
pub(in crate::command) fn command(files: &FileSettings, lang: Lang) -> Definition {
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
    of_spec(&PROGRAM, "", files, lang)
        .version(env!("CARGO_PKG_VERSION"))
        .disable_version_flag(true)
        .arg(version.help(VERSION.text(lang)))
        .override_usage(help_page::usage(&[&PROGRAM], Lang::En).replace('\n', "\n       "))
        .bin_name(PROGRAM.name)
}

/// The definition of a command; `path` is what stands before its own commands.
fn of_spec(spec: &'static CommandSpec, path: &str, files: &FileSettings, lang: Lang) -> Definition {
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help);
    let is_program = path.is_empty() && spec.name == PROGRAM.name;
    let needs_command = !spec.commands.is_empty() && !is_program;
    let path_of = |it: &CommandSpec| match is_program {
        true => it.name.to_owned(),
        false => format!("{path} {}", it.name),
    };
    let commands = spec.commands.iter().map(|it| of_spec(it, &path_of(it), files, lang));
    Definition::new(spec.name)
        .about(spec.about.text(lang))
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        // What is printed for it is the page of the command with this path.
        .override_help(path.to_owned())
        .subcommand_required(needs_command)
        .arg_required_else_help(needs_command)
        .subcommand_negates_reqs(is_program)
        .args(spec.options().map(|it| arg(it, files, lang)))
        .arg(help.help(HELP.text(lang)))
        .subcommands(commands)
}

/// Whether an option takes a value, as its parser does with the filters of config files.
///
/// # Errors
/// Why it does not.
pub(super) fn check(
    spec: &'static OptionSpec,
    value: &str,
    files: &FileSettings,
    lang: Lang,
) -> Result<(), String> {
    let arg = Arg::new(spec.name).long(spec.name).value_parser(parser(spec, files, lang));
    let definition = Definition::new(PROGRAM.name).disable_help_flag(true).arg(arg);
    let matches =
        definition.try_get_matches_from([PROGRAM.name, &format!("--{}={value}", spec.name)]);
    matches.map(drop).map_err(|it| mistake::of_value(&it, lang))
}

fn parser(spec: &'static OptionSpec, files: &FileSettings, lang: Lang) -> ValueParser {
    if spec.names != Nameable::Filter {
        return (spec.parser)(lang);
    }
    // They are parsed only for a value.
    let names = files.only(Section::Filters);
    ValueParser::new(move |text: &str| value::filter(text, &names.filters(), lang))
}

fn arg(spec: &'static OptionSpec, files: &FileSettings, lang: Lang) -> Arg {
    let mut arg = Arg::new(spec.name)
        .help(spec.help.text(lang))
        .value_parser(parser(spec, files, lang))
        .required(spec.is_required)
        .allow_negative_numbers(spec.may_be_negative)
        .conflicts_with_all(spec.conflicts);
    // What a file has is there, but clap counts no default.
    for name in spec.requires.iter().filter(|it| files.named(it).is_none()) {
        arg = arg.requires(*name);
    }
    if let Some(name) = spec.variable {
        arg = arg.env(name).hide_env_values(true);
    }
    match (files.of(spec), spec.default) {
        (Some(setting), _) => arg = arg.default_values(setting.values.clone()),
        (None, Some(value)) => arg = arg.default_value(value),
        (None, None) => {}
    }
    match spec.kind {
        OptionKind::Flag => arg.long(spec.name).action(ArgAction::SetTrue),
        OptionKind::Value => arg.long(spec.name).value_name(spec.value_name),
        OptionKind::Values => {
            arg.long(spec.name).value_name(spec.value_name).action(ArgAction::Append)
        }
        OptionKind::Pairs(other) => {
            let both = [spec.value_name, other];
            arg.long(spec.name).value_names(both).num_args(2).action(ArgAction::Append)
        }
        OptionKind::Argument => arg.value_name(spec.value_name),
        OptionKind::Arguments => arg.value_name(spec.value_name).num_args(0..),
    }
}
