//! What is told about the command line itself: completions and the manual page.

use std::io::{self, Write};
use std::process::ExitCode;

use clap::CommandFactory;
use clap_complete::Shell;
use clap_mangen::Man;

use super::cli::Cli;

/// Prints the completions for a shell.
///
/// # Errors
/// The output cannot be written.
pub fn completions(shell: Shell, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    // Into memory first, for clap_complete panics when the output is closed.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "imscope", &mut script);
    out.write_all(&script)?;
    Ok(ExitCode::SUCCESS)
}

/// Prints the manual page: one page, with a section for each command.
///
/// # Errors
/// The output cannot be written.
pub fn man(out: &mut impl Write) -> anyhow::Result<ExitCode> {
    out.write_all(&page()?)?;
    Ok(ExitCode::SUCCESS)
}

fn page() -> io::Result<Vec<u8>> {
    let mut cli = Cli::command();
    cli.build();
    let mut page = Vec::new();
    let man = Man::new(cli.clone());
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    for command in cli.get_subcommands().filter(|it| it.get_name() != "help") {
        let mut section = Vec::new();
        let name = format!("imscope {}", command.get_name());
        let man = Man::new(command.clone().bin_name(&name));
        writeln!(section, ".SH \"{}\"", name.to_uppercase())?;
        man.render_description_section(&mut section)?;
        man.render_synopsis_section(&mut section)?;
        man.render_options_section(&mut section)?;
        page.extend(demoted(&String::from_utf8_lossy(&section)).into_bytes());
    }
    Ok(page)
}

/// The sections of a command's own page, as parts of one section here.
fn demoted(section: &str) -> String {
    section.replace("\n.SH ", "\n.SS ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manual_has_a_section_for_each_command_and_names_every_option() {
        let page = String::from_utf8(page().unwrap()).unwrap().replace("\\-", "-");
        for wanted in [".SH \"IMSCOPE SEND\"", "--sign-window", "--error-info", "--seed"] {
            assert!(page.contains(wanted), "{wanted} in\n{page}");
        }
        assert_eq!(page.matches(".SH OPTIONS").count(), 1);
    }
}
