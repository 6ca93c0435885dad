//! The state of the event loop, and what wakes it.

use std::io;
use std::time::Duration;

use crossterm::event::Event;
use futures_util::{Stream, StreamExt as _};
use tokio::sync::mpsc;
use tokio::sync::mpsc::OwnedPermit;
use tokio::time::{Instant, sleep_until};

use super::{Exit, LoopContext, MAX_BATCH, Message, Surface, apply};
use crate::callback::{Delivery, Timestamp};
use crate::dashboard::{App, Effect, Request, SaveStep, TerminalEffect};

/// Minimum interval between frames for deliveries: 30 a second.
const FRAME_INTERVAL: Duration = Duration::from_millis(33);

/// Minimum interval between frames for keys: a shorter one is not visible.
const INPUT_FRAME_INTERVAL: Duration = Duration::from_millis(8);

/// Maximum number of deliveries applied before a frame; keys wait for them, too.
const MAX_FRAME_BATCH: usize = 4096;

/// The reason for the next frame; the greatest one decides when it is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum FrameReason {
    None,
    Deliveries,
    Input,
}

/// What woke the event loop.
#[derive(Debug)]
pub(super) enum Wake {
    /// An event of the terminal, or the error of reading one.
    Input(io::Result<Event>),
    /// A message of a background task.
    Message(Message),
    /// The frame is due, and the surface can take it.
    FrameDue,
    /// Deliveries, which are in the batch.
    Deliveries,
    /// The file that is saved takes a step; `None` if it takes none any more.
    SaveReady(Option<OwnedPermit<SaveStep>>),
    /// The search for a filter has more to do.
    Search,
    /// The picture changes with time.
    Time,
    /// An input was closed.
    Closed,
}

/// The state of the event loop.
pub(super) struct LoopState<'a, S, C, P> {
    app: &'a mut App,
    surface: &'a mut S,
    context: &'a mut LoopContext<C, P>,
    /// Deliveries that were received and not applied yet.
    batch: Vec<Delivery>,
    /// Takes the steps of the file that is saved; dropped before its end it removes the
    /// file.
    file: Option<mpsc::Sender<SaveStep>>,
    /// Why a frame is due next.
    reason: FrameReason,
    /// When the last frame was drawn.
    drawn: Instant,
}

