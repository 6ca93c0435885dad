//! After a panic in any part the terminal is restored, the message is written,
//! and the status is not 0.
//!
//! The test binary runs itself in a terminal, with the part that is to panic in
//! its environment.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use imscope::callback::{Lang, Timestamp};
use imscope::command;
use imscope::command::cli::Cli;
use imscope::command::cli::file_settings::FileSettings;
use imscope::dashboard::App;
use imscope::dashboard::{MouseUse, Settings};
use imscope::edge::event_loop::{self, LoopContext};
use imscope::edge::keys::Keys;
use imscope::edge::listen::{self, ListenerConfig};
use imscope::edge::queue::{Receiver, queue};
use imscope::edge::terminal::Screen;
use imscope::history::HistoryConfig;
use imscope_test_support::http::Client;
use imscope_test_support::program::child_test_arguments;
use imscope_test_support::terminal::{self, Pty};
use rustix::process::Signal;
use signal_hook::consts::SIGUSR1;
use signal_hook::iterator::Signals;
use tokio::sync::mpsc;

/// Names the part of the child process that is to panic.
const PART: &str = "TEST_PANIC";

#[test]
#[ignore = "child process of the tests below"]
fn child() {
    match std::env::var(PART).expect("the part that is to panic").as_str() {
        "loop" => panic_in_the_loop(),
        "listener" => panic_in_the_listener(),
        "thread" => panic_in_a_thread(),
        part => panic!("there is no {part}"),
    }
}

/// The dashboard, and beside it a thread that panics at SIGUSR1.
fn panic_in_a_thread() {
    let mut signals = Signals::new([SIGUSR1]).unwrap();
    thread::spawn(move || {
        signals.forever().next();
        panic!("the thread is broken");
    });
    let args = ["imscope", "--listen", "127.0.0.1:0", "--mouse"].map(Into::into);
    let cli = Cli::parse(&args, &FileSettings::default(), Lang::En).unwrap();
    if let Err(error) = command::run(cli) {
        fail(&error);
    }
}

/// Exits as `main` does after an error.
#[expect(clippy::print_stderr, reason = "it stands for main")]
fn fail(error: &anyhow::Error) {
    eprintln!("imscope: {error:#}");
    std::process::exit(1);
}

/// Whether the clock of the loop is to panic.
static BROKEN: AtomicBool = AtomicBool::new(false);

fn panic_in_the_loop() {
    let mut signals = Signals::new([SIGUSR1]).unwrap();
    thread::spawn(move || {
        signals.forever().next();
        BROKEN.store(true, Ordering::SeqCst);
    });
    let (_open, deliveries) = queue();
    show("http://nowhere", deliveries, || {
        assert!(!BROKEN.load(Ordering::SeqCst), "the loop is broken");
        Timestamp(0)
    });
}

fn panic_in_the_listener() {
    let setup =
        ListenerConfig { clock: || panic!("the listener is broken"), ..ListenerConfig::default() };
    let listener = listen::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (sender, deliveries) = queue();
    let running = listen::spawn(listener, Arc::new(setup), sender).unwrap();
    show(&url, deliveries, || Timestamp(0));
    if let Err(error) = running.join() {
        fail(&error);
    }
}

/// Runs the loop on the real terminal until it ends.
fn show(url: &str, deliveries: Receiver, clock: impl Fn() -> Timestamp) {
    let mut screen = Screen::open(false).unwrap();
    let settings = Settings { url: url.to_owned(), mouse: MouseUse::On, ..Settings::default() };
    let mut app = App::new(settings, HistoryConfig::default(), Timestamp(0));
    let (_tell, messages) = mpsc::channel(1);
    let mut world = LoopContext { deliveries, messages, recording: None, clock, perform: |_| {} };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let run = async {
        event_loop::run(&mut app, &mut screen, Keys::read(false).unwrap(), &mut world).await
    };
    runtime.block_on(async { pin!(run).await }).unwrap();
}

/// Runs the child process; returns when it shows the dashboard.
fn start(part: &str) -> Pty {
    let mut command = terminal::command(std::env::current_exe().unwrap());
    command.args(child_test_arguments("panics::child"));
    command.env(PART, part);
    command.env("RUST_BACKTRACE", "0");
    let mut pty = Pty::run(command, 100, 30);
    pty.shows("http://").until("on the alternate screen", vt100::Screen::alternate_screen);
    pty.until("with the mouse", terminal::reports_mouse);
    pty
}

fn assert_reported(mut pty: Pty, message: &str) {
    let end = pty.ends();
    assert!(!end.success() && end.signal().is_none(), "{end:?}");
    pty.assert_restored();
    pty.shows(message);
    // Nothing was painted over it.
    let bytes = String::from_utf8_lossy(&pty.bytes()).into_owned();
    let after = bytes.rsplit_once("\x1b[?1049l").unwrap().1;
    assert!(after.contains(message) && !after.contains("\x1b[?2026h"), "{after:?}");
}

#[test]
fn a_panic_of_the_loop_is_reported_on_a_restored_terminal() {
    let mut pty = start("loop");
    pty.signal(Signal::USR1).press("?");
    assert_reported(pty, "the loop is broken");
}

#[test]
fn a_panic_of_the_listener_is_reported_on_a_restored_terminal() {
    let mut pty = start("listener");
    let address = crate::load::address(&mut pty);
    Client::connect(address).unwrap().post("/", b"{}").unwrap_err();
    assert_reported(pty, "the listener is broken");
}

#[test]
fn a_panic_of_another_thread_ends_the_program() {
    let mut pty = start("thread");
    pty.signal(Signal::USR1);
    assert_reported(pty, "the thread is broken");
}

#[test]
fn a_panic_on_a_stalled_terminal_is_reported_when_it_is_read_again() {
    let mut pty = start("thread");
    let address = crate::load::address(&mut pty);
    pty.stall(true);
    crate::load::flood(address, 2, |sent| sent < 500);
    pty.signal(Signal::USR1);
    Client::connect(address).unwrap().post_ok("{}");
    pty.stall(false);
    let end = pty.ends();
    assert!(!end.success() && end.signal().is_none(), "{end:?}");
    pty.shows("the thread is broken");
}
