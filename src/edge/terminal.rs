//! The terminal: taken whole, given back as it was found.
//!
//! A frame is collected and handed to a thread that writes it in one go. While
//! that thread is busy no new frame is drawn; nothing else waits for a slow or
//! stalled terminal.

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, IsTerminal as _, Write};
use std::os::fd::AsFd as _;
use std::panic;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, TryLockError, mpsc};
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, ensure};
use crossterm::cursor::Show;
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
    disable_raw_mode, enable_raw_mode,
};
use crossterm::{queue, style};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use tokio::sync::{Notify, Semaphore};

use super::clipboard;
use super::event_loop::Surface;
use super::signals;
use crate::dashboard::{App, Viewport, view};

/// How long a stalled terminal is waited for when it is to be given back.
const PATIENCE: Duration = Duration::from_millis(500);

/// Whether the terminal is ours, for the panic hook: it must not restore what
/// was never taken.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// Whether a panic took the terminal from us: no frame may follow what is told.
static LOST: AtomicBool = AtomicBool::new(false);

/// Held while something is written to the terminal.
static WRITING: Mutex<()> = Mutex::new(());

/// Tells of a panic in any part of the program.
static PANICKED: Notify = Notify::const_new();

/// Waits until any part of the program has panicked, on whatever thread, in
/// whatever task. By then the terminal is given back and the reason told. The
/// rest could go on, and would show a truth that lacks something.
pub async fn panicked() {
    PANICKED.notified().await;
}

/// The terminal while it shows the dashboard.
#[derive(Debug)]
pub struct Screen {
    terminal: Terminal<CrosstermBackend<Collected>>,
    frame: Collected,
    writer: Writer,
}

/// Bytes of the frame that is being drawn, shared with the backend.
#[derive(Debug, Default, Clone)]
struct Collected(Rc<RefCell<Vec<u8>>>);

impl Write for Collected {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    // A frame is written whole, by `Screen::draw`: ratatui flushes in between.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The thread that writes frames, one at a time.
#[derive(Debug)]
struct Writer {
    frames: mpsc::SyncSender<Vec<u8>>,
    /// One permit while nothing is being written.
    idle: Arc<Semaphore>,
}

impl Writer {
    fn new() -> anyhow::Result<Self> {
        let (frames, to_write) = mpsc::sync_channel::<Vec<u8>>(1);
        let idle = Arc::new(Semaphore::new(1));
        let done = Arc::clone(&idle);
        let mut out = stdout_file()?;
        thread::Builder::new().name("terminal".to_owned()).spawn(move || {
            for frame in to_write {
                let turn = WRITING.lock().unwrap_or_else(PoisonError::into_inner);
                if !LOST.load(Ordering::SeqCst) {
                    // A terminal that is gone ends the program by its signal.
                    let _ = out.write_all(&frame);
                }
                drop(turn);
                done.add_permits(1);
            }
        })?;
        Ok(Self { frames, idle })
    }

    /// Hands bytes over when nothing else is being written; whether it could
    /// before the patience ended.
    fn write(&self, bytes: Vec<u8>) -> bool {
        let claim = || self.idle.try_acquire().map(tokio::sync::SemaphorePermit::forget).is_ok();
        patiently(claim) && self.frames.send(bytes).is_ok()
    }

    /// The same, and waits until it is written.
    fn write_last(&self, bytes: Vec<u8>) {
        if self.write(bytes) {
            patiently(|| self.idle.available_permits() > 0);
        }
    }
}

/// Asks again and again whether something is done, as long as the patience for
/// a stalled terminal lasts. Whether it is.
fn patiently(mut done: impl FnMut() -> bool) -> bool {
    let step = Duration::from_millis(1);
    let mut waited = Duration::ZERO;
    loop {
        match done() {
            true => return true,
            false if PATIENCE <= waited => return false,
            false => thread::sleep(step),
        }
        waited += step;
    }
}

fn stdout_file() -> io::Result<File> {
    Ok(File::from(io::stdout().as_fd().try_clone_to_owned()?))
}

impl Screen {
    /// Takes the terminal.
    ///
    /// # Errors
    /// When standard output is no terminal, or it cannot be set up.
    pub fn open() -> anyhow::Result<Self> {
        ensure!(
            io::stdout().is_terminal(),
            "the dashboard needs a terminal, and standard output is none"
        );
        // With NO_COLOR, crossterm would turn resets of colors into resets of
        // everything; the theme without colors does it right.
        style::force_color_output(true);
        let writer = Writer::new()?;
        restore_on_panic();
        let frame = Collected::default();
        let backend = CrosstermBackend::new(frame.clone());
        let terminal = Terminal::new(backend).context("cannot learn the terminal's size")?;
        let mut screen = Self { terminal, frame, writer };
        screen.enter()?;
        Ok(screen)
    }

