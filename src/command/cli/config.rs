//! Options of `imscope config`.

use std::path::PathBuf;

use super::config_file::ConfigFiles;
use super::values::Values;
use crate::callback::Lang;

/// What to do with config files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConfigAction {
    /// Write one.
    Init,
    /// Show the settings.
    Show,
    /// Check this file, or those that are read.
    Check(Option<PathBuf>),
    /// Trust the file of the project.
    TrustProject,
}

/// Options of `imscope config`.
#[derive(Debug, Clone)]
pub struct ConfigOptions {
    /// What is done.
    pub action: ConfigAction,
    /// File instead of the user's.
    pub config: Option<PathBuf>,
    /// The language of what is printed.
    pub lang: Lang,
}

impl ConfigOptions {
    /// The options of the command within `config`; the file may stand before any of them.
    pub(super) fn of(program: &Values<'_>, config: &Values<'_>) -> Self {
        let (name, values) = config.command().expect("clap requires a command of `config`");
        let action = match name {
            "init" => ConfigAction::Init,
            "show" => ConfigAction::Show,
            "trust" => ConfigAction::TrustProject,
            _ => ConfigAction::Check(values.file("file")),
        };
        let file = [&values, config, program].into_iter().find_map(|it| it.file("config"));
        Self { action, config: file, lang: values.lang }
    }

    /// The config files that other commands read with these options.
    pub fn files(&self) -> ConfigFiles {
        ConfigFiles::read(self.config.as_deref())
    }
}
