//! Makes clap's definition of the command line from the table.

use clap::{Arg, ArgAction, Command as Definition};

use super::help_page::{self, HELP, VERSION};
use super::spec::{CommandSpec, OptionKind, OptionSpec};
use super::table::PROGRAM;
use crate::callback::Lang;

/// The definition of the whole command line, with its texts in a language.
pub(in crate::command) fn command(lang: Lang) -> Definition {
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
    of_spec(&PROGRAM, "", lang)
        .version(env!("CARGO_PKG_VERSION"))
        .disable_version_flag(true)
        .arg(version.help(VERSION.text(lang)))
        .override_usage(help_page::usage(&[&PROGRAM], Lang::En).replace('\n', "\n       "))
        .bin_name(PROGRAM.name)
}

/// The definition of a command; `path` is what stands before its own commands.
fn of_spec(spec: &'static CommandSpec, path: &str, lang: Lang) -> Definition {
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help);
    let is_program = path.is_empty() && spec.name == PROGRAM.name;
    let needs_command = !spec.commands.is_empty() && !is_program;
    let path_of = |it: &CommandSpec| match is_program {
        true => it.name.to_owned(),
        false => format!("{path} {}", it.name),
    };
    let commands = spec.commands.iter().map(|it| of_spec(it, &path_of(it), lang));
    Definition::new(spec.name)
        .about(spec.about.text(lang))
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        // What is printed for it is the page of the command with this path.
        .override_help(path.to_owned())
        .subcommand_required(needs_command)
        .arg_required_else_help(needs_command)
        .subcommand_negates_reqs(is_program)
        .args(spec.options().map(|it| arg(it, lang)))
        .arg(help.help(HELP.text(lang)))
        .subcommands(commands)
}

fn arg(spec: &'static OptionSpec, lang: Lang) -> Arg {
    let mut arg = Arg::new(spec.name)
        .help(spec.help.text(lang))
        .value_parser((spec.parser)(lang))
        .required(spec.is_required)
        .allow_negative_numbers(spec.may_be_negative)
        .conflicts_with_all(spec.conflicts);
    for name in spec.requires {
        arg = arg.requires(*name);
    }
    if let Some(name) = spec.variable {
        arg = arg.env(name).hide_env_values(true);
    }
    if let Some(value) = spec.default {
        arg = arg.default_value(value);
    }
    match spec.kind {
        OptionKind::Flag => arg.long(spec.name).action(ArgAction::SetTrue),
        OptionKind::Value => arg.long(spec.name).value_name(spec.value_name),
        OptionKind::Values => {
            arg.long(spec.name).value_name(spec.value_name).action(ArgAction::Append)
        }
        OptionKind::Argument => arg.value_name(spec.value_name),
        OptionKind::Arguments => arg.value_name(spec.value_name).num_args(0..),
    }
}
