//! The texts of the problems.

use std::sync::Arc;

use crate::callback::decision::{DROP, codes};
use crate::callback::lang::localize;
use crate::callback::{Lang, Localized};
use crate::history::filter::{Remark, UnknownCommand};

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reason {
    /// The answer comes after Tencent's deadline.
    Late,
    /// A keyword that is known only after the answer.
    KnownLater(&'static str),
    /// A keyword or number of a result, which a "before" callback does not have.
    NoResult(&'static str),
    /// A value of `cmd:` that no known command has.
    UnknownCommand(UnknownCommand),
    /// What is probably meant otherwise in the filter.
    Filter(Remark),
    /// A field of a message that no document names, and the one that is most like it.
    UnknownField { name: String, nearest: Option<&'static str> },
    /// The filter matches no known command.
    NoCommand,
    /// An action on "after" commands only, whose answer is ignored.
    AfterOnly(&'static str),
    /// A code that is not documented for this command; whether it is for another that
    /// matches.
    Code { code: i64, word: &'static str, fits_some: bool },
    /// An action on messages, where none matches.
    NoMessage(&'static str),
    /// A body that is no JSON object.
    NotAnObject,
    /// An earlier rule with this text decides always.
    Unreachable(Arc<str>),
}

const LATE: Localized =
    Localized::new("Tencent waits 2 s and then goes on", "腾讯云最多等待 2 秒，之后视为超时");
const NO_COMMAND: Localized =
    Localized::new("the filter matches no known command", "过滤条件不匹配任何已知的回调命令");
const NOT_AN_OBJECT: Localized = Localized::new(
    "the body is not a JSON object, which Tencent requires",
    "包体不是 JSON 对象，不符合腾讯云的要求",
);

impl Reason {
    /// Whether the rule works nevertheless.
    pub(super) const fn is_remark(&self) -> bool {
        match self {
            Self::Late
            | Self::NoCommand
            | Self::UnknownCommand(_)
            | Self::Filter(_)
            | Self::UnknownField { .. }
            | Self::NotAnObject => true,
            Self::Code { fits_some, .. } => *fits_some,
            Self::KnownLater(_)
            | Self::NoResult(_)
            | Self::AfterOnly(_)
            | Self::NoMessage(_)
            | Self::Unreachable(_) => false,
        }
    }

    pub(super) fn message(&self, lang: Lang) -> String {
        match self {
            Self::Late => LATE.text(lang).to_owned(),
            Self::NotAnObject => NOT_AN_OBJECT.text(lang).to_owned(),
            Self::AfterOnly(action) => localize!(
                lang,
                "`{action}` has no effect: the filter matches after-callbacks only, and their \
                 answers are ignored",
                "`{action}` 无效：过滤条件只匹配之后回调，其应答会被忽略"
            ),
            Self::Code { code: DROP, word, .. } => localize!(
                lang,
                "{word} has no code 2, with which `drop` answers: it is for messages before they \
                 are sent; add `cmd:BeforeSendMsg`",
                "{word} 没有错误码 2（即 `drop` 的应答）：它只用于发消息之前回调，可加上 `cmd:BeforeSendMsg`"
            ),
            Self::Code { code, word, .. } => {
                let known = codes(word).map(|it| it.text(lang)).unwrap_or_default();
                localize!(
                    lang,
                    "{word} does not know the code {code}, only {known}",
                    "{word} 不支持错误码 {code}，只支持 {known}"
                )
            }
            Self::NoMessage(action) => localize!(
                lang,
                "`{action}` works only before a message is sent, and the filter matches no such \
                 command",
                "`{action}` 只用于发消息之前回调，而过滤条件不匹配此类命令"
            ),
            Self::Unreachable(earlier) => localize!(
                lang,
                "this rule is never reached: `{earlier}` decides before it",
                "此规则不会生效：前面的 `{earlier}` 总是先决定"
            ),
            _ => self.message_of_filter(lang),
        }
    }

    /// The message, if it is about the filter or one of its words.
    fn message_of_filter(&self, lang: Lang) -> String {
        match self {
            Self::KnownLater(name) => localize!(
                lang,
                "`{name}` is known only after the answer; in a rule it never matches",
                "`{name}` 在应答之后才能得知，在规则中永远不会匹配"
            ),
            Self::NoResult(name) => localize!(
                lang,
                "`{name}` never matches here: the result of a before-callback is known only \
                 after the answer",
                "`{name}` 在此永远不会匹配：之前回调的结果在应答之后才能得知"
            ),
            Self::UnknownCommand(it) => {
                let value = &it.value;
                let message = localize!(
                    lang,
                    "no known command matches `{value}`",
                    "没有与 `{value}` 匹配的已知回调命令"
                );
                message + &did_you_mean(lang, it.nearest)
            }
            Self::Filter(remark) => remark.message(lang),
            Self::UnknownField { name, nearest } => {
                let message = localize!(
                    lang,
                    "no documented element has a field `{name}`",
                    "文档中没有字段为 `{name}` 的消息元素"
                );
                message + &did_you_mean(lang, *nearest)
            }
            _ => NO_COMMAND.text(lang).to_owned(),
        }
    }
}

/// What was probably meant, if it is known.
fn did_you_mean(lang: Lang, nearest: Option<&str>) -> String {
    nearest.map_or_else(String::new, |nearest| {
        localize!(lang, "; did you mean `{nearest}`?", "；是否想写 `{nearest}`？")
    })
}
