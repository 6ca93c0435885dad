//! Times in zones whose clocks are put forward and back.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::times::{NOW, arrived, check, seconds};
use super::{Example, example};
use crate::callback::Timestamp;
use crate::history::filter::Filter;
use crate::history::row::Row;
use crate::history::span::Span;

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
        at in 1_300_000_000_i64..4_000_000_000, from in 0_i16..1440, length in 0_i16..1439,
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
        prop_assert_eq!(filter.excludes(Span::at(at)), !expected, "{}", text);
        for text in [format!("-{text}"), format!("{text} | odd"), format!("sent:00:00 {text}")] {
            let filter = Filter::parse(&text).unwrap().in_zone(&zone, NOW);
            prop_assert!(!(filter.excludes(Span::at(at)) && filter.matches(&arrived(at))), "{}", text);
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
