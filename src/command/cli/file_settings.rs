//! The settings of config files, as options take them.

use std::path::{Path, PathBuf};

use super::spec::OptionSpec;
use crate::callback::Lang;
use crate::callback::lang::{Localized, localize};

const BETWEEN: Localized = Localized::new(", ", "、");

/// A value of an option in a config file.
#[derive(Debug, Clone)]
pub struct FileSetting {
    /// The name of the option.
    pub name: &'static str,
    /// Its values, as they stand on the command line; several only of a list.
    pub values: Vec<&'static str>,
    /// The file.
    pub path: PathBuf,
    /// Its line in the file, from 1.
    pub line: usize,
    /// Whether it is not used because the file is a project's and not trusted.
    pub is_ignored: bool,
}

impl FileSetting {
    /// Where it stands: `FILE:LINE`.
    pub fn place(&self) -> String {
        format!("{}:{}", self.path.display(), self.line)
    }

    /// The folder of the file.
    pub(super) fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new(""))
    }
}

/// The settings of all config files; of each option one.
#[derive(Debug, Clone, Default)]
pub struct FileSettings(Vec<FileSetting>);

impl FileSettings {
    /// The setting of an option.
    pub fn of(&self, option: &OptionSpec) -> Option<&FileSetting> {
        option.trust.and_then(|_| self.named(option.name))
    }

    /// The setting of this name that is used.
    pub fn named(&self, name: &str) -> Option<&FileSetting> {
        self.0.iter().find(|it| it.name == name && !it.is_ignored)
    }

    /// Adds settings of options that have none yet.
    pub fn add(&mut self, settings: Vec<FileSetting>) {
        for setting in settings {
            if setting.is_ignored || self.named(setting.name).is_none() {
                self.0.push(setting);
            }
        }
    }

    /// The settings but for those of these names.
    pub(super) fn without(&self, names: &[&str]) -> Self {
        Self(self.0.iter().filter(|it| !names.contains(&it.name)).cloned().collect())
    }

    /// That settings are ignored and how to trust their file, as a sentence.
    pub fn ignored(&self, lang: Lang) -> Option<String> {
        let file = self.0.iter().find(|it| it.is_ignored)?.path.display();
        let them = self.ignored_names(lang);
        Some(localize!(
            lang,
            "{file} is not trusted, so it does not set {them}; read it, then: imscope config trust",
            "{file} 尚未受信任，以下设置未生效：{them}；请先阅读该文件，再运行 imscope config trust"
        ))
    }

    /// The names and lines of the settings that are ignored; empty if there are none.
    pub fn ignored_names(&self, lang: Lang) -> String {
        let one = |it: &FileSetting| {
            let (name, line) = (it.name, it.line);
            localize!(lang, "`{name}` (line {line})", "`{name}`（第 {line} 行）")
        };
        let ignored = self.0.iter().filter(|it| it.is_ignored).map(one);
        ignored.collect::<Vec<_>>().join(BETWEEN.text(lang))
    }
}
