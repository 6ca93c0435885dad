//! The terms that compare numbers: `code:20000-20999`, `size>2k`, `lag>300ms`.

use super::term::Term;
use crate::history::row::Row;

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    /// The result.
    Code,
    /// The unread count.
    Unread,
    /// Bytes of the body.
    Size,
    /// Microseconds from `MsgTime` to the arrival.
    Lag,
}

impl Measure {
    /// The number of one callback, if it has one.
    pub(super) fn of(self, row: &Row<'_>) -> Option<i64> {
        match self {
            Self::Code => row.result.map(i64::from),
            Self::Unread => row.unread.map(i64::from),
            Self::Size => Some(i64::from(row.size)),
            Self::Lag => {
                row.msg_time.map(|it| row.at.0.saturating_sub(it.saturating_mul(1_000_000)))
            }
        }
    }

    /// The name in the language.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Unread => "unread",
            Self::Size => "size",
            Self::Lag => "lag",
        }
    }

    /// What may stand after a number, in lower case, and what it multiplies by.
    const fn units(self) -> &'static [(&'static str, i64)] {
        const KIB: i64 = 1 << 10;
        match self {
            Self::Code | Self::Unread => &[("", 1)],
            Self::Size => &[
                ("", 1),
                ("b", 1),
                ("k", KIB),
                ("kb", KIB),
                ("kib", KIB),
                ("m", KIB * KIB),
                ("mb", KIB * KIB),
                ("mib", KIB * KIB),
            ],
            Self::Lag => &[
                ("", 1_000_000),
                ("ms", 1_000),
                ("s", 1_000_000),
                ("m", 60_000_000),
                ("h", 3_600_000_000),
            ],
        }
    }

    const fn wanted(self) -> &'static str {
        match self {
            Self::Code | Self::Unread => "a whole number",
            Self::Size => "a size, such as 900, 2k or 1.5M",
            Self::Lag => "a time, such as 300ms, 3s, 2m or 1h",
        }
    }
}

/// Every measure, for the parser to find by name.
pub(super) const MEASURES: [Measure; 4] =
    [Measure::Code, Measure::Unread, Measure::Size, Measure::Lag];

/// The term that asks for exactly this result.
pub(super) fn code(code: i64) -> Term {
    Term::Number { measure: Measure::Code, written: format!(":{code}"), low: code, high: code }
}

/// Reads a comparison; the mistake is a sentence about the value.
pub(super) fn compare(measure: Measure, sign: &str, value: &str) -> Result<Term, String> {
    let (low, high) = match sign {
        ">" => (amount(measure, value)?.0.saturating_add(1), i64::MAX),
        ">=" => (amount(measure, value)?.0, i64::MAX),
        "<" => (i64::MIN, amount(measure, value)?.0.saturating_sub(1)),
        "<=" => (i64::MIN, amount(measure, value)?.0),
        _ => between(measure, value)?,
    };
    Ok(Term::Number { measure, written: format!("{sign}{value}"), low, high })
}

/// One number, or a range with both ends in it.
fn between(measure: Measure, value: &str) -> Result<(i64, i64), String> {
    let dash = value.char_indices().skip(1).find(|(_, it)| *it == '-');
    let Some((dash, _)) = dash else {
        // What is written as `2k` means all that is shown as 2k.
        let (low, step) = amount(measure, value)?;
        return Ok((low, low.saturating_add(step - 1)));
    };
    let (low, _) = amount(measure, &value[..dash])?;
    let (high, _) = amount(measure, &value[dash + 1..])?;
    if high < low {
        return Err(format!("the range `{value}` runs backwards"));
    }
    Ok((low, high))
}

/// A number with its unit, and the step of its last digit.
fn amount(measure: Measure, value: &str) -> Result<(i64, i64), String> {
    let bad = || format!("`{value}` is not {}", measure.wanted());
    let unsigned = value.strip_prefix('-').unwrap_or(value);
    let end = unsigned.find(|it: char| !(it.is_ascii_digit() || it == '.'));
    let (digits, unit) = unsigned.split_at(end.unwrap_or(unsigned.len()));
    let unit = unit.to_ascii_lowercase();
    let (_, factor) = measure.units().iter().find(|(it, _)| *it == unit).ok_or_else(bad)?;
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let numeric = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    let fits = fraction.len() <= 6 && (*factor > 1 || !digits.contains('.'));
    if !(numeric(whole) && numeric(fraction) && fits) {
        return Err(bad());
    }
    let places = if digits.contains('.') { fraction.len() } else { 0 };
    let scale = 10_i64.pow(u32::try_from(places).unwrap_or(0));
    let minus = value.len() - unsigned.len();
    let sign = if minus == 1 { -1 } else { 1 };
    let part = |it: &str| it.parse::<i64>().ok()?.checked_mul(*factor);
    let parts = part(&value[..minus + whole.len()]).zip(part(fraction));
    let sum = parts.and_then(|(a, b)| a.checked_add(sign * (b / scale)));
    Ok((sum.ok_or_else(|| format!("`{value}` is too large"))?, (factor / scale).max(1)))
}
