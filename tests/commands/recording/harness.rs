//! `imscope tail` as a process of its own, and a client that speaks to it.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, ChildStderr, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use imscope::callback::{Delivery, jsonl};
use rustix::process::{Pid, Signal, kill_process};

/// Only a guard against a test that would never end.
pub(crate) const GUARD: Duration = Duration::from_secs(60);
pub(crate) const OK: &str = r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0}"#;

/// The binary, with none of the user's own settings.
pub(crate) fn imscope() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_imscope"));
    clean(&mut command);
    command
}

pub(crate) fn clean(command: &mut Command) {
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("IMSCOPE_") {
            command.env_remove(name);
        }
    }
    command.stdin(Stdio::null());
}

pub(crate) fn run(args: &[&str]) -> Output {
    imscope().args(args).output().unwrap()
}

/// What a command that must fail tells.
pub(crate) fn refusal(args: &[&str]) -> String {
    let output = run(args);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert_eq!(output.stdout, b"");
    String::from_utf8(output.stderr).unwrap()
}

/// A running `imscope tail`; killed when dropped.
pub(crate) struct Tail {
    pub(crate) child: Child,
    pub(crate) address: SocketAddr,
    stderr: BufReader<ChildStderr>,
}

impl Tail {
    pub(crate) fn recording(file: &Path) -> Self {
        Self::start(&["--record", file.to_str().unwrap()])
    }

    pub(crate) fn start(args: &[&str]) -> Self {
        let mut command = imscope();
        command.stdout(Stdio::null());
        Self::spawn(command, args)
    }

    pub(crate) fn spawn(mut command: Command, args: &[&str]) -> Self {
        command.args(["tail", "--listen", "127.0.0.1:0"]).args(args).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut stderr = BufReader::new(child.stderr.take().unwrap());
        let mut said = String::new();
        stderr.read_line(&mut said).unwrap();
        let address = said.trim_end().strip_prefix("imscope: listening on http://");
        let address = address.unwrap_or_else(|| panic!("it says {said}")).parse().unwrap();
        Self { child, address, stderr }
    }

    pub(crate) fn connect(&self) -> Client {
        Client::connect(self.address).unwrap()
    }

    pub(crate) fn pid(&self) -> Pid {
        Pid::from_child(&self.child)
    }

    /// Sends a signal, waits for the end, and returns what else it told.
    pub(crate) fn end(mut self, signal: Signal) -> (Option<i32>, String) {
        kill_process(self.pid(), signal).unwrap();
        self.wait()
    }

    pub(crate) fn wait(&mut self) -> (Option<i32>, String) {
        let mut said = String::new();
        self.stderr.read_to_string(&mut said).unwrap();
        (self.child.wait().unwrap().code(), said)
    }
}

impl Drop for Tail {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// One connection that is kept.
pub(crate) struct Client(BufReader<TcpStream>);

impl Client {
    pub(crate) fn connect(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(GUARD))?;
        stream.set_nodelay(true)?;
        Ok(Self(BufReader::new(stream)))
    }

    /// Posts a body; returns the body of the answer, whole.
    pub(crate) fn post(&mut self, target: &str, body: &[u8]) -> io::Result<String> {
        let head =
            format!("POST {target} HTTP/1.1\r\nHost: im\r\nContent-Length: {}\r\n\r\n", body.len());
        self.0.get_mut().write_all(&[head.as_bytes(), body].concat())?;
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            if self.0.read_line(&mut head)? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        let length = head.split_once("content-length: ").unwrap().1;
        let mut body = vec![0; length.split_once('\r').unwrap().0.parse().unwrap()];
        self.0.read_exact(&mut body)?;
        Ok(String::from_utf8(body).unwrap())
    }

    pub(crate) fn post_ok(&mut self, body: impl AsRef<[u8]>) {
        assert_eq!(self.post("/", body.as_ref()).unwrap(), OK);
    }
}

/// Every line of a recording; none may be broken or torn.
pub(crate) fn deliveries(recording: &[u8]) -> Vec<Delivery> {
    assert!(recording.is_empty() || recording.ends_with(b"\n"));
    let lines = recording.split_inclusive(|it| *it == b'\n');
    lines.map(|it| jsonl::decode(it).unwrap()).collect()
}

pub(crate) fn bodies(recording: &[u8]) -> Vec<String> {
    let deliveries = deliveries(recording);
    deliveries.into_iter().map(|it| String::from_utf8(it.body.into()).unwrap()).collect()
}

/// Waits until something is so, without taking the processor from those who
/// make it so.
#[expect(clippy::disallowed_methods, reason = "only a guard against waiting for ever")]
pub(crate) fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < GUARD, "waited too long until {what}");
        thread::yield_now();
    }
}
