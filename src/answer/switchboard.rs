//! The switchboard: the rules in their order, and the answer mode below them.

use std::sync::Arc;

use super::mode::AnswerMode;
use super::rule::Rule;

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
