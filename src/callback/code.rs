//! The failure codes: one table, English and Chinese.
// Stands in until the real table is here: to be replaced as a whole.

use super::lang::{Words, words};

/// A failure code, or a range of them.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// The code, or the first of the range.
    pub first: i64,
    /// The last of the range; the same as `first` for a single code.
    pub last: i64,
    /// Its name in the SDK's headers; empty if it has none.
    pub symbol: &'static str,
    /// Where it is met.
    pub place: Place,
    /// What it means.
    pub words: Words,
}

/// Where a code is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// As the result of a sent message.
    Result,
    /// Elsewhere.
    Elsewhere,
}

/// All codes.
pub static TABLE: &[Code] = &[
    Code {
        first: -10113,
        last: -10113,
        symbol: "",
        place: Place::Elsewhere,
        words: words("access layer", "接入层"),
    },
    Code {
        first: 80001,
        last: 80001,
        symbol: "",
        place: Place::Result,
        words: words("text blocked by content check", "文本含敏感内容"),
    },
    Code {
        first: 120_001,
        last: 130_000,
        symbol: "",
        place: Place::Elsewhere,
        words: words("code chosen by the app", "前回调自定义错误码"),
    },
];

/// The row that holds a code.
pub fn find(code: i64) -> Option<&'static Code> {
    TABLE.iter().find(|it| (it.first..=it.last).contains(&code))
}

/// The rows whose words hold all of these.
pub fn search(words: &str) -> Vec<&'static Code> {
    let words = words.to_lowercase();
    let has = |it: &&Code| it.words.en.contains(&words) || it.words.zh.contains(&words);
    TABLE.iter().filter(has).collect()
}
