//! The keys that the actions of a table have.

use crossterm::event::KeyEvent;

use super::binding::{Binding, NamedAction};
use super::key::Key;
use crate::dashboard::sign_set::SignSet;

/// A table of keys: its rows, and the keys that each of their actions has.
#[derive(Debug, Clone)]
pub struct KeyTable<A: 'static> {
    rows: &'static [Binding<A>],
    keys: Vec<(A, Vec<Key>)>,
    /// What the labels of its keys are written with.
    pub(super) signs: SignSet,
}

impl<A: Copy + PartialEq> KeyTable<A> {
    /// The default keys.
    pub(super) fn new(rows: &'static [Binding<A>]) -> Self {
        let actions = rows.iter().flat_map(|it| it.actions);
        let keys = actions.map(|it| (it.action, it.default_keys().collect())).collect();
        Self { rows, keys, signs: SignSet::default() }
    }

    /// The action of a key, if it has one.
    pub fn action(&self, pressed: KeyEvent) -> Option<A> {
        let pressed = Key::of(pressed);
        self.keys.iter().find(|(_, keys)| keys.contains(&pressed)).map(|(action, _)| *action)
    }

    /// The keys of an action, the one to be shown first.
    pub fn keys(&self, action: A) -> &[Key] {
        self.keys.iter().find(|(it, _)| *it == action).map_or(&[], |(_, keys)| keys)
    }

    /// All actions with their names.
    pub fn actions(&self) -> impl Iterator<Item = &'static NamedAction<A>> + use<A> {
        self.rows.iter().flat_map(|it| it.actions)
    }

    /// The label of the first key of an action; empty if it has none.
    pub fn label(&self, action: A) -> String {
        self.keys(action).first().map(|it| it.label(self.signs)).unwrap_or_default()
    }

    /// The label of the first key of the action of a name; `None` if it has none.
    pub(super) fn label_of(&self, name: &str) -> Option<String> {
        let named = self.actions().find(|it| it.name == name)?;
        Some(self.keys(named.action).first()?.label(self.signs))
    }

    /// The rows that have keys, in the order in which help shows them, each with the labels
    /// of its keys: the first of each action, then the second ones.
    pub fn rows(&self) -> impl Iterator<Item = (&'static Binding<A>, Vec<String>)> {
        let rows = self.rows.iter().map(|it| (it, self.labels(it)));
        rows.filter(|(_, labels)| !labels.is_empty())
    }

    fn labels(&self, row: &Binding<A>) -> Vec<String> {
        let keys: Vec<_> = row.actions.iter().map(|it| self.keys(it.action)).collect();
        let most = keys.iter().map(|it| it.len()).max().unwrap_or(0);
        let nth = |nth| keys.iter().filter_map(move |it| it.get(nth));
        (0..most).flat_map(nth).map(|it| it.label(self.signs)).collect()
    }

    /// The rows that have keys and a text for the bottom line, each as its label there and
    /// its text.
    pub fn hints<T>(
        &self,
        text: impl Fn(&'static Binding<A>) -> Option<T>,
    ) -> impl Iterator<Item = (String, T)> {
        self.rows.iter().filter_map(move |row| {
            let text = text(row)?;
            let label = self.hint_label(row);
            (!label.is_empty()).then_some((label, text))
        })
    }

    /// The label of a row in the bottom line; empty if it has no key.
    fn hint_label(&self, row: &Binding<A>) -> String {
        let count = if row.is_pair { 2 } else { 1 };
        let labels = row.actions.iter().take(count).map(|it| self.label(it.action));
        labels.filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// Gives an action other keys; `false` if it is none of this table.
    pub(super) fn set(&mut self, name: &str, keys: &[Key]) -> bool {
        let Some(named) = self.actions().find(|it| it.name == name) else { return false };
        let of_action = self.keys.iter_mut().filter(|(it, _)| *it == named.action);
        of_action.for_each(|(_, it)| *it = keys.to_vec());
        true
    }
}
