//! A row of a table of keys.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::callback::Localized;
use crate::dashboard::action::Action;

/// A row of the table of keys, with actions of type `A`.
#[derive(Debug)]
pub struct Binding<A: 'static = Action> {
    /// The names of the keys.
    pub label: &'static str,
    /// The keys and their actions.
    pub keys: &'static [(KeyModifiers, KeyCode, A)],
    /// What they do, for the help and the README.
    pub help: Localized,
    /// A shorter text, for those that the bottom line displays.
    pub brief: Option<Localized>,
}

const NONE: KeyModifiers = KeyModifiers::NONE;
const CTRL: KeyModifiers = KeyModifiers::CONTROL;

pub(super) const fn key<A: Copy>(it: char, action: A) -> (KeyModifiers, KeyCode, A) {
    (NONE, KeyCode::Char(it), action)
}

pub(super) const fn ctrl(it: char, action: Action) -> (KeyModifiers, KeyCode, Action) {
    (CTRL, KeyCode::Char(it), action)
}

pub(super) const fn code<A: Copy>(it: KeyCode, action: A) -> (KeyModifiers, KeyCode, A) {
    (NONE, it, action)
}

/// The action of a key in a table. Shift is ignored: it is in the letter.
pub(super) fn action_in<A: Copy>(bindings: &[Binding<A>], pressed: KeyEvent) -> Option<A> {
    let modifiers = pressed.modifiers - KeyModifiers::SHIFT;
    bindings
        .iter()
        .flat_map(|binding| binding.keys)
        .find(|(wanted, code, _)| *wanted == modifiers && *code == pressed.code)
        .map(|(_, _, action)| *action)
}
