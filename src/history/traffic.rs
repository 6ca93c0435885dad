//! The rate of callbacks, and how fast they were answered.

use super::time_scale::{BUCKETS, bucket, middle, quantile};
use crate::callback::Timestamp;

/// Seconds of history in the graph.
pub const WINDOW: u16 = 64;
/// Seconds over which the rate is averaged.
const RATE_WINDOW: i64 = 4;
/// Seconds by which a callback may be older than the newest one although the clock
/// ran on: callbacks are applied when they were answered, not when they arrived.
const MAX_DISORDER: i64 = 30;
/// Callbacks per second, and a histogram of answer times.
#[derive(Debug, Clone)]
pub struct Traffic {
    /// Callbacks in each of the last seconds, a ring buffer.
    seconds: [u32; WINDOW as usize],
    /// The newest second in `seconds`.
    newest: i64,
    /// The times of the earliest and of the latest callback; they are equal at the
    /// beginning.
    span: Option<(Timestamp, Timestamp)>,
    /// The second of the first callback since the clock was last set back.
    began: i64,
    total: u64,
    /// Answers by [`bucket`] of their time.
    answers: Vec<u64>,
    /// The longest of their times in microseconds.
    slowest: u32,
}

impl Default for Traffic {
    fn default() -> Self {
        let answers = vec![0; BUCKETS];
        Self {
            seconds: [0; WINDOW as usize],
            newest: i64::MIN / 2,
            span: None,
            began: 0,
            total: 0,
            answers,
            slowest: 0,
        }
    }
}

impl Traffic {
    /// Counts a callback. `took` is 0 if it has no answer time.
    pub(super) fn apply(&mut self, at: Timestamp, took: u32) {
        let second = at.secs();
        if self.total == 0 || second < self.newest - MAX_DISORDER {
            // The clock was set back: seconds of the future are none.
            self.seconds = [0; WINDOW as usize];
            (self.began, self.newest) = (second, second);
        }
        let (first, last) = self.span.unwrap_or((at, at));
        self.span = Some((first.min(at), last.max(at)));
        self.total += 1;
        if took != 0 {
            self.answers[bucket(took)] += 1;
            self.slowest = self.slowest.max(took);
        }
        if second > self.newest {
            let elapsed = (second - self.newest).min(WINDOW.into());
            for it in 1..=elapsed {
                self.seconds[slot(second - elapsed + it)] = 0;
            }
            self.newest = second;
        }
        if second > self.newest - i64::from(WINDOW) {
            let count = &mut self.seconds[slot(second)];
            *count = count.saturating_add(1);
        }
    }

    /// The number of callbacks.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// The times of the earliest and of the latest callback.
    pub fn span(&self) -> Option<(Timestamp, Timestamp)> {
        self.span
    }

    /// Callbacks per second, averaged over the time from the earliest to the latest;
    /// `None` if that is less than a second.
    pub fn average_rate(&self) -> Option<f64> {
        let (first, last) = self.span?;
        let seconds = last.since(first).as_secs_f64();
        (1.0 <= seconds).then(|| self.total as f64 / seconds)
    }

    /// Callbacks per second, averaged over the last seconds.
    pub fn rate(&self, now: Timestamp) -> f64 {
        let second = now.secs();
        let over = (second - self.began).clamp(0, RATE_WINDOW);
        let sum: u32 = (second - over..=second).map(|it| self.in_second(it)).sum();
        let part = (now.0 - Timestamp::from_secs(second).0) as f64 / 1e6;
        f64::from(sum) / (over as f64 + part).max(1.0)
    }

    /// The number of callbacks in each of the last seconds, the present one last.
    pub fn graph(&self, now: Timestamp, width: u16) -> Vec<u64> {
        let (last, width) = (now.secs(), i64::from(width.min(WINDOW)));
        (last - width + 1..=last).map(|it| u64::from(self.in_second(it))).collect()
    }

    /// When the graph of this width changes by itself: at the next second if it
    /// shows anything, else never.
    pub fn changes_at(&self, now: Timestamp, width: u16) -> Option<Timestamp> {
        let age = now.secs() - self.newest;
        let moving = (-MAX_DISORDER..=i64::from(width.min(WINDOW))).contains(&age);
        (self.total > 0 && moving).then(|| Timestamp::from_secs(now.secs() + 1))
    }

