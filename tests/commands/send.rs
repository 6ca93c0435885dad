//! `send`, `codes` and the other commands without a screen, run as a user runs
//! them.

use std::io::Write as _;
use std::net::TcpListener;
use std::process::{Output, Stdio};

use imscope::callback::signature::{Token, Verdict, check};
use imscope::callback::{Timestamp, own_request, query};
use imscope_test_support::OK;
use imscope_test_support::http::{Request, Server, response};
use imscope_test_support::program::{imscope, run, stdout};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

/// A listener that answers every callback the same way, or not at all.
struct Listener(Server);

impl Listener {
    fn replying(status: u16, body: &str) -> Self {
        Self(Server::replying(response(status, "", body)))
    }

    fn silent() -> Self {
        Self(Server::handling(|_, _| true))
    }

    fn url(&self) -> String {
        format!("{}/im", self.0.url())
    }

    /// The requests since the last call.
    fn requests(&self) -> Vec<Request> {
        self.0.requests()
    }

    /// The bodies since the last call, as JSON.
    fn bodies(&self) -> Vec<Value> {
        self.requests().iter().map(|it| serde_json::from_slice(&it.body).unwrap()).collect()
    }
}

fn send(listener: &Listener, args: &[&str]) -> Output {
    imscope().args(["send", &listener.url()]).args(args).output().unwrap()
}

