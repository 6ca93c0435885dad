//! Parsing of the arguments of the actions.

use std::ops::RangeInclusive;
use std::str::FromStr;
use std::time::Duration;

use jiff::SignedDuration;

use super::error;
use crate::answer::rule::Reply;
use crate::answer::rule::body_file::BodyFile;
use crate::answer::rule::error::{Reason, RuleError};
use crate::callback::Localized;
use crate::callback::callback_url::{Finding, findings};
use crate::callback::cursor::Cursor;

/// Reads a file that a rule names.
pub(super) type ReadFile<'f> = dyn FnMut(&str) -> Result<Vec<u8>, String> + 'f;

/// The longest delay.
const MAX_DELAY: Duration = Duration::from_secs(3600);

const DURATION: Localized = Localized::new(
    "a time up to an hour, such as 300ms or 1.5s",
    "一小时以内的时长，例如 300ms 或 1.5s",
);
const TIMES: Localized =
    Localized::new("a whole number from 1 to 4294967295", "1 到 4294967295 的整数");
const CHANCE: Localized = Localized::new("a percentage from 1% to 100%", "1% 到 100% 的百分比");
const STATUS: Localized =
    Localized::new("an HTTP status from 200 to 599", "200 到 599 的 HTTP 状态码");
const CODE_OR_TEXT: Localized = Localized::new(
    "a code or a text in quotes, such as 120001 \"no\"",
    "错误码或带引号的文本，例如 120001 \"no\"",
);
const CODE: Localized =
    Localized::new("a code that denies, from 1 to 2147483647", "1 到 2147483647 的拒绝错误码");
pub(super) const TEXT: Localized = Localized::new("a text in quotes", "带引号的文本");
const URL: Localized = Localized::new("the URL of an app", "应用的 URL");
const BODY: Localized = Localized::new("JSON or @FILE", "JSON 或 @FILE");
const FILE: Localized = Localized::new("the name of a file after @", "@ 后的文件名");

/// The error of an argument that is missing, or that is `value` right before the cursor.
pub(super) fn wrong<T>(
    cursor: &Cursor<'_>,
    value: &str,
    action: &'static str,
    expected: Localized,
) -> Result<T, RuleError> {
    let at = cursor.at - value.len()..cursor.at;
    match value.is_empty() {
        true => error(at, Reason::Missing { action, expected }),
        false => error(at, Reason::Wrong { value: value.to_owned(), expected }),
    }
}

/// A number within a range.
fn number<T: FromStr + PartialOrd>(text: &str, range: RangeInclusive<T>) -> Option<T> {
    let is_digits = text.bytes().all(|it| it.is_ascii_digit());
    text.parse().ok().filter(|it| is_digits && range.contains(it))
}

/// `300ms`, `1.5s`, `2m`
pub(super) fn duration(cursor: &mut Cursor<'_>) -> Result<Duration, RuleError> {
    let (word, _) = cursor.word();
    let duration = SignedDuration::from_str(word).ok().and_then(|it| Duration::try_from(it).ok());
    let duration = duration.filter(|it| *it <= MAX_DELAY);
    duration.map_or_else(|| wrong(cursor, word, "delay", DURATION), Ok)
}

pub(super) fn times(cursor: &mut Cursor<'_>) -> Result<u32, RuleError> {
    let (word, _) = cursor.word();
    number(word, 1..=u32::MAX).map_or_else(|| wrong(cursor, word, "times", TIMES), Ok)
}

/// `10%`; the sign may be left out.
pub(super) fn chance(cursor: &mut Cursor<'_>) -> Result<u8, RuleError> {
    let (word, _) = cursor.word();
    let percent = number(word.strip_suffix('%').unwrap_or(word), 1..=100);
    percent.map_or_else(|| wrong(cursor, word, "chance", CHANCE), Ok)
}

pub(super) fn status(cursor: &mut Cursor<'_>) -> Result<u16, RuleError> {
    let (word, _) = cursor.word();
    number(word, 200..=599).map_or_else(|| wrong(cursor, word, "status", STATUS), Ok)
}

/// `[CODE] ["TEXT"]`
pub(super) fn denial(cursor: &mut Cursor<'_>) -> Result<Reply, RuleError> {
    let mut code = 1;
    let (word, _) = cursor.word();
    if !word.is_empty() {
        let digits = word.trim_start_matches(['-', '+']);
        let is_number = digits.bytes().all(|it| it.is_ascii_digit());
        let expected = if is_number { CODE } else { CODE_OR_TEXT };
        let parsed = number(word, 1..=i64::from(i32::MAX));
        code = parsed.map_or_else(|| wrong(cursor, word, "deny", expected), Ok)?;
        cursor.skip_space();
    }
    Ok(Reply::Deny(code, optional_text(cursor, "deny")?))
}

/// `["TEXT"]`
pub(super) fn optional_text(
    cursor: &mut Cursor<'_>,
    action: &'static str,
) -> Result<String, RuleError> {
    if cursor.peek() == Some('"') {
        return cursor.json_string();
    }
    if cursor.is_at_end() {
        return Ok(String::new());
    }
    let (word, _) = cursor.until(|it| it.is_whitespace() || it == ',');
    wrong(cursor, word, action, TEXT)
}

/// The URL of a local app, with its scheme.
pub(super) fn url(cursor: &mut Cursor<'_>) -> Result<String, RuleError> {
    let (word, at) = cursor.word();
    if word.is_empty() {
        return wrong(cursor, word, "forward", URL);
    }
    let found = findings(word).into_iter().find(|it| {
        use Finding::{Fragment, NoHost, Port, Query, Scheme, User};
        matches!(it, Scheme | NoHost | Port | Query | Fragment | User)
    });
    found.map_or_else(|| Ok(word.to_owned()), |it| error(at, Reason::WrongUrl(it)))
}

/// `JSON`, or `@FILE`, whose name is in quotes or ends at a comma; the body, and the file.
pub(super) fn body(
    cursor: &mut Cursor<'_>,
    read_file: &mut ReadFile<'_>,
) -> Result<(Vec<u8>, Option<BodyFile>), RuleError> {
    if cursor.is_at_end() {
        return wrong(cursor, "", "reply", BODY);
    }
    if !cursor.skip('@') {
        let (json, _) = cursor.json()?;
        return Ok((json.raw().into(), None));
    }
    let start = cursor.at;
    let name = match cursor.peek() {
        Some('"') => cursor.json_string()?,
        _ => cursor.until(|it| it == ',').0.trim_end().to_owned(),
    };
    if name.is_empty() {
        return wrong(cursor, "", "reply", FILE);
    }
    let at = start..cursor.end_before();
    match read_file(&name) {
        Ok(body) => Ok((body, Some(BodyFile { name, at }))),
        Err(why) => error(at, Reason::Unreadable { path: name, why }),
    }
}
