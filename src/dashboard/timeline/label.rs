//! Times of the timeline as texts.

use std::ops::Range;

use jiff::Zoned;
use jiff::tz::{AmbiguousOffset, TimeZone};

use super::scale::DAY;
use crate::callback::Lang;
use crate::callback::lang::localize;

/// Units of widths in seconds, with their names.
const UNITS: [(i64, &str, &str); 4] =
    [(DAY, "d", "天"), (3_600, "h", "小时"), (60, "min", "分钟"), (1, "s", "秒")];

/// A width with its unit: `5 min`.
pub(in crate::dashboard) fn width_text(lang: Lang, seconds: i64) -> String {
    let unit = UNITS.iter().find(|it| seconds % it.0 == 0);
    let (size, en, zh) = unit.copied().unwrap_or(UNITS[3]);
    let count = seconds / size;
    localize!(lang, "{count} {en}", "{count} {zh}")
}

/// The seconds of a range: `14:02:10–14:02:15`, `11-27 14:00–15:00`, `2026-11-27`.
/// Between full minutes seconds are left out, and of times of one day the date if it is
/// not wanted.
pub(in crate::dashboard) fn range_text(
    range: &Range<i64>,
    zone: &TimeZone,
    with_date: bool,
) -> String {
    let [Some(from), Some(to)] = [range.start, range.end].map(|it| zoned(zone, it)) else {
        return "–".to_owned();
    };
    let is_midnight = |it: &Zoned| it.time() == jiff::civil::Time::midnight();
    if is_midnight(&from) && is_midnight(&to) && from.date() < to.date() {
        let last = to.yesterday().unwrap_or(to);
        let [from, last] = [from, last].map(|it| it.strftime("%Y-%m-%d").to_string());
        return if from == last { from } else { format!("{from}–{last}") };
    }
    let form = if range.start % 60 == 0 && range.end % 60 == 0 { "%H:%M" } else { "%H:%M:%S" };
    let has_two_dates = from.date() != to.date() && !is_midnight(&to);
    let date = |it: &Zoned, is_wanted: bool| match is_wanted || has_two_dates {
        true => it.strftime("%m-%d ").to_string(),
        false => String::new(),
    };
    let dates = (date(&from, with_date), date(&to, false));
    let is_shown_twice = is_shown_twice(&from) || is_shown_twice(&to);
    let offset = |it: &Zoned, is_shown: bool| match is_shown {
        true => it.strftime(" %:z").to_string(),
        false => String::new(),
    };
    let offsets = (
        offset(&from, is_shown_twice && from.offset() != to.offset()),
        offset(&to, is_shown_twice),
    );
    let (from, to) = (from.strftime(form), to.strftime(form));
    format!("{}{from}{}–{}{to}{}", dates.0, offsets.0, dates.1, offsets.1)
}

/// Whether the clock shows this time twice: it is set back.
pub(in crate::dashboard) fn is_shown_twice(it: &Zoned) -> bool {
    let offset = it.time_zone().to_ambiguous_timestamp(it.datetime()).offset();
    matches!(offset, AmbiguousOffset::Fold { .. })
}

/// The term of a filter that matches what was received in a range of seconds. It has the
/// last second, which belongs to the range, and is in UTC where a clock shows an end twice.
pub(in crate::dashboard) fn at_term(range: &Range<i64>, zone: &TimeZone) -> Option<String> {
    let ends = |zone| Some([zoned(zone, range.start)?, zoned(zone, range.end.saturating_sub(1))?]);
    let shown = ends(zone)?;
    let ([from, to], utc) = match shown.iter().any(is_shown_twice) {
        true => (ends(&TimeZone::UTC)?, "Z"),
        false => (shown, ""),
    };
    let form = if from.date() == to.date() { "%H:%M:%S" } else { "%Y-%m-%dT%H:%M:%S" };
    Some(format!("at:{}{utc}-{}{utc}", from.strftime("%Y-%m-%dT%H:%M:%S"), to.strftime(form)))
}

/// A second in a time zone; `None` beyond the years that have a date.
pub(in crate::dashboard) fn zoned(zone: &TimeZone, second: i64) -> Option<Zoned> {
    Some(jiff::Timestamp::from_second(second).ok()?.to_zoned(zone.clone()))
}
