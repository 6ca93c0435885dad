//! The words of the actions.

use crate::callback::{Localized, nearest};

/// Every action with what it does, in the order of the documentation.
pub(super) const TABLE: [(&str, Localized); 12] = [
    ("allow", Localized::new("let it happen", "允许")),
    ("deny", Localized::new("deny it: a code, a text", "拒绝：错误码、文字")),
    ("drop", Localized::new("drop the message silently", "静默丢弃消息")),
    ("set", Localized::new("change a field of the message: PATH=VALUE", "改写消息的字段：路径=值")),
    (
        "reply",
        Localized::new("answer with a JSON body or the file @NAME", "以 JSON 或文件 @NAME 应答"),
    ),
    ("fail", Localized::new("answer FAIL: a code, a text", "应答 FAIL：错误码、文字")),
    ("status", Localized::new("answer with an HTTP status", "以 HTTP 状态码应答")),
    ("delay", Localized::new("answer after a time, such as 300ms", "延迟应答，例如 300ms")),
    ("hang", Localized::new("never answer", "不应答")),
    (
        "forward",
        Localized::new(
            "ask the local app, or the one at this URL",
            "转发给本地应用，或该 URL 的应用",
        ),
    ),
    ("times", Localized::new("apply the rule so often", "规则最多生效的次数")),
    ("chance", Localized::new("apply the rule by chance, such as 10%", "规则生效的概率，例如 10%")),
];

/// The names of all actions, in the order of the documentation.
pub fn actions() -> impl Iterator<Item = &'static str> {
    TABLE.into_iter().map(|it| it.0)
}

/// The action with this name, in any letter case.
pub(super) fn named(word: &str) -> Option<&'static str> {
    actions().find(|it| it.eq_ignore_ascii_case(word))
}

/// The action that is most like a word: one that it begins, or is a few letters from.
pub(super) fn nearest(word: &str) -> Option<&'static str> {
    let begun = || {
        let word = word.to_ascii_lowercase();
        actions().find(|it| word.len() > 1 && it.starts_with(&word))
    };
    nearest::nearest(word, actions()).or_else(begun)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_action_is_a_few_letters_away() {
        for (word, action) in [
            ("denny", Some("deny")),
            ("dney", Some("deny")),
            ("Alow", Some("allow")),
            ("ste", Some("set")),
            ("forwrad", Some("forward")),
            ("del", Some("delay")),
            ("potato", None),
            ("x", None),
            ("", None),
        ] {
            assert_eq!(nearest(word), action, "{word}");
        }
        assert_eq!(nearest(&"deny".repeat(1000)), None);
    }
}
