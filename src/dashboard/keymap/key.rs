//! A key, its name in a config file and its label on the screen.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::dashboard::sign_set::SignSet;

/// The names and labels of keys that type no character, and of the space bar.
const NAMED: [(KeyCode, &str, &str); 17] = [
    (KeyCode::Char(' '), "space", "space"),
    (KeyCode::Enter, "enter", "enter"),
    (KeyCode::Esc, "esc", "esc"),
    (KeyCode::Tab, "tab", "tab"),
    (KeyCode::BackTab, "shift-tab", "shift-tab"),
    (KeyCode::Backspace, "backspace", "backspace"),
    (KeyCode::Delete, "delete", "Del"),
    (KeyCode::Insert, "insert", "Ins"),
    (KeyCode::Up, "up", "↑"),
    (KeyCode::Down, "down", "↓"),
    (KeyCode::Left, "left", "←"),
    (KeyCode::Right, "right", "→"),
    (KeyCode::Home, "home", "Home"),
    (KeyCode::End, "end", "End"),
    (KeyCode::PageUp, "pageup", "PgUp"),
    (KeyCode::PageDown, "pagedown", "PgDn"),
    (KeyCode::Null, "ctrl-space", "^space"),
];
/// What stands in ASCII for the labels that are none.
const IN_ASCII: [(KeyCode, &str); 4] = [
    (KeyCode::Up, "Up"),
    (KeyCode::Down, "Down"),
    (KeyCode::Left, "Left"),
    (KeyCode::Right, "Right"),
];
/// Letters that terminals send with Ctrl as tab and enter.
const CONTROL_TWINS: [char; 2] = ['i', 'm'];
/// Keys that terminals send with Ctrl as without.
const NOT_WITH_CONTROL: [KeyCode; 5] =
    [KeyCode::Enter, KeyCode::Esc, KeyCode::Tab, KeyCode::BackTab, KeyCode::Backspace];
/// Keys that with Alt are the beginnings of other keys.
const BEGINNINGS: [KeyCode; 3] = [KeyCode::Char('['), KeyCode::Char('O'), KeyCode::Esc];
/// The number of the last function key.
const LAST_FUNCTION_KEY: u8 = 12;

/// A key with its modifiers. Shift is none of them: it is in the character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    modifiers: KeyModifiers,
    code: KeyCode,
}

impl Key {
    /// The key of an event.
    pub fn of(event: KeyEvent) -> Self {
        let modifiers = event.modifiers - KeyModifiers::SHIFT;
        match (modifiers, event.code) {
            (KeyModifiers::CONTROL, KeyCode::Char(' ')) => Self::plain(KeyCode::Null),
            (modifiers, code) => Self { modifiers, code },
        }
    }

    const fn plain(code: KeyCode) -> Self {
        Self { modifiers: KeyModifiers::NONE, code }
    }

    /// The key of a name, such as `j`, `ctrl-d` or `pageup`; `None` if there is none that
    /// terminals send as no other.
    pub fn named(name: &str) -> Option<Self> {
        if let Some((code, ..)) = NAMED.into_iter().find(|(_, it, _)| *it == name) {
            return Some(Self::plain(code));
        }
        let with = |modifier, rest: &str| {
            let Self { modifiers, code } = Self::named(rest)?;
            let is_known = modifiers.contains(modifier) || code == KeyCode::Null;
            (!is_known).then_some(Self { modifiers: modifiers | modifier, code })
        };
        if let Some(rest) = name.strip_prefix("ctrl-") {
            let key = with(KeyModifiers::CONTROL, rest)?;
            return key.is_distinct_with_control().then_some(key);
        }
        if let Some(rest) = name.strip_prefix("alt-") {
            let key = with(KeyModifiers::ALT, rest)?;
            return (!BEGINNINGS.contains(&key.code)).then_some(key);
        }
        if let Some(digits) = name.strip_prefix('f')
            && let Some(number) = (1..=LAST_FUNCTION_KEY).find(|it| digits == it.to_string())
        {
            return Some(Self::plain(KeyCode::F(number)));
        }
        let mut characters = name.chars();
        let only = characters.next().filter(|it| !it.is_control() && !it.is_whitespace())?;
        characters.next().is_none().then_some(Self::plain(KeyCode::Char(only)))
    }

