//! A page of the manual, in roff.

use roff::{Inline, Roff, bold, italic, roman};

use super::name;
use crate::callback::Lang;
use crate::callback::lang::{Localized, localize};
use crate::command::cli::help_page::{ARGUMENTS, OPTIONS, label, possible_values, usage};
use crate::command::cli::spec::{CommandSpec, OptionSpec};
use crate::dashboard::guide::Section;

const COLON: Localized = Localized::new(": ", "：");

/// A page that is being written.
pub(super) struct Page {
    roff: Roff,
    pub(super) lang: Lang,
}

impl Page {
    /// The page of the command at the end of a path.
    pub(super) fn new(path: &[&CommandSpec], lang: Lang) -> Self {
        let mut roff = Roff::new();
        let version = format!("imscope {}", env!("CARGO_PKG_VERSION"));
        roff.control("TH", [&*name(path, "-"), "1", "", &version]);
        Self { roff, lang }
    }

    pub(super) fn render(&self) -> String {
        self.roff.render()
    }

    pub(super) fn section(&mut self, level: &str, heading: &str) {
        self.roff.control(level, [heading]);
    }

    pub(super) fn paragraph(&mut self) {
        self.roff.control("PP", []);
    }

    pub(super) fn text(&mut self, text: &str) {
        self.roff.text([roman(text)]);
    }

    pub(super) fn usage(&mut self, path: &[&CommandSpec]) {
        for line in usage(path, self.lang).lines() {
            self.text(line);
            self.roff.control("br", []);
        }
    }

    pub(super) fn description(&mut self, command: &CommandSpec) {
        for text in [Some(command.about), command.details].into_iter().flatten() {
            self.paragraph();
            self.text(text.text(self.lang));
        }
    }

    /// Sections of the guide; one alone has no heading.
    pub(super) fn guide(&mut self, sections: &[Section]) {
        for section in sections {
            if sections.len() > 1 {
                self.section("SS", section.heading.text(self.lang));
            }
            self.terms(section);
        }
    }

    pub(super) fn terms(&mut self, section: &Section) {
        section.terms.iter().for_each(|it| self.entry(&it.name, &it.example, &it.meaning));
    }

    /// A term with an example, if it has one, and its meaning.
    pub(super) fn entry(&mut self, term: &str, example: &str, meaning: &str) {
        let example = (!example.is_empty()).then(|| [roman("   "), italic(example)]);
        self.tagged([bold(term)].into_iter().chain(example.into_iter().flatten()), meaning);
    }

    fn tagged(&mut self, term: impl IntoIterator<Item = Inline>, meaning: &str) {
        self.roff.control("TP", []);
        self.roff.text(term.into_iter().collect::<Vec<_>>());
        self.text(meaning);
    }

    /// The options of a command, with a heading of this level before each group.
    pub(super) fn options(&mut self, command: &CommandSpec, level: &str) {
        self.group(level, ARGUMENTS, command.own(true));
        self.group(level, OPTIONS, command.own(false));
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
        self.tagged(head, option.help.text(lang));
        if let Some(details) = option.details {
            for text in details.text(lang).split("\n\n") {
                self.roff.control("IP", []);
                self.text(text);
            }
        }
        for (word, meaning) in possible_values(option, lang) {
            self.roff.control("IP", []);
            let colon = if meaning.is_empty() { "" } else { COLON.text(lang) };
            self.roff.text([bold(word), roman(format!("{colon}{meaning}"))]);
        }
    }
}
