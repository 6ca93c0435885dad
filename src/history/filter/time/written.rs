//! Times as they are written.

use jiff::tz::TimeZone;

use super::Bounds;
use super::day::Day;
use super::edge::Edge;
use super::moment::{Moment, Point};
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

impl Written {
    /// A moment, or two with `-` between them; the second one has date and offset of the
    /// first. One of the two can be missing.
    pub(super) fn range(text: &str) -> Option<Self> {
        if let Some(to) = text.strip_prefix('-') {
            return Moment::only(to).map(Self::UpTo);
        }
        let (from, rest) = Moment::parse(text)?;
        match rest {
            "" => return Some(Self::Range(from, from)),
            "-" => return Some(Self::From(Edge::Moment(from))),
            _ => {}
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

    /// Whether its end is before its beginning. Without a date it ends on the next day then,
    /// but must not be all of the day.
    pub(super) fn is_backwards(&self) -> bool {
        let Self::Range(from, to) = self else { return false };
        let Some((first, last)) = from.date.zip(to.date) else {
            return self.is_over_midnight() && from.second_of_day() == to.second_of_day() + to.unit;
        };
        last.is_before(first) || first == last && ends_before(*from, *to)
    }

    /// Whether it has no date, and its end is before its beginning.
    pub(super) fn is_over_midnight(&self) -> bool {
        let Self::Range(from, to) = self else { return false };
        from.date.is_none() && to.date.is_none() && ends_before(*from, *to)
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
        let end = if written.is_over_midnight() { end + DAY } else { end };
        Some(Bounds::EachDay(first, end, Offsets::of(zone)))
    }
}

/// Whether the unit of `to` has ended, on the clock of one day, when `from` begins.
fn ends_before(from: Moment, to: Moment) -> bool {
    to.second_of_day() + to.unit <= from.second_of_day()
}
