//! JSON as text for people: summarized on one line, or expanded into lines.
//!
//! JSON inside a string is treated as if it were not quoted; custom messages
//! nest it up to three levels deep. Every traversal is bounded.

mod expand;
mod indent;
mod readable;

use std::borrow::Cow;

use super::json::{self, Json, JsonKind};
pub use expand::{Detail, MAX_LINES};
pub(super) use expand::{expand, expand_explained, is_full, push};
pub use indent::indented;
pub use readable::{Located, readable, unicode_escape};

/// The maximum depth of a summary.
const SUMMARY_LEVELS: usize = 4;
/// The maximum length of one line in characters.
const LINE_CHARS: usize = 300;
/// The maximum number of parts of a summary; the others are counted.
const SUMMARY_PARTS: usize = 3;
/// Names of fields that hold the readable text of custom messages.
const LABELS: [&str; 7] = ["text", "content", "message", "msg", "title", "desc", "description"];

/// The first characters of a text on one line.
pub(super) fn one_line(text: &str) -> String {
    let mut chars = text.trim().chars();
    let white = |it: char| if it == '\n' || it == '\r' || it == '\t' { ' ' } else { it };
    let mut line: String = chars.by_ref().take(LINE_CHARS).map(white).collect();
    if chars.next().is_some() {
        line.push('…');
    }
    line
}

/// A value on one line: its text, or its most readable part.
pub(super) fn summarize(value: Json<'_>) -> String {
    one_line(&summary(value, SUMMARY_LEVELS))
}

/// A text on one line; if it is JSON, its most readable part.
pub(super) fn summarize_text(text: &str) -> String {
    match embedded(text) {
        Some(value) => summarize(value),
        None => one_line(text),
    }
}

/// The text as JSON, if it is an object or an array.
fn embedded(text: &str) -> Option<Json<'_>> {
    let may_be = text.trim_start().starts_with(['{', '[']);
    may_be.then(|| json::read(text.as_bytes()).ok())?
}

fn summary(value: Json<'_>, levels: usize) -> String {
    let Some(levels) = levels.checked_sub(1) else { return one_line(value.raw()) };
    match value.kind() {
        JsonKind::String => {
            let text = value.as_str().unwrap_or_default();
            match embedded(&text) {
                Some(value) => summary(value, levels),
                None => text.into_owned(),
            }
        }
        JsonKind::Array => several(value.items().into_iter().map(|it| summary(it, levels))),
        JsonKind::Object => object(value, levels),
        _ => value.raw().to_owned(),
    }
}

/// The first parts, and the number of the others.
pub(super) fn several(mut parts: impl Iterator<Item = String>) -> String {
    let mut out: Vec<String> = parts.by_ref().take(SUMMARY_PARTS).collect();
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

/// The text of the first field named in [`LABELS`].
fn best_label(fields: &[(Cow<'_, str>, Json<'_>)], levels: usize) -> Option<String> {
    LABELS.iter().find_map(|wanted| {
        let (_, value) = fields.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted))?;
        let text = value.as_str().filter(|it| !it.trim().is_empty())?;
        Some(match embedded(&text) {
            Some(value) => summary(value, levels.checked_sub(1)?),
            None => text.into_owned(),
        })
    })
}

/// Collects the first names and plain values. JSON inside a string comes first:
/// signaling messages wrap their content in an envelope of little interest.
fn collect(fields: &[(Cow<'_, str>, Json<'_>)], levels: usize, pairs: &mut Vec<String>) {
    let texts: Vec<_> = fields.iter().map(|(_, value)| value.as_str()).collect();
    let inner: Vec<_> = texts.iter().map(|it| it.as_deref().and_then(embedded)).collect();
    for value in inner.iter().flatten().filter(|_| 0 < levels) {
        if value.kind() == JsonKind::Object {
            collect(&value.fields(), levels - 1, pairs);
        }
    }
    for (((name, value), text), inner) in fields.iter().zip(&texts).zip(&inner) {
        match inner.unwrap_or(*value).kind() {
            _ if SUMMARY_PARTS < pairs.len() => return,
            JsonKind::Object if 0 < levels && inner.is_some() => {}
            JsonKind::Object if 0 < levels => collect(&value.fields(), levels - 1, pairs),
            JsonKind::Array | JsonKind::Object => {
                pairs.push(format!("{name} {}", summary(*value, 1)));
            }
            JsonKind::String if text.as_deref().is_some_and(str::is_empty) => {}
            _ => pairs.push(format!("{name} {}", text.as_deref().unwrap_or(value.raw()))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(body: &str, expected: &str) {
        assert_eq!(summarize(json::read(body.as_bytes()).unwrap()), expected);
    }

    #[test]
    fn a_summary_has_the_most_readable_part() {
        check(r#""red\npacket""#, "red packet");
        check(r#"{"businessID":"link","text":"欢迎"}"#, "欢迎");
        check(r#"[{"Member_Account":"ann"},{"Member_Account":"bob"}]"#, "ann, bob");
        check("[1,2,3,4,5]", "1, 2, 3, +2");
        check(r#"{"Tag":"Tag_Profile_IM_Nick","Value":7}"#, "Nick = 7");
        check(r#"{"a":1,"b":{"c":"x","d":true},"e":""}"#, "a 1 · c x · d true");
        check(r#""{\"a\":\"{\\\"cmd\\\":\\\"ring\\\"}\",\"b\":2}""#, "cmd ring · b 2");
        check(r#"{"text":"{broken"}"#, "{broken");
    }
}
