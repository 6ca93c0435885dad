//! A program in a pseudo-terminal, and what it shows there.

mod threads;

use std::ffi::OsStr;
use std::io::Write;
use std::num::NonZeroU16;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Receiver;
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use portable_pty::{
    ChildKiller, CommandBuilder, ExitStatus, MasterPty, PtySize, SlavePty, native_pty_system,
};
use rustix::process::{Pid, Signal, kill_process};
use vt100::{Parser, Screen};

use crate::{GUARD, program};
use threads::{wait_in_a_thread, watch};

/// The options of a dashboard on a port that the system chooses.
pub const WATCH: [&str; 3] = ["--listen", "127.0.0.1:0", "--utc"];

/// The beginning of a sequence that sends a text to the clipboard: OSC 52.
const CLIPBOARD: &str = "\x1b]52;c;";

/// The output so far, and the screen it makes.
struct Seen {
    terminal: Parser,
    bytes: Vec<u8>,
}

type Shared = Arc<(Mutex<Seen>, Condvar)>;

/// Whether the output is left unread.
type Stalled = Arc<(Mutex<bool>, Condvar)>;

/// A program in a terminal.
pub struct Pty {
    master: Option<Box<dyn MasterPty + Send>>,
    slave: Option<Box<dyn SlavePty + Send>>,
    writer: Option<Box<dyn Write + Send>>,
    killer: Box<dyn ChildKiller + Send + Sync>,
    /// The process id of the program.
    pub pid: u32,
    ended: Receiver<ExitStatus>,
    status: Option<ExitStatus>,
    seen: Shared,
    hung_up: Arc<AtomicBool>,
    stalled: Stalled,
    modes: String,
}

/// A command in a terminal, without the settings of the user and with nothing
/// that leads to a real clipboard or editor.
pub fn command(program: impl AsRef<OsStr>) -> CommandBuilder {
    let mut command = CommandBuilder::new(program);
    for name in program::settings() {
        command.env_remove(name);
    }
    for name in ["ENV", "TMUX", "DISPLAY", "WAYLAND_DISPLAY", "VISUAL", "EDITOR"] {
        command.env_remove(name);
    }
    for name in ["NO_COLOR", "COLORTERM", "COLORFGBG"] {
        command.env_remove(name);
    }
    for name in ["TERM_PROGRAM", "LC_TERMINAL", "KITTY_WINDOW_ID", "STY"] {
        command.env_remove(name);
    }
    command.env("XDG_CONFIG_HOME", program::NO_CONFIG);
    command.env("TERM", "xterm-256color");
    command.env("IMSCOPE_QUIT_AT_ONCE", "true");
    command.env("IMSCOPE_NO_HISTORY", "true");
    command
}

fn cells(number: u16) -> NonZeroU16 {
    NonZeroU16::new(number).unwrap()
}

fn size(cols: u16, rows: u16) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

/// Whether a terminal is asked to report the mouse.
pub fn reports_mouse(screen: &Screen) -> bool {
    screen.mouse_protocol_mode() != vt100::MouseProtocolMode::None
}

impl Pty {
    /// Runs imscope in a terminal of 100×30.
    pub fn imscope(args: &[&str]) -> Self {
        Self::with(args, &[])
    }

    /// The same, with some of the environment set.
    pub fn with(args: &[&str], variables: &[(&str, &str)]) -> Self {
        let mut command = command(program::path());
        command.args(args);
        for (name, value) in variables {
            command.env(name, value);
        }
        Self::run(command, 100, 30)
    }

    /// Runs a command in a terminal of this size.
    pub fn run(command: CommandBuilder, cols: u16, rows: u16) -> Self {
        let pair = native_pty_system().openpty(size(cols, rows)).unwrap();
        let modes = modes(&*pair.master);
        let child = pair.slave.spawn_command(command).unwrap();
        let seen = Seen { terminal: Parser::new(cells(rows), cells(cols), 0), bytes: Vec::new() };
        let seen = Arc::new((Mutex::new(seen), Condvar::new()));
        let hung_up = Arc::new(AtomicBool::new(false));
        let stalled = Stalled::default();
        watch(pair.master.try_clone_reader().unwrap(), &seen, &hung_up, &stalled);
        Self {
            writer: Some(pair.master.take_writer().unwrap()),
            master: Some(pair.master),
            slave: Some(pair.slave),
            killer: child.clone_killer(),
            pid: child.process_id().unwrap(),
            ended: wait_in_a_thread(child),
            status: None,
            seen,
            hung_up,
            stalled,
            modes,
        }
    }

    /// Types some text.
    pub fn press(&mut self, keys: &str) -> &mut Self {
        let writer = self.writer.as_mut().unwrap();
        writer.write_all(keys.as_bytes()).unwrap();
        writer.flush().unwrap();
        self
    }

    /// Resizes the terminal.
    pub fn resize(&mut self, cols: u16, rows: u16) -> &mut Self {
        let mut seen = self.seen.0.lock().unwrap();
        seen.terminal.screen_mut().set_size(cells(rows), cells(cols));
        drop(seen);
        self.master.as_ref().unwrap().resize(size(cols, rows)).unwrap();
        self
    }

