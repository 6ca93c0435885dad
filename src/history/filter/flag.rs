//! The words of the filter language that are conditions by themselves.

use crate::history::row::{Flags, Row};

/// A condition written as one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flag {
    /// A result other than 0.
    Failed,
    /// Neither a failed message, nor refused, nor invalid JSON.
    Ok,
    /// One of the flags of the row.
    Set(Flags),
}

/// The words; in quotes they are searched for as text.
const FLAGS: [(&str, Flag); 11] = [
    ("failed", Flag::Failed),
    ("ok", Flag::Ok),
    ("refused", Flag::Set(Flags::REFUSED)),
    ("odd", Flag::Set(Flags::ODD)),
    ("duplicate", Flag::Set(Flags::DUPLICATE)),
    ("late", Flag::Set(Flags::LATE)),
    ("online", Flag::Set(Flags::ONLINE)),
    ("before", Flag::Set(Flags::BEFORE)),
    ("broken", Flag::Set(Flags::BROKEN)),
    ("trouble", Flag::Set(Flags::TROUBLE)),
    ("resent", Flag::Set(Flags::RESENT)),
];

impl Flag {
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
                !row.failed() && !row.flags.has(Flags::REFUSED) && !row.flags.has(Flags::BROKEN)
            }
            Self::Set(flags) => row.flags.has(flags),
        }
    }
}
