//! The file of the texts that were entered in input lines, one a line. All dashboards of a
//! user append to it.

use std::env;
use std::fs::{self, DirBuilder, File, Metadata, OpenOptions};
use std::io::{self, Read, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};

use super::replace::replace;
use crate::dashboard::{EnteredText, InputKind};

/// The maximum number of lines.
const MAX_LINES: usize = 500;
/// The maximum number of bytes that are read.
const MAX_BYTES: u64 = 4 << 20;

/// The path of the file in the user's folder of states; `None` if there is no such folder.
pub fn path() -> Option<PathBuf> {
    let folder = |name| env::var_os(name).map(PathBuf::from).filter(|it| it.is_absolute());
    let home = || folder("HOME").map(|it| it.join(".local/state"));
    Some(folder("XDG_STATE_HOME").or_else(home)?.join("imscope/history"))
}

/// Reads the texts, oldest first; none if there is no file.
///
/// # Errors
/// Why it cannot be read.
pub fn read(path: &Path) -> io::Result<Vec<EnteredText>> {
    match fs::metadata(path) {
        Ok(it) if it.is_file() => {}
        // A device or a pipe is left alone.
        Ok(_) => return Ok(Vec::new()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    }
    let lines = content(&mut File::open(path)?)?;
    Ok(lines.lines().filter_map(parse).collect())
}

/// Appends a text; the oldest are removed if there are too many. Another process that
/// appends at the same time loses nothing.
///
/// # Errors
/// Why it cannot be written.
pub fn append(path: &Path, entered: &EnteredText) -> io::Result<()> {
    // What cannot stand in a line is not kept.
    if entered.text.contains(char::is_control) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    }
    loop {
        if fs::metadata(path).is_ok_and(|it| !it.is_file()) {
            return Ok(());
        }
        let mut file =
            OpenOptions::new().read(true).append(true).create(true).mode(0o600).open(path)?;
        file.lock()?;
        let opened = file.metadata()?;
        // Another process may have replaced it before the lock.
        if fs::metadata(path).is_ok_and(|it| is_same(&it, &opened)) {
            return append_line(path, &mut file, &opened, &line(entered));
        }
    }
}

fn is_same(a: &Metadata, b: &Metadata) -> bool {
    (a.dev(), a.ino()) == (b.dev(), b.ino())
}

/// Appends a line to the locked file, or replaces it with a shorter one.
fn append_line(path: &Path, file: &mut File, opened: &Metadata, line: &str) -> io::Result<()> {
    let before = content(file)?;
    // After a line that was written in part.
    let end = if before.is_empty() || before.ends_with('\n') { "" } else { "\n" };
    let lines = before.lines().count() + 1;
    if lines <= MAX_LINES {
        return file.write_all(format!("{end}{line}").as_bytes());
    }
    let kept = before.lines().skip(lines - MAX_LINES).map(|it| format!("{it}\n"));
    let after: String = kept.chain([line.to_owned()]).collect();
    replace(path, after.as_bytes(), opened)
}

fn content(file: &mut File) -> io::Result<String> {
    let mut bytes = Vec::new();
    Read::take(file, MAX_BYTES).read_to_end(&mut bytes)?;
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
/// waits until all are written.
#[derive(Debug)]
pub struct EnteredWriter {
    sender: Option<Sender<EnteredText>>,
    thread: Option<JoinHandle<()>>,
}

impl EnteredWriter {
    /// A writer to the file with this path. `report` receives the first error.
    ///
    /// # Errors
    /// When no thread can be started.
    pub fn new(path: PathBuf, report: impl FnOnce(io::Error) + Send + 'static) -> io::Result<Self> {
        let (sender, receiver) = channel();
        let write = move || write_all(&path, &receiver, report);
        let thread = thread::Builder::new().name("entered".to_owned()).spawn(write)?;
        Ok(Self { sender: Some(sender), thread: Some(thread) })
    }

    /// Appends a text.
    pub fn write(&self, entered: EnteredText) {
        if let Some(sender) = &self.sender {
            let _ = sender.send(entered);
        }
    }
}

fn write_all(path: &Path, texts: &Receiver<EnteredText>, report: impl FnOnce(io::Error)) {
    let mut report = Some(report);
    for text in texts {
        if let Err(error) = append(path, &text)
            && let Some(report) = report.take()
        {
            report(error);
        }
    }
}

impl Drop for EnteredWriter {
    fn drop(&mut self) {
        self.sender = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests;
