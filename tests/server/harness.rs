//! A listener that runs, and a client that speaks bytes to it.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

use imscope::callback::json;
use imscope::callback::{Delivery, Timestamp};
use imscope::edge::listen::{self, Running, Setup};
use imscope::edge::queue::{Receiver, Sender, queue};
use imscope::edge::reply::{AnswerKind, AnswerMode, Switch};

/// Only a guard against a test that would never end.
pub(crate) const GUARD: Duration = Duration::from_secs(60);
pub(crate) const OK: &str = r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0}"#;
pub(crate) const NOW: Timestamp = Timestamp::from_secs(1_669_872_115);

pub(crate) fn setup() -> Setup {
    let switch = Arc::new(Switch::default());
    Setup { max_body: 4096, switch, clock: || NOW, ..Setup::default() }
}

pub(crate) fn turned(reply: AnswerKind, delay: Duration) -> Setup {
    Setup { switch: Arc::new(Switch::new(AnswerMode { kind: reply, delay })), ..setup() }
}

pub(crate) struct Scope {
    pub(crate) running: Running,
    pub(crate) sender: Sender,
    pub(crate) deliveries: Receiver,
}

impl Scope {
    pub(crate) fn start(setup: Setup) -> Self {
        let (sender, deliveries) = queue();
        let listener = listen::bind("127.0.0.1:0").unwrap();
        let running = listen::spawn(listener, Arc::new(setup), sender.clone()).unwrap();
        Self { running, sender, deliveries }
    }

    pub(crate) fn connect(&self) -> Client {
        let stream = TcpStream::connect(self.running.address()).unwrap();
        stream.set_read_timeout(Some(GUARD)).unwrap();
        Client(stream)
    }

    /// Sends one request on a connection of its own.
    pub(crate) fn ask(&self, request: impl AsRef<[u8]>) -> Answer {
        self.connect().ask(request)
    }

    pub(crate) fn take(&mut self) -> Delivery {
        let mut taken = Vec::new();
        block_on(self.deliveries.recv_many(&mut taken, 1));
        taken.pop().expect("a delivery")
    }
}

pub(crate) fn block_on<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async { tokio::time::timeout(GUARD, future).await.expect("in time") })
}

pub(crate) struct Client(pub(crate) TcpStream);

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Answer {
    /// The `ErrorInfo` of an answer that says FAIL.
    pub(crate) fn info(&self) -> String {
        let json = json::read(self.body.as_bytes()).unwrap();
        assert_eq!(json.get("ActionStatus").unwrap().text(), "\"FAIL\"");
        assert_eq!(json.get("ErrorCode").unwrap().text(), "1");
        json.get("ErrorInfo").unwrap().as_str().unwrap().into_owned()
    }

    pub(crate) fn assert_ok(&self) {
        assert_eq!((self.status, self.body.as_str()), (200, OK));
        assert!(self.head.contains("content-type: application/json\r\n"), "{}", self.head);
    }
}

impl Client {
    pub(crate) fn send(&mut self, bytes: impl AsRef<[u8]>) {
        self.0.write_all(bytes.as_ref()).unwrap();
    }

    pub(crate) fn ask(&mut self, request: impl AsRef<[u8]>) -> Answer {
        self.send(request);
        self.answer()
    }

    pub(crate) fn head(&mut self) -> String {
        let mut head = Vec::new();
        let mut byte = [0];
        while !head.ends_with(b"\r\n\r\n") {
            self.0.read_exact(&mut byte).unwrap();
            head.push(byte[0]);
        }
        String::from_utf8(head).unwrap()
    }

    pub(crate) fn answer(&mut self) -> Answer {
        let head = self.head();
        let length = head.split_once("content-length: ").unwrap().1;
        let mut body = vec![0; length.split_once('\r').unwrap().0.parse().unwrap()];
        self.0.read_exact(&mut body).unwrap();
        let status = head[9..12].parse().unwrap();
        Answer { status, head, body: String::from_utf8(body).unwrap() }
    }

    /// Waits for the other side to close, without another byte.
    pub(crate) fn assert_closed(&mut self) {
        assert_eq!(self.0.read(&mut [0]).unwrap(), 0);
    }
}

pub(crate) fn post(target: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head =
        format!("POST {target} HTTP/1.1\r\nHost: im\r\nContent-Length: {length}\r\n{headers}\r\n");
    [head.as_bytes(), body].concat()
}
