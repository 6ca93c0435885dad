//! `kill -9` under load: what a client saw answered OK is in the file.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::Read as _;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use imscope::callback::jsonl;
use imscope_test_support::http::Client;
use imscope_test_support::tail::{Tail, bodies};
use imscope_test_support::{OK, until};

const CLIENTS: usize = 4;

/// Posts until the connection breaks; returns the bodies that were answered OK.
fn load(address: SocketAddr, name: usize, answered: &AtomicUsize) -> Vec<Vec<u8>> {
    let mut client = Client::connect(address).unwrap();
    let mut seen = Vec::new();
    for nth in 0.. {
        // Some are long, so that lines are torn at other places than pages are.
        let text = "小".repeat(if nth % 7 == 0 { 5000 } else { nth % 50 });
        let body = format!(r#"{{"from":"{name}","nth":{nth},"text":"{text}"}}"#).into_bytes();
        match client.post("/", &body) {
            Ok(answer) if answer == OK => seen.push(body),
            Ok(answer) => panic!("answered {answer}"),
            Err(_) => break,
        }
        answered.fetch_add(1, Ordering::Relaxed);
    }
    seen
}

/// Kills it after so many answers; returns what clients saw, and the file.
fn crash(after: usize, fsync: bool) -> (Vec<Vec<u8>>, Vec<u8>) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("chat.jsonl");
    let mut args = vec!["--record", file.to_str().unwrap()];
    args.extend(fsync.then_some("--fsync"));
    let mut tail = Tail::start(&args);
    let (address, answered) = (tail.address, &AtomicUsize::new(0));
    let seen = thread::scope(|scope| {
        let clients: Vec<_> =
            (0..CLIENTS).map(|name| scope.spawn(move || load(address, name, answered))).collect();
        until("enough is answered", || answered.load(Ordering::Relaxed) >= after);
        tail.child.kill().unwrap();
        clients.into_iter().flat_map(|it| it.join().unwrap()).collect()
    });
    tail.child.wait().unwrap();
    (seen, fs::read(file).unwrap())
}

#[test]
fn nothing_that_was_answered_ok_is_lost_when_it_is_killed() {
    let mut random = fastrand::Rng::with_seed(9527);
    for round in 0..20 {
        let after = random.usize(1..600);
        let (seen, mut file) = crash(after, round % 4 == 3);
        assert!(seen.len() >= after, "{} of {after} in round {round}", seen.len());
        let complete = memchr::memrchr(b'\n', &file).map_or(0, |at| at + 1);
        file.truncate(complete);
        let mut recorded = HashSet::new();
        for (nth, text) in file.split_inclusive(|it| *it == b'\n').enumerate() {
            let delivery = jsonl::decode(text).unwrap();
            assert_eq!(delivery.seq.0, nth as u64 + 1);
            recorded.insert(delivery.body.into_vec());
        }
        let lost = seen.iter().filter(|it| !recorded.contains(*it)).count();
        assert_eq!(lost, 0, "lost in round {round}, killed after {after} answers");
        let more = recorded.len() - seen.len();
        assert!(more <= CLIENTS, "{more} were recorded, but for those on their way");
    }
}

/// Takes the file at the path away many times under load, with `--fsync`. Returns how
/// many lines that clients saw answered are neither in a file at the time it was
/// taken away, nor in the last one.
fn lost(take: impl Fn(&Path, usize)) -> usize {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("chat.jsonl");
    let mut tail = Tail::start(&["--record", path.to_str().unwrap(), "--fsync"]);
    let (address, answered) = (tail.address, &AtomicUsize::new(0));
    let mut files = Vec::new();
    let seen: Vec<_> = thread::scope(|scope| {
        let clients: Vec<_> =
            (0..CLIENTS).map(|name| scope.spawn(move || load(address, name, answered))).collect();
        for nth in 0..200 {
            let goal = answered.load(Ordering::Relaxed) + nth % 5;
            until("more is answered", || answered.load(Ordering::Relaxed) >= goal);
            let Ok(mut file) = File::open(&path) else { continue };
            take(&path, nth);
            let length = file.metadata().unwrap().len();
            let mut text = Vec::new();
            (&mut file).take(length).read_to_end(&mut text).unwrap();
            files.push(text);
        }
        tail.child.kill().unwrap();
        clients.into_iter().flat_map(|it| it.join().unwrap()).collect()
    });
    tail.child.wait().unwrap();
    files.push(fs::read(path).unwrap_or_default());
    let lines = files.iter().flat_map(|it| it.split_inclusive(|it| *it == b'\n'));
    let recorded: HashSet<_> =
        lines.filter_map(|it| jsonl::decode(it).ok()).map(|it| it.body.into_vec()).collect();
    seen.iter().filter(|it| !recorded.contains(*it)).count()
}

#[test]
fn nothing_that_was_answered_ok_is_lost_when_the_file_is_removed_or_moved() {
    assert_eq!(lost(|path, _| fs::remove_file(path).unwrap()), 0, "removed");
    let moved = |path: &Path, nth| path.with_extension(format!("{nth}"));
    assert_eq!(lost(|path, nth| fs::rename(path, moved(path, nth)).unwrap()), 0, "moved");
}

#[test]
fn a_recording_goes_on_after_a_torn_line() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("chat.jsonl");
    let tail = Tail::recording(&file);
    tail.connect().post_ok("[1]");
    drop(tail);
    let complete = fs::read(&file).unwrap();
    fs::write(&file, [&complete[..], &complete[..complete.len() / 2]].concat()).unwrap();
    let tail = Tail::recording(&file);
    tail.connect().post_ok("[2]");
    let now = fs::read_to_string(&file).unwrap();
    let lines: Vec<_> = now.lines().collect();
    assert_eq!(lines.len(), 3);
    assert_eq!(bodies(format!("{}\n{}\n", lines[0], lines[2]).as_bytes()), ["[1]", "[2]"]);
}
