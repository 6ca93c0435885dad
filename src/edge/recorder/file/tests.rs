//! Tests of a recording whose file another program moves, removes, cuts or writes to,
//! also between a write and its check.

use std::io;

use super::super::journal::{Changes, Journal};
use super::*;

/// What another program does to the file at the path.
type Attack = fn(&Path);

/// A file to which another program does something right before or after the second
/// write.
struct Attacked {
    file: RecordingFile,
    writes: usize,
    before: Attack,
    after: Attack,
    /// How many bytes the disk takes from the second write on; without a limit all.
    space: Option<usize>,
}

impl Storage for Attacked {
    fn refresh(&mut self, length: u64) -> io::Result<FileState> {
        self.file.refresh(length)
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writes += 1;
        if self.writes == 1 {
            return self.file.write(bytes);
        }
        let length = self.space.map_or(bytes.len(), |it| it.min(bytes.len()));
        if length == 0 {
            return Err(io::ErrorKind::StorageFull.into());
        }
        self.space = self.space.map(|it| it - length);
        if self.writes == 2 {
            (self.before)(&self.file.path);
        }
        let count = self.file.write(&bytes[..length]);
        if self.writes == 2 {
            (self.after)(&self.file.path);
        }
        count
    }

    fn sync(&mut self) -> io::Result<()> {
        self.file.sync()
    }

    fn holds(&mut self, burst: &Burst<'_>) -> io::Result<bool> {
        self.file.holds(burst)
    }

    fn remove(&mut self, last: &[u8]) -> io::Result<()> {
        self.file.remove(last)
    }

    fn is_open_to_others(&self) -> bool {
        self.file.is_open_to_others()
    }
}

const FIRST: &str = "{\"v\":1,\"seq\":1}\n";
const OTHER: &str = "{\"v\":1,\"other\":1}\n";
const SECOND: &str = "{\"v\":1,\"seq\":2}\n";

/// Appends one line, then another: a program does something after the first, before
/// the second is written, and after that. Returns the error, the file at the path,
/// the moved file, and what was counted.
fn appended(
    between: Attack,
    before: Attack,
    after: Attack,
) -> (Option<String>, String, String, Changes) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("chat.jsonl");
    let (file, tail) = RecordingFile::open(&path, true).unwrap();
    let attacked = Attacked { file, writes: 0, before, after, space: None };
    let mut journal = Journal::new(attacked, tail, true);
    assert!(journal.append(FIRST.as_bytes()).1.is_none());
    between(&path);
    let error = journal.append(SECOND.as_bytes()).1.map(|it| it.to_string());
    let text = |path: &Path| fs::read_to_string(path).unwrap_or_default();
    (error, text(&path), text(&moved(&path)), journal.changes())
}

fn moved(path: &Path) -> PathBuf {
    path.with_extension("1")
}

const NOTHING: Attack = |_| {};
const MOVE: Attack = |path| fs::rename(path, moved(path)).unwrap();
const REMOVE: Attack = |path| fs::remove_file(path).unwrap();
const EMPTY: Attack = |path| fs::write(path, "").unwrap();
const CUT: Attack = |path| File::options().write(true).open(path).unwrap().set_len(14).unwrap();
const HALF_A_LINE: Attack = |path| {
    File::options().append(true).open(path).unwrap().write_all(b"half").unwrap();
};
const A_LINE: Attack = |path| {
    File::options().append(true).open(path).unwrap().write_all(OTHER.as_bytes()).unwrap();
};
const OTHER_FILE: Attack = |path| {
    fs::remove_file(path).unwrap();
    fs::write(path, "{\n}\n").unwrap();
};
const LINK: Attack = |path| {
    let other = path.with_extension("json");
    fs::write(&other, "{\"a\":1}").unwrap();
    fs::remove_file(path).unwrap();
    std::os::unix::fs::symlink(other, path).unwrap();
};

#[test]
fn the_next_line_goes_into_a_new_file_when_the_last_was_moved_or_removed() {
    let new = Changes { new_files: 1, writes: 0 };
    let (file, old) = (SECOND.to_owned(), FIRST.to_owned());
    assert_eq!(appended(MOVE, NOTHING, NOTHING), (None, file.clone(), old, new));
    assert_eq!(appended(REMOVE, NOTHING, NOTHING), (None, file, String::new(), new));
}

