//! The curl line that is copied, run by a real bash: what arrives is the call
//! as it came, byte for byte.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use imscope::callback::{Delivery, curl};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

/// Only a guard against a test that would never end.
const GUARD: Duration = Duration::from_secs(30);

/// A call as the server saw it.
#[derive(Debug, PartialEq)]
struct Call {
    method: String,
    target: String,
    content_type: Option<Vec<u8>>,
    body: Vec<u8>,
}

/// A server that answers every call, and tells what it saw.
struct Server {
    base: String,
    calls: Receiver<Call>,
}

impl Server {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let (tell, calls) = channel();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut reader = BufReader::new(stream.unwrap());
                let call = read(&mut reader);
                let stream = reader.get_mut();
                stream
                    .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
                    .unwrap();
                if tell.send(call).is_err() {
                    return;
                }
            }
        });
        Self { base, calls }
    }
}

fn read(reader: &mut BufReader<std::net::TcpStream>) -> Call {
    let mut line = || {
        let mut line = Vec::new();
        reader.read_until(b'\n', &mut line).unwrap();
        line.truncate(line.len() - 2);
        line
    };
    let first = String::from_utf8(line()).unwrap();
    let mut headers = Vec::new();
    loop {
        let line = line();
        if line.is_empty() {
            break;
        }
        let colon = line.iter().position(|it| *it == b':').unwrap();
        let name = String::from_utf8(line[..colon].to_ascii_lowercase()).unwrap();
        headers.push((name, line[colon + 1..].trim_ascii().to_vec()));
    }
    let header = |name: &str| headers.iter().find(|(it, _)| it == name).map(|(_, it)| it.clone());
    if header("expect").is_some() {
        reader.get_mut().write_all(b"HTTP/1.1 100 Continue\r\n\r\n").unwrap();
    }
    let length = String::from_utf8(header("content-length").unwrap()).unwrap();
    let mut body = vec![0; length.parse().unwrap()];
    reader.read_exact(&mut body).unwrap();
    let mut words = first.split(' ').map(str::to_owned);
    let (method, target) = (words.next().unwrap(), words.next().unwrap());
    Call { method, target, content_type: header("content-type"), body }
}

/// Whether the programs are here; where not, nothing can be told.
#[expect(clippy::print_stderr, reason = "a test that is skipped must say so")]
fn can_run() -> bool {
    let missing = ["bash", "curl"].into_iter().find(|it| {
        let mut version = Command::new(it);
        !version.arg("--version").output().is_ok_and(|it| it.status.success())
    });
    if let Some(program) = missing {
        eprintln!("skipped: there is no {program} here to run the line with");
    }
    missing.is_none()
}

/// Types a line into bash, as somebody would who pastes it.
fn run(line: &str) {
    let mut bash = Command::new("bash");
    bash.args(["--noprofile", "--norc"]).env("HOME", "/nowhere").env_remove("BASH_ENV");
    for proxy in ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"] {
        bash.env_remove(proxy);
    }
    bash.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = bash.spawn().unwrap();
    child.stdin.take().unwrap().write_all(format!("{line}\n").as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{line}\n{}", String::from_utf8_lossy(&output.stderr));
}

fn delivery(target: &str, content_type: Option<&[u8]>, body: &[u8]) -> Delivery {
    Delivery {
        method: "POST".into(),
        target: target.into(),
        headers: content_type.map(|it| ("content-type", it)).into_iter().collect(),
        body: body.into(),
        ..Delivery::default()
    }
}

impl Server {
    /// Asserts that the line for a call makes that call.
    fn check(&self, delivery: &Delivery) {
        let line = curl::line(&self.base, delivery);
        assert!(!line.chars().any(char::is_control), "{line:?}");
        run(&line);
        let content_type = delivery.headers.get("content-type").unwrap_or(b"application/json");
        let expected = Call {
            method: delivery.method.to_string(),
            target: delivery.target.to_string(),
            content_type: Some(content_type.trim_ascii().to_vec()),
            body: delivery.body.to_vec(),
        };
        assert_eq!(self.calls.recv_timeout(GUARD).unwrap(), expected, "{line}");
    }
}

#[test]
fn what_a_shell_or_curl_would_spoil_arrives_as_it_came() {
    if !can_run() {
        return;
    }
    let server = Server::start();
    let bodies: [&[u8]; 14] = [
        b"",
        b"{\"a\":1}",
        b"@/etc/passwd",
        b"-x\0",
        b"it's \"so\" $HOME `id` \\n !! ~ * ?",
        b"%s%d%\0%%\\0",
        b"a\nb\r\n\n",
        b"\n",
        b"\xff\xfe\x80",
        b"\x1b[31m\x7f\x011",
        "小明 👨‍👩‍👧 \u{85}\u{202e}".as_bytes(),
        b"''''",
        b"\\\\'\\''",
        b"=&a=b;c",
    ];
    for body in bodies {
        server.check(&delivery("/?SdkAppid=1", None, body));
    }
    let targets = ["/", "/a/../b/./c", "/[1-3]{x,y}", "/?", "/?a=[]&&b={}&", "//x", "/~'\"$(id)\\"];
    for target in targets {
        server.check(&delivery(target, Some(b"text/plain; x='y'"), b"{}"));
    }
    server.check(&delivery("/", Some(b""), b"{}"));
    server.check(&Delivery { method: "PUT".into(), ..delivery("/", None, b"{}") });
}

#[test]
fn a_body_too_long_for_an_argument_arrives_whole() {
    if !can_run() {
        return;
    }
    let server = Server::start();
    for body in [vec![b'\''; 24 * 1024], vec![1; 24 * 1024], "%小'\\".repeat(80_000).into()] {
        server.check(&delivery("/", None, &body));
    }
}

#[test]
fn a_signature_is_the_only_thing_left_out() {
    if !can_run() {
        return;
    }
    let server = Server::start();
    let signed = delivery("/im?a=1&Sign=secret&RequestTime=5&b=%2f&&requesttime=6", None, b"{}");
    run(&curl::line(&server.base, &signed));
    assert_eq!(server.calls.recv_timeout(GUARD).unwrap().target, "/im?a=1&b=%2f&");
    run(&curl::line(&server.base, &delivery("/im?Sign=secret", None, b"{}")));
    assert_eq!(server.calls.recv_timeout(GUARD).unwrap().target, "/im");
}

#[test]
fn any_call_arrives_as_it_came() {
    if !can_run() {
        return;
    }
    let server = Server::start();
    // A request line is ASCII; curl would escape what is not.
    let target = r#"/[!"$-;=@-_a-z{|}~]{0,24}(\?[!"$-;=?-_a-z{|}~]{0,24})?"#;
    // What is special comes often, anything comes too.
    let special = prop::sample::select(&b"\0'\"\\\n\r\t@%-!$`\x1b\x7f\x80\xc3\xff"[..]);
    let byte = prop_oneof![special, any::<u8>()];
    let content_type = prop::option::of("[ -~]{0,20}");
    let calls = (target, content_type, prop::collection::vec(byte, 0..200));
    let mut runner = TestRunner::new(Config { cases: 40, ..Config::default() });
    let checked = runner.run(&calls, |(target, content_type, body)| {
        let content_type = content_type.as_deref().map(|it| it.trim().as_bytes());
        server.check(&delivery(&target, content_type, &body));
        Ok(())
    });
    checked.unwrap();
}
