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

    /// Turns a rule off or on. One that is turned on is a new rule, so that its
    /// [`Rule::times`] begin again.
    pub fn toggle(&mut self, nth: usize) {
        let Some(entry) = self.rules.get_mut(nth) else { return };
        entry.is_on = !entry.is_on;
        if entry.is_on {
            entry.rule = Arc::new(Rule::clone(&entry.rule));
        }
    }

    /// Adds a rule that is on, before the rule with this index.
    pub fn insert(&mut self, nth: usize, rule: Arc<Rule>) {
        self.rules.insert(nth.min(self.rules.len()), Entry { rule, is_on: true });
    }

    /// Puts a rule in the place of another one; returns whether that was there.
    pub fn replace(&mut self, replaced: &Arc<Rule>, rule: Arc<Rule>) -> bool {
        let entry = self.rules.iter_mut().find(|it| Arc::ptr_eq(&it.rule, replaced));
        entry.map(|it| it.rule = rule).is_some()
    }

    /// Replaces those rules whose texts are in `earlier` by others, at the place of the
    /// first one; a rule with the same text stays as it is, on or off.
    pub fn renew(&mut self, earlier: &[Arc<str>], rules: Vec<Arc<Rule>>) {
        let is_earlier = |it: &Entry| earlier.contains(it.rule.text());
        let at = self.rules.iter().position(is_earlier).unwrap_or(self.rules.len());
        let (mut replaced, kept): (Vec<_>, Vec<_>) = self.rules.drain(..).partition(is_earlier);
        self.rules = kept;
        for (nth, rule) in rules.into_iter().enumerate() {
            let same = replaced.iter().position(|it| it.rule == rule);
            let entry = same.map_or(Entry { rule, is_on: true }, |it| replaced.remove(it));
            self.rules.insert(at + nth, entry);
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(text: &str) -> Arc<Rule> {
        Arc::new(Rule::parse(text, &mut |_| Err(String::new())).unwrap())
    }

    fn switchboard(texts: &[&str]) -> Switchboard {
        let mut switchboard = Switchboard::default();
        texts.iter().enumerate().for_each(|(nth, it)| switchboard.insert(nth, rule(it)));
        switchboard
    }

    fn texts(switchboard: &Switchboard) -> Vec<(&str, bool)> {
        switchboard.rules.iter().map(|it| (&**it.rule.text(), it.is_on)).collect()
    }

    #[test]
    fn a_rule_that_is_turned_on_again_is_a_new_one() {
        let mut switchboard = switchboard(&["a => drop, times 3"]);
        let before = Arc::clone(&switchboard.rules[0].rule);
        switchboard.toggle(0);
        assert!(switchboard.is_default() && Arc::ptr_eq(&before, &switchboard.rules[0].rule));
        switchboard.toggle(0);
        let after = &switchboard.rules[0].rule;
        assert!(!switchboard.is_default() && !Arc::ptr_eq(&before, after) && before == *after);
        switchboard.toggle(1);
    }

    #[test]
    fn a_rule_takes_the_place_of_the_same_one_and_not_of_an_equal_one() {
        let mut switchboard = switchboard(&["a => drop", "a => drop"]);
        let second = Arc::clone(&switchboard.rules[1].rule);
        assert!(switchboard.replace(&second, rule("b => deny")));
        assert_eq!(texts(&switchboard), [("a => drop", true), ("b => deny", true)]);
        assert!(!switchboard.replace(&second, rule("c => deny")));
    }

    #[test]
    fn rules_read_again_replace_those_read_before() {
        let mut switchboard = switchboard(&["x => hang", "a => drop", "b => deny", "y => hang"]);
        switchboard.toggle(2);
        let file = ["a => drop", "b => deny"].map(Arc::from);
        switchboard.renew(&file, vec![rule("c => drop"), rule("b => deny")]);
        let expected =
            [("x => hang", true), ("c => drop", true), ("b => deny", false), ("y => hang", true)];
        assert_eq!(texts(&switchboard), expected);
        switchboard.renew(&[], vec![rule("z => drop")]);
        assert_eq!(texts(&switchboard)[4], ("z => drop", true));
    }
}
