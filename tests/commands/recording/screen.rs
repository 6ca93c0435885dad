//! `imscope open` on a terminal: from a file, and at the end of a pipe.

use std::fs;
use std::io::{Read as _, Write};
use std::net::SocketAddr;
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex};
use std::thread;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use imscope::callback::{Delivery, Seq, Timestamp, jsonl};
use portable_pty::{Child, CommandBuilder, PtySize, native_pty_system};

use super::harness::{Client, GUARD, bodies, until};

fn parser() -> vt100::Parser {
    let cells = |it| NonZeroU16::new(it).unwrap();
    vt100::Parser::new(cells(36), cells(120), 0)
}

/// A program on a terminal of its own.
struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    screen: Arc<(Mutex<vt100::Parser>, Condvar)>,
    /// All bytes written to the terminal so far.
    output: Arc<Mutex<Vec<u8>>>,
}

impl Terminal {
    fn start(script: &str, folder: &Path) -> Self {
        let size = PtySize { rows: 36, cols: 120, ..PtySize::default() };
        let pty = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new("sh");
        command.args(["-c", script]);
        command.cwd(folder);
        command.env("TERM", "xterm-256color");
        command.env("IMSCOPE", env!("CARGO_BIN_EXE_imscope"));
        let child = pty.slave.spawn_command(command).unwrap();
        let (keys, mut output) = (pty.master.take_writer(), pty.master.try_clone_reader().unwrap());
        let screen = Arc::new((Mutex::new(parser()), Condvar::new()));
        let shown = Arc::clone(&screen);
        let all = Arc::new(Mutex::new(Vec::new()));
        let written = Arc::clone(&all);
        thread::spawn(move || {
            let _pty = pty;
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = output.read(&mut bytes) {
                written.lock().unwrap().extend_from_slice(&bytes[..count]);
                shown.0.lock().unwrap().process(&bytes[..count]);
                shown.1.notify_all();
            }
        });
        Self { child, keys: keys.unwrap(), screen, output: all }
    }

    fn wait_for(&self, what: &str) {
        let parser = self.screen.0.lock().unwrap();
        let waits = |it: &mut vt100::Parser| !it.screen().contents().contains(what);
        let (parser, timeout) = self.screen.1.wait_timeout_while(parser, GUARD, waits).unwrap();
        assert!(!timeout.timed_out(), "no {what} in\n{}", parser.screen().contents());
    }

    fn press(&mut self, key: u8) {
        self.keys.write_all(&[key]).unwrap();
    }

    /// Presses q, and waits for the end of all programs.
    fn leave(mut self) {
        self.press(b'q');
        self.end(|| {});
    }

    fn end(mut self, mut meanwhile: impl FnMut()) {
        until("the programs have ended", || {
            meanwhile();
            self.child.try_wait().unwrap().is_some()
        });
        assert!(self.child.wait().unwrap().success());
    }
}

fn body(text: &str) -> String {
    format!(
        r#"{{"CallbackCommand":"C2C.CallbackAfterSendMsg","From_Account":"jared","To_Account":"Jonh","MsgBody":[{{"MsgType":"TIMTextElem","MsgContent":{{"Text":"{text}"}}}}]}}"#
    )
}

#[test]
fn a_file_opens_with_its_name_and_its_broken_lines_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let mut text = Vec::new();
    for said in ["first words", "last words"] {
        let body = body(said).into_bytes().into();
        let at = Timestamp::from_secs(1_700_000_000);
        jsonl::encode(
            &Delivery {
                at,
                method: "POST".into(),
                target: "/".into(),
                body,
                ..Delivery::default()
            },
            &mut text,
        );
        text.extend_from_slice(b"oops\n");
    }
    text.extend_from_slice(b"{\"v\":1,\"torn");
    fs::write(folder.path().join("chat.jsonl"), text).unwrap();
    let terminal = Terminal::start("\"$IMSCOPE\" open chat.jsonl", folder.path());
    terminal.wait_for("● chat.jsonl");
    terminal.wait_for("first words");
    terminal.wait_for("last words");
    terminal.wait_for("chat.jsonl: 2 lines are skipped, the first is 2: no JSON at column 1");
    terminal.wait_for("2 seen");
    terminal.leave();
}

