//! The file of a recording: only whole lines are appended to it.
//!
//! What a full disk took of a line is cut off again, so that the file reads to
//! its end at any time; where nothing can be cut (a pipe), the next line begins
//! with a line end, so that only the partial_line one is lost.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

/// What lines are appended to.
pub(super) trait Storage {
    /// Tells where it ends if it is another one than at the last call.
    fn reopen_if_removed(&mut self) -> io::Result<Option<Tail>>;
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize>;
    fn sync(&mut self) -> io::Result<()>;
    /// Takes away what comes after so many bytes.
    fn truncate(&mut self, length: u64) -> io::Result<()>;
}

/// How a file ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Tail {
    /// After so many bytes.
    pub(super) bytes: u64,
    /// In the midst of a line.
    pub(super) partial_line: bool,
}

/// Appends lines, whole ones only.
#[derive(Debug)]
pub(super) struct Journal<M> {
    medium: M,
    end: Tail,
    fsync: bool,
}

impl<M: Storage> Journal<M> {
    pub(super) fn new(medium: M, end: Tail, fsync: bool) -> Self {
        Self { medium, end, fsync }
    }

    pub(super) fn bytes(&self) -> u64 {
        self.end.bytes
    }

    /// Appends lines. Returns how many bytes of them are in the file, always up
    /// to a line end, and if these are not all, why.
    pub(super) fn append(&mut self, lines: &[u8]) -> (usize, Option<io::Error>) {
        if let Err(error) = self.prepare() {
            return (0, Some(error));
        }
        let (written, mut error) = self.put(lines);
        let mut kept = memchr::memrchr(b'\n', &lines[..written]).map_or(0, |at| at + 1);
        if self.fsync
            && kept > 0
            && let Err(failed) = self.medium.sync()
        {
            // What is on the disk after this, nobody knows.
            kept = 0;
            error.get_or_insert(failed);
        }
        self.end.bytes += kept as u64;
        if written > kept && self.medium.truncate(self.end.bytes).is_err() {
            self.end = Tail { bytes: self.end.bytes + (written - kept) as u64, partial_line: true };
        }
        (kept, error)
    }

    /// Makes sure that the next line stands on a line of its own.
    fn prepare(&mut self) -> io::Result<()> {
        if let Some(end) = self.medium.reopen_if_removed()? {
            self.end = end;
        }
        if self.end.partial_line {
            if let (_, Some(error)) = self.put(b"\n") {
                return Err(error);
            }
            self.end = Tail { bytes: self.end.bytes + 1, partial_line: false };
        }
        Ok(())
    }

    fn put(&mut self, bytes: &[u8]) -> (usize, Option<io::Error>) {
        let mut written = 0;
        while written < bytes.len() {
            match self.medium.write(&bytes[written..]) {
                Ok(0) => return (written, Some(io::ErrorKind::WriteZero.into())),
                Ok(count) => written += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return (written, Some(error)),
            }
        }
        (written, None)
    }
}

/// A file on a disk. If somebody removes it, it is made anew: lines in a file
/// without a name would be lost with the program.
#[derive(Debug)]
pub(super) struct Disk {
    file: File,
    path: PathBuf,
    fsync: bool,
}

impl Disk {
    /// Opens the file, or makes one that only its owner can read.
    pub(super) fn open(path: &Path, fsync: bool) -> anyhow::Result<(Self, Tail)> {
        let name = path.display();
        let file = opened(path, fsync).with_context(|| format!("cannot record to {name}"))?;
        // Not every file system has locks; where there are none, none is held.
        if let Err(TryLockError::WouldBlock) = file.try_lock() {
            bail!("cannot record to {name}: another imscope records to it");
        }
        let mut disk = Self { file, path: path.to_owned(), fsync };
        let end = disk.end().with_context(|| format!("cannot record to {name}"))?;
        if end.bytes > 0 && disk.first_byte()? != Some(b'{') {
            bail!("cannot record to {name}: it holds something else than a recording");
        }
        Ok((disk, end))
    }

    fn end(&mut self) -> io::Result<Tail> {
        let facts = self.file.metadata()?;
        if !facts.is_file() || facts.len() == 0 {
            return Ok(Tail::default());
        }
        self.file.seek(SeekFrom::End(-1))?;
        let mut last = [0];
        self.file.read_exact(&mut last)?;
        Ok(Tail { bytes: facts.len(), partial_line: last != *b"\n" })
    }

    fn first_byte(&mut self) -> io::Result<Option<u8>> {
        self.file.rewind()?;
        let mut first = [0];
        Ok((self.file.read(&mut first)? > 0).then_some(first[0]))
    }
}

fn opened(path: &Path, fsync: bool) -> io::Result<File> {
    let file = OpenOptions::new().read(true).append(true).create(true).mode(0o600).open(path)?;
    if fsync && let Some(folder) = path.parent() {
        // The name of a new file is on the disk only when its folder is.
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        File::open(folder)?.sync_all()?;
    }
    Ok(file)
}

impl Storage for Disk {
    fn reopen_if_removed(&mut self) -> io::Result<Option<Tail>> {
        let facts = self.file.metadata()?;
        if !facts.is_file() || facts.nlink() > 0 {
            return Ok(None);
        }
        self.file = opened(&self.path, self.fsync)?;
        if let Err(TryLockError::WouldBlock) = self.file.try_lock() {
            return Err(io::Error::other("another imscope records to it"));
        }
        self.end().map(Some)
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.file.sync_data()
    }

    fn truncate(&mut self, length: u64) -> io::Result<()> {
        // A file that somebody has shortened must not be lengthened.
        if self.file.metadata()?.len() < length {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        self.file.set_len(length)
    }
}
