//! The codes in a reply of the local app.

use crate::callback::json::{self, Json, JsonKind};
use crate::callback::value;

/// A code as found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::answer::app) enum Code {
    /// A whole number, or the nearest one; 0 for a word of success.
    Number(i64),
    /// Something else that is not success.
    Unreadable,
    /// A list or an object, which may mean anything.
    Unclear,
}

impl Code {
    /// Whether the code denies.
    pub(in crate::answer::app) const fn is_denial(self) -> bool {
        matches!(self, Self::Number(..=-1 | 1..) | Self::Unreadable)
    }

    /// The code of a JSON value; `None` if it is null or empty.
    pub(super) fn of_value(value: Json<'_>) -> Option<Self> {
        match value.kind() {
            JsonKind::String => Self::of_text(&value.as_str()?),
            JsonKind::Number => Some(value::code(value).map_or(Self::Unreadable, Self::Number)),
            JsonKind::Bool if value.raw() == "true" => Some(Self::Unreadable),
            JsonKind::Bool => Some(Self::Number(0)),
            JsonKind::Null => None,
            JsonKind::Array | JsonKind::Object => Some(Self::Unclear),
        }
    }

    /// The code of a text; `None` if it is empty.
    pub(super) fn of_text(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        if is_success(text) || ["null", "none", "false"].iter().any(|it| is(text, it)) {
            return Some(Self::Number(0));
        }
        if text.starts_with(['{', '[']) {
            return Some(Self::Unclear);
        }
        let quoted = serde_json::Value::from(text).to_string();
        let number = json::read(quoted.as_bytes()).ok().and_then(value::code);
        Some(number.map_or(Self::Unreadable, Self::Number))
    }
}

/// `OK` or `success`.
pub(super) fn is_success(text: &str) -> bool {
    is(text, "ok") || is(text, "success")
}

fn is(text: &str, word: &str) -> bool {
    text.eq_ignore_ascii_case(word)
}
