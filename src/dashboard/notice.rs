//! A notice: a sentence in the bottom line, about what a key or the world has done.

use std::borrow::Cow;
use std::time::Duration;

use crate::callback::redact::MASK;

/// How long a notice stays, and a brief one.
const LONG: Duration = Duration::from_secs(10);
const BRIEF: Duration = Duration::from_secs(3);

/// A sentence in the bottom line until the next key, or for some time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    text: Cow<'static, str>,
    /// What is shown instead while personal data is hidden.
    redacted: Option<Cow<'static, str>>,
    is_brief: bool,
}

impl Notice {
    /// A sentence without personal data.
    pub fn harmless(text: impl Into<Cow<'static, str>>) -> Self {
        Self { text: text.into(), redacted: None, is_brief: false }
    }

    /// The same notice, which leaves after three seconds: it says that all went well.
    #[must_use]
    pub fn brief(self) -> Self {
        Self { is_brief: true, ..self }
    }

    /// The same notice, with another text while personal data is hidden.
    #[must_use]
    pub fn redacted_as(self, text: String) -> Self {
        Self { redacted: Some(text.into()), ..self }
    }

    /// How long it stays without a key.
    pub(super) fn duration(&self) -> Duration {
        if self.is_brief { BRIEF } else { LONG }
    }

    /// The text on the screen.
    pub(super) fn text(&self, is_private: bool) -> &str {
        self.redacted.as_ref().filter(|_| is_private).unwrap_or(&self.text)
    }
}

/// Any other sentence may quote an error or a reply.
impl From<String> for Notice {
    fn from(text: String) -> Self {
        Self { redacted: Some(MASK.into()), ..Self::harmless(text) }
    }
}

/// A constant has no personal data.
impl From<&'static str> for Notice {
    fn from(text: &'static str) -> Self {
        Self::harmless(text)
    }
}
