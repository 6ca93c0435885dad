//! HTTP/1.1 over plain sockets: a server that records its requests, a client,
//! and the one reader of each kind of message.

use std::io::{self, BufRead as _, BufReader, Read, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex};
use std::thread;

use imscope::callback::json;

use crate::{GUARD, OK};

/// A request as a server received it.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// The number of its connection, from 0.
    pub connection: usize,
    /// The method.
    pub method: String,
    /// The request target.
    pub target: String,
    /// Names in lower case; values as bytes without white space around them.
    pub headers: Vec<(String, Vec<u8>)>,
    /// The body, of the length that its header gives.
    pub body: Vec<u8>,
}

impl Request {
    /// The first header of a name, which is in lower case.
    pub fn header(&self, name: &str) -> Option<&[u8]> {
        self.headers.iter().find(|(it, _)| it == name).map(|(_, value)| &**value)
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }
}

/// Answers a request on its stream; returns whether to keep the connection.
type Handler = dyn Fn(&Request, &mut TcpStream) -> bool + Send + Sync;

/// A server with a thread for each connection. Its threads outlive it.
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    requests: Mutex<Receiver<Request>>,
}

impl Server {
    /// Answers requests by a function.
    pub fn handling(
        handler: impl Fn(&Request, &mut TcpStream) -> bool + Send + Sync + 'static,
    ) -> Self {
        Self::listening(TcpListener::bind("127.0.0.1:0").unwrap(), handler)
    }

    /// Answers the requests of a listener by a function.
    pub fn listening(
        listener: TcpListener,
        handler: impl Fn(&Request, &mut TcpStream) -> bool + Send + Sync + 'static,
    ) -> Self {
        Self::start(listener, Arc::new(handler))
    }

    /// Answers every request with the same bytes.
    pub fn replying(bytes: impl Into<Vec<u8>>) -> Self {
        let bytes = bytes.into();
        Self::handling(move |_, stream| stream.write_all(&bytes).is_ok())
    }

    /// Writes these bytes and closes the connection.
    pub fn closing_after(bytes: &'static str) -> Self {
        Self::handling(move |_, stream| {
            stream.write_all(bytes.as_bytes()).unwrap();
            false
        })
    }

    fn start(listener: TcpListener, handler: Arc<Handler>) -> Self {
        let address = listener.local_addr().unwrap();
        let (sender, requests) = mpsc::channel();
        thread::spawn(move || {
            for (connection, stream) in listener.incoming().enumerate() {
                let (sender, handler) = (sender.clone(), Arc::clone(&handler));
                let mut stream = stream.unwrap();
                thread::spawn(move || {
                    let mut reader = BufReader::new(stream.try_clone().unwrap());
                    while let Some(request) = read_request(&mut reader, connection) {
                        // The test may have ended.
                        let _ = sender.send(request.clone());
                        if !handler(&request, &mut stream) {
                            break;
                        }
                    }
                });
            }
        });
        Self { address, requests: Mutex::new(requests) }
    }

    /// Its URL without a path.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Waits for the next request.
    pub fn request(&self) -> Request {
        self.requests.lock().unwrap().recv_timeout(GUARD).expect("a request")
    }

    /// The requests received since the last call.
    pub fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().try_iter().collect()
    }
}

/// Reads a request; none if the connection ends before one is complete.
fn read_request(reader: &mut BufReader<TcpStream>, connection: usize) -> Option<Request> {
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
    let (method, target) = first.strip_suffix(" HTTP/1.1")?.split_once(' ')?;
    let headers = lines.into_iter().map(|line| {
        let colon = line.iter().position(|it| *it == b':').unwrap();
        let name = String::from_utf8(line[..colon].to_ascii_lowercase()).unwrap();
        (name, line[colon + 1..].trim_ascii().to_vec())
    });
    let (method, target) = (method.to_owned(), target.to_owned());
    let body = Vec::new();
    let mut request = Request { connection, method, target, headers: headers.collect(), body };
    if request.header("expect").is_some() {
        reader.get_mut().write_all(b"HTTP/1.1 100 Continue\r\n\r\n").ok()?;
    }
    let length = request.header("content-length").unwrap_or(b"0");
    request.body = vec![0; str::from_utf8(length).unwrap().parse().unwrap()];
    reader.read_exact(&mut request.body).ok()?;
    Some(request)
}

