//! The terminal: entered for the dashboard, restored at the end.
//!
//! A frame is buffered, and a thread writes it with one call. Only drawing waits
//! for that thread: a slow or stalled terminal delays nothing else.

mod frame_writer;

use std::cell::RefCell;
use std::io::{self, Write};
use std::panic;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, TryLockError};

use anyhow::{Context as _, ensure};
use crossterm::cursor::Show;
use crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste};
use crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
    disable_raw_mode, enable_raw_mode,
};
use crossterm::{queue, style};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use tokio::sync::Notify;

use super::clipboard;
use super::event_loop::Surface;
use super::keys::reply::QUERY;
use super::notification;
use super::signals;
use super::stdio::{stdout_file, stdout_is_terminal};
use crate::callback::trouble::failure;
use crate::dashboard::{App, Viewport, view};
use frame_writer::{FrameWriter, poll_until};

/// Whether the terminal was entered: the panic hook must not restore it otherwise.
static ENTERED: AtomicBool = AtomicBool::new(false);

/// Whether the terminal reports the mouse.
static REPORTS_MOUSE: AtomicBool = AtomicBool::new(false);

/// Lets the terminal report buttons and the wheel, and movement only while a button is
/// held: any other would wake the loop. (`EnableMouseCapture` asks for all.)
const ENABLE_MOUSE: &[u8] = b"\x1b[?1000h\x1b[?1002h\x1b[?1006h";

/// Whether a panic restored the terminal: no frame may overwrite its message.
static PANIC_SHOWN: AtomicBool = AtomicBool::new(false);

/// Held while something is written to the terminal.
static WRITING: Mutex<()> = Mutex::new(());

/// Notified after a panic anywhere in the process.
static PANICKED: Notify = Notify::const_new();

/// Waits for a panic in any thread or task. The terminal is restored and the panic
/// printed by then. The rest of the process could continue, but would not show
/// everything.
pub async fn panicked() {
    PANICKED.notified().await;
}

/// The terminal while it shows the dashboard.
#[derive(Debug)]
pub struct Screen {
    terminal: Terminal<CrosstermBackend<FrameBuffer>>,
    frame: FrameBuffer,
    writer: FrameWriter,
}

/// Bytes of the frame that is being drawn, shared with the backend.
#[derive(Debug, Default, Clone)]
struct FrameBuffer(Rc<RefCell<Vec<u8>>>);

impl Write for FrameBuffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    // `Screen::draw` writes the complete frame; ratatui flushes in between.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Screen {
    /// Enters the alternate screen and raw mode, and perhaps asks the terminal for its
    /// background: the reply comes with the keys.
    ///
    /// # Errors
    /// When standard output is not a terminal, or it cannot be set up.
    pub fn open(asks_for_background: bool) -> anyhow::Result<Self> {
        ensure!(stdout_is_terminal(), failure::no_terminal());
        // With NO_COLOR crossterm turns resets of colors into resets of all
        // attributes; the theme handles that variable instead.
        style::force_color_output(true);
        let writer = FrameWriter::new()?;
        restore_on_panic();
        let frame = FrameBuffer::default();
        let backend = CrosstermBackend::new(frame.clone());
        let terminal = Terminal::new(backend).with_context(failure::no_terminal_size)?;
        let mut screen = Self { terminal, frame, writer };
        screen.enter(if asks_for_background { QUERY } else { &[] })?;
        Ok(screen)
    }

    /// Takes the terminal; the query is written to it last.
    fn enter(&mut self, query: &[u8]) -> anyhow::Result<()> {
        ENTERED.store(true, Ordering::SeqCst);
        enable_raw_mode().with_context(failure::no_raw_mode)?;
        let mut bytes = Vec::new();
        // What had the terminal meanwhile may have reset it, and if nothing had it, as after
        // a second SIGCONT, it still reports: now it does not, and with the next frame it does.
        if REPORTS_MOUSE.swap(false, Ordering::SeqCst) {
            queue!(bytes, DisableMouseCapture)?;
        }
        queue!(bytes, EnterAlternateScreen, EnableBracketedPaste)?;
        bytes.extend_from_slice(query);
        // Without waiting: the first frame waits until it is written.
        self.writer.write(bytes);
        Ok(())
    }

    /// Lets the terminal report the mouse with the next frame, or ends that.
    fn report_mouse(&mut self, is_wanted: bool) -> io::Result<()> {
        match (is_wanted, REPORTS_MOUSE.swap(is_wanted, Ordering::SeqCst)) {
            (true, false) => self.frame.write_all(ENABLE_MOUSE),
            (false, true) => queue!(self.frame, DisableMouseCapture),
            _ => Ok(()),
        }
    }

    /// Restores the terminal.
    fn leave(&mut self) {
        if ENTERED.swap(false, Ordering::SeqCst) {
            self.writer.write_last(leave_sequence());
            let _ = disable_raw_mode();
        }
    }
}

fn leave_sequence() -> Vec<u8> {
    let mut bytes = Vec::new();
    // Writing to memory cannot fail.
    if REPORTS_MOUSE.swap(false, Ordering::SeqCst) {
        let _ = queue!(bytes, DisableMouseCapture);
    }
    let _ = queue!(bytes, EndSynchronizedUpdate, DisableBracketedPaste, LeaveAlternateScreen, Show);
    bytes
}

/// Restores the terminal before a panic is printed, so that it can be read.
fn restore_on_panic() {
    let default_hook = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        if ENTERED.swap(false, Ordering::SeqCst) {
            PANIC_SHOWN.store(true, Ordering::SeqCst);
            restore();
        }
        default_hook(panic);
        PANICKED.notify_one();
    }));
}

/// Restores the terminal without the writing thread, after the frame it may be
/// writing. If the terminal is stalled, only its mode is restored.
fn restore() {
    let mut guard = None;
    poll_until(|| {
        guard = match WRITING.try_lock() {
            Ok(guard) => Some(guard),
            Err(TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        };
        guard.is_some()
    });
    if guard.is_some()
        && let Ok(mut out) = stdout_file()
    {
        let _ = out.write_all(&leave_sequence());
    }
    let _ = disable_raw_mode();
}

impl Surface for Screen {
    async fn ready(&self) {
        self.writer.ready().await;
    }

    fn draw(&mut self, app: &App) -> anyhow::Result<Viewport> {
        let mut viewport = Viewport::default();
        self.report_mouse(app.uses_mouse())?;
        queue!(self.terminal.backend_mut(), BeginSynchronizedUpdate)?;
        self.terminal.draw(|frame| viewport = view::draw(app, frame))?;
        queue!(self.terminal.backend_mut(), EndSynchronizedUpdate)?;
        let frame = self.frame.0.take();
        self.writer.send(frame).with_context(failure::terminal_writer_ended)?;
        Ok(viewport)
    }

    fn repaint(&mut self) -> anyhow::Result<()> {
        // Not `Terminal::clear`: it queries the cursor position past the writer,
        // waits for the reply, and fails without one.
        let size = self.terminal.size()?;
        Ok(self.terminal.resize(size.into())?)
    }

    fn copy(&mut self, text: &[u8]) -> bool {
        let escape = clipboard::escape(text, clipboard::Outer::detect());
        let bytes = escape.as_deref().unwrap_or_default().as_bytes();
        self.frame.0.borrow_mut().extend_from_slice(bytes);
        escape.is_some()
    }

    fn ring(&mut self, text: &str) {
        self.frame.0.borrow_mut().extend_from_slice(notification::sequence(text).as_bytes());
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
        self.enter(&[])?;
        self.repaint()
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.leave();
    }
}
