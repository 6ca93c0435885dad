//! A pseudo-terminal with a program in it, and somebody who watches both.

use std::io::{Read as _, Write};
use std::num::NonZeroU16;
use std::process::{Command, Output};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::Duration;

use portable_pty::{
    Child, ChildKiller, CommandBuilder, ExitStatus, MasterPty, PtySize, SlavePty, native_pty_system,
};
use rustix::process::{Pid, Signal, kill_process};
use vt100::{Parser, Screen};

/// Only a guard against a test that would never end.
const GUARD: Duration = Duration::from_secs(30);
/// The program under test.
pub(crate) const IMSCOPE: &str = env!("CARGO_BIN_EXE_imscope");
/// On a port that the system chooses.
pub(crate) const WATCH: [&str; 3] = ["--listen", "127.0.0.1:0", "--utc"];

/// What came out of the terminal so far.
struct Seen {
    terminal: Parser,
    bytes: Vec<u8>,
}

type Shared = Arc<(Mutex<Seen>, Condvar)>;

/// Whether nobody reads what is written to the terminal.
type Stalled = Arc<(Mutex<bool>, Condvar)>;

/// A program in a terminal.
pub(crate) struct Pty {
    master: Option<Box<dyn MasterPty + Send>>,
    slave: Option<Box<dyn SlavePty + Send>>,
    writer: Option<Box<dyn Write + Send>>,
    killer: Box<dyn ChildKiller + Send + Sync>,
    pub(crate) pid: u32,
    ended: Receiver<ExitStatus>,
    seen: Shared,
    hung_up: Arc<AtomicBool>,
    stalled: Stalled,
    modes: String,
}

fn cells(number: u16) -> NonZeroU16 {
    NonZeroU16::new(number).unwrap()
}

fn size(cols: u16, rows: u16) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

impl Pty {
    /// Runs imscope in a terminal of 100×30.
    pub(crate) fn imscope(args: &[&str]) -> Self {
        Self::with(args, &[])
    }

    /// The same, with some of the environment set.
    pub(crate) fn with(args: &[&str], set: &[(&str, &str)]) -> Self {
        Self::run(IMSCOPE, args, set)
    }

