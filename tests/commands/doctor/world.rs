//! The surroundings of a doctor on loopback: public URLs, tunnels, apps.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Command, Output};

use imscope::callback::Timestamp;
use imscope::edge::clock;
use imscope_test_support::http::{self, Request, Server};
use imscope_test_support::program::imscope;
use jiff::fmt::rfc2822::DateTimePrinter;
use serde_json::{Value, json};

pub(crate) const TOKEN: &str = "correct-horse-battery";

/// Answers every request with the bytes that a function makes of it.
pub(crate) fn serve(answer: impl Fn(Request) -> Vec<u8> + Send + Sync + 'static) -> SocketAddr {
    let server = Server::handling(move |request, stream| {
        // The client may have left.
        let _ = stream.write_all(&answer(request.clone()));
        false
    });
    server.address
}

/// A response that ends its connection.
pub(crate) fn response(status: u16, headers: &str, body: &str) -> Vec<u8> {
    http::response(status, &format!("Connection: close\r\n{headers}"), body)
}

/// The address of a port without a listener.
pub(crate) fn free() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

/// A tunnel to an address: passes requests on as a function changed them. While
/// nothing listens there it answers 502 itself, with its own clock, which is so many
/// seconds ahead of ours.
pub(crate) fn tunnel(
    to: SocketAddr,
    ahead: i64,
    change: impl Fn(&mut Request) + Send + Sync + 'static,
) -> SocketAddr {
    serve(move |mut request| {
        let Ok(mut stream) = TcpStream::connect(to) else {
            return response(
                502,
                &date(Timestamp::from_secs(clock::now().secs() + ahead)),
                "no upstream",
            );
        };
        change(&mut request);
        let Request { method, target, body, .. } = request;
        let length = body.len();
        let head = format!("{method} {target} HTTP/1.1\r\nHost: im\r\nConnection: close\r\n");
        write!(stream, "{head}Content-Length: {length}\r\n\r\n").unwrap();
        stream.write_all(&body).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        answer
    })
}

fn date(at: Timestamp) -> String {
    let at = jiff::Timestamp::from_second(at.secs()).unwrap();
    let date = DateTimePrinter::new().timestamp_to_rfc9110_string(&at).unwrap();
    format!("Date: {date}\r\n")
}

/// ngrok's agent, with tunnels from a public URL to a target.
pub(crate) fn ngrok(tunnels: &[(&str, String)]) -> SocketAddr {
    let tunnels: Vec<_> = tunnels
        .iter()
        .map(|(url, addr)| json!({ "public_url": url, "config": { "addr": addr } }))
        .collect();
    let body = json!({ "tunnels": tunnels }).to_string();
    serve(move |request| match request.target.as_str() {
        "/api/tunnels" => response(200, "", &body),
        _ => response(404, "", ""),
    })
}

/// The admin server of frp's client, for who has this authorization, with a proxy to an
/// address.
pub(crate) fn frp(authorization: &'static str, to: SocketAddr) -> SocketAddr {
    let proxy = json!({ "name": "im", "type": "http", "status": "running",
        "local_addr": to.to_string(), "remote_addr": "im.example.com" });
    let body = json!({ "http": [proxy] }).to_string();
    serve(move |request| {
        let is_known = request.header("authorization") == Some(authorization.as_bytes());
        match is_known && request.target == "/api/status" {
            true => response(200, "", &body),
            false => response(401, "", "Unauthorized"),
        }
    })
}

/// A doctor that is not run yet.
pub(crate) struct Doctor(Command);

/// The report of a doctor.
pub(crate) struct Report {
    pub(crate) text: String,
    pub(crate) status: i32,
}

impl Doctor {
    /// For an address to listen on; with a token, and no ngrok anywhere.
    pub(crate) fn of(listen: SocketAddr) -> Self {
        let mut command = imscope();
        command.env("IMSCOPE_TOKEN", TOKEN);
        command.args(["doctor", "--listen", &listen.to_string()]);
        // A given address that does not reply would be a warning.
        Self(command).ngrok(serve(|_| response(200, "", "{}")))
    }

    pub(crate) fn ngrok(mut self, api: SocketAddr) -> Self {
        self.0.env("IMSCOPE_NGROK_API", format!("http://{api}"));
        self
    }

    pub(crate) fn token(mut self, token: &str) -> Self {
        self.0.env("IMSCOPE_TOKEN", token);
        self
    }

    pub(crate) fn without_token(mut self) -> Self {
        self.0.env_remove("IMSCOPE_TOKEN");
        self
    }

    pub(crate) fn with(mut self, args: &[&str]) -> Self {
        self.0.args(args);
        self
    }

    /// A public URL that the console takes, and where its host is.
    pub(crate) fn public(self, at: SocketAddr) -> Self {
        self.with(&["--public-url", "http://im.example.com/hook", "--connect-to", &at.to_string()])
    }

    /// Runs it. The report never contains the token.
    pub(crate) fn ask(mut self) -> Report {
        let Output { status, stdout, stderr } = self.0.output().unwrap();
        let text = String::from_utf8(stdout).unwrap();
        assert_eq!(String::from_utf8(stderr).unwrap(), "", "{text}");
        assert!(!text.contains(TOKEN) && !text.contains("Sign="), "{text}");
        Report { text, status: status.code().unwrap() }
    }

    /// Runs it, and reads the level, message and hint of a check.
    pub(crate) fn check(self, name: &str) -> (String, String, String) {
        let report = self.with(&["--json"]).ask();
        let json: Value = serde_json::from_str(&report.text).unwrap();
        let checks = json["checks"].as_array().unwrap();
        let failed = checks.iter().any(|it| it["level"] == "failure");
        assert_eq!((json["ok"] == false, report.status), (failed, i32::from(failed)), "{json}");
        let check = checks.iter().find(|it| it["name"] == name).unwrap_or(&Value::Null);
        let text = |name: &str| check[name].as_str().unwrap_or_default().to_owned();
        (text("level"), text("message"), text("hint"))
    }
}
