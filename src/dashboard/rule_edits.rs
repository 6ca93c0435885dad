//! Earlier states of the switchboard, and the file of its rules.

use super::settings::SavedRules;
use crate::answer::Switchboard;

/// Number of changes that can be undone.
const MAX_EARLIER: usize = 100;

/// What can be undone in the switchboard, and the file of its rules.
#[derive(Debug, Default)]
pub(super) struct RuleEdits {
    /// The switchboard before each change, oldest first.
    earlier: Vec<Switchboard>,
    /// The file that rules were last read from or written to.
    pub(super) file: Option<SavedRules>,
}

impl RuleEdits {
    /// Nothing can be undone.
    pub(super) fn new(file: Option<SavedRules>) -> Self {
        Self { earlier: Vec::new(), file }
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
}
