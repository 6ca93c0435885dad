//! The keywords of the filter language: conditions written as one word.

use super::subject::{CachedSubject, Subject};
use crate::callback::command::When;
use crate::callback::decision::Decision;
use crate::history::row::Flags;

/// A condition written as one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keyword {
    /// A result other than 0.
    Failed,
    /// A result of 0, and neither refused nor invalid JSON; what is only asked for has
    /// no result.
    Ok,
    /// Sent before or after the event.
    When(When),
    /// What Tencent makes of the answer to a "before" callback.
    Decision(Decision),
    /// One of the flags of the row.
    Flag(Flags),
}

impl Keyword {
    /// Whether it is known only after the answer, or from other callbacks.
    pub(super) fn is_known_later(self) -> bool {
        let later = [Flags::REFUSED, Flags::DUPLICATE, Flags::OLDER, Flags::TROUBLE, Flags::RESENT];
        matches!(self, Self::Decision(_)) || matches!(self, Self::Flag(it) if later.contains(&it))
    }

    /// Whether a callback matches.
    pub(super) fn matches<S: Subject>(self, subject: &CachedSubject<'_, S>) -> bool {
        let row = || subject.row();
        match self {
            Self::Failed => row().failed(),
            Self::Ok => {
                let row = row();
                row.result == Some(0)
                    && !row.flags.contains(Flags::BEFORE)
                    && !row.flags.contains(Flags::REFUSED)
                    && !row.flags.contains(Flags::BROKEN)
            }
            Self::When(when) => subject.when() == Some(when),
            Self::Decision(decision) => row().flags.decision() == Some(decision),
            Self::Flag(flags) => row().flags.contains(flags),
        }
    }
}
