//! The schedule of a replay: the recorded intervals, divided by the speed.

use tokio::time::{Instant, sleep_until};

use crate::callback::Timestamp;
use crate::command::cli::value::Speed;

/// Waits until a recorded callback is due.
pub(super) struct Schedule {
    speed: Speed,
    /// Time of the first callback in the recording, and when it was sent.
    started: Option<(Timestamp, Instant)>,
}

impl Schedule {
    pub(super) const fn new(speed: Speed) -> Self {
        Self { speed, started: None }
    }

    /// Waits until the callback recorded at `at` is due; returns at once for one
    /// that is older than the first, or has no time.
    pub(super) async fn wait(&mut self, at: Timestamp) {
        let Some(speed) = self.speed.0.filter(|_| at != Timestamp(0)) else { return };
        let (first, started) = *self.started.get_or_insert_with(|| (at, Instant::now()));
        sleep_until(started + at.since(first).div_f64(speed)).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn pauses_are_those_of_the_recording_divided_by_the_speed() {
        for (speed, seconds) in [(Some(1.0), 3600), (Some(10.0), 360), (None, 0)] {
            let mut schedule = Schedule::new(Speed(speed));
            let started = Instant::now();
            // The second is older than the first: two clocks, or two joined files.
            for second in [0, 1_700_000_000, 1_600_000_000, 1_700_003_600] {
                schedule.wait(Timestamp::from_secs(second)).await;
            }
            let waited = started.elapsed().as_secs_f64().round();
            assert!((waited - f64::from(seconds)).abs() < 0.5, "{waited} s at {speed:?}");
        }
    }
}
