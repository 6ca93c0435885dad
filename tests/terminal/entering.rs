//! The file of the filters and rules entered before.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use imscope_test_support::terminal::{Pty, WATCH};

#[test]
fn filters_are_offered_again_in_the_next_run_but_not_those_with_a_secret() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().to_str().unwrap();
    let kept = [("IMSCOPE_NO_HISTORY", "false"), ("XDG_STATE_HOME", state)];
    let with_token = [&kept[..], &[("IMSCOPE_TOKEN", "swordfish-4711")]].concat();
    let mut pty = Pty::with(&WATCH, &with_token);
    pty.shows("Listening").press("/from:\"小 明\"\r/").shows("from:\"小 明\"");
    pty.press("\x15text:swordfish-4711\r").press("q");
    assert!(pty.ends().success());
    let recording = folder.path().join("a.jsonl");
    fs::write(&recording, "").unwrap();
    let mut pty = Pty::with(&["open", recording.to_str().unwrap()], &with_token);
    pty.shows("0 seen").press("/text:swordfish-4711\r").press("q");
    assert!(pty.ends().success());
    let path = folder.path().join("imscope/history");
    assert_eq!(fs::read_to_string(&path).unwrap(), "filter from:\"小 明\"\n");
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let mut pty = Pty::with(&WATCH, &kept);
    pty.shows("Listening").press("/").shows("the acting user").press("\x1b[A");
    pty.shows("from:\"小 明\"").press("\x15").hides("from:\"小 明\"").press("\x1b");
    // In private mode none is read or written.
    pty.hides("the acting user").press("p").shows("private").press("/zebra\r").press("q");
    assert!(pty.ends().success());
    assert_eq!(fs::read_to_string(&path).unwrap(), "filter from:\"小 明\"\n");
}

#[test]
fn a_demo_and_the_option_leave_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().to_str().unwrap();
    let variables = [("IMSCOPE_NO_HISTORY", "false"), ("XDG_STATE_HOME", state)];
    for args in [&["demo", "--seed", "1"][..], &[&WATCH[..], &["--no-history"]].concat()] {
        let mut pty = Pty::with(args, &variables);
        pty.shows(" seen").press("/from:a\rq");
        assert!(pty.ends().success());
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_file_that_another_program_keeps_locked_does_not_keep_the_program_from_ending() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().to_str().unwrap();
    fs::create_dir(folder.path().join("imscope")).unwrap();
    let locked = fs::File::create(folder.path().join("imscope/history")).unwrap();
    locked.lock().unwrap();
    let variables = [("IMSCOPE_NO_HISTORY", "false"), ("XDG_STATE_HOME", state)];
    let mut pty = Pty::with(&WATCH, &variables);
    pty.shows("Listening").press("/from:a\r").shows("another program keeps it locked");
    assert!(pty.press("q").ends().success());
    drop(locked);
}

#[test]
fn an_arrow_in_one_read_with_esc_is_no_text() {
    let mut pty = Pty::imscope(&WATCH);
    pty.shows("Listening").press("/from:").shows("from:");
    // As text it would be key C, which asks a question that takes the next key.
    pty.press("\x1b\x1b[C").hides("from:").press("/").shows("the acting user");
    assert!(pty.press("\x1b").hides("the acting user").press("q").ends().success());
}
