//! Redacts a field that differs between a request and its answer.

use super::fields::rule;
use super::{MASK, Pseudonym};
use crate::callback::compare::Difference;
use crate::callback::json_pointer;

/// The maximum number of digits of an index; more may be a number that a user chose.
const INDEX_DIGITS: usize = 4;

/// The difference without values, and with the known names of fields only.
pub fn redact_difference(difference: &Difference, pseudonym: Pseudonym<'_>) -> Difference {
    // Both fields are named, so that none is added without a decision.
    let Difference { pointer, first, second } = difference;
    let steps = pointer.split('/').map(|it| redact_step(it, pseudonym));
    Difference {
        pointer: steps.collect::<Vec<_>>().join("/"),
        first: first.as_ref().map(|_| MASK.to_owned()),
        second: second.as_ref().map(|_| MASK.to_owned()),
    }
}

/// A step of a JSON pointer: an index or a known name, or the pseudonym of another.
fn redact_step(step: &str, pseudonym: Pseudonym<'_>) -> String {
    let is_index = step.len() <= INDEX_DIGITS && step.bytes().all(|it| it.is_ascii_digit());
    let name = json_pointer::unescape(step);
    match is_index || rule(&name).is_some() {
        true => step.to_owned(),
        false => pseudonym(&name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_known_names_are_kept() {
        let difference = Difference {
            pointer: "/MsgBody/0/MsgContent/x~1iaoming/13800138000".to_owned(),
            first: None,
            second: Some("\"ask xiaoming\"".to_owned()),
        };
        let Difference { pointer, first, second } =
            redact_difference(&difference, &|name| format!("id-{}", name.len()));
        assert_eq!(pointer, "/MsgBody/0/MsgContent/id-9/id-11");
        assert_eq!((first.as_deref(), second.as_deref()), (None, Some(MASK)));
    }
}
