//! Reads numbers as text without rounding.

use std::borrow::Cow;
use std::cmp::Ordering;

use crate::callback::json::{Json, JsonKind};

/// A number in any notation, to be compared exactly with those of bodies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decimal(String);

impl Decimal {
    /// A number as a body may write it; `None` if the text is none.
    pub fn parse(text: &str) -> Option<Self> {
        Parts::of(text).map(|_| Self(text.to_owned()))
    }

    /// How the value, a number or a string of one, compares with this one; `None` if it is
    /// neither.
    pub fn order_of(&self, value: Json<'_>) -> Option<Ordering> {
        let text = match value.kind() {
            JsonKind::Number => Cow::Borrowed(value.raw()),
            JsonKind::String => value.as_str()?,
            _ => return None,
        };
        Some(Parts::of(&text)?.compare(Parts::of(&self.0)?))
    }
}

/// The value of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Number {
    /// A whole number.
    Whole(i128),
    /// A whole number outside of `i128`.
    Huge { is_negative: bool },
    /// A number with a fraction.
    Fraction,
}

/// The text as a number in the notation of JSON. As in strings of other programs, zeros
/// and a plus sign in front and white space around it count for nothing.
pub(super) fn read(text: &str) -> Option<Number> {
    Parts::of(text).map(Parts::value)
}

/// The parts of a number: `integral` followed by `fraction`, with the point `exponent`
/// digits further on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Parts<'a> {
    is_negative: bool,
    integral: &'a str,
    fraction: &'a str,
    exponent: i64,
}

impl<'a> Parts<'a> {
    /// The parts of a text, as [`read`] reads it; `None` if it is no number.
    pub(super) fn of(text: &'a str) -> Option<Self> {
        let text = text.trim();
        let (is_negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, read_exponent(exponent)?),
            None => (text, 0),
        };
        let (integral, fraction) = match mantissa.split_once('.') {
            Some((integral, fraction)) => (digits(integral)?, digits(fraction)?),
            None => (digits(mantissa)?, ""),
        };
        Some(Self { is_negative, integral, fraction, exponent })
    }

    /// The order of two numbers by their values; exponents are exact up to [`LIMIT`].
    pub(super) fn compare(self, other: Self) -> Ordering {
        match (self.sign(), other.sign()) {
            (1, 1) => self.compare_magnitude(other),
            (-1, -1) => other.compare_magnitude(self),
            (a, b) => a.cmp(&b),
        }
    }

    /// As [`Self::compare`], without the signs, of numbers that are not 0.
    fn compare_magnitude(self, other: Self) -> Ordering {
        self.digits_before_point().cmp(&other.digits_before_point()).then_with(|| {
            let [mut a, mut b] = [self, other].map(Self::significant);
            loop {
                match (a.next(), b.next()) {
                    (None, None) => return Ordering::Equal,
                    (a, b) => match a.unwrap_or(b'0').cmp(&b.unwrap_or(b'0')) {
                        Ordering::Equal => {}
                        unequal => return unequal,
                    },
                }
            }
        })
    }

    /// How many digits from the first that is not 0 are before the point; negative if it
    /// is behind.
    fn digits_before_point(self) -> i64 {
        let first = self.first().unwrap_or_default();
        self.exponent + count(self.integral.len()) - count(first)
    }

    /// The digits from the first that is not 0.
    fn significant(self) -> impl Iterator<Item = u8> {
        self.digits().skip_while(|it| *it == b'0')
    }

    fn sign(self) -> i8 {
        match (self.first(), self.is_negative) {
            (None, _) => 0,
            (Some(_), true) => -1,
            (Some(_), false) => 1,
        }
    }

    fn digits(self) -> impl Iterator<Item = u8> {
        self.integral.bytes().chain(self.fraction.bytes())
    }

    /// Where the first digit is that is not 0.
    fn first(self) -> Option<usize> {
        self.digits().position(|it| it != b'0')
    }

    /// The value.
    fn value(self) -> Number {
        let is_negative = self.is_negative;
        let all = self.digits().enumerate();
        let Some((last, _)) = all.filter(|(_, digit)| *digit != b'0').last() else {
            return Number::Whole(0);
        };
        // Digits before the point, counted from the start of `integral`.
        let before = count(self.integral.len()) + self.exponent;
        if before <= count(last) {
            return Number::Fraction;
        }
        let mut value = 0_i128;
        let mut add = |digit: u8| {
            value = value.checked_mul(10)?.checked_sub(i128::from(digit))?;
            Some(())
        };
        let zeros = before - count(last) - 1;
        let fits = self.digits().take(last + 1).try_for_each(|it| add(it - b'0')).is_some()
            && zeros < 40
            && (0..zeros).try_for_each(|_| add(0)).is_some();
        match (fits, is_negative) {
            (true, true) => Number::Whole(value),
            (true, false) => {
                value.checked_neg().map_or(Number::Huge { is_negative }, Number::Whole)
            }
            (false, _) => Number::Huge { is_negative },
        }
    }
}

