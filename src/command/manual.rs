//! `imscope completions` and `imscope man`, made of the table of options and of the guide.

mod page;

use std::io::Write;
use std::process::ExitCode;

use clap_complete::Shell;

use super::cli::file_settings::FileSettings;
use super::cli::help_page::COMMANDS;
use super::cli::other::HelpOptions;
use super::cli::spec::CommandSpec;
use super::cli::table::PROGRAM;
use super::topic::{self, TOPICS};
use super::{cli, help};
use crate::callback::Lang;
use crate::callback::lang::Localized;
use crate::dashboard::keymap::Keymap;
use page::Page;

const NAME: Localized = Localized::new("NAME", "名称");
const SYNOPSIS: Localized = Localized::new("SYNOPSIS", "概要");
const DESCRIPTION: Localized = Localized::new("DESCRIPTION", "说明");
const SEE_ALSO: Localized = Localized::new("SEE ALSO", "另见");

/// Prints the completion script of a shell.
///
/// # Errors
/// The output cannot be written.
pub fn completions(shell: Shell, lang: Lang, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    // To memory first, because clap_complete panics when the output is closed.
    let mut script = Vec::new();
    clap_complete::generate(
        shell,
        &mut cli::command(&FileSettings::default(), lang),
        PROGRAM.name,
        &mut script,
    );
    out.write_all(&script)?;
    Ok(ExitCode::SUCCESS)
}

