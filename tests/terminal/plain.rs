//! Terminals that cannot show the dashboard.

use imscope_test_support::program;
use imscope_test_support::terminal::{self, Pty, WATCH};
use rustix::process::Signal;

/// A program in a terminal that `TERM` describes, or does not.
fn run(args: &[&str], term: Option<&str>) -> Pty {
    let mut command = terminal::command(program::path());
    command.args(args);
    match term {
        Some(term) => command.env("TERM", term),
        None => command.env_remove("TERM"),
    }
    command.env("LANG", "C");
    Pty::run(command, 160, 30)
}

#[test]
fn a_plain_terminal_gets_the_text_of_tail_and_no_escape_code() {
    let rings = [&WATCH[..], &["--bell", "ok"]].concat();
    for (args, term, end) in [
        (&WATCH[..], Some("dumb"), "\x03"),
        (&WATCH, None, "\x03"),
        (&rings, Some("unknown"), ""),
        (&rings, Some("vt52"), "\x03"),
        (&rings, None, "\x03"),
    ] {
        let mut pty = run(args, term);
        let url = pty.shows("imscope: this terminal (TERM=").shows("listening on").url();
        let sent = program::run(&["send", &url, "--from", "jared", "--text", "hello from afar"]);
        assert!(sent.status.success(), "{sent:?}");
        pty.shows("  jared > Jonh  text  hello from afar  ok");
        match end {
            "" => _ = pty.signal(Signal::TERM),
            keys => _ = pty.press(keys),
        }
        assert!(pty.ends().success());
        let text = String::from_utf8(pty.bytes()).unwrap();
        assert!(text.is_ascii() && !text.contains('\x1b'), "{text:?}");
        assert_eq!(text.contains('\x07'), args.contains(&"--bell"), "{text:?}");
        assert_eq!(text.matches("this terminal (TERM=").count(), 1, "{text}");
        pty.assert_restored();
    }
}

#[test]
fn the_demo_and_its_filter_are_text_on_a_plain_terminal() {
    let mut pty = run(&["demo", "--utc", "--filter", "from:jared"], Some("dumb"));
    pty.shows("no screen for the dashboard").shows("jared > ").press("\x03");
    assert!(pty.ends().success());
    let text = String::from_utf8(pty.bytes()).unwrap();
    assert!(!text.contains('\x1b'), "{text:?}");
    let lines = text.lines().filter(|it| it.contains(" > "));
    assert!(lines.clone().all(|it| it.contains("  jared > ")), "{text}");
}

#[test]
fn a_recording_is_not_opened_on_a_plain_terminal() {
    let mut pty = run(&["open", "/dev/null"], Some("dumb"));
    assert_eq!(pty.ends().exit_code(), 1);
    pty.shows("TERM=dumb");
    assert!(!pty.bytes().contains(&0x1b));
}
