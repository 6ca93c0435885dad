//! Names that are no fields of the language: `frm:bob`, `MsgSeq:1001`, `from~bob`.

use super::error;
use crate::callback::cursor::Cursor;
use crate::callback::nearest::nearest;
use crate::callback::redact::field_names;
use crate::history::filter::error::{FieldReason, ParseError, Reason};
use crate::history::filter::foreign;
use crate::history::filter::language;
use crate::history::filter::payload::is_name;

/// The mistake of a name that no field has, and an operator; none of text.
pub(super) fn check(cursor: &mut Cursor<'_>, name: &str, operator: &str) -> Result<(), ParseError> {
    let start = cursor.at;
    let name_at = start..start + name.len();
    let after = &cursor.rest()[name.len()..];
    if let Some(reason) = of_body(name, operator, &written(cursor, name.len() + operator.len())) {
        return error(name_at, Reason::Field(reason));
    }
    // A URL or a comparison in prose is a word.
    let value = &after[operator.len()..];
    let is_comparison =
        operator.contains(['<', '>']) && value.starts_with(|it: char| it.is_ascii_digit());
    if !is_comparison && (operator != ":" || after.starts_with("://")) {
        return Ok(());
    }
    let word = cursor.bare().to_owned();
    let meant = foreign::field(name);
    if let Some(keyword) = language::keyword_name(name).filter(|_| meant.is_none()) {
        return error(start..cursor.at, Reason::Field(FieldReason::Keyword(keyword)));
    }
    let nearest = meant.or_else(|| nearest(name, language::fields()));
    let name = name.to_owned();
    error(name_at, Reason::Field(FieldReason::Unknown { name, word, nearest }))
}

/// The mistake of a name without an operator right after it: one of another language, as in
/// `from~bob`, one after a space, as in `from :bob`, or a path without the point before it.
pub(super) fn similar(cursor: &mut Cursor<'_>, name: &str) -> Result<(), ParseError> {
    path(cursor, name)?;
    let start = cursor.at;
    let rest = &cursor.rest()[name.len()..];
    if name.is_empty() || language::find_field(name).is_none() {
        return Ok(());
    }
    if let Some(after) = rest.trim_start().strip_prefix(':') {
        let left = cursor.rest().len();
        let value = written(cursor, left - after.trim_start().len());
        // `from :)` is prose.
        if !value.is_empty() {
            let at = start..start + left - after.len();
            return error(at, Reason::Instead(format!("{name}:{value}")));
        }
    }
    if rest.len() < 2 || !rest.starts_with('~') {
        return Ok(());
    }
    let word = cursor.bare();
    let instead = format!("{name}:{}", word[name.len()..].trim_start_matches(['~', '=']));
    error(start..cursor.at, Reason::Instead(instead))
}

/// The mistake of a path without the point before it: `MsgBody.MsgContent.Text:hi`.
fn path(cursor: &Cursor<'_>, name: &str) -> Result<(), ParseError> {
    let rest = cursor.rest();
    let end = rest.find(|it| !(is_name(it) || ".[]".contains(it))).unwrap_or(rest.len());
    let has_operator = rest[end..].starts_with([':', '=', '<', '>', '!']);
    let is_path = end > name.len() && has_operator && !rest[end..].starts_with("://");
    if !is_path || !field_names().any(|it| it == name) {
        return Ok(());
    }
    let operator = rest[end..].find(|it| !":=<>!".contains(it)).unwrap_or(rest.len() - end);
    let value = written(cursor, end + operator);
    let (path, operator) = (&rest[..end], &rest[end..end + operator]);
    let name = path.to_owned();
    let instead = instead(&format!(".{path}"), operator, &value);
    let at = cursor.at..cursor.at + end;
    error(at, Reason::Field(FieldReason::OfBody { name, instead, other: None }))
}

/// A value as it is written, so many bytes after the cursor.
fn written(cursor: &Cursor<'_>, after: usize) -> String {
    let mut ahead = Cursor { text: cursor.text, at: cursor.at + after };
    let start = ahead.at;
    if ahead.peek() == Some('"') && ahead.quoted().is_ok() {
        return ahead.text[start..ahead.at].to_owned();
    }
    ahead.at = start;
    ahead.bare().to_owned()
}

/// A term with another name.
fn instead(name: &str, operator: &str, value: &str) -> String {
    match operator {
        "!=" => format!("-{name}={value}"),
        _ => format!("{name}{operator}{value}"),
    }
}

/// The mistake of a name of a field of the body or of the query; `None` if it is none.
fn of_body(name: &str, operator: &str, value: &str) -> Option<FieldReason> {
    if value.starts_with("//") {
        return None;
    }
    // With `=` it is more often a part of a text.
    let is_exact = operator.contains('=') || foreign::field(name).is_some();
    let is = |it: &&str| *it == name || !is_exact && it.eq_ignore_ascii_case(name);
    let ours = foreign::protocol_field(name);
    let in_query = foreign::QUERY_FIELDS.into_iter().find(is);
    let to = |it: &str| instead(it, operator, value);
    if let (Some(name), Some(ours)) = (in_query, ours) {
        let (name, instead) = (name.to_owned(), to(ours));
        return Some(FieldReason::OfQuery { name, instead });
    }
    let known = field_names().find(is);
    // An app has fields of its own.
    let is_like_one = name.starts_with(|it: char| it.is_ascii_uppercase())
        && name[1..].contains(|it: char| it.is_ascii_uppercase() || it == '_')
        && name.contains(|it: char| it.is_ascii_lowercase());
    let like = (is_like_one && !is_exact).then_some(name);
    let known = known.or(like)?;
    let (name, instead) = (known.to_owned(), to(&format!(".{known}")));
    Some(FieldReason::OfBody { name, instead, other: ours.map(to) })
}
