//! How fast the listener answers, against a bare axum handler that only reads
//! the body and gives the same reply.
//!
//! `cargo bench --bench answer [-- ROUNDS]`. The two take turns within each
//! round: machines drift, and only the ratio within a round means anything.
//! On Linux it also tells the processor time that the server's thread takes for
//! an answer, which a busy machine spoils least.
#![expect(clippy::print_stdout, reason = "what a benchmark is for")]
#![expect(clippy::unwrap_used, reason = "a benchmark that fails has nothing to tell")]

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::serve::ListenerExt as _;
use bytes::Bytes;
use imscope::callback::delivery::OK_BODY;
use imscope::edge::intake::{Deliveries, intake};
use imscope::edge::listen::{self, Setup};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::{Builder, Runtime};
use tokio::time::Instant;

const CONNECTIONS: [usize; 3] = [1, 16, 64];
const TURN: Duration = Duration::from_millis(500);
/// The time between two frames of the dashboard, which takes what has come.
const FRAME: Duration = Duration::from_millis(33);

const BODY: &str = r#"{"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"red packet, 小红包 🧧"}},{"MsgType":"TIMCustomElem","MsgContent":{"Data":"{\"a\":1}","Desc":"","Ext":"","Sound":""}}],"CallbackCommand":"C2C.CallbackAfterSendMsg","From_Account":"jared","To_Account":"Jonh","MsgRandom":2837546,"MsgSeq":48374,"MsgTime":1557481126,"MsgKey":"48374_2837546_1557481126","OnlineOnlyFlag":0,"SendMsgResult":0,"ErrorInfo":"send msg succeed","UnreadMsgNum":7,"CloudCustomData":"your cloud custom data"}"#;

fn main() {
    let rounds = std::env::args().find_map(|it| it.parse().ok()).unwrap_or(7);
    let servers = [("bare", bare()), ("listen", imscope())];
    println!("{rounds} rounds of {TURN:?} each, body of {} bytes, medians", BODY.len());
    println!("connections  server   answers/s   p50 µs   p99 µs   CPU µs");
    for connections in CONNECTIONS {
        let mut turns = [const { Vec::new() }; 2];
        for round in 0..rounds {
            // Who goes first changes, so that neither has the warmer machine.
            for i in [round % 2, (round + 1) % 2] {
                let (name, address) = servers[i];
                turns[i].push(runtime().block_on(turn(name, address, connections)));
            }
        }
        for ((name, _), turns) in servers.iter().zip(&turns) {
            let [rate, p50, p99, cpu] = [0, 1, 2, 3].map(|i| median(turns.iter().map(|it| it[i])));
            println!("{connections:>11}  {name:<8} {rate:>9.0} {p50:>8.0} {p99:>8.0} {cpu:>8.2}");
        }
        let ratio = |i: usize| median(turns[1].iter().zip(&turns[0]).map(|(us, it)| us[i] / it[i]));
        let [rate, p50, p99, cpu] = [0, 1, 2, 3].map(ratio);
        println!("{connections:>11}  ratio    {rate:>9.2} {p50:>8.2} {p99:>8.2} {cpu:>8.2}");
    }
}

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

/// The yardstick, on a thread of its own as the listener is.
fn bare() -> SocketAddr {
    let listener = listen::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let reply =
        |_: Bytes| async { ([(CONTENT_TYPE, "application/json")], Bytes::from_static(OK_BODY)) };
    let serve = move || {
        runtime().block_on(async {
            let listener = TcpListener::from_std(listener).unwrap().tap_io(|it| {
                it.set_nodelay(true).unwrap();
            });
            axum::serve(listener, Router::new().fallback(reply)).await.unwrap();
        });
    };
    thread::Builder::new().name("bare".to_owned()).spawn(serve).unwrap();
    address
}

/// The listener, with a loop that takes what has come once a frame.
fn imscope() -> SocketAddr {
    let (intake, deliveries) = intake();
    let listener = listen::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let setup = Setup::default();
    let running = listen::spawn(listener, Arc::new(setup), intake).unwrap();
    thread::spawn(move || {
        runtime().block_on(take_all(deliveries));
        running.join().unwrap();
    });
    address
}

async fn take_all(mut deliveries: Deliveries) {
    let mut taken = Vec::new();
    while deliveries.take(&mut taken, usize::MAX).await > 0 {
        taken.clear();
        thread::sleep(FRAME);
    }
}

/// One turn of load: answers per second, then the median and the 99th
/// percentile of the time an answer takes, and the processor time of the
/// server's thread, in microseconds.
async fn turn(name: &str, address: SocketAddr, connections: usize) -> [f64; 4] {
    let cpu_before = cpu_time(name);
    let start = Instant::now();
    let clients: Vec<_> =
        (0..connections).map(|_| tokio::spawn(client(address, start + TURN))).collect();
    let mut times = Vec::new();
    for client in clients {
        times.extend(client.await.unwrap());
    }
    let seconds = start.elapsed().as_secs_f64();
    times.sort_unstable();
    let at = |share: f64| {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an index")]
        #[expect(clippy::cast_precision_loss, reason = "a few hundred thousand at most")]
        let i = (times.len() as f64 * share) as usize;
        times[i].as_secs_f64() * 1e6
    };
    let answers = f64::from(u32::try_from(times.len()).unwrap());
    [answers / seconds, at(0.5), at(0.99), (cpu_time(name) - cpu_before) / answers]
}

/// The processor time that the thread of this name has had, in microseconds;
/// 0 where the system does not tell.
fn cpu_time(name: &str) -> f64 {
    let tasks = std::fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    let read = |task: &Path, file| std::fs::read_to_string(task.join(file)).unwrap_or_default();
    let task = tasks.map(|it| it.path()).find(|it| read(it, "comm").trim() == name);
    let times = task.map(|it| read(&it, "schedstat")).unwrap_or_default();
    times.split(' ').next().and_then(|it| it.parse::<f64>().ok()).map_or(0.0, |it| it / 1e3)
}

async fn client(address: SocketAddr, until: Instant) -> Vec<Duration> {
    let request = format!(
        "POST /?SdkAppid=1400000000&CallbackCommand=C2C.CallbackAfterSendMsg&contenttype=json\
         &ClientIP=127.0.0.1&OptPlatform=RESTAPI HTTP/1.1\r\nHost: im.example.com\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{BODY}",
        BODY.len()
    );
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.set_nodelay(true).unwrap();
    let mut buffer = [0; 1024];
    let mut times = Vec::new();
    while Instant::now() < until {
        let asked = Instant::now();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut got = 0;
        while !buffer[..got].ends_with(OK_BODY) {
            let bytes = stream.read(&mut buffer[got..]).await.unwrap();
            assert!(bytes > 0, "the connection was closed");
            got += bytes;
        }
        assert!(buffer.starts_with(b"HTTP/1.1 200 "));
        times.push(asked.elapsed());
    }
    times
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
