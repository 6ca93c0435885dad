//! JSON told to people: on one line, or unfolded into lines.
//!
//! JSON that stands inside a string, as custom messages have it up to three
//! levels deep, is told as if it stood there openly. Every walk has a bound,
//! whatever a body brings.

use std::borrow::Cow;

use super::json::{self, Json, Kind};

/// One line of what a callback tells: a label and a value in the user's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detail {
    /// How far it stands inside what is above it, from 0.
    pub depth: usize,
    /// What it is.
    pub label: Cow<'static, str>,
    /// What it says; empty where the lines below say it. Can have line breaks.
    pub value: String,
}

/// How many lines one callback may unfold into.
pub const MAX_LINES: usize = 400;
/// How many levels are unfolded; what is deeper stands there as it came.
const MAX_LEVELS: usize = 8;
/// How many levels the one-line form looks into.
const SHORT_LEVELS: usize = 4;
/// How many characters a one-line form has at most.
const SHORT_CHARS: usize = 300;
/// How many parts a one-line form tells before it only counts.
const SHORT_PARTS: usize = 3;
/// Names that in the field hold what a custom message wants to say.
const SPOKEN: [&str; 7] = ["text", "content", "message", "msg", "title", "desc", "description"];

/// The first characters of a text on one line.
pub(super) fn one_line(text: &str) -> String {
    let mut chars = text.trim().chars();
    let white = |it: char| if it == '\n' || it == '\r' || it == '\t' { ' ' } else { it };
    let mut line: String = chars.by_ref().take(SHORT_CHARS).map(white).collect();
    if chars.next().is_some() {
        line.push('…');
    }
    line
}

/// A value on one line: its text, or the part of it that tells the most.
pub(super) fn summarize(value: Json<'_>) -> String {
    one_line(&summary(value, SHORT_LEVELS))
}

/// A text on one line; if it is JSON, the part of it that tells the most.
pub(super) fn summarize_text(text: &str) -> String {
    match inside(text) {
        Some(value) => summarize(value),
        None => one_line(text),
    }
}

/// The JSON object or array that a text is, if it is one.
fn inside(text: &str) -> Option<Json<'_>> {
    let looks_so = text.trim_start().starts_with(['{', '[']);
    looks_so.then(|| json::read(text.as_bytes()).ok())?
}

fn summary(value: Json<'_>, levels: usize) -> String {
    let Some(below) = levels.checked_sub(1) else { return one_line(value.text()) };
    match value.kind() {
        Kind::String => {
            let text = value.as_str().unwrap_or_default();
            match inside(&text) {
                Some(value) => summary(value, below),
                None => text.into_owned(),
            }
        }
        Kind::Array => several(value.items().into_iter().map(|it| summary(it, below))),
        Kind::Object => object(value, below),
        _ => value.text().to_owned(),
    }
}

/// The first parts, and how many more there are.
pub(super) fn several(mut parts: impl Iterator<Item = String>) -> String {
    let mut out: Vec<String> = parts.by_ref().take(SHORT_PARTS).collect();
    match parts.count() {
        0 => {}
        more => out.push(format!("+{more}")),
    }
    out.join(", ")
}

fn object(value: Json<'_>, levels: usize) -> String {
    let fields = value.fields();
    let get = |name: &str| fields.iter().find(|(it, _)| it == name).map(|(_, value)| *value);
    if let Some((name, value)) = get("Key").or(get("Tag")).zip(get("Value")) {
        return format!("{} = {}", tag(&summary(name, levels)), summary(value, levels));
    }
    if let [(_, only)] = fields.as_slice() {
        return summary(*only, levels);
    }
    if let Some(text) = best_label(&fields, levels) {
        return text;
    }
    let mut pairs = Vec::new();
    collect(&fields, levels, &mut pairs);
    pairs.join(" · ")
}

/// `Nick` of `Tag_Profile_IM_Nick`.
fn tag(name: &str) -> &str {
    let prefixes = ["Tag_Profile_IM_", "Tag_Profile_Custom_", "Tag_SNS_IM_", "Tag_SNS_Custom_"];
    prefixes.iter().find_map(|it| name.strip_prefix(it)).unwrap_or(name)
}

/// What one of the names that hold it says.
fn best_label(fields: &[(Cow<'_, str>, Json<'_>)], levels: usize) -> Option<String> {
    SPOKEN.iter().find_map(|wanted| {
        let (_, value) = fields.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted))?;
        let text = value.as_str().filter(|it| !it.trim().is_empty())?;
        Some(match inside(&text) {
            Some(value) => summary(value, levels.checked_sub(1)?),
            None => text.into_owned(),
        })
    })
}