/// A response as a client received it.
pub struct Response {
    /// The status code.
    pub status: u16,
    /// The status line and the headers, to the empty line.
    pub head: String,
    /// The body, of the length that its header gives.
    pub body: String,
}

impl Response {
    /// The `ErrorInfo` of a response that refuses a callback.
    pub fn info(&self) -> String {
        let json = json::read(self.body.as_bytes()).unwrap();
        assert_eq!(json.get("ActionStatus").unwrap().raw(), "\"FAIL\"");
        assert_eq!(json.get("ErrorCode").unwrap().raw(), "1");
        json.get("ErrorInfo").unwrap().as_str().unwrap().into_owned()
    }

    /// Asserts that it accepts a callback.
    pub fn assert_ok(&self) {
        assert_eq!((self.status, self.body.as_str()), (200, OK));
        assert!(self.head.contains("content-type: application/json\r\n"), "{}", self.head);
    }
}

/// Reads a status line and headers, to the empty line and no byte further.
pub fn read_head(reader: &mut impl Read) -> io::Result<String> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        reader.read_exact(&mut byte)?;
        head.push(byte[0]);
    }
    Ok(String::from_utf8(head).unwrap())
}

/// Reads a response of a given length.
pub fn read_response(reader: &mut impl Read) -> io::Result<Response> {
    let head = read_head(reader)?;
    let (_, length) = head.split_once("content-length: ").unwrap();
    let mut body = vec![0; length.split_once('\r').unwrap().0.parse().unwrap()];
    reader.read_exact(&mut body)?;
    let status = head[9..12].parse().unwrap();
    Ok(Response { status, head, body: String::from_utf8(body).unwrap() })
}

/// The bytes of a response with these headers and this body.
pub fn response(status: u16, headers: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let head = format!("HTTP/1.1 {status} X\r\n{headers}Content-Length: {}\r\n\r\n", body.len());
    [head.as_bytes(), body].concat()
}

/// The bytes of the response that accepts a callback.
pub fn ok() -> Vec<u8> {
    response(200, "Content-Type: application/json\r\n", OK)
}

/// The bytes of a POST request; each of its headers ends with CR LF.
pub fn post(target: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head =
        format!("POST {target} HTTP/1.1\r\nHost: im\r\nContent-Length: {length}\r\n{headers}\r\n");
    [head.as_bytes(), body].concat()
}

/// Posts a body to a URL without a path; returns the body of the response.
pub fn post_to(url: &str, body: &str) -> String {
    let address = url.strip_prefix("http://").unwrap().parse().unwrap();
    Client::connect(address).unwrap().post("/", body.as_bytes()).unwrap()
}

/// A client with one connection, which is kept.
pub struct Client(BufReader<TcpStream>);

impl Client {
    /// Connects.
    ///
    /// # Errors
    /// The connection is refused.
    pub fn connect(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(GUARD))?;
        stream.set_nodelay(true)?;
        Ok(Self(BufReader::new(stream)))
    }

    /// Posts a body; returns the body of the response.
    ///
    /// # Errors
    /// The connection ends before the response is complete.
    pub fn post(&mut self, target: &str, body: &[u8]) -> io::Result<String> {
        self.0.get_mut().write_all(&post(target, "", body))?;
        Ok(read_response(&mut self.0)?.body)
    }

    /// Posts a body that must be accepted.
    pub fn post_ok(&mut self, body: impl AsRef<[u8]>) {
        assert_eq!(self.post("/", body.as_ref()).unwrap(), OK);
    }
}
