//! Prints lines on a thread of its own, so that a reader of the output that stalls
//! delays nothing else.
//!
//! While the reader is slow, lines wait; the caller decides whether it waits too when
//! they are many, or whether the next ones are skipped. What is printed is in order.

use std::fs::File;
use std::io::{self, Write as _};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::retry_on_intr;

use super::stdio::print_status;
use super::task;
use crate::callback::{Lang, Localized};

/// How many bytes of lines wait before the caller has to.
const MAX_WAITING: usize = 1 << 20;
/// How many bytes of lines wait before the next ones are skipped.
const MAX_LAG: usize = 16 << 20;
/// How long the caller waits before the reader is called slow.
const SLOW: Duration = Duration::from_secs(1);
/// How long the end waits for a write that has begun: a pipe accepts it at once, a
/// terminal may be stopped.
const WRITE_GRACE: Duration = Duration::from_millis(100);
/// Bytes that a pipe accepts at once if it accepts any (`PIPE_BUF`).
const PIECE: usize = 4096;
/// Capacity in bytes that is kept of a buffer.
const KEPT_CAPACITY: usize = 1 << 20;

const WAITS: Localized = Localized::new(
    "the reader of the output is slow: callbacks wait for it, and are answered 503 when too many do",
    "输出的读取方过慢：回调需等待，积压过多时应答 503",
);
const SKIPS: Localized = Localized::new(
    "the reader of the output is slow: what it misses meanwhile is only in the recording",
    "输出的读取方过慢：其间错过的内容仅在录制文件中",
);

/// What happens to lines while the reader is slow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhenSlow {
    /// The caller waits.
    Wait,
    /// They are not printed, but counted.
    Skip,
}

/// Prints lines to a file, pipe or terminal.
#[derive(Debug)]
pub struct LinePrinter {
    shared: Arc<Shared>,
    when_slow: WhenSlow,
    reported: bool,
    /// The language of the report.
    lang: Lang,
    /// Lines to be printed so far, also those that were skipped.
    lines: u64,
}

/// Ends a printer whose reader does not read.
#[derive(Debug, Clone)]
pub struct Abandon(Arc<Shared>);

/// What became of the lines.
#[derive(Debug)]
pub struct Printed {
    /// Lines that were not, or not completely, printed.
    pub missing: u64,
    /// Whether the printer was abandoned before the last line.
    pub abandoned: bool,
    /// Why no more could be printed.
    pub error: Option<io::Error>,
}

#[derive(Debug, Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    waiting: Vec<u8>,
    /// Lines printed completely.
    printed: u64,
    /// Bytes of the write that has begun and is not counted yet.
    writing_bytes: usize,
    /// No more lines will be added.
    closed: bool,
    /// The thread has ended.
    ended: bool,
    abandoned: bool,
    error: Option<io::Error>,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait_while<'a>(
        &self,
        state: MutexGuard<'a, State>,
        condition: impl Fn(&State) -> bool,
    ) -> MutexGuard<'a, State> {
        let waited = self.changed.wait_while(state, |it| condition(it));
        waited.unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins a write of so many bytes; `false` if the printer was abandoned.
    fn begin_write(&self, bytes: usize) -> bool {
        let mut state = self.lock();
        if !state.abandoned {
            state.writing_bytes = bytes;
        }
        !state.abandoned
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.lock());
        self.changed.notify_all();
    }
}

impl LinePrinter {
    /// Starts the printing thread; `on_error` is called when nothing more can be
    /// printed.
    ///
    /// # Errors
    /// When no thread can be started.
    pub fn start(
        out: File,
        when_slow: WhenSlow,
        lang: Lang,
        on_error: impl FnOnce() + Send + 'static,
    ) -> io::Result<Self> {
        let shared = Arc::<Shared>::default();
        let printing = shared.clone();
        task::start_thread("print", move || {
            let result = print(out, &printing);
            if result.is_err() {
                on_error();
            }
            printing.change(|it| (it.ended, it.error) = (true, result.err()));
        })?;
        Ok(Self { shared, when_slow, reported: false, lang, lines: 0 })
    }

