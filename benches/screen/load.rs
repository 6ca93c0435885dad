//! Callers that keep their connections open, as Tencent's do.

use std::cell::RefCell;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use futures_util::future::join_all;
use imscope::callback::Delivery;
use tokio::net::TcpStream;
use tokio::runtime::Builder;
use tokio::time::{Instant, sleep_until};

use crate::call::{ask, request};
use crate::chat::Chat;

const CALLERS: u32 = 16;

/// Sends callbacks, so many a second, or as many as are answered.
pub(crate) fn send(port: u16, calls: impl Iterator<Item = Delivery>, rate: Option<u32>) {
    let calls = RefCell::new(calls);
    let pause = rate.map(|it| Duration::from_secs(1) * CALLERS / it);
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(join_all((0..CALLERS).map(|_| caller(port, &calls, pause))));
}

async fn caller(
    port: u16,
    calls: &RefCell<impl Iterator<Item = Delivery>>,
    pause: Option<Duration>,
) {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    stream.set_nodelay(true).unwrap();
    let mut due = Instant::now();
    loop {
        let Some(call) = calls.borrow_mut().next() else { return };
        ask(&mut stream, &request(str::from_utf8(&call.body).unwrap())).await;
        if let Some(pause) = pause {
            // Not from now on: what came late would slow all that follows.
            due += pause;
            sleep_until(due).await;
        }
    }
}

/// Does something while callbacks come; tells how many came in a second.
pub(crate) fn meanwhile<T>(
    port: u16,
    chat: &mut Chat,
    rate: Option<u32>,
    work: impl FnOnce() -> T,
) -> (T, f64) {
    let working = Arc::new(());
    let watched = Arc::downgrade(&working);
    let mut sent = 0_u32;
    let calls = chat.take_while(move |_| watched.strong_count() > 0).inspect(|_| sent += 1);
    let start = Instant::now();
    let done = thread::scope(move |scope| {
        scope.spawn(move || send(port, calls, rate));
        let done = work();
        // A panic of the work drops it too, and so ends the load.
        drop(working);
        done
    });
    (done, f64::from(sent) / start.elapsed().as_secs_f64())
}
