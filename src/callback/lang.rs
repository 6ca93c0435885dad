//! The languages of the interface, and the two ways to write a text in all of
//! them: [`Localized`] for constants, `localize!` for formatted texts.

use std::borrow::Cow;

/// A language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// 简体中文.
    Zh,
}

impl Lang {
    /// A text that is kept in English, in this language: what `chinese` returns for it, or
    /// else as it is.
    pub fn translate(
        self,
        english: &str,
        chinese: impl FnOnce(&str) -> Option<String>,
    ) -> Cow<'_, str> {
        let found = match self {
            Self::En => None,
            Self::Zh => chinese(english),
        };
        found.map_or(Cow::Borrowed(english), Cow::Owned)
    }

    /// What stands between the items of a list.
    pub const fn comma(self) -> &'static str {
        match self {
            Self::En => ", ",
            Self::Zh => "、",
        }
    }
}

/// A constant text in every language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Localized {
    /// English.
    pub en: &'static str,
    /// 简体中文.
    pub zh: &'static str,
}

impl Localized {
    /// A text in English and in Chinese.
    pub const fn new(en: &'static str, zh: &'static str) -> Self {
        Self { en, zh }
    }

    /// The text in one language.
    pub const fn text(self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.en,
            Lang::Zh => self.zh,
        }
    }
}

/// Formats a text in a language: `localize!(lang, "en {x}", "zh {x}")`, with
/// arguments as `format!` takes them, each used in both texts.
macro_rules! localize {
    ($lang:expr, $en:literal, $zh:literal $(, $($args:tt)*)?) => {
        match $lang {
            $crate::callback::Lang::En => format!($en $(, $($args)*)?),
            $crate::callback::Lang::Zh => format!($zh $(, $($args)*)?),
        }
    };
}
pub(crate) use localize;
