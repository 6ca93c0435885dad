//! Conditions on times, in a time zone.

use jiff::tz::{TimeZone, offset};

use super::{Example, example};
use crate::callback::Timestamp;
use crate::history::filter::Filter;
use crate::history::row::Row;

/// 2026-11-28 02:00:00 UTC, 10:00 in the time zone of these tests.
pub(super) const NOW: Timestamp = Timestamp::from_secs(1_795_831_200);

fn zone() -> TimeZone {
    TimeZone::fixed(offset(8))
}

pub(super) fn arrived(at: Timestamp) -> Example {
    Example { row: Row { at, ..example().row }, ..example() }
}

/// A time of day of 2026-11-28 in the time zone of these tests, in seconds.
pub(super) fn seconds(hour: i64, minute: i64, second: i64) -> i64 {
    NOW.secs() + (hour - 10) * 3600 + minute * 60 + second
}

/// Whether a filter matches what arrived at a second.
#[track_caller]
fn matches(text: &str, at: i64) -> bool {
    let filter = Filter::parse(text).unwrap().in_zone(&zone(), NOW);
    filter.matches(&arrived(Timestamp::from_secs(at)))
}

#[track_caller]
pub(super) fn check(text: &str, inside: &[i64], outside: &[i64]) {
    for at in inside {
        assert!(matches(text, *at), "{text} matches {at}");
    }
    for at in outside {
        assert!(!matches(text, *at), "{text} does not match {at}");
    }
}

#[test]
fn a_time_of_day_is_a_minute_or_a_second_of_each_day() {
    let [day, at] = [86_400, seconds(14, 2, 0)];
    check("at:14:02", &[at, at + 59, at - day, at + 400 * day], &[at - 1, at + 60]);
    check("at:14:02:11", &[at + 11, at + 11 + day], &[at + 10, at + 12]);
    check("at=14:02", &[at], &[at + 60]);
}

#[test]
fn a_date_is_a_day_of_the_zone() {
    let midnight = seconds(0, 0, 0);
    check("at:2026-11-28", &[midnight, midnight + 86_399], &[midnight - 1, midnight + 86_400]);
    let at = seconds(14, 2, 0);
    check("at:2026-11-28T14:02", &[at, at + 59], &[at - 1, at + 60, at + 86_400]);
    check("at:\"2026-11-28 14:02:11\"", &[at + 11], &[at + 10, at + 12]);
}

#[test]
fn a_range_ends_with_the_last_second_that_is_written() {
    let at = seconds(14, 2, 11);
    let end = seconds(14, 6, 0);
    check("at:14:02:11-14:05", &[at, end - 1, end - 1 + 86_400], &[at - 1, end]);
    check("at:2026-11-28T14:02:11-14:05", &[at, end - 1], &[at - 1, end, at + 86_400]);
    let midnight = seconds(0, 0, 0);
    check("at:2026-11-27-2026-11-28", &[midnight - 86_400, end], &[midnight + 86_400]);
    let late = seconds(23, 0, 0);
    check("at:23:00-01:00", &[late, late + 7259, late - 86_400], &[late - 1, late + 7260]);
}

#[test]
fn a_time_can_be_written_as_the_screen_has_it() {
    for (text, plain) in [
        ("at:2026-11-28 14:02", "at:2026-11-28T14:02"),
        ("at:2026-11-28 14:02:08 bob", "at:2026-11-28T14:02:08 bob"),
        ("before:2026-11-28 14:02", "before:2026-11-28T14:02"),
        ("at>=2026-11-28 14:02", "at>=2026-11-28T14:02"),
        ("at:14:02 - 14:03", "at:14:02-14:03"),
        ("(at:14:02 -14:03)|odd", "(at:14:02-14:03)|odd"),
        ("at:14:02- 14:03", "at:14:02-14:03"),
        ("at:14:02–14:03", "at:14:02-14:03"),
        ("at:14:02..14:03", "at:14:02-14:03"),
        ("时间:14:02 至 14:03", "at:14:02-14:03"),
        ("at:2026-11-28 14:02 - 2026-11-29 1:00", "at:2026-11-28T14:02-2026-11-29T1:00"),
        ("at:\"2026-11-28 14:02\"", "at:2026-11-28T14:02"),
    ] {
        let [written, plain] = [text, plain].map(|it| Filter::parse(it).unwrap());
        assert_eq!(written, plain, "{text}");
        assert_eq!(Filter::parse(&written.to_string()).unwrap(), plain, "{written}");
    }
    for (text, parts) in [("at:14:02 15:00", 2), ("at:14:02 -bob", 2), ("at:2026-11-28 1", 2)] {
        assert_eq!(Filter::parse(text).unwrap().to_string().split(' ').count(), parts, "{text}");
    }
}