#[test]
fn a_line_is_written_again_when_the_file_is_moved_or_removed_around_its_write() {
    let new = Changes { new_files: 1, writes: 0 };
    for (before, after) in [(MOVE, NOTHING), (NOTHING, MOVE)] {
        let expected = (None, SECOND.to_owned(), FIRST.to_owned(), new);
        assert_eq!(appended(NOTHING, before, after), expected, "and taken from the moved one");
    }
    for (before, after) in [(REMOVE, NOTHING), (NOTHING, REMOVE)] {
        let expected = (None, SECOND.to_owned(), String::new(), new);
        assert_eq!(appended(NOTHING, before, after), expected);
    }
}

#[test]
fn a_line_never_merges_with_what_another_program_cut_or_wrote_in_part() {
    let changed = Changes { new_files: 0, writes: 1 };
    let torn = &FIRST[..14];
    let file = |text: String| (None, text, String::new(), changed);
    assert_eq!(appended(CUT, NOTHING, NOTHING), file(format!("{torn}\n{SECOND}")));
    assert_eq!(appended(EMPTY, NOTHING, NOTHING), file(SECOND.to_owned()));
    assert_eq!(appended(HALF_A_LINE, NOTHING, NOTHING), file(format!("{FIRST}half\n{SECOND}")));
    assert_eq!(
        appended(NOTHING, HALF_A_LINE, NOTHING),
        file(format!("{FIRST}half{SECOND}{SECOND}")),
        "written again, as a line of its own"
    );
    assert_eq!(appended(NOTHING, NOTHING, EMPTY), file(SECOND.to_owned()));
    let written_again = file(format!("{torn}{SECOND}{SECOND}"));
    assert_eq!(appended(NOTHING, CUT, NOTHING), written_again);
}

#[test]
fn what_is_put_in_its_place_and_is_no_recording_stays_as_it_is() {
    for (attack, text) in [(OTHER_FILE, "{\n}\n"), (LINK, "{\"a\":1}")] {
        for (between, before, after) in
            [(attack, NOTHING, NOTHING), (NOTHING, attack, NOTHING), (NOTHING, NOTHING, attack)]
        {
            let (error, file, ..) = appended(between, before, after);
            assert_eq!(error.as_deref(), Some("the file is not a recording"));
            assert_eq!(file, text);
        }
    }
}

#[test]
fn a_removed_file_that_another_imscope_created_again_is_never_written_to() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("chat.jsonl");
    let (mut removed, _) = RecordingFile::open(&path, false).unwrap();
    fs::remove_file(&path).unwrap();
    let (_other, _) = RecordingFile::open(&path, false).unwrap();
    for _ in 0..2 {
        let error = removed.refresh(0).unwrap_err();
        assert_eq!(error.to_string(), "another imscope records to it");
    }
}

#[test]
fn what_a_full_disk_took_in_part_is_not_written_twice_whatever_another_program_appends() {
    let appended = |before, after| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("chat.jsonl");
        let (file, tail) = RecordingFile::open(&path, false).unwrap();
        let space = Some(SECOND.len() + 5);
        let attacked = Attacked { file, writes: 0, before, after, space };
        let mut journal = Journal::new(attacked, tail, false);
        assert!(journal.append(FIRST.as_bytes()).1.is_none());
        let (kept, error) = journal.append(format!("{SECOND}{{\"v\":1,\"seq\":3}}\n").as_bytes());
        assert_eq!(error.unwrap().kind(), io::ErrorKind::StorageFull);
        (kept, fs::read_to_string(&path).unwrap())
    };
    let kept = SECOND.len();
    assert_eq!(appended(NOTHING, NOTHING), (kept, format!("{FIRST}{SECOND}")));
    assert_eq!(appended(A_LINE, NOTHING), (kept, format!("{FIRST}{OTHER}{SECOND}")));
    let torn = format!("{FIRST}{SECOND}{{\"v\":{OTHER}");
    assert_eq!(appended(NOTHING, A_LINE), (kept, torn), "nothing of the other is removed");
    let merged = format!("{FIRST}half{SECOND}");
    assert_eq!(appended(HALF_A_LINE, NOTHING), (0, merged), "which is answered FAIL");
}

#[test]
fn a_disk_that_is_full_from_the_start_is_reported_as_full() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("chat.jsonl");
    // More than is read to recognize a recording, which ends within a line.
    fs::write(&path, FIRST.replace(":1}", ":100}").repeat(1000)).unwrap();
    let (file, tail) = RecordingFile::open(&path, false).unwrap();
    let (before, after) = (NOTHING, NOTHING);
    let full = Attacked { file, writes: 1, before, after, space: Some(0) };
    let (kept, error) = Journal::new(full, tail, false).append(SECOND.as_bytes());
    assert_eq!((kept, error.unwrap().kind()), (0, io::ErrorKind::StorageFull));
}
