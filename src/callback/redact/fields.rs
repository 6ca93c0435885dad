//! The fields of Tencent's bodies, and which of their values are kept in redacted text.
//!
//! Kept are the values that the protocol defines, and the numbers with which a message
//! is followed: times, numbers of sequence, `MsgKey`, sizes, counts, codes and flags.
//! What a user or an app chose is personal.

mod table;

use table::TABLE;

/// Which values of a field are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    /// It holds fields of Tencent, or a list of objects that do.
    Fields,
    /// The numbers of the protocol ([`is_protocol_number`](super::is_protocol_number)): a
    /// time, a size, a count, a code, a flag, a number of sequence.
    Number,
    /// These words in any letter case, and numbers of up to three digits.
    Words(&'static [&'static str]),
    /// The known command words.
    Command,
    /// None: it is the id of a user, a group, a room, a call, and becomes a pseudonym.
    Id,
    /// A `MsgKey`; any other text is an id.
    Key,
    /// None.
    Personal,
}

/// The rule of a field; `None` if Tencent has no field of this name.
pub(super) fn rule(name: &str) -> Option<Rule> {
    TABLE.binary_search_by(|(it, _)| (*it).cmp(name)).ok().map(|at| TABLE[at].1)
}

/// The names of the fields.
pub fn names() -> impl Iterator<Item = &'static str> {
    TABLE.iter().map(|(name, _)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::callback::command;

    #[test]
    fn the_table_is_in_order() {
        assert!(TABLE.is_sorted_by(|(a, _), (b, _)| a < b));
    }

    #[test]
    fn every_field_of_a_command_has_a_rule() {
        let fields = command::TABLE.iter().flat_map(|it| it.fields.iter().map(|it| it.name));
        for name in fields {
            assert!(rule(name).is_some(), "{name}: is it personal?");
        }
    }

    #[test]
    fn every_account_is_an_id() {
        for (name, rule) in TABLE.iter().filter(|(name, _)| name.ends_with("_Account")) {
            assert_eq!(*rule, Rule::Id, "{name}");
        }
    }
}
