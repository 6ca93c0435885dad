//! The widths of the bars of the timeline, and the seconds at which they begin: in the
//! time zone shown at full minutes, hours and days, and weeks on Monday.

use jiff::tz::TimeZone;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
pub(in crate::dashboard) const DAY: i64 = 24 * HOUR;
const WEEK: i64 = 7 * DAY;
const YEAR: i64 = 365 * DAY;

/// Widths in seconds.
const WIDTHS: [i64; 22] = [
    1,
    2,
    5,
    10,
    15,
    30,
    MINUTE,
    2 * MINUTE,
    5 * MINUTE,
    10 * MINUTE,
    15 * MINUTE,
    30 * MINUTE,
    HOUR,
    2 * HOUR,
    3 * HOUR,
    6 * HOUR,
    12 * HOUR,
    DAY,
    2 * DAY,
    WEEK,
    30 * DAY,
    YEAR,
];
/// The first Monday after the epoch.
const MONDAY: i64 = 4 * DAY;
/// Offsets from UTC change by multiples of it: no shorter bar is cut by a change.
const OFFSET_STEP: i64 = 30 * MINUTE;

/// All widths, ascending: those of the table, then multiples of a year.
pub(in crate::dashboard) fn widths() -> impl Iterator<Item = i64> {
    let years = std::iter::successors(Some(2 * YEAR), |it| it.checked_mul(2));
    WIDTHS.into_iter().chain(years)
}

/// The first second of the bar of this width that holds a second.
pub(in crate::dashboard) fn start_of(zone: &TimeZone, width: i64, second: i64) -> i64 {
    let (offset, phase) = (offset(zone, second), if width == WEEK { MONDAY } else { 0 });
    let start = second - (second + offset - phase).rem_euclid(width);
    if width <= OFFSET_STEP {
        return start;
    }
    // By the offset of its own time, which may be another one.
    (start + offset - self::offset(zone, start)).min(second)
}

/// The first second of the bar after one.
pub(in crate::dashboard) fn next_start(zone: &TimeZone, width: i64, start: i64) -> i64 {
    let next = start.saturating_add(width);
    if width <= OFFSET_STEP {
        return next;
    }
    // A day can be longer than others.
    let hours = (0..=DAY / HOUR).map(|it| start_of(zone, width, next.saturating_add(it * HOUR)));
    hours.into_iter().find(|it| start < *it).unwrap_or(next)
}

/// The first second of the bar that is so many before one, or after it if negative.
pub(in crate::dashboard) fn start_before(
    zone: &TimeZone,
    width: i64,
    start: i64,
    count: i64,
) -> i64 {
    // From the middle of the bar: those between may be longer or shorter by an hour.
    let middle = start.saturating_sub(width.saturating_mul(count)).saturating_add(width / 2);
    start_of(zone, width, middle)
}

/// Seconds by which the time zone is ahead of UTC.
fn offset(zone: &TimeZone, second: i64) -> i64 {
    let stamp = jiff::Timestamp::from_second(second);
    stamp.map_or(0, |it| i64::from(zone.to_offset(it).seconds()))
}
