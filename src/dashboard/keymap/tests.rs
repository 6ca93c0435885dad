//! Tests of the tables of keys.

use std::collections::HashSet;

use crossterm::event::KeyModifiers;

use super::*;

#[test]
fn no_key_has_two_actions() {
    let mut seen = HashSet::new();
    for (modifiers, code, _) in BINDINGS.iter().flat_map(|it| it.keys) {
        assert!(seen.insert((*modifiers, *code)), "{code:?} is bound twice");
    }
}

#[test]
fn no_key_of_the_switchboard_has_two_actions() {
    let mut seen = HashSet::new();
    for (modifiers, code, _) in SWITCHBOARD.iter().flat_map(|it| it.keys) {
        assert!(seen.insert((*modifiers, *code)), "{code:?} is bound twice");
        let pressed = KeyEvent::new(*code, *modifiers);
        assert!(!matches!(action(pressed), Some(Action::Move(_))), "{code:?} moves");
    }
}

#[test]
fn no_key_of_a_page_has_two_actions() {
    let mut seen = HashSet::new();
    for (modifiers, code, _) in PAGE.iter().flat_map(|it| it.keys) {
        assert!(seen.insert((*modifiers, *code)), "{code:?} is bound twice");
        let pressed = KeyEvent::new(*code, *modifiers);
        assert!(!matches!(action(pressed), Some(Action::Move(_))), "{code:?} moves");
    }
}

#[test]
fn a_shifted_letter_is_that_letter() {
    let pressed = KeyEvent::new(KeyCode::Char('G'), KeyModifiers::SHIFT);
    assert_eq!(action(pressed), Some(Action::Move(Step::Bottom)));
}
