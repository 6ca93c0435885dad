//! The settings of config files, as options take them.

use std::path::{Path, PathBuf};

use ratatui::style::Style;

use super::spec::OptionSpec;
use crate::callback::Lang;
use crate::callback::lang::{Localized, localize};
use crate::dashboard::keymap::{Clash, Key, Keymap};
use crate::dashboard::theme::{Role, style_text};
use crate::history::filter::{Filter, NamedFilter};

const DEFAULT: Localized = Localized::new("default", "默认");

/// The part of a config file that a setting is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// The options.
    Options,
    /// The names of filters: `[filters]`.
    Filters,
    /// The keys of actions: `[keys]`.
    Keys,
    /// The styles of roles: `[theme]`.
    Theme,
}

impl Section {
    /// The tables.
    pub const TABLES: [Self; 3] = [Self::Filters, Self::Keys, Self::Theme];

    /// The name of the table; empty for the options, which stand before all tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Options => "",
            Self::Filters => "filters",
            Self::Keys => "keys",
            Self::Theme => "theme",
        }
    }
}

/// A value in a config file: of an option, a filter with a name, or the keys of an action.
#[derive(Debug, Clone)]
pub struct FileSetting {
    /// The part of the file.
    pub section: Section,
    /// The name of the option, the filter or the action.
    pub name: &'static str,
    /// Its values, as they stand on the command line; several only of a list.
    pub values: Vec<&'static str>,
    /// Whether the file has them otherwise: with names of filters, or relative ones of files.
    pub is_expanded: bool,
    /// The file.
    pub path: PathBuf,
    /// Its line in the file, from 1.
    pub line: usize,
    /// Whether it is not used because the file is a project's and not trusted.
    pub is_ignored: bool,
}

impl FileSetting {
    /// Its name with that of its table: `keys.zoom`.
    pub fn path_in_file(&self) -> String {
        match self.section {
            Section::Options => self.name.to_owned(),
            section => format!("{}.{}", section.name(), self.name),
        }
    }

    /// Where it stands: `FILE:LINE`.
    pub fn place(&self) -> String {
        format!("{}:{}", self.path.display(), self.line)
    }

    /// The folder of the file.
    pub(super) fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new(""))
    }
}

/// The settings of all config files; of each name one.
#[derive(Debug, Clone, Default)]
pub struct FileSettings(Vec<FileSetting>);

impl FileSettings {
    /// The setting of an option.
    pub fn of(&self, option: &OptionSpec) -> Option<&FileSetting> {
        option.trust.and_then(|_| self.named(option.name))
    }

    /// The setting of the option of this name that is used.
    pub fn named(&self, name: &str) -> Option<&FileSetting> {
        self.of_section(Section::Options).find(|it| it.name == name)
    }

    /// The settings of a part that are used, those of the most specific file first.
    pub fn of_section(&self, section: Section) -> impl Iterator<Item = &FileSetting> {
        self.0.iter().filter(move |it| it.section == section && !it.is_ignored)
    }

    /// Adds settings that have none of their name yet.
    pub fn add(&mut self, settings: Vec<FileSetting>) {
        for setting in settings {
            let is_set = self.of_section(setting.section).any(|it| it.name == setting.name);
            if setting.is_ignored || !is_set {
                self.0.push(setting);
            }
        }
    }

    /// The settings but for those of the options of these names.
    pub(super) fn without(&self, names: &[&str]) -> Self {
        let is_left =
            |it: &&FileSetting| it.section != Section::Options || !names.contains(&it.name);
        Self(self.0.iter().filter(is_left).cloned().collect())
    }

    /// The settings of a part that are used.
    pub(super) fn only(&self, section: Section) -> Self {
        Self(self.of_section(section).cloned().collect())
    }

    /// The keys of all actions.
    pub fn keymap(&self) -> Keymap {
        let mut keymap = Keymap::default();
        for setting in self.of_section(Section::Keys) {
            let keys: Vec<_> = setting.values.iter().filter_map(|it| Key::named(it)).collect();
            keymap.set(setting.name, &keys);
        }
        keymap
    }

    /// The styles of roles that differ from those of the theme.
    pub fn styles(&self) -> Vec<(Role, Style)> {
        let style = |it: &FileSetting| {
            let role = Role::ALL.iter().find(|role| role.name() == it.name)?;
            Some((*role, style_text::parse(it.values.first()?).ok()?))
        };
        self.of_section(Section::Theme).filter_map(style).collect()
    }

    /// The filters with names, for what is typed; the values of files have none any more.
    pub fn filters(&self) -> Vec<NamedFilter> {
        let filter = |it: &FileSetting| {
            Some(NamedFilter { name: it.name, filter: Filter::parse(it.values.first()?).ok()? })
        };
        self.of_section(Section::Filters).filter_map(filter).collect()
    }

    /// The first two settings, or a setting and a default, that give one key to two actions
    /// which exclude one another, as a text.
    ///
    /// # Errors
    /// That text.
    pub(super) fn check_keys(&self, lang: Lang) -> Result<(), String> {
        let Some(Clash { key, actions: [one, other] }) = self.keymap().clashes().next() else {
            return Ok(());
        };
        let place = |name| {
            let setting = self.of_section(Section::Keys).find(|it| it.name == name);
            setting.map_or_else(|| DEFAULT.text(lang).to_owned(), FileSetting::place)
        };
        let (key, places) = (key.name(), [one, other].map(place));
        let [first, second] = places;
        Err(localize!(
            lang,
            "`{key}` is the key of `{one}` ({first}) and of `{other}` ({second})",
            "`{key}` 同时是 `{one}`（{first}）与 `{other}`（{second}）的按键"
        ))
    }

    /// That settings are ignored and how to trust their file, as a sentence.
    pub fn ignored(&self, lang: Lang) -> Option<String> {
        let file = self.0.iter().find(|it| it.is_ignored)?.path.display();
        let them = self.ignored_names(lang);
        Some(localize!(
            lang,
            "imscope config trust, once you have read it: {file} is not trusted, so it does not set {them}",
            "请先阅读，再运行 imscope config trust：{file} 尚未受信任，以下设置未生效：{them}"
        ))
    }

    /// The names and lines of the settings that are ignored; empty if there are none.
    pub fn ignored_names(&self, lang: Lang) -> String {
        let one = |it: &FileSetting| {
            let (name, line) = (it.name, it.line);
            localize!(lang, "`{name}` (line {line})", "`{name}`（第 {line} 行）")
        };
        let ignored = self.0.iter().filter(|it| it.is_ignored).map(one);
        ignored.collect::<Vec<_>>().join(lang.comma())
    }
}
