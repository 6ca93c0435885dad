//! A file that appears under its name when it is complete, and never replaces another.
//! What a killed process left of one is removed by the next save into that folder.

mod remains;

use std::fs::Permissions;
use std::io::{self, BufWriter, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::callback::trouble::reason;

/// A file that is being written, under a name of its own beside the final one. It is
/// removed when it is dropped. Only its owner can read it.
#[derive(Debug)]
pub struct NewFile {
    path: PathBuf,
    file: BufWriter<NamedTempFile>,
    bytes: u64,
}

impl NewFile {
    /// Creates a file that is to have this name.
    ///
    /// # Errors
    /// [`io::ErrorKind::AlreadyExists`] if there is one of this name; a folder that
    /// cannot be written to.
    pub fn create(path: &Path) -> io::Result<Self> {
        if path.symlink_metadata().is_ok() {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        remains::remove(folder);
        let file = tempfile::Builder::new()
            .prefix(&remains::prefix())
            .tempfile_in(folder)
            .map_err(|it| not_created(folder, &it))?;
        // Where files cannot be locked, none is removed either.
        let _ = file.as_file().try_lock();
        Ok(Self { path: path.to_owned(), file: BufWriter::new(file), bytes: 0 })
    }

    /// Lets its owner run it.
    ///
    /// # Errors
    /// When the permissions cannot be set.
    pub fn make_executable(&self) -> io::Result<()> {
        self.file.get_ref().as_file().set_permissions(Permissions::from_mode(0o700))
    }

    /// Appends to the file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&mut self, content: &[u8]) -> io::Result<()> {
        self.bytes += content.len() as u64;
        self.file.write_all(content)
    }

    /// Gives the complete file its name; returns its size in bytes.
    ///
    /// # Errors
    /// As [`Self::create`]; a full disk.
    pub fn finish(self) -> io::Result<u64> {
        let file = self.file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.as_file().sync_all()?;
        file.persist_noclobber(&self.path).map_err(|it| it.error)?;
        Ok(self.bytes)
    }
}

/// Why no file can be created in a folder, without the name that it would have had.
fn not_created(folder: &Path, error: &io::Error) -> io::Error {
    let kind = error.kind();
    if kind == io::ErrorKind::NotFound {
        return io::Error::new(kind, reason::no_folder(folder.display()));
    }
    // It ends with the number of the system's error; the path follows.
    let text = error.to_string();
    io::Error::new(kind, text.split_inclusive(')').next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_file_has_its_name_only_when_it_is_complete() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.har");
        let mut file = NewFile::create(&path).unwrap();
        file.write(b"12345").unwrap();
        assert!(!path.exists());
        assert_eq!(file.finish().unwrap(), 5);
        assert_eq!(fs::read(&path).unwrap(), b"12345");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        drop(NewFile::create(&folder.path().join("b.har")).unwrap());
        let script = folder.path().join("a.har").with_file_name(".c.sh");
        let file = NewFile::create(&script).unwrap();
        file.make_executable().unwrap();
        file.finish().unwrap();
        assert_eq!(fs::metadata(&script).unwrap().permissions().mode() & 0o777, 0o700);
        fs::remove_file(script).unwrap();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn no_file_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.har");
        let late = NewFile::create(&path).unwrap();
        fs::write(&path, "mine").unwrap();
        for error in [NewFile::create(&path).unwrap_err(), late.finish().unwrap_err()] {
            assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
        }
        assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        let missing = folder.path().join("missing");
        let error = NewFile::create(&missing.join("a.har")).unwrap_err().to_string();
        assert_eq!(error, format!("the folder {} does not exist", missing.display()));
        let error = NewFile::create(&path.join("b.har")).unwrap_err().to_string();
        assert_eq!(error, "Not a directory (os error 20)");
    }
}
