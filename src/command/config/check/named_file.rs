//! A file that a setting names, read and parsed as the command that uses it does.

use std::fs;
use std::io;
use std::path::Path;

use anyhow::Context as _;

use crate::callback::Lang;
use crate::command::cli::file_settings::FileSetting;
use crate::command::cli::spec::FileContent;
use crate::command::cli::token;
use crate::command::rules;
use crate::command::words::unreadable;
use crate::edge::client_tls::{RootCerts, read_certificates};
use crate::edge::tls::{Identity, read_key};

/// A file that a setting names.
#[derive(Debug, Clone, Copy)]
pub(super) struct NamedFile<'a> {
    path: &'a Path,
    content: FileContent,
}

impl<'a> NamedFile<'a> {
    /// The file of a setting that has a value.
    pub(super) fn of(setting: &'a FileSetting, content: FileContent) -> Option<Self> {
        Some(Self { path: Path::new(setting.values.first()?), content })
    }

    /// Checks the file among all that the same config file names.
    ///
    /// # Errors
    /// Why it cannot be used, as the command prints it.
    pub(super) fn check(self, all: &[Self], lang: Lang) -> anyhow::Result<()> {
        let Self { path, content } = self;
        match content {
            FileContent::Recording => is_in_folder(path, lang),
            _ if is_stream(path) => Ok(()),
            FileContent::Token => token::of_file(path, None, lang).map(drop),
            FileContent::Rules => rules::read_file(path, lang).map(drop),
            FileContent::Certificate => read_certificates(path).map(drop),
            FileContent::Key => {
                read_key(path)?;
                let certificate = all.iter().find(|it| it.content == FileContent::Certificate);
                // The error of the certificate is printed for the certificate.
                let is_usable = |it: &&Self| it.check(all, lang).is_ok() && !is_stream(it.path);
                match certificate.filter(is_usable) {
                    Some(it) => Identity::read(it.path, path).map(drop),
                    None => Ok(()),
                }
            }
            FileContent::Authorities => RootCerts::of_file(path).map(drop),
        }
    }
}

/// Whether a file is no regular one, such as a pipe: reading it could wait, and take what is
/// meant for the command.
fn is_stream(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|it| !it.is_file() && !it.is_dir())
}

/// Refuses a file to be written whose folder is not there.
fn is_in_folder(path: &Path, lang: Lang) -> anyhow::Result<()> {
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let is_folder = fs::metadata(folder).and_then(|it| match it.is_dir() {
        true => Ok(()),
        false => Err(io::ErrorKind::NotADirectory.into()),
    });
    is_folder.with_context(|| unreadable(folder, lang))
}
