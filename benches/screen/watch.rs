//! Somebody who presses keys and watches the screen.

use std::io::Write;
use std::num::NonZeroU16;
use std::time::Duration;

use tokio::time::Instant;
use vt100::{Parser, Screen};

use crate::program::Program;

/// What ends a frame.
const END: &[u8] = b"\x1b[?2026l";
/// Only a guard against a benchmark that would never end.
const GUARD: Duration = Duration::from_secs(30);

/// imscope, and what its terminal shows.
pub(crate) struct Watched {
    pub(crate) program: Program,
    keys: Box<dyn Write + Send>,
    terminal: Parser,
    /// What came since the last frame that is whole.
    begun: Vec<u8>,
}

/// How long an effect took, in milliseconds.
#[derive(Clone, Copy)]
pub(crate) struct Effect {
    /// Until the terminal got something.
    pub(crate) first: f64,
    /// Until the whole of a frame that shows it was there.
    pub(crate) whole: f64,
}

impl Watched {
    /// Runs imscope until it shows something.
    pub(crate) fn open() -> Self {
        let program = Program::open(&[]);
        let keys = program.terminal.take_writer().unwrap();
        let [rows, cols] = [50, 200].map(|it| NonZeroU16::new(it).unwrap());
        let terminal = Parser::new(rows, cols, 0);
        let mut opened = Self { program, keys, terminal, begun: Vec::new() };
        opened.until(|it| it.contents().contains("imscope"));
        opened
    }

    /// Presses keys, and waits until the rows from one on look otherwise. The
    /// rows above may change all the time.
    pub(crate) fn press(&mut self, keys: &str, from: usize) -> Effect {
        self.catch_up();
        let before = rows(self.terminal.screen(), from);
        let start = Instant::now();
        self.write(keys);
        let first = self.take(GUARD).unwrap_or_else(|| panic!("no answer to {keys:?}"));
        let first = first - start;
        if !self.is_whole() || rows(self.terminal.screen(), from) == before {
            self.until(|it| rows(it, from) != before);
        }
        Effect { first: ms(first), whole: ms(start.elapsed()) }
    }

    /// Presses keys without waiting for anything.
    pub(crate) fn write(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    /// Waits for a frame in which the screen is as wanted.
    pub(crate) fn until(&mut self, wanted: impl Fn(&Screen) -> bool) {
        let until = Instant::now() + GUARD;
        loop {
            let told = self.take(until - Instant::now());
            assert!(told.is_some(), "never so:\n{}", self.contents());
            if self.is_whole() && wanted(self.terminal.screen()) {
                return;
            }
        }
    }

    /// Waits for some time; tells how many bytes came in it.
    pub(crate) fn bytes_in(&mut self, time: Duration) -> usize {
        let until = Instant::now() + time;
        let mut bytes = 0;
        while let Ok(more) = self.program.said.recv_timeout(until - Instant::now()) {
            bytes += more.len();
            self.process(&more);
        }
        bytes
    }

    /// Waits until the next frame is whole; tells when that was.
    pub(crate) fn frame(&mut self) -> Instant {
        self.until(|_| true);
        Instant::now()
    }

    pub(crate) fn contents(&self) -> String {
        self.terminal.screen().contents()
    }

    /// Takes what came so far.
    fn catch_up(&mut self) {
        while let Ok(bytes) = self.program.said.try_recv() {
            self.process(&bytes);
        }
    }

    /// Waits for some bytes; tells when they came.
    fn take(&mut self, patience: Duration) -> Option<Instant> {
        let bytes = self.program.said.recv_timeout(patience).ok()?;
        let came = Instant::now();
        self.process(&bytes);
        Some(came)
    }

    fn process(&mut self, bytes: &[u8]) {
        if self.is_whole() {
            self.begun.clear();
        }
        self.begun.extend_from_slice(bytes);
        self.terminal.process(bytes);
    }

    fn is_whole(&self) -> bool {
        self.begun.ends_with(END)
    }
}

/// How the rows from one on look, with colors.
fn rows(screen: &Screen, from: usize) -> Vec<String> {
    screen.rows_formatted(0, 200).skip(from).collect()
}

pub(crate) fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
