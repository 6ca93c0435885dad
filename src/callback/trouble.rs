//! Warnings and facts about how a callback was answered, forwarded or recorded.
//!
//! A recording holds the English sentence, so it is all that is kept; the table has the
//! Chinese one beside it, and finds it by the English one (`Template`).

mod json_error;
pub mod failure;
mod pattern;
pub mod reason;
mod table;
mod template;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::lang::{Lang, Localized};
pub use table::*;

/// A sentence of [`Answer::trouble`](super::Answer::trouble), without a final dot.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Trouble(Cow<'static, str>);

impl Trouble {
    /// A sentence as it was recorded, which may be none of the table.
    pub fn recorded(sentence: impl Into<Cow<'static, str>>) -> Self {
        Self(sentence.into())
    }

    /// The sentence in English, as it is recorded.
    pub fn sentence(&self) -> &str {
        &self.0
    }

    /// The sentence in a language; one that is not of the table as it was recorded.
    pub fn text(&self, lang: Lang) -> Cow<'_, str> {
        lang.translate(&self.0, |english| {
            TABLE.iter().find_map(|it| it.chinese(english, reason::chinese))
        })
    }

    /// Whether it explains the other sentences, and is no trouble by itself.
    pub fn is_fact(&self) -> bool {
        FACTS.iter().any(|it| it.matches(&self.0))
    }

    /// Whether it is that the local app gave no complete reply.
    pub fn is_app_silent(&self) -> bool {
        APP_SILENT.iter().any(|it| it.matches(&self.0))
    }

    /// Whether the trouble is that the local app cannot be asked.
    pub fn is_app_not_asked(&self) -> bool {
        APP_NOT_ASKED.iter().any(|it| it.matches(&self.0))
    }

    /// Whether it is the fact that the local app replied.
    pub fn is_app_answered(&self) -> bool {
        APP_ANSWERED.matches(&self.0)
    }
}

/// The texts of all sentences, in the order of the table; the names of values are in braces.
pub fn texts() -> impl Iterator<Item = Localized> {
    TABLE.iter().map(|it| it.0)
}

/// In English.
impl fmt::Debug for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl PartialEq<&str> for Trouble {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

impl PartialEq<String> for Trouble {
    fn eq(&self, other: &String) -> bool {
        self.0 == *other
    }
}
