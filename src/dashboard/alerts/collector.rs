//! Collects what happens in a run, so that it is reported together.

use std::time::Duration;

use crate::callback::Timestamp;

/// The longest time between two reports of a run.
const LONGEST: Duration = Duration::from_secs(60);

/// Collects events. The first of a run is reported after a delay, the next ones together
/// after a time that doubles, up to a minute, while the run goes on.
#[derive(Debug)]
pub(super) struct Collector<T> {
    /// How long the first event of a run waits for others.
    delay: Duration,
    /// The time to the second report of a run.
    shortest: Duration,
    waiting: Option<Waiting<T>>,
    /// When events were reported last, and how long the next ones are collected.
    reported: Option<(Timestamp, Duration)>,
}

/// Events that are not reported yet.
#[derive(Debug)]
struct Waiting<T> {
    first: T,
    count: u64,
    due: Timestamp,
}

/// Events that are reported together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collected<T> {
    /// The first of them.
    pub first: T,
    /// The number of them.
    pub count: u64,
    /// The time since the report before, if they are of the same run.
    pub time: Option<Duration>,
}

impl<T> Collector<T> {
    pub(super) const fn new(delay: Duration, shortest: Duration) -> Self {
        Self { delay, shortest, waiting: None, reported: None }
    }

    /// Adds an event; `first` is called for the first one after a report.
    pub(super) fn add(&mut self, now: Timestamp, first: impl FnOnce() -> T) {
        if let Some(waiting) = &mut self.waiting {
            waiting.count += 1;
            return;
        }
        // A run is over when nothing happens in its last interval, and when the clock was
        // set back.
        self.reported = self.reported.filter(|(at, time)| *at <= now && now < at.plus(*time));
        let due = self.reported.map_or(now.plus(self.delay), |(at, time)| at.plus(time));
        self.waiting = Some(Waiting { first: first(), count: 1, due });
    }

    /// When events are to be reported; `None` while there are none.
    pub(super) fn due(&self) -> Option<Timestamp> {
        self.waiting.as_ref().map(|it| it.due)
    }

    /// Takes the events that are due.
    pub(super) fn take(&mut self, now: Timestamp) -> Option<Collected<T>> {
        let Waiting { first, count, .. } = self.waiting.take_if(|it| it.due <= now)?;
        let next = self.reported.map_or(self.shortest, |(_, time)| LONGEST.min(time * 2));
        let time = self.reported.replace((now, next)).map(|(at, _)| now.since(at));
        Some(Collected { first, count, time })
    }

    /// Drops the events that are not reported yet.
    pub(super) fn clear(&mut self) {
        self.waiting = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECONDS: fn(u64) -> Duration = Duration::from_secs;

    /// Adds events at these times in seconds, and takes what is due at each of them and
    /// in between: the time of the report, the first event, how many, and the time they
    /// took.
    fn reports(
        mut collector: Collector<i64>,
        events: &[i64],
        end: i64,
    ) -> Vec<(i64, i64, u64, Option<u64>)> {
        let mut reports = Vec::new();
        for second in 0..=end {
            let now = Timestamp::from_secs(second);
            for it in events.iter().filter(|it| **it == second) {
                collector.add(now, || *it);
            }
            reports.extend(
                collector
                    .take(now)
                    .map(|it| (second, it.first, it.count, it.time.map(|it| it.as_secs()))),
            );
        }
        reports
    }

    #[test]
    fn the_first_is_reported_at_once_and_the_next_ones_together() {
        let bell = || Collector::new(SECONDS(0), SECONDS(3));
        assert_eq!(reports(bell(), &[1], 9), [(1, 1, 1, None)]);
        assert_eq!(reports(bell(), &[1, 2, 2, 3], 9), [(1, 1, 1, None), (4, 2, 3, Some(3))]);
        assert_eq!(reports(bell(), &[1, 1, 1], 9), [(1, 1, 3, None)], "before the first report");
        assert_eq!(reports(bell(), &[1, 4], 9), [(1, 1, 1, None), (4, 4, 1, None)], "two runs");
    }

    #[test]
    fn the_longer_a_run_is_the_rarer_are_its_reports() {
        let every_second: Vec<_> = (0..200).collect();
        let found = reports(Collector::new(SECONDS(0), SECONDS(3)), &every_second, 200);
        let times: Vec<_> = found.iter().map(|it| it.0).collect();
        assert_eq!(times, [0, 3, 9, 21, 45, 93, 153]);
        let counted: u64 = found.iter().map(|it| it.2).sum();
        assert_eq!(counted, 154, "none is lost");
    }

    #[test]
    fn with_a_delay_a_burst_is_one_report() {
        let collector = || Collector::new(SECONDS(3), SECONDS(60));
        assert_eq!(reports(collector(), &[1, 1, 2], 99), [(4, 1, 3, None)]);
        let later = reports(collector(), &[1, 5, 6], 99);
        assert_eq!(later, [(4, 1, 1, None), (64, 5, 2, Some(60))]);
    }

    #[test]
    fn after_the_clock_was_set_back_the_next_is_reported_at_once() {
        let mut collector = Collector::new(SECONDS(0), SECONDS(3));
        collector.add(Timestamp::from_secs(1000), || ());
        assert!(collector.take(Timestamp::from_secs(1000)).is_some());
        collector.add(Timestamp::from_secs(10), || ());
        assert!(collector.take(Timestamp::from_secs(10)).is_some());
        assert_eq!(collector.due(), None, "no timer at rest");
    }
}
