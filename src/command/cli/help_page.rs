//! The help of a command: what `-h`, `--help` and `help COMMAND` print.

use super::paragraph::wrap;
use super::spec::{CommandSpec, OptionKind, OptionSpec};
use super::table::PROGRAM;
use crate::callback::Lang;
use crate::callback::lang::{Localized, localize};
use crate::dashboard::text::width;

pub(in crate::command) const COMMANDS: Localized = Localized::new("Commands", "命令");
pub(in crate::command) const ARGUMENTS: Localized = Localized::new("Arguments", "参数");
pub(in crate::command) const OPTIONS: Localized = Localized::new("Options", "选项");
const USAGE: Localized = Localized::new("Usage: ", "用法：");
const COLON: Localized = Localized::new(":", "：");
const BEFORE_MEANING: Localized = Localized::new(": ", "：");
pub(super) const BETWEEN_WORDS: Localized = Localized::new(", ", "、");
/// What `-h` and `--help` do.
pub(super) const HELP: Localized = Localized::new("Print help", "显示帮助");
/// What `-V` and `--version` do.
pub(super) const VERSION: Localized =
    Localized::new("Print version (see more with '--version')", "显示版本（详细说明：--version）");
const POSSIBLE_VALUES: Localized = Localized::new("Possible values:", "可选值：");
const MORE: Localized = Localized::new(" (see more with '--help')", "（详细说明：--help）");
const LESS: Localized = Localized::new(" (see a summary with '-h')", "（简要说明：-h）");

/// The smallest width of the column of texts; in less they stand on lines of their own.
const NARROW: usize = 30;

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
    let mut page = Page { spans: Vec::new(), lang, length, columns };
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
    page.section(COMMANDS, command.commands.iter().map(|it| Entry::of_command(it, lang)));
    let options = |is_argument: bool| {
        let own = command.groups.iter().filter(|it| it.heading.is_none());
        let own = own.flat_map(|it| it.options).filter(move |it| it.is_argument() == is_argument);
        own.map(move |it| Entry::of_option(it, lang))
    };
    page.section(ARGUMENTS, options(true));
    page.section(OPTIONS, options(false).chain(general(path, lang, length)));
    for group in command.groups {
        let Some(heading) = group.heading else { continue };
        page.section(heading, group.options.iter().map(|it| Entry::of_option(it, lang)));
    }
    if let Some(end) = command.end {
        page.line("");
        page.paragraph(end.text(lang));
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

/// An option or a command on the page.
#[derive(Debug, Default)]
struct Entry {
    label: [String; 2],
    help: String,
    details: Option<&'static str>,
    /// The words of its value, with their meaning.
    values: Vec<(String, String)>,
    /// Its variable, and what it is without a value.
    notes: Vec<String>,
}

impl Entry {
    fn of_command(command: &CommandSpec, lang: Lang) -> Self {
        let label = [command.name.to_owned(), String::new()];
        Self { label, help: command.about.text(lang).to_owned(), ..Self::default() }
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

    fn width(&self) -> usize {
        width(&self.label[0]) + width(&self.label[1])
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

struct Page {
    spans: Vec<Span>,
    lang: Lang,
    length: Length,
    columns: usize,
}

impl Page {
    fn push(&mut self, is_strong: bool, text: &str) {
        self.spans.push(Span { is_strong, text: text.to_owned() });
    }

    fn strong(&mut self, text: &str) {
        self.push(true, text);
    }

    fn line(&mut self, text: &str) {
        self.push(false, &format!("{text}\n"));
    }

    fn paragraph(&mut self, text: &str) {
        self.indented(text, 0);
    }

    /// A text wrapped to the columns after an indent.
    fn indented(&mut self, text: &str, indent: usize) {
        for line in text.split('\n') {
            for line in wrap(line, self.columns.saturating_sub(indent)) {
                self.line(format!("{:indent$}{line}", "").trim_end());
            }
        }
    }

    fn section(&mut self, heading: Localized, entries: impl Iterator<Item = Entry>) {
        let entries: Vec<_> = entries.collect();
        if entries.is_empty() {
            return;
        }
        self.line("");
        self.strong(&format!("{}{}", heading.text(self.lang), COLON.text(self.lang)));
        self.line("");
        let longest = entries.iter().map(Entry::width).max().unwrap_or_default();
        let is_commands = heading == COMMANDS;
        for (nth, entry) in entries.iter().enumerate() {
            self.push(false, "  ");
            self.strong(&entry.label[0]);
            self.push(false, &entry.label[1]);
            match self.length {
                Length::Long if !is_commands => self.all_of(entry, nth + 1 == entries.len()),
                _ => self.one_line_of(entry, longest),
            }
        }
    }

    /// The help of an option in the column beside it.
    fn one_line_of(&mut self, entry: &Entry, longest: usize) {
        let words: Vec<_> = entry.values.iter().map(|(word, _)| word.as_str()).collect();
        let values = localize!(
            self.lang,
            "[possible values: {}]",
            "[可选值：{}]",
            words.join(BETWEEN_WORDS.text(self.lang))
        );
        let values = (!words.is_empty()).then_some(values);
        let parts = [entry.help.clone()].into_iter().chain(entry.notes.iter().cloned());
        let text = parts.chain(values).collect::<Vec<_>>().join(" ").replace("） [", "）[");
        let indent = longest + 4;
        if self.columns < indent + NARROW {
            self.line("");
            return self.indented(&text, 10);
        }
        let mut gap = " ".repeat(indent - 2 - entry.width());
        for line in wrap(&text, self.columns - indent) {
            self.line(&format!("{gap}{line}"));
            gap = " ".repeat(indent);
        }
    }

    /// All about an option, below it.
    fn all_of(&mut self, entry: &Entry, is_last: bool) {
        self.line("");
        self.indented(&entry.help, 10);
        if let Some(details) = entry.details {
            self.line("");
            self.indented(details, 10);
        }
        if !entry.values.is_empty() {
            self.line("");
            self.indented(POSSIBLE_VALUES.text(self.lang), 10);
            for (word, meaning) in &entry.values {
                let colon = BEFORE_MEANING.text(self.lang);
                let colon = if meaning.is_empty() { "" } else { colon };
                self.indented(&format!("- {word}{colon}{meaning}"), 10);
            }
        }
        if !entry.notes.is_empty() {
            self.line("");
            entry.notes.iter().for_each(|it| self.indented(it, 10));
        }
        if !is_last {
            self.line("");
        }
    }
}
