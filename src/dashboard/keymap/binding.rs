//! A row of a table of keys.

use super::key::Key;
use crate::callback::Localized;
use crate::dashboard::action::Action;

/// A row of a table of keys, with actions of type `A`: what belongs together in help.
#[derive(Debug)]
pub struct Binding<A: 'static = Action> {
    /// The actions.
    pub actions: &'static [NamedAction<A>],
    /// What their keys do, for the help and the README.
    pub help: Localized,
    /// A shorter text, for those that the bottom line displays.
    pub brief: Option<Localized>,
    /// Whether the bottom line has the keys of the first two actions, as of a pair.
    pub is_pair: bool,
}

/// An action with its name in config files and the keys that it has by default.
#[derive(Debug, Clone, Copy)]
pub struct NamedAction<A: 'static = Action> {
    /// Its name.
    pub name: &'static str,
    /// The names of its keys, with a space between them.
    keys: &'static str,
    /// The action.
    pub action: A,
}

impl<A> NamedAction<A> {
    /// The names of the keys that it has by default, with a space between them.
    pub fn default_names(&self) -> &'static str {
        self.keys
    }

    /// The keys that it has by default.
    pub fn default_keys(&self) -> impl Iterator<Item = Key> {
        self.keys.split(' ').filter_map(Key::named)
    }
}

/// An action with its name and the names of its default keys.
pub(super) const fn on<A: Copy>(
    name: &'static str,
    keys: &'static str,
    action: A,
) -> NamedAction<A> {
    NamedAction { name, keys, action }
}

impl<A> Binding<A> {
    /// A row that is in the help alone.
    pub(super) const fn new(actions: &'static [NamedAction<A>], help: Localized) -> Self {
        Self { actions, help, brief: None, is_pair: false }
    }

    /// Adds a text for the bottom line, and the first key to it.
    #[must_use]
    pub(super) const fn brief(self, brief: Localized) -> Self {
        Self { brief: Some(brief), ..self }
    }

    /// As [`Self::brief`], with the keys of the first two actions.
    #[must_use]
    pub(super) const fn brief_of_two(self, brief: Localized) -> Self {
        Self { brief: Some(brief), is_pair: true, ..self }
    }
}
