//! Clients that are slow, many, broken or hostile: they delay no other, and
//! memory has a bound.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use imscope::edge::listen::HEAD_BYTES;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use crate::load::{address, resident, seen};
use imscope_test_support::http::Client;
use imscope_test_support::terminal::{Pty, WATCH};
use imscope_test_support::{GUARD, OK};

/// How many connections are idle.
const IDLE: usize = 2000;
/// How long another client may wait: Tencent gives up after 2 s.
const PROMPT: Duration = Duration::from_secs(1);
/// Between two bytes of a slow client.
const DRIP: Duration = Duration::from_millis(20);

fn start() -> (Pty, SocketAddr) {
    let mut pty = Pty::imscope(&WATCH);
    let address = address(&mut pty);
    (pty, address)
}

fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(GUARD)).unwrap();
    stream
}

/// Asserts that the callback of another client is answered at once.
#[expect(clippy::disallowed_methods, reason = "the time that an answer takes is what is tested")]
fn assert_prompt(address: SocketAddr) {
    let began = Instant::now();
    Client::connect(address).unwrap().post_ok("{}");
    assert!(began.elapsed() < PROMPT, "{:?}", began.elapsed());
}

/// Reads until the other side closes or resets the connection.
fn rest(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    match stream.read_to_end(&mut answer) {
        Err(error) if error.kind() != ErrorKind::ConnectionReset => panic!("{error}"),
        _ => String::from_utf8(answer).unwrap(),
    }
}

/// Asserts that no byte arrives yet.
fn assert_silent(stream: &mut TcpStream) {
    stream.set_read_timeout(Some(DRIP)).unwrap();
    let error = stream.read(&mut [0]).expect_err("an answer too early").kind();
    assert!(matches!(error, ErrorKind::WouldBlock | ErrorKind::TimedOut), "{error}");
    stream.set_read_timeout(Some(GUARD)).unwrap();
}

fn leave(mut pty: Pty) {
    assert!(pty.press("q").ends().success());
    pty.assert_restored();
}

#[test]
fn a_client_that_sends_a_byte_at_a_time_delays_no_other() {
    let (mut pty, address) = start();
    let request = b"POST / HTTP/1.1\r\nContent-Length: 8\r\n\r\n{\"a\":12}";
    let mut slow: Vec<_> = (0..20).map(|_| connect(address)).collect();
    for stream in &mut slow {
        stream.set_nodelay(true).unwrap();
    }
    for byte in request {
        for stream in &mut slow {
            stream.write_all(&[*byte]).unwrap();
        }
        if *byte != request[request.len() - 1] {
            assert_silent(&mut slow[0]);
        }
        assert_prompt(address);
    }
    for stream in &mut slow {
        let mut answer = [0; 15];
        stream.read_exact(&mut answer).unwrap();
        assert_eq!(answer, *b"HTTP/1.1 200 OK");
    }
    pty.shows(&seen(request.len() as u64 + 20));
    leave(pty);
}

/// Lets this process open as many files as the system allows: the usual limit
/// of 1024 is only the soft one.
fn open_many_files() {
    let limit = getrlimit(Resource::Nofile);
    let enough = limit.maximum.is_none_or(|it| it > 2 * (IDLE + 100) as u64);
    assert!(enough, "the system allows too few files: {limit:?}");
    setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, ..limit }).unwrap();
}

/// All at once: a caller that found no place in the system's queue would come
/// back after a second.
fn crowd(address: SocketAddr) -> Vec<TcpStream> {
    (0..IDLE).map(|_| connect(address)).collect()
}

#[test]
fn two_thousand_idle_or_hanging_connections_delay_no_other() {
    let (mut pty, address) = start();
    // After the start, because the program must raise its own limit.
    open_many_files();
    assert_prompt(address);
    let before = resident(pty.pid);
    let mut idle = crowd(address);
    for (nth, stream) in idle.iter_mut().enumerate() {
        match nth % 4 {
            0 => {}
            1 => stream.write_all(b"POST / HTTP/1.1\r\nX-Half: ").unwrap(),
            2 => stream.write_all(b"POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\n{").unwrap(),
            _ => stream.shutdown(Shutdown::Read).unwrap(),
        }
    }
    for _ in 0..20 {
        assert_prompt(address);
    }
    let each = resident(pty.pid).saturating_sub(before) / IDLE;
    assert!(each < 64 * 1024, "{each} bytes for a connection that rests");
    // An idle connection still works, and closed ones make place for others.
    idle[0]
        .write_all(b"POST / HTTP/1.1\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}")
        .unwrap();
    assert!(rest(&mut idle[0]).ends_with(OK));
    drop(idle);
    let idle = crowd(address);
    assert_prompt(address);
    pty.shows(&seen(23));
    drop(idle);
    leave(pty);
}

