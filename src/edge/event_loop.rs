//! The loop: keys, then the frame that is due, then deliveries in batches.
//!
//! Its terminal, its keys, its deliveries and its clock are arguments, so that
//! a test brings its own. It never ticks: it wakes for what comes, and for the
//! moment at which the picture itself would change.

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
use crate::dashboard::{App, Effect, Request, TerminalEffect, Viewport};

/// Between two frames of what comes in: 30 a second.
const FRAME: Duration = Duration::from_millis(33);
/// Between two frames when a key was pressed: at once, for people.
const KEY_FRAME: Duration = Duration::from_millis(8);
/// Deliveries taken in one go; keys wait for these.
const BATCH: usize = 256;
/// Deliveries taken just before a frame, at the most; keys wait for these, too.
const BEFORE_FRAME: usize = 4096;

/// Deliveries taken before the processor is offered to others: a tenth of a
/// millisecond's work.
const AT_ONCE: usize = 16;
/// It is not offered while so many wait: what others take of it could be long.
const BEHIND: usize = 256;

/// What the dashboard is painted on.
#[expect(async_fn_in_trait, reason = "the loop and its surface share one thread")]
pub trait Surface {
    /// Waits until a frame can be taken, and claims the right to draw it.
    async fn ready(&self);
    /// Draws a frame; returns how much of each pane it shows. Only after
    /// [`Surface::ready`].
    fn draw(&mut self, app: &App) -> anyhow::Result<Viewport>;
    /// Forgets what is painted: the next frame is painted whole.
    fn repaint(&mut self) -> anyhow::Result<()>;
    /// Sends text to the terminal's clipboard with the next frame; whether it
    /// could be sent.
    fn copy(&mut self, text: &[u8]) -> bool;
    /// Gives the terminal back, stops the process, and takes it again after.
    fn suspend(&mut self) -> anyhow::Result<()>;
    /// Gives the terminal to somebody else.
    fn release(&mut self);
    /// Takes the terminal again, after somebody else had it.
    fn resume(&mut self) -> anyhow::Result<()>;
}

/// What the world tells the app beside keys and deliveries.
#[derive(Debug)]
pub enum Message {
    /// A sentence for the user.
    Notice(String),
    /// This public URL leads here.
    Tunnel(String),
    /// A kept callback was sent to the local app again.
    Resent(Box<Delivery>),
    /// The process was stopped and goes on.
    Resumed,
    /// It is time to end.
    Quit,
}

/// What the loop lives on.
#[derive(Debug)]
pub struct LoopContext<C, P> {
    /// What the listener took.
    pub deliveries: Receiver,
    /// What else there is to know.
    pub messages: mpsc::Receiver<Message>,
    /// How the recording stands, if there is one.
    pub recording: Option<Arc<recorder::Status>>,
    /// The time of day.
    pub clock: C,
    /// Performs what the app wants, and does not wait for it.
    pub perform: P,
}

/// What the next frame is for; the more urgent, the sooner it is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Dirty {
    Clean,
    Data,
    Key,
}

/// Why the loop ended.
#[derive(Debug)]
pub enum Exit {
    /// The user left, the news say so, or no delivery can come.
    Quit,
    /// The user wants to edit a body: the terminal is needed for an editor.
    Edit(Box<Delivery>),
}

