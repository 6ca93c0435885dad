//! The bell of a real terminal, and commands while the dashboard runs.

use std::fs;
use std::path::Path;

use imscope_test_support::http::post_to;
use imscope_test_support::tail::bodies;
use imscope_test_support::terminal::{Pty, WATCH, command};
use imscope_test_support::{program, until};

const FAILED: &str = r#"{"CallbackCommand":"C2C.CallbackAfterSendMsg","From_Account":"mallory",
 "To_Account":"bob","MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"join; now"}}],
 "SendMsgResult":80001}"#;

/// What a ring wrote: the messages for the desktop, and how many bells beside these.
fn rings(bytes: &[u8]) -> (Vec<String>, usize) {
    let text = String::from_utf8_lossy(bytes);
    let message = |it: &str| it.split_once("\x1b\\").unwrap().0.to_owned();
    let messages = text.split("\x1b]777;notify;imscope;").skip(1).map(message).collect();
    (messages, text.matches('\x07').count())
}

#[test]
fn a_failure_rings_between_two_frames_and_a_run_of_them_once_more() {
    let mut pty = Pty::imscope(&[&WATCH[..], &["--bell", "failed"]].concat());
    let url = pty.shows("Listening").url();
    post_to(&url, &FAILED.replace("80001", "0"));
    post_to(&url, FAILED);
    pty.shows("2 seen");
    pty.writes("\x07");
    let (messages, bells) = rings(&pty.bytes());
    let text = "mallory → bob join, now · 80001 text blocked by content check";
    assert_eq!((messages.as_slice(), bells), (&[text.to_owned()][..], 1));
    // Not within a frame, which is between these.
    let bytes = String::from_utf8(pty.bytes()).unwrap();
    let before = bytes.split_once('\x07').unwrap().0;
    assert_eq!(before.matches("\x1b[?2026h").count(), before.matches("\x1b[?2026l").count());
    for _ in 0..5 {
        post_to(&url, FAILED);
    }
    pty.shows("7 seen").writes("5 callbacks in 3 s: failed\x1b\\");
    let (messages, bells) = rings(&pty.bytes());
    assert_eq!((messages[1].as_str(), bells), ("5 callbacks in 3 s: failed", 2));
    assert!(pty.press("q").ends().success());
    pty.assert_restored();
}

#[test]
fn a_terminal_gets_the_sequence_that_it_takes() {
    for (variables, expected) in [
        (&[("TERM_PROGRAM", "iTerm.app")][..], "\x07\x1b]9;imscope: mallory → bob"),
        (&[("TMUX", "/tmp/x")], "\x07\x1bPtmux;\x1b\x1b]777;notify;imscope;mallory"),
        (&[("TERM", "linux")], "\x07\x1b[?2026h"),
    ] {
        let mut pty = Pty::with(&[&WATCH[..], &["--bell", "failed"]].concat(), variables);
        let url = pty.shows("Listening").url();
        post_to(&url, FAILED);
        pty.writes(expected).shows("1 seen");
        let bytes = String::from_utf8(pty.bytes()).unwrap();
        let messages = bytes.matches("notify;").count() + bytes.matches("]9;").count();
        assert_eq!(messages, expected.matches("imscope").count(), "{variables:?}");
        pty.press("q").ends();
    }
}

#[test]
fn tail_rings_after_the_line_and_not_into_a_pipe() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out");
    let line = format!(
        "'{}' tail --listen 127.0.0.1:0 --format text --bell failed",
        program::path().display()
    );
    for (redirection, rung) in [("", true), (" >'OUT'", true), (" >'OUT' 2>'OUT.log'", false)] {
        let redirection = redirection.replace("OUT", path.to_str().unwrap());
        let mut shell = command("sh");
        shell.args(["-c", &format!("{line}{redirection}")]);
        let mut pty = Pty::run(shell, 200, 30);
        let log = folder.path().join("out.log");
        let url = match rung {
            true => pty.shows("listening on").url(),
            false => address(&log),
        };
        post_to(&url, FAILED);
        let printed = || fs::read_to_string(&path).unwrap_or_default();
        let has_ended = |it: &str| it.contains("80001 text blocked");
        match redirection.is_empty() {
            true => _ = pty.shows("80001 text blocked"),
            false => until("the line is printed", || has_ended(&printed())),
        }
        pty.press("\x03").ends();
        let (messages, bells) = rings(&pty.bytes());
        assert_eq!(
            (messages.len(), bells),
            (usize::from(rung), usize::from(rung)),
            "{redirection}"
        );
        assert!(!printed().contains('\x07'), "{}", printed());
        let _ = fs::remove_file(&path);
    }
}

/// The URL in what was written to a file.
fn address(log: &Path) -> String {
    let mut found = None;
    until("the URL is printed", || {
        let text = fs::read_to_string(log).unwrap_or_default();
        let rest = text.split_once("listening on ").map(|(_, it)| it);
        found = rest.and_then(|it| Some(it.split_once('\n')?.0.to_owned()));
        found.is_some()
    });
    found.unwrap()
}

#[test]
fn a_command_runs_beside_the_dashboard_its_output_is_not_shown_and_its_failure_is() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("alerts.jsonl");
    let append = format!("echo on the screen; cat >> '{}'", file.display());
    let fail = "echo on the screen; echo out of luck >&2; exit 3";
    let args = ["--on", "failed", &append, "--on", "from:mallory", fail, "--utc"];
    let mut pty = Pty::imscope(&[&["--listen", "127.0.0.1:0"], &args[..]].concat());
    let url = pty.shows("Listening").url();
    post_to(&url, FAILED);
    pty.shows("--on 'from:mallory': exit status: 3: out of luck").hides("on the screen");
    assert!(pty.press("q").ends().success());
    assert_eq!(bodies(&fs::read(&file).unwrap()), [FAILED]);
    pty.assert_restored();
}
