//! `imscope tail` as a child process, and the recordings it writes.

use std::io::{BufRead as _, BufReader, Read as _};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, ChildStderr, Command, Output, Stdio};

use imscope::callback::{Delivery, jsonl};
use rustix::process::{Pid, Signal, kill_process};

use crate::http::Client;
use crate::program::imscope;

/// A running `imscope tail`; killed when dropped.
pub struct Tail {
    /// The process.
    pub child: Child,
    /// Where it listens.
    pub address: SocketAddr,
    stderr: BufReader<ChildStderr>,
}

impl Tail {
    /// Starts it with a recording.
    pub fn recording(file: &Path) -> Self {
        Self::start(&["--record", file.to_str().unwrap()])
    }

    /// Starts it with some options; its output is discarded.
    pub fn start(args: &[&str]) -> Self {
        let mut command = imscope();
        command.stdout(Stdio::null());
        Self::spawn(command, args)
    }

    /// Starts it at an address; its output is discarded.
    pub fn at(address: &str) -> Self {
        Self::start(&["--listen", address])
    }

    /// Starts it by a command that takes the arguments of imscope, and waits
    /// until it listens.
    pub fn spawn(mut command: Command, args: &[&str]) -> Self {
        command.arg("tail").args(args).stderr(Stdio::piped());
        if !args.contains(&"--listen") {
            command.args(["--listen", "127.0.0.1:0"]);
        }
        let mut child = command.spawn().unwrap();
        let mut stderr = BufReader::new(child.stderr.take().unwrap());
        let mut first = String::new();
        stderr.read_line(&mut first).unwrap();
        let url = first.trim_end().strip_prefix("imscope: listening on ");
        let address = url.and_then(|it| it.split_once("://")).map(|(_, address)| address);
        let address = address.unwrap_or_else(|| panic!("not listening: {first}")).parse().unwrap();
        Self { child, address, stderr }
    }

    /// A client connected to it.
    pub fn connect(&self) -> Client {
        Client::connect(self.address).unwrap()
    }

    /// Waits for the next line of standard error.
    pub fn error_line(&mut self) -> String {
        let mut line = String::new();
        self.stderr.read_line(&mut line).unwrap();
        line
    }

    /// Its process id.
    pub fn pid(&self) -> Pid {
        Pid::from_child(&self.child)
    }

    /// Kills it, and waits until it has ended.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Sends a signal and waits for the end; see [`Self::wait`].
    pub fn end(mut self, signal: Signal) -> (Option<i32>, String) {
        kill_process(self.pid(), signal).unwrap();
        self.wait()
    }

    /// Sends a signal and waits for the end; returns all output, which must have been
    /// piped, and standard error without the first line.
    pub fn output(mut self, signal: Signal) -> Output {
        kill_process(self.pid(), signal).unwrap();
        let mut stdout = Vec::new();
        self.child.stdout.take().unwrap().read_to_end(&mut stdout).unwrap();
        let mut stderr = Vec::new();
        self.stderr.read_to_end(&mut stderr).unwrap();
        Output { status: self.child.wait().unwrap(), stdout, stderr }
    }

    /// Waits for the end; returns the status, and standard error after the
    /// first line.
    pub fn wait(&mut self) -> (Option<i32>, String) {
        let mut text = String::new();
        self.stderr.read_to_string(&mut text).unwrap();
        (self.child.wait().unwrap().code(), text)
    }
}

impl Drop for Tail {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Decodes every line of a recording; none may be broken or partial.
pub fn deliveries(recording: &[u8]) -> Vec<Delivery> {
    assert!(recording.is_empty() || recording.ends_with(b"\n"));
    let lines = recording.split_inclusive(|it| *it == b'\n');
    lines.map(|it| jsonl::decode(it).unwrap()).collect()
}

/// The bodies of a recording.
pub fn bodies(recording: &[u8]) -> Vec<String> {
    let deliveries = deliveries(recording);
    deliveries.into_iter().map(|it| String::from_utf8(it.body.into()).unwrap()).collect()
}
