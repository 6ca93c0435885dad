//! Reads single JSON values of a body: names, whole numbers, times. What is a number
//! on the wire is decided here alone.

mod number;

use std::borrow::Cow;

use super::json::{Json, JsonKind};
pub use number::Decimal;
use number::Number;

/// From this number on a time is in milliseconds: in seconds it would be the
/// year 5138.
const MILLIS: i64 = 100_000_000_000;

/// The value of the last field with this name.
pub(super) fn get<'a>(fields: &[(Cow<'a, str>, Json<'a>)], name: &str) -> Option<Json<'a>> {
    // Names of the same length mostly differ in their last byte. Comparing that first saves
    // most calls of `memcmp`.
    let is_name = |it: &str| it.as_bytes().last() == name.as_bytes().last() && it == name;
    fields.iter().rev().find(|(it, _)| is_name(it)).map(|(_, value)| *value)
}

/// A non-empty string, decoded, or a number: as written, or in digits where it is
/// whole and written as a float. `None` for anything else.
pub fn string_or_number(value: Json<'_>) -> Option<Cow<'_, str>> {
    match value.kind() {
        JsonKind::String => value.as_str().filter(|it| !it.is_empty()),
        JsonKind::Number => Some(match has_digits_only(value.raw()) {
            true => Cow::Borrowed(value.raw()),
            false => in_digits(value.raw()),
        }),
        _ => None,
    }
}

#[cold]
fn in_digits(raw: &str) -> Cow<'_, str> {
    match number::read(raw) {
        Some(Number::Whole(value)) => Cow::Owned(value.to_string()),
        _ => Cow::Borrowed(raw),
    }
}

/// A whole number by its value, however it is written: `80001`, `80001.0`, `8.0001E4`,
/// or one of these as a string. Exact; `None` outside of `i64`.
pub fn integer(value: Json<'_>) -> Option<i64> {
    match value.kind() {
        JsonKind::Number => value.raw().parse().ok().or_else(|| read_as(value.raw())),
        JsonKind::String => {
            let text = value.as_str()?;
            text.parse().ok().or_else(|| read_as(&text))
        }
        _ => None,
    }
}

/// As [`integer`], for numbers without a sign.
pub(super) fn unsigned(value: Json<'_>) -> Option<u64> {
    integer(value).and_then(|it| it.try_into().ok()).or_else(|| match value.kind() {
        JsonKind::Number => read_as(value.raw()),
        JsonKind::String => read_as(&value.as_str()?),
        _ => None,
    })
}

/// As [`integer`], for the code of a result: what does not fit is the nearest number
/// that does, so that it is still a failure.
pub fn code(value: Json<'_>) -> Option<i64> {
    integer(value).or_else(|| {
        let text = match value.kind() {
            JsonKind::Number => Cow::Borrowed(value.raw()),
            _ => value.as_str()?,
        };
        match number::read(&text)? {
            Number::Whole(value) if value < 0 => Some(i64::MIN),
            Number::Whole(_) | Number::Huge { is_negative: false } => Some(i64::MAX),
            Number::Huge { is_negative: true } => Some(i64::MIN),
            Number::Fraction => None,
        }
    })
}

#[cold]
fn read_as<T: TryFrom<i128>>(text: &str) -> Option<T> {
    match number::read(text)? {
        Number::Whole(value) => value.try_into().ok(),
        Number::Fraction | Number::Huge { .. } => None,
    }
}

/// The value of a number that need not be whole, rounded to a float.
pub(super) fn decimal(value: Json<'_>) -> Option<f64> {
    (value.kind() == JsonKind::Number).then(|| value.raw().parse().ok())?
}

/// How a number that should be whole is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Notation {
    /// In digits, as Tencent does, or not as a number at all.
    Digits,
    /// Whole, but with a point or an exponent.
    Float,
    /// With a fraction, or too large for 64 bits.
    NotWhole,
}

/// How a number, or a string of one, is written.
pub(super) fn notation(value: Json<'_>) -> Notation {
    /// As `1.5` and `1e3`.
    const SHORTEST_FLOAT: usize = 3;
    /// More digits may be more than 64 bits hold.
    const SHORT: usize = 18;
    let raw = value.raw();
    let is_usual = raw.len() < SHORTEST_FLOAT || raw.len() <= SHORT && has_digits_only(raw);
    match value.kind() {
        JsonKind::Number | JsonKind::String if !is_usual => {
            let text = value.as_str().unwrap_or(Cow::Borrowed(raw));
            let range = i128::from(i64::MIN)..=i128::from(u64::MAX);
            match number::read(&text) {
                Some(Number::Whole(it)) if !range.contains(&it) => Notation::NotWhole,
                Some(Number::Whole(_)) if has_digits_only(&text) => Notation::Digits,
                Some(Number::Whole(_)) => Notation::Float,
                Some(Number::Fraction | Number::Huge { .. }) => Notation::NotWhole,
                None => Notation::Digits,
            }
        }
        _ => Notation::Digits,
    }
}

/// Whether a number is written without point and exponent. On the path of each
/// callback, for each of its numbers: so eight bytes at once.
fn has_digits_only(text: &str) -> bool {
    const LOW: u64 = u64::MAX / 255;
    const HIGH: u64 = LOW << 7;
    let (words, rest) = text.as_bytes().as_chunks::<8>();
    let is_of_digits = |it: &[u8; 8]| {
        let word = u64::from_le_bytes(*it);
        // The high bits of the bytes above `9`, and of those that are points.
        let above = word | word.wrapping_add(LOW * u64::from(0x7f - b'9'));
        let unlike_point = word ^ (LOW * u64::from(b'.'));
        let points = unlike_point.wrapping_sub(LOW) & !unlike_point;
        (above | points) & HIGH == 0
    };
    words.iter().all(is_of_digits) && rest.iter().all(|it| *it <= b'9' && *it != b'.')
}

