//! A local app as a test wants it: a small server that does what it is told.

use std::io::{BufRead, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex};
use std::thread;

use crate::harness::{GUARD, OK};

/// A call as the app saw it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Seen {
    /// The number of its connection, from 0.
    pub(crate) connection: usize,
    pub(crate) first: String,
    /// Names in lower case, values as bytes.
    pub(crate) headers: Vec<(String, Vec<u8>)>,
    pub(crate) body: Vec<u8>,
}

impl Seen {
    pub(crate) fn header(&self, name: &str) -> Option<&[u8]> {
        self.headers.iter().find(|(it, _)| it == name).map(|(_, value)| &**value)
    }
}

/// What the app does with a call; whether it keeps the connection.
type Act = dyn Fn(&Seen, &mut TcpStream) -> bool + Send + Sync;

pub(crate) struct App {
    pub(crate) address: SocketAddr,
    seen: Mutex<Receiver<Seen>>,
}

impl App {
    pub(crate) fn acting(
        act: impl Fn(&Seen, &mut TcpStream) -> bool + Send + Sync + 'static,
    ) -> Self {
        Self::listening(TcpListener::bind("127.0.0.1:0").unwrap(), act)
    }

    pub(crate) fn listening(
        listener: TcpListener,
        act: impl Fn(&Seen, &mut TcpStream) -> bool + Send + Sync + 'static,
    ) -> Self {
        Self::on(listener, Arc::new(act))
    }

    /// Says the same bytes to every call.
    pub(crate) fn saying(bytes: impl Into<Vec<u8>>) -> Self {
        let bytes = bytes.into();
        Self::acting(move |_, stream| stream.write_all(&bytes).is_ok())
    }

    /// Says these bytes and closes.
    pub(crate) fn breaking_off(bytes: &'static str) -> Self {
        Self::acting(move |_, stream| {
            stream.write_all(bytes.as_bytes()).unwrap();
            false
        })
    }

    fn on(listener: TcpListener, act: Arc<Act>) -> Self {
        let address = listener.local_addr().unwrap();
        let (tell, seen) = mpsc::channel();
        thread::spawn(move || {
            for (connection, stream) in listener.incoming().enumerate() {
                let (tell, act, stream) = (tell.clone(), act.clone(), stream.unwrap());
                thread::spawn(move || {
                    let mut reader = BufReader::new(stream.try_clone().unwrap());
                    let mut stream = stream;
                    while let Some(call) = read(&mut reader, connection) {
                        // The test may have ended.
                        let _ = tell.send(call.clone());
                        if !act(&call, &mut stream) {
                            break;
                        }
                    }
                });
            }
        });
        Self { address, seen: Mutex::new(seen) }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The next call that came.
    pub(crate) fn seen(&self) -> Seen {
        self.seen.lock().unwrap().recv_timeout(GUARD).expect("a call")
    }

    pub(crate) fn assert_not_called(&self) {
        assert_eq!(self.seen.lock().unwrap().try_recv().ok(), None);
    }
}

/// A reply with these headers and this body.
pub(crate) fn reply(status: u16, headers: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let head = format!("HTTP/1.1 {status} X\r\n{headers}Content-Length: {}\r\n\r\n", body.len());
    [head.as_bytes(), body].concat()
}

/// The reply that Tencent asks for.
pub(crate) fn ok() -> Vec<u8> {
    reply(200, "Content-Type: application/json\r\n", OK)
}

fn read(reader: &mut impl BufRead, connection: usize) -> Option<Seen> {
    let mut lines = Vec::new();
    loop {
        let mut line = Vec::new();
        if reader.read_until(b'\n', &mut line).ok()? == 0 {
            return None;
        }
        line.truncate(line.len().checked_sub(2)?);
        if line.is_empty() {
            break;
        }
        lines.push(line);
    }
    let first = String::from_utf8(lines.remove(0)).unwrap();
    let headers: Vec<(String, Vec<u8>)> = lines
        .into_iter()
        .map(|line| {
            let colon = line.windows(2).position(|it| it == b": ").unwrap();
            (
                String::from_utf8(line[..colon].to_ascii_lowercase()).unwrap(),
                line[colon + 2..].into(),
            )
        })
        .collect();
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length = length.map_or("0".into(), |(_, value)| String::from_utf8_lossy(value));
    let mut body = vec![0; length.parse().unwrap()];
    reader.read_exact(&mut body).ok()?;
    Some(Seen { connection, first, headers, body })
}
