//! Replaces the content of a file as a whole, so that a full disk leaves the old one.

use std::ffi::OsStr;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _, fchown};
use std::path::{Path, PathBuf};

/// Gives a file this content, with the owner and the permissions of `like`: all of it, or
/// an error and the file as it was. Symbolic links are followed.
///
/// # Errors
/// A folder or a disk that cannot be written to.
pub(super) fn replace(path: &Path, content: &[u8], like: &Metadata) -> io::Result<()> {
    let path = match fs::canonicalize(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => path.to_owned(),
        path => path?,
    };
    let beside = with_suffix(&path, ".new");
    // One that is there is of a process that was killed.
    let _ = fs::remove_file(&beside);
    let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&beside)?;
    let replaced = fill(file, content, like).and_then(|()| fs::rename(&beside, &path));
    if replaced.is_err() {
        let _ = fs::remove_file(&beside);
    }
    replaced
}

fn fill(mut file: File, content: &[u8], like: &Metadata) -> io::Result<()> {
    file.write_all(content)?;
    // Only root may give a file away.
    let _ = fchown(&file, Some(like.uid()), Some(like.gid()));
    file.set_permissions(like.permissions())?;
    file.sync_all()
}

/// The path with something at its end.
pub(super) fn with_suffix(path: &Path, suffix: impl AsRef<OsStr>) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix.as_ref());
    name.into()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().mode() & 0o777
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> =
            entries.map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_replaced_file_keeps_its_permissions_and_links_to_it() {
        let folder = tempfile::tempdir().unwrap();
        let [file, link] = ["file", "link"].map(|it| folder.path().join(it));
        fs::write(&file, "old").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        symlink("file", &link).unwrap();
        replace(&link, b"new", &fs::metadata(&file).unwrap()).unwrap();
        assert_eq!((fs::read_to_string(&file).unwrap(), mode(&file)), ("new".to_owned(), 0o640));
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(names(folder.path()), ["file", "link"]);
    }

    #[test]
    fn a_file_that_cannot_be_replaced_stays_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        fs::create_dir(&file).unwrap();
        let like = fs::metadata(folder.path()).unwrap();
        assert!(replace(&file, b"new", &like).is_err());
        assert_eq!(names(folder.path()), ["file"]);
    }
}
