//! The commands without a screen, run as a user runs them: the built binary,
//! a listener on a port of its own, and what is printed.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Command, Output, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;

use imscope::callback::signature::{Token, Verdict, check};
use imscope::callback::{Timestamp, query};
use serde_json::Value;

const OK: &str = r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0}"#;

/// A call as the listener saw it.
#[derive(Debug, Clone, PartialEq)]
struct Call {
    connection: usize,
    target: String,
    headers: Vec<String>,
    body: Vec<u8>,
}

/// A listener that gives every call the same reply, or none at all.
struct Listener {
    addr: SocketAddr,
    calls: Arc<Mutex<Vec<Call>>>,
}

impl Listener {
    fn replying(status: u16, body: &'static str) -> Self {
        Self::start(Some((status, body)))
    }

    fn silent() -> Self {
        Self::start(None)
    }

    fn start(reply: Option<(u16, &'static str)>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let addr = listener.local_addr().unwrap();
        let calls = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&calls);
        thread::spawn(move || {
            for (connection, stream) in listener.incoming().enumerate() {
                let seen = Arc::clone(&seen);
                thread::spawn(move || serve(stream.unwrap(), connection, reply, &seen));
            }
        });
        Self { addr, calls }
    }

    fn url(&self) -> String {
        format!("http://{}/im", self.addr)
    }

    fn calls(&self) -> Vec<Call> {
        self.calls.lock().unwrap().clone()
    }

    fn bodies(&self) -> Vec<Value> {
        self.calls().iter().map(|it| serde_json::from_slice(&it.body).unwrap()).collect()
    }
}

/// Answers one connection until the other side closes it.
fn serve(
    stream: TcpStream,
    connection: usize,
    reply: Option<(u16, &str)>,
    seen: &Mutex<Vec<Call>>,
) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut stream = stream;
    while let Some(call) = read(&mut reader, connection) {
        seen.lock().unwrap().push(call);
        if let Some((status, body)) = reply {
            let head = format!("HTTP/1.1 {status} X\r\nContent-Length: {}\r\n\r\n", body.len());
            stream.write_all((head + body).as_bytes()).unwrap();
        }
    }
}

fn read(reader: &mut impl BufRead, connection: usize) -> Option<Call> {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end() {
            "" => break,
            line => lines.push(line.to_owned()),
        }
    }
    let target = lines[0].strip_prefix("POST ")?.strip_suffix(" HTTP/1.1")?.to_owned();
    let length = lines.iter().find_map(|it| {
        it.to_ascii_lowercase().strip_prefix("content-length: ").map(str::to_owned)
    })?;
    let mut body = vec![0; length.parse().unwrap()];
    reader.read_exact(&mut body).unwrap();
    Some(Call { connection, target, headers: lines.split_off(1), body })
}

/// The binary, with none of the user's own settings.
fn imscope() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_imscope"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("IMSCOPE_") {
            command.env_remove(name);
        }
    }
    command.stdin(Stdio::null());
    command
}

fn run(args: &[&str]) -> Output {
    imscope().args(args).output().unwrap()
}

fn send(listener: &Listener, args: &[&str]) -> Output {
    imscope().args(["send", &listener.url()]).args(args).output().unwrap()
}

fn told(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn good_replies_are_a_success_and_come_over_one_connection() {
    let listener = Listener::replying(200, OK);
    let output = send(&listener, &["--count", "3", "--from", "alice", "--to", "小明"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let told = told(&output);
    assert_eq!(told.lines().count(), 4, "{told}");
    assert!(told.contains("3 sent, 3 answered as Tencent requires, p50 "), "{told}");
    assert_eq!(listener.bodies()[2]["To_Account"], "小明");
    let calls = listener.calls();
    assert!(calls.iter().all(|it| it.connection == 0), "kept alive");
    assert!(calls[0].target.starts_with("/im?CallbackCommand=C2C.CallbackAfterSendMsg&"));
    assert!(
        calls[0].headers.iter().any(|it| it.eq_ignore_ascii_case("content-type: application/json"))
    );
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
        let told = told(&output);
        assert!(told.contains(wanted), "{wanted} in {told}");
        assert!(told.contains("1 sent, 0 answered as Tencent requires"), "{told}");
    }
}

#[test]
fn a_decision_may_be_no() {
    let no = r#"{"ActionStatus":"OK","ErrorInfo":"no","ErrorCode":120001}"#;
    let listener = Listener::replying(200, no);
    let before = send(&listener, &["--command", "C2C.CallbackBeforeSendMsg"]);
    assert_eq!(before.status.code(), Some(0), "{before:?}");
    assert_eq!(send(&listener, &[]).status.code(), Some(1));
}

#[test]
fn a_silent_listener_is_given_up_after_two_seconds() {
    let listener = Listener::silent();
    let output = send(&listener, &[]);
    assert_eq!(output.status.code(), Some(1));
    let wanted = format!("no reply from {} within 2s", listener.url());
    assert!(told(&output).contains(&wanted), "{output:?}");
}

#[test]
fn a_port_where_nobody_listens_is_told_as_such() {
    let addr = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let output = run(&["send", &addr.to_string(), "--count", "2"]);
    assert_eq!(output.status.code(), Some(1));
    let told = told(&output);
    let wanted = format!("cannot connect to http://{addr}/: connection refused");
    assert_eq!(told.matches(&wanted).count(), 2, "{told}");
    assert!(told.ends_with("2 sent, 0 answered as Tencent requires\n"), "{told}");
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
    let calls = listener.calls();
    let verdict = |nth: usize| {
        let (_, text) = calls[nth].target.split_once('?').unwrap();
        let read = query::read(text);
        let signed: i64 = read.request_time.clone().unwrap().parse().unwrap();
        let made: Value = serde_json::from_slice(&calls[nth].body).unwrap();
        let age = made["MsgTime"].as_i64().unwrap() - signed;
        (check(Some(&token), &read, Timestamp::from_secs(signed), Some(0)), age)
    };
    assert_eq!(verdict(0).0, Verdict::Valid { age: 0 });
    assert!((-2..=2).contains(&verdict(0).1));
    assert_eq!(verdict(1).0, Verdict::Valid { age: 0 });
    assert!((88..=92).contains(&verdict(1).1));
}

#[test]
fn a_token_is_never_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("token");
    std::fs::write(&file, "hush-hush\n").unwrap();
    let listener = Listener::replying(500, "no");
    let output = send(&listener, &["--token-file", file.to_str().unwrap()]);
    assert!(listener.calls()[0].target.contains("&Sign="));
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
    let calls = listener.calls();
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
    assert!(told(&one).starts_with("80001  "), "{}", told(&one));
    let unknown = run(&["codes", "-77777"]);
    assert_eq!(unknown.status.code(), Some(1));
    assert!(told(&unknown).contains("-77777 is in no table"), "{}", told(&unknown));
    assert_eq!(run(&["codes", "no", "such", "words"]).status.code(), Some(1));
    assert!(told(&run(&["codes"])).lines().count() > 2);
}

#[test]
fn an_output_that_nobody_reads_is_no_failure() {
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
             --duplicate --shuffle --stale --seed --body --app --token-file --ca",
        ),
    ];
    for (command, options) in options {
        let args: Vec<&str> = [command, "--help"].into_iter().filter(|it| !it.is_empty()).collect();
        let help = told(&run(&args));
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
        assert!(told(&run(&["completions", shell])).contains("sign-window"), "{shell}");
    }
    assert!(told(&run(&["man"])).contains(".SH \"IMSCOPE SEND\""));
}
