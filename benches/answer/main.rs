//! How fast imscope answers, against a bare axum handler that only reads the body
//! and gives the same reply; `benches/README.md` tells what else is compared.
//!
//! `cargo bench --bench answer [-- ROUNDS]`. All take turns within each round:
//! machines drift, and only the ratio within a round means anything.
//! On Linux it also tells the processor time that an answer takes, which a busy
//! machine spoils least, and how often clients and listener had only one core.
#![expect(clippy::print_stdout, reason = "what a benchmark is for")]
#![expect(clippy::unwrap_used, reason = "a benchmark that fails has nothing to tell")]

#[path = "../shared/call.rs"]
mod call;
#[path = "../shared/median.rs"]
mod median;
#[path = "../shared/program.rs"]
mod program;
#[path = "../shared/told.rs"]
mod told;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::serve::ListenerExt as _;
use bytes::Bytes;
use call::{BODY, ask, post, request};
use imscope::callback::Timestamp;
use imscope::callback::delivery::OK_BODY;
use imscope::dashboard::App;
use imscope::dashboard::app::Settings;
use imscope::edge::event_loop;
use imscope::edge::listen::{self, ListenerConfig};
use imscope::edge::queue::queue;
use imscope::history::HistoryConfig;
use median::median;
use program::Program;
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::{Builder, Runtime};
use tokio::time::Instant;
use told::compared;

const CONNECTIONS: [usize; 3] = [1, 16, 64];
const TURN: Duration = Duration::from_millis(500);
/// The time between two frames of the dashboard.
const FRAME: Duration = Duration::from_millis(33);

fn main() {
    let rounds = std::env::args().find_map(|it| it.parse().ok()).unwrap_or(5);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("calls.jsonl");
    let servers = [
        ("bare", bare(), None),
        ("fold", folding(), None),
        ("screen", 0, Some(started(&[]).0)),
        ("record", 0, Some(started(&["--record", file.to_str().unwrap()]).0)),
    ]
    .map(|(name, port, program)| {
        let port = program.as_ref().map_or(port, |it| it.port);
        let threads = match name {
            "bare" => ["bare"].as_slice(),
            "fold" => &["listen", "fold"],
            _ => &["listen", "imscope", "terminal", "keys", "record"],
        };
        let pid = program.as_ref().map_or(std::process::id(), |it| it.pid);
        Server { name, at: SocketAddr::from(([127, 0, 0, 1], port)), pid, threads, program }
    });
    println!("{rounds} rounds of {TURN:?} each, body of {} bytes, medians", BODY.len());
    println!("bare is axum alone, fold takes all into a dashboard that nobody sees, screen is");
    println!("imscope in a terminal of 200x50, record is the same with --record");
    println!("\n                                                CPU µs for an answer     % on");
    println!("connections  server   answers/s   p50 µs   p99 µs  listen server clients one core");
    for connections in CONNECTIONS {
        rates(&servers, connections, rounds);
    }
    steady(&servers, rounds);
    moments(&servers[2], rounds);
}

/// Who answers, and where its processor time is told.
struct Server {
    name: &'static str,
    at: SocketAddr,
    pid: u32,
    /// The names of its threads; the first one answers.
    threads: &'static [&'static str],
    program: Option<Program>,
}

