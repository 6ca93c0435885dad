//! The menu of rules for a callback: this command from this user gets an answer.

use std::ops::ControlFlow;

use crossterm::event::{KeyCode, KeyEvent};

use super::cursor::moved;
use super::keymap::Keymap;
use crate::callback::Localized;
use crate::callback::decision::{Codes, codes};
use crate::callback::printable::clean;
use crate::history::filter::Filter;

/// Bytes of a message's text up to which it is offered to be changed.
const MAX_TEXT_BYTES: usize = 200;

/// The callback that a rule is made for.
#[derive(Debug, Clone, Default)]
pub(super) struct RuleMenu {
    /// Its command word.
    pub(super) word: String,
    /// Its user; empty if there is none.
    pub(super) from: String,
    /// Its application, if the rule is to be for that one only.
    pub(super) app: Option<String>,
    /// The pointer to the text of its message, and the text as JSON, if it has one.
    pub(super) text: Option<(String, String)>,
    /// The selected entry.
    pub(super) cursor: usize,
}

/// An entry of the menu.
#[derive(Debug, Clone)]
pub(super) struct RuleChoice {
    /// The key that chooses it.
    pub(super) key: char,
    /// What it does.
    pub(super) label: Localized,
    /// Its actions.
    actions: String,
    /// The value that is entered in them; `None` if they are complete.
    blank: Option<Blank>,
}

/// A value of a rule that is still to be entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Blank {
    /// Its place, in characters from the end of the rule.
    pub(super) from_end: usize,
    /// What it is.
    pub(super) meaning: Localized,
}

/// The text of a rule for a callback.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RuleDraft {
    /// The text.
    pub(super) text: String,
    /// The value that is entered in it; `None` if it is complete.
    pub(super) blank: Option<Blank>,
}

impl RuleMenu {
    /// The entries, in their order.
    pub(super) fn choices(&self) -> Vec<RuleChoice> {
        let codes = codes(&self.word);
        let of_message =
            |it: RuleChoice| codes.as_ref().is_some_and(|it| it.is_message).then_some(it);
        let choices = [
            Some(done('a', Localized::new("allow", "允许"), "allow")),
            Some(done('d', Localized::new("deny: code 1", "拒绝：错误码 1"), "deny")),
            codes.as_ref().map(deny_with_own_code),
            of_message(done(
                'x',
                Localized::new("drop: the sender sees success", "丢弃：发送方仍显示成功"),
                "drop",
            )),
            self.text.as_ref().map(change_text).and_then(of_message),
            Some(done('n', Localized::new("no answer at all", "不应答"), "hang")),
            Some(done('s', Localized::new("HTTP status 500", "HTTP 状态码 500"), "status 500")),
        ];
        choices.into_iter().flatten().collect()
    }

    /// Handles a key; breaks when the menu is to be closed, with the rule that was chosen:
    /// by the key of its entry, or by enter. Keys that move select another entry.
    pub(super) fn on_key(
        &mut self,
        key: KeyEvent,
        keymap: &Keymap,
    ) -> ControlFlow<Option<RuleDraft>> {
        let choices = self.choices();
        let chosen = match key.code {
            KeyCode::Enter => choices.get(self.cursor),
            code => choices.iter().find(|it| code == KeyCode::Char(it.key)),
        };
        if let (None, Some(step)) = (chosen, keymap.step(key)) {
            self.cursor = moved(self.cursor, choices.len(), choices.len(), step);
            return ControlFlow::Continue(());
        }
        ControlFlow::Break(chosen.map(|it| self.draft(it)))
    }

    /// The rule of an entry.
    fn draft(&self, choice: &RuleChoice) -> RuleDraft {
        let from = Some(&*self.from).filter(|it| !it.is_empty());
        let filter = Filter::for_command(&self.word, from, self.app.as_deref());
        let text = format!("{} => {}", filter.text(), choice.actions);
        RuleDraft { text, blank: choice.blank }
    }
}

fn done(key: char, label: Localized, actions: &str) -> RuleChoice {
    RuleChoice { key, label, actions: actions.to_owned(), blank: None }
}

fn deny_with_own_code(codes: &Codes) -> RuleChoice {
    let meaning = Localized::new(
        "in quotes: ErrorInfo for the client; may be empty",
        "引号中为 ErrorInfo（客户端收到的文字），可留空",
    );
    RuleChoice {
        key: 'c',
        label: Localized::new("deny: a code, ErrorInfo …", "拒绝：错误码、ErrorInfo …"),
        actions: format!("deny {} \"\"", codes.own.start()),
        blank: Some(Blank { from_end: 1, meaning }),
    }
}

fn change_text((pointer, text): &(String, String)) -> RuleChoice {
    let is_short = text.len() <= MAX_TEXT_BYTES && clean(text) == *text;
    let text = if is_short { text } else { "\"\"" };
    let meaning = Localized::new("in quotes: the new text", "引号中为新的文字");
    RuleChoice {
        key: 't',
        label: Localized::new("change the text …", "修改文字 …"),
        actions: format!("set {pointer}={text}"),
        blank: Some(Blank { from_end: 1, meaning }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::Rule;

    fn menu(word: &str, from: &str) -> RuleMenu {
        let pointer = "/MsgBody/0/MsgContent/Text".to_owned();
        RuleMenu {
            word: word.to_owned(),
            from: from.to_owned(),
            app: Some("1400000000".to_owned()),
            text: Some((pointer, r#""a \"quote\"""#.to_owned())),
            cursor: 0,
        }
    }

    #[test]
    fn each_choice_is_a_rule_for_any_user() {
        let users = [
            "alice",
            "小明",
            "",
            "a b",
            "a=>b",
            "\"",
            "\\",
            "x\\\"=> deny",
            "(a|b)",
            "-a",
            "re:/a/",
            "\u{202e}a",
        ];
        for word in
            ["C2C.CallbackBeforeSendMsg", "Group.CallbackBeforeCreateGroup", "X.CallbackBeforeY"]
        {
            for user in users {
                let mut menu = menu(word, user);
                for choice in menu.choices() {
                    let key = KeyEvent::from(KeyCode::Char(choice.key));
                    let draft =
                        menu.on_key(key, &Keymap::default()).break_value().flatten().unwrap();
                    let rule = Rule::parse(&draft.text, &mut |_| Err(String::new()));
                    let rule = rule.unwrap_or_else(|it| panic!("{}: {it}", draft.text));
                    let from = Some(user).filter(|it| !it.is_empty());
                    assert_eq!(rule.filter, Filter::for_command(word, from, Some("1400000000")));
                }
            }
        }
    }

    #[test]
    fn a_message_can_be_dropped_and_changed_and_nothing_else_can() {
        let keys = |word| menu(word, "alice").choices().iter().map(|it| it.key).collect::<String>();
        assert_eq!(keys("C2C.CallbackBeforeSendMsg"), "adcxtns");
        assert_eq!(keys("Sns.CallbackPrevFriendAdd"), "adcns");
        assert_eq!(keys("X.CallbackBeforeY"), "adns");
    }
}
