//! The words of the actions.

use crate::callback::{Localized, nearest};

/// An action of rules.
#[derive(Debug)]
pub struct Action {
    /// Its name.
    pub name: &'static str,
    /// Actions of a rule, with it among them.
    pub example: &'static str,
    /// What it does.
    pub meaning: Localized,
}

/// Every action, in the order of the documentation.
pub static TABLE: [Action; 12] = [
    Action::new("allow", "allow", "let it happen", "允许"),
    Action::new(
        "deny",
        "deny 120001 \"no advertising\"",
        "deny it: a code, a text",
        "拒绝：错误码、文字",
    ),
    Action::new("drop", "drop", "drop the message silently", "静默丢弃消息"),
    Action::new(
        "set",
        "set /MsgBody/0/MsgContent/Text=\"hi\"",
        "change a field of the message: PATH=VALUE",
        "改写消息的字段：路径=值",
    ),
    Action::new(
        "reply",
        "reply {\"ErrorCode\":0}",
        "answer with a JSON body or the file @NAME",
        "以 JSON 或文件 @NAME 应答",
    ),
    Action::new("fail", "fail \"busy\"", "answer FAIL: a code, a text", "应答 FAIL：错误码、文字"),
    Action::new("status", "status 503", "answer with an HTTP status", "以 HTTP 状态码应答"),
    Action::new(
        "delay",
        "delay 300ms, deny",
        "answer after a time, such as 300ms",
        "延迟应答，例如 300ms",
    ),
    Action::new("hang", "hang", "never answer", "不应答"),
    Action::new(
        "forward",
        "forward http://localhost:8081/im",
        "ask the local app, or the one at this URL",
        "转发给本地应用，或该 URL 的应用",
    ),
    Action::new("times", "times 3, status 503", "apply the rule so often", "规则最多生效的次数"),
    Action::new(
        "chance",
        "chance 10%, delay 2.5s",
        "apply the rule by chance, such as 10%",
        "规则生效的概率，例如 10%",
    ),
];

impl Action {
    const fn new(
        name: &'static str,
        example: &'static str,
        en: &'static str,
        zh: &'static str,
    ) -> Self {
        Self { name, example, meaning: Localized::new(en, zh) }
    }
}

/// The names of all actions, in the order of the documentation.
pub fn actions() -> impl Iterator<Item = &'static str> {
    TABLE.iter().map(|it| it.name)
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
    use crate::answer::rule::Rule;

    #[test]
    fn each_example_is_of_a_rule_with_the_action() {
        for Action { name, example, .. } in &TABLE {
            Rule::parse(&format!("before => {example}"), &mut |_| Err(String::new())).unwrap();
            assert!(example.contains(name), "{example}");
        }
    }

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
