//! Tests of the file of entered texts.

use std::os::unix::fs::{PermissionsExt as _, symlink};

use super::*;

fn filter(text: impl Into<String>) -> EnteredText {
    EnteredText { kind: InputKind::Filter, text: text.into() }
}

fn append(path: &Path, entered: &EnteredText) -> io::Result<()> {
    super::append(path, entered, &mut |error| panic!("{error}"))
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().mode() & 0o777
}

#[test]
fn texts_are_read_back_from_a_file_that_only_its_owner_can_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state/imscope/history");
    assert_eq!(read(&path).unwrap(), []);
    let rule = EnteredText { kind: InputKind::Rule, text: "from:\"小 明\" => deny".to_owned() };
    let texts = [filter("from:jared 🧧"), rule];
    for it in &texts {
        append(&path, it).unwrap();
    }
    append(&path, &filter("two\nlines")).unwrap();
    assert_eq!(read(&path).unwrap(), texts);
    assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
}

#[test]
fn the_oldest_texts_are_removed_also_through_a_link() {
    let folder = tempfile::tempdir().unwrap();
    let [path, link] = ["history", "link"].map(|it| folder.path().join(it));
    let lines: Vec<_> = (0..MAX_LINES).map(|it| format!("filter {it}\n")).collect();
    fs::write(&path, lines.concat() + "filter cut").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    symlink("history", &link).unwrap();
    append(&link, &filter("new")).unwrap();
    let texts = read(&path).unwrap();
    assert_eq!(texts.len(), MAX_LINES);
    assert_eq!((&*texts[0].text, &*texts[MAX_LINES - 1].text), ("2", "new"));
    assert_eq!(texts[MAX_LINES - 2].text, "cut");
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!((mode(&path), fs::read_dir(folder.path()).unwrap().count()), (0o600, 2));
}

/// A lock that others hold for long is no error here: they are slow where the disk is.
fn only_late(error: &io::Error) {
    assert_eq!(error.kind(), io::ErrorKind::WouldBlock);
}

#[test]
fn several_writers_lose_nothing_also_while_the_oldest_are_removed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("history");
    let lines: Vec<_> = (0..MAX_LINES - 40).map(|it| format!("filter old {it}\n")).collect();
    fs::write(&path, lines.concat()).unwrap();
    let write = |name: char| {
        let writer = EnteredWriter::new(path.clone(), |it| only_late(&it)).unwrap();
        (0..40).for_each(|nth| writer.write(filter(format!("{name} {nth}"))));
        writer
    };
    drop(['a', 'b', 'c', 'd'].map(write));
    let texts = read(&path).unwrap();
    assert_eq!(texts.len(), MAX_LINES);
    for name in ['a', 'b', 'c', 'd'] {
        let own = texts.iter().map(|it| &*it.text).filter(|it| it.starts_with(&format!("{name} ")));
        assert!(own.eq((0..40).map(|nth| format!("{name} {nth}"))), "{name}");
    }
}

#[test]
fn what_is_no_file_is_left_alone_and_an_error_is_reported_once() {
    let null = Path::new("/dev/null");
    append(null, &filter("a")).unwrap();
    assert_eq!(read(null).unwrap(), []);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let (sender, receiver) = channel();
    let writer = EnteredWriter::new(file.join("history"), move |it| sender.send(it).unwrap());
    let writer = writer.unwrap();
    for it in ["a", "b"] {
        writer.write(filter(it));
    }
    drop(writer);
    assert_eq!(receiver.iter().count(), 1);
}

#[test]
fn a_file_that_another_program_keeps_locked_is_reported_and_delays_no_end() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("history");
    let locked = File::create(&path).unwrap();
    locked.lock().unwrap();
    let (sender, receiver) = channel();
    let writer = EnteredWriter::new(path.clone(), move |it| sender.send(it.kind()).unwrap());
    let writer = writer.unwrap();
    writer.write(filter("late"));
    assert_eq!(receiver.recv(), Ok(io::ErrorKind::WouldBlock));
    // Returns although the lock is held.
    drop(writer);
    assert_eq!(read(&path).unwrap(), []);
}

#[test]
fn a_pipe_in_the_place_of_the_file_is_not_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("history");
    rustix::fs::mknodat(rustix::fs::CWD, &path, rustix::fs::FileType::Fifo, 0o600.into(), 0)
        .unwrap();
    assert_eq!(read(&path).unwrap(), []);
    append(&path, &filter("a")).unwrap();
}

#[test]
fn the_newest_lines_of_a_file_that_is_too_long_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("history");
    let long = "x".repeat(1 << 20);
    let lines: Vec<_> = (0..6).map(|it| format!("filter {it}{long}\n")).collect();
    fs::write(&path, lines.concat()).unwrap();
    let first = |it: &EnteredText| it.text.chars().next().unwrap();
    assert!(read(&path).unwrap().iter().map(first).eq(['3', '4', '5']));
    append(&path, &filter("new")).unwrap();
    assert!(read(&path).unwrap().iter().map(first).eq(['3', '4', '5', 'n']));
    assert!(fs::metadata(&path).unwrap().len() < MAX_BYTES);
    // Lines that end where the part begins that is read are whole.
    let line = format!("filter {}\n", "y".repeat((1 << 20) - 8));
    fs::write(&path, line.repeat(5)).unwrap();
    assert_eq!(read(&path).unwrap().len(), 4);
}
