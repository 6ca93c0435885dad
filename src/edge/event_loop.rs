//! The event loop: keys first, then the frame that is due, then deliveries in
//! batches.
//!
//! Surface, keys, deliveries and clock are arguments, so that tests bring their
//! own. There is no tick: the loop wakes on input, and when the picture itself
//! is going to change.

mod surface;

use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use crossterm::event::Event;
use futures_util::{Stream, StreamExt as _};
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until};

use super::queue::Receiver;
use super::recorder;
use crate::callback::{Delivery, Timestamp};
use crate::dashboard::{App, Effect, Notice, Request, RuleReport, TerminalEffect, Unreadable};

pub use surface::Surface;

/// Minimum interval between frames for deliveries: 30 a second.
const FRAME_INTERVAL: Duration = Duration::from_millis(33);

/// Minimum interval between frames for keys: a shorter one is not visible.
const INPUT_FRAME_INTERVAL: Duration = Duration::from_millis(8);

/// Maximum number of deliveries applied in one batch; keys wait for them.
const MAX_BATCH: usize = 256;

/// Maximum number of deliveries applied before a frame; keys wait for them, too.
const MAX_FRAME_BATCH: usize = 4096;

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
    /// The public URL of a tunnel to the listener.
    Tunnel(String),
    /// A callback that was sent to the local app again.
    Resent(Box<Delivery>),
    /// A file of rules was read or written.
    Rules(RuleReport),
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

/// The reason for the next frame; the greatest one decides when it is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum FrameReason {
    None,
    Deliveries,
    Input,
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
    let LoopContext { deliveries, messages, recording, clock, perform } = context;
    let mut input = pin!(input.fuse());
    let mut batch = Vec::with_capacity(MAX_BATCH);
    let mut reason = FrameReason::Input;
    let mut drawn = Instant::now() - FRAME_INTERVAL;
    loop {
        app.set_now(clock());
        app.set_unanswered(deliveries.canceled());
        app.set_unshown(deliveries.expired());
        if let Some(request) = app.take_pending_request() {
            perform(request);
        }
        let now = Instant::now();
        let due = drawn
            + if reason == FrameReason::Input { INPUT_FRAME_INTERVAL } else { FRAME_INTERVAL };
        let wakes = app.wakes_at().map(|at| now + at.since(clock()));
        tokio::select! {
            biased;
            event = input.next() => {
                let Some(event) = event else { return Ok(Exit::Quit) };
                app.set_now(clock());
                if let Some(exit) = handle_event(&event?, app, surface, perform)? {
                    return Ok(exit);
                }
                reason = FrameReason::Input;
            }
            message = messages.recv() => {
                app.set_now(clock());
                if handle_message(message.unwrap_or(Message::Quit), app, surface, perform)? {
                    return Ok(Exit::Quit);
                }
                reason = FrameReason::Input;
            }
            () = frame(due, surface), if reason != FrameReason::None => {
                // Without yielding: the frame is due.
                deliveries.try_recv_many(&mut batch, MAX_FRAME_BATCH);
                batch.drain(..).for_each(|it| app.apply(&it));
                app.set_now(clock());
                if let Some(status) = &recording {
                    app.set_recording(status.recording());
                }
                let viewport = surface.draw(app)?;
                app.set_viewport(viewport);
                drawn = Instant::now();
                reason = FrameReason::None;
            }
            count = deliveries.recv_many(&mut batch, MAX_BATCH) => {
                if count == 0 {
                    return Ok(Exit::Quit);
                }
                apply(app, &mut batch, deliveries);
                reason = reason.max(FrameReason::Deliveries);
            }
            () = tokio::task::yield_now(), if app.is_searching() => {
                app.search();
                reason = reason.max(FrameReason::Deliveries);
            }
            () = sleep_until(wakes.unwrap_or(now)), if wakes.is_some() => {
                reason = reason.max(FrameReason::Deliveries);
            }
        }
    }
}

/// Hands an event to the app and executes its effect; the reason to end, if it
/// is one.
fn handle_event(
    event: &Event,
    app: &mut App,
    surface: &mut impl Surface,
    perform: &mut impl FnMut(Request),
) -> anyhow::Result<Option<Exit>> {
    match app.handle_event(event) {
        None => {}
        Some(Effect::Request(request)) => perform(request),
        Some(Effect::Terminal(effect)) => match effect {
            TerminalEffect::Quit => return Ok(Some(Exit::Quit)),
            TerminalEffect::Edit(delivery) => return Ok(Some(Exit::Edit(delivery))),
            TerminalEffect::Suspend => surface.suspend()?,
            TerminalEffect::Redraw => surface.repaint()?,
            TerminalEffect::Copy(copied) => {
                let in_terminal = surface.copy(&copied.text);
                perform(Request::Copy { copied, in_terminal });
            }
        },
    }
    Ok(None)
}

/// Applies a message; whether it ends the loop.
fn handle_message(
    message: Message,
    app: &mut App,
    surface: &mut impl Surface,
    perform: &mut impl FnMut(Request),
) -> anyhow::Result<bool> {
    match message {
        Message::Notice(notice) => app.notify(notice),
        Message::Unreadable(unreadable) => app.note_unreadable(unreadable),
        Message::Tunnel(url) => app.set_public_url(url),
        Message::Resent(delivery) => app.apply(&delivery),
        Message::Rules(report) => app.report_rules(report).into_iter().for_each(perform),
        Message::Resumed => surface.resume()?,
        Message::Quit => return Ok(true),
    }
    Ok(false)
}

/// Applies deliveries while another program has the terminal, until `work` is
/// done. Returns its output.
pub async fn drain_while<T>(
    app: &mut App,
    deliveries: &mut Receiver,
    work: impl Future<Output = T>,
) -> T {
    let mut work = pin!(work);
    let mut batch = Vec::with_capacity(MAX_BATCH);
    let mut open = true;
    loop {
        tokio::select! {
            biased;
            output = &mut work => return output,
            count = deliveries.recv_many(&mut batch, MAX_BATCH), if open => {
                open = count > 0;
                apply(app, &mut batch, deliveries);
            }
        }
    }
}

/// Waits until the frame is due and the surface can take it.
async fn frame(due: Instant, surface: &impl Surface) {
    sleep_until(due).await;
    surface.ready().await;
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
