//! What a journal appends to: the file of a recording.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

/// What a journal appends to.
pub(super) trait Storage {
    /// Opens the file anew if it was removed, and returns its tail then.
    fn reopen_if_removed(&mut self) -> io::Result<Option<Tail>>;
    /// Appends, possibly in part; returns how many bytes.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize>;
    /// Waits until what was written is on the disk.
    fn sync(&mut self) -> io::Result<()>;
    /// Removes what follows after `length` bytes.
    fn truncate(&mut self, length: u64) -> io::Result<()>;
}

/// The end of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Tail {
    /// Its size in bytes.
    pub(super) bytes: u64,
    /// Whether the last line has no line end.
    pub(super) partial_line: bool,
}

/// A file on a disk. If it is removed, it is created anew: lines in a file without
/// a name would be lost at the end of the process.
#[derive(Debug)]
pub(super) struct RecordingFile {
    file: File,
    path: PathBuf,
    fsync: bool,
}

impl RecordingFile {
    /// Opens the file, or creates one that only its owner can read.
    pub(super) fn open(path: &Path, fsync: bool) -> anyhow::Result<(Self, Tail)> {
        let name = path.display();
        let file = open_file(path, fsync).with_context(|| format!("cannot record to {name}"))?;
        // Other errors: not every file system has locks.
        if let Err(TryLockError::WouldBlock) = file.try_lock() {
            bail!("cannot record to {name}: another imscope records to it");
        }
        let mut opened = Self { file, path: path.to_owned(), fsync };
        let tail = opened.tail().with_context(|| format!("cannot record to {name}"))?;
        if tail.bytes > 0 && opened.first_byte()? != Some(b'{') {
            bail!("cannot record to {name}: it is not a recording");
        }
        Ok((opened, tail))
    }

    fn tail(&mut self) -> io::Result<Tail> {
        let metadata = self.file.metadata()?;
        if !metadata.is_file() || metadata.len() == 0 {
            return Ok(Tail::default());
        }
        self.file.seek(SeekFrom::End(-1))?;
        let mut last = [0];
        self.file.read_exact(&mut last)?;
        Ok(Tail { bytes: metadata.len(), partial_line: last != *b"\n" })
    }

    fn first_byte(&mut self) -> io::Result<Option<u8>> {
        self.file.rewind()?;
        let mut first = [0];
        Ok((self.file.read(&mut first)? > 0).then_some(first[0]))
    }
}

fn open_file(path: &Path, fsync: bool) -> io::Result<File> {
    let file = OpenOptions::new().read(true).append(true).create(true).mode(0o600).open(path)?;
    if fsync && let Some(directory) = path.parent() {
        // The name of a new file is on the disk once its directory is synced.
        let directory = if directory.as_os_str().is_empty() { Path::new(".") } else { directory };
        File::open(directory)?.sync_all()?;
    }
    Ok(file)
}

impl Storage for RecordingFile {
    fn reopen_if_removed(&mut self) -> io::Result<Option<Tail>> {
        let metadata = self.file.metadata()?;
        if !metadata.is_file() || metadata.nlink() > 0 {
            return Ok(None);
        }
        let file = open_file(&self.path, self.fsync)?;
        if let Err(TryLockError::WouldBlock) = file.try_lock() {
            return Err(io::Error::other("another imscope records to it"));
        }
        let mut opened = Self { file, path: self.path.clone(), fsync: self.fsync };
        let tail = opened.tail()?;
        // Only now: until then the removed file stays, and the next write tries again.
        self.file = opened.file;
        Ok(Some(tail))
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.file.sync_data()
    }

    fn truncate(&mut self, length: u64) -> io::Result<()> {
        // A file that was shortened meanwhile must not be extended.
        if self.file.metadata()?.len() < length {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        self.file.set_len(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_removed_file_that_another_imscope_created_again_is_never_written_to() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("chat.jsonl");
        let (mut removed, _) = RecordingFile::open(&path, false).unwrap();
        std::fs::remove_file(&path).unwrap();
        let (_other, _) = RecordingFile::open(&path, false).unwrap();
        for _ in 0..2 {
            let error = removed.reopen_if_removed().unwrap_err();
            assert_eq!(error.to_string(), "another imscope records to it");
        }
    }
}
