//! The keymap: which key does what, in each part of the screen. The dispatcher, the bottom
//! line, the help and the README read it.

mod binding;
mod clash;
mod dashboard;
mod key;
mod key_table;
mod page;
mod switchboard;
mod timeline;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use crossterm::event::KeyEvent;

use super::action::{Action, PageAction, Step, SwitchboardAction, TimelineAction};
use super::sign_set::SignSet;
pub use binding::{Binding, NamedAction};
pub use clash::Clash;
pub use key::Key;
pub use key_table::KeyTable;

/// The keys of each part of the screen.
#[derive(Debug, Clone)]
pub struct Keymap {
    /// Those of the panes, and what is everywhere.
    pub dashboard: KeyTable<Action>,
    /// Those of the focused timeline, which come before.
    pub timeline: KeyTable<TimelineAction>,
    /// Those of a page, which come before.
    pub page: KeyTable<PageAction>,
    /// Those of the switchboard, which come before.
    pub switchboard: KeyTable<SwitchboardAction>,
}

impl Default for Keymap {
    fn default() -> Self {
        Self {
            dashboard: KeyTable::new(dashboard::DASHBOARD),
            timeline: KeyTable::new(timeline::TIMELINE),
            page: KeyTable::new(page::PAGE),
            switchboard: KeyTable::new(switchboard::SWITCHBOARD),
        }
    }
}

impl Keymap {
    /// Gives the action of a name other keys; `false` if no action has this name.
    pub fn set(&mut self, name: &str, keys: &[Key]) -> bool {
        self.dashboard.set(name, keys)
            || self.timeline.set(name, keys)
            || self.page.set(name, keys)
            || self.switchboard.set(name, keys)
    }

    /// The names of all actions with those of their default keys.
    pub fn names() -> impl Iterator<Item = (&'static str, &'static str)> {
        let Self { dashboard, timeline, page, switchboard } = Self::default();
        let of_panes = names(&dashboard).chain(names(&timeline));
        of_panes.chain(names(&page)).chain(names(&switchboard))
    }

    /// Sets what the labels of keys are written with.
    pub fn set_signs(&mut self, signs: SignSet) {
        let Self { dashboard, timeline, page, switchboard } = self;
        dashboard.signs = signs;
        timeline.signs = signs;
        page.signs = signs;
        switchboard.signs = signs;
    }

    /// A text with the keys of the actions whose names it has in braces, and the keys of
    /// such names: `press {mark}`, `{down}`. An action without a key keeps its braces.
    pub fn filled(&self, text: &'static str) -> Cow<'static, str> {
        let Some((before, rest)) = text.split_once('{') else { return text.into() };
        let Some((name, rest)) = rest.split_once('}') else { return text.into() };
        let labels = [
            self.dashboard.label_of(name),
            self.timeline.label_of(name),
            self.page.label_of(name),
            self.switchboard.label_of(name),
        ];
        let key = || Some(Key::named(name)?.label(self.dashboard.signs));
        let label = labels.into_iter().flatten().next().or_else(key);
        let label = label.unwrap_or_else(|| format!("{{{name}}}"));
        (before.to_owned() + &label + &self.filled(rest)).into()
    }

    /// The distance by which a key moves in a list.
    pub(super) fn step(&self, pressed: KeyEvent) -> Option<Step> {
        self.dashboard.action(pressed).and_then(Action::step)
    }

    /// Whether a key does the same also in overlays and input lines.
    pub(super) fn works_everywhere(&self, pressed: KeyEvent) -> bool {
        let action = self.dashboard.action(pressed);
        action.is_some_and(Action::is_everywhere) && !Key::of(pressed).types()
    }
}

fn names<A: Copy + PartialEq>(
    table: &KeyTable<A>,
) -> impl Iterator<Item = (&'static str, &'static str)> + use<A> {
    table.actions().map(|it| (it.name, it.default_names()))
}
