//! `imscope open` on a terminal: from a file, and at the end of a pipe.

use std::fs;
use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use imscope::callback::{Delivery, Seq, Timestamp, jsonl};
use imscope_test_support::http::Client;
use imscope_test_support::program;
use imscope_test_support::tail::bodies;
use imscope_test_support::terminal::{self, Pty};
use imscope_test_support::until;

/// A script in a terminal of its own.
fn start(script: &str, folder: &Path) -> Pty {
    let mut command = terminal::command("sh");
    command.args(["-c", script]);
    command.cwd(folder);
    command.env("IMSCOPE", program::path());
    Pty::run(command, 120, 36)
}

/// Presses q, and waits for the end of all programs.
fn leave(mut pty: Pty) {
    assert!(pty.press("q").ends().success());
}

fn body(text: &str) -> String {
    format!(
        r#"{{"CallbackCommand":"C2C.CallbackAfterSendMsg","From_Account":"jared","To_Account":"Jonh","MsgBody":[{{"MsgType":"TIMTextElem","MsgContent":{{"Text":"{text}"}}}}]}}"#
    )
}

#[test]
fn a_file_opens_with_its_name_and_its_broken_lines_are_reported() {
    let folder = tempfile::tempdir().unwrap();
    let mut text = Vec::new();
    for words in ["first words", "last words"] {
        let body = body(words).into_bytes().into();
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
    let mut pty = start("\"$IMSCOPE\" open chat.jsonl", folder.path());
    pty.shows("● chat.jsonl");
    pty.shows("first words");
    pty.shows("last words");
    pty.shows("chat.jsonl: 2 lines are skipped, the first is 2: not JSON at column 1");
    pty.shows("2 seen");
    leave(pty);
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
    let mut pty = start("\"$IMSCOPE\" open chat.jsonl", folder.path());
    pty.shows("2 seen").press("kYd").shows("OSC 52");
    let copied = pty.clipboard();
    let first = text.split_inclusive(|it| *it == b'\n').next().unwrap();
    assert_eq!(String::from_utf8_lossy(&copied), String::from_utf8_lossy(first));
    leave(pty);
}

/// The address of the listener of a script, whose standard error is a file.
fn address(folder: &Path) -> SocketAddr {
    let output = || fs::read_to_string(folder.join("stderr")).unwrap_or_default();
    until("it reports its address", || output().ends_with('\n'));
    output().trim_end().rsplit_once('/').unwrap().1.parse().unwrap()
}

const TAIL: &str = "\"$IMSCOPE\" tail --listen 127.0.0.1:0 2>stderr";

#[test]
fn a_live_pipe_is_followed_and_keys_come_from_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let script = format!("{TAIL} | \"$IMSCOPE\" open -");
    let mut pty = start(&script, folder.path());
    pty.shows("standard input");
    let mut client = Client::connect(address(folder.path())).unwrap();
    for words in ["one of these", "and another"] {
        client.post_ok(body(words));
        pty.shows(words);
    }
    // The other end notices the closed pipe, and ends too.
    leave(pty);
}

#[test]
fn a_pipe_may_have_a_branch_into_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let script = format!("{TAIL} | tee chat.jsonl | \"$IMSCOPE\" open -");
    let mut pty = start(&script, folder.path());
    let mut client = Client::connect(address(folder.path())).unwrap();
    client.post_ok(body("seen and kept"));
    pty.shows("seen and kept");
    let kept = fs::read(folder.path().join("chat.jsonl")).unwrap();
    assert_eq!(bodies(&kept), [body("seen and kept")]);
    // tee would notice the closed pipe only with the next line.
    leave(pty);
}

#[test]
fn a_log_of_bodies_is_shown_as_callbacks_without_a_call() {
    let folder = tempfile::tempdir().unwrap();
    let log = format!("{}\n{}\n", body("first words"), body("last words"));
    fs::write(folder.path().join("app.log"), log).unwrap();
    let notices = [
        ("en", "a log of bodies: calls, answers", "only a body in a log: method"),
        ("zh", "正文日志：其中没有请求", "仅为日志中的正文：方法"),
    ];
    for (lang, notice, request) in notices {
        let mut pty = start(&format!("\"$IMSCOPE\" open app.log --lang {lang}"), folder.path());
        pty.shows("first words");
        pty.shows("last words");
        pty.shows(notice);
        // The third tab of Detail.
        pty.press("\rll").shows(request);
        leave(pty);
    }
}

#[test]
fn the_screen_shows_that_others_can_open_the_file_and_that_it_was_moved() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("chat.jsonl");
    for (lang, open, moved, header) in [
        (
            "en",
            "other users can open the recording",
            "recording goes on in a new file",
            "(new file)",
        ),
        ("zh", "其他用户可打开录制文件", "继续录制到新文件", "（新文件）"),
    ] {
        fs::write(&file, "").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        let options = "--listen 127.0.0.1:0 --record chat.jsonl";
        let script = format!("\"$IMSCOPE\" {options} --lang {lang}");
        let mut pty = start(&script, folder.path());
        pty.shows(open);
        fs::rename(&file, folder.path().join("chat.jsonl.1")).unwrap();
        pty.press("t").shows(moved);
        pty.shows(header);
        assert_eq!(fs::read(folder.path().join("chat.jsonl.1")).unwrap(), b"");
        leave(pty);
    }
}

#[test]
fn the_header_shows_the_recording_and_its_size() {
    let folder = tempfile::tempdir().unwrap();
    let script = "\"$IMSCOPE\" --listen 127.0.0.1:0 --record chat.jsonl";
    let mut pty = start(script, folder.path());
    pty.shows("● rec chat.jsonl 0 B");
    pty.press("t");
    pty.shows("1 seen");
    let shown = pty.screen();
    assert!(shown.contains("● rec chat.jsonl ") && !shown.contains("jsonl 0 B"), "{shown}");
    leave(pty);
}
