//! Reads single JSON values of a body: names, integers, times.

use std::borrow::Cow;

use super::json::{Json, JsonKind};

/// From this number on a time is in milliseconds: in seconds it would be the
/// year 5138.
const MILLIS: i64 = 100_000_000_000;

/// The value of the last field with this name.
pub(super) fn get<'a>(fields: &[(Cow<'a, str>, Json<'a>)], name: &str) -> Option<Json<'a>> {
    fields.iter().rev().find(|(it, _)| it == name).map(|(_, value)| *value)
}

/// A non-empty string, decoded, or a number as written; `None` for anything else.
pub fn string_or_number(value: Json<'_>) -> Option<Cow<'_, str>> {
    match value.kind() {
        JsonKind::String => value.as_str().filter(|it| !it.is_empty()),
        JsonKind::Number => Some(Cow::Borrowed(value.raw())),
        _ => None,
    }
}

/// An integer, written as a number or as a string of digits.
pub(super) fn integer(value: Json<'_>) -> Option<i64> {
    match value.kind() {
        JsonKind::Number => value.as_i64(),
        JsonKind::String => value.as_str()?.parse().ok(),
        _ => None,
    }
}

/// Seconds of a time in seconds or in milliseconds.
pub(super) const fn seconds(time: i64) -> i64 {
    if MILLIS <= time { time / 1000 } else { time }
}

/// Whether seconds since the Unix epoch are a plausible time: not negative, and
/// before the year 5138.
pub(super) fn is_time(seconds: i64) -> bool {
    (0..MILLIS).contains(&seconds)
}
