//! Tests of the tables of keys.

use std::collections::HashSet;

use super::*;
use crate::callback::Lang;
use crate::dashboard::words;

/// Asserts that no key has two actions in a table, that each action has a key, and that the
/// names of all keys are right.
fn assert_sound<A: Copy + PartialEq>(table: &KeyTable<A>) {
    let mut seen = HashSet::new();
    for action in table.actions() {
        let keys = table.keys(action.action);
        assert!(!keys.is_empty(), "{} has no key", action.name);
        let names: Vec<_> = keys.iter().map(|it| it.name()).collect();
        assert_eq!(names.join(" "), action.default_names());
        assert!(keys.iter().all(|it| seen.insert(*it)), "{names:?} are bound twice");
    }
}

/// Asserts that the keys that move in a pane have no other action in a table.
fn assert_moves_nothing<A: Copy + PartialEq>(table: &KeyTable<A>) {
    let keymap = Keymap::default();
    for key in table.actions().flat_map(|it| table.keys(it.action)) {
        let action = keymap.dashboard.action(key.event());
        assert!(!matches!(action, Some(Action::Move(_))), "{key:?} moves");
    }
}

#[test]
fn no_key_has_two_actions_and_each_action_has_one() {
    let keymap = Keymap::default();
    assert_sound(&keymap.dashboard);
    assert_sound(&keymap.timeline);
    assert_sound(&keymap.page);
    assert_sound(&keymap.switchboard);
}

#[test]
fn no_key_that_moves_in_a_pane_has_an_action_before() {
    let keymap = Keymap::default();
    assert_moves_nothing(&keymap.timeline);
    assert_moves_nothing(&keymap.page);
    assert_moves_nothing(&keymap.switchboard);
}

#[test]
fn the_names_of_all_actions_are_distinct() {
    let Keymap { dashboard, timeline, page, switchboard } = Keymap::default();
    let names = dashboard.actions().map(|it| it.name).chain(timeline.actions().map(|it| it.name));
    let names = names.chain(page.actions().map(|it| it.name));
    let mut names: Vec<_> = names.chain(switchboard.actions().map(|it| it.name)).collect();
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
}

#[test]
fn the_actions_in_texts_exist() {
    let keymap = Keymap::default();
    for (name, text) in words::ALL {
        for lang in [Lang::En, Lang::Zh] {
            assert!(!keymap.filled(text.text(lang)).contains('{'), "{name}");
        }
    }
    assert_eq!(keymap.filled("{zoom}, {wrap}"), "z, w");
    assert_eq!(keymap.filled("{down} {tab}"), "↓ tab");
    assert_eq!(keymap.filled("{potato} {zoom"), "{potato} {zoom");
}
