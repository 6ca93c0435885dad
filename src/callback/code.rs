//! The error codes of Tencent Cloud Chat, with their meaning.

mod table;

use super::lang::Localized;

/// The meaning of a code, or of all codes in a range.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// The code, or the first of the range.
    pub first: i64,
    /// The last of the range; equal to `first` for a single code.
    pub last: i64,
    /// Its name in the SDKs, empty if it has none.
    pub symbol: &'static str,
    /// Where it is reported.
    pub place: Place,
    /// The meaning in at most 30 bytes of English.
    pub brief: Localized,
    /// The meaning in full.
    pub meaning: Localized,
}

/// Where a code is reported.
///
/// Only "blocked by the content check" is documented as a `SendMsgResult`; for
/// the others in [`Place::Result`] this is inferred from their meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// The result in a callback after sending.
    Result,
    /// The sender's SDK: denied before sending, so there is no callback after it.
    Before,
    /// The reply to the REST call.
    Rest,
    /// The client's SDK only.
    Sdk,
    /// The reply to a recall, an edit or a message extension.
    Recall,
    /// Logging in and accounts.
    Account,
    /// Groups and friends.
    Group,
}

impl Place {
    /// The place as text.
    pub const fn label(self) -> Localized {
        match self {
            Self::Result => Localized::new("result in the after-callback", "发消息后回调的结果"),
            Self::Before => Localized::new(
                "denied before sending: only the sender sees it",
                "前回调拒绝，仅发送方可见",
            ),
            Self::Rest => Localized::new("reply to the REST call", "REST 接口应答"),
            Self::Sdk => Localized::new("client SDK only", "仅客户端 SDK"),
            Self::Recall => Localized::new("recall, edit or extension", "撤回、编辑或扩展"),
            Self::Account => Localized::new("login and accounts", "登录与账号"),
            Self::Group => Localized::new("groups and friends", "群组与关系链"),
        }
    }
}

/// All codes, ascending; ranges do not overlap.
pub static TABLE: &[Code] = table::TABLE;

/// The meaning of a code; a row of its own takes precedence over a range.
pub fn find(code: i64) -> Option<&'static Code> {
    let after = TABLE.partition_point(|it| it.first <= code);
    TABLE[..after].iter().rev().find(|it| code <= it.last)
}

/// The codes that contain every one of the words, in number, name or either
/// language, case-insensitive; all codes if there are no words.
pub fn search(words: &str) -> Vec<&'static Code> {
    let wanted: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
    TABLE.iter().filter(|code| wanted.iter().all(|it| code.contains(it))).collect()
}

impl Code {
    /// Whether this row contains a word, given in lower case.
    fn contains(&self, word: &str) -> bool {
        let number = |it: i64| (self.first..=self.last).contains(&it);
        let texts = [self.symbol, self.brief.en, self.brief.zh, self.meaning.en, self.meaning.zh];
        word.parse().is_ok_and(number)
            || self.first.to_string().contains(word)
            || self.last.to_string().contains(word)
            || texts.iter().any(|it| it.to_lowercase().contains(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(code: i64, brief: &str) {
        assert_eq!(find(code).map(|it| it.brief.en), Some(brief));
    }

    fn numbers(words: &str) -> Vec<i64> {
        search(words).iter().map(|it| it.first).collect()
    }

    #[test]
    fn the_table_is_sorted_and_fits_a_narrow_pane() {
        assert!(TABLE.is_sorted_by(|a, b| a.first < b.first));
        assert_eq!(TABLE.len(), 140);
        for code in TABLE {
            assert!(code.first <= code.last, "{code:?}");
            assert!(code.brief.en.len() <= 30, "{code:?}");
            assert!(!code.brief.zh.is_empty() && !code.meaning.zh.is_empty(), "{code:?}");
        }
    }

    #[test]
    fn a_code_is_found_by_its_number() {
        check(0, "sent");
        check(80001, "text blocked");
        check(20007, "sender is blocklisted");
        check(-10113, "user rate limit (access layer)");
        check(120_001, "app's own code");
        check(125_000, "app's own code");
        check(130_000, "app's own code");
        check(10150, "app's own code (group)");
        assert_eq!(find(130_001), None);
        assert_eq!(find(i64::MIN), None);
        assert_eq!(find(i64::MAX), None);
    }

    #[test]
    fn codes_are_found_by_words_in_any_case_and_language() {
        assert_eq!(numbers("BLACKLIST"), [20007]);
        assert_eq!(numbers("黑名单 发送"), [20007]);
        assert_eq!(numbers("125000"), [120_001]);
        assert_eq!(numbers("blocked content"), [80001, 80004]);
        assert_eq!(numbers("no such thing anywhere"), [0_i64; 0]);
        assert_eq!(search(" ").len(), TABLE.len());
    }
}