/// The first names and plain values. What stands inside a string comes first:
/// signalling wraps what it has to say in an envelope that says little.
fn collect(fields: &[(Cow<'_, str>, Json<'_>)], levels: usize, pairs: &mut Vec<String>) {
    let texts: Vec<_> = fields.iter().map(|(_, value)| value.as_str()).collect();
    let within: Vec<_> = texts.iter().map(|it| it.as_deref().and_then(inside)).collect();
    for value in within.iter().flatten().filter(|_| 0 < levels) {
        if value.kind() == Kind::Object {
            collect(&value.fields(), levels - 1, pairs);
        }
    }
    for (((name, value), text), within) in fields.iter().zip(&texts).zip(&within) {
        match within.unwrap_or(*value).kind() {
            _ if SHORT_PARTS < pairs.len() => return,
            Kind::Object if 0 < levels && within.is_some() => {}
            Kind::Object if 0 < levels => collect(&value.fields(), levels - 1, pairs),
            Kind::Array | Kind::Object => pairs.push(format!("{name} {}", summary(*value, 1))),
            Kind::String if text.as_deref().is_some_and(str::is_empty) => {}
            _ => pairs.push(format!("{name} {}", text.as_deref().unwrap_or(value.text()))),
        }
    }
}

/// Unfolds a value into lines, as far as the bounds let it.
pub(super) fn expand(
    label: impl Into<Cow<'static, str>>,
    value: Json<'_>,
    depth: usize,
    out: &mut Vec<Detail>,
) {
    walk(label.into(), value, depth, MAX_LEVELS, out);
}

fn walk(
    label: Cow<'static, str>,
    value: Json<'_>,
    depth: usize,
    levels: usize,
    out: &mut Vec<Detail>,
) {
    let text = value.as_str();
    let within = text.as_deref().and_then(inside).unwrap_or(value);
    let parts: Vec<(String, Json<'_>)> = match within.kind() {
        _ if levels == 0 => Vec::new(),
        Kind::Object => within.fields().into_iter().map(|(n, v)| (n.into_owned(), v)).collect(),
        Kind::Array => within
            .items()
            .into_iter()
            .zip(1..)
            .map(|(v, n): (_, usize)| (n.to_string(), v))
            .collect(),
        _ => Vec::new(),
    };
    if parts.is_empty() {
        let text = text.as_deref().unwrap_or(value.text());
        return push(out, depth, label, text.to_owned());
    }
    push(out, depth, label, String::new());
    for (name, value) in parts {
        if is_full(out) {
            return;
        }
        walk(name.into(), value, depth + 1, levels - 1, out);
    }
}

/// Whether no line is to follow.
pub(super) fn is_full(out: &[Detail]) -> bool {
    MAX_LINES < out.len()
}

/// Adds a line; the last one there is room for says that there is more.
pub(super) fn push(
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
    use super::*;

    #[track_caller]
    fn check(body: &str, expected: &str) {
        assert_eq!(summarize(json::read(body.as_bytes()).unwrap()), expected);
    }

    fn lines(body: &str) -> Vec<String> {
        let mut out = Vec::new();
        expand("it", json::read(body.as_bytes()).unwrap(), 0, &mut out);
        out.iter().map(|it| format!("{}{} {}", "  ".repeat(it.depth), it.label, it.value)).collect()
    }

    #[test]
    fn the_short_form_tells_what_a_value_wants_to_say() {
        check(r#""red\npacket""#, "red packet");
        check(r#"{"businessID":"link","text":"欢迎"}"#, "欢迎");
        check(r#"[{"Member_Account":"ann"},{"Member_Account":"bob"}]"#, "ann, bob");
        check("[1,2,3,4,5]", "1, 2, 3, +2");
        check(r#"{"Tag":"Tag_Profile_IM_Nick","Value":7}"#, "Nick = 7");
        check(r#"{"a":1,"b":{"c":"x","d":true},"e":""}"#, "a 1 · c x · d true");
        check(r#""{\"a\":\"{\\\"cmd\\\":\\\"ring\\\"}\",\"b\":2}""#, "cmd ring · b 2");
        check(r#"{"text":"{broken"}"#, "{broken");
    }

    #[test]
    fn json_in_strings_is_unfolded_level_by_level() {
        let body = r#"{"a":"{\"b\":\"[1,{}]\"}","c":"{no"}"#;
        let expected = ["it ", "  a ", "    b ", "      1 1", "      2 {}", "  c {no"];
        assert_eq!(lines(body), expected);
    }

    #[test]
    fn levels_and_lines_have_a_bound() {
        let deep = format!("{}{}", "[".repeat(100), "]".repeat(100));
        let lines_of_deep = lines(&deep);
        assert_eq!(lines_of_deep.len(), MAX_LEVELS + 1);
        assert!(lines_of_deep[MAX_LEVELS].ends_with("]]]"), "the rest stands there as it came");
        let wide = format!("[{}0]", "0,".repeat(100_000));
        let lines_of_wide = lines(&wide);
        assert_eq!(lines_of_wide.len(), MAX_LINES + 1);
        assert_eq!(lines_of_wide[MAX_LINES], "… ");
        assert!(summarize(json::read(deep.as_bytes()).unwrap()).len() < 400);
    }
}
