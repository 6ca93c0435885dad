//! The file of a recording: only complete lines are appended to it.
//!
//! The part of a line that a full disk accepted is truncated, so that the file is
//! valid at any time. What cannot be truncated (a pipe) gets a line end before the
//! next line, so that only the partial line is lost.

use std::io;

use super::file::{Storage, Tail};

/// Appends complete lines.
#[derive(Debug)]
pub(super) struct Journal<S> {
    storage: S,
    tail: Tail,
    fsync: bool,
}

impl<S: Storage> Journal<S> {
    pub(super) fn new(storage: S, tail: Tail, fsync: bool) -> Self {
        Self { storage, tail, fsync }
    }

    pub(super) fn file_size(&self) -> u64 {
        self.tail.bytes
    }

    /// Appends lines. Returns how many bytes of them are in the file, always up to a
    /// line end, and the error if these are not all.
    pub(super) fn append(&mut self, lines: &[u8]) -> (usize, Option<io::Error>) {
        if let Err(error) = self.prepare() {
            return (0, Some(error));
        }
        let (written, mut error) = self.write_all(lines);
        let mut kept = memchr::memrchr(b'\n', &lines[..written]).map_or(0, |at| at + 1);
        if self.fsync
            && kept > 0
            && let Err(failed) = self.storage.sync()
        {
            // After a failed sync the content of the disk is unknown.
            kept = 0;
            error.get_or_insert(failed);
        }
        self.tail.bytes += kept as u64;
        if written > kept && self.storage.truncate(self.tail.bytes).is_err() {
            self.tail =
                Tail { bytes: self.tail.bytes + (written - kept) as u64, partial_line: true };
        }
        (kept, error)
    }

    /// Makes sure that the next line begins after a line end.
    fn prepare(&mut self) -> io::Result<()> {
        if let Some(tail) = self.storage.reopen_if_removed()? {
            self.tail = tail;
        }
        if self.tail.partial_line {
            if let (_, Some(error)) = self.write_all(b"\n") {
                return Err(error);
            }
            self.tail = Tail { bytes: self.tail.bytes + 1, partial_line: false };
        }
        Ok(())
    }

    fn write_all(&mut self, bytes: &[u8]) -> (usize, Option<io::Error>) {
        let mut written = 0;
        while written < bytes.len() {
            match self.storage.write(&bytes[written..]) {
                Ok(0) => return (written, Some(io::ErrorKind::WriteZero.into())),
                Ok(count) => written += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return (written, Some(error)),
            }
        }
        (written, None)
    }
}
