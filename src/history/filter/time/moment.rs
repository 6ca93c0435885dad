//! A moment as it is written: a day, a minute or a second.

use jiff::ToSpan as _;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};

use super::day::{Day, number};
use super::offsets::DAY;
use super::shown;

/// A day, a minute or a second; without a day, of each.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Moment {
    pub(super) date: Option<Day>,
    pub(super) time: Option<Time>,
    /// From UTC; without one the clock of the zone is meant.
    pub(super) offset: Option<Offset>,
    /// How long the smallest unit is that is written, in seconds.
    pub(super) unit: i64,
}

const MINUTE: i64 = 60;

/// A point in time, in microseconds since the Unix epoch, or since midnight of each day.
#[derive(Clone, Copy)]
pub(super) struct Point {
    pub(super) micros: i64,
    pub(super) is_of_day: bool,
}

impl Point {
    pub(super) const FIRST: Self = Self::once(i64::MIN);
    pub(super) const LAST: Self = Self::once(i64::MAX);

    pub(super) const fn once(micros: i64) -> Self {
        Self { micros, is_of_day: false }
    }
}

impl Moment {
    /// A text that is a moment and nothing more.
    pub(super) fn only(text: &str) -> Option<Self> {
        Self::parse(text).filter(|(_, rest)| rest.is_empty()).map(|(moment, _)| moment)
    }

    /// The moment that a text begins with, and the rest.
    pub(super) fn parse(text: &str) -> Option<(Self, &str)> {
        let Some((date, rest)) = Day::parse(text) else {
            let (time, unit, rest) = time(text)?;
            return Some((Self { date: None, time: Some(time), offset: None, unit }, rest));
        };
        let Some(after) = rest.strip_prefix(['T', 't', ' ']) else {
            let day = Self { date: Some(date), time: None, offset: None, unit: DAY / 1_000_000 };
            return Some((day, rest));
        };
        let (time, unit, rest) = time(after)?;
        let (offset, rest) = offset(rest)?;
        Some((Self { date: Some(date), time: Some(time), offset, unit }, rest))
    }

    /// Its day, if it has one, with the year.
    pub(super) fn dated(self, date: impl FnOnce(Day) -> Option<Date>) -> Option<Self> {
        let Some(day) = self.date else { return Some(self) };
        Some(Self { date: Some(Day::Full(date(day)?)), ..self })
    }

    pub(super) fn start(self, zone: &TimeZone) -> Option<Point> {
        self.point(zone, 0)
    }

    pub(super) fn end(self, zone: &TimeZone) -> Option<Point> {
        self.point(zone, self.unit)
    }

    /// The second of the day at which it begins.
    pub(super) fn second_of_day(self) -> i64 {
        let time = self.time.unwrap_or_default();
        let parts = [(time.hour(), 3600), (time.minute(), 60), (time.second(), 1)];
        parts.iter().map(|(it, unit)| i64::from(*it) * unit).sum()
    }

    /// The point so many seconds after its beginning, on the clock of the zone.
    fn point(self, zone: &TimeZone, seconds: i64) -> Option<Point> {
        if self.date.is_none() {
            let micros = (self.second_of_day() + seconds) * 1_000_000;
            return Some(Point { micros, is_of_day: true });
        }
        let civil = self.civil(seconds)?;
        let micros = match self.offset {
            Some(offset) => offset.to_timestamp(civil).ok()?.as_microsecond(),
            None => shown::first(zone, civil)?,
        };
        Some(Point::once(micros))
    }

    /// What a clock shows so many seconds after its beginning; `None` without a day.
    pub(super) fn civil(self, seconds: i64) -> Option<DateTime> {
        let civil = DateTime::from_parts(self.date?.full()?, self.time.unwrap_or_default());
        civil.checked_add(seconds.seconds()).ok()
    }
}

/// `14:02` or `14:02:11`, with the length of its smallest unit in seconds.
fn time(text: &str) -> Option<(Time, i64, &str)> {
    let (hour, rest) = number(text, 1..=2)?;
    let (minute, rest) = number(rest.strip_prefix(':')?, 2..=2)?;
    let (second, rest) = match rest.strip_prefix(':') {
        Some(rest) => number(rest, 2..=2).map(|(it, rest)| (Some(it), rest))?,
        None => (None, rest),
    };
    let unit = if second.is_some() { 1 } else { MINUTE };
    let part = |it: i16| i8::try_from(it).ok();
    let time = Time::new(part(hour)?, part(minute)?, part(second.unwrap_or(0))?, 0).ok()?;
    Some((time, unit, rest))
}

/// `Z`, `+01:00`, `+0100` or `-0500`, if a text begins with one, and the rest. (With `-05:00`
/// a range ends.)
fn offset(text: &str) -> Option<(Option<Offset>, &str)> {
    if let Some(rest) = text.strip_prefix(['Z', 'z']) {
        return Some((Some(Offset::UTC), rest));
    }
    let (is_west, rest) = match (text.strip_prefix('+'), text.strip_prefix('-')) {
        (Some(rest), _) => (false, rest),
        (None, Some(rest)) if number(rest, 4..=4).is_some_and(|(_, it)| !it.starts_with('-')) => {
            (true, rest)
        }
        _ => return Some((None, text)),
    };
    let (hours, minutes, rest) = match number(rest, 4..=4) {
        Some((both, rest)) => (both / 100, both % 100, rest),
        None => {
            let (hours, rest) = number(rest, 2..=2)?;
            let (minutes, rest) = number(rest.strip_prefix(':')?, 2..=2)?;
            (hours, minutes, rest)
        }
    };
    let seconds = (i32::from(hours) * 60 + i32::from(minutes)) * 60;
    let offset = Offset::from_seconds(if is_west { -seconds } else { seconds }).ok();
    offset.filter(|_| minutes < 60).map(|it| (Some(it), rest))
}
