//! Terminal events, read on a thread of their own.
//!
//! crossterm spins on a terminal that is gone, and blocks on an incomplete escape
//! sequence until the rest arrives. Neither may block the event loop, and with it
//! the answers.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::thread;

use crossterm::event::{Event, EventStream};
use futures_util::{Stream, StreamExt as _};
use tokio::runtime::Builder;
use tokio::sync::{mpsc, oneshot};

/// Number of events that can wait for the event loop; more wait in the terminal.
const CAPACITY: usize = 256;

/// A stream of terminal events. When dropped, it stops reading from the terminal.
#[derive(Debug)]
pub struct Keys {
    events: mpsc::Receiver<io::Result<Event>>,
    _stop: oneshot::Sender<()>,
}

impl Keys {
    /// Reads from the terminal, even if standard input is something else.
    ///
    /// # Errors
    /// When no thread can be started.
    pub fn read() -> io::Result<Self> {
        let (sender, events) = mpsc::channel(CAPACITY);
        let (stop, stopped) = oneshot::channel();
        let runtime = Builder::new_current_thread().build()?;
        let forwarding = move || runtime.block_on(forward(sender, stopped));
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

async fn forward(sender: mpsc::Sender<io::Result<Event>>, mut stopped: oneshot::Receiver<()>) {
    let mut stream = EventStream::new();
    loop {
        let event = tokio::select! {
            biased;
            _ = &mut stopped => return,
            event = stream.next() => event,
        };
        let Some(event) = event else { return };
        if sender.send(event).await.is_err() {
            return;
        }
    }
}
