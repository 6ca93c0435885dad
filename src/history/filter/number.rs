//! The numbers of a callback and their comparison: `code:20000-20999`,
//! `size>2k`, `lag>300ms`, `took>1s`.

use super::error::Reason;
use crate::callback::Localized;
use crate::history::row::Row;

/// A field of a callback that holds a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NumericField {
    /// The result.
    Code,
    /// The unread count.
    Unread,
    /// The length of the body in bytes.
    Size,
    /// The time from `MsgTime` to the arrival, in microseconds.
    Lag,
    /// The time to the answer, in microseconds.
    Took,
}

impl NumericField {
    /// The number of one callback, if it has one.
    fn of(self, row: &Row<'_>) -> Option<i64> {
        match self {
            Self::Code => row.result.map(i64::from),
            Self::Unread => row.unread.map(i64::from),
            Self::Size => Some(i64::from(row.size)),
            Self::Lag => row.lag_micros(),
            Self::Took => (row.took != 0).then_some(i64::from(row.took)),
        }
    }

    /// The units allowed after a number, in lower case, and their factors.
    const fn units(self) -> &'static [(&'static str, i64)] {
        const KIB: i64 = 1 << 10;
        const MIB: i64 = 1 << 20;
        match self {
            Self::Code | Self::Unread => &[("", 1)],
            Self::Size => &[
                ("", 1),
                ("b", 1),
                ("k", KIB),
                ("kb", KIB),
                ("kib", KIB),
                ("m", MIB),
                ("mb", MIB),
                ("mib", MIB),
            ],
            Self::Lag | Self::Took => &[
                ("", 1_000_000),
                ("ms", 1_000),
                ("s", 1_000_000),
                ("m", 60_000_000),
                ("h", 3_600_000_000),
            ],
        }
    }

    const fn expected(self) -> Localized {
        match self {
            Self::Code | Self::Unread => Localized::new("a whole number", "整数"),
            Self::Size => {
                Localized::new("a size, such as 900, 2k or 1.5M", "大小，例如 900、2k 或 1.5M")
            }
            Self::Lag | Self::Took => Localized::new(
                "a time, such as 300ms, 3s, 2m or 1h",
                "时长，例如 300ms、3s、2m 或 1h",
            ),
        }
    }
}

/// A condition on a number: it lies within bounds, both included.
#[derive(Debug, Clone)]
pub(super) struct Comparison {
    pub(super) field: NumericField,
    /// Operator and value as written.
    pub(super) written: String,
    low: i64,
    high: i64,
}

impl Comparison {
    /// The result equals this code.
    pub(super) fn code(code: i64) -> Self {
        Self { field: NumericField::Code, written: format!(":{code}"), low: code, high: code }
    }

    /// Parses what follows the name of a field.
    pub(super) fn parse(field: NumericField, operator: &str, value: &str) -> Result<Self, Reason> {
        let (low, high) = match operator {
            ">" => (amount(field, value)?.0.saturating_add(1), i64::MAX),
            ">=" => (amount(field, value)?.0, i64::MAX),
            "<" => (i64::MIN, amount(field, value)?.0.saturating_sub(1)),
            "<=" => (i64::MIN, amount(field, value)?.0),
            _ => range(field, value)?,
        };
        Ok(Self { field, written: format!("{operator}{value}"), low, high })
    }

    /// Whether a callback matches; never without the number.
    pub(super) fn matches(&self, row: &Row<'_>) -> bool {
        let is_within = |it: i64| (self.low..=self.high).contains(&it);
        self.field.of(row).is_some_and(is_within)
            || self.field == NumericField::Code
                && row.other_failures.iter().any(|it| is_within(i64::from(*it)))
    }
}

/// The bounds of one number, or of a range `low-high`.
fn range(field: NumericField, value: &str) -> Result<(i64, i64), Reason> {
    let dash = value.char_indices().skip(1).find(|(_, it)| *it == '-');
    let Some((dash, _)) = dash else {
        // `2k` is every value from 2k up to, but without, 3k.
        let (low, step) = amount(field, value)?;
        return Ok((low, low.saturating_add(step - 1)));
    };
    let (low, _) = amount(field, &value[..dash])?;
    if dash + 1 == value.len() {
        return Err(open_range(field, low, &value[..dash]));
    }
    let (high, _) = amount(field, &value[dash + 1..])?;
    if high < low {
        let instead = format!("{}-{}", &value[dash + 1..], &value[..dash]);
        return Err(Reason::Backwards(value.to_owned(), instead));
    }
    Ok((low, high))
}

/// The mistake of a range that ends with `-`, without the name of the field: `20006-`.
fn open_range(field: NumericField, low: i64, written: &str) -> Reason {
    let unit =
        &written[written.find(|it: char| it.is_ascii_alphabetic()).unwrap_or(written.len())..];
    let factor = field.units().iter().find(|(it, _)| it.eq_ignore_ascii_case(unit));
    let low = low / factor.map_or(1, |(_, factor)| *factor);
    // The end of the thousand, by which codes belong together.
    let high = low.div_euclid(1000).saturating_mul(1000).saturating_add(999);
    Reason::OpenRange(format!("{written}-{high}{unit}"), written.to_owned())
}

/// A number with its unit, and the step of its last digit.
fn amount(field: NumericField, value: &str) -> Result<(i64, i64), Reason> {
    let wrong = || Reason::WrongValue { value: value.to_owned(), expected: field.expected() };
    let unsigned = value.strip_prefix('-').unwrap_or(value);
    let end = unsigned.find(|it: char| !(it.is_ascii_digit() || it == '.'));
    let (digits, unit) = unsigned.split_at(end.unwrap_or(unsigned.len()));
    let unit = unit.to_ascii_lowercase();
    let (_, factor) = field.units().iter().find(|(it, _)| *it == unit).ok_or_else(wrong)?;
    let (integer, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let numeric = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    let fits = fraction.len() <= 6 && (*factor > 1 || !digits.contains('.'));
    if !(numeric(integer) && numeric(fraction) && fits) {
        return Err(wrong());
    }
    let places = if digits.contains('.') { fraction.len() } else { 0 };
    let scale = 10_i64.pow(u32::try_from(places).unwrap_or(0));
    let minus = value.len() - unsigned.len();
    let sign = if minus == 1 { -1 } else { 1 };
    let part = |it: &str| it.parse::<i64>().ok()?.checked_mul(*factor);
    // The sign stays with the integer, so that `i64::MIN` can be written.
    let parts = part(&value[..minus + integer.len()]).zip(part(fraction));
    let sum = parts.and_then(|(a, b)| a.checked_add(sign * (b / scale)));
    let sum = sum.ok_or_else(|| Reason::TooLarge(value.to_owned()))?;
    Ok((sum, (factor / scale).max(1)))
}
