//! Times and their comparison: `at:14:02`, `since:5m`, `sent:2026-11-27T14:02-14:05`.
//!
//! What is written depends on the time zone, and an age on the present. So a time has
//! bounds only after it was placed in a zone, and matches nothing before.

mod backwards;
mod day;
mod destination;
mod edge;
mod moment;
mod offsets;
mod shown;
pub(super) mod spaced;
mod written;

use jiff::tz::TimeZone;

use super::error::Reason;
use crate::callback::{Localized, Timestamp};
use crate::history::row::Row;
use crate::history::span::Span;
pub use destination::Destination;
use edge::Edge;
use offsets::{DAY, Offsets};
use written::Written;

/// A field of a callback that holds a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TimeField {
    /// The arrival.
    At,
    /// The arrival, from a time on.
    Since,
    /// The arrival, up to a time.
    Before,
    /// `MsgTime`.
    Sent,
}

/// A condition on a time.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Period {
    pub(super) field: TimeField,
    /// Operator and value as written.
    pub(super) text: String,
    written: Written,
    bounds: Option<Bounds>,
}

/// From the first microsecond to the last, which is excluded.
#[derive(Debug, Clone, PartialEq)]
enum Bounds {
    /// Since the Unix epoch: one of these.
    Once(Vec<(i64, i64)>),
    /// Since midnight, of each day; the last can be one of the next day.
    EachDay(i64, i64, Offsets),
}

const MOMENTS: Localized = Localized::new(
    "a time, such as 14:02, 14:02:11-14:05, 2026-11-27T14:02 or 11-27",
    "时间，例如 14:02、14:02:11-14:05、2026-11-27T14:02 或 11-27",
);
const MOMENT_OR_AGE: Localized = Localized::new(
    "a time or an age, such as 14:02, 2026-11-27T14:02 or 5m",
    "时间或时长，例如 14:02、2026-11-27T14:02 或 5m",
);

impl Period {
    /// Parses what follows the name of a field. Spaces can be in it.
    pub(super) fn parse(field: TimeField, operator: &str, value: &str) -> Result<Self, Reason> {
        let value = &*spaced::joined(value);
        let (written, expected) = match (field, operator) {
            (TimeField::Since, _) => (Edge::parse(value).map(Written::From), MOMENT_OR_AGE),
            (TimeField::Before, _) => (Edge::parse(value).map(Written::Until), MOMENT_OR_AGE),
            (_, ":" | "=") => (Written::range(value), MOMENTS),
            _ => (Written::compared(operator, value), MOMENTS),
        };
        let wrong = || Reason::WrongValue { value: value.to_owned(), expected };
        let written = written.ok_or_else(wrong)?;
        if written.is_backwards() {
            let instead = backwards::instead(value).unwrap_or_default();
            return Err(Reason::Backwards(value.to_owned(), instead));
        }
        Ok(Self { field, text: format!("{operator}{value}"), written, bounds: None })
    }

    /// Whether it ends on the day after the one on which it begins, on each day.
    pub(super) fn is_over_midnight(&self) -> bool {
        self.written.is_over_midnight()
    }

    /// Gives it its bounds in a time zone, counted from `now` for an age.
    pub(super) fn place(&mut self, zone: &TimeZone, now: Timestamp) {
        self.bounds = self.written.bounds(zone, now);
    }

    /// Whether no callback matches that was received in this time; false if that is not
    /// known.
    pub(super) fn excludes(&self, span: Span) -> bool {
        let meets = |it: &Bounds| it.meet(span.first.0, span.last.0);
        self.field != TimeField::Sent && !self.bounds.as_ref().is_some_and(meets)
    }

    /// Whether a callback matches; never without the time.
    pub(super) fn matches(&self, row: &Row<'_>) -> bool {
        let time = match self.field {
            TimeField::Sent => row.msg_time.map(|it| it.saturating_mul(1_000_000)),
            TimeField::At | TimeField::Since | TimeField::Before => Some(row.at.0),
        };
        self.bounds.as_ref().zip(time).is_some_and(|(bounds, time)| bounds.meet(time, time))
    }
}

impl Bounds {
    /// Whether a time within them can be one from `first` to `last`, which is included; if
    /// these are one time, whether they contain it.
    fn meet(&self, first: i64, last: i64) -> bool {
        let meets = |(start, end): (i64, i64), first, last| first < end && start <= last;
        match self {
            Self::Once(parts) => parts.iter().any(|it| meets(*it, first, last)),
            Self::EachDay(start, end, offsets) => {
                let length = last.saturating_sub(first);
                if DAY <= length || !offsets.is_one(first, last) {
                    return true;
                }
                let first = offsets.time_of_day(first);
                let days = [-DAY, 0, DAY].into_iter();
                days.map(|it| (start + it, end + it)).any(|it| meets(it, first, first + length))
            }
        }
    }
}