    /// The names of the keys that type no character, without modifiers, and of the space bar.
    pub fn names() -> impl Iterator<Item = &'static str> {
        NAMED.into_iter().map(|(_, name, _)| name)
    }

    fn is_distinct_with_control(self) -> bool {
        match self.code {
            KeyCode::Char(it) => it.is_ascii_lowercase() && !CONTROL_TWINS.contains(&it),
            it => !NOT_WITH_CONTROL.contains(&it),
        }
    }

    /// The event of the key.
    pub fn event(self) -> KeyEvent {
        KeyEvent::new(self.code, self.modifiers)
    }

    /// Whether it types a character in an input line.
    pub fn types(self) -> bool {
        matches!(self.code, KeyCode::Char(_)) && self.modifiers.is_empty()
    }

    /// Its name in a config file.
    pub fn name(self) -> String {
        self.text("ctrl-", |(_, name, _)| name)
    }

    /// Its label on the screen.
    pub fn label(self, signs: SignSet) -> String {
        self.text("^", |(code, _, label)| match signs {
            SignSet::Unicode => label,
            SignSet::Ascii => IN_ASCII.iter().find(|it| it.0 == code).map_or(label, |it| it.1),
        })
    }

    fn text(
        self,
        control: &str,
        named: impl Fn((KeyCode, &'static str, &'static str)) -> &'static str,
    ) -> String {
        let mut text = String::new();
        if self.modifiers.contains(KeyModifiers::CONTROL) {
            text += control;
        }
        if self.modifiers.contains(KeyModifiers::ALT) {
            text += "alt-";
        }
        match (NAMED.into_iter().find(|(it, ..)| *it == self.code), self.code) {
            (Some(row), _) => text += named(row),
            (None, KeyCode::Char(it)) => text.push(it),
            (None, KeyCode::F(number)) => text.extend(["f", &number.to_string()]),
            (None, code) => text += &code.to_string(),
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn a_key_is_found_by_its_name_and_has_it() {
        for (name, label) in [
            ("j", "j"),
            ("G", "G"),
            ("-", "-"),
            ("小", "小"),
            ("space", "space"),
            ("ctrl-d", "^d"),
            ("alt-x", "alt-x"),
            ("alt-X", "alt-X"),
            ("ctrl-alt-x", "^alt-x"),
            ("ctrl-up", "^↑"),
            ("ctrl-space", "^space"),
            ("shift-tab", "shift-tab"),
            ("f1", "f1"),
            ("f12", "f12"),
            ("f", "f"),
            ("pagedown", "PgDn"),
        ] {
            let key = Key::named(name).unwrap_or_else(|| panic!("{name}"));
            assert_eq!((&*key.name(), &*key.label(SignSet::Unicode)), (name, label));
            assert_eq!(Key::of(key.event()), key);
        }
    }

    #[test]
    fn each_key_has_a_label_in_ascii_that_is_that_of_no_other() {
        let keys: Vec<_> = Key::names().filter_map(Key::named).collect();
        let labels: HashSet<_> = keys.iter().map(|it| it.label(SignSet::Ascii)).collect();
        assert!(labels.len() == keys.len() && labels.iter().all(|it| it.is_ascii()), "{labels:?}");
    }

    #[test]
    fn what_no_terminal_sends_or_tells_apart_is_no_key() {
        for name in [
            "",
            " ",
            "jj",
            "f0",
            "f13",
            "F1",
            "ctrl-",
            "ctrl-D",
            "ctrl-i",
            "ctrl-m",
            "ctrl-1",
            "ctrl-ctrl-d",
            "ctrl-enter",
            "ctrl-tab",
            "shift-a",
            "shift-up",
            "alt-ctrl-space",
            "Enter",
            "\u{1b}",
            "^d",
            "f+1",
            "f01",
            "alt-[",
            "alt-esc",
        ] {
            assert_eq!(Key::named(name), None, "{name}");
        }
    }

    #[test]
    fn a_shifted_letter_is_that_letter() {
        let pressed = KeyEvent::new(KeyCode::Char('G'), KeyModifiers::SHIFT);
        assert_eq!(Some(Key::of(pressed)), Key::named("G"));
        let space = KeyEvent::new(KeyCode::Char(' '), KeyModifiers::CONTROL);
        assert_eq!(Some(Key::of(space)), Key::named("ctrl-space"));
    }
}
