//! The help of a command: what `-h`, `--help` and `help COMMAND` print.

mod sheet;

use super::spec::{CommandSpec, OptionKind, OptionSpec};
use super::table::PROGRAM;
use crate::callback::Lang;
use crate::callback::lang::{Localized, localize};
use crate::command::exit_status;
use crate::command::topic::{self, TOPICS, Topic};
use crate::dashboard::keymap::Keymap;
use crate::dashboard::text::width;
use sheet::{Entry, Sheet};

pub(in crate::command) const COMMANDS: Localized = Localized::new("Commands", "命令");
pub(in crate::command) const ARGUMENTS: Localized = Localized::new("Arguments", "参数");
pub(in crate::command) const OPTIONS: Localized = Localized::new("Options", "选项");
const USAGE: Localized = Localized::new("Usage: ", "用法：");
/// What `-h` and `--help` do.
pub(super) const HELP: Localized = Localized::new("Print help", "显示帮助");
/// What `-V` and `--version` do.
pub(super) const VERSION: Localized =
    Localized::new("Print version (see more with '--version')", "显示版本（详细说明：--version）");
const HELP_TOPICS: Localized = Localized::new("Topics of imscope help", "imscope help 的主题");
const MORE: Localized = Localized::new(" (see more with '--help')", "（详细说明：--help）");
const LESS: Localized = Localized::new(" (see a summary with '-h')", "（简要说明：-h）");

/// How much of the help is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// A line for each option: `-h`.
    Short,
    /// All: `--help`.
    Long,
}

/// A part of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// Whether it is a heading, or to be typed as it stands.
    pub is_strong: bool,
    /// Its text.
    pub text: String,
}

