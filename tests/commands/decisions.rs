//! `send` and `replay` judge the answers to before-commands as Tencent would.

use std::process::Output;

use imscope_test_support::http::{Server, response};
use imscope_test_support::program::{imscope, run, stdout};
use imscope_test_support::tail::Tail;

const BEFORE: [&str; 2] = ["--command", "C2C.CallbackBeforeSendMsg"];

/// A listener with these rules.
fn answering(rules: &[&str]) -> Tail {
    let options: Vec<_> = rules.iter().flat_map(|it| ["--answer", it]).collect();
    Tail::start(&options)
}

/// Sends callbacks to a listener.
fn send(listener: &Tail, options: &[&[&str]]) -> (Option<i32>, String) {
    let address = listener.address.to_string();
    let output = imscope().args(["send", &address]).args(options.concat()).output().unwrap();
    (output.status.code(), stdout(&output))
}

/// The line of the first reply, without number, status and time.
fn decision(text: &str) -> &str {
    text.lines().next().and_then(|it| it.split_once(" ms  ")).map_or(text, |(_, it)| it)
}

#[test]
fn a_decision_is_printed_with_its_reason_and_is_a_success() {
    let listener = answering(&[
        "from:ads => deny 120001 \"no ads\"",
        "from:shadow => drop",
        "from:rude => set /MsgBody/0/MsgContent/Text=\"***\"",
        "from:broken => status 503",
    ]);
    let of = |from: &str| send(&listener, &[&BEFORE, &["--from", from, "--text", "buy"]]);
    for (from, wanted) in [
        ("alice", "allowed"),
        ("ads", "denied 120001 \"no ads\""),
        ("shadow", "dropped"),
        ("rude", "changed: /MsgBody/0/MsgContent/Text"),
    ] {
        let (code, text) = of(from);
        assert_eq!((code, decision(&text)), (Some(0), wanted), "{text}");
        assert!(text.contains("1 sent, 1 answered as Tencent requires, p50 "), "{text}");
    }
    let (code, text) = of("broken");
    assert_eq!(code, Some(1));
    assert!(decision(&text).starts_with("invalid; the status is 503, but must be 200"), "{text}");
    assert!(text.contains("ErrorInfo: \""), "{text}");
    assert!(text.ends_with("; 1 invalid\n"), "{text}");
}

#[test]
fn the_decision_of_an_app_behind_the_listener_is_judged() {
    // A second imscope answers as an app does.
    let app = answering(&["from:bob => deny 120002 \"blocked\"", "from:slow => delay 3s"]);
    let app_url = format!("http://{}", app.address);
    let listener = Tail::start(&["--forward", &app_url]);
    let (code, text) = send(&listener, &[&BEFORE, &["--from", "bob", "--expect", "120002"]]);
    assert_eq!((code, decision(&text)), (Some(0), "denied 120002 \"blocked\""));
    let (code, text) = send(&app, &[&BEFORE, &["--from", "slow", "--expect", "allowed"]]);
    assert_eq!(code, Some(1));
    let line = format!("late: no reply from {app_url}/ within 2s; expected allowed, but got late");
    assert!(text.contains(&line), "{text}");
}

#[test]
fn what_is_expected_decides_the_exit_status() {
    let listener = answering(&[
        "from:ads => deny 120001",
        "from:shadow => drop",
        "from:rude => set /CloudCustomData=\"x\"",
        "from:broken => status 503",
        "from:slow => hang",
    ]);
    let expect = |from: &str, expected: &str| {
        send(&listener, &[&BEFORE, &["--from", from, "--expect", expected]])
    };
    let met = [
        ("alice", "allowed"),
        ("alice", "0"),
        ("ads", "denied"),
        ("ads", "120001"),
        ("shadow", "dropped"),
        ("shadow", "2"),
        ("rude", "changed"),
        ("broken", "invalid"),
        ("slow", "late"),
    ];
    for (from, expected) in met {
        assert_eq!(expect(from, expected).0, Some(0), "{from} {expected}");
    }
    for (from, expected) in [
        ("alice", "denied"),
        ("ads", "allowed"),
        ("shadow", "denied"),
        ("rude", "allowed"),
        ("broken", "late"),
    ] {
        assert_eq!(expect(from, expected).0, Some(1), "{from} {expected}");
    }
    let (_, text) = expect("ads", "120002");
    assert_eq!(decision(&text), "denied 120001; expected code 120002, but got denied 120001");
    assert!(text.ends_with("; 1 denied, 1 not as expected\n"), "{text}");
}

