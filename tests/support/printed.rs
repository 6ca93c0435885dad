//! Everything that the commands print, with a hostile text wherever a stranger or
//! an argument can put one.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::sync::{Arc, Mutex};

use imscope::callback::printable::is_hidden;
use rustix::process::Signal;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::http::{Server, post, response};
use crate::program::imscope;
use crate::tail::Tail;

/// A server whose every reply holds a text, and a folder for files.
pub struct HostileWorld {
    server: Server,
    text: Arc<Mutex<String>>,
    folder: TempDir,
    /// Outputs checked so far.
    pub checked: usize,
}

impl Default for HostileWorld {
    fn default() -> Self {
        let text = Arc::new(Mutex::new(String::new()));
        let shared = Arc::clone(&text);
        let server = Server::handling(move |request, stream| {
            let text = shared.lock().unwrap().clone();
            let body = match request.target.len() % 3 {
                _ if request.method == "GET" => tunnels(&text),
                0 => json!({"ActionStatus": text, "ErrorInfo": [text], "ErrorCode": text})
                    .to_string(),
                1 => format!("{{\"{text}"),
                _ => text,
            };
            stream.write_all(&response(200, "", &body)).is_ok()
        });
        Self { server, text, folder: TempDir::new().unwrap(), checked: 0 }
    }
}

/// The tunnels of an agent, one of them with a text in place of its target.
fn tunnels(text: &str) -> String {
    let tunnel = json!({"public_url": text, "config": {"addr": text}});
    json!({"tunnels": [tunnel]}).to_string()
}

impl HostileWorld {
    /// Runs all commands with a text without NUL in every place, and asserts that no
    /// hidden character but a line end is printed.
    pub fn check(&mut self, text: &str) {
        text.clone_into(&mut self.text.lock().unwrap());
        self.check_arguments(text);
        self.check_files(text);
        self.check_network(text);
        self.check_tail(text);
    }

    fn run(&mut self, args: &[&str]) {
        self.run_command(imscope().args(args));
    }

    fn run_command(&mut self, command: &mut Command) {
        let output = command.output().unwrap();
        self.assert_printable(&output, command);
    }

    fn assert_printable(&mut self, output: &Output, command: &Command) {
        for printed in [&output.stdout, &output.stderr] {
            let text = str::from_utf8(printed).unwrap_or_else(|it| panic!("{it}: {command:?}"));
            let found = text.find(|it| it != '\n' && is_hidden(it));
            assert_eq!(found, None, "{command:?} prints {text:?}");
        }
        self.checked += 2;
    }

    fn check_arguments(&mut self, text: &str) {
        self.run(&["codes", text]);
        self.run(&[text]);
        self.run(&["--listen", text]);
        self.run(&["tail", "--format", text, "--lang", text]);
        self.run(&["tail", "--filter", &format!("from:({text}")]);
        self.run(&[&format!("--{text}")]);
        self.run_command(imscope().env("IMSCOPE_LISTEN", text));
        self.run_command(imscope().env("IMSCOPE_FORWARD", text));
    }

    fn check_files(&mut self, text: &str) {
        let missing = format!("/nowhere/{text}");
        let listen = ["tail", "--listen", "127.0.0.1:0"];
        self.run(&["open", &missing]);
        self.run(&["send", "--body", &missing]);
        for option in ["--record", "--token-file"] {
            self.run(&[&listen[..], &[option, &missing]].concat());
        }
        self.run(&[&listen[..], &["--tls-cert", &missing, "--tls-key", &missing]].concat());
        let to = self.server.url();
        let file = self.recording(text);
        self.run_command(imscope().args(["replay", "--to", &to]).arg(&file));
        self.run_command(imscope().arg("open").arg(&file));
        self.run_command(imscope().args(["tail", "--listen", "127.0.0.1:x"]).arg(&file));
    }

    /// A recording with the text in its name and in each field, many lines broken.
    fn recording(&self, text: &str) -> PathBuf {
        let mut lines = format!("{text}\n{{{text}\n");
        let fields = ["at", "peer", "path", "query", "body", "body_base64", "signature", "origin"];
        for field in fields.into_iter().chain(["seq", "method", "headers", "answer"]) {
            lines += &line(field, json!(text));
        }
        lines += &line("headers", json!([[text, text]]));
        lines += &line("answer", json!({"status": 200, "by": text}));
        let name: String = text.chars().filter(|it| *it != '/').take(40).collect();
        let file = self.folder.path().join(format!("r{name}.jsonl"));
        fs::write(&file, lines).unwrap();
        file
    }

    fn check_network(&mut self, text: &str) {
        let url = self.server.url();
        for path in ["", "/a", "/aa"] {
            let to = format!("{url}{path}");
            self.run(&["send", &to, "--from", text, "--to", text, "--text", text]);
            self.run(&["send", &to, "--command", text, "--error-info", text]);
        }
        let doctor = ["doctor", "--listen", "127.0.0.1:0", "--ngrok-api", &url, "--forward", &url];
        for options in [&[][..], &["--json"], &["--lang", "zh"], &["--json", "--public-url", text]]
        {
            let args = [&doctor[..], options].concat();
            self.run_command(imscope().args(args).env("IMSCOPE_TOKEN", text));
        }
    }

    fn check_tail(&mut self, text: &str) {
        for format in ["json", "text"] {
            let mut command = imscope();
            command.stdout(Stdio::piped());
            let args = ["--format", format, "--forward", &self.server.url()];
            let tail = Tail::spawn(command, &args);
            for request in requests(text) {
                let mut stream = TcpStream::connect(tail.address).unwrap();
                // One that is not valid HTTP may be cut off.
                let _ = stream.write_all(&request);
                let _ = stream.read_to_end(&mut Vec::new());
            }
            let output = tail.output(Signal::TERM);
            assert!(output.stdout.split(|it| *it == b'\n').count() > 3, "{output:?}");
            self.assert_printable(&output, Command::new("tail").args(args));
        }
    }
}

fn line(field: &str, value: Value) -> String {
    let mut line = json!({"v": 1, "at": "2026-11-22T06:02:11Z", "body": "{}"});
    line[field] = value;
    format!("{line}\n")
}

const CLOSE: &str = "Connection: close\r\n";

/// Requests with a text in the target, a header and the body.
fn requests(text: &str) -> [Vec<u8>; 5] {
    let visible: String = text.chars().filter(|it| !it.is_whitespace() && ' ' < *it).collect();
    let message = json!({"CallbackCommand": "C2C.CallbackAfterSendMsg", "From_Account": text,
        "MsgBody": [{"MsgType": text, "MsgContent": {"Text": text}}], "ErrorInfo": text, text: text});
    let header = format!("{CLOSE}X-Text: {}\r\n", text.replace(['\r', '\n'], " "));
    [
        post("/", CLOSE, message.to_string().as_bytes()),
        post("/", CLOSE, text.as_bytes()),
        post("/", CLOSE, format!("{{\"{text}").as_bytes()),
        post("/", &header, b"{}"),
        post(&format!("/{visible}?CallbackCommand={visible}&Sign={visible}"), CLOSE, b"{}"),
    ]
}