#[test]
fn a_range_can_have_no_beginning_or_no_end() {
    for (text, plain) in [
        ("at:14:02-", "at>=14:02"),
        ("at:14:02:11..", "at>=14:02:11"),
        ("at:14:02- bob", "at>=14:02 bob"),
        ("at:-14:02", "at<=14:02"),
        ("at=..14:02", "at<=14:02"),
        ("sent:2026-11-28T14:02-", "sent>=2026-11-28T14:02"),
        ("at:2026-11-28 14:02-", "at>=2026-11-28T14:02"),
        ("at:2026-11-28T14:02+08:00-", "at>=2026-11-28T14:02+08:00"),
        ("at:-2026-11-28 14:02:11", "at<=2026-11-28T14:02:11"),
        ("at:11-28-", "at>=11-28"),
        ("at:-11-28", "at<=11-28"),
    ] {
        let [filter, plain] = [text, plain].map(|it| Filter::parse(it).unwrap());
        assert_eq!(Filter::parse(&filter.to_string()).unwrap(), filter, "{filter}");
        let [filter, plain] = [filter, plain].map(|it| it.in_zone(&zone(), NOW));
        let is_same = |minute| {
            let at = Timestamp::from_secs(seconds(0, minute, 11));
            let row = Row { at, msg_time: Some(at.secs()), ..example().row };
            let it = Example { row, body: b"bob".into(), ..example() };
            filter.matches(&it) == plain.matches(&it)
        };
        assert!((-2880..2880).all(is_same), "{text}");
    }
    for text in ["at:14:02 - bob", "at:14:02 - (bob)", "at:-", "at:14:02--"] {
        assert!(Filter::parse(text).is_err(), "{text}");
    }
}

#[test]
fn a_date_without_a_year_is_the_last_one() {
    let [midnight, day] = [seconds(0, 0, 0), 86_400];
    check("at:11-28", &[midnight, midnight + day - 1], &[midnight - 1, midnight - 365 * day]);
    check("at:11-28 14:02:08", &[seconds(14, 2, 8)], &[seconds(14, 2, 9)]);
    check("at:11-29", &[midnight - 364 * day], &[midnight + day]);
    check("at:11-27-11-28", &[midnight - day, midnight], &[midnight - 1 - day]);
    check("at:11-27-11-30", &[midnight - day, midnight], &[midnight - 1 - day]);
    let end = midnight + 3 * day;
    check("at:2026-11-27-11-30", &[midnight - day, end - 1], &[midnight - 1 - day, end]);
    check("at:2026-11-27-1-2", &[midnight + 35 * day], &[midnight - 1 - day, end + 33 * day]);
    check("before:11-27", &[midnight - day - 1], &[midnight - day]);
    check("at:2-29", &[1_709_164_800 + 3600], &[midnight]);
    assert!(Filter::parse("at:11-28-11-27").is_err() && Filter::parse("at:13-01").is_err());
}

#[test]
fn an_age_is_counted_from_the_present() {
    let now = NOW.secs();
    check("since:5m", &[now - 300, now, now + 9999], &[now - 301]);
    check("since:2h", &[now - 7200], &[now - 7201]);
    check("before:1d", &[now - 86_401], &[now - 86_400]);
    check("-since:90s", &[now - 91], &[now - 90]);
    let noon = seconds(12, 0, 0);
    check("since:12:00", &[noon, noon + 43_199, noon + 86_400], &[noon - 1, noon + 43_200]);
    check("before:12:00", &[noon - 1, noon - 43_200], &[noon, noon - 43_201]);
    check("since:2026-11-28T12:00", &[noon, noon + 999_999], &[noon - 1]);
    check("before:00:00 | since:24h", &[now], &[now - 999_999]);
}

#[test]
fn a_time_is_compared() {
    let at = seconds(14, 2, 0);
    check("at>=14:02", &[at, seconds(23, 59, 59)], &[at - 1, seconds(24, 0, 0)]);
    check("at>2026-11-28T14:02", &[at + 60], &[at + 59]);
    check("at<=2026-11-28T14:02", &[at + 59, 0], &[at + 60]);
    check("at<2026-11-28", &[seconds(0, 0, -1)], &[seconds(0, 0, 0)]);
    check("at>23:59", &[], &[seconds(23, 59, 59), at]);
}

#[test]
fn the_time_of_the_message_is_its_own() {
    let sent = |msg_time| Example { row: Row { msg_time, ..example().row }, ..example() };
    let filter = Filter::parse("sent:14:02-14:05").unwrap().in_zone(&zone(), NOW);
    assert!(filter.matches(&sent(Some(seconds(14, 5, 59)))));
    assert!(!filter.matches(&sent(Some(seconds(14, 6, 0)))) && !filter.matches(&sent(None)));
}

#[test]
fn a_time_without_a_zone_matches_nothing_and_before_is_still_a_keyword() {
    assert!(!Filter::parse("since:5m | at:14:02 | before:14:00").unwrap().matches(&example()));
    assert!(Filter::parse("-before").unwrap().matches(&example()));
    let times = Filter::parse("before a at:14:02").unwrap().times();
    assert_eq!(times, [("at", 9..11)]);
}
