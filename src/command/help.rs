//! `imscope help`: the help of a command, and the language of filters.

use std::io::Write;
use std::process::ExitCode;

use clap::CommandFactory as _;
use clap_mangen::roff::{Roff, bold, italic, roman};

use super::cli::{Cli, HelpOptions};
use super::usage;
use crate::callback::Lang;
use crate::dashboard::text::{width, wrap};
use crate::history::filter::language::{Entry, Group, TABLE};

/// Columns of a table that is not printed to a terminal.
const COLUMNS: usize = 100;
/// Spaces before a meaning.
const INDENT: &str = "      ";

/// Prints the help of a command, or the language of filters in so many columns.
///
/// # Errors
/// An unknown command; the output cannot be written.
pub(super) fn run(
    options: &HelpOptions,
    columns: Option<usize>,
    out: &mut impl Write,
) -> anyhow::Result<ExitCode> {
    if options.topic == ["filter"] {
        write!(out, "{}", language(options.lang, columns.unwrap_or(COLUMNS)))?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut cli = Cli::command();
    cli.build();
    let mut command = &mut cli;
    for name in &options.topic {
        let unknown = || usage(&format!("no such command: {name}; a topic is: filter"));
        command = command.find_subcommand_mut(name).ok_or_else(unknown)?;
    }
    write!(out, "{}", command.render_long_help())?;
    Ok(ExitCode::SUCCESS)
}

/// The table of the language: each entry with its example, and its meaning below.
fn language(lang: Lang, columns: usize) -> String {
    let mut page = String::new();
    for group in Group::ALL {
        page.extend([&*group.label().text(lang).to_uppercase(), "\n"]);
        for entry in of_group(group) {
            let name = entry.name.text(lang);
            let gap = " ".repeat(16_usize.saturating_sub(width(name)).max(2));
            page.extend(["  ", name, &gap, entry.example, "\n"]);
            for line in wrap(&entry.explanation(lang), columns.saturating_sub(INDENT.len())) {
                page.extend([INDENT, line, "\n"]);
            }
        }
        page.push('\n');
    }
    page
}

fn of_group(group: Group) -> impl Iterator<Item = &'static Entry> {
    TABLE.iter().filter(move |it| it.group() == group)
}

/// The same table as a section of the manual page.
pub(super) fn section() -> String {
    let mut roff = Roff::new();
    roff.control("SH", ["FILTER"]);
    for group in Group::ALL {
        roff.control("SS", [group.label().en]);
        for entry in of_group(group) {
            roff.control("TP", []);
            roff.text([bold(entry.name.en), roman("   "), italic(entry.example)]);
            roff.text([roman(entry.explanation(Lang::En))]);
        }
    }
    roff.render()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_and_the_manual_hold_the_whole_table_of_the_language() {
        let [en, zh] = [Lang::En, Lang::Zh].map(|it| language(it, usize::MAX));
        // Without the escapes of roff.
        let letters = |it: &str| it.chars().filter(|it| it.is_alphanumeric()).collect::<String>();
        let manual = letters(&section().replace("\\*(Aq", ""));
        for entry in TABLE {
            assert!(
                en.contains(entry.name.en) && en.contains(entry.meaning.en),
                "{}",
                entry.name.en
            );
            assert!(
                zh.contains(entry.name.zh) && zh.contains(entry.meaning.zh),
                "{}",
                entry.name.zh
            );
            assert!(manual.contains(&letters(entry.meaning.en)), "{}", entry.meaning.en);
        }
        assert!(language(Lang::En, 60).lines().all(|it| width(it) <= 100));
    }

    #[test]
    fn help_of_a_command_is_that_of_its_option() {
        let help = |topic: &[&str]| {
            let topic = topic.iter().map(ToString::to_string).collect();
            let mut out = Vec::new();
            run(&HelpOptions { topic, lang: Lang::En }, None, &mut out).map(|_| out)
        };
        assert!(String::from_utf8(help(&["send"]).unwrap()).unwrap().contains("--error-info"));
        assert!(String::from_utf8(help(&[]).unwrap()).unwrap().contains("help filter"));
        assert!(help(&["potato"]).is_err());
    }
}