/// One or more digits.
fn digits(text: &str) -> Option<&str> {
    (!text.is_empty() && text.bytes().all(|it| it.is_ascii_digit())).then_some(text)
}

fn count(it: usize) -> i64 {
    i64::try_from(it).unwrap_or(i64::MAX)
}

/// The largest exponent, far beyond the length of any body.
const LIMIT: i64 = 1 << 40;

/// An exponent; saturates.
fn read_exponent(text: &str) -> Option<i64> {
    let (sign, text) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    Some(sign * digits(text)?.parse().unwrap_or(LIMIT).min(LIMIT))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// As [`read`], by moving the point in the text digit by digit.
    fn slow(sign: &str, integral: &str, fraction: &str, exponent: i64) -> Number {
        let (mut integral, mut fraction) = (integral.to_owned(), fraction.to_owned());
        for _ in 0..exponent {
            integral.push(if fraction.is_empty() { '0' } else { fraction.remove(0) });
        }
        for _ in exponent..0 {
            fraction.insert(0, integral.pop().unwrap_or('0'));
        }
        if fraction.contains(|it| it != '0') {
            return Number::Fraction;
        }
        let is_negative = sign == "-";
        let sign = if is_negative { "-" } else { "" };
        let integral = integral.trim_start_matches('0');
        format!("{sign}0{integral}").parse().map_or(Number::Huge { is_negative }, Number::Whole)
    }

    fn digits() -> impl Strategy<Value = String> {
        prop_oneof![
            "[0-9]{1,3}",
            "0{0,2}[0-9]{15,21}0{0,5}",
            "[0-9]{1,45}",
            "0{1,50}",
            "[1-9]0{1,40}"
        ]
    }

    /// Sign, digits before and behind the point, and exponent.
    type Paper = (&'static str, String, String, i64);

    fn paper() -> impl Strategy<Value = Paper> {
        let sign = proptest::sample::select(vec!["", "-", "+"]);
        (sign, "[0-2]{1,4}|[0-9]{1,30}", "[0-2]{0,3}|[0-9]{0,30}", -8_i64..8)
    }

    fn length(digits: &str) -> i64 {
        digits.len().try_into().unwrap()
    }

    /// A number as a whole one, of so many digits behind the point that all are alike: as
    /// its sign and its digits.
    fn on_paper((sign, integral, fraction, exponent): &Paper) -> Vec<i8> {
        const PLACES: i64 = 60;
        let mut digits = format!("{integral}{fraction}");
        let zeros = PLACES + exponent - length(fraction);
        digits.push_str(&"0".repeat(zeros.try_into().unwrap()));
        let factor = if *sign == "-" { -1 } else { 1 };
        let padded = format!("{digits:0>140}");
        padded.bytes().map(|it| factor * (it - b'0').cast_signed()).collect()
    }

    proptest! {
        /// `PROPTEST_CASES` is how many numbers are tried.
        #[test]
        fn any_notation_has_the_value_of_the_slow_reading(
            sign in proptest::sample::select(vec!["", "-", "+"]),
            integral in digits(),
            fraction in proptest::option::of(digits()),
            exponent in proptest::option::of(-60_i64..60),
            mark in proptest::sample::select(vec!["e", "E", "e+", "E+00"]),
            space in proptest::sample::select(vec!["", " ", "\t\n"]),
        ) {
            let expected = slow(sign, &integral, fraction.as_deref().unwrap_or(""), exponent.unwrap_or(0));
            let point = fraction.map(|it| format!(".{it}")).unwrap_or_default();
            let exponent = exponent.map(|it| match it {
                0.. => format!("{mark}{it}"),
                _ => format!("{}{it}", &mark[..1]),
            });
            let text = format!("{space}{sign}{integral}{point}{}{space}", exponent.unwrap_or_default());
            prop_assert_eq!(read(&text), Some(expected), "{:?}", text);
            prop_assert_eq!(read(&format!("{text}x")), None);
        }

        #[test]
        fn numbers_in_any_notation_are_ordered_as_on_paper(
            a in paper(), b in paper(), is_same: bool, zeros in 0_usize..4,
        ) {
            let (sign, integral, fraction, exponent) = a;
            let other = match is_same {
                // The same number with its point elsewhere.
                true => {
                    let moved = exponent - length(&fraction);
                    (sign, format!("{integral}{fraction}"), "0".repeat(zeros), moved)
                },
                false => b,
            };
            let a = (sign, integral, fraction, exponent);
            let expected = on_paper(&a).cmp(&on_paper(&other));
            let [a, b] = [a, other].map(|(sign, integral, fraction, exponent)| {
                let point = if fraction.is_empty() { String::new() } else { format!(".{fraction}") };
                format!("{sign}{integral}{point}e{exponent}")
            });
            let compared = Parts::of(&a).unwrap().compare(Parts::of(&b).unwrap());
            prop_assert_eq!(compared, expected, "{} and {}", a, b);
        }

        #[test]
        fn no_text_makes_it_panic(text in "[-+0-9.eE \u{3000}x]{0,60}") {
            let _ = read(&text);
        }
    }
}
