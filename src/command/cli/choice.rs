//! Values that are one of a few words.

use crate::callback::lang::Localized;

/// A value that is one of a few words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Choice<T> {
    /// The value.
    pub(super) value: T,
    /// The word.
    pub(super) word: &'static str,
    /// What it means.
    pub(super) meaning: Localized,
}

impl<T> Choice<T> {
    /// A value with its word and what this means.
    pub(super) const fn new(
        value: T,
        word: &'static str,
        en: &'static str,
        zh: &'static str,
    ) -> Self {
        Self { value, word, meaning: Localized::new(en, zh) }
    }
}
