//! Writes and reads the time of a line: RFC 3339, UTC, with microseconds.

use jiff::civil::DateTime;
use jiff::tz::Offset;

use super::{LineError, invalid};
use crate::callback::Timestamp;
use crate::callback::trouble::failure;

/// Appends a time; clamped to what `jiff` supports, whose last year is 9999.
pub(super) fn push_time(out: &mut Vec<u8>, at: Timestamp) {
    let nearest = if at.0 < 0 { jiff::Timestamp::MIN } else { jiff::Timestamp::MAX };
    let stamp = jiff::Timestamp::from_microsecond(at.0).unwrap_or(nearest);
    let time = Offset::UTC.to_datetime(stamp);
    match time.year() < 0 {
        true => out.extend_from_slice(format!("{stamp:.6}").as_bytes()),
        false => push_digits(out, time),
    }
}

/// Appends a time of the years 0 to 9999, in a fraction of the instructions of `jiff`.
fn push_digits(out: &mut Vec<u8>, time: DateTime) {
    let mut text = *b"0000-00-00T00:00:00.000000Z";
    let mut set = |start: usize, length: usize, mut number: u32| {
        for digit in text[start..start + length].iter_mut().rev() {
            *digit = b'0' + (number % 10) as u8;
            number /= 10;
        }
    };
    set(0, 4, time.year().unsigned_abs().into());
    let fields = [
        (5, time.month()),
        (8, time.day()),
        (11, time.hour()),
        (14, time.minute()),
        (17, time.second()),
    ];
    for (start, number) in fields {
        set(start, 2, number.unsigned_abs().into());
    }
    set(20, 6, time.subsec_nanosecond().unsigned_abs() / 1000);
    out.extend_from_slice(&text);
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
        fn any_time_is_as_jiff_writes_it(at in -377_705_023_201_000_000..253_402_207_200_000_000_i64) {
            check(at);
            let mut out = Vec::new();
            push_time(&mut out, Timestamp(at));
            prop_assert_eq!(timestamp(str::from_utf8(&out).unwrap()), Ok(Timestamp(at)));
        }
    }
}
