//! `answers check` and `answers try`.

use std::fs;
use std::io::Write as _;
use std::net::TcpListener;
use std::process::{Command, Output, Stdio};

use imscope_test_support::OK;
use imscope_test_support::program::{imscope, refusal};
use imscope_test_support::tail::Tail;

/// Runs `answers` on a file of these rules, with an input.
fn answers(command: &str, rules: &str, options: &[&str], input: &str) -> (Option<i32>, String) {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("rules");
    fs::write(&file, rules).unwrap();
    let mut child = imscope()
        .args(["answers", command])
        .arg(&file)
        .args(options)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that does not read it may have ended.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let Output { status, stdout, .. } = child.wait_with_output().unwrap();
    let folder = format!("{}/", dir.path().display());
    (status.code(), String::from_utf8(stdout).unwrap().replace(&folder, ""))
}

#[test]
fn a_file_of_rules_is_checked_with_line_column_and_caret() {
    let good = "# none\ncmd:C2C before => deny 120001 \"no\"\n";
    assert_eq!(answers("check", good, &[], ""), (Some(0), "rules: 1 rule\n".to_owned()));
    let (code, out) = answers("check", "\n小 => dney\n", &[], "");
    assert_eq!(code, Some(1));
    assert!(out.starts_with("rules:2:6: unknown action `dney`; did you mean `deny`?"), "{out}");
    assert!(out.contains("\n  小 => dney\n        ^^^^\n"), "{out}");
    let (code, out) = answers("check", "after => drop\n", &[], "");
    assert_eq!(code, Some(1));
    assert!(out.starts_with("rules:1:10: `drop` has no effect"), "{out}");
    let (code, out) = answers("check", "=> hang\n", &[], "");
    assert_eq!(code, Some(0));
    assert!(out.starts_with("rules:1:4: remark: Tencent waits 2 s"), "{out}");
}

#[test]
fn a_mistake_in_a_line_hides_no_problem_of_another() {
    let rules = "=> hang\n小 => dney\n# none\nafter => drop\n";
    let (code, out) = answers("check", rules, &[], "");
    assert_eq!(code, Some(1));
    assert!(out.starts_with("rules:2:6: unknown action `dney`"), "{out}");
    assert!(out.contains("\nrules:1:4: remark: Tencent waits 2 s"), "{out}");
    assert!(out.contains("\nrules:4:10: `drop` has no effect"), "{out}");
}

#[test]
fn a_rule_that_is_off_is_checked_and_does_not_decide() {
    let rules = "#off after => drop\n  \\#tag late => deny\n#off => allow\n=> fail\n";
    let (code, out) = answers("check", rules, &[], "");
    assert_eq!(code, Some(1));
    assert!(out.starts_with("rules:1:15: off: `drop` has no effect"), "{out}");
    assert!(out.contains("\n  #off after => drop\n                ^^^^\n"), "{out}");
    assert!(out.contains("\nrules:2:9: `late` is known only after"), "{out}");
    assert!(out.contains("\n    \\#tag late => deny\n          ^^^^\n"), "{out}");
    let (code, out) = answers("check", "=> allow\n#off a => fail\n", &[], "");
    assert_eq!((code, &*out), (Some(0), "rules: 2 rules, 1 of them off\n"));
    let (code, out) = answers("check", "#off a => dorp\n", &[], "");
    assert_eq!(code, Some(1));
    assert!(out.starts_with("rules:1:11: unknown action `dorp`"), "{out}");
    let command = ["--command", "C2C.CallbackBeforeSendMsg"];
    assert!(
        answers("try", "#off => deny\n=> fail\n", &command, "{}").1.starts_with("line 2 decides")
    );
}

