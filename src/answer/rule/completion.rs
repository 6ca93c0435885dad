//! What the end of an unfinished rule can become.

use super::action::TABLE;
use super::parse::ARROW;
use crate::callback::Lang;
use crate::history::filter::completion::{Choice, Choices, Slot, SlotKind, slot, words_for_rules};
use crate::history::filter::{Wanted, find_outside};
use crate::history::{History, choices as of_filter};

/// What the end of an unfinished rule can become: as in a filter, and after the arrow the
/// actions. Without a history no values are offered.
pub fn choices(text: &str, lang: Lang, history: Option<&History>) -> Choices {
    let Some(arrow) = find_outside(text, ARROW) else {
        return match slot(text) {
            Slot { start, typed, kind: SlotKind::Word } => {
                Choices { start, list: words_for_rules(&typed, lang), is_cut: false }
            }
            _ => of_filter::choices(text, lang, history),
        };
    };
    let actions = &text[arrow + ARROW.len()..];
    let typed = actions[last_action(actions)..].trim_start();
    let start = text.len() - typed.len();
    let mut wanted = Wanted::new(typed, TABLE.len());
    for action in &TABLE {
        wanted.offer(action.name, || Choice::new(action.name, action.meaning.text(lang)));
    }
    Choices { start, list: wanted.found(), is_cut: false }
}

/// The filter of an unfinished rule.
pub fn filter(text: &str) -> &str {
    &text[..find_outside(text, ARROW).unwrap_or(text.len())]
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
        for (text, typed, expected) in [
            ("fr", "fr", Some("from:")),
            ("sinc", "sinc", None),
            ("befo", "befo", Some("before")),
            ("deni", "deni", None),
            ("\"=>\" aft", "aft", Some("after")),
            ("from:a => de", "de", Some("deny")),
            ("from:a=>", "", Some("allow")),
            ("a => deny \"x, y\", ti", "ti", Some("times")),
            ("a => set /MsgBody/0={\"a\":[1,2]},cha", "cha", Some("chance")),
            ("a => deny \"x, al", "deny \"x, al", None),
            ("a => deny 1", "deny 1", None),
        ] {
            let Choices { start, list, .. } = choices(text, Lang::En, None);
            let first = list.first().map(|it| &*it.text);
            assert_eq!((&text[start..], first), (typed, expected), "{text}");
        }
        assert_eq!(filter("from:\"=>\" => deny"), "from:\"=>\" ");
        assert_eq!(filter("from:a"), "from:a");
    }
}
