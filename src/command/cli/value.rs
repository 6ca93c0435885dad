//! Parsers of option values: sizes, durations, numbers, filters, URLs.

mod url;

use std::ops::Range;
use std::str::FromStr;
use std::time::Duration;

use jiff::SignedDuration;
use unicode_width::UnicodeWidthStr as _;

use crate::answer::mode::{AnswerKind, AnswerKindError};
use crate::callback::Lang;
use crate::callback::lang::{Localized, localize};
use crate::callback::printable::clean;
use crate::history::filter::{Filter, NamedFilter};
pub(super) use url::{address, base, public_url, url};

/// Largest difference, in seconds, of a signed callback's time and now; `None` is
/// unlimited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window(pub Option<u32>);

/// Speed of a replay, by which the recorded pauses are divided; `None` is without
/// pauses.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Speed(pub Option<f64>);

/// What is wrong with a value, in a language.
fn wrong<T>(lang: Lang, en: &'static str, zh: &'static str) -> Result<T, String> {
    Err(Localized::new(en, zh).text(lang).to_owned())
}

/// `true` or `false`, also `yes`, `no`, `1`, `0` …
pub(super) fn switch(text: &str, lang: Lang) -> Result<bool, String> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "t" | "yes" | "y" | "on" | "1" => Ok(true),
        "false" | "f" | "no" | "n" | "off" | "0" => Ok(false),
        _ => wrong(lang, "expected true or false", "应为 true 或 false"),
    }
}

/// An `SdkAppid`: digits.
pub(super) fn app(text: &str, lang: Lang) -> Result<String, String> {
    let is_number = !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    match is_number {
        true => Ok(text.to_owned()),
        false => wrong(lang, "expected digits, such as 1400000000", "应为数字，如 1400000000"),
    }
}

/// The answer to callbacks.
pub(super) fn reply(text: &str, lang: Lang) -> Result<AnswerKind, String> {
    text.parse().map_err(|it: AnswerKindError| it.message(lang))
}

/// A number of bytes: `4096`, `64k`, `10MB` (1000²), `1MiB` (1024², as `1M`).
pub(super) fn size(text: &str, lang: Lang) -> Result<usize, String> {
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
        _ => {
            return wrong(
                lang,
                "expected a size, such as 4096, 64k, 10MB or 1MiB",
                "应为大小，如 4096、64k、10MB 或 1MiB",
            );
        }
    };
    let Ok(number) = usize::from_str(digits) else {
        return wrong(lang, "expected a size that begins with a number", "应为以数字开头的大小");
    };
    match number.checked_mul(bytes) {
        Some(size) if size > 0 => Ok(size),
        _ => wrong(
            lang,
            "expected a size above 0 that fits in memory",
            "应为大于 0 且内存容得下的大小",
        ),
    }
}

/// `300ms`, `60s`, `5m`, `1h30m`.
pub(in crate::command) fn duration(text: &str, lang: Lang) -> Result<Duration, String> {
    let Ok(signed) = SignedDuration::from_str(text) else {
        return wrong(
            lang,
            "expected a number with a unit, such as 300ms, 60s, 5m or 1h30m",
            "应为带单位的数字，如 300ms、60s、5m 或 1h30m",
        );
    };
    Duration::try_from(signed)
        .or_else(|_| wrong(lang, "expected a duration that is not negative", "时长不能为负"))
}

/// A duration in whole seconds, or `off`.
pub(super) fn window(text: &str, lang: Lang) -> Result<Window, String> {
    if text == "off" {
        return Ok(Window(None));
    }
    let seconds = duration(text, lang)
        .map_err(|it| localize!(lang, "{it}, or off", "{it}，或 off"))?
        .as_secs();
    match u32::try_from(seconds) {
        Ok(seconds) => Ok(Window(Some(seconds))),
        Err(_) => wrong(lang, "expected less than a hundred years", "应少于一百年"),
    }
}

