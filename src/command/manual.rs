//! `imscope completions` and `imscope man`, made of the table of options.

use std::io::Write;
use std::process::ExitCode;

use clap_complete::Shell;
use roff::{Inline, Roff, bold, italic, roman};

use super::cli::file_settings::FileSettings;
use super::cli::help_page::{ARGUMENTS, COMMANDS, OPTIONS, label, possible_values, usage};
use super::cli::spec::{CommandSpec, OptionSpec};
use super::cli::table::PROGRAM;
use super::{cli, help};
use crate::callback::Lang;
use crate::callback::lang::{Localized, localize};

const NAME: Localized = Localized::new("NAME", "名称");
const SYNOPSIS: Localized = Localized::new("SYNOPSIS", "概要");
const DESCRIPTION: Localized = Localized::new("DESCRIPTION", "说明");
const COLON: Localized = Localized::new(": ", "：");

const FILES: Localized = Localized::new("FILES", "文件");
/// The files of a user, and what is in them.
const FILE_NAMES: &[(&str, Localized)] = &[
    (
        "$XDG_CONFIG_HOME/imscope/config.toml (~/.config)",
        Localized::new(
            "The config file: imscope config init writes one, and config show shows what is set where",
            "配置文件：imscope config init 写出一个，config show 显示各项设置及其来源",
        ),
    ),
    (
        ".imscope.toml",
        Localized::new(
            "The config file of a project, before that of the user; what it may set until imscope \
             config trust is in the help of that",
            "项目的配置文件，优先于用户的配置文件；受信任之前可设置什么，见 imscope config trust 的帮助",
        ),
    ),
    (
        "$XDG_STATE_HOME/imscope/trusted (~/.local/state)",
        Localized::new(
            "Fingerprints of the trusted files of projects",
            "受信任的项目配置文件的指纹",
        ),
    ),
    (
        "$XDG_STATE_HOME/imscope/history (~/.local/state)",
        Localized::new("The filters and rules entered before", "输入过的过滤条件与规则"),
    ),
];

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