/// As many answers as can be had.
fn rates(servers: &[Server; 4], connections: usize, rounds: usize) {
    let mut turns = [const { Vec::new() }; 4];
    for round in 0..rounds {
        // Who goes first changes, so that nobody has the warmer machine.
        for nth in 0..4 {
            let nth = (nth + round) % 4;
            turns[nth].push(runtime().block_on(turn(&servers[nth], connections, None)));
        }
    }
    for (server, turns) in servers.iter().zip(&turns) {
        let [rate, p50, p99] = [0, 1, 2].map(|i| median(turns.iter().map(|it| it[i])));
        let [answer, all, client, together] =
            [3, 4, 5, 6].map(|i| median(turns.iter().map(|it| it[i])));
        let name = server.name;
        print!("{connections:>11}  {name:<8} {rate:>9.0} {p50:>8.0} {p99:>8.0}");
        println!(" {answer:>7.2} {all:>6.2} {client:>7.2} {together:>8.0}");
    }
    let ratio = |us: usize, it: usize| {
        median(turns[us].iter().zip(&turns[it]).map(|(us, it)| us[0] / it[0]))
    };
    let least = if connections < 64 { 0.8 } else { 0.7 };
    let pairs = [
        ("screen / bare", 2, 0, least),
        ("screen / fold", 2, 1, 0.9),
        ("record / bare", 3, 0, 0.5),
    ];
    for (what, us, it, goal) in pairs {
        let ratio = ratio(us, it);
        let met = if goal <= ratio { "" } else { "  MISSED" };
        println!("{connections:>11}  {what:<16} {ratio:>6.2}   goal {goal} at the least{met}");
    }
    // What is left of the rate if no processor ever rests.
    let work = |it: &[f64; 7]| it[4] + it[5];
    let share = median(turns[2].iter().zip(&turns[0]).map(|(us, it)| work(it) / work(us)));
    println!("{connections:>11}  {:<16} {share:>6.2}", "if never idle");
}

/// The time of the slowest answers at a rate that everybody can answer.
fn steady(servers: &[Server; 4], rounds: usize) {
    const CALLERS: usize = 16;
    let pause = Duration::from_millis(CALLERS as u64 * 1000 / 2000);
    let mut p99 = [const { Vec::new() }; 4];
    // Ten answers of a turn are above it: more turns than the rates need.
    let rounds = 3 * rounds;
    for _ in 0..rounds {
        for (server, p99) in servers.iter().zip(&mut p99) {
            p99.push(runtime().block_on(turn(server, CALLERS, Some(pause)))[2]);
        }
    }
    println!("\nat 2 000 callbacks a second, {rounds} rounds, p99 in µs");
    for (server, times) in servers.iter().zip(&p99) {
        let ratio = median(times.iter().zip(&p99[0]).map(|(us, it)| us / it));
        let time = median(times.iter().copied());
        let name = server.name;
        print!("  {name:<8} {time:>8.0}   ");
        compared("of bare", ratio, 1.0, 1.5);
    }
}

/// From the start to the first answer, and from a callback to the screen.
fn moments(server: &Server, rounds: usize) {
    let began = median((0..rounds).map(|_| started(&[]).1.as_secs_f64() * 1e3));
    println!();
    compared("start to first answer, screen on, ms", began, 1.0, 10.0);
    let Some(program) = &server.program else { return };
    let shown = median(('a'..='z').map(|it| {
        // Longer than a frame takes, so that the screen rests.
        thread::sleep(3 * FRAME);
        shown_after(program, it)
    }));
    compared("callback to screen, from rest, ms", shown, 1.0, 2.0);
}

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

/// The yardstick, on a thread of its own as the listener is.
fn bare() -> u16 {
    let listener = listen::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
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
    port
}

/// The listener, with a loop that takes all into a dashboard and draws nothing.
fn folding() -> u16 {
    let (sender, mut deliveries) = queue();
    let listener = listen::bind("127.0.0.1:0").unwrap();
    let running = listen::spawn(listener, Arc::new(ListenerConfig::default()), sender).unwrap();
    let port = running.address().port();
    let fold = move || {
        let mut app = App::new(Settings::default(), HistoryConfig::default(), Timestamp::default());
        let until = std::future::pending::<()>();
        runtime().block_on(event_loop::drain_while(&mut app, &mut deliveries, until));
        running.join().unwrap();
    };
    thread::Builder::new().name("fold".to_owned()).spawn(fold).unwrap();
    port
}

/// imscope in a terminal, once it answers, and how long that took from its start.
fn started(args: &[&str]) -> (Program, Duration) {
    let start = Instant::now();
    let program = Program::open(args);
    while post(program.port, BODY).is_err() {
        thread::sleep(Duration::from_micros(200));
    }
    (program, start.elapsed())
}

