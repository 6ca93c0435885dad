//! The times at which the clock of a zone shows what is written. It shows some times twice
//! and others never, when it is set.

use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{SignedDuration, Timestamp};

/// More than any clock differs from UTC.
const MOST: SignedDuration = SignedDuration::from_hours(48);

/// The parts of time, in microseconds since the Unix epoch, in which the clock shows
/// `first` or later and not yet `end`.
pub(super) fn between(zone: &TimeZone, first: DateTime, end: DateTime) -> Option<Vec<(i64, i64)>> {
    let [first, end] = [first, end].map(|it| TimeZone::UTC.to_timestamp(it));
    let (first, end) = (first.ok()?, end.ok()?);
    let begin = first.saturating_sub(MOST).ok()?;
    let last = end.saturating_add(MOST).ok()?;
    let changes = zone.following(begin).map(|it| (it.timestamp(), it.offset()));
    let changes = changes.take_while(|(from, _)| *from < last);
    let mut periods: Vec<_> = [(begin, zone.to_offset(begin))].into_iter().chain(changes).collect();
    periods.push((last, zone.to_offset(last)));
    let parts = periods.windows(2).filter_map(|it| {
        let [(from, offset), (to, _)] = it else { return None };
        let offset = i64::from(offset.seconds()) * 1_000_000;
        let [first, end] = [first, end].map(|it| it.as_microsecond() - offset);
        let part = (first.max(from.as_microsecond()), end.min(to.as_microsecond()));
        (part.0 < part.1).then_some(part)
    });
    Some(parts.collect())
}

/// The first time at which the clock shows this or later, in microseconds since the Unix
/// epoch.
pub(super) fn first(zone: &TimeZone, time: DateTime) -> Option<i64> {
    let ambiguous = zone.to_ambiguous_timestamp(time);
    let is_skipped = matches!(ambiguous.offset(), AmbiguousOffset::Gap { .. });
    let found = ambiguous.compatible().ok()?;
    let change = || Some(zone.preceding(found).next()?.timestamp());
    let first: Timestamp = if is_skipped { change()? } else { found };
    Some(first.as_microsecond())
}
