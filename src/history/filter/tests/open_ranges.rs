//! Open ranges in an hour that the clock shows twice.

use jiff::tz::TimeZone;

use super::times::{NOW, arrived};
use crate::callback::Timestamp;
use crate::history::filter::Filter;

/// 2026-10-25 01:00 UTC: the clock is set from 03:00 to 02:00.
const SET_BACK: i64 = 1_792_890_000;

/// The minutes from the change at which a filter begins and ends to match, of two hours
/// around it.
fn matched(text: &str) -> Vec<i64> {
    let zone = TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap();
    let filter = Filter::parse(text).unwrap().in_zone(&zone, NOW);
    let is = |minute: i64| filter.matches(&arrived(Timestamp::from_secs(SET_BACK + minute * 60)));
    (-120..120).filter(|it| is(*it) != is(it - 1)).collect()
}

#[test]
fn an_open_range_begins_and_ends_at_the_first_time_that_the_clock_shows() {
    // 02:30 is half an hour before the change, and again half an hour after it.
    for (text, changes) in [
        ("at>=2026-10-25T02:30", &[-30][..]),
        ("since:2026-10-25T02:30", &[-30]),
        ("at>2026-10-25T02:30", &[-29]),
        ("at<2026-10-25T02:30", &[-30]),
        ("before:2026-10-25T02:30", &[-30]),
        ("at<=2026-10-25T02:30", &[-29]),
        // What the clock shows in between is in it both times.
        ("at:2026-10-25T02:30", &[-30, -29, 30, 31]),
        ("at:2026-10-25T02:30-03:00", &[-30, 0, 30, 61]),
        // With the offset it is one of them.
        ("at>=2026-10-25T02:30+01:00", &[30]),
        ("at>=2026-10-25T02:30+02:00", &[-30]),
    ] {
        assert_eq!(matched(text), changes, "{text}");
    }
}
