//! Reads the settings of a config file, and finds its mistakes.

mod filters;
mod keys;
mod nearest_key;
mod rules;
mod theme;
mod unknown;

use std::ops::Range;
use std::path::Path;

use toml_span::Value;
use toml_span::value::{Key, ValueInner};

use super::mistake::{Mistake, line_number};
use super::{ConfigFile, syntax};
use crate::callback::Lang;
use crate::callback::lang::{Localized, localize};
use crate::command::cli::builder;
use crate::command::cli::file_settings::{FileSetting, FileSettings, Section};
use crate::command::cli::spec::{Nameable, OptionKind, OptionSpec};
use crate::command::cli::table::known;
use crate::edge::home;

const NO_BOOL: Localized = Localized::new("expected true or false", "应为 true 或 false");
const NO_TEXT: Localized =
    Localized::new("expected text in quotes, or a number", "应为引号内的文字，或数字");
const NO_PAIRS: Localized = Localized::new(
    "expected a filter and a command in [ ], or a list of such pairs in [ ]",
    "应为 [ ] 中的过滤条件与命令，或 [ ] 中的多个这样的组合",
);
const NO_LIST: Localized = Localized::new(
    "expected text in quotes, or a list of such texts in [ ]",
    "应为引号内的文字，或 [ ] 中的文字列表",
);

/// Parses a file.
///
/// # Errors
/// All mistakes in their order, as a text of some lines.
pub(super) fn parse(
    content: &str,
    file: &ConfigFile,
    lang: Lang,
) -> Result<Vec<FileSetting>, String> {
    let ConfigFile { path, is_trusted, .. } = file;
    let mut file = Parser {
        content,
        path,
        is_trusted: *is_trusted,
        lang,
        settings: Vec::new(),
        filters: FileSettings::default(),
        mistakes: Vec::new(),
    };
    match syntax::too_deep(content, lang) {
        Some(mistake) => file.mistakes.push(mistake),
        None => match toml_span::parse(content) {
            Ok(root) => file.table(&root),
            Err(error) => file.mistakes.push(syntax::mistake(&error, content, lang)),
        },
    }
    if file.mistakes.is_empty() {
        file.settings.sort_by_key(|it| it.line);
        return Ok(file.settings);
    }
    file.mistakes.sort_by_key(|it| it.at.start);
    let texts: Vec<_> = file.mistakes.iter().map(|it| it.text(content, path)).collect();
    Err(texts.join("\n\n"))
}

/// The text that a file sets a key to, if it does.
pub(super) fn text_of(content: &str, key: &str) -> Option<String> {
    if syntax::too_deep(content, Lang::En).is_some() {
        return None;
    }
    Some(toml_span::parse(content).ok()?.as_table()?.get(key)?.as_str()?.to_owned())
}

/// A value with its place.
type Text = (Range<usize>, String);

struct Parser<'a> {
    content: &'a str,
    path: &'a Path,
    is_trusted: bool,
    lang: Lang,
    settings: Vec<FileSetting>,
    /// The filters of this file.
    filters: FileSettings,
    mistakes: Vec<Mistake>,
}