#[test]
fn a_callback_is_tried_on_a_file_of_rules() {
    let rules = "from:bob => deny 120001 \"no\"\ncmd:Group => allow\n";
    let body = r#"{"CallbackCommand":"C2C.CallbackBeforeSendMsg","From_Account":"bob"}"#;
    let (code, out) = answers("try", rules, &[], body);
    assert_eq!(code, Some(0));
    let expected = concat!(
        "line 1 decides: from:bob => deny 120001 \"no\"\n",
        r#"200 {"ActionStatus":"OK","ErrorInfo":"no","ErrorCode":120001}"#,
        "\ndenied 120001: "
    );
    assert!(out.starts_with(expected), "{out}");
    let group = ["--command", "Group.CallbackBeforeCreateGroup"];
    assert!(answers("try", rules, &group, "{}").1.starts_with("line 2 decides"));
    let line =
        r#"{"v":1,"at":"2026-11-22T06:02:11Z","query":"CallbackCommand=Group.X","body":"{}"}"#;
    assert!(answers("try", rules, &[], line).1.starts_with("line 2 decides"));
    let other = ["--command", "C2C.CallbackAfterSendMsg"];
    assert!(answers("try", rules, &other, "{}").1.starts_with("no rule decides"));
    let limited = "=> fail, chance 10%, times 3\n";
    let (_, out) = answers("try", limited, &other, "{}");
    assert!(
        out.starts_with("line 1 decides (only the first 3 of these, 10 % of these): "),
        "{out}"
    );
    for input in ["", "{}", "{} {}", "oops"] {
        assert_eq!(answers("try", rules, &[], input).0, Some(2), "{input}");
    }
}

#[test]
fn callbacks_are_answered_by_the_rules_of_the_options_and_then_of_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("rules");
    fs::write(&file, "#off => hang\nfrom:a => fail \"file\"\nfrom:b => reply @no.json\n").unwrap();
    fs::write(folder.path().join("no.json"), r#"{"from":"a file"}"#).unwrap();
    let rule = "from:a before => deny 120001 \"option\"";
    let options = ["--answer", rule, "--answers", file.to_str().unwrap()];
    let tail = Tail::start(&options);
    let mut client = tail.connect();
    let mut ask = |from: &str, command: &str| {
        let body = format!(r#"{{"From_Account":"{from}"}}"#);
        client.post(&format!("/?CallbackCommand={command}"), body.as_bytes()).unwrap()
    };
    let before = "C2C.CallbackBeforeSendMsg";
    let denied = r#"{"ActionStatus":"OK","ErrorInfo":"option","ErrorCode":120001}"#;
    assert_eq!(ask("a", before), denied);
    assert!(ask("a", "C2C.CallbackAfterSendMsg").contains(r#""ErrorInfo":"file""#));
    assert_eq!(ask("b", before), r#"{"from":"a file"}"#);
    assert_eq!(ask("c", before), OK);
}

#[test]
fn a_rule_that_cannot_work_is_refused_before_anything_listens() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("rules");
    fs::write(&file, "=> allow\nfrm:a => deny\n").unwrap();
    let file = file.to_str().unwrap();
    let refused = |option: &str, value: &str| {
        let text = refusal(&["tail", "--listen", "127.0.0.1:0", option, value]);
        text.replace(&format!("{}/", folder.path().display()), "")
    };
    let text = refused("--answer", "from:a => dney");
    assert!(text.contains("--answer: ") && text.contains("\n            ^^^^\n"), "{text}");
    let text = refused("--answer", "cmd:After => deny");
    assert!(text.starts_with("imscope: --answer: `deny`"), "{text}");
    let text = refused("--answers", file);
    assert!(text.starts_with("imscope: --answers: rules:2:1: unknown field `frm`"), "{text}");
    let text = refused("--answers", "nowhere");
    assert!(text.starts_with("imscope: cannot read nowhere"), "{text}");
}

#[test]
fn a_pipe_that_a_rule_names_is_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let file = folder.path().join("rules");
    fs::write(&file, "=> reply @pipe\n").unwrap();
    let why = "pipe: not a regular file";
    let rule = format!("=> reply @{}", pipe.display());
    for (option, value) in [("--answer", &*rule), ("--answers", file.to_str().unwrap())] {
        let text = refusal(&["tail", "--listen", "127.0.0.1:0", option, value]);
        assert!(text.contains(why), "{text}");
    }
    assert!(answers("check", &format!("{rule}\n"), &[], "").1.contains(why));
}

#[test]
fn a_rule_does_not_forward_to_the_listener_itself() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let rule = format!("=> forward http://{free}");
    let text = refusal(&["tail", "--listen", &free, "--answer", &rule]);
    assert!(text.contains("forwards to the address imscope itself listens on"), "{text}");
}
