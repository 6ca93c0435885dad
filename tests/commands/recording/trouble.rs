//! Failures of a recording, and how they are reported.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::net::UnixListener;
use std::process::{Command, Stdio};

use imscope::callback::jsonl;
use imscope::callback::trouble::Trouble;
use imscope_test_support::OK;
use imscope_test_support::program::{imscope, refusal};
use imscope_test_support::tail::{Tail, bodies};
use rustix::process::{Resource, Rlimit, Signal, prlimit};

#[test]
fn on_a_full_disk_callbacks_are_answered_fail_and_shown_until_there_is_room() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("chat.jsonl");
    // A limit on the size of files is a full disk that can be emptied again.
    let mut command = imscope();
    command.stdout(Stdio::piped());
    let mut tail = Tail::spawn(command, &["--record", file.to_str().unwrap()]);
    let limit = |bytes: Option<u64>| {
        prlimit(Some(tail.pid()), Resource::Fsize, Rlimit { current: bytes, maximum: None })
            .unwrap();
    };
    let mut client = tail.connect();
    client.post_ok("[1]");
    limit(Some(fs::metadata(&file).unwrap().len() + 50));
    for body in ["[2]", "[3]"] {
        let answer = client.post("/", body.as_bytes()).unwrap();
        let message =
            r#"{"ActionStatus":"FAIL","ErrorInfo":"not recorded: file too large","ErrorCode":1}"#;
        assert_eq!(answer, message);
        assert_eq!(bodies(&fs::read(&file).unwrap()), ["[1]"], "the partial line is removed");
    }
    let before = "/?CallbackCommand=C2C.CallbackBeforeSendMsg";
    assert_eq!(client.post(before, b"[0]").unwrap(), OK, "FAIL would deny the message");
    limit(None);
    client.post_ok("[4]");
    assert_eq!(bodies(&fs::read(&file).unwrap()), ["[1]", "[4]"]);
    let shown = BufReader::new(tail.child.stdout.take().unwrap()).lines().take(5);
    let troubles: Vec<_> = shown
        .map(|it| jsonl::decode(it.unwrap().as_bytes()).unwrap().answer.trouble)
        .map(|it| it.iter().map(Trouble::sentence).collect::<String>())
        .collect();
    let trouble = "not recorded: file too large";
    assert_eq!(troubles, ["", trouble, trouble, trouble, ""]);
}

#[test]
fn what_keeps_nothing_is_no_place_for_a_recording() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let made = Command::new("mkfifo").arg(path("pipe")).status().unwrap();
    assert!(made.success());
    let _socket = UnixListener::bind(path("socket")).unwrap();
    for (name, kind) in [
        (path("pipe"), "a pipe"),
        (path("socket"), "a socket"),
        (path(""), "a directory"),
        ("/dev/null".to_owned(), "a device"),
        #[cfg(target_os = "linux")]
        ("/proc/self/mem".to_owned(), "a file of the kernel"),
    ] {
        let message = format!(
            "imscope: cannot record to {name}: it is {kind}, and only a regular file keeps a recording\n"
        );
        assert_eq!(refusal(&["--listen", "127.0.0.1:0", "--record", &name]), message);
    }
}

#[test]
fn log_rotation_and_other_users_are_reported() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("chat.jsonl");
    fs::write(&file, "").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    let mut tail = Tail::recording(&file);
    assert_eq!(
        tail.error_line(),
        "imscope: other users can open the recording's file: chmod 600 protects it\n"
    );
    let mut client = tail.connect();
    client.post_ok("[1]");
    fs::rename(&file, folder.path().join("chat.jsonl.1")).unwrap();
    client.post_ok("[2]");
    assert_eq!(bodies(&fs::read(&file).unwrap()), ["[2]"]);
    assert_eq!(bodies(&fs::read(folder.path().join("chat.jsonl.1")).unwrap()), ["[1]"]);
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let reported =
        "imscope: recording goes on in a new file: the last one was moved, removed or replaced\n";
    assert_eq!(tail.end(Signal::TERM), (Some(0), reported.to_owned()));
}

#[test]
fn a_recording_is_for_its_owner_and_for_one_imscope_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("chat.jsonl");
    let name = file.to_str().unwrap();
    let _tail = Tail::recording(&file);
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(
        refusal(&["tail", "--listen", "127.0.0.1:0", "--record", name]),
        format!("imscope: cannot record to {name}: another imscope records to it\n")
    );
}

#[test]
fn a_file_that_cannot_be_a_recording_is_refused_before_anything_begins() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let record = |name: &str| refusal(&["--listen", "127.0.0.1:0", "--record", name]);
    let nowhere = path("nowhere/chat.jsonl");
    let message = format!("imscope: cannot record to {nowhere}: No such file or directory");
    assert!(record(&nowhere).starts_with(&message));
    for text in ["dear diary", "{\n \"name\": \"notes\"\n}\n"] {
        fs::write(path("notes"), text).unwrap();
        assert!(record(&path("notes")).ends_with("the file is not a recording\n"));
        assert_eq!(fs::read_to_string(path("notes")).unwrap(), text);
    }
}

#[test]
fn a_file_that_is_no_recording_is_an_error_before_the_screen_opens() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("chat.jsonl");
    let name = file.to_str().unwrap();
    let refused = |text: &str| {
        fs::write(&file, text).unwrap();
        let opened = refusal(&["open", name]);
        assert_eq!(refusal(&["replay", name, "--to", "http://127.0.0.1:1"]), opened);
        opened.replace(name, "FILE")
    };
    assert_eq!(
        refused(r#"{"v":3,"what":"ever"}"#),
        "imscope: cannot read FILE: made by a newer imscope (format 3; this one reads 1)\n"
    );
    assert_eq!(
        refused("{\n{}\n"),
        "imscope: FILE is not a recording: line 1: the line is incomplete\n"
    );
    fs::remove_file(&file).unwrap();
    assert!(refusal(&["open", name]).contains("cannot read "));
}

#[test]
fn refused_bodies_hardly_grow_the_recording() {
    // 2,000 of them take at most 8 MiB.
    const LINE_BYTES: u64 = 8 * 1024 * 1024 / 2000;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("chat.jsonl");
    let mut command = imscope();
    command.env("IMSCOPE_TOKEN", "secret").stdout(Stdio::null());
    let tail = Tail::spawn(command, &["--record", file.to_str().unwrap()]);
    let mut client = tail.connect();
    let body: Vec<u8> = std::iter::repeat_with(|| fastrand::u8(..)).take((1 << 20) - 8).collect();
    for _ in 0..20 {
        assert!(client.post("/", &body).unwrap().contains("no Sign"));
    }
    let bytes = fs::metadata(&file).unwrap().len();
    assert!(bytes <= 20 * LINE_BYTES, "{bytes}");
}
