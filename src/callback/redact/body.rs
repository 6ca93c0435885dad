//! Redacts a JSON body. Its structure and white space are kept byte for byte, and each
//! value keeps its kind, except for an id, which becomes a string.

use std::borrow::Cow;

use super::broken::redact_broken;
use super::fields::{Rule, rule};
use super::number::{is_of_protocol, nines};
use super::{MAX_DOTS, Pseudonym};
use crate::callback::command;
use crate::callback::json::{Json, JsonKind, Part, read};
use crate::callback::value::{Notation, notation, string_or_number, whole_digits};

/// The maximum depth; a deeper array or object becomes an empty one.
const MAX_LEVELS: usize = 64;
/// The maximum number of digits of a number that stands for a word.
const CODE_DIGITS: u32 = 3;
/// The maximum number of digits of each part of a `MsgKey`: each is a `u32`.
const KEY_DIGITS: u32 = u32::MAX.ilog10() + 1;
/// Texts of no dot, one, and so on.
const QUOTED_DOTS: [&str; MAX_DOTS + 1] = [
    r#""""#,
    r#""•""#,
    r#""••""#,
    r#""•••""#,
    r#""••••""#,
    r#""•••••""#,
    r#""••••••""#,
    r#""•••••••""#,
    r#""••••••••""#,
];

/// The body with personal data replaced.
pub(super) fn redact_body(body: &[u8], pseudonym: Pseudonym<'_>) -> Vec<u8> {
    let Ok(json) = read(body) else { return redact_broken(body) };
    let mut out = Vec::with_capacity(body.len());
    let mut copied = 0;
    // The rules of the open arrays and objects, and of the value that follows.
    let (mut open, mut next) = (Vec::new(), Rule::Fields);
    for part in json.parts(MAX_LEVELS) {
        let replaced = match part {
            Part::Open => {
                open.push(next);
                None
            }
            Part::Close => {
                open.pop();
                // Elements of an array have its rule.
                next = open.last().copied().unwrap_or(Rule::Fields);
                None
            }
            Part::Name(name) => {
                let text = name.as_str().unwrap_or_default();
                let known = rule(&text).filter(|_| open.last() == Some(&Rule::Fields));
                next = known.unwrap_or(Rule::Personal);
                known.is_none().then(|| (name, quoted(&pseudonym(&text)).into()))
            }
            Part::Value(value) => masked(next, value, pseudonym).map(|it| (value, it)),
        };
        if let Some((json, text)) = replaced {
            let start = json.offset_in(body);
            out.extend_from_slice(&body[copied..start]);
            out.extend_from_slice(text.as_bytes());
            copied = start + json.raw().len();
        }
    }
    out.extend_from_slice(&body[copied..]);
    out
}

/// What replaces a value under a rule; `None` if it is kept.
fn masked(of: Rule, json: Json<'_>, pseudonym: Pseudonym<'_>) -> Option<Cow<'static, str>> {
    let text = match json.kind() {
        JsonKind::Null | JsonKind::Bool => return None,
        JsonKind::Array => return Some("[]".into()),
        JsonKind::Object => return Some("{}".into()),
        JsonKind::Number => json.raw().into(),
        JsonKind::String => json.as_str().unwrap_or_default(),
    };
    let is_number = json.kind() == JsonKind::Number;
    let is_kept = match of {
        Rule::Fields | Rule::Id | Rule::Personal => false,
        Rule::Number => is_of_protocol(json),
        Rule::Words(words) => {
            words.iter().any(|it| it.eq_ignore_ascii_case(&text))
                || whole_digits(json).is_some_and(|it| it <= CODE_DIGITS)
        }
        Rule::Command => is_command(&text),
        Rule::Key if is_number => whole_digits(json).is_some_and(|it| it <= KEY_DIGITS),
        Rule::Key => is_key(&text),
    };
    if is_kept {
        return None;
    }
    let is_id = matches!(of, Rule::Id | Rule::Key | Rule::Command);
    Some(match string_or_number(json).filter(|_| is_id) {
        Some(id) => quoted(&pseudonym(&id)).into(),
        None if is_number => nines(json),
        None if of == Rule::Number && notation(json) != Notation::Digits => {
            quoted(&nines(json)).into()
        }
        None => QUOTED_DOTS[text.chars().take(MAX_DOTS).count()].into(),
    })
}

/// Dots and pseudonyms need no escapes.
fn quoted(text: &str) -> String {
    ["\"", text, "\""].concat()
}

/// Whether a text is a command word that is listed, not only one of a known family.
pub(super) fn is_command(text: &str) -> bool {
    command::TABLE.iter().any(|it| it.word == text)
}

/// Whether a text has the form of a `MsgKey`: three numbers, or of a `MsgSeq`.
fn is_key(text: &str) -> bool {
    let is_part = |it: &str| {
        u32::try_from(it.len()).is_ok_and(|it| (1..=KEY_DIGITS).contains(&it))
            && it.bytes().all(|it| it.is_ascii_digit())
    };
    text.split('_').count() <= 3 && text.split('_').all(is_part)
}

#[cfg(test)]
mod tests;
