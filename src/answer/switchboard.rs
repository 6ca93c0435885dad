//! The switchboard: the rules in their order, and the answer mode below them.

use std::sync::Arc;

use super::mode::AnswerMode;
use super::rule::{Reply, Rule};
use crate::history::filter::Subject;

/// What callbacks are answered: the first rule that matches decides, and without one
/// the local app or the answer mode.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Switchboard {
    /// The answer without a rule.
    pub mode: AnswerMode,
    /// The rules in their order.
    pub rules: Vec<Entry>,
}

/// A rule in the switchboard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The rule.
    pub rule: Arc<Rule>,
    /// Whether it is in use.
    pub is_on: bool,
}

impl Switchboard {
    /// Whether callbacks are answered as without options: no rule is on, and the mode
    /// is the default.
    pub fn is_default(&self) -> bool {
        self.mode.is_default() && self.rules.iter().all(|it| !it.is_on)
    }

    /// The first rule that is on, whose filter matches, and that `applies` now:
    /// [`Rule::times`] and [`Rule::chance`] are up to the caller.
    pub fn decide(
        &self,
        subject: &impl Subject,
        mut applies: impl FnMut(&Arc<Rule>) -> bool,
    ) -> Option<&Arc<Rule>> {
        let mut rules = self.rules.iter().filter(|it| it.is_on).map(|it| &it.rule);
        rules.find(|rule| rule.filter.matches(subject) && applies(rule))
    }

    /// Whether a rule that is on forwards callbacks.
    pub fn forwards(&self) -> bool {
        let forwards = |it: &Entry| matches!(it.rule.reply, Some(Reply::Forward(_)));
        self.rules.iter().any(|it| it.is_on && forwards(it))
    }

    /// Turns all rules off, and sets the default answer mode.
    pub fn reset(&mut self) {
        self.mode = AnswerMode::default();
        self.rules.iter_mut().for_each(|it| it.is_on = false);
    }
}

impl From<AnswerMode> for Switchboard {
    /// The answer mode without rules.
    fn from(mode: AnswerMode) -> Self {
        Self { mode, rules: Vec::new() }
    }
}
