//! What the recording file is now: the file at the path, opened, locked and checked.
//!
//! Another program may move, remove, replace, cut or write to it at any time. So the
//! file is compared with how it was left before each burst of lines, and again
//! after it, before the callbacks are answered.

mod open;

use std::fs::{self, File, Metadata};
use std::io::{self, Seek as _, Write as _};
use std::os::unix::fs::{FileExt as _, MetadataExt as _};
use std::path::{Path, PathBuf};

/// What a journal appends to.
pub(super) trait Storage {
    /// Compares the file with how it was left, with this length in bytes. If another
    /// file, or none, is at the path, that one is opened or created.
    fn refresh(&mut self, length: u64) -> io::Result<FileState>;
    /// Appends, possibly in part; returns how many bytes.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize>;
    /// Waits until what was written is on the disk.
    fn sync(&mut self) -> io::Result<()>;
    /// Whether the file at the path has what was just written, as lines of their own.
    fn holds(&mut self, burst: &Burst<'_>) -> io::Result<bool>;
    /// Removes the bytes written last from the end of the file.
    ///
    /// # Errors
    /// If another program wrote or cut meanwhile, so that they are not its end.
    fn remove(&mut self, last: &[u8]) -> io::Result<()>;
    /// Whether other users may read or write the file.
    fn is_open_to_others(&self) -> bool;
}

/// What became of the file since it was left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FileState {
    /// Nothing.
    Unchanged,
    /// Another program wrote to it or cut it.
    Changed(Tail),
    /// It was moved, removed or replaced; this is the end of the file opened now.
    Replaced(Tail),
}

/// What was written to a file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Burst<'a> {
    /// The length of the file before.
    pub(super) start: u64,
    /// All bytes written.
    pub(super) written: &'a [u8],
    /// How many of them were not removed again.
    pub(super) kept: usize,
}

/// The end of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Tail {
    /// Its size in bytes.
    pub(super) bytes: u64,
    /// Whether the last line has no line end.
    pub(super) partial_line: bool,
}

/// A regular file that holds a recording, opened to append and locked.
#[derive(Debug)]
pub(super) struct RecordingFile {
    file: File,
    path: PathBuf,
    fsync: bool,
    /// Device and inode.
    identity: (u64, u64),
    open_to_others: bool,
}

impl RecordingFile {
    /// Opens the file, or creates one that only its owner can read.
    ///
    /// # Errors
    /// What is not a regular file, is not a recording, or is written by another
    /// imscope.
    pub(super) fn open(path: &Path, fsync: bool) -> io::Result<(Self, Tail)> {
        let file = open::open(path, fsync)?;
        let tail = open::check(&file)?;
        let metadata = file.metadata()?;
        let (path, identity) = (path.to_owned(), identity(&metadata));
        let open_to_others = metadata.mode() & 0o077 != 0;
        Ok((Self { file, path, fsync, identity, open_to_others }, tail))
    }

    /// The metadata of the file at the path, if that is still the one opened.
    fn at_path(&self) -> io::Result<Option<Metadata>> {
        match fs::metadata(&self.path) {
            Ok(it) => Ok((identity(&it) == self.identity).then_some(it)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Whether `lines` are in the file at `start`, after the beginning or a line end.
    fn has_lines(&self, lines: &[u8], start: u64) -> io::Result<bool> {
        Ok(self.has(lines, start)? && (start == 0 || self.has(b"\n", start - 1)?))
    }

    /// Whether these bytes are in the file at `start`.
    fn has(&self, bytes: &[u8], start: u64) -> io::Result<bool> {
        let mut found = vec![0; bytes.len()];
        match self.file.read_exact_at(&mut found, start) {
            Ok(()) => Ok(found == bytes),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
            Err(error) => Err(error),
        }
    }
}

fn identity(metadata: &Metadata) -> (u64, u64) {
    (metadata.dev(), metadata.ino())
}

impl Storage for RecordingFile {
    fn refresh(&mut self, length: u64) -> io::Result<FileState> {
        match self.at_path()? {
            Some(it) if it.len() == length => Ok(FileState::Unchanged),
            Some(_) => Ok(FileState::Changed(open::check(&self.file)?)),
            None => {
                let (opened, tail) = Self::open(&self.path, self.fsync)?;
                // Only now: after an error the next burst tries again.
                *self = opened;
                Ok(FileState::Replaced(tail))
            }
        }
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.file.sync_data()
    }

    fn holds(&mut self, burst: &Burst<'_>) -> io::Result<bool> {
        let Burst { start, written, kept } = *burst;
        // Of a file opened to append, this is where the last write ended.
        let end = self.file.stream_position()?;
        let is_alone = end == start + written.len() as u64;
        let Some(metadata) = self.at_path()? else {
            // They go into another file; one that was moved is not to have them too.
            if is_alone && self.file.metadata()?.len() == start + kept as u64 {
                let _ = self.file.set_len(start);
            }
            return Ok(false);
        };
        if is_alone {
            return Ok(start + kept as u64 <= metadata.len());
        }
        // Another program wrote or cut in between.
        self.has_lines(&written[..kept], end - written.len() as u64)
    }

    fn remove(&mut self, last: &[u8]) -> io::Result<()> {
        // Neither is a file extended that was cut meanwhile, nor are bytes removed
        // that another program wrote before, between or after these.
        let end = self.file.stream_position()?;
        let start = end.saturating_sub(last.len() as u64);
        if self.file.metadata()?.len() != end || !self.has(last, start)? {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        self.file.set_len(start)
    }

    fn is_open_to_others(&self) -> bool {
        self.open_to_others
    }
}

#[cfg(test)]
mod tests;
