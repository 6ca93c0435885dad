//! Unfinished files of processes that were killed while they wrote them.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::path::Path;

use rustix::io::Errno;
use rustix::process::{Pid, test_kill_process};

/// What the name of an unfinished file begins with; then follow the process, and letters.
const PREFIX: &str = ".imscope-";
/// The entries of a folder that are looked at.
const MAX_ENTRIES: usize = 10_000;

/// What the names of this process's unfinished files begin with.
pub(super) fn prefix() -> String {
    format!("{PREFIX}{}-", std::process::id())
}

/// Removes the unfinished files in a folder whose processes are gone. What cannot be
/// removed stays.
pub(super) fn remove(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.take(MAX_ENTRIES).flatten() {
        let is_file = entry.file_type().is_ok_and(|it| it.is_file());
        if is_file && process(&entry.file_name()).is_some_and(is_gone) && is_unlocked(&entry.path())
        {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// The process in the name of an unfinished file; `None` of any other name.
fn process(name: &OsStr) -> Option<Pid> {
    let (process, letters) = name.to_str()?.strip_prefix(PREFIX)?.split_once('-')?;
    let is_random = letters.len() == 6 && letters.bytes().all(|it| it.is_ascii_alphanumeric());
    let is_number = process.bytes().all(|it| it.is_ascii_digit());
    Pid::from_raw(process.parse().ok().filter(|_| is_random && is_number)?)
}

fn is_gone(process: Pid) -> bool {
    test_kill_process(process) == Err(Errno::SRCH)
}

/// Whether no process has a lock on a file: one in another container or on another machine
/// has no number here.
fn is_unlocked(path: &Path) -> bool {
    File::open(path).is_ok_and(|it| it.try_lock().is_ok())
}

#[cfg(test)]
mod tests {
    use std::process::Stdio;

    use super::*;
    use crate::edge::child::command;
    use crate::edge::new_file::NewFile;

    #[test]
    fn what_a_killed_process_left_is_removed_by_the_next_save_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let script = "echo 1 > .imscope-$$-abcDE1; echo 1 > .imscope-$$-notes.txt; kill -9 $$";
        let mut killed = command("sh");
        let killed = killed.args(["-c", script]).current_dir(folder.path());
        let killed = killed.stdin(Stdio::null()).spawn().unwrap();
        let process = killed.id();
        assert!(!{ killed }.wait().unwrap().success());
        let left = format!(".imscope-{process}-abcDE1");
        let others = [
            format!(".imscope-{process}-notes.txt"),
            format!("{}abcDE2", prefix()),
            ".imscope-history".to_owned(),
            format!(".imscope-+{process}-abcDE3"),
        ];
        for it in &others {
            fs::write(folder.path().join(it), "").unwrap();
        }
        let locked = format!(".imscope-{process}-locked");
        let lock = File::create(folder.path().join(&locked)).unwrap();
        lock.lock().unwrap();
        let names = || {
            let names = fs::read_dir(folder.path()).unwrap();
            let names = names.map(|it| it.unwrap().file_name().into_string().unwrap());
            names.collect::<Vec<_>>()
        };
        assert!(names().contains(&left));
        let file = NewFile::create(&folder.path().join("a.har")).unwrap();
        let (mine, now) = (prefix(), names());
        assert_eq!(now.iter().filter(|it| it.starts_with(&mine)).count(), 2, "{now:?}");
        assert!(!now.contains(&left) && now.contains(&locked), "{now:?}");
        assert!(others.iter().all(|it| now.contains(it)), "{now:?}");
        // A second save does not take the one that is being written for one that was left.
        drop(NewFile::create(&folder.path().join("b.har")).unwrap());
        assert!(file.finish().is_ok());
        drop(lock);
        drop(NewFile::create(&folder.path().join("c.har")).unwrap());
        assert!(!names().contains(&locked));
    }
}
