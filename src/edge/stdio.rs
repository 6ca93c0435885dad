//! Standard output and standard error. No other file opens them, so that whatever
//! the program prints is without hidden characters (`callback/printable.rs`).

use std::backtrace::{Backtrace, BacktraceStatus};
use std::fmt::{self, Display};
use std::fs::File;
use std::io::{self, IsTerminal as _, StdoutLock, Write};
use std::os::fd::AsFd as _;
use std::panic::PanicHookInfo;
use std::thread;

use serde::Serialize;

use super::notification;
use crate::callback::printable::{clean_lines, escape_json};

/// Prints to a writer. Hidden characters other than line ends are replaced in each
/// text, which is a call of [`Write::write_all`] or of `write!`.
#[derive(Debug)]
pub struct Printer<W>(W);

impl Printer<StdoutLock<'static>> {
    /// Prints to standard output, which no other thread can until it is dropped.
    pub fn stdout() -> Self {
        Self(io::stdout().lock())
    }
}

impl<W: Write> Printer<W> {
    /// Prints to a writer.
    pub const fn new(out: W) -> Self {
        Self(out)
    }

    /// Prints a text in a style, an escape sequence of the program itself.
    ///
    /// # Errors
    /// The writer cannot be written to.
    pub fn styled(&mut self, style: &'static str, text: &str) -> io::Result<()> {
        write!(self.0, "{style}{}\x1b[0m", clean_lines(text))
    }

    /// Prints a value as one line of JSON, which is read back unchanged.
    ///
    /// # Errors
    /// The writer cannot be written to.
    pub fn json(&mut self, value: &impl Serialize) -> io::Result<()> {
        let mut line = serde_json::to_vec(value)?;
        escape_json(&mut line, 0);
        line.push(b'\n');
        self.0.write_all(&line)
    }
}

impl<W: Write> Write for Printer<W> {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        self.0.write_all(clean_lines(&String::from_utf8_lossy(text)).as_bytes())?;
        Ok(text.len())
    }

    fn write_fmt(&mut self, text: fmt::Arguments<'_>) -> io::Result<()> {
        self.write_all(text.to_string().as_bytes())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Whether standard output is a terminal.
pub fn stdout_is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// The width of the terminal in cells, 80 for one that does not know it; `None` if
/// standard output is no terminal.
pub fn stdout_width() -> Option<usize> {
    let known = || crossterm::terminal::size().ok().filter(|(columns, _)| *columns > 0);
    stdout_is_terminal().then(|| known().map_or(80, |(columns, _)| columns.into()))
}

/// Whether standard error is a terminal.
pub fn stderr_is_terminal() -> bool {
    io::stderr().is_terminal()
}

/// Another descriptor of standard output: for the frames of the screen, and for lines
/// that are escaped already.
///
/// # Errors
/// Standard output is closed.
pub fn stdout_file() -> io::Result<File> {
    Ok(File::from(io::stdout().as_fd().try_clone_to_owned()?))
}

/// Prints a sentence to standard error after the program's name; without that there is no
/// place for it.
pub fn print_status(text: impl Display) {
    print_error(format_args!("imscope: {text}\n"));
}

/// Prints a text to standard error; without that the exit status has to suffice.
pub fn print_error(text: impl Display) {
    let _ = write!(Printer(io::stderr()), "{text}");
}

/// Writes the bell, and a message for the desktop, to the terminal at standard error.
pub fn ring(text: &str) {
    let _ = write!(io::stderr(), "{}", notification::sequence(&clean_lines(text)));
}

/// Replaces the line of the terminal at standard error.
pub fn replace_line(text: &str) {
    let _ = write!(io::stderr(), "\r\x1b[K{}", clean_lines(text));
}

/// Prints a panic to standard error as the standard library does: its message can
/// quote text from the network.
pub fn print_panic(panic: &PanicHookInfo<'_>) {
    let thread = thread::current();
    let name = thread.name().unwrap_or("<unnamed>");
    let backtrace = Backtrace::capture();
    let trace = match backtrace.status() {
        BacktraceStatus::Captured => format!("stack backtrace:\n{backtrace}"),
        _ => String::new(),
    };
    print_error(format_args!("\nthread '{name}' {panic}\n{trace}"));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(print: impl FnOnce(&mut Printer<&mut Vec<u8>>) -> io::Result<()>) -> String {
        let mut out = Vec::new();
        print(&mut Printer::new(&mut out)).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn text_is_replaced_and_json_escaped() {
        let hostile = "a\u{9b}2J\x1b[2J\u{202e}\n";
        assert_eq!(printed(|out| writeln!(out, "{hostile}b")), "a�2J␛[2J�\nb\n");
        assert_eq!(printed(|out| out.write_all(b"\xff\x07")), "�␇");
        assert_eq!(printed(|out| out.styled("\x1b[31m", "\x1b[8m")), "\x1b[31m␛[8m\x1b[0m");
        assert_eq!(printed(|out| out.json(&hostile)), "\"a\\u009b2J\\u001b[2J\\u202e\\n\"\n");
    }
}
