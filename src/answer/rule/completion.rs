//! The words that the text of a rule can go on with.

use super::ACTIONS;
use super::parse::ARROW;
use crate::history::filter::{completion, find_outside};

/// The place where the last word of an unfinished text begins, and the words that can
/// stand there.
pub fn words(text: &str) -> (usize, Vec<String>) {
    let Some(arrow) = find_outside(text, ARROW) else { return completion::words(text) };
    let actions = &text[arrow + ARROW.len()..];
    let start = last_action(actions);
    let action = actions[start..].trim_start();
    let start = text.len() - action.len();
    let words = match action.contains(|it: char| !it.is_ascii_alphabetic()) {
        true => Vec::new(),
        false => ACTIONS.map(str::to_owned).to_vec(),
    };
    (start, words)
}

/// The place where the last action of some begins: after the last comma that is neither
/// in quotes nor in a JSON value.
fn last_action(actions: &str) -> usize {
    let (mut start, mut depth, mut is_quoted, mut is_escaped) = (0, 0_usize, false, false);
    for (at, byte) in actions.bytes().enumerate() {
        match byte {
            _ if is_escaped => {}
            b'"' => is_quoted = !is_quoted,
            b'{' | b'[' if !is_quoted => depth += 1,
            b'}' | b']' if !is_quoted => depth = depth.saturating_sub(1),
            b',' if !is_quoted && depth == 0 => start = at + 1,
            _ => {}
        }
        is_escaped = byte == b'\\' && is_quoted && !is_escaped;
    }
    start
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn before_the_arrow_are_the_words_of_filters_and_after_it_actions() {
        let begins = |text| {
            let (start, words) = words(text);
            let typed = &text[start..];
            let mut words = words.into_iter();
            (typed, words.find(|it| it.starts_with(typed)))
        };
        for (text, typed, expected) in [
            ("fr", "fr", Some("from:")),
            ("\"=>\" aft", "aft", Some("after")),
            ("from:a => de", "de", Some("deny")),
            ("from:a=>", "", Some("allow")),
            ("a => deny \"x, y\", ti", "ti", Some("times")),
            ("a => set /MsgBody/0={\"a\":[1,2]},cha", "cha", Some("chance")),
            ("a => deny \"x, al", "deny \"x, al", None),
            ("a => deny 1", "deny 1", None),
        ] {
            assert_eq!(begins(text), (typed, expected.map(str::to_owned)), "{text}");
        }
    }
}
