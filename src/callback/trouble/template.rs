//! Sentences with places for values, in English and Chinese, and the macro for tables of
//! them.

use crate::callback::lang::Localized;

/// A sentence in both languages, with the names of its values in braces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Template(pub(super) Localized);

impl Template {
    /// Whether an English sentence is this one.
    pub(super) fn matches(self, sentence: &str) -> bool {
        self.values(sentence).is_some()
    }

    /// The Chinese of an English sentence, if it is this one; `value` is the Chinese of a
    /// value, if it has one.
    pub(super) fn chinese(
        self,
        sentence: &str,
        value: impl Fn(&str) -> Option<String>,
    ) -> Option<String> {
        let values = self.values(sentence)?;
        let mut out = String::new();
        for part in Parts(self.0.zh) {
            match part {
                Part::Text(text) => out += text,
                Part::Name(name) => {
                    let (_, found) = values.iter().find(|(it, _)| *it == name)?;
                    push_value(&mut out, value(found).as_deref().unwrap_or(found));
                }
            }
        }
        Some(out)
    }

    /// The name and text of each value in an English sentence; `None` if it is another
    /// sentence. A value ends where the text after it first occurs, or for the last text of
    /// the template where it last occurs: what is quoted stands before reasons.
    fn values(self, sentence: &str) -> Option<Vec<(&'static str, &str)>> {
        let mut rest = sentence;
        let mut values = Vec::new();
        let last = Parts(self.0.en).filter(|it| matches!(it, Part::Text(_))).last();
        let mut parts = Parts(self.0.en).peekable();
        while let Some(part) = parts.next() {
            match (part, parts.peek()) {
                (Part::Text(text), _) => rest = rest.strip_prefix(text)?,
                (Part::Name(name), Some(next @ Part::Text(after))) => {
                    let is_last = last == Some(*next);
                    let end = if is_last { rest.rfind(after) } else { rest.find(after) };
                    let (value, after) = rest.split_at(end?);
                    values.push((name, value));
                    rest = after;
                }
                (Part::Name(name), _) => {
                    values.push((name, rest));
                    rest = "";
                }
            }
        }
        rest.is_empty().then_some(values)
    }
}

/// Appends a value, after a space if it is Latin and follows a Chinese character.
fn push_value(out: &mut String, value: &str) {
    let is_chinese = |it: char| ('\u{4e00}'..='\u{9fff}').contains(&it);
    if out.ends_with(is_chinese) && value.starts_with(|it: char| it.is_ascii_graphic()) {
        out.push(' ');
    }
    *out += value;
}

/// A part of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// A text.
    Text(&'static str),
    /// The name of a value.
    Name(&'static str),
}

/// The parts of the rest of a template.
pub(super) struct Parts(pub(super) &'static str);

impl Iterator for Parts {
    type Item = Part;

    fn next(&mut self) -> Option<Part> {
        if let Some((name, rest)) = self.0.strip_prefix('{').and_then(|it| it.split_once('}')) {
            self.0 = rest;
            return Some(Part::Name(name));
        }
        let (text, rest) = self.0.split_at(self.0.find('{').unwrap_or(self.0.len()));
        self.0 = rest;
        (!text.is_empty()).then_some(Part::Text(text))
    }
}

/// A table of [`Template`]s: `/// doc`, then `function(values) = "en {value}", "zh
/// {value}";`. Each row becomes a function that returns the English sentence as a `$made`.
macro_rules! templates {
    ($made:expr => $made_type:ty;
     $( $(#[$doc:meta])* $name:ident($($value:ident),*) = $en:literal, $zh:literal; )*) => {
        $(
            $(#[$doc])*
            pub fn $name($($value: impl ::std::fmt::Display),*) -> $made_type {
                $made(format!($en))
            }
        )*

        /// The rows in their order; of two that match a sentence the first one counts.
        pub(super) const TABLE: &[Template] =
            &[$(Template(Localized::new($en, $zh))),*];
    };
}
pub(super) use templates;
