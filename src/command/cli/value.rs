//! Parsers of option values: sizes, durations, numbers, filters, URLs.

mod url;

use std::ops::Range;
use std::str::FromStr;
use std::time::Duration;

use jiff::SignedDuration;
use unicode_width::UnicodeWidthStr as _;

use crate::callback::printable::clean;
use crate::history::filter::Filter;
pub(super) use url::{address, base, url};

/// Largest difference, in seconds, of a signed callback's time and now; `None` is
/// unlimited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window(pub Option<u32>);

/// An `SdkAppid`: digits.
pub(super) fn app(text: &str) -> Result<String, String> {
    let digits = !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    digits.then(|| text.to_owned()).ok_or_else(|| "expected digits, such as 1400000000".to_owned())
}

/// A number of bytes: `4096`, `64k`, `10MB` (1000²), `1MiB` (1024², as `1M`).
pub(super) fn size(text: &str) -> Result<usize, String> {
    let unit = text.trim_start_matches(|it: char| it.is_ascii_digit());
    let digits = &text[..text.len() - unit.len()];
    let bytes: usize = match unit.trim().to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "k" | "kib" => 1 << 10,
        "m" | "mib" => 1 << 20,
        "g" | "gib" => 1 << 30,
        "kb" => 1_000,
        "mb" => 1_000_000,
        "gb" => 1_000_000_000,
        _ => return Err("expected a size, such as 4096, 64k, 10MB or 1MiB".to_owned()),
    };
    let number = usize::from_str(digits)
        .map_err(|_| "expected a size that begins with a number".to_owned())?;
    number
        .checked_mul(bytes)
        .filter(|it| *it > 0)
        .ok_or_else(|| "expected a size above 0 that fits in memory".to_owned())
}

/// `300ms`, `60s`, `5m`, `1h30m`.
pub(in crate::command) fn duration(text: &str) -> Result<Duration, String> {
    let signed = SignedDuration::from_str(text)
        .map_err(|_| "expected a number with a unit, such as 300ms, 60s, 5m or 1h30m".to_owned())?;
    Duration::try_from(signed).map_err(|_| "expected a duration that is not negative".to_owned())
}

/// A duration in whole seconds, or `off`.
pub(super) fn window(text: &str) -> Result<Window, String> {
    if text == "off" {
        return Ok(Window(None));
    }
    let seconds = duration(text).map_err(|it| format!("{it}, or off"))?.as_secs();
    let seconds =
        u32::try_from(seconds).map_err(|_| "expected less than a hundred years".to_owned())?;
    Ok(Window(Some(seconds)))
}

/// Callbacks per second: above 0, at most a million.
pub(super) fn rate(text: &str) -> Result<f64, String> {
    let rate: Option<f64> = text.parse().ok();
    rate.filter(|it| (0.001..=1_000_000.0).contains(it))
        .ok_or_else(|| "expected a number from 0.001 to 1000000".to_owned())
}

/// A whole number.
pub(super) fn integer(text: &str) -> Result<i64, String> {
    text.parse().map_err(|_| "expected a whole number, such as 80001 or -1".to_owned())
}

/// The seed of random numbers.
pub(super) fn seed(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| "expected a whole number that is not negative".to_owned())
}

/// A number of callbacks: from 1 to ten million.
pub(super) fn count(text: &str) -> Result<u32, String> {
    let count: Option<u32> = text.parse().ok();
    count
        .filter(|it| (1..=10_000_000).contains(it))
        .ok_or_else(|| "expected a whole number from 1 to 10000000".to_owned())
}

/// A filter expression; an error has a caret below the text.
pub(super) fn filter(text: &str) -> Result<Filter, String> {
    Filter::parse(text)
        .map_err(|error| marked(text, &text[error.at.start..error.at.start], &error.to_string()))
}

/// A message with the text below it, and carets below a range of its bytes.
pub fn marked_at(text: &str, at: Range<usize>, message: &str) -> String {
    marked(text, &text[at], message)
}

/// A message with the text below it, and carets below a part of the text.
fn marked(text: &str, part: &str, message: &str) -> String {
    let start = (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize).min(text.len());
    let before = clean(text.get(..start).unwrap_or_default()).width();
    let carets = "^".repeat(clean(part).width().max(1));
    format!("{message}\n\n  {}\n  {}{carets}", clean(text), " ".repeat(before))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_decimal_and_binary_units() {
        let sizes = ["4096", "64k", "10MB", "1MiB", "2 GiB"].map(|it| size(it).unwrap());
        assert_eq!(sizes, [4096, 65_536, 10_000_000, 1_048_576, 2_147_483_648]);
        for wrong in
            ["", "k", "-1", "1.5M", "1 potato", "0", "99999999999999999999", "99999999999G"]
        {
            assert!(size(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn durations_have_units_and_are_not_negative() {
        let ms = ["300ms", "60s", "5m", "1h", "1h30m"].map(|it| duration(it).unwrap().as_millis());
        assert_eq!(ms, [300, 60_000, 300_000, 3_600_000, 5_400_000]);
        for wrong in ["", "60", "-5s", "5 potatoes"] {
            assert!(duration(wrong).is_err(), "{wrong}");
        }
        assert_eq!(window("off"), Ok(Window(None)));
        assert_eq!(window("90s"), Ok(Window(Some(90))));
    }
}