#[test]
fn a_thousand_requests_in_one_go_are_answered_in_their_order() {
    let (mut pty, address) = start();
    let mut stream = connect(address);
    let mut writer = stream.try_clone().unwrap();
    let sending = std::thread::spawn(move || {
        let mut all = Vec::new();
        for nth in 0..1000 {
            let close = if nth == 999 { "Connection: close\r\n" } else { "" };
            // Every third is broken, so that the order can be checked.
            let body = if nth % 3 == 0 { format!("{{{nth}") } else { format!("[{nth:4}]") };
            let length = body.len();
            let head = format!("POST /{nth} HTTP/1.1\r\n{close}Content-Length: {length}\r\n\r\n");
            all.extend([head, body].concat().into_bytes());
        }
        writer.write_all(&all).unwrap();
    });
    let answers = rest(&mut stream);
    sending.join().unwrap();
    let answers: Vec<_> = answers.split("HTTP/1.1 200 OK").skip(1).collect();
    assert_eq!(answers.len(), 1000);
    for (nth, answer) in answers.into_iter().enumerate() {
        assert_eq!(answer.ends_with(OK), nth % 3 != 0, "{nth}: {answer}");
    }
    pty.shows(&seen(1000));
    leave(pty);
}

#[test]
fn chunks_of_one_byte_are_accepted_and_incomplete_bodies_dropped() {
    let (mut pty, address) = start();
    let mut stream = connect(address);
    let head = "POST / HTTP/1.1\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n";
    let body = format!("[\"{}\"]", "x".repeat(20_000));
    let chunks: Vec<_> = body.chars().map(|it| format!("1\r\n{it}\r\n")).collect();
    let chunks = chunks.concat();
    stream.write_all(format!("{head}{chunks}0\r\n\r\n").as_bytes()).unwrap();
    assert!(rest(&mut stream).ends_with(OK));
    for promise in ["Content-Length: 1000000", "Transfer-Encoding: chunked"] {
        let mut stream = connect(address);
        stream
            .write_all(format!("POST / HTTP/1.1\r\n{promise}\r\n\r\nff\r\n{{").as_bytes())
            .unwrap();
        stream.shutdown(Shutdown::Write).unwrap();
        assert_eq!(rest(&mut stream), "", "{promise}");
    }
    let mut stream = connect(address);
    stream
        .write_all(
            format!("POST / HTTP/1.1\r\nContent-Length: {}\r\n\r\n", u64::MAX / 2).as_bytes(),
        )
        .unwrap();
    stream.write_all(&vec![b' '; 2 << 20]).unwrap();
    assert!(rest(&mut stream).starts_with("HTTP/1.1 413 "));
    assert_prompt(address);
    pty.shows(&seen(3));
    leave(pty);
}

#[test]
fn a_head_without_end_is_cut_off_at_its_bound() {
    let (mut pty, address) = start();
    assert_prompt(address);
    let before = resident(pty.pid);
    let line = format!("X-Long: {}\r\n", "x".repeat(2000));
    let floods: [(&str, &str); 3] =
        [("POST / HTTP/1.1\r\n", &line), ("POST /", "long"), ("POST / HTTP/1.1\r\n", "A: b\r\n")];
    for (begin, more) in floods {
        let mut streams: Vec<_> = (0..50).map(|_| connect(address)).collect();
        for stream in &mut streams {
            let flood = more.repeat(2 * HEAD_BYTES / more.len());
            // It may be closed before all is written.
            let _ = stream.write_all(format!("{begin}{flood}").as_bytes());
        }
        for stream in &mut streams {
            let answer = rest(stream);
            let refused = answer.is_empty() || answer.starts_with("HTTP/1.1 4");
            assert!(refused, "{answer}");
        }
        assert_prompt(address);
    }
    let grown = resident(pty.pid).saturating_sub(before);
    assert!(grown < 32 << 20, "grown by {grown} bytes");
    pty.shows(&seen(4));
    leave(pty);
}

#[test]
fn bodies_of_a_mebibyte_and_a_hundred_thousand_levels_are_shown() {
    let (mut pty, address) = start();
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let named = format!("{}1{}", "{\"a\":".repeat(100_000), "}".repeat(100_000));
    let long = format!("\"{}\"", "小".repeat(349_000));
    let wide = format!("[{}1]", "1,".repeat(520_000));
    let mut client = Client::connect(address).unwrap();
    for (nth, body) in [deep, named, long, wide].iter().enumerate() {
        client.post_ok(body);
        pty.shows(&seen(2 * nth as u64 + 1));
        // Its message, its tree with branches opened, as text, as bytes, wrapped,
        // and its end; a filter that reads it all.
        pty.press("F4zlGgjjj\r\rxwGxwGx/").press("re:a+b\r").press("/\x15\r\x1b");
        pty.press("\x1b").press("\x1b");
        assert_prompt(address);
        pty.shows(&seen(2 * nth as u64 + 2));
    }
    let held = resident(pty.pid);
    assert!(held < 192 << 20, "{held} bytes in memory");
    leave(pty);
}

#[test]
fn a_compressed_body_is_reported_and_not_decompressed() {
    let (mut pty, address) = start();
    let mut bomb = connect(address);
    let body = vec![0x1f_u8; 50_000];
    let head = "POST / HTTP/1.1\r\nConnection: close\r\nContent-Encoding: gzip\r\n";
    bomb.write_all(format!("{head}Content-Length: {}\r\n\r\n", body.len()).as_bytes()).unwrap();
    bomb.write_all(&body).unwrap();
    assert!(rest(&mut bomb).contains("the body is compressed (gzip)"));
    assert_prompt(address);
    pty.shows(&seen(2));
    leave(pty);
}
