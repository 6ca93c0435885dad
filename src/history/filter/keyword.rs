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

/// The words; in quotes they are searched for as text.
const KEYWORDS: [(&str, Keyword); 18] = [
    ("failed", Keyword::Failed),
    ("ok", Keyword::Ok),
    ("refused", Keyword::Flag(Flags::REFUSED)),
    ("odd", Keyword::Flag(Flags::ODD)),
    ("duplicate", Keyword::Flag(Flags::DUPLICATE)),
    ("older", Keyword::Flag(Flags::OLDER)),
    ("online", Keyword::Flag(Flags::ONLINE)),
    ("before", Keyword::When(When::Before)),
    ("after", Keyword::When(When::After)),
    ("allowed", Keyword::Decision(Decision::Allowed)),
    ("changed", Keyword::Decision(Decision::Changed)),
    ("denied", Keyword::Decision(Decision::Denied)),
    ("dropped", Keyword::Decision(Decision::Dropped)),
    ("late", Keyword::Decision(Decision::Late)),
    ("invalid", Keyword::Decision(Decision::Invalid)),
    ("broken", Keyword::Flag(Flags::BROKEN)),
    ("trouble", Keyword::Flag(Flags::TROUBLE)),
    ("resent", Keyword::Flag(Flags::RESENT)),
];

/// The words, in the order of the documentation.
pub fn keywords() -> impl Iterator<Item = &'static str> {
    KEYWORDS.iter().map(|(word, _)| *word)
}

/// The keywords of flags.
pub fn flag_words(flags: Flags) -> impl Iterator<Item = &'static str> {
    KEYWORDS.iter().filter_map(move |(word, keyword)| match keyword {
        Keyword::Flag(flag) => flags.contains(*flag).then_some(*word),
        _ => None,
    })
}

impl Keyword {
    /// The keyword with this name, in any letter case.
    pub(super) fn named(word: &str) -> Option<Self> {
        KEYWORDS
            .into_iter()
            .find(|(it, _)| it.eq_ignore_ascii_case(word))
            .map(|(_, keyword)| keyword)
    }

    /// Its name.
    pub(super) fn name(self) -> &'static str {
        KEYWORDS.iter().find(|(_, it)| *it == self).map_or("", |(name, _)| name)
    }

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
