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
use super::spec::{CommandSpec, OptionSpec};
use super::table::PROGRAM;
use crate::callback::Lang;
use crate::callback::lang::localize;
use crate::callback::secret::Secrets;
use crate::callback::trouble::reason;
use crate::command::words::unreadable;

/// The largest file that is read, in bytes.
const MAX_BYTES: u64 = 1 << 20;

/// A config file as it was read.
#[derive(Debug)]
pub struct ConfigFile {
    /// Its path.
    pub path: PathBuf,
    content: io::Result<String>,
}

impl ConfigFile {
    /// Reads a file.
    pub fn read(path: &Path) -> Self {
        let read = || {
            let mut text = String::new();
            File::open(path)?.take(MAX_BYTES + 1).read_to_string(&mut text)?;
            let is_long = text.len() as u64 > MAX_BYTES;
            if is_long { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(text) }
        };
        Self { path: path.to_owned(), content: read() }
    }

    /// Its settings.
    ///
    /// # Errors
    /// All mistakes with their places, or why it cannot be read, as a text of some lines
    /// without secrets.
    pub fn settings(&self, lang: Lang) -> Result<Vec<FileSetting>, String> {
        let masked = |it: String| Secrets::default().masked_text(&it).into_owned();
        match &self.content {
            Ok(text) => parse::parse(text, &self.path, lang).map_err(masked),
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
    /// Reads the file of `--config` in the arguments, else that of the user.
    pub fn find(arguments: &[OsString]) -> Self {
        let given = language::written(arguments, "--config").map(PathBuf::from);
        Self::read(given.as_deref())
    }

    /// Reads this file, else that of the user if there is one.
    pub fn read(given: Option<&Path>) -> Self {
        let of_user = || user_path().filter(|it| it.exists());
        let path = given.map(Path::to_owned).or_else(of_user);
        Self(path.iter().map(|it| ConfigFile::read(it)).collect())
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
    /// As [`ConfigFile::settings`], of the first file with a mistake.
    pub fn settings(&self, lang: Lang) -> Result<FileSettings, String> {
        let mut all = FileSettings::default();
        for file in &self.0 {
            all.add(file.settings(lang)?);
        }
        Ok(all)
    }
}

/// The path of the user's file, in the folder of XDG.
pub fn user_path() -> Option<PathBuf> {
    let folder = |name| env::var_os(name).map(PathBuf::from).filter(|it| it.is_absolute());
    let home = || folder("HOME").map(|it| it.join(".config"));
    Some(folder("XDG_CONFIG_HOME").or_else(home)?.join("imscope/config.toml"))
}

/// The options that a config file can have, each once, in the order of the table.
pub fn known() -> impl Iterator<Item = &'static OptionSpec> {
    let all = || {
        let commands = [&PROGRAM].into_iter().chain(PROGRAM.commands);
        commands.flat_map(CommandSpec::options).filter(|it| it.trust.is_some())
    };
    let is_first =
        move |(nth, it): &(usize, &OptionSpec)| all().take(*nth).all(|o| o.name != it.name);
    all().enumerate().filter(is_first).map(|(_, it)| it)
}
