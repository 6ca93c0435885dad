//! The thread that writes frames, so that nothing else waits for a slow terminal.

use std::io::Write as _;
use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError, mpsc};
use std::thread;
use std::time::Duration;

use tokio::sync::Semaphore;

use super::{PANIC_SHOWN, WRITING};
use crate::edge::stdio::stdout_file;
use crate::edge::task;

/// Maximum time to wait for a stalled terminal when it is to be restored.
const RESTORE_TIMEOUT: Duration = Duration::from_millis(500);

/// The thread that writes frames, one at a time.
#[derive(Debug)]
pub(super) struct FrameWriter {
    frames: mpsc::SyncSender<Vec<u8>>,
    /// Has one permit while nothing is being written.
    idle: Arc<Semaphore>,
}

impl FrameWriter {
    pub(super) fn new() -> anyhow::Result<Self> {
        let (sender, frames) = mpsc::sync_channel::<Vec<u8>>(1);
        let idle = Arc::new(Semaphore::new(1));
        let done = Arc::clone(&idle);
        let mut out = stdout_file()?;
        task::start_thread("terminal", move || {
            for frame in frames {
                let guard = WRITING.lock().unwrap_or_else(PoisonError::into_inner);
                if !PANIC_SHOWN.load(Ordering::SeqCst) {
                    // On an error the terminal was closed, and SIGHUP ends the process.
                    let _ = out.write_all(&frame);
                }
                drop(guard);
                done.add_permits(1);
            }
        })?;
        Ok(Self { frames: sender, idle })
    }

    /// Hands bytes to the thread when it is idle; whether that was the case within
    /// [`RESTORE_TIMEOUT`].
    pub(super) fn write(&self, bytes: Vec<u8>) -> bool {
        let acquire = || self.idle.try_acquire().map(tokio::sync::SemaphorePermit::forget).is_ok();
        poll_until(acquire) && self.frames.send(bytes).is_ok()
    }

    /// As [`Self::write`], and waits until the bytes are written.
    pub(super) fn write_last(&self, bytes: Vec<u8>) {
        if self.write(bytes) {
            poll_until(|| self.idle.available_permits() > 0);
        }
    }

    /// Waits until it is idle; the next [`Self::send`] has it write.
    pub(super) async fn ready(&self) {
        if let Ok(permit) = self.idle.acquire().await {
            permit.forget();
        }
    }

    /// Hands a frame to the thread, after [`Self::ready`].
    ///
    /// # Errors
    /// The thread has ended.
    pub(super) fn send(&self, frame: Vec<u8>) -> Result<(), mpsc::SendError<Vec<u8>>> {
        self.frames.send(frame)
    }
}

/// Polls `done` for at most [`RESTORE_TIMEOUT`]; whether it became true.
pub(super) fn poll_until(mut done: impl FnMut() -> bool) -> bool {
    let step = Duration::from_millis(1);
    let mut waited = Duration::ZERO;
    loop {
        match done() {
            true => return true,
            false if RESTORE_TIMEOUT <= waited => return false,
            false => thread::sleep(step),
        }
        waited += step;
    }
}
