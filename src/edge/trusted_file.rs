//! The list of the project files that the user has trusted, by path and content.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::digest::{Context, SHA256};

use super::user_folder;

/// The path of the list; `None` if the user has no folder for it.
pub fn path() -> Option<PathBuf> {
    Some(user_folder::state()?.join("trusted"))
}

/// Whether a file is trusted with this content. A list that cannot be read is empty.
pub fn is_trusted(file: &Path, content: &[u8]) -> bool {
    let list = path().and_then(|it| fs::read_to_string(it).ok()).unwrap_or_default();
    fingerprint(file, content).is_ok_and(|it| list.lines().any(|line| line == it))
}

/// Adds a file with this content to the list, which only the user can read.
///
/// # Errors
/// Why the list cannot be written.
pub fn trust(file: &Path, content: &[u8]) -> io::Result<()> {
    let list = path().ok_or(io::ErrorKind::NotFound)?;
    let line = format!("{}\n", fingerprint(file, content)?);
    if let Some(folder) = list.parent() {
        DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    }
    let mut list = OpenOptions::new().append(true).create(true).mode(0o600).open(list)?;
    list.write_all(line.as_bytes())
}

/// SHA-256 of the file's real path and its content, in base64.
fn fingerprint(file: &Path, content: &[u8]) -> io::Result<String> {
    let file = fs::canonicalize(file)?;
    let path = file.as_os_str().as_bytes();
    let mut hash = Context::new(&SHA256);
    // With its length, so that no part of one is taken for a part of the other.
    hash.update(&(path.len() as u64).to_be_bytes());
    hash.update(path);
    hash.update(content);
    Ok(STANDARD.encode(hash.finish()))
}
