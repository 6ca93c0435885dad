//! Config files: where they are, and the settings in them.

mod mistake;
mod parse;
mod syntax;

use std::env;
use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use super::file_settings::{FileSetting, FileSettings};
use super::language;
use crate::callback::Lang;
use crate::callback::lang::localize;
use crate::callback::secret::Secrets;
use crate::callback::trouble::reason;
use crate::command::words::unreadable;
use crate::edge::{trusted_file, user_folder};

/// The largest file that is read, in bytes.
const MAX_BYTES: u64 = 1 << 20;

/// A config file as it was read.
#[derive(Debug)]
pub struct ConfigFile {
    /// Its path.
    pub path: PathBuf,
    content: io::Result<String>,
    /// Whether all its settings are used.
    is_trusted: bool,
}

/// The name of a project's file.
const PROJECT_FILE: &str = ".imscope.toml";

impl ConfigFile {
    /// Reads a file that the user has named or written.
    pub fn read(path: &Path) -> Self {
        let read = || {
            let mut text = String::new();
            File::open(path)?.take(MAX_BYTES + 1).read_to_string(&mut text)?;
            let is_long = text.len() as u64 > MAX_BYTES;
            if is_long { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(text) }
        };
        Self { path: path.to_owned(), content: read(), is_trusted: true }
    }

    /// The file of the project around a folder, if it has one.
    pub fn of_project(folder: &Path) -> Option<Self> {
        let mut file = Self::read(&project_path(folder)?);
        let content = file.content.as_deref().unwrap_or_default();
        file.is_trusted = trusted_file::is_trusted(&file.path, content.as_bytes());
        Some(file)
    }

    /// Trusts it until it changes.
    ///
    /// # Errors
    /// Why that cannot be kept.
    pub fn trust(&self) -> io::Result<()> {
        trusted_file::trust(&self.path, self.content.as_deref().unwrap_or_default().as_bytes())
    }

    /// The same file as if it were trusted.
    #[must_use]
    pub fn trusted(self) -> Self {
        Self { is_trusted: true, ..self }
    }

    /// Its settings.
    ///
    /// # Errors
    /// All mistakes with their places, or why it cannot be read, as a text of some lines
    /// without secrets.
    pub fn settings(&self, lang: Lang) -> Result<Vec<FileSetting>, String> {
        let masked = |it: String| Secrets::default().masked_text(&it).into_owned();
        match &self.content {
            Ok(text) => parse::parse(text, self, lang).map_err(masked),
            Err(error) => {
                let why = reason::localized(error, lang);
                let text = unreadable(&self.path, lang);
                Err(localize!(lang, "{text}: {why}", "{text}：{why}"))
            }
        }
    }

    /// What it sets the language to, if anything; mistakes are found later.
    fn lang(&self) -> Option<String> {
        parse::text_of(self.content.as_ref().ok()?, "lang")
    }
}

/// The config files of a run, the most specific first.
#[derive(Debug, Default)]
pub struct ConfigFiles(Vec<ConfigFile>);

impl ConfigFiles {
    /// Reads the file of `--config` in the arguments, else that of the project and that of
    /// the user.
    pub fn find(arguments: &[OsString]) -> Self {
        let given = language::written(arguments, "--config").map(PathBuf::from);
        Self::read(given.as_deref())
    }

    /// Reads this file, else that of the project around the working folder and that of the
    /// user, if there are any.
    pub fn read(given: Option<&Path>) -> Self {
        if let Some(path) = given {
            return Self(vec![ConfigFile::read(path)]);
        }
        let project = env::current_dir().ok().and_then(|it| ConfigFile::of_project(&it));
        let user = user_path().filter(|it| it.exists()).map(|it| ConfigFile::read(&it));
        Self(project.into_iter().chain(user).collect())
    }

    /// The files.
    pub fn files(&self) -> &[ConfigFile] {
        &self.0
    }

    /// The language that they set.
    pub fn lang(&self) -> Option<OsString> {
        self.0.iter().find_map(ConfigFile::lang).map(Into::into)
    }

    /// The settings of all files.
    ///
    /// # Errors
    /// As [`ConfigFile::settings`], of the first file with a mistake; keys of one file that
    /// clash with those of the other.
    pub fn settings(&self, lang: Lang) -> Result<FileSettings, String> {
        let mut all = FileSettings::default();
        for file in &self.0 {
            all.add(file.settings(lang)?);
        }
        all.check_keys(lang)?;
        Ok(all)
    }
}

/// The path of the user's file, in the folder of XDG.
pub fn user_path() -> Option<PathBuf> {
    Some(user_folder::config()?.join("config.toml"))
}

/// The path of the project's file: in this folder, or the nearest above it up to that of the
/// repository or to the home. Elsewhere others may write above it.
fn project_path(folder: &Path) -> Option<PathBuf> {
    let home = user_folder::home();
    let is_end = |it: &Path| it.join(".git").exists() || home.as_deref() == Some(it);
    let depth = folder.ancestors().position(is_end).unwrap_or_default();
    let paths = folder.ancestors().take(depth + 1).map(|it| it.join(PROJECT_FILE));
    // No pipe, which would make the start wait.
    paths.into_iter().find(|it| it.is_file())
}