    /// A handle that ends it.
    pub fn abandon(&self) -> Abandon {
        Abandon(self.shared.clone())
    }

    /// Hands over `count` lines to be printed, and empties the buffer they are in.
    pub fn print(&mut self, lines: &mut Vec<u8>, count: u64) {
        self.lines += count;
        if self.has_room(lines.len()) {
            self.shared.change(|it| it.waiting.append(lines));
        }
        lines.clear();
        lines.shrink_to(KEPT_CAPACITY);
    }

    /// Whether there is room for so many bytes more; waits for it, if it is to.
    fn has_room(&mut self, bytes: usize) -> bool {
        let shared = self.shared.clone();
        let lags = |it: &State, max| !it.waiting.is_empty() && max < it.waiting.len() + bytes;
        let goes_on = |it: &State| !it.ended && !it.abandoned;
        let mut state = shared.lock();
        match self.when_slow {
            WhenSlow::Skip if lags(&state, MAX_LAG) => {
                self.report(SKIPS);
                return false;
            }
            WhenSlow::Skip => {}
            WhenSlow::Wait => {
                let waits = |it: &mut State| goes_on(it) && lags(it, MAX_WAITING);
                let waited = shared.changed.wait_timeout_while(state, SLOW, waits);
                let timeout;
                (state, timeout) = waited.unwrap_or_else(PoisonError::into_inner);
                if timeout.timed_out() {
                    self.report(WAITS);
                    state = shared.wait_while(state, |it| goes_on(it) && lags(it, MAX_WAITING));
                }
            }
        }
        goes_on(&state)
    }

    fn report(&mut self, text: Localized) {
        if !std::mem::replace(&mut self.reported, true) {
            print_status(text.text(self.lang));
        }
    }

    /// Waits until all is printed, or the printer is abandoned.
    pub fn finish(self) -> Printed {
        self.shared.change(|it| it.closed = true);
        let state = self.shared.lock();
        let state = self.shared.wait_while(state, |it| !it.ended && !it.abandoned);
        let is_writing = |it: &mut State| it.writing_bytes > 0 && !it.ended;
        let waited = self.shared.changed.wait_timeout_while(state, WRITE_GRACE, is_writing);
        let (mut state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        let missing = self.lines - state.printed;
        let error = state.error.take();
        Printed { missing, abandoned: state.abandoned && missing > 0 && error.is_none(), error }
    }
}

impl Abandon {
    /// Ends the printer: nothing more is printed.
    pub fn now(&self) {
        self.0.change(|it| it.abandoned = true);
    }
}

/// Prints what is handed over, until there will be no more.
fn print(mut out: File, shared: &Shared) -> io::Result<()> {
    // A file accepts everything at once; of a pipe it is exactly known what it got.
    let piece = if out.metadata()?.is_file() { MAX_WAITING } else { PIECE };
    let mut lines = Vec::new();
    loop {
        let state = shared.lock();
        let mut state = shared.wait_while(state, |it| it.waiting.is_empty() && !it.closed);
        if state.waiting.is_empty() {
            return Ok(());
        }
        std::mem::swap(&mut lines, &mut state.waiting);
        drop(state);
        shared.changed.notify_all();
        for piece in lines.chunks(piece) {
            retry_on_intr(|| poll(&mut [PollFd::new(&out, PollFlags::OUT)], None))?;
            if !shared.begin_write(piece.len()) {
                return Ok(());
            }
            let result = out.write_all(piece);
            let lines = if result.is_ok() { memchr::memchr_iter(b'\n', piece).count() } else { 0 };
            shared.change(|it| (it.writing_bytes, it.printed) = (0, it.printed + lines as u64));
            result?;
        }
        lines.clear();
        lines.shrink_to(KEPT_CAPACITY);
    }
}

#[cfg(test)]
mod tests;