impl Parser<'_> {
    fn wrong(&mut self, at: impl Into<Range<usize>>, message: impl Into<String>) {
        self.mistakes.push(Mistake { at: at.into(), message: message.into() });
    }

    fn table(&mut self, root: &Value<'_>) {
        let all = || root.as_table().into_iter().flatten();
        // An option can have the name of a filter.
        for (key, value) in all() {
            match section(key, value) {
                Section::Filters => self.named_filters(value),
                Section::Keys => self.keys(value),
                Section::Theme => self.theme(value),
                Section::Options => {}
            }
        }
        for (key, value) in all().filter(|it| section(it.0, it.1) == Section::Options) {
            // A list of rules is one of options, not the name of a file.
            let name = match (&*key.name, value.as_array()) {
                ("answers", Some(_)) => "answer",
                (name, _) => name,
            };
            match known().find(|it| it.name == name) {
                Some(option) => self.option(option, key, value),
                None => {
                    let message = unknown::option(name, self.lang);
                    self.wrong(key.span, message);
                }
            }
        }
        self.conflicts();
    }

    /// Refuses an option that another one of the file excludes. A flag that is false excludes
    /// nothing.
    fn conflicts(&mut self) {
        let is_set = |it: &&FileSetting| it.section == Section::Options && it.values != ["false"];
        let of = |name: &str| self.settings.iter().filter(is_set).find(|it| it.name == name);
        let pairs = known().flat_map(|it| it.conflicts.iter().map(move |other| (it.name, *other)));
        let both = pairs.filter_map(|(one, other)| Some((of(one)?.line, one, of(other)?.name)));
        let found: Vec<_> = both.collect();
        for (line, one, other) in found {
            let start = self.content.split_inclusive('\n').take(line - 1).map(str::len).sum();
            let message = localize!(
                self.lang,
                "`{one}` excludes `{other}`",
                "`{one}` 不能与 `{other}` 同时设置"
            );
            self.wrong(start..start + one.len(), message);
        }
    }

    fn option(&mut self, option: &'static OptionSpec, key: &Key<'_>, value: &Value<'_>) {
        let Some(mut texts) = self.texts(option, value) else { return };
        let is_same = |it: &FileSetting| it.section == Section::Options && it.name == option.name;
        if self.settings.iter().any(is_same) {
            let message = localize!(self.lang, "the rules are set twice", "规则重复设置");
            return self.wrong(key.span, message);
        }
        // Checking such a value could read the files that it names.
        let needs_trust = |it: &str| option.trust.is_none_or(|need| need.is_required_for(it));
        let is_ignored = !self.is_trusted && texts.iter().any(|(_, it)| needs_trust(it));
        let written = texts.clone();
        if !is_ignored && !self.check(option, &mut texts) {
            return;
        }
        let is_expanded = texts != written;
        let values = texts.into_iter().map(|(_, text)| text.leak() as &str).collect();
        let setting = self.setting(Section::Options, option.name, values, key);
        self.settings.push(FileSetting { is_expanded, is_ignored, ..setting });
    }

    /// A setting that is used.
    fn setting(
        &self,
        section: Section,
        name: &'static str,
        values: Vec<&'static str>,
        key: &Key<'_>,
    ) -> FileSetting {
        let line = line_number(self.content, key.span.start);
        let path = self.path.to_owned();
        FileSetting { section, name, values, is_expanded: false, path, line, is_ignored: false }
    }

    /// The values of an option with their places; `None` if they have another type.
    fn texts(&mut self, option: &OptionSpec, value: &Value<'_>) -> Option<Vec<Text>> {
        let (found, expected) = match option.kind {
            OptionKind::Flag => (value.as_bool().map(|it| vec![it.to_string()]), NO_BOOL),
            OptionKind::Values => (list(value), NO_LIST),
            OptionKind::Pairs(_) => return self.pairs(value),
            _ => (text(value).map(|it| vec![it]), NO_TEXT),
        };
        let Some(texts) = found else {
            self.wrong(value.span, expected.text(self.lang));
            return None;
        };
        Some(placed(value, texts))
    }

    /// The values of pairs with their places; `None` for what is neither a pair nor a list
    /// of pairs.
    fn pairs(&mut self, value: &Value<'_>) -> Option<Vec<Text>> {
        let lists = |it: &Value<'_>| it.as_array().is_some();
        let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
        let pairs: Vec<&[Value<'_>]> = match items.iter().all(lists) {
            true => items.iter().filter_map(Value::as_array).map(Vec::as_slice).collect(),
            false => vec![items],
        };
        let text = |it: &Value<'_>| Some((it.span.into(), it.as_str()?.to_owned()));
        let are_pairs = value.as_array().is_some() && pairs.iter().all(|it| it.len() == 2);
        let texts: Option<Vec<Text>> = pairs.into_iter().flatten().map(text).collect();
        let texts = texts.filter(|_| are_pairs);
        if texts.is_none() {
            self.wrong(value.span, NO_PAIRS.text(self.lang));
        }
        texts
    }

    /// Checks the values of an option, makes names of files absolute, and puts filters in
    /// place of their names; `false` if there is a mistake.
    fn check(&mut self, option: &'static OptionSpec, texts: &mut [Text]) -> bool {
        let before = self.mistakes.len();
        self.rules_of(option.name, texts);
        if matches!(option.kind, OptionKind::Pairs(_)) {
            self.filters(texts);
        }
        for (at, text) in texts {
            match option.names {
                Nameable::File(_) => *text = self.absolute(text),
                Nameable::Filter => *text = self.without_names(text),
                Nameable::Nothing => {}
            }
            if let Err(why) = builder::check(option, text, &self.filters, self.lang) {
                self.wrong(at.clone(), why);
            }
        }
        self.mistakes.len() == before
    }

    /// The place of a part of a text in the file; all of the text if it is written in
    /// another form there.
    fn within(&self, at: &Range<usize>, text: &str, part: &Range<usize>) -> Range<usize> {
        match self.content.get(at.clone()).and_then(|it| it.find(text)) {
            Some(offset) => at.start + offset + part.start..at.start + offset + part.end,
            None => at.clone(),
        }
    }

    /// The name of a file, which is relative to the folder of this file or begins with `~`.
    fn absolute(&self, name: &str) -> String {
        let folder = self.path.parent().unwrap_or(Path::new(""));
        folder.join(home::expanded(name.to_owned())).to_string_lossy().into_owned()
    }
}

/// The part of the file that a key and its value are.
fn section(key: &Key<'_>, value: &Value<'_>) -> Section {
    let table = Section::TABLES.into_iter().find(|it| it.name() == key.name);
    // That is the name of an option as well.
    let is_part = |it: &Section| *it != Section::Theme || value.as_table().is_some();
    table.filter(is_part).unwrap_or(Section::Options)
}

/// The texts of a value with their places: those of its items if it is a list.
fn placed(value: &Value<'_>, texts: Vec<String>) -> Vec<Text> {
    let spans = match value.as_array() {
        Some(list) => list.iter().map(|it| it.span.into()).collect(),
        None => vec![value.span.into()],
    };
    spans.into_iter().zip(texts).collect()
}

/// A text or a number as text.
fn text(value: &Value<'_>) -> Option<String> {
    match value.as_ref() {
        ValueInner::String(it) => Some(it.to_string()),
        ValueInner::Integer(it) => Some(it.to_string()),
        _ => None,
    }
}

/// A text, or a list of texts.
fn list(value: &Value<'_>) -> Option<Vec<String>> {
    let text = |it: &Value<'_>| it.as_str().map(str::to_owned);
    match value.as_array() {
        Some(them) => them.iter().map(text).collect(),
        None => text(value).map(|it| vec![it]),
    }
}