    /// The time in microseconds within which this fraction of answers was made, up to 4 %
    /// more or less, but not more than the slowest took; `None` if no callback has an answer time.
    pub fn latency_quantile(&self, fraction: f64) -> Option<u32> {
        quantile(self.answers.iter().copied(), fraction).map(|it| middle(it).min(self.slowest))
    }

    fn in_second(&self, second: i64) -> u32 {
        let known = second <= self.newest && second > self.newest - i64::from(WINDOW);
        if known { self.seconds[slot(second)] } else { 0 }
    }
}

/// The index of a second in the ring buffer.
fn slot(second: i64) -> usize {
    usize::try_from(second.rem_euclid(WINDOW.into())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_of_all_answers() {
        let mut traffic = Traffic::default();
        assert_eq!(traffic.latency_quantile(0.5), None);
        for took in 1..=10 {
            traffic.apply(Timestamp(0), took);
        }
        assert_eq!(traffic.latency_quantile(0.5), Some(5));
        assert_eq!(traffic.latency_quantile(0.99), Some(10));
    }

    #[test]
    fn the_graph_moves_with_time_and_stops_when_empty() {
        let mut traffic = Traffic::default();
        let at = |tenths: i64| Timestamp(1_000_000_000 + tenths * 100_000);
        assert_eq!(traffic.changes_at(at(0), 3), None);
        traffic.apply(at(0), 1);
        traffic.apply(at(9), 1);
        traffic.apply(at(10), 1);
        assert_eq!(traffic.graph(at(15), 3), [0, 2, 1]);
        assert_eq!(traffic.graph(at(35), 3), [1, 0, 0]);
        assert_eq!(traffic.changes_at(at(35), 3), Some(at(40)));
        assert_eq!(traffic.graph(at(45), 3), [0, 0, 0]);
        assert_eq!(traffic.changes_at(at(55), 3), None);
    }

    #[test]
    fn rate_and_graph_follow_a_clock_that_is_set_back() {
        let mut traffic = Traffic::default();
        let apply = |traffic: &mut Traffic, secs| {
            (0..30).for_each(|_| traffic.apply(Timestamp::from_secs(secs), 1));
        };
        for secs in [100_000, 186_400, 100_010, 13_600, 100_020, 99_990, 99_985] {
            apply(&mut traffic, secs);
            let now = Timestamp::from_secs(secs);
            assert!(traffic.rate(now) > 7.0, "at {secs}");
            assert_eq!(traffic.graph(now, 2), [0, 30], "at {secs}");
            assert!(traffic.changes_at(now, 2).is_some());
        }
        apply(&mut traffic, 99_983);
        assert_eq!(traffic.graph(Timestamp::from_secs(99_985), 3), [30, 0, 30], "a late answer");
    }

    #[test]
    fn callbacks_without_an_answer_time_are_in_no_quantile() {
        let mut traffic = Traffic::default();
        (0..9).for_each(|_| traffic.apply(Timestamp(0), 0));
        assert_eq!(traffic.latency_quantile(0.5), None);
        traffic.apply(Timestamp(0), 7);
        assert_eq!(traffic.latency_quantile(0.01), Some(7));
    }

    #[test]
    fn the_average_rate_is_over_the_whole_span() {
        let mut traffic = Traffic::default();
        assert_eq!((traffic.span(), traffic.average_rate()), (None, None));
        for secs in [110, 100, 104] {
            traffic.apply(Timestamp::from_secs(secs), 1);
        }
        assert_eq!(traffic.span(), Some((Timestamp::from_secs(100), Timestamp::from_secs(110))));
        assert_eq!(traffic.average_rate(), Some(0.3));
    }

    #[test]
    fn the_rate_returns_to_zero_without_callbacks() {
        let mut traffic = Traffic::default();
        for _ in 0..100 {
            traffic.apply(Timestamp::from_secs(50), 1);
        }
        assert!(traffic.rate(Timestamp::from_secs(50)) > 99.0);
        assert!(traffic.rate(Timestamp::from_secs(60)) < 0.001);
    }
}