#[test]
fn a_code_is_also_that_of_the_friends_that_are_refused() {
    let reply = r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"ResultItem":[
        {"To_Account":"a","ResultCode":0,"ResultInfo":""},
        {"To_Account":"b","ResultCode":38001,"ResultInfo":"busy"}]}"#;
    let server = Server::replying(response(200, "", reply));
    let folder = tempfile::tempdir().unwrap();
    let body = folder.path().join("body");
    let friends = r#"{"CallbackCommand":"Sns.CallbackPrevFriendAdd","From_Account":"me",
        "FriendItem":[{"To_Account":"a"},{"To_Account":"b"}]}"#;
    std::fs::write(&body, friends).unwrap();
    let of = |expected: &str| {
        let body = body.to_str().unwrap();
        let output = run(&["send", &server.url(), "--body", body, "--expect", expected]);
        (output.status.code(), decision(&stdout(&output)).to_owned())
    };
    assert_eq!(of("38001"), (Some(0), "denied 1/2: b 38001 \"busy\"".to_owned()));
    assert_eq!(of("denied").0, Some(0));
    assert_eq!(of("38002").0, Some(1));
}

#[test]
fn an_expectation_that_no_reply_can_meet_is_a_usage_error() {
    for (command, expected, wanted) in [
        ("C2C.CallbackAfterSendMsg", "denied", "an after-callback: its answer decides nothing"),
        ("Group.CallbackBeforeSendMsg", "120001", "has no code 120001, only 0, 1, 2 or 10100 to"),
        ("C2C.CallbackBeforSendMsg", "denied", "did you mean `C2C.CallbackBeforeSendMsg`?"),
        ("C2C.CallbackBeforeSendMsg", "trouble", "dropped, late, invalid, or a code"),
    ] {
        let options = ["send", "127.0.0.1:1", "--command", command, "--expect", expected];
        let Output { status, stdout, stderr } = run(&options);
        let error = String::from_utf8(stderr).unwrap();
        assert_eq!((status.code(), stdout.len()), (Some(2), 0), "{error}");
        assert!(error.starts_with("imscope: ") && error.contains(wanted), "{error}");
    }
}

#[test]
fn a_misspelled_command_is_a_usage_error_and_not_sent() {
    let command = "C2C.CallbackBeforeSendMsgg";
    let Output { status, stdout, stderr } = run(&["send", "127.0.0.1:1", "--command", command]);
    let error = String::from_utf8(stderr).unwrap();
    assert_eq!((status.code(), stdout.len()), (Some(2), 0), "{error}");
    let wanted = "did you mean `C2C.CallbackBeforeSendMsg`?\n";
    assert!(error.starts_with("imscope: unknown command") && error.ends_with(wanted), "{error}");
}

#[test]
fn an_unknown_command_is_sent_with_a_remark() {
    let listener = answering(&[]);
    let address = listener.address.to_string();
    let Output { status, stderr, .. } = run(&["send", &address, "--command", "C2C.AfterSendMsg"]);
    let error = String::from_utf8(stderr).unwrap();
    assert_eq!(status.code(), Some(0), "{error}");
    let remark = "unknown command `C2C.AfterSendMsg`";
    assert!(error.starts_with(&format!("imscope: {remark}")), "{error}");
}

#[test]
fn a_replay_prints_what_is_not_allowed_and_counts_the_decisions() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("calls.jsonl");
    let mut recorder = Tail::recording(&file);
    for from in ["alice", "ads"] {
        assert_eq!(send(&recorder, &[&BEFORE, &["--from", from]]).0, Some(0));
    }
    assert_eq!(send(&recorder, &[]).0, Some(0));
    recorder.kill();
    let listener = answering(&["from:ads => deny 120001 \"no ads\""]);
    let url = format!("http://{}", listener.address);
    let output = run(&["replay", file.to_str().unwrap(), "--to", &url, "--speed", "max"]);
    let text = stdout(&output);
    assert_eq!(output.status.code(), Some(0), "{text}");
    assert_eq!(decision(&text), "C2C.CallbackBeforeSendMsg  denied 120001 \"no ads\"");
    assert_eq!(text.lines().count(), 2, "{text}");
    assert!(text.ends_with("; 1 allowed, 1 denied\n"), "{text}");
}
