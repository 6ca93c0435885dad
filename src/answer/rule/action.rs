//! The words of the actions.

/// Every action, in the order of the documentation.
pub const ACTIONS: [&str; 12] = [
    "allow", "deny", "drop", "set", "reply", "fail", "status", "delay", "hang", "forward", "times",
    "chance",
];

/// The greatest distance at which a word is taken for a misspelling of another.
const MAX_DISTANCE: usize = 2;

/// The action with this name, in any letter case.
pub(super) fn named(word: &str) -> Option<&'static str> {
    ACTIONS.into_iter().find(|it| it.eq_ignore_ascii_case(word))
}

/// The action that is most like a word: one that it begins, or is a few letters from.
pub(super) fn nearest(word: &str) -> Option<&'static str> {
    let word = word.to_ascii_lowercase();
    let distance = |it| strsim::osa_distance(&word, it);
    let near = ACTIONS.into_iter().map(|it| (distance(it), it)).min();
    let near = near.filter(|(distance, it)| *distance <= MAX_DISTANCE.min(it.len() / 2));
    let begun = || ACTIONS.into_iter().find(|it| word.len() > 1 && it.starts_with(&word));
    near.map(|(_, it)| it).or_else(begun)
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
