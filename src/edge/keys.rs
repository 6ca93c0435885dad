//! Keys, read on a thread of their own.
//!
//! crossterm reads a terminal that is gone without end, and one that has sent
//! half of a sequence until the other half comes. Neither may hold up the loop,
//! and with it the answers.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::thread;

use crossterm::event::{Event, EventStream};
use futures_util::{Stream, StreamExt as _};
use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::retry_on_intr;
use tokio::runtime::Builder;
use tokio::sync::{mpsc, oneshot};

/// Keys that may wait for the loop; the next ones wait in the terminal.
const WAITING: usize = 256;

/// What is typed. Dropped, it leaves the terminal to others.
#[derive(Debug)]
pub struct Keys {
    events: mpsc::Receiver<io::Result<Event>>,
    _stop: oneshot::Sender<()>,
}

impl Keys {
    /// Reads from the terminal, which standard input need not be.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn read() -> io::Result<Self> {
        let (tell, events) = mpsc::channel(WAITING);
        let (stop, stopped) = oneshot::channel();
        let runtime = Builder::new_current_thread().build()?;
        let forwarding = move || runtime.block_on(forward(tell, stopped));
        thread::Builder::new().name("keys".to_owned()).spawn(forwarding)?;
        Ok(Self { events, _stop: stop })
    }
}

impl Stream for Keys {
    type Item = io::Result<Event>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.events.poll_recv(cx)
    }
}

async fn forward(tell: mpsc::Sender<io::Result<Event>>, mut stopped: oneshot::Receiver<()>) {
    let mut typed = EventStream::new();
    loop {
        let event = tokio::select! {
            biased;
            _ = &mut stopped => return,
            event = typed.next() => event,
        };
        let Some(event) = event else { return };
        if tell.send(event).await.is_err() {
            return;
        }
    }
}

/// Calls when the terminal of standard output is gone: its signal goes only to
/// the jobs that the terminal knows.
///
/// # Errors
/// When the system gives no thread.
pub fn watch_hang_up(then: impl FnOnce() + Send + 'static) -> io::Result<()> {
    let watching = move || {
        // Asked for nothing, it tells only of errors and of the end.
        let out = io::stdout();
        let told = || poll(&mut [PollFd::new(&out, PollFlags::empty())], None);
        if retry_on_intr(told).is_ok() {
            then();
        }
    };
    thread::Builder::new().name("hang-up".to_owned()).spawn(watching).map(drop)
}
