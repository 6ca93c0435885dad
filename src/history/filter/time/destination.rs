//! A point in time to go to: `14:02`, `2026-11-27T14:02:11`, `-5m`.

use jiff::tz::TimeZone;

use super::MOMENT_OR_AGE;
use super::edge::Edge;
use super::spaced;
use crate::callback::Timestamp;
use crate::history::filter::error::{ParseError, Reason};

/// A point in time to go to, as it is written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Destination(Edge);

impl Destination {
    /// Parses a time or an age.
    ///
    /// # Errors
    /// The text is neither.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let written = text.trim();
        let edge = Edge::parse(&spaced::joined(written.strip_prefix('-').unwrap_or(written)));
        let reason = Reason::WrongValue { value: written.to_owned(), expected: MOMENT_OR_AGE };
        edge.map(Self).ok_or(ParseError { at: 0..text.len(), reason })
    }

    /// The point in time: without a date on the day of `day` in the time zone, an age
    /// before `now`. `None` if no calendar has it.
    pub fn timestamp(self, zone: &TimeZone, now: Timestamp, day: Timestamp) -> Option<Timestamp> {
        let day = jiff::Timestamp::from_microsecond(day.0).ok()?.to_zoned(zone.clone()).date();
        self.0.dated(zone, now)?.on(day).start(zone, now).map(|it| Timestamp(it.micros))
    }
}

#[cfg(test)]
mod tests {
    use jiff::tz::offset;

    use super::*;
    use crate::callback::Lang;

    #[test]
    fn a_time_without_a_date_is_on_the_given_day() {
        let zone = TimeZone::fixed(offset(8));
        // 2026-11-28 10:00 and 2026-11-27 23:00 in the zone.
        let [now, day] = [1_795_831_200, 1_795_791_600].map(Timestamp::from_secs);
        let at =
            |text| Destination::parse(text).unwrap().timestamp(&zone, now, day).unwrap().secs();
        assert_eq!(at("23:00:05"), day.secs() + 5);
        assert_eq!(at(" 2026-11-28T10:00 "), now.secs());
        assert_eq!(at("2026-11-28"), now.secs() - 36_000);
        assert_eq!([at("11-28 10:00"), at("2026-11-28  10:00")], [now.secs(); 2]);
        assert_eq!([at("-5m"), at("5m")], [now.secs() - 300; 2]);
        for text in ["", "noon", "14:02-14:05", "--5m", "1"] {
            let error = Destination::parse(text).unwrap_err();
            assert!(error.message(Lang::En).contains("is not a time or an age"), "{text}");
        }
    }
}
