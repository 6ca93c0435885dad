//! Keys with two actions that exclude one another, and actions that must have a key.

use super::{Action, Key, KeyTable, Keymap, PageAction, SwitchboardAction};

/// A key with two actions in one part of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clash {
    /// The key.
    pub key: Key,
    /// The names of the actions.
    pub actions: [&'static str; 2],
}

/// A key and the name of its action.
type Named = (Key, &'static str);

impl Keymap {
    /// The keys with two actions in one part of the screen. A key of a timeline, a page and
    /// the switchboard may be one of the panes as well, but not one that moves or works
    /// everywhere, as those work there, too.
    pub fn clashes(&self) -> impl Iterator<Item = Clash> {
        let Self { dashboard, timeline, page, switchboard } = self;
        let shared = |action: Action| action.step().is_some() || action.is_everywhere();
        let shared: Vec<_> = named(dashboard, shared).collect();
        let all = |of: Vec<Named>| shared.iter().copied().chain(of).collect::<Vec<_>>();
        let parts = [
            named(dashboard, |_| true).collect(),
            all(named(timeline, |_| true).collect()),
            all(named(page, |_| true).collect()),
            all(named(switchboard, |_| true).collect()),
        ];
        parts.into_iter().flat_map(|it| clashes(&it))
    }

    /// The names of actions without a key that nothing else replaces.
    pub fn missing(&self) -> impl Iterator<Item = &'static str> {
        let dashboard = missing(&self.dashboard, [Action::Back, Action::QuitAtOnce]);
        let page = missing(&self.page, [PageAction::Close]);
        let switchboard = missing(&self.switchboard, [SwitchboardAction::Close]);
        dashboard.chain(page).chain(switchboard)
    }
}

/// The keys of a table whose actions are included.
fn named<A: Copy + PartialEq>(
    table: &KeyTable<A>,
    is_included: impl Fn(A) -> bool,
) -> impl Iterator<Item = Named> {
    let actions = table.actions().filter(move |it| is_included(it.action));
    actions.flat_map(|it| table.keys(it.action).iter().map(move |key| (*key, it.name)))
}

fn clashes(keys: &[Named]) -> Vec<Clash> {
    let clash = |(nth, (key, name)): (usize, &Named)| {
        let (_, first) = keys[..nth].iter().find(|(it, _)| it == key)?;
        Some(Clash { key: *key, actions: [first, name] })
    };
    keys.iter().enumerate().filter_map(clash).collect()
}

fn missing<A: Copy + PartialEq, const N: usize>(
    table: &KeyTable<A>,
    needed: [A; N],
) -> impl Iterator<Item = &'static str> {
    let without = table.actions().filter(|it| table.keys(it.action).is_empty());
    without.filter(move |it| needed.contains(&it.action)).map(|it| it.name)
}
