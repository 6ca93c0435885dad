//! Options of alerts: the bell, and commands for callbacks.

use super::spec::CommandSpec;
use super::value;
use super::values::Values;
use crate::callback::lang::localize;
use crate::callback::printable::clean;
use crate::dashboard::alerts::{AlertRules, HookRule};

/// The rules of all options.
pub(super) fn of(values: &Values<'_>) -> AlertRules {
    let names = values.files().filters();
    let hook = |[filter, command]: &[String; 2]| {
        let filter = value::filter(filter, &names, values.lang).expect("was checked");
        HookRule { filter, command: command.clone() }
    };
    AlertRules {
        hooks: pairs(values).iter().map(hook).collect(),
        runs_a_minute: usize::try_from(values.value::<u32>("on-limit")).unwrap_or(usize::MAX),
        ..of_bell(values)
    }
}

/// The rule of the bell alone.
pub(super) fn of_bell(values: &Values<'_>) -> AlertRules {
    AlertRules { bell: values.get("bell"), ..AlertRules::default() }
}

/// The filters and commands of `--on`.
fn pairs(values: &Values<'_>) -> Vec<[String; 2]> {
    let texts = values.all::<String>("on");
    texts.chunks_exact(2).map(|it| [it[0].clone(), it[1].clone()]).collect()
}

/// Checks the filters of `--on`: clap parses both of its values as texts.
///
/// # Errors
/// The first mistake, as clap words it.
pub(super) fn check(command: &CommandSpec, values: &Values<'_>) -> Result<(), String> {
    if !command.options().any(|it| it.name == "on") {
        return Ok(());
    }
    let names = values.files().filters();
    for [filter, _] in pairs(values) {
        value::filter(&filter, &names, values.lang).map_err(|why| {
            let filter = clean(&filter);
            localize!(
                values.lang,
                "invalid value '{filter}' for '--on <FILTER> <COMMAND>': {why}\n\n\
                 For more information, try '--help'.",
                "'--on <FILTER> <COMMAND>' 的值 '{filter}' 无效：{why}\n\n更多说明：--help"
            )
        })?;
    }
    Ok(())
}
