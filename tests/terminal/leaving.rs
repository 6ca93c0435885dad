//! After any end of the program the terminal is restored and the status is right.

use std::fs;
use std::net::TcpListener;
use std::process::Command;

use rustix::process::Signal;
use vt100::Screen;

use imscope_test_support::http::Client;
use imscope_test_support::program;
use imscope_test_support::terminal::{self, Pty, WATCH};

#[test]
fn the_terminal_is_restored_on_exit() {
    for keys in ["q", "\x03", "4z?\x03"] {
        let mut pty = Pty::imscope(&WATCH);
        pty.shows("Listening");
        pty.until("taken", |it| it.alternate_screen() && it.bracketed_paste() && it.hide_cursor());
        assert!(pty.press(keys).ends().success());
        pty.assert_restored();
        assert!(!pty.screen().contains("imscope"), "{}", pty.screen());
    }
}

#[test]
fn the_mouse_is_reported_while_it_is_used_and_never_afterwards() {
    let mut pty = Pty::imscope(&[&WATCH[..], &["--mouse"]].concat());
    pty.shows("Listening");
    for keys in ["", "M"] {
        pty.press(keys).until("taken", terminal::reports_mouse);
        pty.press("M").until("left", |it| !terminal::reports_mouse(it));
    }
    pty.press("M").until("taken", terminal::reports_mouse);
    // A click that the terminal reports is read as one, and no character of it as a key.
    pty.press("t").shows("1 seen").press("\x1b[<0;5;4M").hides("following");
    assert!(pty.press("q").ends().success());
    pty.assert_restored();
}

#[test]
fn the_mouse_is_the_editors_while_that_runs() {
    let folder = tempfile::tempdir().unwrap();
    let gate = folder.path().join("gate");
    assert!(Command::new("mkfifo").arg(&gate).status().unwrap().success());
    let editor = format!("sh -c 'echo editing; cat {}'", gate.display());
    let app = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", app.local_addr().unwrap());
    let options = [&WATCH[..], &["--mouse", "--forward", &url]].concat();
    let mut pty = Pty::with(&options, &[("EDITOR", &editor)]);
    pty.shows("Listening").until("taken", terminal::reports_mouse);
    let address = pty.url().strip_prefix("http://").unwrap().parse().unwrap();
    // The app closes the connection: imscope answers for it.
    drop(app);
    Client::connect(address).unwrap().post("/", br#"{"CallbackCommand":"X.Y"}"#).unwrap();
    pty.shows("1 seen").press("e").shows("editing");
    pty.until("left to the editor", |it| !terminal::reports_mouse(it));
    fs::write(&gate, "").unwrap();
    pty.until("used again", terminal::reports_mouse).press("q");
    assert!(pty.ends().success());
    pty.assert_restored();
}

#[test]
fn signals_end_it_cleanly() {
    for signal in [Signal::TERM, Signal::INT, Signal::HUP] {
        let mut pty = Pty::imscope(&WATCH);
        pty.shows("Listening").signal(signal);
        let end = pty.ends();
        assert!(end.success(), "{signal:?}: {end:?}");
        pty.assert_restored();
    }
}

#[test]
fn ctrl_z_gives_the_shell_its_screen_and_fg_comes_back() {
    let options = WATCH.join(" ");
    let line = format!("{} {options} --mouse; echo status $?\n", program::path().display());
    let mut command = terminal::command("sh");
    command.arg("-i");
    command.env("PS1", "shell> ");
    let mut pty = Pty::run(command, 100, 30);
    pty.shows("shell>").press(&line).shows("Listening").press("t").shows("1 seen").press("\x1a");
    pty.until("stopped", |it| !it.alternate_screen() && it.contents().contains("topped"));
    pty.until("given back", |it| {
        !it.bracketed_paste() && !it.hide_cursor() && !terminal::reports_mouse(it)
    });
    pty.press("fg\n").until("back", |it| it.alternate_screen() && it.bracketed_paste());
    pty.until("used again", terminal::reports_mouse);
    pty.shows("1 seen").shows("Flow").press("tq");
    // What is typed before the prompt may still be read by the program.
    let is_left = |it: &Screen| !it.alternate_screen() && it.contents().trim_end().ends_with('>');
    pty.until("left", is_left).press("exit 3\n");
    assert_eq!(pty.ends().exit_code(), 3);
    pty.assert_restored();
}

#[test]
fn a_program_that_is_continued_without_a_stop_still_knows_that_the_mouse_is_reported() {
    const ENTER: &str = "\x1b[?1049h";
    let mut pty = Pty::imscope(&[&WATCH[..], &["--mouse"]].concat());
    pty.shows("Listening").until("taken", terminal::reports_mouse).signal(Signal::CONT);
    let entered = |it: &[u8]| String::from_utf8_lossy(it).matches(ENTER).count();
    pty.until_bytes("entered again", |it| entered(it) == 2);
    let output = String::from_utf8_lossy(&pty.bytes()).into_owned();
    let (before, _) = output.rsplit_once(ENTER).unwrap();
    assert!(before.ends_with("\x1b[?1000l"), "{before:?}");
    assert!(pty.press("q").ends().success());
    pty.assert_restored();
}

#[test]
fn a_terminal_that_is_gone_ends_it_without_a_crash() {
    let mut pty = Pty::imscope(&WATCH);
    pty.shows("Listening").hang_up();
    let end = pty.ends();
    assert_eq!(end.signal(), None, "{end:?}");
}

#[test]
fn a_port_in_use_is_one_sentence_and_no_escape_code() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let mut pty = Pty::imscope(&["--listen", &address]);
    assert_eq!(pty.ends().exit_code(), 1);
    pty.shows("in use");
    let text = String::from_utf8(pty.bytes()).unwrap();
    assert!(!text.contains('\x1b'), "{text:?}");
    pty.assert_restored();

    let output = program::run(&["--listen", &address]);
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0), "{text}");
    assert!(text.contains(&address) && text.lines().count() == 1, "{text}");
}

#[test]
fn a_missing_terminal_is_an_error() {
    let output = program::run(&WATCH);
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0), "{text}");
    assert!(text.contains("needs a terminal") && text.lines().count() == 1, "{text}");
}

#[test]
fn a_wrong_option_is_a_mistake_of_usage() {
    let output = program::run(&["--listen", "nowhere"]);
    assert_eq!(output.status.code(), Some(2));
}