/// Runs until there is a reason to end.
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
    let mut batch = Vec::with_capacity(BATCH);
    let mut dirty = Dirty::Key;
    let mut drawn = Instant::now() - FRAME;
    loop {
        app.set_now(clock());
        app.set_unanswered(deliveries.abandoned());
        if let Some(request) = app.pending_effect() {
            perform(request);
        }
        let now = Instant::now();
        let due = drawn + if dirty == Dirty::Key { KEY_FRAME } else { FRAME };
        let wakes = app.wakes_at().map(|at| now + at.since(clock()));
        tokio::select! {
            biased;
            event = input.next() => match event {
                Some(event) => {
                    dirty = Dirty::Key;
                    match app.handle_event(&event?) {
                        Some(Effect::Terminal(TerminalEffect::Quit)) => return Ok(Exit::Quit),
                        Some(Effect::Terminal(TerminalEffect::Edit(delivery))) => {
                            return Ok(Exit::Edit(delivery));
                        }
                        Some(Effect::Terminal(TerminalEffect::Suspend)) => surface.suspend()?,
                        Some(Effect::Terminal(TerminalEffect::Redraw)) => surface.repaint()?,
                        Some(Effect::Terminal(TerminalEffect::Copy(copied))) => {
                            let in_terminal = surface.copy(&copied.text);
                            perform(Request::Copy { copied, in_terminal });
                        }
                        Some(Effect::Request(request)) => perform(request),
                        None => {}
                    }
                }
                None => return Ok(Exit::Quit),
            },
            message = messages.recv() => match message {
                Some(Message::Notice(said)) => {
                    app.notify(said);
                    dirty = Dirty::Key;
                }
                Some(Message::Tunnel(url)) => {
                    app.set_public_url(url);
                    dirty = Dirty::Key;
                }
                Some(Message::Resent(delivery)) => {
                    app.apply(&delivery);
                    dirty = Dirty::Key;
                }
                Some(Message::Resumed) => {
                    surface.resume()?;
                    dirty = Dirty::Key;
                }
                Some(Message::Quit) | None => return Ok(Exit::Quit),
            },
            () = frame(due, surface), if dirty != Dirty::Clean => {
                deliveries.try_recv_many(&mut batch, BEFORE_FRAME);
                // All at once: the frame is due.
                batch.drain(..).for_each(|it| app.apply(&it));
                app.set_now(clock());
                // It changes only with what was just taken.
                if let Some(status) = &recording {
                    app.set_recording(status.recording());
                }
                let viewport = surface.draw(app)?;
                app.set_viewport(viewport);
                drawn = Instant::now();
                dirty = Dirty::Clean;
            }
            taken = deliveries.recv_many(&mut batch, BATCH) => {
                if taken == 0 {
                    return Ok(Exit::Quit);
                }
                take(app, &mut batch, deliveries);
                dirty = dirty.max(Dirty::Data);
            }
            () = tokio::task::yield_now(), if app.is_searching() => {
                app.search();
                dirty = dirty.max(Dirty::Data);
            }
            () = sleep_until(wakes.unwrap_or(now)), if wakes.is_some() => {
                dirty = dirty.max(Dirty::Data);
            }
        }
    }
}

/// Takes what comes while something else has the terminal.
pub async fn drain_while<T>(
    app: &mut App,
    deliveries: &mut Receiver,
    work: impl Future<Output = T>,
) -> T {
    let mut work = pin!(work);
    let mut batch = Vec::with_capacity(BATCH);
    let mut open = true;
    loop {
        tokio::select! {
            biased;
            done = &mut work => return done,
            taken = deliveries.recv_many(&mut batch, BATCH), if open => {
                open = taken > 0;
                take(app, &mut batch, deliveries);
            }
        }
    }
}

/// Waits for the moment of the frame and for a terminal that can take it.
async fn frame(due: Instant, surface: &impl Surface) {
    sleep_until(due).await;
    surface.ready().await;
}

/// Takes a batch. On few cores the listener and those who call it stand still
/// meanwhile, so it gives way to them after some, unless too many wait.
fn take(app: &mut App, batch: &mut Vec<Delivery>, deliveries: &Receiver) {
    let mut rest = batch.drain(..);
    loop {
        rest.by_ref().take(AT_ONCE).for_each(|it| app.apply(&it));
        match rest.len() {
            0 => return,
            left if left + deliveries.queued() < BEHIND => thread::yield_now(),
            _ => {}
        }
    }
}
