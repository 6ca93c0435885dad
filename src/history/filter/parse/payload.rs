//! Parsing of the terms that begin with a path into the body.

use super::field::{FieldPrefix, OPERATORS};
use super::{EMPTY_QUOTES, error};
use crate::callback::Localized;
use crate::callback::cursor::Cursor;
use crate::callback::value::Decimal;
use crate::history::filter::error::{FieldReason, ParseError, Reason};
use crate::history::filter::full_width;
use crate::history::filter::needle::Needle;
use crate::history::filter::payload::{Bounds, PayloadTerm, Step, Test, begins_path, is_name};
use crate::history::filter::term::{Term, ends_word};

const PATH_FORM: Localized = Localized::new(
    "a path is written .Field.Inner, .List[0].Field or .\"odd name\"; text goes in quotes",
    "字段路径写作 .Field.Inner、.List[0].Field 或 .\"特殊名称\"；文本请加引号",
);
const NUMBER: Localized = Localized::new("a number", "数字");

/// Parses a path, and what is required of the values there; `None` if the text here is no
/// path.
pub(super) fn parse(cursor: &mut Cursor<'_>) -> Result<Option<Term>, ParseError> {
    if !begins_path(cursor.rest()) {
        let after = cursor.rest().strip_prefix('.').map(|it| it.chars().next());
        let is_alone = after.is_some_and(|it| it.is_none_or(ends_word));
        return if is_alone {
            error(cursor.next_char(), Reason::Plain(PATH_FORM))
        } else {
            Ok(None)
        };
    }
    let start = cursor.at;
    let steps = steps(cursor)?;
    let after = cursor.rest();
    let Some(operator) = OPERATORS.into_iter().find(|it| after.starts_with(it)) else {
        if after.chars().next().is_none_or(ends_word) && !after.starts_with('"') {
            return Ok(Some(Term::Payload(Box::new(PayloadTerm::new(steps, Test::Exists)))));
        }
        if let Some((0, char)) = full_width(after) {
            return error(cursor.next_char(), Reason::FullWidth(char));
        }
        return error(cursor.next_char(), Reason::Plain(PATH_FORM));
    };
    let name = &cursor.text[start..cursor.at];
    cursor.at += operator.len();
    let prefix = FieldPrefix { name, operator, at: start..cursor.at };
    if operator == "!=" {
        return error(prefix.at, Reason::Field(FieldReason::NotEqual(name.to_owned())));
    }
    let (value, at) = prefix.value(cursor)?;
    let test = match (operator, value.is_empty()) {
        (":", true) => return error(at, Reason::Plain(EMPTY_QUOTES)),
        (":", _) => Test::Contains(Box::new(Needle::folded(&value)), bounds(&value)),
        ("=", _) => Test::Equals(value.clone(), bounds(&value)),
        _ => match compared(operator, &value) {
            Some(bounds) => Test::Within(bounds, format!("{operator}{value}")),
            None => return error(at, Reason::WrongValue { value, expected: NUMBER }),
        },
    };
    Ok(Some(Term::Payload(Box::new(PayloadTerm::new(steps, test)))))
}

fn steps(cursor: &mut Cursor<'_>) -> Result<Vec<Step>, ParseError> {
    let mut steps = Vec::new();
    loop {
        match cursor.peek() {
            Some('.') if begins_path(cursor.rest()) => {
                cursor.at += 1;
                steps.push(Step::Name(match cursor.peek() {
                    Some('"') => cursor.quoted()?,
                    _ => plain_name(cursor),
                }));
            }
            Some('[') => {
                let start = cursor.at;
                let end = cursor.rest().find(']');
                let number = end.map(|it| &cursor.rest()[1..it]);
                let step = match number {
                    Some("") => Some(Step::Each),
                    Some(it) if it.bytes().all(|it| it.is_ascii_digit()) => {
                        it.parse().ok().map(Step::Index)
                    }
                    _ => None,
                };
                let Some((step, end)) = step.zip(end) else {
                    return error(start..start + 1, Reason::Plain(PATH_FORM));
                };
                cursor.at += end + 1;
                steps.push(step);
            }
            _ => return Ok(steps),
        }
    }
}

fn plain_name(cursor: &mut Cursor<'_>) -> String {
    let rest = cursor.rest();
    let name = &rest[..rest.find(|it| !is_name(it)).unwrap_or(rest.len())];
    cursor.at += name.len();
    name.to_owned()
}

/// The bounds of a number, or of a range of numbers.
fn bounds(value: &str) -> Option<Bounds> {
    let closed = |low, high| Bounds { low: Some(low), high: Some(high), is_open: false };
    if let Some(number) = Decimal::parse(value) {
        return Some(closed(number.clone(), number));
    }
    let mut dashes = value.char_indices().skip(1).filter(|(_, it)| *it == '-');
    dashes.find_map(|(dash, _)| {
        let [low, high] = [&value[..dash], &value[dash + 1..]].map(Decimal::parse);
        Some(closed(low?, high?))
    })
}

fn compared(operator: &str, value: &str) -> Option<Bounds> {
    let number = Decimal::parse(value);
    let (low, high) = if operator.starts_with('>') { (number, None) } else { (None, number) };
    let is_open = !operator.ends_with('=');
    (low.is_some() || high.is_some()).then_some(Bounds { low, high, is_open })
}
