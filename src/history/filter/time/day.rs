//! Days as they are written: `2026-11-27`, and without a year `11-27`.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::callback::Timestamp;

/// Years in which any day of the calendar exists.
const YEARS: i16 = 9;

/// A day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Day {
    /// With a year.
    Full(Date),
    /// Month and day: the last such day, or the first one after the beginning of a range.
    OfYear(i8, i8),
}

impl Day {
    /// The day that a text begins with, and the rest.
    pub(super) fn parse(text: &str) -> Option<(Self, &str)> {
        let year = number(text, 4..=4).and_then(|(it, rest)| Some((it, rest.strip_prefix('-')?)));
        let (month, rest) = number(year.map_or(text, |(_, rest)| rest), 1..=2)?;
        let (day, rest) = number(rest.strip_prefix('-')?, 1..=2)?;
        let (month, day) = (month.try_into().ok()?, day.try_into().ok()?);
        // A leap year has every day.
        let date = Date::new(year.map_or(2024, |(it, _)| it), month, day).ok()?;
        Some((if year.is_some() { Self::Full(date) } else { Self::OfYear(month, day) }, rest))
    }

    /// The date, if it has a year.
    pub(super) const fn full(self) -> Option<Date> {
        match self {
            Self::Full(date) => Some(date),
            Self::OfYear(..) => None,
        }
    }

    /// The date; without a year the last one that is not after the day of `now`.
    pub(super) fn date(self, zone: &TimeZone, now: Timestamp) -> Option<Date> {
        self.full().or_else(|| {
            let now = jiff::Timestamp::from_microsecond(now.0).ok()?;
            let today = now.to_zoned(zone.clone()).date();
            self.in_years((0..YEARS).map(|it| today.year() - it), |it| it <= today)
        })
    }

    /// The date; without a year the first one that is not before another date.
    pub(super) fn date_from(self, first: Date) -> Option<Date> {
        self.in_years((0..YEARS).map(|it| first.year() + it), |it| first <= it)
    }

    /// The date; without a year that of the first of these years in which it is one that fits.
    fn in_years(
        self,
        years: impl Iterator<Item = i16>,
        fits: impl Fn(Date) -> bool,
    ) -> Option<Date> {
        match self {
            Self::Full(date) => Some(date),
            Self::OfYear(month, day) => {
                years.filter_map(|it| Date::new(it, month, day).ok()).find(|it| fits(*it))
            }
        }
    }

    /// The next day, as it is written; `None` after the last one of a year that is not
    /// written.
    pub(super) fn next(self) -> Option<String> {
        match self {
            Self::Full(date) => date.tomorrow().ok().map(|it| it.to_string()),
            Self::OfYear(month, day) => {
                // Most years have no 29 February.
                let date = Date::new(2023, month, day).or_else(|_| Date::new(2024, month, day));
                let next = date.and_then(Date::tomorrow).ok()?;
                let is_same_year = next.month() >= month;
                is_same_year.then(|| format!("{:02}-{:02}", next.month(), next.day()))
            }
        }
    }

    /// Whether it is before another one, as far as the calendar decides.
    pub(super) fn is_before(self, other: Self) -> bool {
        match (self, other) {
            (Self::Full(it), Self::Full(other)) => it < other,
            (Self::OfYear(month, day), Self::OfYear(other_month, other_day)) => {
                (month, day) < (other_month, other_day)
            }
            _ => false,
        }
    }
}

/// The number that a text begins with, of so many digits, and the rest.
pub(super) fn number(text: &str, digits: std::ops::RangeInclusive<usize>) -> Option<(i16, &str)> {
    let end = text.find(|it: char| !it.is_ascii_digit()).unwrap_or(text.len());
    let number = digits.contains(&end).then(|| text[..end].parse().ok())??;
    Some((number, &text[end..]))
}
