//! The Chinese of an error in JSON that was recorded in English.

use crate::callback::json::{self, ParseError, Reason};
use crate::callback::lang::Lang;

/// The Chinese of `REASON at line LINE column COLUMN`, or of a reason of `serde_json`, if it
/// is that.
pub(super) fn chinese(english: &str) -> Option<String> {
    let Some((text, place)) = english.rsplit_once(" at line ") else {
        return json::syntax(english).map(|it| it.zh.to_owned());
    };
    let (line, rest) = place.split_once(" column ")?;
    let (column, more) =
        rest.split_once(", then ").map_or((rest, None), |(it, more)| (it, Some(more)));
    let error = ParseError {
        offset: 0,
        line: line.parse().ok()?,
        column: column.parse().ok()?,
        reason: Reason::named(text, more)?,
    };
    Some(error.text(Lang::Zh))
}
