//! A running listener, and a client that sends bytes to it.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

use imscope::answer::mode::{AnswerKind, AnswerMode};
use imscope::callback::{Delivery, Timestamp};
use imscope::edge::listen::{self, ListenerConfig, ListenerHandle};
use imscope::edge::queue::{Receiver, Sender, queue};
use imscope_test_support::GUARD;
use imscope_test_support::http::{Response, read_head, read_response};
use tokio::sync::watch;

pub(crate) const NOW: Timestamp = Timestamp::from_secs(1_669_872_115);

pub(crate) fn setup() -> ListenerConfig {
    ListenerConfig { max_body: 4096, clock: || NOW, ..ListenerConfig::default() }
}

pub(crate) fn answering(reply: AnswerKind, delay: Duration) -> ListenerConfig {
    ListenerConfig {
        switchboard: watch::Sender::new(AnswerMode { kind: reply, delay }.into()),
        ..setup()
    }
}

pub(crate) struct Scope {
    pub(crate) running: ListenerHandle,
    pub(crate) sender: Sender,
    pub(crate) deliveries: Receiver,
}

impl Scope {
    pub(crate) fn start(setup: ListenerConfig) -> Self {
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
    pub(crate) fn ask(&self, request: impl AsRef<[u8]>) -> Response {
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

impl Client {
    pub(crate) fn send(&mut self, bytes: impl AsRef<[u8]>) {
        self.0.write_all(bytes.as_ref()).unwrap();
    }

    pub(crate) fn ask(&mut self, request: impl AsRef<[u8]>) -> Response {
        self.send(request);
        self.answer()
    }

    pub(crate) fn head(&mut self) -> String {
        read_head(&mut self.0).unwrap()
    }

    pub(crate) fn answer(&mut self) -> Response {
        read_response(&mut self.0).unwrap()
    }

    /// Waits for the other side to close, without another byte.
    pub(crate) fn assert_closed(&mut self) {
        assert_eq!(self.0.read(&mut [0]).unwrap(), 0);
    }
}
