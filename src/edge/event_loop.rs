//! The event loop: keys first, then the frame that is due, then deliveries in
//! batches.
//!
//! Surface, keys, deliveries and clock are arguments, so that tests bring their
//! own. There is no tick: the loop wakes on input, and when the picture itself
//! is going to change.

mod state;
mod surface;

use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::thread;

use crossterm::event::Event;
use futures_util::{Stream, StreamExt as _};
use tokio::sync::mpsc;

use super::queue::Receiver;
use super::recorder;
use crate::callback::tunnel::TunnelReport;
use crate::callback::{Delivery, Timestamp};
use crate::dashboard::alerts::HookReport;
use crate::dashboard::{App, Notice, Request, RuleReport, SaveReport, SaveStep, Unreadable};
use state::LoopState;

pub use surface::Surface;

/// Maximum number of deliveries applied in one batch; keys wait for them.
const MAX_BATCH: usize = 256;

/// Deliveries applied before the thread yields the processor: a tenth of a
/// millisecond's work.
const YIELD_AFTER: usize = 16;

/// Number of waiting deliveries from which on the thread does not yield: it may
/// be long until it runs again.
const NO_YIELD_FROM: usize = 256;

/// A message to the event loop.
#[derive(Debug)]
pub enum Message {
    /// A sentence to show.
    Notice(Notice),
    /// What reached the port and is no request.
    Unreadable(Unreadable),
    /// What a look at the tunnels of this machine found.
    Tunnel(TunnelReport),
    /// A callback that was sent to the local app again.
    Resent(Box<Delivery>),
    /// The reply to a marked callback that was sent again, or why it was not.
    ResentMarked(Result<Box<Delivery>, String>),
    /// A file of rules was read or written.
    Rules(Box<RuleReport>),
    /// What happened to a command that was run for a callback.
    Hook(HookReport),
    /// The file of the save with this number is created, and takes steps.
    SaveOpened(u64, mpsc::Sender<SaveStep>),
    /// A save ended.
    SaveEnded(SaveReport),
    /// The process was continued after it was stopped.
    Resumed,
    /// The event loop is to end.
    Quit,
}

/// Inputs and outputs of the event loop.
#[derive(Debug)]
pub struct LoopContext<C, P> {
    /// The deliveries from the listener.
    pub deliveries: Receiver,
    /// The messages of background tasks.
    pub messages: mpsc::Receiver<Message>,
    /// The state of the recording, if there is one.
    pub recording: Option<Arc<recorder::Status>>,
    /// The time of day.
    pub clock: C,
    /// Starts a request of the app without blocking.
    pub perform: P,
}

/// Why the event loop ended.
#[derive(Debug)]
pub enum Exit {
    /// The user quit, [`Message::Quit`] was received, or an input was closed.
    Quit,
    /// The user edits a body: the editor needs the terminal.
    Edit(Box<Delivery>),
}

/// Runs the event loop until its end.
///
/// # Errors
/// When the terminal fails.
pub async fn run<S, I, C, P>(
    app: &mut App,
    surface: &mut S,
    input: I,
    context: &mut LoopContext<C, P>,
) -> anyhow::Result<Exit>
where
    S: Surface,
    I: Stream<Item = io::Result<Event>>,
    C: Fn() -> Timestamp,
    P: FnMut(Request),
{
    let mut input = pin!(input.fuse());
    let mut state = LoopState::new(app, surface, context);
    loop {
        state.update_app();
        let wake = state.wait(&mut input).await;
        if let Some(exit) = state.handle(wake)? {
            return Ok(exit);
        }
    }
}

/// Applies deliveries while another program has the terminal, until `work` is
/// done, and starts the requests that they cause. Returns the output of `work`.
pub async fn drain_while<C, P, T>(
    app: &mut App,
    context: &mut LoopContext<C, P>,
    work: impl Future<Output = T>,
) -> T
where
    C: Fn() -> Timestamp,
    P: FnMut(Request),
{
    let LoopContext { deliveries, clock, perform, .. } = context;
    let mut work = pin!(work);
    let mut batch = Vec::with_capacity(MAX_BATCH);
    let mut open = true;
    loop {
        tokio::select! {
            biased;
            output = &mut work => return output,
            count = deliveries.recv_many(&mut batch, MAX_BATCH), if open => {
                open = count > 0;
                app.set_now(clock());
                apply(app, &mut batch, deliveries);
                while let Some(request) = app.take_pending_request() {
                    perform(request);
                }
            }
        }
    }
}

/// Applies a batch. On few cores the listener and its callers do not run
/// meanwhile, so the thread yields to them at intervals, unless many wait.
fn apply(app: &mut App, batch: &mut Vec<Delivery>, deliveries: &Receiver) {
    let mut rest = batch.drain(..);
    loop {
        rest.by_ref().take(YIELD_AFTER).for_each(|it| app.apply(&it));
        match rest.len() {
            0 => return,
            left if left + deliveries.queued() < NO_YIELD_FROM => thread::yield_now(),
            _ => {}
        }
    }
}
