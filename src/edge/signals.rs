//! Hang-ups and job control.

use std::io;
use std::os::fd::AsFd;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::retry_on_intr;
use rustix::process::{Signal, kill_current_process_group};
use signal_hook::consts::{SIGCONT, SIGXFSZ};
use signal_hook::iterator::Signals;
use tokio::signal::unix::{self, SignalKind};

use super::task;

/// Maximum time to wait for being continued, in steps of [`STEP`]: where nothing
/// controls jobs, the process is not stopped either.
const STEPS: u32 = 40;

const STEP: Duration = Duration::from_millis(5);

/// Calls `then` when the other end of `fd` is gone: the reader of a pipe, or the
/// terminal, whose SIGHUP reaches only its own jobs.
///
/// # Errors
/// When no thread can be started.
pub fn on_hang_up(
    fd: impl AsFd + Send + 'static,
    then: impl FnOnce() + Send + 'static,
) -> io::Result<()> {
    let watching = move || {
        // Without requested events, poll returns only on errors and hang-up.
        let hung_up = || poll(&mut [PollFd::new(&fd, PollFlags::empty())], None);
        if retry_on_intr(hung_up).is_ok() {
            then();
        }
    };
    task::start_thread("hang-up", watching).map(drop)
}

/// Makes a write beyond the limit on the size of a file (`ulimit -f`) an error, as on a
/// full disk; by default it ends the process.
///
/// # Errors
/// When the signal cannot be handled.
pub fn survive_file_size_limit() -> io::Result<()> {
    // A handler, and not SIG_IGN, which children would inherit.
    signal_hook::flag::register(SIGXFSZ, Arc::default()).map(drop)
}

/// Waits for ^C or SIGTERM, which from then on no longer end the process.
pub async fn interrupted() {
    let stream = |kind| unix::signal(kind).ok();
    let (int, term) = (stream(SignalKind::interrupt()), stream(SignalKind::terminate()));
    let next = async |it: Option<unix::Signal>| match it {
        Some(mut signals) => _ = signals.recv().await,
        None => std::future::pending().await,
    };
    tokio::select! {
        () = next(int) => {}
        () = next(term) => {}
    }
}

/// The stream of SIGCONT.
///
/// # Errors
/// When the signal cannot be watched.
pub fn continued() -> io::Result<unix::Signal> {
    unix::signal(SignalKind::from_raw(SIGCONT))
}

/// Stops the job, as the terminal does on ^Z, and returns when it is continued.
/// All its processes stop: with `cargo run` there is more than one.
///
/// # Errors
/// When signals cannot be watched or sent.
pub(super) fn stop_job() -> io::Result<()> {
    let mut continued = Signals::new([SIGCONT])?;
    kill_current_process_group(Signal::TSTP)?;
    for _ in 0..STEPS {
        if continued.pending().next().is_some() {
            break;
        }
        thread::sleep(STEP);
    }
    Ok(())
}
