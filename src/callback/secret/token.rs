//! The token in its spellings, to be looked for in each callback.

use memchr::memmem::Finder;

use super::Secrets;
use crate::callback::signature::Token;

/// The spellings of a token, prepared once: to prepare a search costs more than to search
/// a callback.
#[derive(Debug, Clone, Default)]
pub struct TokenSpellings(Vec<Finder<'static>>);

impl TokenSpellings {
    /// Those of a token; none without a token, and of one that is public or short.
    pub fn of(token: Option<&Token>) -> Self {
        let Secrets { values, .. } = Secrets::of_target("", token);
        Self(values.iter().map(|it| Finder::new(it).into_owned()).collect())
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Finder<'static>> {
        self.0.iter()
    }
}