    /// Waits until the screen fulfills a condition.
    pub fn until(&mut self, what: &str, condition: impl Fn(&Screen) -> bool) -> &mut Self {
        let (seen, changed) = &*self.seen;
        let seen = seen.lock().unwrap();
        let (seen, late) =
            changed.wait_timeout_while(seen, GUARD, |it| !condition(it.terminal.screen())).unwrap();
        let screen = seen.terminal.screen().contents();
        assert!(!late.timed_out(), "never {what}:\n{screen}");
        drop(seen);
        self
    }

    /// Waits until the output fulfills a condition.
    pub fn until_bytes(&mut self, what: &str, condition: impl Fn(&[u8]) -> bool) -> &mut Self {
        let (seen, changed) = &*self.seen;
        let seen = seen.lock().unwrap();
        let (seen, late) =
            changed.wait_timeout_while(seen, GUARD, |it| !condition(&it.bytes)).unwrap();
        assert!(!late.timed_out(), "never {what}: {:?}", String::from_utf8_lossy(&seen.bytes));
        drop(seen);
        self
    }

    /// Waits until a text was written, as it is.
    pub fn writes(&mut self, text: &str) -> &mut Self {
        let is_written = |it: &[u8]| it.windows(text.len()).any(|it| it == text.as_bytes());
        self.until_bytes(&text.escape_debug().to_string(), is_written)
    }

    /// Waits until so many texts were sent to the clipboard, to their ends.
    pub fn copied(&mut self, count: usize) -> &mut Self {
        self.until_bytes("a copied text", |it| {
            let output = String::from_utf8_lossy(it);
            let sequences = output.split(CLIPBOARD).skip(1);
            sequences.filter(|it| it.contains(['\x1b', '\x07'])).count() == count
        })
    }

    /// Waits until the screen shows a text.
    pub fn shows(&mut self, text: &str) -> &mut Self {
        self.until(text, |it| it.contents().contains(text))
    }

    /// Waits until the screen no longer shows a text.
    pub fn hides(&mut self, text: &str) -> &mut Self {
        self.until(&format!("without {text}"), |it| !it.contents().contains(text))
    }

    /// The text of the screen.
    pub fn screen(&self) -> String {
        self.seen.0.lock().unwrap().terminal.screen().contents()
    }

    /// The output so far.
    pub fn bytes(&self) -> Vec<u8> {
        self.seen.0.lock().unwrap().bytes.clone()
    }

    /// The bytes that were last sent to the clipboard, by OSC 52.
    pub fn clipboard(&self) -> Vec<u8> {
        let bytes = self.bytes();
        let output = String::from_utf8_lossy(&bytes);
        let (_, sequence) = output.rsplit_once(CLIPBOARD).expect("an OSC 52 sequence");
        let text = sequence.split(['\x1b', '\x07']).next().unwrap();
        BASE64_STANDARD.decode(text).unwrap()
    }

    /// The URL that the dashboard shows.
    pub fn url(&mut self) -> String {
        self.shows("http://");
        let screen = self.screen();
        let url = &screen[screen.find("http://").unwrap()..];
        url.split_whitespace().next().unwrap().to_owned()
    }

    /// Sends a signal to the program.
    pub fn signal(&mut self, signal: Signal) -> &mut Self {
        let pid = Pid::from_raw(self.pid.try_into().unwrap()).unwrap();
        kill_process(pid, signal).unwrap();
        self
    }

    /// Waits for the end of the program.
    pub fn ends(&mut self) -> ExitStatus {
        let status = self.status.take().or_else(|| self.ended.recv_timeout(GUARD).ok());
        status.unwrap_or_else(|| panic!("no end:\n{}", self.screen()))
    }

    /// Whether the program ends within a time.
    pub fn ends_within(&mut self, time: Duration) -> bool {
        self.status = self.status.take().or_else(|| self.ended.recv_timeout(time).ok());
        self.status.is_some()
    }

    /// Whether the program has ended.
    pub fn has_ended(&mut self) -> bool {
        self.status = self.status.take().or_else(|| self.ended.try_recv().ok());
        self.status.is_some()
    }

    /// Asserts that the modes of the terminal are as before the program ran.
    pub fn assert_restored(&mut self) {
        self.until("restored", |it| {
            let is_left = !it.alternate_screen() && !it.hide_cursor() && !it.bracketed_paste();
            is_left && !reports_mouse(it)
        });
        assert_eq!(modes(&**self.master.as_ref().unwrap()), self.modes);
    }

    /// Stops reading the output, or reads on.
    pub fn stall(&mut self, stalled: bool) -> &mut Self {
        *self.stalled.0.lock().unwrap() = stalled;
        self.stalled.1.notify_all();
        self
    }

    /// Closes the terminal while the program runs.
    pub fn hang_up(&mut self) {
        self.hung_up.store(true, Ordering::SeqCst);
        // Output for the reader thread, so that it sees the flag.
        self.press("?").stall(false);
        self.slave = None;
        self.writer = None;
        self.master = None;
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.killer.kill();
    }
}

/// The input modes: echo, lines, signals.
fn modes(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios().unwrap())
}
