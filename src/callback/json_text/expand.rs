//! Expands a JSON value into lines.

use std::borrow::Cow;

use super::embedded;
use crate::callback::json::{Json, JsonKind};

/// A line of the details of a callback: a label and a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detail {
    /// The depth of nesting, from 0.
    pub depth: usize,
    /// The label.
    pub label: Cow<'static, str>,
    /// The value, which may have line breaks; empty if the lines below are its parts.
    pub value: String,
}

/// The maximum number of lines of a callback.
pub const MAX_LINES: usize = 400;
/// The maximum depth of expansion; deeper values are shown as written.
const MAX_LEVELS: usize = 8;

/// The text of a field's value, given its name; `None` for the value as written.
pub(in crate::callback) type Explain<'c> = &'c dyn Fn(&str, Json<'_>) -> Option<String>;

/// Appends a value as lines, within the bounds.
pub(in crate::callback) fn expand(
    label: impl Into<Cow<'static, str>>,
    value: Json<'_>,
    depth: usize,
    out: &mut Vec<Detail>,
) {
    walk(label.into(), value, (depth, MAX_LEVELS), &|_, _| None, out);
}

/// As [`expand`], with the texts of some values. JSON inside a string is the app's
/// own, and has none.
pub(in crate::callback) fn expand_explained(
    label: impl Into<Cow<'static, str>>,
    value: Json<'_>,
    explain: Explain<'_>,
    out: &mut Vec<Detail>,
) {
    walk(label.into(), value, (0, MAX_LEVELS), explain, out);
}

/// `depth` is that of the first line, `levels` how many may follow below it.
fn walk(
    label: Cow<'static, str>,
    value: Json<'_>,
    (depth, levels): (usize, usize),
    explain: Explain<'_>,
    out: &mut Vec<Detail>,
) {
    if let Some(text) = explain(&label, value) {
        return push(out, depth, label, text);
    }
    let text = value.as_str();
    let embedded = text.as_deref().and_then(embedded);
    let explain = if embedded.is_some() { &|_: &str, _: Json<'_>| None } else { explain };
    let inner = embedded.unwrap_or(value);
    let parts: Vec<(String, Json<'_>)> = match inner.kind() {
        _ if levels == 0 => Vec::new(),
        JsonKind::Object => inner.fields().into_iter().map(|(n, v)| (n.into_owned(), v)).collect(),
        JsonKind::Array => inner
            .items()
            .into_iter()
            .zip(1..)
            .map(|(v, n): (_, usize)| (n.to_string(), v))
            .collect(),
        _ => Vec::new(),
    };
    if parts.is_empty() {
        let text = text.as_deref().unwrap_or(value.raw());
        return push(out, depth, label, text.to_owned());
    }
    push(out, depth, label, String::new());
    for (name, value) in parts {
        if is_full(out) {
            return;
        }
        walk(name.into(), value, (depth + 1, levels - 1), explain, out);
    }
}

/// Whether the last line, `…`, has been added.
pub(in crate::callback) fn is_full(out: &[Detail]) -> bool {
    MAX_LINES < out.len()
}

/// Appends a line; beyond [`MAX_LINES`] a single `…`, then nothing.
pub(in crate::callback) fn push(
    out: &mut Vec<Detail>,
    depth: usize,
    label: impl Into<Cow<'static, str>>,
    value: impl Into<String>,
) {
    match out.len() {
        it if it < MAX_LINES => {
            out.push(Detail { depth, label: label.into(), value: value.into() });
        }
        MAX_LINES => out.push(Detail { depth: 0, label: "…".into(), value: String::new() }),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::super::summarize;
    use super::*;
    use crate::callback::json;

    fn lines(body: &str) -> Vec<String> {
        let mut out = Vec::new();
        expand("it", json::read(body.as_bytes()).unwrap(), 0, &mut out);
        out.iter().map(|it| format!("{}{} {}", "  ".repeat(it.depth), it.label, it.value)).collect()
    }

    #[test]
    fn json_in_strings_is_expanded_level_by_level() {
        let body = r#"{"a":"{\"b\":\"[1,{}]\"}","c":"{no"}"#;
        let expected = ["it ", "  a ", "    b ", "      1 1", "      2 {}", "  c {no"];
        assert_eq!(lines(body), expected);
    }

    #[test]
    fn levels_and_lines_are_bounded() {
        let deep = format!("{}{}", "[".repeat(100), "]".repeat(100));
        let lines_of_deep = lines(&deep);
        assert_eq!(lines_of_deep.len(), MAX_LEVELS + 1);
        assert!(lines_of_deep[MAX_LEVELS].ends_with("]]]"), "deeper levels are shown as written");
        let wide = format!("[{}0]", "0,".repeat(100_000));
        let lines_of_wide = lines(&wide);
        assert_eq!(lines_of_wide.len(), MAX_LINES + 1);
        assert_eq!(lines_of_wide[MAX_LINES], "… ");
        assert!(summarize(json::read(deep.as_bytes()).unwrap()).len() < 400);
    }
}