/// Callbacks per second: above 0, at most a million.
pub(super) fn rate(text: &str, lang: Lang) -> Result<f64, String> {
    match text.parse() {
        Ok(rate) if (0.001..=1_000_000.0).contains(&rate) => Ok(rate),
        _ => wrong(
            lang,
            "expected a number from 0.001 to 1000000",
            "应为 0.001 到 1000000 之间的数字",
        ),
    }
}

/// The speed of a replay: `10x`, `0.5`, `max`.
pub(super) fn speed(text: &str, lang: Lang) -> Result<Speed, String> {
    if text == "max" {
        return Ok(Speed(None));
    }
    match text.strip_suffix(['x', '×']).unwrap_or(text).parse() {
        Ok(times) if (0.001..=1_000_000.0).contains(&times) => Ok(Speed(Some(times))),
        _ => wrong(
            lang,
            "expected a number such as 10x or 0.5x, or max",
            "应为倍数，如 10x 或 0.5x，或 max",
        ),
    }
}

/// A whole number.
pub(super) fn integer(text: &str, lang: Lang) -> Result<i64, String> {
    let expected =
        || wrong(lang, "expected a whole number, such as 80001 or -1", "应为整数，如 80001 或 -1");
    text.parse().or_else(|_| expected())
}

/// The seed of random numbers.
pub(super) fn seed(text: &str, lang: Lang) -> Result<u64, String> {
    let expected =
        || wrong(lang, "expected a whole number that is not negative", "应为不小于 0 的整数");
    text.parse().or_else(|_| expected())
}

/// A number of callbacks: from 1 to ten million.
pub(super) fn count(text: &str, lang: Lang) -> Result<u32, String> {
    match text.parse() {
        Ok(count) if (1..=10_000_000).contains(&count) => Ok(count),
        _ => wrong(
            lang,
            "expected a whole number from 1 to 10000000",
            "应为 1 到 10000000 之间的整数",
        ),
    }
}

/// A filter expression, in which `@NAME` is one of config files; an error has a caret below
/// the text.
pub(super) fn filter(text: &str, names: &[NamedFilter], lang: Lang) -> Result<Filter, String> {
    Filter::parse_with(text, names)
        .map_err(|error| marked(text, &text[error.at.start..error.at.start], &error.message(lang)))
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
        let sizes = ["4096", "64k", "10MB", "1MiB", "2 GiB"].map(|it| size(it, Lang::En).unwrap());
        assert_eq!(sizes, [4096, 65_536, 10_000_000, 1_048_576, 2_147_483_648]);
        for wrong in
            ["", "k", "-1", "1.5M", "1 potato", "0", "99999999999999999999", "99999999999G"]
        {
            assert!(size(wrong, Lang::En).is_err(), "{wrong}");
        }
    }

    #[test]
    fn durations_have_units_and_are_not_negative() {
        let ms = ["300ms", "60s", "5m", "1h", "1h30m"]
            .map(|it| duration(it, Lang::En).unwrap().as_millis());
        assert_eq!(ms, [300, 60_000, 300_000, 3_600_000, 5_400_000]);
        for wrong in ["", "60", "-5s", "5 potatoes"] {
            assert!(duration(wrong, Lang::En).is_err(), "{wrong}");
        }
        assert_eq!(window("off", Lang::En), Ok(Window(None)));
        assert_eq!(window("90s", Lang::En), Ok(Window(Some(90))));
    }

    #[test]
    fn a_speed_is_a_positive_number_or_max() {
        let speeds = ["1x", "10", "0.5×", "max"].map(|it| speed(it, Lang::En).unwrap().0);
        assert_eq!(speeds, [Some(1.0), Some(10.0), Some(0.5), None]);
        for wrong in ["", "x", "0x", "-1x", "NaN", "inf", "fast"] {
            assert!(speed(wrong, Lang::En).is_err(), "{wrong}");
        }
    }
}
