//! The servers under test: bare axum, the listener alone, and the binary.

use std::net::SocketAddr;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::serve::ListenerExt as _;
use bytes::Bytes;
use imscope::answer::Switchboard;
use imscope::callback::Timestamp;
use imscope::callback::delivery::OK_BODY;
use imscope::dashboard::App;
use imscope::dashboard::Settings;
use imscope::edge::event_loop::{self, LoopContext};
use imscope::edge::listen::{self, ListenerConfig};
use imscope::edge::queue::queue;
use imscope::history::HistoryConfig;
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::{mpsc, watch};
use tokio::time::Instant;

use imscope_test_support::bench::http::{BODY, post};
use imscope_test_support::bench::program::Program;

/// A server, and where the system accounts for its processor time.
pub(crate) struct Server {
    pub(crate) name: &'static str,
    pub(crate) address: SocketAddr,
    pub(crate) pid: u32,
    /// Names of its threads; the first one writes the answers.
    pub(crate) threads: &'static [&'static str],
    pub(crate) program: Option<Program>,
}

impl Server {
    /// A server that runs on threads of this process.
    pub(crate) fn local(name: &'static str, port: u16, threads: &'static [&'static str]) -> Self {
        Self { name, address: loopback(port), pid: std::process::id(), threads, program: None }
    }

    /// The imscope binary.
    pub(crate) fn binary(name: &'static str, args: &[&str]) -> Self {
        let (program, _) = start(args);
        let threads = &["listen", "imscope", "terminal", "keys", "record"];
        let (address, pid) = (loopback(program.port), program.pid);
        Self { name, address, pid, threads, program: Some(program) }
    }
}

fn loopback(port: u16) -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], port))
}

pub(crate) fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

/// The baseline: an axum handler on a thread of its own. Returns its port.
pub(crate) fn spawn_bare() -> u16 {
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

/// The listener with a switchboard, and a loop that folds each callback and draws
/// nothing. Returns its port.
pub(crate) fn spawn_fold(switchboard: &watch::Sender<Switchboard>) -> u16 {
    let (sender, deliveries) = queue();
    let listener = listen::bind("127.0.0.1:0").unwrap();
    let config = ListenerConfig { switchboard: switchboard.clone(), ..ListenerConfig::default() };
    let running = listen::spawn(listener, Arc::new(config), sender).unwrap();
    let port = running.address().port();
    let fold = move || {
        let mut app = App::new(Settings::default(), HistoryConfig::default(), Timestamp::default());
        let forever = std::future::pending::<()>();
        let (_messages, messages) = mpsc::channel(1);
        let (clock, perform) = (Timestamp::default, |_| {});
        let mut context = LoopContext { deliveries, messages, recording: None, clock, perform };
        runtime().block_on(event_loop::drain_while(&mut app, &mut context, forever));
        running.join().unwrap();
    };
    thread::Builder::new().name("fold".to_owned()).spawn(fold).unwrap();
    port
}

/// Starts the binary; returns it with the time until its first answer.
pub(crate) fn start(args: &[&str]) -> (Program, Duration) {
    let start = Instant::now();
    let program = Program::open(env!("CARGO_BIN_EXE_imscope"), args);
    while post(program.port, BODY).is_err() {
        thread::sleep(Duration::from_micros(200));
    }
    (program, start.elapsed())
}
