//! Reads numbers as text without rounding.

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
    Some(value(is_negative, integral, fraction, exponent))
}

/// One or more digits.
fn digits(text: &str) -> Option<&str> {
    (!text.is_empty() && text.bytes().all(|it| it.is_ascii_digit())).then_some(text)
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

/// `integral` followed by `fraction`, with the point `exponent` digits further on.
fn value(is_negative: bool, integral: &str, fraction: &str, exponent: i64) -> Number {
    let all = || integral.bytes().chain(fraction.bytes());
    let count = |it: usize| i64::try_from(it).unwrap_or(i64::MAX);
    let Some((last, _)) = all().enumerate().filter(|(_, digit)| *digit != b'0').last() else {
        return Number::Whole(0);
    };
    // Digits before the point, counted from the start of `integral`.
    let before = count(integral.len()) + exponent;
    if before <= count(last) {
        return Number::Fraction;
    }
    let mut value = 0_i128;
    let mut add = |digit: u8| {
        value = value.checked_mul(10)?.checked_sub(i128::from(digit))?;
        Some(())
    };
    let zeros = before - count(last) - 1;
    let fits = all().take(last + 1).try_for_each(|it| add(it - b'0')).is_some()
        && zeros < 40
        && (0..zeros).try_for_each(|_| add(0)).is_some();
    match (fits, is_negative) {
        (true, true) => Number::Whole(value),
        (true, false) => value.checked_neg().map_or(Number::Huge { is_negative }, Number::Whole),
        (false, _) => Number::Huge { is_negative },
    }
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
        fn no_text_makes_it_panic(text in "[-+0-9.eE \u{3000}x]{0,60}") {
            let _ = read(&text);
        }
    }
}
