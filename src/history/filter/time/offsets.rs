//! The offsets of a time zone from UTC, to be looked up a million times.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// A day in microseconds.
pub(super) const DAY: i64 = 86_400_000_000;

/// The years whose changes are known: from 2010 to 2100, in seconds since the Unix epoch.
const YEARS: [i64; 2] = [1_262_304_000, 4_102_444_800];

/// The offsets of a time zone, in microseconds.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Offsets {
    /// The zone, of which years beyond are looked up.
    zone: TimeZone,
    first: i64,
    /// The times from which on another one is in use, and it.
    changes: Vec<(i64, i64)>,
}

impl Offsets {
    pub(super) fn of(zone: &TimeZone) -> Self {
        let [start, end] = YEARS.map(|it| Timestamp::from_second(it).unwrap_or_default());
        let changes = zone.following(start).take_while(|it| it.timestamp() < end);
        let changes = changes.map(|it| (it.timestamp().as_microsecond(), micros(it.offset())));
        let first = micros(zone.to_offset(start));
        Self { zone: zone.clone(), first, changes: changes.collect() }
    }

    /// Microseconds since midnight.
    pub(super) fn time_of_day(&self, time: i64) -> i64 {
        time.saturating_add(self.at(time)).rem_euclid(DAY)
    }

    /// Whether one offset is surely in use from one time to another one.
    pub(super) fn is_one(&self, first: i64, last: i64) -> bool {
        first == last || self.past(first).is_some_and(|it| Some(it) == self.past(last))
    }

    fn at(&self, time: i64) -> i64 {
        let Some(past) = self.past(time) else {
            let time = Timestamp::from_microsecond(time).unwrap_or_default();
            return micros(self.zone.to_offset(time));
        };
        past.checked_sub(1).map_or(self.first, |it| self.changes[it].1)
    }

    /// The number of changes up to a time; `None` beyond the years whose changes are known.
    fn past(&self, time: i64) -> Option<usize> {
        let [start, end] = YEARS.map(|it| it * 1_000_000);
        let is_known = (start..end).contains(&time);
        is_known.then(|| self.changes.partition_point(|(from, _)| *from <= time))
    }
}

fn micros(offset: jiff::tz::Offset) -> i64 {
    i64::from(offset.seconds()) * 1_000_000
}
