//! Conditions on times, in a time zone.

use jiff::civil::{Date, Time};
use jiff::tz::{TimeZone, offset};
use proptest::prelude::*;

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
fn seconds(hour: i64, minute: i64, second: i64) -> i64 {
    NOW.secs() + (hour - 10) * 3600 + minute * 60 + second
}

/// Whether a filter matches what arrived at a second.
#[track_caller]
fn matches(text: &str, at: i64) -> bool {
    let filter = Filter::parse(text).unwrap().in_zone(&zone(), NOW);
    filter.matches(&arrived(Timestamp::from_secs(at)))
}

#[track_caller]
fn check(text: &str, inside: &[i64], outside: &[i64]) {
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
fn a_date_without_a_year_is_the_last_one() {
    let [midnight, day] = [seconds(0, 0, 0), 86_400];
    check("at:11-28", &[midnight, midnight + day - 1], &[midnight - 1, midnight - 365 * day]);
    check("at:11-28 14:02:08", &[seconds(14, 2, 8)], &[seconds(14, 2, 9)]);
    check("at:11-29", &[midnight - 364 * day], &[midnight + day]);
    check("at:11-27-11-28", &[midnight - day, midnight], &[midnight - 1 - day]);
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

#[test]
fn a_day_of_a_time_zone_can_have_23_hours() {
    let zone = TimeZone::get("Europe/Berlin").unwrap();
    let matches = |text: &str, at| {
        let filter = Filter::parse(text).unwrap().in_zone(&zone, NOW);
        filter.matches(&arrived(Timestamp::from_secs(at)))
    };
    // 2026-03-29 00:00 in UTC+1; the day ends at 22:00 UTC.
    let midnight = 1_774_738_800;
    assert!(matches("at:2026-03-29", midnight) && matches("at:2026-03-29", midnight + 82_799));
    assert!(!matches("at:2026-03-29", midnight + 82_800));
    assert!(matches("at:03:00", midnight + 7200) && !matches("at:02:00-02:59", midnight + 7200));
    assert!(matches("at:23:59", midnight - 1) && matches("at:23:59", midnight + 82_799));
}

proptest! {
    #[test]
    fn a_time_of_day_is_that_of_the_calendar(
        at in 1_300_000_000_i64..4_000_000_000, from in 0_i16..1440, length in 0_i16..1440,
        zone in prop::sample::select(vec!["UTC", "Asia/Shanghai", "America/New_York"]),
    ) {
        let zone = TimeZone::get(zone).unwrap();
        let time = jiff::Timestamp::from_second(at).unwrap().to_zoned(zone.clone()).time();
        let minute = i16::from(time.hour()) * 60 + i16::from(time.minute());
        let to = (from + length) % 1440;
        let written = |it: i16| format!("{:02}:{:02}", it / 60, it % 60);
        let text = format!("at:{}-{}", written(from), written(to));
        let expected = (0..=length).contains(&((minute - from).rem_euclid(1440)));
        let filter = Filter::parse(&text).unwrap().in_zone(&zone, NOW);
        let at = Timestamp::from_secs(at);
        prop_assert_eq!(filter.matches(&arrived(at)), expected, "{}", text);
        prop_assert_eq!(filter.excludes(at), !expected, "{}", text);
        for text in [format!("-{text}"), format!("{text} | odd"), format!("sent:00:00 {text}")] {
            let filter = Filter::parse(&text).unwrap().in_zone(&zone, NOW);
            prop_assert!(!(filter.excludes(at) && filter.matches(&arrived(at))), "{}", text);
        }
    }
}

#[test]
fn a_time_with_an_offset_is_the_same_in_each_zone() {
    let at = seconds(14, 2, 0);
    check("at:2026-11-28T06:02Z", &[at, at + 59], &[at - 1, at + 60]);
    check("at:2026-11-28T07:02:00+01:00-07:03", &[at, at + 119], &[at - 1, at + 120]);
    check("at:2026-11-28T06:02Z-14:03", &[at, at + 28_919], &[at - 1, at + 28_920]);
    check("at:2026-11-28T01:02-0500", &[at, at + 59], &[at - 1, at + 60]);
    check("since:2026-11-28T06:02:00Z", &[at], &[at - 1]);
    for text in ["at:14:02Z", "at:2026-11-28Z", "at:2026-11-28T06:02+1", "at:2026-11-28T06:02+0160"]
    {
        assert!(Filter::parse(text).is_err(), "{text}");
    }
    // The hour that a clock shows twice.
    let zone = TimeZone::get("Europe/Berlin").unwrap();
    let found = |text: &str| {
        let filter = Filter::parse(text).unwrap().in_zone(&zone, NOW);
        [1_792_887_000, 1_792_890_600].map(|it| filter.matches(&arrived(Timestamp::from_secs(it))))
    };
    assert_eq!(found("at:2026-10-25T02:10"), [true, true]);
    assert_eq!(found("at:2026-10-25T02:10:00+02:00"), [true, false]);
    assert_eq!(found("at:2026-10-25T01:10:00Z-01:10:59"), [false, true]);
}

#[test]
fn a_time_of_day_is_that_of_the_zone_in_any_year() {
    // Summer time of 1990 and of 2150 in Europe/Berlin: 12:00 UTC is 14:00.
    let zone = TimeZone::get("Europe/Berlin").unwrap();
    for at in [648_648_000, 5_695_704_000] {
        let clock = jiff::Timestamp::from_second(at).unwrap().to_zoned(zone.clone());
        let text = format!("at:{}", clock.strftime("%H:%M:%S"));
        let filter = Filter::parse(&text).unwrap().in_zone(&zone, NOW);
        assert!(filter.matches(&arrived(Timestamp::from_secs(at))), "{text}");
    }
}

/// A written time, and what the slow model makes of it.
#[derive(Debug, Clone, Copy)]
struct Written {
    date: Option<Date>,
    time: Time,
    has_seconds: bool,
}

impl Written {
    fn text(self) -> String {
        let time = if self.has_seconds { "%H:%M:%S" } else { "%H:%M" };
        let time = self.time.strftime(time).to_string();
        self.date.map_or(time.clone(), |date| format!("{date}T{time}"))
    }

    /// The second of the day at which its unit begins, and the one at which it ends.
    fn unit(self) -> [i64; 2] {
        let [hour, minute, second] =
            [self.time.hour(), self.time.minute(), self.time.second()].map(i64::from);
        let start = hour * 3600 + minute * 60 + if self.has_seconds { second } else { 0 };
        [start, start + if self.has_seconds { 1 } else { 60 }]
    }

    /// What the clock of a zone shows at a second, in seconds: of its day, or of all days.
    fn shown(self, zone: &TimeZone, at: i64) -> i64 {
        let clock = jiff::Timestamp::from_second(at).unwrap().to_zoned(zone.clone());
        let (date, time) = (clock.date(), clock.time());
        let [hour, minute, second] = [time.hour(), time.minute(), time.second()].map(i64::from);
        let of_day = hour * 3600 + minute * 60 + second;
        let days = self.date.map_or(0, |it| i64::from((date - it).get_days()));
        days * 86_400 + of_day
    }

    /// Whether the clock of a zone shows, at one of the seconds of two hours, a
    /// second or a later one.
    fn was_shown(self, zone: &TimeZone, second: i64, at: i64) -> bool {
        match self.date {
            None => second <= self.shown(zone, at),
            Some(_) => (at - 7200..=at).any(|it| second <= self.shown(zone, it)),
        }
    }
}

/// Seconds at which clocks of [`ZONES`] were set, and one at which none was.
const CHANGES: [i64; 7] = [
    1_774_746_000, // Europe/Berlin, to summer time
    1_792_890_000, // and back
    1_772_953_200, // America/New_York, to summer time
    1_793_512_800, // and back
    1_775_314_800, // Australia/Lord_Howe, back by half an hour
    1_791_041_400, // and forward
    1_784_000_000,
];
const ZONES: [&str; 4] = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC"];

fn zone_and_second() -> impl Strategy<Value = (TimeZone, i64)> {
    let zones = prop::sample::select(ZONES.to_vec());
    let changes = prop::sample::select(CHANGES.to_vec());
    (zones, changes, -5400_i64..5400)
        .prop_map(|(zone, change, from)| (TimeZone::get(zone).unwrap(), change + from))
}

/// A time on the clock of the zone, within two hours of a second, also one that it never
/// shows.
fn written(zone: &TimeZone, near: i64, by: i64, [dated, has_seconds]: [bool; 2]) -> Written {
    let at = jiff::Timestamp::from_second(near).unwrap().to_zoned(zone.clone());
    let civil = at.datetime().checked_add(jiff::SignedDuration::from_secs(by)).unwrap();
    Written { date: dated.then_some(civil.date()), time: civil.time(), has_seconds }
}

proptest! {
    #[test]
    fn times_are_those_of_a_slow_clock_also_when_it_is_set(
        (zone, at) in zone_and_second(),
        by in prop::array::uniform2(-7200_i64..7200),
        forms in any::<[bool; 2]>(),
        field in prop::sample::select(vec!["at:", "at>=", "at>", "at<", "at<=", "since:",
            "before:", "sent:", "sent>", "-at:", "range"]),
    ) {
        let mut from = written(&zone, at, by[0], forms);
        let mut to = written(&zone, at, by[1], forms);
        if (to.date, to.time) < (from.date, from.time) {
            (from, to) = (to, from);
        }
        let [start, end] = from.unit();
        let shown = from.shown(&zone, at);
        let was_shown = |second| from.was_shown(&zone, second, at);
        let expected = match field {
            "at:" | "sent:" => (start..end).contains(&shown),
            "-at:" => !(start..end).contains(&shown),
            "at>=" | "since:" => was_shown(start),
            "at<" | "before:" => !was_shown(start),
            "at>" | "sent>" => was_shown(end),
            "at<=" => !was_shown(end),
            _ => start <= shown && to.shown(&zone, at) < to.unit()[1],
        };
        let text = match field {
            "range" => format!("at:{}-{}", from.text(), to.text()),
            field => format!("{field}{}", from.text()),
        };
        let filter = Filter::parse(&text).unwrap().in_zone(&zone, NOW);
        let row = Row { at: Timestamp::from_secs(at), msg_time: Some(at), ..example().row };
        let matches = filter.matches(&Example { row, ..example() });
        prop_assert_eq!(matches, expected, "{} at {} in {:?}", text, at, zone);
    }
}