/// Prints the manual page of a command, or that of the program with a section for each
/// command and topic.
///
/// # Errors
/// An unknown command; the output cannot be written.
pub fn man(options: &HelpOptions, lang: Lang, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    let path = cli::find(options.topic.iter().map(String::as_str));
    let path = path.map_err(|name| help::unknown_command(&options.topic, name, lang))?;
    let page = if path.len() > 1 { of_command(&path, lang) } else { of_program(lang) };
    out.write_all(page.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

fn of_program(lang: Lang) -> String {
    let mut page = Page::new(&[&PROGRAM], lang);
    begin(&mut page, &[&PROGRAM]);
    page.options(&PROGRAM, "SH");
    page.section("SH", &COMMANDS.text(lang).to_uppercase());
    for command in PROGRAM.commands {
        page.entry(command.name, "", command.about.text(lang));
    }
    for command in PROGRAM.commands {
        add_command(&mut page, &[&PROGRAM, command]);
    }
    for topic in &TOPICS {
        page.section("SH", topic.heading.text(lang));
        page.guide(&(topic.sections)(&Keymap::default(), lang));
    }
    page.section("SH", SEE_ALSO.text(lang));
    let pages = PROGRAM.commands.iter().map(|it| format!("imscope-{}(1)", it.name));
    page.text(&pages.collect::<Vec<_>>().join(", "));
    page.render()
}

fn of_command(path: &[&'static CommandSpec], lang: Lang) -> String {
    let mut page = Page::new(path, lang);
    begin(&mut page, path);
    let Some(command) = path.last() else { return page.render() };
    page.options(command, "SH");
    for inner in command.commands {
        add_command(&mut page, &[path, &[inner]].concat());
    }
    // Examples and statuses are those of all commands within one.
    let name = path.get(1).map_or("", |it| it.name);
    let sections = [
        topic::statuses_of(name, lang),
        topic::variables_of(command.options(), lang),
        topic::examples_of(name, lang),
    ];
    for section in sections.iter().filter(|it| !it.terms.is_empty()) {
        page.section("SH", &section.heading.text(lang).to_uppercase());
        page.terms(section);
    }
    page.section("SH", SEE_ALSO.text(lang));
    page.text("imscope(1)");
    page.render()
}

/// The first sections: name, ways to write it, and description.
fn begin(page: &mut Page, path: &[&'static CommandSpec]) {
    let Some(command) = path.last() else { return };
    let lang = page.lang;
    page.section("SH", NAME.text(lang));
    page.text(&format!("{} - {}", name(path, "-"), command.about.text(lang)));
    page.section("SH", SYNOPSIS.text(lang));
    page.usage(path);
    page.section("SH", DESCRIPTION.text(lang));
    page.description(command);
}

/// The section of the command at the end of a path, and those of its own commands.
fn add_command(page: &mut Page, path: &[&'static CommandSpec]) {
    let Some(command) = path.last() else { return };
    page.section("SH", &name(path, " ").to_uppercase());
    page.description(command);
    page.paragraph();
    page.usage(path);
    page.options(command, "SS");
    for inner in command.commands {
        add_command(page, &[path, &[inner]].concat());
    }
}

/// The names of a path.
fn name(path: &[&CommandSpec], between: &str) -> String {
    path.iter().map(|it| it.name).collect::<Vec<_>>().join(between)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The page of a command, without escapes of roff.
    fn manual(command: &str, lang: Lang) -> String {
        let topic = command.split_whitespace().map(ToOwned::to_owned).collect();
        let mut out = Vec::new();
        man(&HelpOptions { topic, keymap: Keymap::default() }, lang, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        let text = text.replace("\\-", "-").replace("\\*(Aq", "'").replace("\\&", "");
        text.replace("\\\\", "\\").replace("\\(rs", "\\")
    }

    #[test]
    fn the_manual_has_sections_for_commands_and_all_their_options() {
        let page = manual("", Lang::En);
        for wanted in [".SH \"IMSCOPE SEND\"", "--sign-window", "--error-info", "--seed"] {
            assert!(page.contains(wanted), "{wanted} in\n{page}");
        }
        assert_eq!(page.matches(".SH OPTIONS").count(), 1);
        assert!(page.contains(".SH \"SEE ALSO\"\nimscope-demo(1), imscope-tail(1), "), "{page}");
    }

    #[test]
    fn the_manual_in_chinese_has_every_option_and_no_english_heading() {
        let page = manual("", Lang::Zh);
        for wanted in [".SH 名称", ".SS 参数", "--sign-window", "使用鼠标"] {
            assert!(page.contains(wanted), "{wanted} in\n{page}");
        }
        assert!(!page.contains(".SH OPTIONS") && !page.contains("[default"), "{page}");
    }

    #[test]
    fn the_manual_holds_every_topic_with_all_its_terms() {
        for lang in [Lang::En, Lang::Zh] {
            let page = manual("", lang);
            for topic in &TOPICS {
                let heading = topic.heading.text(lang);
                let line = |it: &str| it.strip_prefix(".SH ").unwrap_or_default().to_owned();
                let mut headings = page.lines().map(line);
                assert!(headings.any(|it| it.trim_matches('"') == heading), "{heading}");
                for term in
                    (topic.sections)(&Keymap::default(), lang).iter().flat_map(|it| &it.terms)
                {
                    for text in [&term.name, &term.example, &term.meaning] {
                        assert!(page.contains(&**text), "{text}");
                    }
                }
            }
        }
    }

    #[test]
    fn the_manual_of_a_command_has_its_options_statuses_variables_and_examples() {
        let page = manual("send", Lang::En);
        for wanted in [
            ".TH imscope-send 1",
            ".SH NAME\nimscope-send - Send generated",
            ".SH OPTIONS\n",
            ".SH \"EXIT STATUS\"\n.TP\n\\fB0\\fR\nall replies",
            "\\fBIMSCOPE_LANG\\fR\n",
            ".SH EXAMPLES\n",
            ".SH \"SEE ALSO\"\nimscope(1)",
        ] {
            assert!(page.contains(wanted), "{wanted} in\n{page}");
        }
        assert!(!page.contains("imscope doctor"));
        let page = manual("answers try", Lang::Zh);
        assert!(
            page.contains(".TH imscope-answers-try 1") && page.contains(".SH 退出码"),
            "{page}"
        );
        let unknown = HelpOptions { topic: vec!["sned".to_owned()], keymap: Keymap::default() };
        let error = man(&unknown, Lang::En, &mut Vec::new()).unwrap_err().to_string();
        assert!(error.starts_with("no such command: sned; did you mean `send`?"), "{error}");
    }
}
