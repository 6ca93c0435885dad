//! Why a text is not a rule, in every language of the interface.

use std::fmt;
use std::ops::Range;

use super::{Problem, Rule};
use crate::callback::callback_url::Finding;
use crate::callback::json::Reason as JsonReason;
use crate::callback::lang::localize;
use crate::callback::trouble::reason;
use crate::callback::{Lang, Localized};
use crate::history::filter::{ParseError, full_width_message};

const OWN_LISTENER: Localized = Localized::new(
    "this forwards to the address imscope itself listens on",
    "此地址是 imscope 自身的监听地址，会形成转发循环",
);

/// A mistake in the text of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleError {
    /// The bytes of the text that are wrong, on character boundaries; empty, at the end
    /// of the text, where something is missing there.
    pub at: Range<usize>,
    pub(super) reason: Reason,
}

impl RuleError {
    /// The app of a rule cannot be reached for this reason.
    pub fn no_app(rule: &Rule, why: String) -> Self {
        Self { at: rule.places.reply.clone().unwrap_or_default(), reason: Reason::NoApp(why) }
    }

    /// The app of a rule is imscope's own listener.
    pub fn own_listener(rule: &Rule) -> Self {
        Self {
            at: rule.places.reply.clone().unwrap_or_default(),
            reason: Reason::Plain(OWN_LISTENER),
        }
    }

    /// The rule is refused for a problem.
    pub fn refused(problem: Problem) -> Self {
        Self { at: problem.at.clone(), reason: Reason::Problem(Box::new(problem)) }
    }

    /// The same error with another place.
    #[must_use]
    pub fn at(self, at: Range<usize>) -> Self {
        Self { at, ..self }
    }

    /// The error as a sentence: lower case, without a final dot.
    pub fn message(&self, lang: Lang) -> String {
        self.reason.message(lang)
    }
}

impl fmt::Display for RuleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for RuleError {}

/// What is wrong. The texts are those of the rule, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reason {
    /// A text without arguments.
    Plain(Localized),
    /// A mistake of the filter.
    Filter(ParseError),
    /// A full-width character in place of a half-width one.
    FullWidth(char),
    /// A word that is no action, and the action that is most like it.
    UnknownAction { word: String, nearest: Option<&'static str> },
    /// An action that is written twice.
    Repeated(&'static str),
    /// Two actions that each reply.
    TwoReplies { first: &'static str, second: &'static str },
    /// An action without its argument.
    Missing { action: &'static str, expected: Localized },
    /// An argument that is not what its action takes.
    Wrong { value: String, expected: Localized },
    /// Something other than a comma after an action.
    NoComma { action: &'static str, found: String },
    /// An argument that is not JSON.
    NotJson(JsonReason),
    /// A text without its quotes, and the same with them.
    Unquoted { text: String, right: String },
    /// A local app that cannot be reached, and why, in English.
    NoApp(String),
    /// A URL that no app can have.
    WrongUrl(Finding),
    /// A pointer to what a reply cannot replace.
    WrongPointer(String),
    /// What cannot work, although it is a rule.
    Problem(Box<Problem>),
    /// A file that cannot be read, and why.
    Unreadable { path: String, why: String },
}

impl From<ParseError> for Reason {
    fn from(error: ParseError) -> Self {
        Self::Filter(error)
    }
}

impl Reason {
    fn message(&self, lang: Lang) -> String {
        match self {
            Self::Plain(text) => text.text(lang).to_owned(),
            Self::Filter(error) => error.message(lang),
            Self::FullWidth(char) => full_width_message(lang, *char),
            Self::UnknownAction { word, nearest } => unknown_action(lang, word, *nearest),
            Self::Repeated(action) => {
                localize!(lang, "`{action}` is written twice", "`{action}` 重复出现")
            }
            Self::TwoReplies { first, second } => localize!(
                lang,
                "a rule has one reply, and `{first}` is one already; `{second}` needs another rule",
                "一条规则只能有一个应答，已有 `{first}`；`{second}` 请写成另一条规则"
            ),
            Self::Missing { action, expected } => {
                let expected = expected.text(lang);
                localize!(lang, "`{action}` needs {expected}", "`{action}` 后缺少{expected}")
            }
            Self::Wrong { value, expected } => {
                let expected = expected.text(lang);
                localize!(lang, "`{value}` is not {expected}", "`{value}` 不是{expected}")
            }
            Self::NoComma { action, found } => localize!(
                lang,
                "`{found}` after `{action}` is not expected; actions are separated by commas",
                "`{action}` 后不应有 `{found}`；动作之间用逗号“,”分隔"
            ),
            Self::NotJson(reason) => {
                let why = reason.text(lang);
                // Of an error before its line and column.
                let why = why.trim_end_matches(',');
                localize!(lang, "not JSON: {why}", "不是 JSON：{why}")
            }
            Self::Unquoted { text, right } => localize!(
                lang,
                "`{text}` is not JSON; a text is in quotes: {right}",
                "`{text}` 不是 JSON；文本应加引号：{right}"
            ),
            Self::NoApp(why) => reason::text(why, lang).into_owned(),
            Self::Problem(problem) => problem.message(lang),
            Self::WrongUrl(finding) => finding.message(lang),
            Self::WrongPointer(pointer) => localize!(
                lang,
                "`{pointer}` cannot be replaced; a reply replaces /MsgBody/… or /CloudCustomData",
                "`{pointer}` 不能改写；回包只能改写 /MsgBody/… 或 /CloudCustomData"
            ),
            Self::Unreadable { path, why } => {
                let why = reason::text(why, lang);
                localize!(lang, "cannot read {path}: {why}", "无法读取 {path}：{why}")
            }
        }
    }
}

fn unknown_action(lang: Lang, word: &str, nearest: Option<&str>) -> String {
    match nearest {
        Some(nearest) => localize!(
            lang,
            "unknown action `{word}`; did you mean `{nearest}`?",
            "未知动作 `{word}`；是否想写 `{nearest}`？"
        ),
        None => {
            let known = super::action::actions().collect::<Vec<_>>().join(", ");
            localize!(
                lang,
                "unknown action `{word}`; the actions are {known}",
                "未知动作 `{word}`；可用动作：{known}"
            )
        }
    }
}
