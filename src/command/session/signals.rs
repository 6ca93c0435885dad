//! Signals as messages to the event loop.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Context as _;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::mpsc;

use crate::callback::trouble::failure;
use crate::edge::event_loop::Message;
use crate::edge::signals::continued;
use crate::edge::task;

/// Ends the event loop on SIGTERM, SIGHUP and SIGINT, and repaints on SIGCONT.
/// While the terminal is yielded to an editor SIGINT is ignored: ^C is meant for
/// the editor.
pub(super) fn watch(
    messages: &mpsc::Sender<Message>,
    terminal_yielded: &Arc<AtomicBool>,
) -> anyhow::Result<()> {
    for kind in [SignalKind::terminate(), SignalKind::hangup(), SignalKind::interrupt()] {
        let mut signals = signal(kind).with_context(failure::cannot_watch_signals)?;
        let (messages, yielded) = (messages.clone(), Arc::clone(terminal_yielded));
        task::spawn(async move {
            while signals.recv().await.is_some() {
                let ignored = kind == SignalKind::interrupt() && yielded.load(Ordering::SeqCst);
                if !ignored && messages.send(Message::Quit).await.is_err() {
                    return;
                }
            }
        });
    }
    let mut continued = continued().with_context(failure::cannot_watch_signals)?;
    let messages = messages.clone();
    task::spawn(async move {
        while continued.recv().await.is_some() && messages.send(Message::Resumed).await.is_ok() {}
    });
    Ok(())
}
