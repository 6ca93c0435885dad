//! The beginning or the end of a period as it is written: a moment, or an age.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::day::Day;
use super::moment::{Moment, Point};
use crate::callback::Timestamp;

/// A moment, or an age.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Edge {
    /// A moment.
    Moment(Moment),
    /// So many microseconds ago.
    Age(i64),
}

impl Edge {
    /// A moment, or a number with a unit.
    pub(super) fn parse(text: &str) -> Option<Self> {
        Moment::only(text).map(Self::Moment).or_else(|| age(text).map(Self::Age))
    }

    /// Its day, if it has one, with the year.
    pub(super) fn dated(self, zone: &TimeZone, now: Timestamp) -> Option<Self> {
        match self {
            Self::Moment(it) => it.dated(|day| day.date(zone, now)).map(Self::Moment),
            Self::Age(_) => Some(self),
        }
    }

    /// On this day, if it has none.
    #[must_use]
    pub(super) fn on(self, day: Date) -> Self {
        match self {
            Self::Moment(it) => {
                Self::Moment(Moment { date: it.date.or(Some(Day::Full(day))), ..it })
            }
            Self::Age(_) => self,
        }
    }

    /// Its beginning.
    pub(super) fn start(self, zone: &TimeZone, now: Timestamp) -> Option<Point> {
        match self {
            Self::Moment(moment) => moment.start(zone),
            Self::Age(micros) => Some(Point::once(now.0.saturating_sub(micros))),
        }
    }
}

/// A whole number of seconds, minutes, hours or days, in microseconds: `5m`.
fn age(text: &str) -> Option<i64> {
    let end = text.find(|it: char| !it.is_ascii_digit())?;
    let seconds = match text[end..].to_ascii_lowercase().as_str() {
        "s" => 1,
        "m" => 60,
        "h" => 3600,
        "d" => 86_400,
        _ => return None,
    };
    text[..end].parse::<i64>().ok()?.checked_mul(seconds * 1_000_000)
}
