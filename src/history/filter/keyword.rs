//! The keywords of the filter language: conditions written as one word.

use super::subject::{CachedSubject, ReadCost, Subject};
use crate::callback::command::{self, Command, When};
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
    /// About messages that were read.
    Read,
    /// A message to a robot.
    ToRobot,
    /// Only a part of its body was received.
    Partial,
    /// One of the flags of the row.
    Flag(Flags),
}

impl Keyword {
    /// Whether it is known only after the answer, or from other callbacks.
    pub(super) fn is_known_later(self) -> bool {
        let later = [Flags::REFUSED, Flags::DUPLICATE, Flags::OLDER, Flags::TROUBLE, Flags::RESENT];
        matches!(self, Self::Decision(_) | Self::Partial)
            || matches!(self, Self::Flag(it) if later.contains(&it))
    }

    /// The most expensive part of a callback that it reads.
    pub(super) const fn read_cost(self) -> ReadCost {
        match self {
            Self::Partial => ReadCost::Delivery,
            _ => ReadCost::Row,
        }
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
            Self::Read => command::is_read(subject.word()),
            Self::ToRobot => command::find(subject.word()).is_some_and(Command::is_to_robot),
            Self::Partial => is_partial(subject),
            Self::Flag(flags) => row().flags.contains(flags),
        }
    }
}

/// Whether only a part of the body was received. The delivery is read only if the row shows
/// that it can be so.
fn is_partial<S: Subject>(subject: &CachedSubject<'_, S>) -> bool {
    let row = subject.row();
    let can_be = row.flags.contains(Flags::TROUBLE) && !row.flags.contains(Flags::REFUSED);
    can_be && row.is_unread() && subject.delivery().partial_reason().is_some()
}
