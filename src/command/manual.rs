//! `imscope completions` and `imscope man`, generated from the command line's
//! definition.

use std::io::{self, Write};
use std::process::ExitCode;

use clap_complete::Shell;
use clap_mangen::Man;

use super::cli;
use super::help;
use crate::callback::Lang;

/// Prints the version.
///
/// # Errors
/// The output cannot be written.
pub fn version(out: &mut impl Write) -> anyhow::Result<ExitCode> {
    writeln!(out, "imscope {}", env!("CARGO_PKG_VERSION"))?;
    Ok(ExitCode::SUCCESS)
}

/// Prints the completion script of a shell.
///
/// # Errors
/// The output cannot be written.
pub fn completions(shell: Shell, lang: Lang, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    // To memory first, because clap_complete panics when the output is closed.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut cli::command(lang), "imscope", &mut script);
    out.write_all(&script)?;
    Ok(ExitCode::SUCCESS)
}

/// Prints the manual page, with a section for each command.
///
/// # Errors
/// The output cannot be written.
pub fn man(lang: Lang, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    out.write_all(&page(lang)?)?;
    Ok(ExitCode::SUCCESS)
}

fn page(lang: Lang) -> io::Result<Vec<u8>> {
    let mut cli = cli::command(lang);
    cli.build();
    let mut page = Vec::new();
    let man = Man::new(cli.clone());
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    page.extend(help::section().into_bytes());
    for command in cli.get_subcommands().filter(|it| it.get_name() != "help") {
        let mut section = Vec::new();
        let name = format!("imscope {}", command.get_name());
        let man = Man::new(command.clone().bin_name(&name));
        writeln!(section, ".SH \"{}\"", name.to_uppercase())?;
        man.render_description_section(&mut section)?;
        man.render_synopsis_section(&mut section)?;
        man.render_options_section(&mut section)?;
        page.extend(demote_headings(&String::from_utf8_lossy(&section)).into_bytes());
    }
    Ok(page)
}

/// The section of a command, its headings one level lower.
fn demote_headings(section: &str) -> String {
    section.replace("\n.SH ", "\n.SS ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manual_has_sections_for_commands_and_all_their_options() {
        let page = String::from_utf8(page(Lang::En).unwrap()).unwrap().replace("\\-", "-");
        for wanted in [".SH \"IMSCOPE SEND\"", "--sign-window", "--error-info", "--seed"] {
            assert!(page.contains(wanted), "{wanted} in\n{page}");
        }
        assert_eq!(page.matches(".SH OPTIONS").count(), 1);
    }
}
