//! The minimum interval between two receives.
//!
//! Each receive wakes the event loop, which then takes processor time from the
//! callers and the listener. On few cores a wake-up also tends to move the
//! listener and its callers onto one core, where they stay for some time; so
//! the interval grows while many deliveries arrive. `benches/README.md` has the
//! figures under "screen / bare".

use std::time::Duration;

use tokio::time::{Instant, sleep_until};

/// The minimum interval between two receives.
pub(super) const POLL_INTERVAL: Duration = Duration::from_millis(4);

/// What [`POLL_INTERVAL`] is multiplied by while many deliveries arrive.
pub(super) const BUSY_FACTOR: u32 = 4;

/// Deliveries per [`POLL_INTERVAL`] from which on they are many.
pub(super) const BUSY_THRESHOLD: usize = 64;

/// Decides when to receive next.
#[derive(Debug)]
pub(super) struct Pace {
    /// The end of the current pause, if there is one.
    next: Option<Instant>,
    /// Deliveries received since the pause began.
    received: usize,
    /// Length of the pause in [`POLL_INTERVAL`]s.
    intervals: u32,
}

impl Default for Pace {
    fn default() -> Self {
        Self { next: None, received: 0, intervals: 1 }
    }
}

impl Pace {
    /// Waits for the end of the pause.
    pub(super) async fn wait(&mut self) {
        if let Some(next) = self.next {
            sleep_until(next).await;
            self.next = None;
        }
    }

    /// Counts received deliveries.
    pub(super) fn count(&mut self, received: usize) {
        self.received += received;
    }

    /// Starts the next pause, as long as the deliveries since the last one ask for.
    pub(super) fn pause(&mut self) {
        let many = BUSY_THRESHOLD * self.intervals as usize;
        self.intervals = if self.received < many { 1 } else { BUSY_FACTOR };
        self.received = 0;
        self.next = Some(Instant::now() + POLL_INTERVAL * self.intervals);
    }
}
