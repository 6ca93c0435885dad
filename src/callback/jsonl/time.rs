//! Writes and reads the time of a line: RFC 3339, UTC, with microseconds.

use super::{LineError, invalid};
use crate::callback::Timestamp;
use crate::callback::trouble::failure;

/// Appends a time; clamped to what `jiff` supports, whose last year is 9999.
pub(super) fn push_time(out: &mut Vec<u8>, at: Timestamp) {
    let (first, last) = (jiff::Timestamp::MIN, jiff::Timestamp::MAX);
    match at.0.min(last.as_microsecond()).try_into() {
        Ok(micros) => push_digits(out, micros),
        Err(_) => {
            let stamp = jiff::Timestamp::from_microsecond(at.0).unwrap_or(first);
            out.extend_from_slice(format!("{stamp:.6}").as_bytes());
        }
    }
}

/// Appends microseconds since the Unix epoch, before the year 10000, in a tenth of the
/// instructions of `jiff`.
fn push_digits(out: &mut Vec<u8>, micros: u64) {
    let (secs, micros) = (micros / 1_000_000, micros % 1_000_000);
    let (year, month, day) = date(secs / 86_400);
    let second = secs % 86_400;
    let (hour, minute) = (second / 3600, second / 60 % 60);
    let mut text = *b"0000-00-00T00:00:00.000000Z";
    let mut set = |start: usize, length: usize, mut number: u64| {
        for digit in text[start..start + length].iter_mut().rev() {
            *digit = b'0' + (number % 10) as u8;
            number /= 10;
        }
    };
    let fields = [
        (0, 4, year),
        (5, 2, month),
        (8, 2, day),
        (11, 2, hour),
        (14, 2, minute),
        (17, 2, second % 60),
    ];
    for (start, length, number) in fields {
        set(start, length, number);
    }
    set(20, 6, micros);
    out.extend_from_slice(&text);
}

/// Year, month and day of a day since the Unix epoch. Years are counted from March, so
/// that a leap day is the last of its year.
fn date(day: u64) -> (u64, u64, u64) {
    const DAYS_OF_400_YEARS: u64 = 146_097;
    // From 0000-03-01 on.
    let day = day + 719_468;
    let (era, day) = (day / DAYS_OF_400_YEARS, day % DAYS_OF_400_YEARS);
    let year = (day - day / 1460 + day / 36_524 - day / (DAYS_OF_400_YEARS - 1)) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    // Five months from March or August on have 153 days.
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let (is_next, month) = (month >= 10, (month + 2) % 12 + 1);
    (400 * era + year + u64::from(is_next), month, day)
}

pub(super) fn timestamp(text: &str) -> Result<Timestamp, LineError> {
    let stamp: jiff::Timestamp =
        text.parse().map_err(|_| invalid(failure::line_no_time("at", format_args!("{text:?}"))))?;
    Ok(Timestamp(stamp.as_microsecond()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(at: i64) {
        let mut out = Vec::new();
        push_time(&mut out, Timestamp(at));
        let expected = format!("{:.6}", jiff::Timestamp::from_microsecond(at).unwrap());
        assert_eq!(String::from_utf8(out).unwrap(), expected, "{at}");
    }

    #[test]
    fn each_day_and_the_limits_are_as_jiff_writes_them() {
        // To the year 2519: all kinds of centuries.
        for day in 0..200_700 {
            check(day * 86_400_000_000 + 1);
        }
        let (first, last) = (jiff::Timestamp::MIN, jiff::Timestamp::MAX);
        for at in [first.as_microsecond(), -1, 0, last.as_second() * 1_000_000] {
            check(at);
        }
    }

    #[test]
    fn a_time_beyond_the_limits_is_clamped() {
        for at in [i64::MIN, i64::MAX] {
            let mut out = Vec::new();
            push_time(&mut out, Timestamp(at));
            assert!(timestamp(str::from_utf8(&out).unwrap()).is_ok(), "{at}");
        }
    }

    proptest! {
        #[test]
        fn any_time_is_as_jiff_writes_it(at in -1_000_000_000_000_000..253_402_207_200_000_000_i64) {
            check(at);
            let mut out = Vec::new();
            push_time(&mut out, Timestamp(at));
            prop_assert_eq!(timestamp(str::from_utf8(&out).unwrap()), Ok(Timestamp(at)));
        }
    }
}
