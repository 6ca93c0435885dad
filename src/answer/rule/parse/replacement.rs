//! Parsing of what `set` replaces: a JSON pointer (RFC 6901) and a value.

use std::ops::Range;

use super::arguments::{TEXT, wrong};
use super::error;
use crate::answer::reply_body::quoted;
use crate::answer::rule::Replacement;
use crate::answer::rule::error::{Reason, RuleError};
use crate::callback::cursor::Cursor;
use crate::callback::json::{self, Json, JsonKind};
use crate::callback::{Localized, json_pointer};

const REPLACEMENT: Localized = Localized::new(
    "a pointer and a value, such as /MsgBody/0/MsgContent/Text=\"…\"",
    "指针和值，例如 /MsgBody/0/MsgContent/Text=\"…\"",
);
/// What is written for the quotes of JSON by mistake.
const QUOTES: [char; 5] = ['\'', '“', '”', '‘', '’'];
const ELEMENTS: Localized = Localized::new(
    "an array of elements, as the whole MsgBody is",
    "元素数组（整个 MsgBody 的形式）",
);
const ELEMENT: Localized =
    Localized::new("an object, as each element of the MsgBody is", "对象（MsgBody 元素的形式）");
const INDEX: Localized =
    Localized::new("the number of an element, such as 0 or 12", "元素序号，例如 0 或 12");
const STEP: Localized = Localized::new(
    "a step of a JSON pointer, in which ~ is written ~0",
    "JSON 指针的一级（其中的 ~ 应写作 ~0）",
);

/// `POINTER=JSON`
pub(super) fn replacement(cursor: &mut Cursor<'_>) -> Result<Replacement, RuleError> {
    let (pointer, at) = cursor.until(|it| it.is_whitespace() || matches!(it, '=' | ',' | '"'));
    if pointer.is_empty() {
        return wrong(cursor, "", "set", REPLACEMENT);
    }
    check_pointer(pointer, at)?;
    cursor.skip_space();
    if !cursor.skip('=') {
        return wrong(cursor, "", "set", REPLACEMENT);
    }
    cursor.skip_space();
    if cursor.is_at_end() {
        return wrong(cursor, "", "set", REPLACEMENT);
    }
    let (json, at) = match unquoted(cursor) {
        Some((text, at)) => {
            let right = format!("{pointer}={}", quoted(text.trim_matches(QUOTES)));
            let text = text.to_owned();
            return error(
                at,
                match other_type(pointer, JsonKind::String) {
                    Some(expected) => Reason::Wrong { value: text, expected },
                    None => Reason::Unquoted { text, right },
                },
            );
        }
        None => cursor.json()?,
    };
    check_value(pointer, json, at)?;
    Ok(Replacement { pointer: pointer.to_owned(), value: json.raw().to_owned() })
}

/// What Tencent requires at a pointer if it is of another type.
fn other_type(pointer: &str, kind: JsonKind) -> Option<Localized> {
    let (required, expected) = match pointer {
        "/CloudCustomData" => (JsonKind::String, TEXT),
        "/MsgBody" => (JsonKind::Array, ELEMENTS),
        _ if pointer.matches('/').count() == 2 => (JsonKind::Object, ELEMENT),
        _ => return None,
    };
    (kind != required).then_some(expected)
}

/// A text where a value is expected, up to the end of the action; `None` if what stands
/// there begins as JSON does.
fn unquoted<'t>(cursor: &Cursor<'t>) -> Option<(&'t str, Range<usize>)> {
    let is_start = |it: char| matches!(it, '"' | '{' | '[' | '-') || it.is_ascii_digit();
    let rest = cursor.rest();
    if rest.starts_with(is_start) || json::read_first(rest).is_ok() {
        return None;
    }
    // A comma between such quotes is part of the text.
    let inner = rest.strip_prefix(QUOTES);
    let closing = inner.and_then(|it| Some(rest.len() - it.len() + it.find(QUOTES)?));
    let from = closing.unwrap_or(0);
    let text = rest[..rest[from..].find(',').map_or(rest.len(), |it| from + it)].trim_end();
    Some((text, cursor.at..cursor.at + text.len()))
}

/// Checks that a pointer is that of a part of the `MsgBody`, or of the `CloudCustomData`.
fn check_pointer(pointer: &str, at: Range<usize>) -> Result<(), RuleError> {
    if pointer == "/MsgBody" || pointer == "/CloudCustomData" {
        return Ok(());
    }
    let Some(steps) = pointer.strip_prefix("/MsgBody/") else {
        return error(at, Reason::WrongPointer(pointer.to_owned()));
    };
    let mut start = at.end - steps.len();
    for (nth, step) in steps.split('/').enumerate() {
        let expected = match nth {
            0 if json_pointer::index(step).is_none() => Some(INDEX),
            _ if !json_pointer::is_step(step) => Some(STEP),
            _ => None,
        };
        if let Some(expected) = expected {
            let reason = match step.is_empty() {
                true => Reason::Missing { action: "set", expected },
                false => Reason::Wrong { value: step.to_owned(), expected },
            };
            return error(start..start + step.len(), reason);
        }
        start += step.len() + 1;
    }
    Ok(())
}

/// Checks that a value has the type that Tencent requires of it.
fn check_value(pointer: &str, json: Json<'_>, at: Range<usize>) -> Result<(), RuleError> {
    let is_object = |it: &Json<'_>| it.kind() == JsonKind::Object;
    if let Some(expected) = other_type(pointer, json.kind()) {
        return error(at, Reason::Wrong { value: json.raw().to_owned(), expected });
    }
    let items = if pointer == "/MsgBody" { json.items() } else { Vec::new() };
    match items.iter().find(|it| !is_object(it)) {
        Some(wrong) => {
            let start = at.start + wrong.offset_in(json.raw().as_bytes());
            let reason = Reason::Wrong { value: wrong.raw().to_owned(), expected: ELEMENT };
            error(start..start + wrong.raw().len(), reason)
        }
        None => Ok(()),
    }
}
