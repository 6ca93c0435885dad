//! Stops the listener of `tail` on a signal or when the output is closed.

use std::fs::File;
use std::sync::mpsc;
use std::time::Duration;

use anyhow::Context as _;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::callback::trouble::failure;
use crate::edge::line_printer::Abandon;
use crate::edge::listen::ListenerHandle;
use crate::edge::signals::on_hang_up;
use crate::edge::task;

/// How long a blocked output may delay the end.
const PRINT_TIMEOUT: Duration = Duration::from_secs(3);

/// A channel that receives a message for each reason to stop.
pub(super) struct StopSignal {
    pub(super) sender: mpsc::Sender<()>,
    pub(super) receiver: mpsc::Receiver<()>,
}

impl StopSignal {
    /// Watches SIGINT, SIGTERM and SIGHUP, and polls the output: otherwise a
    /// closed pipe would be noticed only at the next callback.
    ///
    /// # Errors
    /// When signals cannot be watched.
    pub(super) fn watch(out: File) -> anyhow::Result<Self> {
        let (sender, receiver) = mpsc::channel();
        let mut signals =
            Signals::new([SIGINT, SIGTERM, SIGHUP]).with_context(failure::cannot_watch_signals)?;
        let stop = sender.clone();
        let watching = move || {
            for _ in signals.forever() {
                let _ = stop.send(());
            }
        };
        task::start_thread("signals", watching).with_context(failure::cannot_watch_signals)?;
        let stop = sender.clone();
        on_hang_up(out, move || _ = stop.send(())).with_context(failure::cannot_watch_output)?;
        Ok(Self { sender, receiver })
    }
}

/// Stops the listener at the first reason, then waits until everything received
/// is printed. Abandons an output that stays blocked.
pub(super) fn run(
    mut listener: ListenerHandle,
    stop: &mpsc::Receiver<()>,
    printed: &mpsc::Receiver<()>,
    printer: &Abandon,
) -> anyhow::Result<()> {
    let _ = stop.recv();
    listener.stop();
    listener.join()?;
    if printed.recv_timeout(PRINT_TIMEOUT) == Err(mpsc::RecvTimeoutError::Timeout) {
        printer.now();
    }
    Ok(())
}
