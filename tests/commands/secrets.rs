//! No secret is printed, recorded or sent on where it does not belong.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::process::Stdio;

use imscope::callback::signature::{Token, sign};
use imscope::edge::clock;
use imscope_test_support::http::{Server, post, response};
use imscope_test_support::program::imscope;
use imscope_test_support::tail::{Tail, deliveries};
use rustix::process::Signal;

const TOKEN: &str = "correct-horse-token";
/// Values of the headers below.
const SECRETS: [&str; 5] = ["bearer-value", "cookie-value", "key-value", "auth-value", "cf-value"];
const HEADERS: &str = "Connection: close\r\nAuthorization: Bearer bearer-value\r\n\
    Cookie: sid=cookie-value\r\nX-Api-Key: key-value\r\nX-Auth-Token: auth-value\r\n\
    Cf-Access-Client-Secret: cf-value\r\n";

/// An app whose page repeats the request, as that of a framework in debug mode does.
fn debug_page() -> Server {
    Server::handling(|request, stream| {
        let headers = request
            .headers
            .iter()
            .map(|(name, value)| format!("{name}: {}\n", String::from_utf8_lossy(value)));
        let headers: String = headers.collect();
        let page = format!("<pre>http://app{}\n{headers}\n{TOKEN}</pre>", request.target);
        stream.write_all(&response(404, "Set-Cookie: a=set-value\r\n", &page)).is_ok()
    })
}

#[test]
fn no_secret_of_a_request_is_printed_or_recorded() {
    let now = clock::now().secs().to_string();
    let sign = sign(&Token::new(TOKEN).unwrap(), &now);
    let query = format!("Sign={sign}&RequestTime={now}");
    let targets = [
        format!("/?{query}"),
        format!("/Sign={sign}?x=1;Sign={sign}&{query}"),
        format!("/?%53ign={sign}&+Sign={sign}&y=1?Sign={sign}&{query}"),
        format!("http://me:user-value@im/?{query}&token=param-value"),
    ];
    let app = debug_page();
    let folder = tempfile::tempdir().unwrap();
    for format in ["json", "text"] {
        let file = folder.path().join(format);
        let mut command = imscope();
        command.stdout(Stdio::piped()).env("IMSCOPE_TOKEN", TOKEN);
        let record = ["--format", format, "--record", file.to_str().unwrap()];
        let forward = ["--forward", &app.url(), "--strict"];
        let tail = Tail::spawn(command, &[&record[..], &forward].concat());
        for target in &targets {
            let headers = format!("{HEADERS}Referer: http://x{target}\r\nX-Sign: {sign}\r\n");
            let body = format!(r#"{{"UserSig":"body-value","Text":"{sign} {TOKEN}"}}"#);
            let mut stream = TcpStream::connect(tail.address).unwrap();
            stream.write_all(&post(target, &headers, body.as_bytes())).unwrap();
            let mut reply = String::new();
            stream.read_to_string(&mut reply).unwrap();
            assert!(reply.contains(&sign) && reply.contains("set-value"), "unchanged: {reply}");
            assert_eq!(app.request().body, body.as_bytes(), "unchanged");
        }
        let output = tail.output(Signal::TERM);
        let recorded = fs::read(&file).unwrap();
        assert_eq!(deliveries(&recorded).len(), targets.len());
        let others = ["user-value", "body-value", "param-value", "set-value", TOKEN, &sign];
        for printed in [recorded, output.stdout, output.stderr] {
            let printed = String::from_utf8(printed).unwrap();
            for secret in SECRETS.into_iter().chain(others) {
                assert!(!printed.contains(secret), "{secret} in {printed}");
            }
        }
    }
}

#[test]
fn no_secret_of_a_url_is_printed() {
    let url = "http://me:user-value@127.0.0.1:1/im?Sign=sign-value&token=param-value&k=v";
    let doctor = ["doctor", "--listen", "127.0.0.1:0", "--ngrok-api", "http://127.0.0.1:1"];
    let doctor = [&doctor[..], &["--public-url", url]].concat();
    let commands = [
        doctor.clone(),
        [&doctor[..], &["--json"]].concat(),
        vec!["send", url],
        vec!["--forward", url],
        vec!["--ngrok-api", "ftp://me:user-value@h/"],
    ];
    for args in commands {
        let output = imscope().args(&args).env("IMSCOPE_TOKEN", TOKEN).output().unwrap();
        let printed = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        for secret in ["user-value", "sign-value", "param-value", TOKEN] {
            assert!(!printed.contains(secret), "{args:?} prints {printed}");
        }
    }
}

#[test]
fn an_empty_token_is_refused_and_a_strange_one_is_told() {
    let mut command = imscope();
    command.args(["tail", "--listen", "127.0.0.1:0"]).env("IMSCOPE_TOKEN", "");
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stderr).contains("IMSCOPE_TOKEN is empty"));

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("token");
    for (text, warning) in [
        ("\u{feff}mytoken\r\n", ""),
        ("\"mytoken\"\n", "quote"),
        ("IMSCOPE_TOKEN=mytoken\n", "KEY=value"),
        ("my token\n", "white space"),
        ("令牌\n", "not ASCII"),
    ] {
        fs::write(&file, text).unwrap();
        let tail = Tail::start(&["--token-file", file.to_str().unwrap()]);
        let now = clock::now().secs().to_string();
        let signed = text.trim_matches(['\u{feff}', '\r', '\n']);
        let sign = sign(&Token::new(signed).unwrap(), &now);
        let target = format!("/?Sign={sign}&RequestTime={now}");
        let reply = tail.connect().post(&target, b"{}").unwrap();
        assert!(reply.contains("\"OK\""), "{text:?}: {reply}");
        let (_, told) = tail.end(Signal::TERM);
        assert_eq!(!warning.is_empty(), !told.is_empty(), "{text:?}: {told}");
        assert!(told.contains(warning), "{text:?}: {told}");
    }
}
