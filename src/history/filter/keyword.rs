//! The keywords of the filter language: conditions written as one word.

use crate::history::row::{Flags, Row};

/// A condition written as one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keyword {
    /// A result other than 0.
    Failed,
    /// A result of 0, and neither refused nor invalid JSON.
    Ok,
    /// One of the flags of the row.
    Flag(Flags),
}

/// The words; in quotes they are searched for as text.
const KEYWORDS: [(&str, Keyword); 11] = [
    ("failed", Keyword::Failed),
    ("ok", Keyword::Ok),
    ("refused", Keyword::Flag(Flags::REFUSED)),
    ("odd", Keyword::Flag(Flags::ODD)),
    ("duplicate", Keyword::Flag(Flags::DUPLICATE)),
    ("late", Keyword::Flag(Flags::LATE)),
    ("online", Keyword::Flag(Flags::ONLINE)),
    ("before", Keyword::Flag(Flags::BEFORE)),
    ("broken", Keyword::Flag(Flags::BROKEN)),
    ("trouble", Keyword::Flag(Flags::TROUBLE)),
    ("resent", Keyword::Flag(Flags::RESENT)),
];

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

    /// Whether a callback matches.
    pub(super) fn matches(self, row: &Row<'_>) -> bool {
        match self {
            Self::Failed => row.failed(),
            Self::Ok => {
                row.result == Some(0)
                    && !row.flags.contains(Flags::REFUSED)
                    && !row.flags.contains(Flags::BROKEN)
            }
            Self::Flag(flags) => row.flags.contains(flags),
        }
    }
}