/// The help of the command at the end of a path.
pub fn page(
    path: &[&'static CommandSpec],
    lang: Lang,
    length: Length,
    columns: usize,
) -> Vec<Span> {
    let mut page = Sheet { spans: Vec::new(), lang, columns };
    let Some(command) = path.last() else { return page.spans };
    page.paragraph(command.about.text(lang));
    if let Some(details) = command.details.filter(|_| length == Length::Long) {
        page.line("");
        page.paragraph(details.text(lang));
    }
    page.line("");
    page.strong(USAGE.text(lang));
    let indent = format!("\n{}", " ".repeat(width(USAGE.text(lang))));
    page.line(&usage(path, lang).replace('\n', &indent));
    let commands = command.commands.iter().map(|it| Entry::of_name(it.name, it.about.text(lang)));
    page.section(COMMANDS, Length::Short, commands);
    let options = |is_argument| command.own(is_argument).map(move |it| Entry::of_option(it, lang));
    page.section(ARGUMENTS, length, options(true));
    page.section(OPTIONS, length, options(false).chain(general(path, lang, length)));
    for group in command.groups {
        let Some(heading) = group.heading else { continue };
        page.section(heading, length, group.options.iter().map(|it| Entry::of_option(it, lang)));
    }
    if path.len() == 1 || command.name == "help" {
        let topics = TOPICS.iter().map(|it| Entry::of_name(it.name, it.about.text(lang)));
        page.section(HELP_TOPICS, Length::Short, topics);
    }
    if length == Length::Long {
        add_more(&mut page, path);
    }
    page.spans
}

/// Adds the exit statuses that a command has for itself, and its examples.
fn add_more(page: &mut Sheet, path: &[&CommandSpec]) {
    // Examples and statuses are those of all commands within one.
    let name = path.get(1).map_or("", |it| it.name);
    if exit_status::has_own(name) {
        page.guide(topic::statuses_of(name, page.lang));
    }
    page.guide(topic::examples_of(name, page.lang));
}

/// A topic of the guide.
pub(in crate::command) fn topic_page(
    topic: &Topic,
    keymap: &Keymap,
    lang: Lang,
    columns: usize,
) -> Vec<Span> {
    let mut page = Sheet { spans: Vec::new(), lang, columns };
    page.paragraph(topic.about.text(lang));
    for section in (topic.sections)(keymap, lang) {
        page.guide(section);
    }
    page.spans
}

/// How a command is written, with a line for each way.
pub(in crate::command) fn usage(path: &[&CommandSpec], lang: Lang) -> String {
    let names: Vec<_> = path.iter().map(|it| it.name).filter(|it| *it != PROGRAM.name).collect();
    let name = [&[PROGRAM.name], &*names].concat().join(" ");
    let Some(command) = path.last() else { return name };
    let (options, subcommand) =
        (OPTIONS.text(lang).to_uppercase(), localize!(lang, "<COMMAND>", "<命令>"));
    if names.is_empty() {
        return format!("{name} [{options}]\n{name} {subcommand}");
    }
    let mut words = vec![name, format!("[{options}]")];
    let required = |it: &&OptionSpec| it.is_required && !it.is_argument();
    words.extend(command.options().filter(required).map(|it| label(it).concat()));
    words.extend(command.options().filter(|it| it.is_argument()).map(|it| label(it).concat()));
    words.extend((!command.commands.is_empty()).then_some(subcommand));
    words.join(" ")
}

/// An option as it is written, and what stands for its value.
pub(in crate::command) fn label(option: &OptionSpec) -> [String; 2] {
    let (name, value) = (format!("--{}", option.name), option.value_name);
    match option.kind {
        OptionKind::Flag => [name, String::new()],
        OptionKind::Value | OptionKind::Values => [name, format!(" <{value}>")],
        OptionKind::Pairs(other) => [name, format!(" <{value}> <{other}>")],
        OptionKind::Argument if option.is_required => [String::new(), format!("<{value}>")],
        OptionKind::Argument => [String::new(), format!("[{value}]")],
        OptionKind::Arguments => [String::new(), format!("[{value}]...")],
    }
}

/// The options that clap itself has.
fn general(
    path: &[&CommandSpec],
    lang: Lang,
    length: Length,
) -> impl Iterator<Item = Entry> + use<> {
    let other = if length == Length::Short { MORE } else { LESS };
    let help = Entry {
        label: ["-h, --help".to_owned(), String::new()],
        help: format!("{}{}", HELP.text(lang), other.text(lang)),
        ..Entry::default()
    };
    let version = Entry {
        label: ["-V, --version".to_owned(), String::new()],
        help: VERSION.text(lang).to_owned(),
        ..Entry::default()
    };
    [help].into_iter().chain((path.len() == 1).then_some(version))
}

impl Entry {
    fn of_name(name: &str, about: &str) -> Self {
        let label = [name.to_owned(), String::new()];
        Self { label, help: about.to_owned(), ..Self::default() }
    }

    fn of_option(option: &OptionSpec, lang: Lang) -> Self {
        let mut label = label(option);
        if !option.is_argument() {
            label[0].insert_str(0, "    ");
        }
        let variable = option.variable.map(|it| localize!(lang, "[env: {it}]", "[环境变量：{it}]"));
        let default = option.default.map(|it| localize!(lang, "[default: {it}]", "[默认：{it}]"));
        Self {
            label,
            help: option.help.text(lang).to_owned(),
            details: option.details.map(|it| it.text(lang)),
            values: possible_values(option, lang),
            notes: variable.into_iter().chain(default).collect(),
        }
    }
}

/// The words that the value of an option is one of, each with its meaning.
pub(in crate::command) fn possible_values(
    option: &OptionSpec,
    lang: Lang,
) -> Vec<(String, String)> {
    if option.kind == OptionKind::Flag {
        return Vec::new();
    }
    let parser = (option.parser)(lang);
    let values = parser.possible_values().into_iter().flatten();
    let text = |it: &clap::builder::StyledStr| it.to_string();
    let pair = |it: clap::builder::PossibleValue| {
        (it.get_name().to_owned(), it.get_help().map_or_else(String::new, text))
    };
    values.map(pair).collect()
}
