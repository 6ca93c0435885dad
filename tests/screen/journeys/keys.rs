//! The names of keys in journeys.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// The key of a name.
pub(crate) fn named(key: &str) -> KeyEvent {
    let plain = |code| KeyEvent::new(code, KeyModifiers::NONE);
    match key {
        "enter" => plain(KeyCode::Enter),
        "esc" => plain(KeyCode::Esc),
        "space" => plain(KeyCode::Char(' ')),
        "tab" => plain(KeyCode::Tab),
        "backtab" => KeyEvent::new(KeyCode::BackTab, KeyModifiers::SHIFT),
        "backspace" => plain(KeyCode::Backspace),
        "up" => plain(KeyCode::Up),
        "down" => plain(KeyCode::Down),
        "left" => plain(KeyCode::Left),
        "right" => plain(KeyCode::Right),
        "home" => plain(KeyCode::Home),
        "end" => plain(KeyCode::End),
        "pgup" => plain(KeyCode::PageUp),
        "pgdn" => plain(KeyCode::PageDown),
        "f1" => plain(KeyCode::F(1)),
        _ => {
            let (modifiers, letter) = match key.strip_prefix("ctrl-") {
                Some(letter) => (KeyModifiers::CONTROL, letter),
                None => (KeyModifiers::NONE, key),
            };
            let mut letters = letter.chars();
            let code = KeyCode::Char(letters.next().unwrap());
            assert!(letters.next().is_none(), "no key is called {key}");
            KeyEvent::new(code, modifiers)
        }
    }
}