#[test]
fn good_replies_are_a_success_and_come_over_one_connection() {
    let listener = Listener::replying(200, OK);
    let output = send(&listener, &["--count", "3", "--from", "alice", "--to", "小明"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let text = stdout(&output);
    assert_eq!(text.lines().count(), 4, "{text}");
    assert!(text.contains("3 sent, 3 answered as Tencent requires, p50 "), "{text}");
    let calls = listener.requests();
    let last: Value = serde_json::from_slice(&calls[2].body).unwrap();
    assert_eq!(last["To_Account"], "小明");
    assert!(calls.iter().all(|it| it.connection == 0), "kept alive");
    assert!(calls[0].target.starts_with("/im?CallbackCommand=C2C.CallbackAfterSendMsg&"));
    assert_eq!(calls[0].header("content-type"), Some(&b"application/json"[..]));
    assert_eq!(calls[0].header("user-agent"), Some(own_request::USER_AGENT.as_bytes()));
}

#[test]
fn each_wrong_reply_is_named_in_a_sentence() {
    let fail = r#"{"ActionStatus":"FAIL","ErrorInfo":"","ErrorCode":1}"#;
    let cases = [
        (200, "ok", "the body \"ok\" is not JSON"),
        (200, fail, "ActionStatus is \"FAIL\", but must be \"OK\"; ErrorCode is 1, but must be 0"),
        (500, OK, "the status is 500, but must be 200"),
        (200, "", "the body is empty"),
        (200, "\u{1b}[2J", r#"the body "\u{1b}[2J" is not JSON"#),
    ];
    for (status, body, wanted) in cases {
        let output = send(&Listener::replying(status, body), &[]);
        assert_eq!(output.status.code(), Some(1), "{wanted}");
        let text = stdout(&output);
        assert!(text.contains(wanted), "{wanted} in {text}");
        assert!(text.contains("1 sent, 0 answered as Tencent requires"), "{text}");
    }
}

#[test]
fn a_before_command_may_be_rejected() {
    let no = r#"{"ActionStatus":"OK","ErrorInfo":"no","ErrorCode":120001}"#;
    let listener = Listener::replying(200, no);
    let before = send(&listener, &["--command", "C2C.CallbackBeforeSendMsg"]);
    assert_eq!(before.status.code(), Some(0), "{before:?}");
    assert_eq!(send(&listener, &[]).status.code(), Some(1));
}

#[test]
fn the_reason_in_a_wrong_reply_is_printed_and_an_empty_body_has_its_length() {
    let no = r#"{"ActionStatus":"FAIL","ErrorInfo":"the query has no Sign","ErrorCode":1}"#;
    let listener = Listener::replying(403, no);
    let text = stdout(&send(&listener, &["--body", "/dev/null"]));
    assert!(
        text.contains("; ErrorInfo: \"the query has no Sign\"; if signatures are checked there")
    );
    assert_eq!(listener.requests()[0].header("content-length"), Some(&b"0"[..]));
}

#[test]
fn a_silent_listener_is_given_up_after_two_seconds() {
    let listener = Listener::silent();
    let output = send(&listener, &[]);
    assert_eq!(output.status.code(), Some(1));
    let wanted = format!("no reply from {} within 2s", listener.url());
    assert!(stdout(&output).contains(&wanted), "{output:?}");
}

#[test]
fn a_refused_connection_is_reported() {
    let addr = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let output = run(&["send", &addr.to_string(), "--count", "2"]);
    assert_eq!(output.status.code(), Some(3));
    let text = stdout(&output);
    let wanted = format!("cannot connect to http://{addr}/: connection refused");
    assert_eq!(text.matches(&wanted).count(), 2, "{text}");
    assert!(text.ends_with("2 tried, none was answered\n"), "{text}");
}

#[test]
fn the_same_seed_sends_the_same_but_for_the_times() {
    let sent = |seed| {
        let listener = Listener::replying(200, OK);
        send(&listener, &["--seed", seed, "--type", "several", "--count", "2"]);
        let timeless = |mut body: Value| {
            let time = body["MsgTime"].take().to_string();
            body.to_string().replace(&time, "TIME")
        };
        listener.bodies().into_iter().map(timeless).collect::<Vec<_>>()
    };
    assert_eq!(sent("7"), sent("7"));
    assert_ne!(sent("7"), sent("8"));
}

#[test]
fn calls_are_signed_with_the_token_and_as_stale_as_asked_for() {
    let token = Token::new("xxxxyyyy").unwrap();
    let listener = Listener::replying(200, OK);
    for stale in [&["--stale", "0s"], &["--stale", "90s"]] {
        let mut command = imscope();
        command.env("IMSCOPE_TOKEN", "xxxxyyyy").args(["send", &listener.url()]).args(stale);
        assert!(command.output().unwrap().status.success());
    }
    let calls = listener.requests();
    let verdict = |nth: usize| {
        let (_, text) = calls[nth].target.split_once('?').unwrap();
        let read = query::read(text);
        let signed: i64 = read.request_time.clone().unwrap().parse().unwrap();
        let made: Value = serde_json::from_slice(&calls[nth].body).unwrap();
        let age = made["MsgTime"].as_i64().unwrap() - signed;
        (
            check(
                Some(&token),
                read.sign.as_deref(),
                read.request_time.as_deref(),
                Timestamp::from_secs(signed),
                Some(0),
            ),
            age,
        )
    };
    assert_eq!(verdict(0).0, Verdict::Valid { age: 0 });
    assert!((-2..=2).contains(&verdict(0).1));
    assert_eq!(verdict(1).0, Verdict::Valid { age: 0 });
    assert!((88..=92).contains(&verdict(1).1));
}

#[test]
fn a_token_is_never_printed() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("token");
    std::fs::write(&file, "hush-hush\n").unwrap();
    let listener = Listener::replying(500, "no");
    let output = send(&listener, &["--token-file", file.to_str().unwrap()]);
    assert!(listener.requests()[0].target.contains("&Sign="));
    let help = imscope().env("IMSCOPE_TOKEN", "hush-hush").arg("--help").output().unwrap();
    for output in [output, help] {
        let all = [output.stdout, output.stderr].concat();
        assert!(!String::from_utf8(all).unwrap().contains("hush-hush"));
    }
}

#[test]
fn a_body_of_ones_own_is_sent_byte_for_byte() {
    let body = b"{ \"CallbackCommand\" : \"My.Own\", // \xff\r\n";
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("body.json");
    std::fs::write(&file, body).unwrap();
    let listener = Listener::replying(200, OK);
    send(&listener, &["--body", file.to_str().unwrap()]);
    let mut piped = imscope();
    piped.args(["send", &listener.url(), "--body", "-"]).stdin(Stdio::piped());
    let mut piped = piped.stdout(Stdio::null()).spawn().unwrap();
    piped.stdin.take().unwrap().write_all(br#"{"CallbackCommand":"My.Own"}"#).unwrap();
    assert!(piped.wait().unwrap().success());
    let calls = listener.requests();
    assert_eq!(calls[0].body, body);
    assert_eq!(calls[1].body, br#"{"CallbackCommand":"My.Own"}"#);
    assert!(calls[1].target.contains("CallbackCommand=My.Own&"), "{}", calls[1].target);
}

#[test]
fn duplicates_and_a_random_order_reach_the_listener() {
    let listener = Listener::replying(200, OK);
    let args = ["--count", "10", "--duplicate", "--shuffle", "--seed", "3", "--rate", "100000"];
    assert!(send(&listener, &args).status.success());
    let seqs: Vec<_> = listener.bodies().iter().map(|it| it["MsgSeq"].as_u64().unwrap()).collect();
    assert_eq!(seqs.len(), 20);
    assert!(!seqs.is_sorted());
    let different: std::collections::BTreeSet<_> = seqs.iter().collect();
    assert_eq!(different.len(), 10);
}

#[test]
fn codes_are_looked_up_by_number_and_by_words() {
    let one = run(&["codes", "80001"]);
    assert_eq!(one.status.code(), Some(0));
    assert!(stdout(&one).starts_with("80001 | "), "{}", stdout(&one));
    let unknown = run(&["codes", "-77777"]);
    assert_eq!(unknown.status.code(), Some(1));
    assert!(stdout(&unknown).contains("-77777 is not in the table"), "{}", stdout(&unknown));
    assert_eq!(run(&["codes", "no", "such", "words"]).status.code(), Some(1));
    assert!(stdout(&run(&["codes"])).lines().count() > 2);
}

#[test]
fn a_closed_output_is_no_failure() {
    let mut child =
        imscope().arg("codes").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert_eq!(output.stderr, b"");
}

#[test]
fn help_names_every_option() {
    let options = [
        (
            "",
            "--listen --app --token-file --sign-window --keep --max-body --lang --theme --utc \
             --forward --strict --forward-ca --tls-cert --tls-key --tls-client-ca \
             --tls-self-signed",
        ),
        ("demo", "--rate --seed --for --lang --theme --utc --keep"),
        (
            "send",
            "--from --to --text --command --type --result --error-info --unread --count --rate \
             --duplicate --shuffle --stale --seed --body --app --token-file --ca --expect --scenario",
        ),
    ];
    for (command, options) in options {
        let args: Vec<&str> = [command, "--help"].into_iter().filter(|it| !it.is_empty()).collect();
        let help = stdout(&run(&args));
        for option in options.split_whitespace() {
            assert!(help.contains(option), "{option} in {help}");
        }
    }
}

#[test]
fn a_wrong_option_is_status_2_and_anything_else_that_fails_one_sentence_and_1() {
    for args in [&["--frobnicate"][..], &["send", "--count", "0"], &["--listen", "nowhere"]] {
        assert_eq!(run(args).status.code(), Some(2), "{args:?}");
    }
    let output = run(&["send", "--body", "/nowhere/body"]);
    assert_eq!(output.status.code(), Some(1));
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.starts_with("imscope: cannot read /nowhere/body: "), "{error}");
    assert_eq!(error.lines().count(), 1);
}

#[test]
fn completions_and_the_manual_are_printed() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(stdout(&run(&["completions", shell])).contains("sign-window"), "{shell}");
    }
    assert!(stdout(&run(&["man"])).contains(".SH \"IMSCOPE SEND\""));
}

#[test]
fn an_interrupted_send_prints_its_summary() {
    let server = Server::replying(response(200, "", OK));
    let mut command = imscope();
    command.args(["send", &server.url(), "--count", "1000", "--rate", "0.01"]);
    let child = command.stdout(Stdio::piped()).spawn().unwrap();
    server.request();
    kill_process(Pid::from_child(&child), Signal::INT).unwrap();
    let output = child.wait_with_output().unwrap();
    let text = stdout(&output);
    assert!(text.contains("1 sent, 1 answered") || text.contains("0 sent, "), "{text}");
    assert_eq!(output.status.code(), Some(130));
}
