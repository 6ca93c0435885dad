//! Few files may be open: the places for connections, and a clear end without any.

use std::process::Command;

use imscope_test_support::program::{clean, path};
use imscope_test_support::tail::Tail;

/// imscope, allowed to open so many files.
fn with_files(limit: usize) -> Command {
    let mut command = Command::new("sh");
    clean(&mut command);
    command.args(["-c", &format!(r#"ulimit -n {limit}; exec "$0" "$@""#)]).arg(path());
    command
}

#[test]
fn when_all_places_are_taken_the_connection_that_rests_longest_is_closed() {
    let tail = Tail::spawn(with_files(100), &[]);
    let mut kept = tail.connect();
    kept.post_ok("[0]");
    let mut resting: Vec<_> = (0..150).map(|_| tail.connect()).collect();
    tail.connect().post_ok("[1]");
    assert!(kept.post("/", b"[2]").is_err(), "it had rested longest");
    resting.last_mut().unwrap().post_ok("[3]");
}

#[test]
fn too_few_files_are_one_sentence() {
    for limit in 8..32 {
        for command in [&["tail", "--listen", "127.0.0.1:0"][..], &["send", "http://127.0.0.1:1/"]]
        {
            let output = with_files(limit).args(command).output().unwrap();
            let error = String::from_utf8_lossy(&output.stderr);
            let expected = format!(
                "imscope: only {limit} files may be open, too few: raise the limit (ulimit -n 1024)\n"
            );
            assert_eq!((output.status.code(), &*error), (Some(1), &*expected));
        }
    }
}
