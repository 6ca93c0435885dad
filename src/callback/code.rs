//! The error codes of Tencent Cloud Chat: what each means and what to do about it.

mod table;

use std::ops::RangeInclusive;

use super::lang::Localized;

/// The month in which the tables of codes, commands and fields were last compared with
/// Tencent's documents.
pub const PROTOCOL_DATE: &str = "2026-11";

/// The meaning of a code, or of all codes in a range.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// The code, or the first of the range.
    pub first: i64,
    /// The last of the range; equal to `first` for a single code.
    pub last: i64,
    /// Where it is reported.
    pub place: Place,
    /// Symbol, meaning in English and Chinese, advice in English and Chinese,
    /// separated by tabs.
    texts: &'static str,
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
    /// The reply to a recall, an edit, a reaction or a message extension.
    Recall,
    /// Logging in, accounts and quotas.
    Account,
    /// Groups and topics; also the `ErrorCode` of `Group.CallbackSendMsgException`.
    Group,
    /// Friends, followers and profiles.
    Friends,
    /// Conversations.
    Conversation,
    /// Official accounts.
    Official,
    /// The content check by REST.
    ContentCheck,
    /// The download of message records.
    Download,
    /// The result of a push: the `ErrCode` of `Push.*`.
    Push,
}

impl Place {
    /// The place as text.
    // A table with a row for each.
    #[rustfmt::skip]
    pub const fn label(self) -> Localized {
        match self {
            Self::Result => Localized::new("result in the after-callback", "发消息之后回调的结果"),
            Self::Before => Localized::new("denied before sending: only the sender sees it", "发送前被拒绝，仅发送方可见"),
            Self::Rest => Localized::new("reply to the REST call", "REST 接口应答"),
            Self::Sdk => Localized::new("client SDK only", "仅客户端 SDK"),
            Self::Recall => Localized::new("recall, edit or extension", "撤回、修改或消息扩展"),
            Self::Account => Localized::new("login and accounts", "登录与账号"),
            Self::Group => Localized::new("groups", "群组"),
            Self::Friends => Localized::new("friends and profiles", "关系链与资料"),
            Self::Conversation => Localized::new("conversations", "会话"),
            Self::Official => Localized::new("official accounts", "公众号"),
            Self::ContentCheck => Localized::new("content check", "内容审核"),
            Self::Download => Localized::new("download of message records", "消息记录下载"),
            Self::Push => Localized::new("result of a push", "推送结果"),
        }
    }
}

impl Code {
    /// Its name in the SDKs, empty if it has none.
    pub fn symbol(&self) -> &'static str {
        self.text(0)
    }

    /// What it means. One with two meanings has the newer one first.
    pub fn meaning(&self) -> Localized {
        Localized::new(self.text(1), self.text(2))
    }

    /// What to do about it.
    pub fn advice(&self) -> Localized {
        Localized::new(self.text(3), self.text(4))
    }

    fn text(&self, nth: usize) -> &'static str {
        self.texts.split('\t').nth(nth).unwrap_or_default()
    }

    fn overlaps(&self, range: &RangeInclusive<i64>) -> bool {
        self.first <= *range.end() && *range.start() <= self.last
    }

    /// Whether this row contains a word, given in lower case, or one of the same meaning.
    fn contains(&self, word: &str) -> bool {
        let mut synonyms = SYNONYMS.iter().filter(|it| it.contains(&word));
        self.has(word) || synonyms.any(|it| it.iter().any(|it| self.has(it)))
    }

    fn has(&self, word: &str) -> bool {
        let labels = self.place.label();
        let texts = [self.texts, labels.en, labels.zh];
        parse_range(word).is_some_and(|it| self.overlaps(&it))
            || self.first.to_string().contains(word)
            || self.last.to_string().contains(word)
            || texts.iter().any(|it| it.to_lowercase().contains(word))
    }
}

/// Words of the same meaning, of which the texts have one.
const SYNONYMS: [&[&str]; 4] = [
    &["黑名单", "拉黑"],
    &["blacklist", "blacklisted", "blocklist", "blocked user"],
    &["禁言", "muted", "mute"],
    &["频率", "频控", "限频"],
];

/// All codes, ascending; ranges do not overlap.
pub static TABLE: &[Code] = table::TABLE;

/// The row of a code.
pub fn find(code: i64) -> Option<&'static Code> {
    let after = TABLE.partition_point(|it| it.first <= code);
    TABLE[..after].last().filter(|it| code <= it.last)
}

