//! The curl line that is copied, run by real shells, sends the request again byte
//! for byte.

use std::io::Write as _;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Stdio};

use imscope::callback::curl::Destination;
use imscope::callback::export::{Encoder, Entry, ExportOptions, Format, Summary};
use imscope::callback::signature::{self, Token};
use imscope::callback::{Delivery, Lang, Refusal, curl};
use imscope_test_support::http::{Server, response};
use imscope_test_support::program::imscope;
use imscope_test_support::tail::Tail;
use jiff::tz::TimeZone;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

/// Whether bash and curl are installed; the tests are skipped without them.
#[expect(clippy::print_stderr, reason = "it reports a skipped test")]
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

/// The shells that run a line here; `dash` need not be there.
fn shells() -> impl Iterator<Item = &'static str> {
    let is_there = |it: &&str| *it != "dash" || Path::new("/bin/dash").exists();
    ["bash", "sh", "dash"].into_iter().filter(is_there)
}

/// Runs a line in bash, as if it was pasted there.
fn run(line: &str) {
    run_in("bash", line);
}

fn run_in(shell: &str, line: &str) {
    let (is_success, output) = output_of(shell, line, None);
    assert!(is_success, "{shell}: {line}\n{output}");
}

/// Runs a line with a token in the environment; returns whether it succeeded, and its
/// output.
fn output(line: &str, token: Option<&str>) -> (bool, String) {
    output_of("bash", line, token)
}

fn output_of(shell: &str, line: &str, token: Option<&str>) -> (bool, String) {
    let mut command = Command::new(shell);
    command.env_remove("IMSCOPE_TOKEN").envs(token.map(|it| ("IMSCOPE_TOKEN", it)));
    if shell == "bash" {
        command.args(["--noprofile", "--norc"]);
    }
    command.env("HOME", "/nowhere").env_remove("BASH_ENV").env_remove("ENV");
    for proxy in ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"] {
        command.env_remove(proxy);
    }
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(format!("{line}\n").as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&text).into_owned())
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

/// A server that accepts every request, one a connection.
fn server() -> Server {
    let reply = response(200, "connection: close\r\n", "");
    Server::handling(move |_, stream| {
        stream.write_all(&reply).unwrap();
        false
    })
}

fn unsigned(server: &Server) -> Destination {
    Destination { base: server.url(), ..Destination::default() }
}

/// Asserts that the curl line of a delivery sends that delivery.
fn check(server: &Server, delivery: &Delivery) {
    let line = curl::command_line(&unsigned(server), delivery);
    assert!(!line.chars().any(char::is_control), "{line:?}");
    for shell in shells() {
        run_in(shell, &line);
        check_request(server, delivery, &line);
    }
}

fn check_request(server: &Server, delivery: &Delivery, line: &str) {
    let request = server.request();
    let content_type = delivery.headers.get("content-type").unwrap_or(b"application/json");
    assert_eq!(request.method, *delivery.method, "{line}");
    assert_eq!(request.target, *delivery.target, "{line}");
    assert_eq!(request.header("content-type"), Some(content_type.trim_ascii()), "{line}");
    assert_eq!(*request.body, *delivery.body, "{line}");
}

#[test]
fn bytes_special_to_a_shell_or_curl_arrive_unchanged() {
    if !can_run() {
        return;
    }
    let server = server();
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
        check(&server, &delivery("/?SdkAppid=1", None, body));
    }
    let targets = ["/", "/a/../b/./c", "/[1-3]{x,y}", "/?", "/?a=[]&&b={}&", "//x", "/~'\"$(id)\\"];
    for target in targets {
        check(&server, &delivery(target, Some(b"text/plain; x='y'"), b"{}"));
    }
    check(&server, &delivery("/", Some(b""), b"{}"));
    check(&server, &Delivery { method: "PUT".into(), ..delivery("/", None, b"{}") });
}

#[test]
fn a_body_too_long_for_an_argument_arrives_complete() {
    if !can_run() {
        return;
    }
    let server = server();
    for body in [vec![b'\''; 24 * 1024], vec![1; 24 * 1024], "%小'\\".repeat(80_000).into()] {
        check(&server, &delivery("/", None, &body));
    }
}

#[test]
fn a_signature_is_the_only_thing_left_out() {
    if !can_run() {
        return;
    }
    let server = server();
    let signed = delivery("/im?a=1&Sign=secret&RequestTime=5&b=%2f&&requesttime=6", None, b"{}");
    run(&curl::command_line(&unsigned(&server), &signed));
    assert_eq!(server.request().target, "/im?a=1&b=%2f&");
    run(&curl::command_line(&unsigned(&server), &delivery("/im?Sign=secret", None, b"{}")));
    assert_eq!(server.request().target, "/im");
}

