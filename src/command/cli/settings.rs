//! How the settings of config files go together with the options that are given.

use super::spec::{CommandSpec, OptionKind, OptionSpec};
use super::table::PROGRAM;
use super::values::Values;
use crate::callback::lang::localize;

/// The innermost command, and its values.
pub(super) fn innermost<'a>(program: &Values<'a>) -> (&'static CommandSpec, Values<'a>) {
    let (mut spec, mut values) = (&PROGRAM, *program);
    while let Some((name, inner)) = values.command() {
        let Some(found) = spec.commands.iter().find(|it| it.name == name) else { break };
        (spec, values) = (found, inner);
    }
    (spec, values)
}

/// The names of a setting that an option which is given excludes, and of those that need
/// it; none of them is used. Empty if nothing is excluded.
pub(super) fn excluded(command: &CommandSpec, values: &Values<'_>) -> Vec<&'static str> {
    let excludes = |one: &OptionSpec, other: &OptionSpec| {
        one.conflicts.contains(&other.name) || other.conflicts.contains(&one.name)
    };
    let given = command.options().filter(|it| values.is_given(it.name));
    let is_excluded = |it: &&OptionSpec| given.clone().any(|other| excludes(it, other));
    let Some(excluded) = used(command, values).map(|(it, _)| it).find(is_excluded) else {
        return Vec::new();
    };
    let needs_it = command.options().filter(|it| it.requires.contains(&excluded.name));
    [excluded].into_iter().chain(needs_it).map(|it| it.name).collect()
}

/// Refuses a setting whose companion is missing, such as a certificate without its key.
/// Flags without theirs have no effect.
///
/// # Errors
/// The setting and what it needs, with its place.
pub(super) fn check_required(command: &CommandSpec, values: &Values<'_>) -> Result<(), String> {
    for (option, place) in used(command, values) {
        let is_missing = |it: &&&str| !values.is_given(it) && values.setting(it).is_none();
        let missing = option.requires.iter().find(is_missing);
        if let Some(other) = missing.filter(|_| option.kind != OptionKind::Flag) {
            let name = option.name;
            return Err(localize!(
                values.lang,
                "{place}: `{name}` needs `{other}`",
                "{place}：`{name}` 需要 `{other}`"
            ));
        }
    }
    Ok(())
}

/// The options of a command whose values are those of config files, with their places.
fn used(
    command: &CommandSpec,
    values: &Values<'_>,
) -> impl Iterator<Item = (&'static OptionSpec, String)> {
    let options = command.options().filter(|it| it.trust.is_some());
    options.filter_map(|it| Some((it, values.setting(it.name)?.place())))
}