/// The rows of a range of codes, ascending.
pub fn within(range: &RangeInclusive<i64>) -> Vec<&'static Code> {
    TABLE.iter().filter(|it| it.overlaps(range)).collect()
}

/// The codes that contain every one of the words, in number, symbol, place, or
/// meaning and advice in either language, case-insensitive; all codes if there are
/// no words.
pub fn search(words: &str) -> Vec<&'static Code> {
    let wanted: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
    TABLE.iter().filter(|code| wanted.iter().all(|it| code.contains(it))).collect()
}

/// A code, or a range of codes such as `20000-20999`, `-10115–-10101` or `0～100`.
pub fn parse_range(text: &str) -> Option<RangeInclusive<i64>> {
    if let Ok(code) = text.parse() {
        return Some(code..=code);
    }
    // The first character may be a sign.
    let (at, dash) =
        text.char_indices().skip(1).find(|(_, it)| matches!(it, '-' | '–' | '—' | '～' | '~'))?;
    let (first, last) = (text[..at].parse().ok()?, text[at + dash.len_utf8()..].parse().ok()?);
    (first <= last).then_some(first..=last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(code: i64, symbol: &str) {
        assert_eq!(find(code).map(Code::symbol), Some(symbol), "{code}");
    }

    fn numbers(words: &str) -> Vec<i64> {
        search(words).iter().map(|it| it.first).collect()
    }

    #[test]
    fn every_row_is_complete_and_in_order() {
        assert!(TABLE.is_sorted_by(|a, b| a.last < b.first));
        assert_eq!(TABLE.len(), 523);
        assert_eq!(TABLE.iter().filter(|it| it.first != it.last).count(), 4);
        for code in TABLE {
            assert!(code.first <= code.last, "{code:?}");
            assert_eq!(code.texts.split('\t').count(), 5, "{code:?}");
            for text in [code.meaning(), code.advice()] {
                assert!(text.en.is_ascii() && !text.en.is_empty(), "{code:?}");
                assert!(text.zh.chars().count() > 1, "{code:?}");
            }
        }
    }

    #[test]
    fn a_code_is_found_by_its_number() {
        check(0, "ERR_SUCC");
        check(80001, "ERR_SVR_COMM_SENSITIVE_TEXT");
        check(20007, "ERR_SVR_MSG_IN_PEER_BLACKLIST");
        check(-20009, "ERR_SVR_SSO_FREQUENCY_LIMIT");
        for own in [10150, 38000, 102_200, 120_001, 125_000, 130_000] {
            assert!(find(own).is_some_and(|it| it.meaning().en.starts_with("app's own code")));
        }
        assert_eq!(find(130_001), None);
        assert_eq!(find(i64::MIN), None);
        assert_eq!(find(i64::MAX), None);
    }

    #[test]
    fn a_code_with_two_meanings_has_both() {
        let both = find(30005).map(Code::meaning).unwrap();
        assert_eq!(both.en, "following not enabled; older: blocked word");
        assert_eq!(both.zh, "关注未开通；旧义：含敏感词");
    }

    #[test]
    fn codes_are_found_by_words_in_any_case_and_language() {
        assert_eq!(numbers("msg_in_peer"), [20007]);
        assert_eq!(numbers("拉黑 发送方"), [20007]);
        assert!(numbers("黑名单").contains(&20007) && numbers("blacklist").contains(&20007));
        assert_eq!(numbers("125000"), [120_001]);
        assert_eq!(numbers("IMAGE blocked by content"), [80004]);
        assert_eq!(numbers("20006-20007"), [20006, 20007]);
        assert_eq!(numbers("no such thing anywhere"), [0_i64; 0]);
        assert_eq!(search(" ").len(), TABLE.len());
    }

    #[test]
    fn a_range_is_written_with_a_hyphen_or_a_dash() {
        assert_eq!(parse_range("80001"), Some(80001..=80001));
        assert_eq!(parse_range("-5"), Some(-5..=-5));
        assert_eq!(parse_range("20000-20999"), Some(20000..=20999));
        assert_eq!(parse_range("-10115–-10101"), Some(-10115..=-10101));
        assert_eq!(parse_range("20000～20999"), Some(20000..=20999));
        assert_eq!(parse_range("9-1"), None);
        assert_eq!(parse_range("20000-"), None);
        assert_eq!(parse_range("voice-call"), None);
    }
}
