//! The words of the actions.

use crate::callback::nearest;

/// Every action, in the order of the documentation.
pub const ACTIONS: [&str; 12] = [
    "allow", "deny", "drop", "set", "reply", "fail", "status", "delay", "hang", "forward", "times",
    "chance",
];

/// The action with this name, in any letter case.
pub(super) fn named(word: &str) -> Option<&'static str> {
    ACTIONS.into_iter().find(|it| it.eq_ignore_ascii_case(word))
}

/// The action that is most like a word: one that it begins, or is a few letters from.
pub(super) fn nearest(word: &str) -> Option<&'static str> {
    let begun = || {
        let word = word.to_ascii_lowercase();
        ACTIONS.into_iter().find(|it| word.len() > 1 && it.starts_with(&word))
    };
    nearest::nearest(word, ACTIONS).or_else(begun)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_action_is_a_few_letters_away() {
        for (word, action) in [
            ("denny", Some("deny")),
            ("dney", Some("deny")),
            ("Alow", Some("allow")),
            ("ste", Some("set")),
            ("forwrad", Some("forward")),
            ("del", Some("delay")),
            ("potato", None),
            ("x", None),
            ("", None),
        ] {
            assert_eq!(nearest(word), action, "{word}");
        }
        assert_eq!(nearest(&"deny".repeat(1000)), None);
    }
}