impl<'a, S, C, P> LoopState<'a, S, C, P>
where
    S: Surface,
    C: Fn() -> Timestamp,
    P: FnMut(Request),
{
    /// The first frame is due at once.
    pub(super) fn new(
        app: &'a mut App,
        surface: &'a mut S,
        context: &'a mut LoopContext<C, P>,
    ) -> Self {
        let batch = Vec::with_capacity(MAX_BATCH);
        let drawn = Instant::now() - FRAME_INTERVAL;
        Self { app, surface, context, batch, file: None, reason: FrameReason::Input, drawn }
    }

    /// Sets what the app shows of the clock and the queue, and starts the request that
    /// it holds.
    pub(super) fn update_app(&mut self) {
        let LoopContext { deliveries, clock, perform, .. } = &mut *self.context;
        self.app.set_now(clock());
        self.app.set_unanswered(deliveries.canceled());
        self.app.set_unshown(deliveries.expired());
        self.file = self.file.take().filter(|_| self.app.is_saving());
        while let Some(request) = self.app.take_pending_request() {
            perform(request);
        }
    }

    /// Waits for what comes next: keys before messages, these before the frame, and
    /// that before deliveries.
    pub(super) async fn wait(
        &mut self,
        input: &mut (impl Stream<Item = io::Result<Event>> + Unpin),
    ) -> Wake {
        let now = Instant::now();
        let due = self.frame_due();
        let wakes = self.app.wakes_at().map(|at| now + at.since((self.context.clock)()));
        let LoopContext { deliveries, messages, .. } = &mut *self.context;
        tokio::select! {
            biased;
            event = input.next() => event.map_or(Wake::Closed, Wake::Input),
            message = messages.recv() => message.map_or(Wake::Closed, Wake::Message),
            () = frame(due, self.surface), if self.reason != FrameReason::None => Wake::FrameDue,
            count = deliveries.recv_many(&mut self.batch, MAX_BATCH) => match count {
                0 => Wake::Closed,
                _ => Wake::Deliveries,
            },
            permit = room(self.file.as_ref()), if self.file.is_some() => Wake::SaveReady(permit),
            () = tokio::task::yield_now(), if self.app.is_searching() => Wake::Search,
            () = sleep_until(wakes.unwrap_or(now)), if wakes.is_some() => Wake::Time,
        }
    }

    fn frame_due(&self) -> Instant {
        self.drawn
            + match self.reason {
                FrameReason::Input => INPUT_FRAME_INTERVAL,
                FrameReason::Deliveries | FrameReason::None => FRAME_INTERVAL,
            }
    }

    /// Handles what woke the loop. Returns the reason to end, if it is one.
    pub(super) fn handle(&mut self, wake: Wake) -> anyhow::Result<Option<Exit>> {
        let reason = match wake {
            Wake::Closed => return Ok(Some(Exit::Quit)),
            Wake::Input(event) => {
                self.app.set_now((self.context.clock)());
                if let Some(exit) = self.handle_event(&event?)? {
                    return Ok(Some(exit));
                }
                FrameReason::Input
            }
            Wake::Message(message) => {
                self.app.set_now((self.context.clock)());
                if self.handle_message(message)? {
                    return Ok(Some(Exit::Quit));
                }
                FrameReason::Input
            }
            Wake::FrameDue => {
                self.draw()?;
                return Ok(None);
            }
            Wake::Deliveries => {
                // The loop may have waited for long.
                self.app.set_now((self.context.clock)());
                apply(self.app, &mut self.batch, &self.context.deliveries);
                FrameReason::Deliveries
            }
            Wake::SaveReady(permit) => {
                self.fill_file(permit);
                FrameReason::Deliveries
            }
            Wake::Search => {
                self.app.search();
                FrameReason::Deliveries
            }
            Wake::Time => FrameReason::Deliveries,
        };
        self.reason = self.reason.max(reason);
        Ok(None)
    }

    /// Sends the next step to the file that is saved.
    fn fill_file(&mut self, permit: Option<OwnedPermit<SaveStep>>) {
        match permit {
            Some(permit) => _ = permit.send(self.app.next_save_step()),
            None => self.file = None,
        }
    }

    /// Applies the deliveries that wait, and draws a frame.
    fn draw(&mut self) -> anyhow::Result<()> {
        let LoopContext { deliveries, recording, clock, .. } = &mut *self.context;
        // Without yielding: the frame is due.
        deliveries.try_recv_many(&mut self.batch, MAX_FRAME_BATCH);
        self.batch.drain(..).for_each(|it| self.app.apply(&it));
        self.app.set_now(clock());
        if let Some(status) = recording {
            self.app.set_recording(status.recording());
        }
        // While the terminal is stalled no frame is drawn, and matches are collected.
        if let Some(text) = self.app.take_ring() {
            self.surface.ring(&text);
        }
        let viewport = self.surface.draw(self.app)?;
        self.app.set_viewport(viewport);
        self.drawn = Instant::now();
        self.reason = FrameReason::None;
        Ok(())
    }

    /// Hands an event to the app and executes its effect. Returns the reason to end, if
    /// it is one.
    fn handle_event(&mut self, event: &Event) -> anyhow::Result<Option<Exit>> {
        let perform = &mut self.context.perform;
        match self.app.handle_event(event) {
            None => {}
            Some(Effect::Request(request)) => perform(request),
            Some(Effect::Terminal(effect)) => match effect {
                TerminalEffect::Quit => return Ok(Some(Exit::Quit)),
                TerminalEffect::Edit(delivery) => return Ok(Some(Exit::Edit(delivery))),
                TerminalEffect::Suspend => self.surface.suspend()?,
                TerminalEffect::Redraw => self.surface.repaint()?,
                TerminalEffect::Copy(copied) => {
                    let in_terminal = self.surface.copy(&copied.text);
                    perform(Request::Copy { copied, in_terminal });
                }
            },
        }
        Ok(None)
    }

    /// Applies a message; whether it ends the loop.
    fn handle_message(&mut self, message: Message) -> anyhow::Result<bool> {
        let app = &mut *self.app;
        match message {
            Message::Notice(notice) => app.notify(notice),
            Message::Unreadable(unreadable) => app.note_unreadable(unreadable),
            Message::Tunnel(report) => app.report_tunnel(report),
            Message::Resent(delivery) => app.add_resent(&delivery),
            Message::ResentMarked(sent) => {
                app.report_resent(sent).into_iter().for_each(&mut self.context.perform);
            }
            Message::Rules(report) => {
                app.report_rules(*report).into_iter().for_each(&mut self.context.perform);
            }
            Message::Hook(report) => app.report_hook(&report),
            Message::SaveOpened(id, file) => self.file = app.saves_as(id).then_some(file),
            Message::SaveEnded(report) => return Ok(app.report_save(report)),
            Message::Resumed => self.surface.resume()?,
            Message::Quit => return Ok(true),
        }
        Ok(false)
    }
}

/// Waits until a file takes a step; `None` if it takes none any more.
async fn room(file: Option<&mpsc::Sender<SaveStep>>) -> Option<OwnedPermit<SaveStep>> {
    file?.clone().reserve_owned().await.ok()
}

/// Waits until the frame is due and the surface can take it.
async fn frame(due: Instant, surface: &impl Surface) {
    sleep_until(due).await;
    surface.ready().await;
}