#[test]
fn a_copied_delivery_keeps_the_sequence_number_of_its_recording() {
    let folder = tempfile::tempdir().unwrap();
    let mut text = Vec::new();
    for seq in [1001, 1007] {
        let body = body("numbered").into_bytes().into();
        let (method, target) = ("POST".into(), "/".into());
        let delivery = Delivery { seq: Seq(seq), method, target, body, ..Delivery::default() };
        jsonl::encode(&delivery, &mut text);
    }
    fs::write(folder.path().join("chat.jsonl"), &text).unwrap();
    let mut terminal = Terminal::start("\"$IMSCOPE\" open chat.jsonl", folder.path());
    terminal.wait_for("2 seen");
    for key in *b"kYd" {
        terminal.press(key);
    }
    terminal.wait_for("OSC 52");
    let output = String::from_utf8_lossy(&terminal.output.lock().unwrap()).into_owned();
    let copied = output.split("\x1b]52;c;").nth(1).unwrap().split(['\x1b', '\x07']).next().unwrap();
    let copied = STANDARD.decode(copied).unwrap();
    let first = text.split_inclusive(|it| *it == b'\n').next().unwrap();
    assert_eq!(String::from_utf8_lossy(&copied), String::from_utf8_lossy(first));
    terminal.leave();
}

/// Where the listener of a script listens, which tells it to a file.
fn address(folder: &Path) -> SocketAddr {
    let told = || fs::read_to_string(folder.join("told")).unwrap_or_default();
    until("it tells where it listens", || told().ends_with('\n'));
    told().trim_end().rsplit_once('/').unwrap().1.parse().unwrap()
}

const TAIL: &str = "\"$IMSCOPE\" tail --listen 127.0.0.1:0 2>told";

#[test]
fn a_live_pipe_is_followed_and_keys_come_from_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let script = format!("{TAIL} | \"$IMSCOPE\" open -");
    let terminal = Terminal::start(&script, folder.path());
    terminal.wait_for("standard input");
    let mut client = Client::connect(address(folder.path())).unwrap();
    for said in ["one of these", "and another"] {
        client.post_ok(body(said));
        terminal.wait_for(said);
    }
    // The other end notices that nobody reads any more, and ends too.
    terminal.leave();
}

#[test]
fn a_pipe_may_have_a_branch_into_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let script = format!("{TAIL} | tee chat.jsonl | \"$IMSCOPE\" open -");
    let mut terminal = Terminal::start(&script, folder.path());
    let mut client = Client::connect(address(folder.path())).unwrap();
    client.post_ok(body("seen and kept"));
    terminal.wait_for("seen and kept");
    let kept = fs::read(folder.path().join("chat.jsonl")).unwrap();
    assert_eq!(bodies(&kept), [body("seen and kept")]);
    terminal.press(b'q');
    // tee notices that nobody reads any more only with the next line.
    terminal.end(|| _ = client.post("/", b"[]"));
}

#[test]
fn the_header_shows_the_recording_and_its_size() {
    let folder = tempfile::tempdir().unwrap();
    let script = "\"$IMSCOPE\" --listen 127.0.0.1:0 --record chat.jsonl";
    let mut terminal = Terminal::start(script, folder.path());
    terminal.wait_for("● rec chat.jsonl 0 B");
    terminal.press(b't');
    terminal.wait_for("1 seen");
    let shown = terminal.screen.0.lock().unwrap().screen().contents();
    assert!(shown.contains("● rec chat.jsonl ") && !shown.contains("jsonl 0 B"), "{shown}");
    terminal.leave();
}
