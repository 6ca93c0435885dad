//! Conditions on times and what a clock shows: a naive evaluation, second by second.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::Example;

const DAY: i64 = 86_400;

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
const ZONES: [&str; 6] = [
    "UTC",
    "Asia/Shanghai",
    "Asia/Kolkata",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
];

/// A time zone, and a second near one at which a clock was set.
pub(super) fn zone_and_second() -> impl Strategy<Value = (TimeZone, i64)> {
    let zones = prop::sample::select(ZONES.to_vec());
    let changes = prop::sample::select(CHANGES.to_vec());
    (zones, changes, -5400_i64..5400)
        .prop_map(|(zone, change, from)| (TimeZone::get(zone).unwrap(), change + from))
}

/// What a clock shows, in seconds since it showed the beginning of 1970.
fn seconds(shown: DateTime) -> i64 {
    TimeZone::UTC.to_timestamp(shown).unwrap().as_second()
}

/// What the clock of a zone shows at a second.
fn shown(zone: &TimeZone, at: i64) -> i64 {
    seconds(jiff::Timestamp::from_second(at).unwrap().to_zoned(zone.clone()).datetime())
}

/// The latest that the clock of a zone has shown within two hours up to a second.
fn latest(zone: &TimeZone, at: i64) -> i64 {
    // Clocks are set at the beginning of a minute.
    let last = (at - 7200..at).filter(|it| it.rem_euclid(60) == 59);
    last.chain([at]).map(|it| shown(zone, it)).max().unwrap()
}

/// A written time.
#[derive(Debug, Clone, Copy)]
struct Written {
    date: Option<Date>,
    time: Time,
    has_seconds: bool,
}

impl Written {
    /// A time that the clock of a zone shows within two hours of a second, or never.
    fn near(zone: &TimeZone, at: i64, by: i64, is_dated: bool, has_seconds: bool) -> Self {
        let at = jiff::Timestamp::from_second(at).unwrap().to_zoned(zone.clone());
        let near = at.datetime().checked_add(jiff::SignedDuration::from_secs(by)).unwrap();
        Self { date: is_dated.then_some(near.date()), time: near.time(), has_seconds }
    }

    fn text(self) -> String {
        let time = self.time.strftime(if self.has_seconds { "%H:%M:%S" } else { "%H:%M" });
        self.date.map_or(time.to_string(), |date| format!("{date}T{time}"))
    }

    /// From where to where a clock shows it, in seconds: of its day, or of each day.
    fn unit(self) -> [i64; 2] {
        let day = self.date.unwrap_or(Date::new(1970, 1, 1).unwrap());
        let start = seconds(day.to_datetime(self.time));
        let start = if self.has_seconds { start } else { start - start.rem_euclid(60) };
        [start, start + if self.has_seconds { 1 } else { 60 }]
    }

    /// What the clock shows of what this compares, and the latest that it has shown.
    fn clock(self, zone: &TimeZone, at: i64) -> [i64; 2] {
        let shown = shown(zone, at);
        match self.date {
            Some(_) => [shown, latest(zone, at)],
            None => [shown.rem_euclid(DAY); 2],
        }
    }
}

/// How a time is compared.
#[derive(Debug, Clone, Copy)]
enum Order {
    Is,
    From,
    After,
    Until,
    UpTo,
}

/// What is before and after a time, and how it is compared.
const FORMS: [(&str, &str, Order); 9] = [
    (":", "", Order::Is),
    ("=", "", Order::Is),
    (">=", "", Order::From),
    (">", "", Order::After),
    ("<", "", Order::Until),
    ("<=", "", Order::UpTo),
    (":", "-", Order::From),
    (":-", "", Order::UpTo),
    (":..", "", Order::UpTo),
];

/// A condition on a time.
#[derive(Debug, Clone)]
pub(super) struct Period {
    field: &'static str,
    condition: Condition,
}

#[derive(Debug, Clone, Copy)]
enum Condition {
    Compared(&'static str, Written, &'static str, Order),
    Range(Written, Written),
    Since(i64),
    Before(i64),
}

impl Period {
    pub(super) fn text(&self) -> String {
        let field = self.field;
        match self.condition {
            Condition::Compared(before, time, after, _) => {
                format!("{field}{before}{}{after}", time.text())
            }
            Condition::Range(from, to) => {
                // The second one has the date of the first.
                let to = Written { date: to.date.filter(|it| Some(*it) != from.date), ..to };
                format!("{field}:{}-{}", from.text(), to.text())
            }
            Condition::Since(age) => format!("since:{age}s"),
            Condition::Before(age) => format!("before:{age}s"),
        }
    }

    /// Whether it matches a callback; `now` is in seconds.
    pub(super) fn matches(&self, it: &Example, zone: &TimeZone, now: i64) -> bool {
        let arrived = it.row.at.secs();
        let Some(at) = (if self.field == "sent" { it.row.msg_time } else { Some(arrived) }) else {
            return false;
        };
        match self.condition {
            Condition::Compared(_, time, _, order) => {
                let ([start, end], [shown, latest]) = (time.unit(), time.clock(zone, at));
                match order {
                    Order::Is => (start..end).contains(&shown),
                    Order::From => start <= latest,
                    Order::After => end <= latest,
                    Order::Until => latest < start,
                    Order::UpTo => latest < end,
                }
            }
            Condition::Range(from, to) => {
                let ([start, _], [_, end], [shown, _]) =
                    (from.unit(), to.unit(), from.clock(zone, at));
                match start < end {
                    true => (start..end).contains(&shown),
                    false => start <= shown || shown < end,
                }
            }
            Condition::Since(age) => now - age <= at,
            Condition::Before(age) => at < now - age,
        }
    }
}

/// Conditions on times near a second, in the order of the calendar if they have dates.
pub(super) fn period(zone: TimeZone, near: i64, now: i64) -> impl Strategy<Value = Period> {
    let by = prop::array::uniform2(-7200_i64..7200);
    let fields = prop::sample::select(vec!["at", "sent"]);
    (by, any::<[bool; 2]>(), fields, 0..FORMS.len() + 5).prop_map(
        move |(by, [dated, secs], field, form)| {
            let [time, other] = by.map(|it| Written::near(&zone, near, it, dated, secs));
            let is_all_day = |from: Written, to: Written| from.unit()[0] == to.unit()[1];
            let range = match (dated && other.unit() < time.unit(), is_all_day(time, other)) {
                (true, _) => Condition::Range(other, time),
                // That is no range.
                (false, true) => Condition::Range(time, time),
                (false, false) => Condition::Range(time, other),
            };
            let age = now - near + by[0];
            let edge = |field, order| Period {
                field,
                condition: Condition::Compared(":", time, "", order),
            };
            match form.checked_sub(FORMS.len()) {
                None => {
                    let (before, after, order) = FORMS[form];
                    Period { field, condition: Condition::Compared(before, time, after, order) }
                }
                Some(0) => edge("since", Order::From),
                Some(1) => edge("before", Order::Until),
                Some(2) => Period { field: "since", condition: Condition::Since(age) },
                Some(3) => Period { field: "before", condition: Condition::Before(age) },
                Some(_) => Period { field, condition: range },
            }
        },
    )
}
