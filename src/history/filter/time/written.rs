//! Times as they are written.

use jiff::ToSpan as _;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};

use super::Bounds;
use super::day::{Day, number};
use super::offsets::{DAY, Offsets};
use super::shown;
use crate::callback::Timestamp;

/// A period as it is written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Written {
    /// From the first moment to the end of the last one's day, minute or second.
    Range(Moment, Moment),
    /// From here on.
    From(Edge),
    /// Up to here.
    Until(Edge),
    /// From the end of the moment on.
    After(Moment),
    /// Up to the end of the moment.
    UpTo(Moment),
}

/// A moment, or an age.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Edge {
    /// A moment.
    Moment(Moment),
    /// So many microseconds ago.
    Age(i64),
}

/// A day, a minute or a second; without a day, of each.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Moment {
    date: Option<Day>,
    time: Option<Time>,
    /// From UTC; without one the clock of the zone is meant.
    offset: Option<Offset>,
    /// How long the smallest unit is that is written, in seconds.
    unit: i64,
}

const MINUTE: i64 = 60;

impl Written {
    /// A moment, or two with `-` between them; the second one has date and offset of the
    /// first.
    pub(super) fn range(text: &str) -> Option<Self> {
        let (from, rest) = Moment::parse(text)?;
        if rest.is_empty() {
            return Some(Self::Range(from, from));
        }
        let (to, rest) = Moment::parse(rest.strip_prefix('-')?)?;
        let is_like = from.date.is_some() || to.date.is_none();
        let date = to.date.or(from.date);
        let to = Moment { date, offset: to.offset.or(from.offset), ..to };
        (rest.is_empty() && is_like).then_some(Self::Range(from, to))
    }

    /// A comparison with a moment.
    pub(super) fn compared(operator: &str, text: &str) -> Option<Self> {
        let moment = Moment::only(text)?;
        Some(match operator {
            ">" => Self::After(moment),
            ">=" => Self::From(Edge::Moment(moment)),
            "<" => Self::Until(Edge::Moment(moment)),
            _ => Self::UpTo(moment),
        })
    }

    /// Whether its end is before its beginning; never without a date, since it then ends
    /// on the next day.
    pub(super) fn is_backwards(&self) -> bool {
        let Self::Range(from, to) = self else { return false };
        let Some((first, last)) = from.date.zip(to.date) else { return false };
        let [start, end] = [from.time.unwrap_or_default(), to.time.unwrap_or(Time::MAX)];
        last.is_before(first) || first == last && end < start
    }

    /// Whether it has no date, and its end is before its beginning.
    pub(super) fn is_over_midnight(&self) -> bool {
        let Self::Range(from, to) = self else { return false };
        from.date.is_none() && to.date.is_none() && to.time < from.time
    }

    /// Each day with its year.
    fn dated(self, zone: &TimeZone, now: Timestamp) -> Option<Self> {
        let dated = |it: Moment| it.dated(|day| day.date(zone, now));
        let edge = |it: Edge| it.dated(zone, now);
        Some(match self {
            Self::Range(from, to) => {
                let from = dated(from)?;
                let first = from.date.and_then(Day::full);
                Self::Range(from, to.dated(|day| day.date_from(first?))?)
            }
            Self::From(it) => Self::From(edge(it)?),
            Self::Until(it) => Self::Until(edge(it)?),
            Self::After(it) => Self::After(dated(it)?),
            Self::UpTo(it) => Self::UpTo(dated(it)?),
        })
    }

    /// Its bounds in a time zone.
    pub(super) fn bounds(&self, zone: &TimeZone, now: Timestamp) -> Option<Bounds> {
        let written = self.dated(zone, now)?;
        if let Self::Range(from, to) = written
            && from.offset.or(to.offset).is_none()
            && let Some(first) = from.civil(0)
        {
            return Some(Bounds::Once(shown::between(zone, first, to.civil(to.unit)?)?));
        }
        let (first, end) = match written {
            Self::Range(from, to) => (from.start(zone)?, to.end(zone)?),
            Self::From(edge) => (edge.start(zone, now)?, Point::LAST),
            Self::Until(edge) => (Point::FIRST, edge.start(zone, now)?),
            Self::After(moment) => (moment.end(zone)?, Point::LAST),
            Self::UpTo(moment) => (Point::FIRST, moment.end(zone)?),
        };
        if !(first.is_of_day || end.is_of_day) {
            return Some(Bounds::Once(vec![(first.micros, end.micros)]));
        }
        let [first, end] = [first, end].map(|it| it.micros.clamp(0, DAY));
        let is_over_midnight = matches!(written, Self::Range(..)) && end <= first;
        let end = if is_over_midnight { end + DAY } else { end };
        Some(Bounds::EachDay(first, end, Offsets::of(zone)))
    }
}

/// A point in time, in microseconds since the Unix epoch, or since midnight of each day.
#[derive(Clone, Copy)]
pub(super) struct Point {
    pub(super) micros: i64,
    is_of_day: bool,
}

impl Point {
    const FIRST: Self = Self::once(i64::MIN);
    const LAST: Self = Self::once(i64::MAX);

    const fn once(micros: i64) -> Self {
        Self { micros, is_of_day: false }
    }
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

impl Moment {
    /// A text that is a moment and nothing more.
    fn only(text: &str) -> Option<Self> {
        Self::parse(text).filter(|(_, rest)| rest.is_empty()).map(|(moment, _)| moment)
    }

    /// The moment that a text begins with, and the rest.
    fn parse(text: &str) -> Option<(Self, &str)> {
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
    fn dated(self, date: impl FnOnce(Day) -> Option<Date>) -> Option<Self> {
        let Some(day) = self.date else { return Some(self) };
        Some(Self { date: Some(Day::Full(date(day)?)), ..self })
    }

    fn start(self, zone: &TimeZone) -> Option<Point> {
        self.point(zone, 0)
    }

    fn end(self, zone: &TimeZone) -> Option<Point> {
        self.point(zone, self.unit)
    }

    /// The point so many seconds after its beginning, on the clock of the zone.
    fn point(self, zone: &TimeZone, seconds: i64) -> Option<Point> {
        if self.date.is_none() {
            let time = self.time.unwrap_or_default();
            let parts = [(time.hour(), 3600), (time.minute(), 60), (time.second(), 1)];
            let since_midnight: i64 = parts.iter().map(|(it, unit)| i64::from(*it) * unit).sum();
            let micros = (since_midnight + seconds) * 1_000_000;
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
    fn civil(self, seconds: i64) -> Option<DateTime> {
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
