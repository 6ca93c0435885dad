//! Saving to real files, and the question of `q`.

use std::fs;

use imscope::callback::jsonl;
use imscope_test_support::http::post_to;
use imscope_test_support::terminal::{Pty, WATCH};

const BODY: &str = r#"{"CallbackCommand":"X.Y","Text":"hello there"}"#;

const ASKING: [(&str, &str); 1] = [("IMSCOPE_QUIT_AT_ONCE", "false")];

#[test]
fn s_saves_to_a_new_file_and_q_asks_before() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.jsonl");
    let started = || {
        let mut pty = Pty::with(&WATCH, &ASKING);
        let url = pty.shows("Listening").url();
        post_to(&url, BODY);
        pty.shows("1 seen");
        pty
    };
    let typed = format!("\x15{}\r", path.display());
    let mut pty = started();
    pty.press("q").shows("neither recorded nor saved").press("s").shows("JSON Lines");
    // It quits when all is saved.
    assert!(pty.press("j").shows("file:").press(&typed).ends().success());
    let line = fs::read(&path).unwrap();
    assert_eq!(&*jsonl::decode(&line).unwrap().body, BODY.as_bytes());
    // It is not overwritten, and nothing is left beside it.
    let mut pty = started();
    pty.press("s").shows("all callbacks kept").press("a").shows("JSON Lines").press("j");
    pty.shows("file:").press(&typed).shows("exists, and is not overwritten").press("\x1b");
    assert_eq!(fs::read(&path).unwrap(), line);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    pty.hides("file:").press("saj").press("\x15/nowhere/a\r").shows("cannot save to /nowhere/a:");
    pty.press("\x1b").hides("file:");
    pty.press("q").shows("neither recorded nor saved").press("y");
    assert!(pty.ends().success());
}

#[test]
fn q_asks_neither_in_a_demo_nor_while_recording() {
    let folder = tempfile::tempdir().unwrap();
    let record = folder.path().join("a.jsonl").display().to_string();
    for args in [&["demo", "--seed", "1"][..], &[&WATCH[..], &["--record", &record]].concat()] {
        let mut pty = Pty::with(args, &ASKING);
        if args[0] != "demo" {
            let url = pty.shows("Listening").url();
            post_to(&url, BODY);
        }
        pty.shows(" seen").press("q");
        assert!(pty.ends().success());
    }
}
