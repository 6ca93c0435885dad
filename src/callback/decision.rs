//! What Tencent does with the answer to a "before" command.
//!
//! Such a command asks before the event, and the `ErrorCode` of the answer decides
//! (<https://cloud.tencent.com/document/product/269/1632>). About friends each
//! `ResultItem` decides about one of them.

mod changes;
mod codes;
mod effect;
mod judge;
mod sentence;

pub use changes::{REPLACED, changes};
pub use codes::{Codes, DROP, codes};
pub use judge::{judge, judge_delivery};

use std::fmt;

use super::lang::{Lang, Localized};
use effect::Effect;

/// Whether Tencent refuses what a "before" command asks for if there is no usable answer
/// to it.
pub fn needs_answer(word: &str) -> bool {
    effect::effect(word).needs_answer
}

/// What Tencent makes of the answer to a "before" command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Decision {
    /// The event happens.
    Allowed,
    /// The message is sent with another content.
    Changed,
    /// The event does not happen, or not for some of its users.
    Denied,
    /// The message is not sent, and its sender sees success.
    Dropped,
    /// There was no answer in time.
    Late,
    /// Tencent cannot use the answer.
    Invalid,
}

/// What Tencent makes of an answer, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgment {
    /// The decision.
    pub decision: Decision,
    /// The code that decides: `ErrorCode`, or the `ResultCode` that all refused
    /// friends have in common.
    pub code: Option<i64>,
    /// The `ErrorInfo` of the answer; empty if it has none.
    pub info: String,
    /// The users that are refused one by one: friends (`ResultItem`) or invited
    /// members (`RefusedMembers_Account`).
    pub refused: Vec<Refused>,
    /// How many users the callback is about, if it is answered for each.
    pub asked: usize,
    /// Why Tencent cannot use the answer, if it cannot.
    problem: Option<Problem>,
    effect: &'static Effect,
}

/// How many of the users that a callback is about are refused, where not all are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RefusedPart {
    /// The number of those refused.
    pub refused: usize,
    /// The number of all.
    pub asked: usize,
}

/// A user that is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The UserID.
    pub account: String,
    /// The `ResultCode`, if it has one.
    pub code: Option<i64>,
    /// The `ResultInfo`; empty if it has none.
    pub info: String,
}

/// Why Tencent cannot use an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Problem {
    /// The HTTP status is not 200.
    Status(u16),
    /// The body is not a JSON object.
    NotJson,
    /// A required field is missing, or of another type than documented.
    Field(&'static str),
    /// `ActionStatus` is not `OK`.
    Failure,
    /// The command with this word has no such code.
    Code(&'static str, i64),
    /// `ResultItem` has no valid item for this many friends.
    Friends(usize),
    /// This code where only those of `ResultItem` decide.
    Ignored(i64),
}

impl Decision {
    /// All of them, in the order of the enum.
    pub const ALL: [Self; 6] =
        [Self::Allowed, Self::Changed, Self::Denied, Self::Dropped, Self::Late, Self::Invalid];

    /// The decision in a word.
    pub const fn label(self) -> Localized {
        match self {
            Self::Allowed => Localized::new("allowed", "允许"),
            Self::Changed => Localized::new("changed", "已改写"),
            Self::Denied => Localized::new("denied", "拒绝"),
            Self::Dropped => Localized::new("dropped", "已丢弃"),
            Self::Late => Localized::new("late", "超时"),
            Self::Invalid => Localized::new("invalid", "无效应答"),
        }
    }

    /// The decision in a word, a denial with its code: `denied 120001`.
    pub fn word(self, code: Option<i64>, lang: Lang) -> String {
        let word = self.label().text(lang);
        match code.filter(|_| self == Self::Denied) {
            Some(code) => format!("{word} {code}"),
            None => word.to_owned(),
        }
    }

    /// Whether what the callback asks for is denied, at least in part.
    pub const fn is_denial(self) -> bool {
        matches!(self, Self::Denied | Self::Dropped)
    }
}

impl RefusedPart {
    /// `denied 1/2`
    pub fn word(self, lang: Lang) -> String {
        let denied = Decision::Denied.word(None, lang);
        format!("{denied} {self}")
    }
}

/// `1/2`
impl fmt::Display for RefusedPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.refused, self.asked)
    }
}

impl Judgment {
    /// The decision in a word or two: `denied 120001`, `denied 1/2` if only some of
    /// the users are refused.
    pub fn word(&self, lang: Lang) -> String {
        match self.part() {
            Some(part) => part.word(lang),
            None => self.decision.word(self.code, lang),
        }
    }

    /// How many of the users are refused, if not all.
    pub fn part(&self) -> Option<RefusedPart> {
        let (refused, asked) = (self.refused.len(), self.asked);
        (0 < refused && refused < asked).then_some(RefusedPart { refused, asked })
    }

    /// The decision with its reason: `denied 120001 "no ads"`, `denied 1/2: b 38001 “busy”`.
    pub fn summary(&self, lang: Lang) -> String {
        sentence::summary(self, lang)
    }

    /// What Tencent does with this answer, as a sentence or more.
    pub fn sentence(&self, lang: Lang) -> String {
        sentence::sentence(self, lang)
    }
}

#[cfg(test)]
mod tests;
