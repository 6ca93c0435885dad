//! The key that is meant by a name of it in another notation.

use crate::callback::nearest::nearest;
use crate::dashboard::keymap::Key;

/// Names of keys elsewhere, and those that they have here.
const OTHER_NAMES: [(&str, &str); 19] = [
    ("return", "enter"),
    ("ctrl-m", "enter"),
    ("escape", "esc"),
    ("ctrl-[", "esc"),
    ("ctrl-i", "tab"),
    ("backtab", "shift-tab"),
    ("pgup", "pageup"),
    ("page-up", "pageup"),
    ("pgdn", "pagedown"),
    ("pgdown", "pagedown"),
    ("page-down", "pagedown"),
    ("del", "delete"),
    ("ins", "insert"),
    ("spacebar", "space"),
    (" ", "space"),
    ("↑", "up"),
    ("↓", "down"),
    ("←", "left"),
    ("→", "right"),
];
/// Beginnings of names elsewhere, and those that they have here.
const OTHER_MODIFIERS: [(&str, &str); 9] = [
    ("^", "ctrl-"),
    ("c-", "ctrl-"),
    ("ctrl+", "ctrl-"),
    ("control-", "ctrl-"),
    ("m-", "alt-"),
    ("a-", "alt-"),
    ("alt+", "alt-"),
    ("meta-", "alt-"),
    ("option-", "alt-"),
];

/// The name of a key that is meant by another one, if it is nearly one.
pub(super) fn nearest_key(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    if let Some((_, name)) = OTHER_NAMES.into_iter().find(|(it, _)| *it == lower) {
        return Some(name.to_owned());
    }
    let modified = OTHER_MODIFIERS
        .into_iter()
        .filter_map(|(other, modifier)| Some(modifier.to_owned() + lower.strip_prefix(other)?));
    // Shift is in the letter.
    let letter = lower.strip_prefix("shift-").or(lower.strip_prefix("shift+"));
    let letter = letter.map(str::to_uppercase);
    let mut others = modified.chain(letter).chain([lower.clone()]);
    let found = others.find(|it| Key::named(it).is_some());
    found.or_else(|| nearest(&lower, Key::names()).map(str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_in_another_notation_is_found() {
        for (text, expected) in [
            ("^d", Some("ctrl-d")),
            ("C-x", Some("ctrl-x")),
            ("Ctrl-D", Some("ctrl-d")),
            ("M-x", Some("alt-x")),
            ("shift-g", Some("G")),
            ("F5", Some("f5")),
            ("Return", Some("enter")),
            ("ctrl-i", Some("tab")),
            ("pageupp", Some("pageup")),
            ("f13", None),
            ("jj", None),
            ("", None),
        ] {
            assert_eq!(nearest_key(text).as_deref(), expected, "{text}");
        }
    }
}