/// Milliseconds from a callback to the screen that shows it. Neighbors on the
/// screen differ in every letter, so that a terminal gets all of them.
fn shown_after(program: &Program, letter: char) -> f64 {
    while program.said.try_recv().is_ok() {}
    let text = letter.to_string().repeat(12);
    let start = Instant::now();
    post(program.port, &BODY.replace("red packet", &text)).unwrap();
    let mut said = Vec::new();
    while !said.windows(text.len()).any(|it| it == text.as_bytes()) {
        said.extend(program.said.recv_timeout(Duration::from_secs(5)).unwrap());
    }
    start.elapsed().as_secs_f64() * 1e3
}

/// One turn of load: answers per second, then in microseconds the median and
/// the 99th percentile of the time an answer takes, and the processor time of
/// the thread that answers, of the server's threads, and of the clients, and how
/// often of a hundred times the clients ran on the core of that thread.
async fn turn(server: &Server, connections: usize, pause: Option<Duration>) -> [f64; 7] {
    let before = cpu_times(server);
    let start = Instant::now();
    let clients: Vec<_> =
        (0..connections).map(|_| tokio::spawn(client(server.at, start + TURN, pause))).collect();
    // Where nobody waits for a processor, it tells nothing.
    let looks = pause.is_none().then(|| {
        let both = [listener(server), this_thread()];
        thread::spawn(move || together(&both, start + TURN))
    });
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
    let after = cpu_times(server);
    let [answer, all, client] = [0, 1, 2].map(|i| (after[i] - before[i]) / answers);
    let together = looks.map_or(0.0, |it| it.join().unwrap());
    [answers / seconds, at(0.5), at(0.99), answer, all, client, together]
}

/// The processor time that the thread which answers has had, in microseconds,
/// that of all the server's threads, and that of this one, the clients'; 0 where
/// the system does not tell.
fn cpu_times(server: &Server) -> [f64; 3] {
    let time = |task: &Path| {
        let times = read(task, "schedstat");
        times.split(' ').next().and_then(|it| it.parse::<f64>().ok()).map_or(0.0, |it| it / 1e3)
    };
    let all = tasks(server).map(|(_, task)| time(&task)).sum();
    [time(&listener(server)), all, time(&this_thread())]
}

/// The server's threads: their names, and where the system tells of them.
fn tasks(server: &Server) -> impl Iterator<Item = (String, PathBuf)> {
    let tasks = std::fs::read_dir(format!("/proc/{}/task", server.pid));
    let tasks = tasks.into_iter().flatten().flatten().map(|it| it.path());
    let named = tasks.map(|it| (read(&it, "comm").trim().to_owned(), it));
    named.filter(|(name, _)| server.threads.contains(&&**name))
}

/// The thread that answers.
fn listener(server: &Server) -> PathBuf {
    let found = tasks(server).find(|(name, _)| server.threads.first() == Some(&&**name));
    found.map(|(_, task)| task).unwrap_or_default()
}

fn this_thread() -> PathBuf {
    let task = std::fs::read_link("/proc/thread-self").unwrap_or_default();
    Path::new("/proc").join(task)
}

fn read(task: &Path, file: &str) -> String {
    std::fs::read_to_string(task.join(file)).unwrap_or_default()
}

/// Looks now and then whether two threads last ran on one core; how often of a
/// hundred times they had.
fn together(threads: &[PathBuf; 2], until: Instant) -> f64 {
    let core = |task: &PathBuf| {
        // The 39th field; the second one, in brackets, may have spaces.
        let told = read(task, "stat");
        told.rsplit(')').next().and_then(|it| it.split_whitespace().nth(36)).map(str::to_owned)
    };
    let [mut looks, mut same] = [0_u32; 2];
    while Instant::now() < until {
        thread::sleep(Duration::from_millis(10));
        looks += 1;
        let [one, other] = threads.each_ref().map(core);
        same += u32::from(one.is_some() && one == other);
    }
    f64::from(same) / f64::from(looks) * 100.0
}

async fn client(address: SocketAddr, until: Instant, pause: Option<Duration>) -> Vec<Duration> {
    let request = request(BODY);
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.set_nodelay(true).unwrap();
    let mut times = Vec::new();
    while Instant::now() < until {
        let asked = Instant::now();
        ask(&mut stream, &request).await;
        times.push(asked.elapsed());
        if let Some(pause) = pause {
            tokio::time::sleep_until(asked + pause).await;
        }
    }
    times
}
