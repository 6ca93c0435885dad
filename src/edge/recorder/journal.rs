//! The file of a recording: only complete lines are appended to it.
//!
//! The part of a line that a full disk accepted is truncated, so that the file is
//! valid at any time. Where that is not possible (a file that can only be appended
//! to), the next line begins after a line end, so that only the partial line is lost.
//! Lines that are not in the file at the path afterward are appended again, but for
//! those of a write that was incomplete.

use std::io;

use super::file::{Burst, FileState, Storage, Tail};
use crate::callback::trouble::reason;

/// How often lines are appended that another program removes at once.
const ATTEMPTS: usize = 8;

/// Appends complete lines.
#[derive(Debug)]
pub(super) struct Journal<S> {
    storage: S,
    tail: Tail,
    fsync: bool,
    changes: Changes,
}

/// What other programs did to the file since the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Changes {
    /// How often it was moved, removed or replaced, so that a new one was begun.
    pub(super) new_files: u64,
    /// How often it was found cut or written to.
    pub(super) writes: u64,
}

impl<S: Storage> Journal<S> {
    pub(super) fn new(storage: S, tail: Tail, fsync: bool) -> Self {
        Self { storage, tail, fsync, changes: Changes::default() }
    }

    pub(super) fn file_size(&self) -> u64 {
        self.tail.bytes
    }

    pub(super) fn changes(&self) -> Changes {
        self.changes
    }

    pub(super) fn is_open_to_others(&self) -> bool {
        self.storage.is_open_to_others()
    }

    /// Appends lines. Returns how many bytes of them are in the file, always up to a
    /// line end, and the error if these are not all.
    pub(super) fn append(&mut self, lines: &[u8]) -> (usize, Option<io::Error>) {
        for _ in 0..ATTEMPTS {
            if let Err(error) = self.prepare() {
                return (0, Some(error));
            }
            let start = self.tail.bytes;
            let (written, kept, error) = self.write_lines(lines);
            if written == 0 {
                return (0, error);
            }
            let burst = Burst { start, written: &lines[..written], kept };
            match self.storage.holds(&burst) {
                Ok(true) => return (kept, error),
                // What was written in part is not written again: a line that is in the
                // file would stand there twice.
                Ok(false) if error.is_some() => return (0, error),
                Ok(false) => {}
                Err(error) => return (0, Some(error)),
            }
        }
        (0, Some(io::Error::other(reason::file_replaced_repeatedly())))
    }

    /// Writes lines, and removes a partial one. Returns how many bytes were written,
    /// how many were not removed, and the error if these are not all.
    fn write_lines(&mut self, lines: &[u8]) -> (usize, usize, Option<io::Error>) {
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
        if written > kept && self.storage.remove(&lines[kept..written]).is_err() {
            self.tail =
                Tail { bytes: self.tail.bytes + (written - kept) as u64, partial_line: true };
        }
        (written, kept, error)
    }

    /// Makes sure that the file is the one at the path, and that the next line begins
    /// after a line end.
    fn prepare(&mut self) -> io::Result<()> {
        match self.storage.refresh(self.tail.bytes)? {
            FileState::Unchanged => {}
            FileState::Changed(tail) => {
                self.tail = tail;
                self.changes.writes += 1;
            }
            FileState::Replaced(tail) => {
                self.tail = tail;
                self.changes.new_files += 1;
            }
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
