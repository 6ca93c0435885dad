//! Tests of the tables of keys.

use std::collections::HashSet;

use crossterm::event::KeyModifiers;

use super::*;

/// Asserts that no key has two actions in a table.
fn assert_distinct<A>(bindings: &[Binding<A>]) {
    let mut seen = HashSet::new();
    for (modifiers, code, _) in bindings.iter().flat_map(|it| it.keys) {
        assert!(seen.insert((*modifiers, *code)), "{code:?} is bound twice");
    }
}

/// Asserts that the keys that move in a pane have no other action in a table.
fn assert_moves_nothing<A>(bindings: &[Binding<A>]) {
    for (modifiers, code, _) in bindings.iter().flat_map(|it| it.keys) {
        let pressed = KeyEvent::new(*code, *modifiers);
        assert!(!matches!(action(pressed), Some(Action::Move(_))), "{code:?} moves");
    }
}

#[test]
fn no_key_has_two_actions() {
    assert_distinct(BINDINGS);
}

#[test]
fn no_key_of_the_switchboard_has_two_actions() {
    assert_distinct(SWITCHBOARD);
    assert_moves_nothing(SWITCHBOARD);
}

#[test]
fn no_key_of_a_page_has_two_actions() {
    assert_distinct(PAGE);
    assert_moves_nothing(PAGE);
}

#[test]
fn no_key_of_the_timeline_has_two_actions() {
    assert_distinct(TIMELINE);
}

#[test]
fn a_shifted_letter_is_that_letter() {
    let pressed = KeyEvent::new(KeyCode::Char('G'), KeyModifiers::SHIFT);
    assert_eq!(action(pressed), Some(Action::Move(Step::Bottom)));
}
