//! `imscope tail`: what it prints is a recording, and it ends when it should.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Command, Stdio};
use std::thread;

use imscope_test_support::program::imscope;
use imscope_test_support::tail::{Tail, bodies, deliveries};
use rustix::process::{Resource, Rlimit, Signal, getrlimit, prlimit};

#[test]
fn the_output_through_a_pipe_equals_the_recording() {
    let folder = tempfile::tempdir().unwrap();
    let (recorded, teed) = (folder.path().join("a.jsonl"), folder.path().join("b.jsonl"));
    let mut command = imscope();
    command.stdout(Stdio::piped());
    let mut tail = Tail::spawn(command, &["--record", recorded.to_str().unwrap()]);
    let from_tail = tail.child.stdout.take().unwrap();
    let tee = Command::new("tee").arg(&teed).stdin(from_tail).stdout(Stdio::piped()).spawn();
    let mut client = tail.connect();
    // As many as the pipes hold, for they are read at the end.
    for nth in 0..100 {
        client.post_ok(format!("{{\"n\":{nth},\"text\":\"小\\n\"}}"));
    }
    client.post("/?Sign=secret", b"\xff\x00 no text").unwrap();
    assert_eq!(tail.end(Signal::TERM), (Some(0), String::new()));
    let output = tee.unwrap().wait_with_output().unwrap();
    let recorded = fs::read(recorded).unwrap();
    assert_eq!(output.stdout, recorded);
    assert_eq!(fs::read(teed).unwrap(), recorded);
    let deliveries = deliveries(&recorded);
    assert!(deliveries.iter().map(|it| it.seq.0).eq(1..=101));
    let last = deliveries.last().unwrap();
    assert_eq!((&*last.body, &*last.target), (&b"\xff\x00 no text"[..], "/?Sign=***"));
}

#[test]
fn it_ends_cleanly_on_signals_and_prints_all_that_it_answered() {
    for signal in [Signal::INT, Signal::TERM, Signal::HUP] {
        let mut command = imscope();
        command.stdout(Stdio::piped());
        let mut tail = Tail::spawn(command, &[]);
        let mut out = tail.child.stdout.take().unwrap();
        tail.connect().post_ok("[1]");
        assert_eq!(tail.end(signal), (Some(0), String::new()));
        let mut printed = Vec::new();
        out.read_to_end(&mut printed).unwrap();
        assert_eq!(bodies(&printed), ["[1]"]);
    }
}

#[test]
fn it_ends_when_the_reader_closes_the_pipe_without_further_callbacks() {
    let mut command = imscope();
    command.stdout(Stdio::piped());
    let mut tail = Tail::spawn(command, &[]);
    let mut out = BufReader::new(tail.child.stdout.take().unwrap());
    tail.connect().post_ok("[1]");
    let mut printed = String::new();
    out.read_line(&mut printed).unwrap();
    assert_eq!(bodies(printed.as_bytes()), ["[1]"]);
    drop(out);
    assert_eq!(tail.wait(), (Some(0), String::new()));
}

#[test]
fn for_people_it_prints_a_line_of_text_without_control_codes() {
    let mut command = imscope();
    command.stdout(Stdio::piped());
    let mut tail = Tail::spawn(command, &["--format", "text"]);
    let mut out = BufReader::new(tail.child.stdout.take().unwrap());
    let body = r#"{"CallbackCommand":"C2C.CallbackAfterSendMsg","From_Account":"jared","To_Account":"小明","MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"\u001b[2Jhi"}}],"SendMsgResult":0}"#;
    tail.connect().post_ok(body);
    let mut printed = String::new();
    out.read_line(&mut printed).unwrap();
    assert!(printed.ends_with("  jared → 小明  text  ␛[2Jhi  ok\n"), "{printed:?}");
}

#[test]
fn with_a_recording_a_stalled_reader_stops_no_answer_and_what_it_missed_is_counted() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("chat.jsonl");
    let mut command = imscope();
    command.stdout(Stdio::piped());
    let mut tail = Tail::spawn(command, &["--record", file.to_str().unwrap()]);
    let mut out = tail.child.stdout.take().unwrap();
    let mut client = tail.connect();
    // More than the printer and the pipe hold.
    let count = 40;
    for nth in 0..count {
        client.post_ok(format!("[{nth},\"{}\"]", "x".repeat(500_000)));
    }
    let reading = thread::spawn(move || {
        let mut printed = Vec::new();
        out.read_to_end(&mut printed).unwrap();
        deliveries(&printed)
    });
    let (status, reported) = tail.end(Signal::TERM);
    let printed = reading.join().unwrap();
    let missing = count - printed.len();
    assert!(missing > 0 && printed.is_sorted_by_key(|it| it.seq));
    assert_eq!(status, Some(0));
    let slow = "imscope: the reader of the output is slow: what it misses meanwhile is only in the recording";
    let end = format!("imscope: the output was too slow; {missing} only in the recording");
    assert_eq!(reported.lines().collect::<Vec<_>>(), [slow, &end]);
    assert_eq!(deliveries(&fs::read(file).unwrap()).len(), count);
}

#[test]
fn a_limit_of_open_files_is_reported_once_and_accepting_goes_on() {
    let mut command = imscope();
    command.stdout(Stdio::null());
    let mut tail = Tail::spawn(command, &[]);
    // Once it has answered, it has raised its limit.
    tail.connect().post_ok("{}");
    let pid = Some(tail.pid());
    let before = prlimit(pid, Resource::Nofile, getrlimit(Resource::Nofile)).unwrap();
    prlimit(pid, Resource::Nofile, Rlimit { current: Some(1), ..before }).unwrap();
    let mut client = tail.connect();
    let reported = tail.error_line();
    assert!(reported.contains("the limit of open files is reached"), "{reported}");
    prlimit(pid, Resource::Nofile, before).unwrap();
    client.post_ok("{}");
    assert_eq!(tail.end(Signal::TERM), (Some(0), String::new()));
}
