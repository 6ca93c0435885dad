//! Times in zones whose clocks are put forward and back.

use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::slow_clock::{period, zone_and_second};
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
fn what_a_clock_shows_within_a_span_in_which_it_is_set_is_not_excluded() {
    let zone = TimeZone::get("Europe/Berlin").unwrap();
    // To summer time, from 01:50 to 03:20; and back, from 02:30 to 02:15.
    for (text, change, [from, at, to]) in [
        ("at:03:10", 1_774_746_000, [-600, 600, 1200]),
        ("at:02:10", 1_792_890_000, [-1800, 600, 900]),
    ] {
        let filter = Filter::parse(text).unwrap().in_zone(&zone, NOW);
        let [first, at, last] = [from, at, to].map(|it| Timestamp::from_secs(change + it));
        assert!(filter.matches(&arrived(at)) && !filter.excludes(Span { first, last }), "{text}");
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

proptest! {
    #[test]
    fn times_are_those_of_a_slow_clock_also_when_it_is_set(
        (zone, at, period) in zone_and_second().prop_flat_map(|(zone, at)| {
            (Just(zone.clone()), Just(at), period(zone, at, at + 9000))
        }),
    ) {
        let now = Timestamp::from_secs(at + 9000);
        let filter = Filter::parse(&period.text()).unwrap().in_zone(&zone, now);
        let row = Row { at: Timestamp::from_secs(at), msg_time: Some(at), ..example().row };
        let it = Example { row, ..example() };
        let expected = period.matches(&it, &zone, now.secs());
        prop_assert_eq!(filter.matches(&it), expected, "{} at {} in {:?}", filter, at, zone);
    }
}
