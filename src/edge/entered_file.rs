//! The file of the texts that were entered in input lines, one a line. All dashboards of a
//! user append to it.

use std::fs::{self, DirBuilder, File, Metadata, OpenOptions, TryLockError};
use std::io::{self, Read, Seek as _, SeekFrom, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use rustix::fs::OFlags;

use super::replace::replace;
use super::{task, user_folder};
use crate::dashboard::{EnteredText, InputKind};

/// The maximum number of lines.
const MAX_LINES: usize = 500;
/// The maximum number of bytes that are read, at the end of the file.
const MAX_BYTES: u64 = 4 << 20;
/// How often a lock is tried before it is reported, and the pause in between.
const TRIES: (u32, Duration) = (50, Duration::from_millis(20));
/// How long the end of the program waits for each text.
const WAIT: Duration = Duration::from_secs(2);

/// The path of the file in the user's folder of states; `None` if there is no such folder.
pub fn path() -> Option<PathBuf> {
    Some(user_folder::state()?.join("history"))
}

/// Reads the texts, oldest first; none if there is no file.
///
/// # Errors
/// Why it cannot be read.
pub fn read(path: &Path) -> io::Result<Vec<EnteredText>> {
    match open(path, OpenOptions::new().read(true)) {
        Ok(Some(mut file)) => Ok(content(&mut file)?.lines().filter_map(parse).collect()),
        Ok(None) => Ok(Vec::new()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

/// Opens the file; `None` if a device or a pipe is at the path, which is left alone.
fn open(path: &Path, options: &mut OpenOptions) -> io::Result<Option<File>> {
    if fs::metadata(path).is_ok_and(|it| !it.is_file()) {
        return Ok(None);
    }
    // A pipe that took its place meanwhile must not make it wait.
    let file = options.custom_flags(OFlags::NONBLOCK.bits().cast_signed()).open(path)?;
    Ok(file.metadata()?.is_file().then_some(file))
}

/// Appends a text; the oldest are removed if there are too many. Another process that
/// appends at the same time loses nothing. While another one keeps the file locked, it
/// waits; `report` receives that as an error.
///
/// # Errors
/// Why it cannot be written.
fn append(path: &Path, entered: &EnteredText, report: &mut dyn FnMut(io::Error)) -> io::Result<()> {
    // What cannot stand in a line is not kept.
    if entered.text.contains(char::is_control) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    }
    loop {
        let mut options = OpenOptions::new();
        options.read(true).append(true).create(true).mode(0o600);
        let Some(mut file) = open(path, &mut options)? else { return Ok(()) };
        lock(&file, report)?;
        let opened = file.metadata()?;
        // Another process may have replaced it before the lock.
        if fs::metadata(path).is_ok_and(|it| is_same(&it, &opened)) {
            return append_line(path, &mut file, &opened, &line(entered));
        }
    }
}

/// Locks the file; reports when that takes long.
fn lock(file: &File, report: &mut dyn FnMut(io::Error)) -> io::Result<()> {
    let (tries, pause) = TRIES;
    for _ in 0..tries {
        match file.try_lock() {
            Ok(()) => return Ok(()),
            Err(TryLockError::WouldBlock) => thread::sleep(pause),
            Err(TryLockError::Error(error)) => return Err(error),
        }
    }
    report(io::ErrorKind::WouldBlock.into());
    file.lock()
}

fn is_same(a: &Metadata, b: &Metadata) -> bool {
    (a.dev(), a.ino()) == (b.dev(), b.ino())
}

/// Appends a line to the locked file, or replaces it with a shorter one.
fn append_line(path: &Path, file: &mut File, opened: &Metadata, line: &str) -> io::Result<()> {
    let before = content(file)?;
    let is_long = MAX_BYTES < opened.len();
    // After a line that was written in part.
    let end = if before.is_empty() || before.ends_with('\n') { "" } else { "\n" };
    let lines = before.lines().count() + 1;
    if lines <= MAX_LINES && !is_long {
        return file.write_all(format!("{end}{line}").as_bytes());
    }
    let kept = before.lines().skip(lines.saturating_sub(MAX_LINES)).map(|it| format!("{it}\n"));
    let after: String = kept.chain([line.to_owned()]).collect();
    replace(path, after.as_bytes(), opened)
}

/// The lines of the file; of a long one those at its end.
fn content(file: &mut File) -> io::Result<String> {
    let skipped = file.metadata()?.len().saturating_sub(MAX_BYTES);
    // With the byte before, which is a line end if no line is cut.
    file.seek(SeekFrom::Start(skipped.saturating_sub(1)))?;
    let mut bytes = Vec::new();
    Read::take(file, MAX_BYTES + 1).read_to_end(&mut bytes)?;
    if 0 < skipped {
        let cut = bytes.iter().position(|it| *it == b'\n').map_or(bytes.len(), |it| it + 1);
        bytes.drain(..cut);
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

const KINDS: [(&str, InputKind); 2] = [("filter ", InputKind::Filter), ("rule ", InputKind::Rule)];

fn line(entered: &EnteredText) -> String {
    let kind = KINDS.iter().find(|(_, it)| *it == entered.kind).map_or("", |(name, _)| name);
    format!("{kind}{}\n", entered.text)
}

fn parse(line: &str) -> Option<EnteredText> {
    KINDS.into_iter().find_map(|(name, kind)| {
        let text = line.strip_prefix(name).filter(|it| !it.is_empty())?;
        Some(EnteredText { kind, text: text.to_owned() })
    })
}

/// Appends texts on a thread of its own, so that a slow disk delays no key. Dropped, it
/// waits until all are written, but for none of them long: of a file that another program
/// keeps locked, or a disk that hangs, the program can be quit.
#[derive(Debug)]
pub struct EnteredWriter {
    sender: Option<Sender<EnteredText>>,
    /// Receives something for each text that is written, or could not be.
    done: Mutex<Receiver<()>>,
}

impl EnteredWriter {
    /// A writer to the file with this path. `report` receives the first error;
    /// [`io::ErrorKind::WouldBlock`] if another program keeps the file locked.
    ///
    /// # Errors
    /// When no thread can be started.
    pub fn new(path: PathBuf, report: impl FnOnce(io::Error) + Send + 'static) -> io::Result<Self> {
        let (sender, texts) = channel();
        let (written, done) = channel();
        let mut report = Some(report);
        let mut report = move |error| _ = report.take().map(|report| report(error));
        let write = move || {
            for text in texts {
                append(&path, &text, &mut report).unwrap_or_else(&mut report);
                let _ = written.send(());
            }
        };
        task::start_thread("entered", write)?;
        Ok(Self { sender: Some(sender), done: Mutex::new(done) })
    }

    /// Appends a text.
    pub fn write(&self, entered: EnteredText) {
        if let Some(sender) = &self.sender {
            let _ = sender.send(entered);
        }
    }
}

impl Drop for EnteredWriter {
    fn drop(&mut self) {
        self.sender = None;
        let done = self.done.get_mut().unwrap_or_else(PoisonError::into_inner);
        while done.recv_timeout(WAIT).is_ok() {}
    }
}

#[cfg(test)]
mod tests;
