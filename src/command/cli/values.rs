//! The values of a command's options, as they were parsed.

use std::path::PathBuf;

use clap::ArgMatches;
use clap::parser::ValueSource;

use super::file_settings::{FileSetting, FileSettings};
use crate::callback::Lang;

/// The values of a command's options, and the language. A name or a type that is not
/// that of the table is a panic, which a test of all options finds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Values<'a> {
    matches: &'a ArgMatches,
    files: &'a FileSettings,
    /// The language of all that the command prints.
    pub(super) lang: Lang,
}

impl<'a> Values<'a> {
    pub(super) const fn new(matches: &'a ArgMatches, files: &'a FileSettings, lang: Lang) -> Self {
        Self { matches, files, lang }
    }

    /// The value of an option that may be absent.
    pub(super) fn get<T: Clone + Send + Sync + 'static>(&self, name: &str) -> Option<T> {
        self.matches.get_one(name).cloned()
    }

    /// The value of an option that is required or has a default.
    pub(super) fn value<T: Clone + Send + Sync + 'static>(&self, name: &str) -> T {
        self.get(name).expect("is required or has a default")
    }

    /// All values of an option or of an argument.
    pub(super) fn all<T: Clone + Send + Sync + 'static>(&self, name: &str) -> Vec<T> {
        self.matches.get_many(name).into_iter().flatten().cloned().collect()
    }

    /// The file that an option names.
    pub(super) fn file(&self, name: &str) -> Option<PathBuf> {
        self.get(name)
    }

    /// Whether a flag is given.
    pub(super) fn is_set(&self, name: &str) -> bool {
        self.matches.get_flag(name)
    }

    /// The value of a flag; `None` if none is given.
    pub(super) fn flag(&self, name: &str) -> Option<bool> {
        let is_given = self.is_given(name) || self.setting(name).is_some();
        is_given.then(|| self.is_set(name))
    }

    /// Whether an option stands on the command line.
    pub(super) fn is_written(&self, name: &str) -> bool {
        self.matches.value_source(name) == Some(ValueSource::CommandLine)
    }

    /// Whether an option is given, on the command line or by its variable.
    pub(super) fn is_given(&self, name: &str) -> bool {
        let is_known = self.matches.try_contains_id(name).is_ok();
        let source = is_known.then(|| self.matches.value_source(name)).flatten();
        matches!(source, Some(ValueSource::CommandLine | ValueSource::EnvVariable))
    }

    /// The setting of a config file that is used for an option.
    pub(super) fn setting(&self, name: &str) -> Option<&'a FileSetting> {
        self.files.named(name).filter(|_| !self.is_given(name))
    }

    /// Where the value of an option stands: on the command line, in its variable, or at a
    /// place of a config file.
    pub(super) fn origin(&self, name: &str) -> String {
        if let Some(setting) = self.setting(name) {
            return format!("`{name}` ({})", setting.place());
        }
        match self.is_given(name) && !self.is_written(name) {
            true => format!("IMSCOPE_{}", name.to_uppercase().replace('-', "_")),
            false => format!("--{name}"),
        }
    }

    /// All config files.
    pub(super) const fn files(&self) -> &'a FileSettings {
        self.files
    }

    /// What config files do not set because they are not trusted, as a sentence.
    pub(super) fn ignored(&self) -> Option<String> {
        self.files.ignored(self.lang)
    }

    /// The command within it, and its values.
    pub(super) fn command(&self) -> Option<(&'a str, Values<'a>)> {
        let (name, matches) = self.matches.subcommand()?;
        Some((name, Self { matches, ..*self }))
    }
}
