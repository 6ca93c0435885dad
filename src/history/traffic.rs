//! The rate of callbacks, and how fast they were answered.

use crate::callback::Timestamp;

/// Seconds of history in the graph.
pub const WINDOW: u16 = 64;
/// Seconds over which the rate is averaged.
const RATE_WINDOW: i64 = 4;
/// Buckets for each power of two of an answer's time: about 4 % wide.
const STEPS: u32 = 16;
/// Buckets for all times of 32 bits: one for each µs below [`STEPS`], then `STEPS`
/// for each power of two.
const BUCKETS: usize = ((u32::BITS - STEPS.ilog2() + 1) * STEPS) as usize;

/// Callbacks per second, and a histogram of answer times.
#[derive(Debug, Clone)]
pub struct Traffic {
    /// Callbacks in each of the last seconds, a ring buffer.
    seconds: [u32; WINDOW as usize],
    /// The newest second in `seconds`.
    newest: i64,
    /// The second of the first callback.
    began: i64,
    total: u64,
    /// Answers by [`bucket`] of their time.
    answers: Vec<u64>,
}

impl Default for Traffic {
    fn default() -> Self {
        let answers = vec![0; BUCKETS];
        Self { seconds: [0; WINDOW as usize], newest: i64::MIN / 2, began: 0, total: 0, answers }
    }
}

impl Traffic {
    pub(super) fn apply(&mut self, at: Timestamp, took: u32) {
        let second = at.secs();
        if self.total == 0 {
            self.began = second;
        }
        self.total += 1;
        self.answers[bucket(took)] += 1;
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
        let moving = 0 <= age && age <= i64::from(width.min(WINDOW));
        (self.total > 0 && moving).then(|| Timestamp::from_secs(now.secs() + 1))
    }

    /// The time in microseconds within which this fraction of answers was made.
    pub fn latency_quantile(&self, fraction: f64) -> Option<u32> {
        let target = (self.total as f64 * fraction).max(1.0);
        let mut seen = 0;
        let index = self.answers.iter().position(|count| {
            seen += count;
            target <= seen as f64
        })?;
        Some(upper_end(index))
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

/// The bucket of a time: exact below 16 µs, then 16 for each power of two.
fn bucket(took: u32) -> usize {
    if took < STEPS {
        return took as usize;
    }
    let doubling = took.ilog2() - STEPS.ilog2();
    ((doubling + 1) * STEPS + ((took >> doubling) - STEPS)) as usize
}

/// The longest time in a bucket.
fn upper_end(bucket: usize) -> u32 {
    let bucket = u32::try_from(bucket).unwrap_or_default();
    if bucket < STEPS {
        return bucket;
    }
    let (doubling, step) = (bucket / STEPS - 1, bucket % STEPS);
    let end = (u64::from(STEPS + step + 1) << doubling) - 1;
    u32::try_from(end).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_time_is_in_its_bucket_and_buckets_are_narrow() {
        for took in (0..2000).chain([65_535, 1_000_000, u32::MAX]) {
            let end = upper_end(bucket(took));
            assert!(took <= end, "{took} <= {end}");
            assert!(u64::from(end) <= u64::from(took) * 107 / 100 + 1, "{took} ~ {end}");
        }
    }

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
    fn the_rate_returns_to_zero_without_callbacks() {
        let mut traffic = Traffic::default();
        for _ in 0..100 {
            traffic.apply(Timestamp::from_secs(50), 1);
        }
        assert!(traffic.rate(Timestamp::from_secs(50)) > 99.0);
        assert!(traffic.rate(Timestamp::from_secs(60)) < 0.001);
    }
}
