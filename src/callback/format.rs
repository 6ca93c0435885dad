//! Numbers as people read them: bytes, durations, times of day, large counts.

use std::time::Duration;

use jiff::tz::TimeZone;

use super::timestamp::Timestamp;

/// Bytes with two or three digits: `412 kB`, `1.8 MB`.
pub fn bytes(count: u64) -> String {
    if count < 1000 {
        return format!("{count} B");
    }
    let count = u128::from(count);
    let units = [("kB", 1_000, 100), ("MB", 1_000_000, 1000), ("GB", 1_000_000_000, 1000)];
    for (name, unit, decimals_below) in units {
        let tenths = (count * 10 + unit / 2) / unit;
        let rounded = (count + unit / 2) / unit;
        match tenths {
            it if it < decimals_below => return format!("{}.{} {name}", it / 10, it % 10),
            _ if rounded < 1000 => return format!("{rounded} {name}"),
            _ => {}
        }
    }
    format!("{} TB", count / 1_000_000_000_000)
}

/// A duration with two or three digits: `85 µs`, `1.1 ms`, `2.4 s`.
pub fn duration(duration: Duration) -> String {
    let (micros, seconds) = (duration.as_micros(), duration.as_secs_f64());
    match micros {
        0..1_000 => format!("{micros} µs"),
        1_000..10_000 => format!("{:.1} ms", seconds * 1e3),
        10_000..1_000_000 => format!("{:.0} ms", seconds * 1e3),
        _ => format!("{seconds:.1} s"),
    }
}

/// The time of day in a time zone: `06:02:11`; a dash for a time out of range.
pub fn time_of_day(at: Timestamp, zone: &TimeZone) -> String {
    let Ok(stamp) = jiff::Timestamp::from_microsecond(at.0) else { return "–".to_owned() };
    let time = stamp.to_zoned(zone.clone()).time();
    format!("{:02}:{:02}:{:02}", time.hour(), time.minute(), time.second())
}

/// As [`time_of_day`], with the date if it is not the day of `now`: `2026-12-31 00:00:00`.
pub fn time_seen_on(now: Timestamp, at: Timestamp, zone: &TimeZone) -> String {
    let date = |it: Timestamp| {
        let stamp = jiff::Timestamp::from_microsecond(it.0).ok()?;
        Some(stamp.to_zoned(zone.clone()).date())
    };
    let time = time_of_day(at, zone);
    match (date(at), date(now)) {
        (Some(day), today) if Some(day) != today => format!("{day} {time}"),
        _ => time,
    }
}

/// A length of time in minutes, or hours: `00:05`, `1:02:03`.
pub(super) fn clock_time(seconds: u64) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match hours {
        0 => format!("{minutes:02}:{seconds:02}"),
        _ => format!("{hours}:{minutes:02}:{seconds:02}"),
    }
}

/// A number in groups of three digits: `12 408`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(' ');
        }
        out.push(digit);
    }
    out
}

/// A part of a total in percent, rounded to the nearest: `33%`, and `<1%` for a part that
/// would be none. Equal parts have equal texts, so that a column need not add up to 100.
pub fn percent(part: u64, total: u64) -> String {
    let (part, total) = (u128::from(part), u128::from(total.max(1)));
    match (part * 200 + total) / (total * 2) {
        0 if 0 < part => "<1%".to_owned(),
        percent => format!("{percent}%"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_have_two_or_three_digits() {
        let counts = [0, 999, 1000, 9_949, 9_951, 411_600, 999_499, 999_500, 1_773_552, 12_400_000];
        let expected = [
            "0 B", "999 B", "1.0 kB", "9.9 kB", "10 kB", "412 kB", "999 kB", "1.0 MB", "1.8 MB",
            "12.4 MB",
        ];
        assert_eq!(counts.map(bytes), expected);
        assert_eq!(bytes(u64::MAX), "18446744 TB");
    }

    #[test]
    fn durations_have_their_unit() {
        let micros = [85, 1_130, 45_000, 2_400_000];
        let texts = micros.map(|it| duration(Duration::from_micros(it)));
        assert_eq!(texts, ["85 µs", "1.1 ms", "45 ms", "2.4 s"]);
    }

    #[test]
    fn large_numbers_are_grouped() {
        assert_eq!([7, 12_408, 1_000_000].map(grouped), ["7", "12 408", "1 000 000"]);
    }

    #[test]
    fn a_time_of_another_day_has_its_date() {
        let zone = TimeZone::fixed(jiff::tz::offset(8));
        let now = Timestamp::from_secs(1_795_327_331);
        let seen = |secs| time_seen_on(now, Timestamp::from_secs(secs), &zone);
        assert_eq!(seen(1_795_327_331), "14:02:11");
        assert_eq!(seen(1_798_646_400), "2026-12-31 00:00:00");
        assert_eq!(seen(i64::MAX / 1_000_000), "–");
    }

    #[test]
    fn a_share_is_rounded_to_the_nearest_percent_and_never_to_none() {
        let sevenths = [1, 2, 4, 7].map(|it| percent(it, 7));
        assert_eq!(sevenths, ["14%", "29%", "57%", "100%"]);
        assert_eq!([0, 1, 4, 5, 15].map(|it| percent(it, 1000)), ["0%", "<1%", "<1%", "1%", "2%"]);
        assert_eq!((percent(0, 0), percent(u64::MAX, u64::MAX)), ("0%".into(), "100%".into()));
    }

    #[test]
    fn a_time_of_day_is_that_of_the_zone() {
        let zone = TimeZone::fixed(jiff::tz::offset(8));
        assert_eq!(time_of_day(Timestamp::from_secs(1_795_327_331), &zone), "14:02:11");
        assert_eq!(time_of_day(Timestamp(i64::MAX), &TimeZone::UTC), "–");
    }
}
