//! Load on the listener over kept connections, as Tencent uses them.

use std::cell::RefCell;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use futures_util::future::join_all;
use imscope::callback::Delivery;
use tokio::net::TcpStream;
use tokio::runtime::Builder;
use tokio::time::{Instant, sleep_until};

use imscope_test_support::bench::chat::Chat;
use imscope_test_support::bench::http::{exchange, request};

const CONNECTIONS: u32 = 16;

/// Sends callbacks at a rate a second, or as fast as they are answered.
pub(crate) fn send(port: u16, calls: impl Iterator<Item = Delivery>, rate: Option<u32>) {
    let calls = RefCell::new(calls);
    let pause = rate.map(|it| Duration::from_secs(1) * CONNECTIONS / it);
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(join_all((0..CONNECTIONS).map(|_| connection(port, &calls, pause))));
}

async fn connection(
    port: u16,
    calls: &RefCell<impl Iterator<Item = Delivery>>,
    pause: Option<Duration>,
) {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    stream.set_nodelay(true).unwrap();
    let mut due = Instant::now();
    loop {
        let Some(call) = calls.borrow_mut().next() else { return };
        exchange(&mut stream, &request(str::from_utf8(&call.body).unwrap())).await;
        if let Some(pause) = pause {
            // Not from now: one late answer would delay all that follow.
            due += pause;
            sleep_until(due).await;
        }
    }
}

/// Runs `work` under load; returns its result and the rate that was reached.
pub(crate) fn run_during<T>(
    port: u16,
    chat: &mut Chat,
    rate: Option<u32>,
    work: impl FnOnce() -> T,
) -> (T, f64) {
    let running = Arc::new(());
    let observed = Arc::downgrade(&running);
    let mut sent = 0_u32;
    let calls = chat.take_while(move |_| observed.strong_count() > 0).inspect(|_| sent += 1);
    let start = Instant::now();
    let done = thread::scope(move |scope| {
        scope.spawn(move || send(port, calls, rate));
        let done = work();
        // A panic in `work` drops it too, and so ends the load.
        drop(running);
        done
    });
    (done, f64::from(sent) / start.elapsed().as_secs_f64())
}