#[test]
fn a_signed_line_is_accepted_by_a_listener_with_the_token() {
    if !can_run() {
        return;
    }
    let token = "it's $a \\ \"token\" 小";
    let large = vec![b'%'; 30_000];
    for tls in [&[][..], &["--tls-self-signed"]] {
        let mut command = imscope();
        command.env("IMSCOPE_TOKEN", token).stdout(Stdio::null());
        let tail = Tail::spawn(command, tls);
        let scheme = if tls.is_empty() { "http" } else { "https" };
        let base = format!("{scheme}://{}/", tail.address);
        let destination = Destination {
            base,
            any_certificate: !tls.is_empty(),
            is_signed: true,
            ..Destination::default()
        };
        for (target, body) in [
            ("/?SdkAppid=1&Sign=abc&RequestTime=5", &b"{}"[..]),
            ("/", b"{}"),
            ("/im?", b"{\"a\":\"it's\"}"),
            ("/", &large),
        ] {
            let line = curl::command_line(&destination, &delivery(target, None, body));
            assert!(!line.contains(token), "{line}");
            let (is_success, text) = output(&line, Some(token));
            let is_answered = if body == large { "FAIL" } else { r#""ActionStatus":"OK""# };
            assert!(is_success && text.contains(is_answered), "{line}\n{text}");
            assert!(!text.contains("Sign"), "{text}");
            let (_, text) = output(&line, Some("another"));
            assert!(text.contains("Sign does not match"), "{text}");
        }
        // Without a token nothing is sent.
        let line = curl::command_line(&destination, &delivery("/", None, b"{}"));
        let (is_success, text) = output(&line, None);
        assert!(!is_success && text.contains("IMSCOPE_TOKEN"), "{text}");
    }
}

#[test]
fn a_line_is_signed_by_whichever_program_is_there() {
    if !can_run() {
        return;
    }
    let server = server();
    let destination = Destination { is_signed: true, ..unsigned(&server) };
    let line = curl::command_line(&destination, &delivery("/", None, b"{}"));
    let path = std::env::var_os("PATH").unwrap();
    let find =
        |name: &str| std::env::split_paths(&path).map(|it| it.join(name)).find(|it| it.exists());
    for program in ["sha256sum", "shasum", "openssl"] {
        let Some(program) = find(program) else { continue };
        let folder = tempfile::tempdir().unwrap();
        for it in ["date", "cut", "curl"].map(|it| find(it).unwrap()).iter().chain([&program]) {
            symlink(it, folder.path().join(it.file_name().unwrap())).unwrap();
        }
        run(&format!("IMSCOPE_TOKEN=abc; PATH={}; {line}", folder.path().display()));
        let target = server.request().target;
        let (time, sign) = target.split_once("&Sign=").unwrap();
        let time = time.strip_prefix("/?RequestTime=").unwrap();
        assert_eq!(sign, signature::sign(&Token::new("abc").unwrap(), time), "{program:?}");
    }
}

#[test]
fn a_saved_script_sends_each_callback_but_refused_ones() {
    if !can_run() {
        return;
    }
    let server = server();
    let bodies: [&[u8]; 3] = [b"{\"a\":\"it's\"}", b"\xff\0\n", b"# {}"];
    let refused = Delivery { refusal: Some(Refusal::Signature), ..delivery("/", None, b"no") };
    let options = ExportOptions {
        format: Format::Curl,
        lang: Lang::En,
        zone: TimeZone::UTC,
        listener: unsigned(&server),
    };
    let mut script = Vec::new();
    let mut encoder = Encoder::begin(options, &mut script);
    let sent = bodies.map(|it| delivery("/im", None, it));
    for delivery in [&sent[0], &sent[1], &refused, &sent[2]] {
        encoder.push(Entry { delivery, signs: "" }, &mut script);
    }
    encoder.end(&Summary::default(), &mut script);
    for shell in shells() {
        run_in(shell, str::from_utf8(&script).unwrap());
        for body in bodies {
            assert_eq!(server.request().body, body);
        }
    }
    assert!(server.requests().is_empty());
}

#[test]
fn any_request_arrives_unchanged() {
    if !can_run() {
        return;
    }
    let server = server();
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
        check(&server, &delivery(&target, content_type, &body));
        Ok(())
    });
    checked.unwrap();
}
