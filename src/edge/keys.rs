//! Terminal events, read on a thread of their own.
//!
//! crossterm spins on a terminal that is gone, and blocks on an incomplete escape
//! sequence until the rest arrives. Neither may block the event loop, and with it
//! the answers.

mod joined;
pub(super) mod reply;

use std::fs::File;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use crossterm::event::{Event, EventStream};
use futures_util::Stream;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};
use tokio::runtime::Builder;
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

use super::task;
use crate::dashboard::theme::Rgb;
use joined::Joined;

/// Number of events that can wait for the event loop; more wait in the terminal.
const CAPACITY: usize = 256;

/// How long the first frame waits for the background of the terminal.
const BACKGROUND_TIMEOUT: Duration = Duration::from_millis(50);

/// A stream of terminal events. When dropped, it stops reading from the terminal.
#[derive(Debug)]
pub struct Keys {
    events: mpsc::Receiver<io::Result<Event>>,
    /// Whether an event was returned since input was last looked for.
    returned: bool,
    terminal: Option<File>,
    /// Receives the background, until it was waited for.
    background: Option<oneshot::Receiver<Rgb>>,
    _stop: oneshot::Sender<()>,
}

impl Keys {
    /// Reads from the terminal, even if standard input is something else. Of one that was
    /// asked for its background the reply is no key.
    ///
    /// # Errors
    /// When no thread can be started.
    pub fn read(is_asked_for_background: bool) -> io::Result<Self> {
        let (sender, events) = mpsc::channel(CAPACITY);
        let (stop, stopped) = oneshot::channel();
        let (found, background) = is_asked_for_background.then(oneshot::channel).unzip();
        let runtime = Builder::new_current_thread().enable_time().build()?;
        let forwarding = move || runtime.block_on(forward(sender, stopped, found));
        task::start_thread("keys", forwarding)?;
        let terminal = File::open("/dev/tty").ok();
        Ok(Self { events, returned: false, terminal, background, _stop: stop })
    }

    /// The background that the terminal replies within `BACKGROUND_TIMEOUT`. The keys that
    /// are typed meanwhile stay in the stream.
    pub async fn background(&mut self) -> Option<Rgb> {
        timeout(BACKGROUND_TIMEOUT, self.background.take()?).await.ok()?.ok()
    }
}

impl Stream for Keys {
    type Item = io::Result<Event>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let polled = self.events.poll_recv(cx);
        let returned = std::mem::replace(&mut self.returned, polled.is_ready());
        if polled.is_pending()
            && returned
            && let Some(terminal) = &self.terminal
        {
            announce_input(terminal);
        }
        polled
    }
}

/// Lets the terminal announce the input that is left in it. crossterm reads a kilobyte at
/// each announcement and waits for the next one: of a longer burst the rest would stay
/// unread, and with a full buffer all that is typed later.
///
/// To set the modes of a terminal, here to what they are, wakes its readers. On the thread
/// of the event loop, which is the only one that changes them.
fn announce_input(terminal: &File) {
    let mut input = [PollFd::new(terminal, PollFlags::IN)];
    let has_input = poll(&mut input, Some(&Timespec::default())).is_ok_and(|count| count > 0);
    if has_input && let Ok(modes) = tcgetattr(terminal) {
        let _ = tcsetattr(terminal, OptionalActions::Now, &modes);
    }
}

async fn forward(
    sender: mpsc::Sender<io::Result<Event>>,
    mut stopped: oneshot::Receiver<()>,
    background: Option<oneshot::Sender<Rgb>>,
) {
    let mut stream = Joined::new(EventStream::new());
    if let Some(found) = background {
        stream.expect_background(found);
    }
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
