//! Earlier states of the switchboard, and where its rules came from.

use std::collections::HashSet;

use super::settings::{CallbackSource, SavedRules, Settings};
use crate::answer::Switchboard;
use crate::answer::switchboard::Entry;

/// Number of changes that can be undone.
const MAX_EARLIER: usize = 100;

/// What can be undone in the switchboard, the file of its rules, and the options.
#[derive(Debug, Default)]
pub(super) struct RuleEdits {
    /// The switchboard before each change, oldest first.
    earlier: Vec<Switchboard>,
    /// The file that rules were last read from or written to.
    pub(super) file: Option<SavedRules>,
    /// The rules that come back without being written: those of the options and those of
    /// the file.
    kept: Switchboard,
    /// The rules of `--answer`, until they are written to a file, too.
    pub(super) given: Vec<Entry>,
}

impl RuleEdits {
    /// Nothing is changed, and nothing can be undone.
    pub(super) fn new(settings: &Settings) -> Self {
        let (file, kept) = (settings.rule_file.clone(), settings.switchboard.clone());
        let of_file = file.as_ref().map_or(0, |it| it.rules.len());
        let given = match settings.source {
            CallbackSource::Demo => 0,
            _ => kept.rules.len().saturating_sub(of_file),
        };
        Self { earlier: Vec::new(), given: kept.rules[..given].to_vec(), file, kept }
    }

    /// Keeps a state that is going to change.
    pub(super) fn keep(&mut self, switchboard: &Switchboard) {
        if self.earlier.len() == MAX_EARLIER {
            self.earlier.remove(0);
        }
        self.earlier.push(switchboard.clone());
    }

    /// Takes the state before the last change, if there is one.
    pub(super) fn undo(&mut self) -> Option<Switchboard> {
        self.earlier.pop()
    }

    /// Whether these rules differ from those that come back without being written.
    pub(super) fn differ_from(&self, rules: &[Entry]) -> bool {
        self.kept.rules != rules
    }

    /// Sets the rules of a file that was read; returns those that were in it before.
    pub(super) fn read(&mut self, file: SavedRules) -> Vec<Entry> {
        let earlier = self.file.take().map(|it| it.rules).unwrap_or_default();
        self.kept.renew(&earlier, file.rules.clone());
        self.file = Some(file);
        earlier
    }

    /// Sets the rules of a file that was written; returns how many of them are of
    /// `--answer` and are in a file for the first time.
    pub(super) fn written(&mut self, file: SavedRules) -> usize {
        let given = std::mem::take(&mut self.given);
        self.kept.rules.clone_from(&file.rules);
        let given: HashSet<_> = given.iter().map(|it| it.rule.text()).collect();
        let is_given = |it: &&Entry| given.contains(it.rule.text());
        let count = file.rules.iter().filter(is_given).count();
        self.file = Some(file);
        count
    }
}
