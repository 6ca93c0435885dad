//! One round of load on a server, and what is measured in it.

use std::net::SocketAddr;
use std::thread;
use std::time::Duration;

use tokio::net::TcpStream;
use tokio::time::Instant;

use crate::cpu;
use crate::server::{Server, runtime};
use imscope_test_support::bench::http::{BODY, exchange, request};

/// How long a round takes.
pub(crate) const LENGTH: Duration = Duration::from_millis(500);

/// Results of one round. Times are microseconds.
#[derive(Clone, Copy)]
pub(crate) struct Round {
    /// Answers a second.
    pub(crate) rate: f64,
    /// Median time of an answer.
    pub(crate) p50: f64,
    /// 99th percentile of the same.
    pub(crate) p99: f64,
    /// Processor time an answer.
    pub(crate) cpu: cpu::Times,
    /// Percentage of the time for which clients and listener shared a core.
    pub(crate) same_core: f64,
}

impl Round {
    /// Processor time an answer, of server and clients together.
    pub(crate) fn cpu_total(&self) -> f64 {
        self.cpu.server + self.cpu.clients
    }
}

/// Sends requests over some connections, each with a pause after its request.
pub(crate) fn run(server: &Server, connections: usize, pause: Option<Duration>) -> Round {
    runtime().block_on(load(server, connections, pause))
}

async fn load(server: &Server, connections: usize, pause: Option<Duration>) -> Round {
    let before = cpu::times(server);
    let start = Instant::now();
    let until = start + LENGTH;
    let clients: Vec<_> =
        (0..connections).map(|_| tokio::spawn(client(server.address, until, pause))).collect();
    // With pauses no thread waits for a core, and the figure means nothing.
    let sampler = pause.is_none().then(|| {
        let threads = [cpu::listener(server), cpu::this_thread()];
        thread::spawn(move || cpu::same_core(&threads, until))
    });
    let mut times = Vec::new();
    for client in clients {
        times.extend(client.await.unwrap());
    }
    let seconds = start.elapsed().as_secs_f64();
    times.sort_unstable();
    let answers = f64::from(u32::try_from(times.len()).unwrap());
    let after = cpu::times(server);
    let cpu = cpu::Times {
        listener: (after.listener - before.listener) / answers,
        server: (after.server - before.server) / answers,
        clients: (after.clients - before.clients) / answers,
    };
    let same_core = sampler.map_or(0.0, |it| it.join().unwrap());
    let [p50, p99] = [0.5, 0.99].map(|share| percentile(&times, share));
    Round { rate: answers / seconds, p50, p99, cpu, same_core }
}

fn percentile(sorted: &[Duration], share: f64) -> f64 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an index")]
    #[expect(clippy::cast_precision_loss, reason = "a few hundred thousand at most")]
    let index = (sorted.len() as f64 * share) as usize;
    sorted[index].as_secs_f64() * 1e6
}

/// Sends one request after the other; returns the time of each answer.
async fn client(address: SocketAddr, until: Instant, pause: Option<Duration>) -> Vec<Duration> {
    let request = request(BODY);
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.set_nodelay(true).unwrap();
    let mut times = Vec::new();
    while Instant::now() < until {
        let sent = Instant::now();
        exchange(&mut stream, &request).await;
        times.push(sent.elapsed());
        if let Some(pause) = pause {
            tokio::time::sleep_until(sent + pause).await;
        }
    }
    times
}
