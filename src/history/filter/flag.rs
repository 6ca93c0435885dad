//! The words of the filter language that are conditions by themselves.

use crate::history::row::{Flags, Row};

/// A condition written as one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keyword {
    /// A result other than 0.
    Failed,
    /// Neither a failed message, nor refused, nor invalid JSON.
    Ok,
    /// One of the flags of the row.
    Set(Flags),
}

/// The words; in quotes they are searched for as text.
const FLAGS: [(&str, Keyword); 11] = [
    ("failed", Keyword::Failed),
    ("ok", Keyword::Ok),
    ("refused", Keyword::Set(Flags::REFUSED)),
    ("odd", Keyword::Set(Flags::ODD)),
    ("duplicate", Keyword::Set(Flags::DUPLICATE)),
    ("late", Keyword::Set(Flags::LATE)),
    ("online", Keyword::Set(Flags::ONLINE)),
    ("before", Keyword::Set(Flags::BEFORE)),
    ("broken", Keyword::Set(Flags::BROKEN)),
    ("trouble", Keyword::Set(Flags::TROUBLE)),
    ("resent", Keyword::Set(Flags::RESENT)),
];

impl Keyword {
    /// The flag with this name, in any letter case.
    pub(super) fn named(word: &str) -> Option<Self> {
        FLAGS.into_iter().find(|(it, _)| it.eq_ignore_ascii_case(word)).map(|(_, flag)| flag)
    }

    /// Its name.
    pub(super) fn name(self) -> &'static str {
        FLAGS.iter().find(|(_, it)| *it == self).map_or("", |(name, _)| name)
    }

    /// Whether it applies to a callback.
    pub(super) fn matches(self, row: &Row<'_>) -> bool {
        match self {
            Self::Failed => row.failed(),
            Self::Ok => {
                !row.failed()
                    && !row.flags.contains(Flags::REFUSED)
                    && !row.flags.contains(Flags::BROKEN)
            }
            Self::Set(flags) => row.flags.contains(flags),
        }
    }
}