    pub(crate) fn run(program: &str, args: &[&str], set: &[(&str, &str)]) -> Self {
        let pair = native_pty_system().openpty(size(100, 30)).unwrap();
        let mut command = CommandBuilder::new(program);
        command.args(args);
        for name in ["NO_COLOR", "IMSCOPE_TOKEN", "IMSCOPE_LANG", "IMSCOPE_LISTEN", "ENV"] {
            command.env_remove(name);
        }
        // Nothing of a test goes onto a real clipboard.
        for name in ["TMUX", "DISPLAY", "WAYLAND_DISPLAY", "VISUAL", "EDITOR"] {
            command.env_remove(name);
        }
        for (name, value) in [("TERM", "xterm-256color")].iter().chain(set) {
            command.env(name, value);
        }
        let modes = modes(&*pair.master);
        let child = pair.slave.spawn_command(command).unwrap();
        let seen = Seen { terminal: Parser::new(cells(30), cells(100), 0), bytes: Vec::new() };
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
            seen,
            hung_up,
            stalled,
            modes,
        }
    }

    pub(crate) fn press(&mut self, keys: &str) -> &mut Self {
        let writer = self.writer.as_mut().unwrap();
        writer.write_all(keys.as_bytes()).unwrap();
        writer.flush().unwrap();
        self
    }

    pub(crate) fn resize(&mut self, cols: u16, rows: u16) -> &mut Self {
        let mut seen = self.seen.0.lock().unwrap();
        seen.terminal.screen_mut().set_size(cells(rows), cells(cols));
        drop(seen);
        self.master.as_ref().unwrap().resize(size(cols, rows)).unwrap();
        self
    }

    /// Waits until the screen is as wanted.
    pub(crate) fn until(&mut self, what: &str, wanted: impl Fn(&Screen) -> bool) -> &mut Self {
        let (seen, changed) = &*self.seen;
        let seen = seen.lock().unwrap();
        let (seen, late) =
            changed.wait_timeout_while(seen, GUARD, |it| !wanted(it.terminal.screen())).unwrap();
        let screen = seen.terminal.screen().contents();
        assert!(!late.timed_out(), "never {what}:\n{screen}");
        drop(seen);
        self
    }

    /// Waits until the screen holds a text.
    pub(crate) fn shows(&mut self, text: &str) -> &mut Self {
        self.until(text, |it| it.contents().contains(text))
    }

    pub(crate) fn hides(&mut self, text: &str) -> &mut Self {
        self.until(&format!("without {text}"), |it| !it.contents().contains(text))
    }

    pub(crate) fn screen(&self) -> String {
        self.seen.0.lock().unwrap().terminal.screen().contents()
    }

    /// All that was written to the terminal so far.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.seen.0.lock().unwrap().bytes.clone()
    }

    /// Where the dashboard says that it listens.
    pub(crate) fn url(&mut self) -> String {
        self.shows("http://");
        let screen = self.screen();
        let url = &screen[screen.find("http://").unwrap()..];
        url.split_whitespace().next().unwrap().to_owned()
    }

    pub(crate) fn signal(&mut self, signal: Signal) -> &mut Self {
        let pid = Pid::from_raw(self.pid.try_into().unwrap()).unwrap();
        kill_process(pid, signal).unwrap();
        self
    }

    /// Waits for the end of the program.
    pub(crate) fn ends(&mut self) -> ExitStatus {
        self.ended.recv_timeout(GUARD).unwrap_or_else(|_| panic!("no end:\n{}", self.screen()))
    }

    /// Asserts that the terminal is as it was before the program ran.
    pub(crate) fn assert_given_back(&mut self) {
        self.until("given back", |it| {
            !it.alternate_screen() && !it.hide_cursor() && !it.bracketed_paste()
        });
        assert_eq!(modes(&**self.master.as_ref().unwrap()), self.modes);
    }

    /// Takes nothing from the terminal any more, or takes again what is there.
    pub(crate) fn stall(&mut self, stalled: bool) -> &mut Self {
        *self.stalled.0.lock().unwrap() = stalled;
        self.stalled.1.notify_all();
        self
    }

    /// Closes the terminal under the program.
    pub(crate) fn hang_up(&mut self) {
        self.hung_up.store(true, Ordering::SeqCst);
        // Something to read, so that the reader sees it.
        self.press("?").stall(false);
        self.slave = None;
        self.writer = None;
        self.master = None;
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        // It may have ended long ago.
        let _ = self.killer.kill();
    }
}

/// How the terminal treats what is typed: echo, lines, signals.
fn modes(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios().unwrap())
}

fn watch(
    mut reader: Box<dyn std::io::Read + Send>,
    seen: &Shared,
    hung_up: &Arc<AtomicBool>,
    stalled: &Stalled,
) {
    let (seen, hung_up, stalled) = (Arc::clone(seen), Arc::clone(hung_up), Arc::clone(stalled));
    thread::spawn(move || {
        let mut bytes = [0; 4096];
        while let Ok(count @ 1..) = reader.read(&mut bytes) {
            let gate = stalled.0.lock().unwrap();
            drop(stalled.1.wait_while(gate, |it| *it).unwrap());
            let (seen, changed) = &*seen;
            let mut seen = seen.lock().unwrap();
            seen.bytes.extend_from_slice(&bytes[..count]);
            seen.terminal.process(&bytes[..count]);
            changed.notify_all();
            if hung_up.load(Ordering::SeqCst) {
                return;
            }
        }
    });
}

fn wait_in_a_thread(mut child: Box<dyn Child + Send + Sync>) -> Receiver<ExitStatus> {
    let (tell, ended) = channel();
    thread::spawn(move || tell.send(child.wait().unwrap()));
    ended
}

/// Runs imscope with no terminal at all.
pub(crate) fn without_terminal(args: &[&str]) -> Output {
    Command::new(IMSCOPE).args(args).env_remove("IMSCOPE_TOKEN").output().unwrap()
}
