//! Drives imscope through its terminal: presses keys and parses the frames.

use std::io::Write;
use std::num::NonZeroU16;
use std::path::Path;
use std::time::Duration;

use tokio::time::Instant;
use vt100::{Parser, Screen};

use imscope_test_support::bench::program::Program;

/// The end of a synchronized update, which is the end of a frame.
const END: &[u8] = b"\x1b[?2026l";
/// Limit of every wait.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Without output for so long, a frame is over.
const SILENCE: Duration = Duration::from_millis(60);
/// Without output for so long, a key has no effect.
const NO_EFFECT: Duration = Duration::from_secs(1);

/// A running imscope and the state of its terminal.
pub(crate) struct Driver {
    pub(crate) program: Program,
    keys: Box<dyn Write + Send>,
    terminal: Parser,
    /// Bytes since the last complete frame.
    partial: Vec<u8>,
}

/// Latency of a key in milliseconds.
#[derive(Clone, Copy)]
pub(crate) struct Latency {
    /// Until the first byte of output.
    pub(crate) first_byte: f64,
    /// Until the end of the frame that shows the effect.
    pub(crate) frame: f64,
}

impl Driver {
    /// Starts imscope and waits for its first frame.
    pub(crate) fn open() -> Self {
        Self::of(Program::open(env!("CARGO_BIN_EXE_imscope"), &[]))
    }

    /// Opens a recording and waits for its first frame.
    pub(crate) fn replay(recording: &Path) -> Self {
        Self::of(Program::replay(env!("CARGO_BIN_EXE_imscope"), recording))
    }

    fn of(program: Program) -> Self {
        let keys = program.terminal.take_writer().unwrap();
        let [rows, cols] = [50, 200].map(|it| NonZeroU16::new(it).unwrap());
        let terminal = Parser::new(rows, cols, 0);
        let mut driver = Self { program, keys, terminal, partial: Vec::new() };
        driver.until(|it| it.contents().contains("imscope"));
        driver
    }

    /// Presses keys and waits until a row from `from` on changes. The rows above
    /// may change at any time.
    pub(crate) fn press(&mut self, keys: &str, from: usize) -> Latency {
        self.catch_up();
        let before = rows(self.terminal.screen(), from);
        let start = Instant::now();
        self.write(keys);
        let first = self.receive(TIMEOUT).unwrap_or_else(|| panic!("no output after {keys:?}"));
        let first = first - start;
        if !self.is_complete() || rows(self.terminal.screen(), from) == before {
            self.until(|it| rows(it, from) != before);
        }
        Latency { first_byte: ms(first), frame: ms(start.elapsed()) }
    }

    /// Presses a key and waits until its frame is complete and nothing follows; returns
    /// its latency in milliseconds, 0 if the key changes nothing.
    pub(crate) fn key(&mut self, key: &str) -> f64 {
        self.catch_up();
        let start = Instant::now();
        self.write(key);
        let mut last = Duration::ZERO;
        let mut timeout = NO_EFFECT;
        while let Some(at) = self.receive(timeout) {
            (last, timeout) = (at - start, SILENCE);
        }
        ms(last)
    }

    /// Presses keys without waiting.
    pub(crate) fn write(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    /// Waits for a complete frame that satisfies a condition.
    pub(crate) fn until(&mut self, condition: impl Fn(&Screen) -> bool) {
        let until = Instant::now() + TIMEOUT;
        loop {
            let received = self.receive(until - Instant::now());
            assert!(received.is_some(), "timed out at:\n{}", self.contents());
            if self.is_complete() && condition(self.terminal.screen()) {
                return;
            }
        }
    }

    /// Reads for some time; returns the number of bytes.
    pub(crate) fn bytes_in(&mut self, time: Duration) -> usize {
        let until = Instant::now() + time;
        let mut bytes = 0;
        while let Ok(more) = self.program.output.recv_timeout(until - Instant::now()) {
            bytes += more.len();
            self.process(&more);
        }
        bytes
    }

    /// Waits for the end of the next frame; returns its time.
    pub(crate) fn frame(&mut self) -> Instant {
        self.until(|_| true);
        Instant::now()
    }

    pub(crate) fn contents(&self) -> String {
        self.terminal.screen().contents()
    }

    /// Processes the output received so far.
    fn catch_up(&mut self) {
        while let Ok(bytes) = self.program.output.try_recv() {
            self.process(&bytes);
        }
    }

    /// Waits for output; returns the time of its arrival.
    fn receive(&mut self, timeout: Duration) -> Option<Instant> {
        let bytes = self.program.output.recv_timeout(timeout).ok()?;
        let received = Instant::now();
        self.process(&bytes);
        Some(received)
    }

    fn process(&mut self, bytes: &[u8]) {
        if self.is_complete() {
            self.partial.clear();
        }
        self.partial.extend_from_slice(bytes);
        self.terminal.process(bytes);
    }

    fn is_complete(&self) -> bool {
        self.partial.ends_with(END)
    }
}

/// The rows from `from` on, with colors.
fn rows(screen: &Screen, from: usize) -> Vec<String> {
    screen.rows_formatted(0, 200).skip(from).collect()
}

pub(crate) fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
