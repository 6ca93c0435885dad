//! The values of actions, and the texts that name what is expected.

use std::time::Duration;

use jiff::SignedDuration;

use super::ACTIONS;
use crate::callback::Localized;

/// The longest delay.
const MAX_DELAY: Duration = Duration::from_secs(3600);

pub(super) const POINTER: Localized = Localized::new(
    "a pointer below /MsgBody, or /CloudCustomData",
    " /MsgBody 下的指针或 /CloudCustomData",
);
pub(super) const STATUS: Localized =
    Localized::new("an HTTP status from 200 to 599", " 200 到 599 的 HTTP 状态码");
pub(super) const DELAY: Localized = Localized::new(
    "a time up to an hour, such as 300ms or 1.5s",
    "一小时以内的时长（如 300ms、1.5s）",
);
pub(super) const TIMES: Localized = Localized::new("a number from 1", "从 1 起的整数");
pub(super) const CHANCE: Localized =
    Localized::new("a share from 1% to 100%", " 1% 到 100% 的比例");
pub(super) const URL: Localized =
    Localized::new("a URL with http:// or https://", "以 http:// 或 https:// 开头的 URL");
pub(super) const CODE: Localized =
    Localized::new("a code other than 0, or a text in quotes", "非 0 的错误码，或引号中的文字");

/// The action with the most letters in common with a word, if they are enough.
pub(super) fn nearest(word: &str) -> Option<&'static str> {
    let word = word.to_ascii_lowercase();
    ACTIONS
        .into_iter()
        .map(|it| (strsim::damerau_levenshtein(it, &word), it))
        .min()
        .filter(|(distance, it)| *distance <= it.len() / 2)
        .map(|(_, it)| it)
}

pub(super) fn status(word: &str) -> Option<u16> {
    word.parse().ok().filter(|it| (200..=599).contains(it))
}

pub(super) fn times(word: &str) -> Option<u32> {
    word.parse().ok().filter(|it| *it > 0)
}

pub(super) fn chance(word: &str) -> Option<u8> {
    word.strip_suffix('%')?.parse().ok().filter(|it| (1..=100).contains(it))
}

pub(super) fn url(word: &str) -> Option<String> {
    let rest = word.strip_prefix("http://").or_else(|| word.strip_prefix("https://"))?;
    (!rest.is_empty() && !rest.starts_with(['/', ':'])).then(|| word.to_owned())
}

pub(super) fn duration(word: &str) -> Option<Duration> {
    let signed: SignedDuration = word.parse().ok()?;
    Duration::try_from(signed).ok().filter(|it| *it <= MAX_DELAY)
}
