//! Why a text is not a rule, in every language of the interface.

use std::fmt;
use std::ops::Range;

use crate::callback::lang::localize;
use crate::callback::{Lang, Localized};
use crate::history::filter;

/// A mistake in the text of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleError {
    /// The bytes of the text that are wrong, on character boundaries; empty, at the
    /// end of the text, where something is missing there.
    pub at: Range<usize>,
    pub(super) reason: Reason,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reason {
    /// A text without arguments.
    Plain(Localized),
    /// The filter is wrong.
    Filter(filter::ParseError),
    /// A word that is no action, and the most similar action.
    UnknownAction(String, Option<&'static str>),
    /// A value that is not what its action needs.
    WrongValue(String, Localized),
    /// A value that is not JSON, and why.
    NotJson(String),
    /// A second reply.
    SecondReply(&'static str),
    /// A file that cannot be read, and why.
    File(String, String),
}

impl RuleError {
    /// The mistake as a sentence: lower case, without a final dot.
    pub fn message(&self, lang: Lang) -> String {
        match &self.reason {
            Reason::Plain(text) => text.text(lang).to_owned(),
            Reason::Filter(error) => error.message(lang),
            Reason::UnknownAction(word, Some(near)) => localize!(
                lang,
                "`{word}` is not an action; did you mean `{near}`?",
                "`{word}` 不是动作；是否想写 `{near}`？"
            ),
            Reason::UnknownAction(word, None) => {
                let all = super::ACTIONS.join(", ");
                localize!(
                    lang,
                    "`{word}` is not one of the actions {all}",
                    "`{word}` 不是动作之一：{all}"
                )
            }
            Reason::WrongValue(value, expected) => {
                let expected = expected.text(lang);
                localize!(lang, "`{value}` is not {expected}", "`{value}` 不是{expected}")
            }
            Reason::NotJson(why) => localize!(lang, "not JSON: {why}", "不是 JSON：{why}"),
            Reason::SecondReply(action) => localize!(
                lang,
                "`{action}` is a second reply; a rule has one",
                "`{action}` 是第二个应答；一条规则只能有一个"
            ),
            Reason::File(name, why) => {
                localize!(lang, "cannot read {name}: {why}", "无法读取 {name}：{why}")
            }
        }
    }
}

impl fmt::Display for RuleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for RuleError {}