/// Prints the manual page, with a section for each command.
///
/// # Errors
/// The output cannot be written.
pub fn man(lang: Lang, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    out.write_all(page(lang).as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

fn page(lang: Lang) -> String {
    let mut page = Page { roff: Roff::new(), lang };
    let version = format!("{} {}", PROGRAM.name, env!("CARGO_PKG_VERSION"));
    page.roff.control("TH", [PROGRAM.name, "1", "", version.as_str()]);
    page.section("SH", NAME.text(lang));
    page.roff.text([roman(format!("{} - {}", PROGRAM.name, PROGRAM.about.text(lang)))]);
    page.section("SH", SYNOPSIS.text(lang));
    page.usage(&[&PROGRAM]);
    page.section("SH", DESCRIPTION.text(lang));
    page.description(&PROGRAM);
    page.options(&PROGRAM, "SH");
    page.section("SH", &COMMANDS.text(lang).to_uppercase());
    for command in PROGRAM.commands {
        page.entry([bold(command.name)], command.about.text(lang));
    }
    let filters = help::section(lang);
    let mut commands = Page { roff: Roff::new(), lang };
    for command in PROGRAM.commands {
        commands.command(&[&PROGRAM, command]);
    }
    let mut files = Page { roff: Roff::new(), lang };
    files.section("SH", FILES.text(lang));
    for (path, meaning) in FILE_NAMES {
        files.entry([italic(*path)], meaning.text(lang));
    }
    // The table of filters is roff already.
    let [page, files, commands] = [page, files, commands].map(|it| it.roff.render());
    format!("{page}{filters}{files}{commands}")
}

struct Page {
    roff: Roff,
    lang: Lang,
}

impl Page {
    fn section(&mut self, level: &str, heading: &str) {
        self.roff.control(level, [heading]);
    }

    /// The section of the command at the end of a path, and those of its own commands.
    fn command(&mut self, path: &[&'static CommandSpec]) {
        let Some(command) = path.last() else { return };
        let names: Vec<_> = path.iter().map(|it| it.name).collect();
        self.section("SH", &names.join(" ").to_uppercase());
        self.description(command);
        self.roff.control("PP", []);
        self.usage(path);
        self.options(command, "SS");
        if let Some(end) = command.end {
            self.roff.control("PP", []);
            self.roff.text([roman(end.text(self.lang))]);
        }
        for inner in command.commands {
            self.command(&[path, &[inner]].concat());
        }
    }

    fn usage(&mut self, path: &[&CommandSpec]) {
        for line in usage(path, self.lang).lines() {
            self.roff.text([roman(line)]);
            self.roff.control("br", []);
        }
    }

    fn description(&mut self, command: &CommandSpec) {
        for text in [Some(command.about), command.details].into_iter().flatten() {
            self.roff.control("PP", []);
            self.roff.text([roman(text.text(self.lang))]);
        }
    }

    /// The options of a command, with a heading of this level before each group.
    fn options(&mut self, command: &CommandSpec, level: &str) {
        let of_none = || command.groups.iter().filter(|it| it.heading.is_none());
        for (heading, is_argument) in [(ARGUMENTS, true), (OPTIONS, false)] {
            let options = of_none().flat_map(|it| it.options);
            let options = options.filter(|it| it.is_argument() == is_argument);
            self.group(level, heading, options);
        }
        for group in command.groups {
            let Some(heading) = group.heading else { continue };
            self.group(level, heading, group.options.iter());
        }
    }

    fn group(
        &mut self,
        level: &str,
        heading: Localized,
        options: impl Iterator<Item = &'static OptionSpec>,
    ) {
        let mut options = options.peekable();
        if options.peek().is_some() {
            self.section(level, &heading.text(self.lang).to_uppercase());
        }
        options.for_each(|it| self.option(it));
    }

    fn option(&mut self, option: &OptionSpec) {
        let lang = self.lang;
        let [name, value] = label(option);
        let default = option.default.map(|it| localize!(lang, " [default: {it}]", " [默认：{it}]"));
        let variable =
            option.variable.map(|it| localize!(lang, " [env: {it}]", " [环境变量：{it}]"));
        let notes = [default, variable].into_iter().flatten().map(roman);
        let head = [bold(name), italic(value)].into_iter().chain(notes);
        self.entry(head, option.help.text(lang));
        if let Some(details) = option.details {
            for text in details.text(lang).split("\n\n") {
                self.roff.control("IP", []);
                self.roff.text([roman(text)]);
            }
        }
        for (word, meaning) in possible_values(option, lang) {
            self.roff.control("IP", []);
            let colon = if meaning.is_empty() { "" } else { COLON.text(lang) };
            self.roff.text([bold(word), roman(format!("{colon}{meaning}"))]);
        }
    }

    /// A term and its meaning.
    fn entry(&mut self, term: impl IntoIterator<Item = Inline>, meaning: &str) {
        self.roff.control("TP", []);
        self.roff.text(term.into_iter().collect::<Vec<_>>());
        self.roff.text([roman(meaning)]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manual_has_sections_for_commands_and_all_their_options() {
        let page = page(Lang::En).replace("\\-", "-");
        for wanted in [".SH \"IMSCOPE SEND\"", "--sign-window", "--error-info", "--seed"] {
            assert!(page.contains(wanted), "{wanted} in\n{page}");
        }
        assert_eq!(page.matches(".SH OPTIONS").count(), 1);
    }

    #[test]
    fn the_manual_in_chinese_has_every_option_and_no_english_heading() {
        let page = page(Lang::Zh).replace("\\-", "-");
        for wanted in [".SH 名称", ".SS 参数", "--sign-window", "使用鼠标"] {
            assert!(page.contains(wanted), "{wanted} in\n{page}");
        }
        assert!(!page.contains(".SH OPTIONS") && !page.contains("[default"), "{page}");
    }
}
