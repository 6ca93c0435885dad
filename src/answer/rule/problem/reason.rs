//! The texts of the problems.

use std::sync::Arc;

use crate::callback::decision::codes;
use crate::callback::lang::localize;
use crate::callback::{Lang, Localized};

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reason {
    /// The answer comes after Tencent's deadline.
    Late,
    /// A keyword that is known only after the answer.
    KnownLater(&'static str),
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
            Self::Late | Self::NoCommand | Self::NotAnObject => true,
            Self::Code { fits_some, .. } => *fits_some,
            Self::KnownLater(_)
            | Self::AfterOnly(_)
            | Self::NoMessage(_)
            | Self::Unreachable(_) => false,
        }
    }

    pub(super) fn message(&self, lang: Lang) -> String {
        match self {
            Self::Late => LATE.text(lang).to_owned(),
            Self::NoCommand => NO_COMMAND.text(lang).to_owned(),
            Self::NotAnObject => NOT_AN_OBJECT.text(lang).to_owned(),
            Self::KnownLater(name) => localize!(
                lang,
                "`{name}` is known only after the answer; in a rule it never matches",
                "`{name}` 在应答之后才能得知，在规则中永远不会匹配"
            ),
            Self::AfterOnly(action) => localize!(
                lang,
                "`{action}` has no effect: the filter matches after-callbacks only, and their \
                 answers are ignored",
                "`{action}` 无效：过滤条件只匹配之后回调，其应答会被忽略"
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
        }
    }
}