/// How many digits a whole number has, by value, also in a string. `None` if it is not
/// whole, does not fit into `i64`, or has an exponent with which no program writes a whole
/// number: below 0 or above 99.
pub(super) fn whole_digits(value: Json<'_>) -> Option<u32> {
    let text = value.as_str().unwrap_or(Cow::Borrowed(value.raw()));
    let exponent = text.trim_end().split_once(['e', 'E']).map_or("", |(_, it)| it);
    let exponent = exponent.strip_prefix('+').unwrap_or(exponent);
    let is_usual = exponent.len() <= 2 && exponent.bytes().all(|it| it.is_ascii_digit());
    integer(value).filter(|_| is_usual).map(digits_of)
}

/// How many digits a number has.
pub(super) const fn digits_of(number: i64) -> u32 {
    match number.unsigned_abs().checked_ilog10() {
        Some(it) => it + 1,
        None => 1,
    }
}

/// Seconds of a time in seconds or in milliseconds.
pub(super) const fn seconds(time: i64) -> i64 {
    if is_milliseconds(time) { time / 1000 } else { time }
}

/// Whether a time is in milliseconds and not in seconds.
pub(super) const fn is_milliseconds(time: i64) -> bool {
    MILLIS <= time
}

/// Whether seconds since the Unix epoch are a plausible time: not negative, and
/// before the year 5138.
pub(super) fn is_time(seconds: i64) -> bool {
    (0..MILLIS).contains(&seconds)
}

#[cfg(test)]
mod tests {
    use super::super::json::read;
    use super::*;

    #[track_caller]
    fn check(body: &str, integer_is: Option<i64>, code_is: Option<i64>, text: Option<&str>) {
        let value = read(body.as_bytes()).unwrap();
        assert_eq!(integer(value), integer_is, "{body}");
        assert_eq!(code(value), code_is, "{body}");
        assert_eq!(string_or_number(value).as_deref(), text, "{body}");
    }

    #[test]
    fn a_whole_number_is_read_by_its_value() {
        for body in ["80001", "80001.0", "8.0001e4", "800010.00E-1", "0.0080001e+7"] {
            check(body, Some(80001), Some(80001), Some("80001"));
        }
        for text in ["80001", " 80001\t", "+80001", "0080001", "80001.00", "8.0001E4"] {
            check(&format!("{text:?}"), Some(80001), Some(80001), Some(text));
        }
        check("-1.0", Some(-1), Some(-1), Some("-1"));
        check("-0.0", Some(0), Some(0), Some("0"));
        check("0e999999999999999999999", Some(0), Some(0), Some("0"));
    }

    #[test]
    fn no_digit_of_a_large_number_is_lost() {
        check(
            "9.223372036854775807E18",
            Some(i64::MAX),
            Some(i64::MAX),
            Some("9223372036854775807"),
        );
        check(
            "9007199254740993.0",
            Some(9_007_199_254_740_993),
            Some(9_007_199_254_740_993),
            Some("9007199254740993"),
        );
        check(
            "1.44115233775727695E17",
            Some(144_115_233_775_727_695),
            Some(144_115_233_775_727_695),
            Some("144115233775727695"),
        );
        let value = read(b"18446744073709551615.0").unwrap();
        assert_eq!(unsigned(value), Some(u64::MAX));
    }

    #[test]
    fn a_code_that_does_not_fit_is_still_a_failure() {
        check("9223372036854775808", None, Some(i64::MAX), Some("9223372036854775808"));
        check("-1e30", None, Some(i64::MIN), Some("-1000000000000000000000000000000"));
        check("1e400", None, Some(i64::MAX), Some("1e400"));
    }

    #[test]
    fn what_is_not_whole_is_no_integer() {
        check("80001.5", None, None, Some("80001.5"));
        check("1e-1", None, None, Some("1e-1"));
        for text in ["", "0x10", "1_000", "1e", "1.", ".5", "１", "NaN", "1 2", "--1"] {
            let text_is = Some(text).filter(|it| !it.is_empty());
            check(&format!("{text:?}"), None, None, text_is);
        }
        for body in ["null", "true", "[1]", "{}"] {
            check(body, None, None, None);
        }
    }

    #[test]
    fn digits_are_told_from_points_and_exponents_at_each_place() {
        for length in 1..20 {
            let digits = "-123456789098765432"[..length.min(19)].to_owned();
            assert!(has_digits_only(&digits), "{digits}");
            for (at, other) in
                (0..digits.len()).flat_map(|at| [".", "e", "E", ":", "x"].map(|it| (at, it)))
            {
                let text = format!("{}{other}{}", &digits[..at], &digits[at + 1..]);
                assert!(!has_digits_only(&text), "{text}");
            }
        }
        assert!(!has_digits_only("1234567\u{e9}"));
    }

    #[test]
    fn the_notation_of_a_number_is_told_apart() {
        let of = |body: &str| notation(read(body.as_bytes()).unwrap());
        for body in [
            "0",
            "-17",
            "18446744073709551615",
            r#""17""#,
            r#"" 017 ""#,
            r#""DisableInvite""#,
            "null",
            "{}",
        ] {
            assert_eq!(of(body), Notation::Digits, "{body}");
        }
        for body in ["1.0", "1e3", "-0.0", r#""1.5E3""#] {
            assert_eq!(of(body), Notation::Float, "{body}");
        }
        for body in ["1.5", "1e-3", "1e99", r#""0.1""#, "18446744073709551616"] {
            assert_eq!(of(body), Notation::NotWhole, "{body}");
        }
    }
}