    fn enter(&mut self) -> anyhow::Result<()> {
        TAKEN.store(true, Ordering::SeqCst);
        enable_raw_mode().context("cannot set the terminal to raw mode")?;
        let mut bytes = Vec::new();
        queue!(bytes, EnterAlternateScreen, EnableBracketedPaste)?;
        // The first frame waits for it, and nothing else has to.
        self.writer.write(bytes);
        Ok(())
    }

    /// Gives the terminal back as it was found.
    fn leave(&mut self) {
        if TAKEN.swap(false, Ordering::SeqCst) {
            self.writer.write_last(farewell());
            let _ = disable_raw_mode();
        }
    }
}

fn farewell() -> Vec<u8> {
    let mut bytes = Vec::new();
    // Writing to memory cannot fail.
    let _ = queue!(bytes, EndSynchronizedUpdate, DisableBracketedPaste, LeaveAlternateScreen, Show);
    bytes
}

/// Gives the terminal back before a panic is told, so that it can be read.
fn restore_on_panic() {
    let told = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        if TAKEN.swap(false, Ordering::SeqCst) {
            LOST.store(true, Ordering::SeqCst);
            restore();
        }
        told(panic);
        PANICKED.notify_one();
    }));
}

/// Gives the terminal back past its writer, once that is done with a frame; if
/// the terminal takes nothing more, as far as it goes without.
fn restore() {
    let mut turn = None;
    patiently(|| {
        turn = match WRITING.try_lock() {
            Ok(turn) => Some(turn),
            Err(TryLockError::Poisoned(turn)) => Some(turn.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        };
        turn.is_some()
    });
    if turn.is_some()
        && let Ok(mut out) = stdout_file()
    {
        let _ = out.write_all(&farewell());
    }
    let _ = disable_raw_mode();
}

impl Surface for Screen {
    async fn ready(&self) {
        if let Ok(permit) = self.writer.idle.acquire().await {
            permit.forget();
        }
    }

    fn draw(&mut self, app: &App) -> anyhow::Result<Viewport> {
        let mut viewport = Viewport::default();
        queue!(self.terminal.backend_mut(), BeginSynchronizedUpdate)?;
        self.terminal.draw(|frame| viewport = view::draw(app, frame))?;
        queue!(self.terminal.backend_mut(), EndSynchronizedUpdate)?;
        let frame = self.frame.0.take();
        self.writer.frames.send(frame).context("the terminal's thread has ended")?;
        Ok(viewport)
    }

    fn repaint(&mut self) -> anyhow::Result<()> {
        // Not `Terminal::clear`: it asks the terminal where its cursor is, past
        // the writer, waits for the answer, and fails without one.
        let size = self.terminal.size()?;
        Ok(self.terminal.resize(size.into())?)
    }

    fn copy(&mut self, text: &[u8]) -> bool {
        let escape = clipboard::escape(text);
        let bytes = escape.as_deref().unwrap_or_default().as_bytes();
        self.frame.0.borrow_mut().extend_from_slice(bytes);
        escape.is_some()
    }

    fn suspend(&mut self) -> anyhow::Result<()> {
        self.leave();
        signals::stop_job()?;
        self.resume()
    }

    fn release(&mut self) {
        self.leave();
    }

    fn resume(&mut self) -> anyhow::Result<()> {
        self.enter()?;
        self.repaint()
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.leave();
    }
}
