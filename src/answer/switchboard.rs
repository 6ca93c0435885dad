//! The switchboard: the rules in their order, and the answer mode below them.

use std::collections::{HashMap, VecDeque};
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

impl Entry {
    /// The entry after its file was read again, in which it is `read`, and was on or off
    /// before. It is a new rule if it is turned on, or if a file that it names has
    /// changed.
    fn renewed(self, read: Self, was_on: Option<bool>) -> Self {
        let is_on = if was_on == Some(read.is_on) { self.is_on } else { read.is_on };
        let is_same = self.rule.reply == read.rule.reply && (self.is_on || !is_on);
        Self { rule: if is_same { self.rule } else { read.rule }, is_on }
    }
}

impl Switchboard {
    /// Whether callbacks are answered as without options: no rule is on, and the mode
    /// is the default.
    pub fn is_default(&self) -> bool {
        self.mode.is_default() && self.rules.iter().all(|it| !it.is_on)
    }

    /// The first rule that is on, whose filter matches, and that applies to the command
    /// and `applies` now: [`Rule::times`] and [`Rule::chance`] are up to the caller.
    pub fn decide(
        &self,
        subject: &impl Subject,
        mut applies: impl FnMut(&Arc<Rule>) -> bool,
    ) -> Option<&Arc<Rule>> {
        let mut rules = self.rules.iter().filter(|it| it.is_on).map(|it| &it.rule);
        rules.find(|rule| {
            rule.filter.matches(subject) && rule.applies_to(subject.word()) && applies(rule)
        })
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

    /// Puts rules in the places of others, each `(before, after)`; returns whether one of
    /// those was there.
    pub fn replace<'a>(
        &mut self,
        rules: impl Iterator<Item = (&'a Arc<Rule>, &'a Arc<Rule>)>,
    ) -> bool {
        let after: HashMap<_, _> = rules.map(|(before, it)| (Arc::as_ptr(before), it)).collect();
        let mut has_replaced = false;
        for entry in &mut self.rules {
            if let Some(it) = after.get(&Arc::as_ptr(&entry.rule)) {
                entry.rule = Arc::clone(it);
                has_replaced = true;
            }
        }
        has_replaced
    }

    /// Replaces the rules that a file held before, `earlier`, by those that it holds, at
    /// the place of the first one. A rule that it held before stays on or off, unless
    /// that has changed in the file.
    pub fn renew(&mut self, earlier: &[Entry], rules: Vec<Entry>) {
        let mut was_on: HashMap<&str, bool> = HashMap::new();
        for it in earlier {
            was_on.entry(it.rule.text()).or_insert(it.is_on);
        }
        let is_earlier = |it: &Entry| was_on.contains_key(&**it.rule.text());
        let at = self.rules.iter().position(is_earlier).unwrap_or(self.rules.len());
        let (replaced, mut kept): (Vec<_>, Vec<_>) = self.rules.drain(..).partition(is_earlier);
        let after = kept.split_off(at);
        let mut replaced_by_text: HashMap<_, VecDeque<_>> = HashMap::new();
        for it in replaced {
            replaced_by_text.entry(it.rule.text().clone()).or_default().push_back(it);
        }
        kept.extend(rules.into_iter().map(|entry| {
            let text = entry.rule.text();
            let same = replaced_by_text.get_mut(text).and_then(VecDeque::pop_front);
            match (same, was_on.get(&**text)) {
                (Some(same), was_on) => same.renewed(entry, was_on.copied()),
                (None, _) => entry,
            }
        }));
        kept.extend(after);
        self.rules = kept;
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
    use crate::callback::Delivery;
    use crate::history::incoming::{Decoded, Incoming};

    fn rule(text: &str) -> Arc<Rule> {
        Arc::new(Rule::parse(text, &mut |_| Err(String::new())).unwrap())
    }

    fn switchboard(texts: &[&str]) -> Switchboard {
        let mut switchboard = Switchboard::default();
        texts.iter().enumerate().for_each(|(nth, it)| switchboard.insert(nth, rule(it)));
        switchboard
    }

    fn entries(texts: &[&str]) -> Vec<Entry> {
        switchboard(texts).rules
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
        let mut replace = |by| switchboard.replace([(&second, &rule(by))].into_iter());
        assert_eq!([replace("b => deny"), replace("c => deny")], [true, false]);
        assert_eq!(texts(&switchboard), [("a => drop", true), ("b => deny", true)]);
    }

    #[test]
    fn rules_read_again_replace_those_read_before() {
        let mut switchboard = switchboard(&["x => hang", "a => drop", "b => deny", "y => hang"]);
        switchboard.toggle(2);
        let file = entries(&["a => drop", "b => deny"]);
        switchboard.renew(&file, entries(&["c => drop", "b => deny"]));
        let expected =
            [("x => hang", true), ("c => drop", true), ("b => deny", false), ("y => hang", true)];
        assert_eq!(texts(&switchboard), expected);
        switchboard.renew(&[], entries(&["z => drop"]));
        assert_eq!(texts(&switchboard)[4], ("z => drop", true));
    }

    #[test]
    fn equal_rules_are_renewed_in_their_order() {
        let mut switchboard = switchboard(&["a => drop", "x => hang", "a => drop"]);
        switchboard.toggle(2);
        let one = || entries(&["a => drop"]);
        switchboard.renew(&one(), [one(), one(), one()].concat());
        let is_on = [true, false, true];
        let expected = is_on.map(|it| ("a => drop", it));
        assert_eq!(texts(&switchboard), [&expected[..], &[("x => hang", true)]].concat());
    }

    #[test]
    fn what_the_file_turns_off_is_off_and_on_again_it_is_a_new_rule() {
        let [on, off] =
            [true, false].map(|is_on| vec![Entry { is_on, ..entries(&["a => drop"]).remove(0) }]);
        let mut switchboard = Switchboard { rules: on.clone(), ..Switchboard::default() };
        let before = Arc::clone(&switchboard.rules[0].rule);
        switchboard.renew(&on, on.clone());
        assert!(Arc::ptr_eq(&before, &switchboard.rules[0].rule));
        switchboard.renew(&on, off.clone());
        assert_eq!(texts(&switchboard), [("a => drop", false)]);
        switchboard.renew(&off, entries(&["a => drop"]));
        assert_eq!(texts(&switchboard), [("a => drop", true)]);
        assert!(!Arc::ptr_eq(&before, &switchboard.rules[0].rule));
    }

    #[test]
    fn a_file_that_a_rule_names_is_read_again_with_it() {
        let reply = |body: &str| {
            let text = "=> reply @a.json";
            let rule = Rule::parse(text, &mut |_| Ok(body.as_bytes().to_vec())).unwrap();
            vec![Entry { rule: Arc::new(rule), is_on: true }]
        };
        let mut switchboard = Switchboard { rules: reply("1"), ..Switchboard::default() };
        switchboard.renew(&reply("1"), reply("2"));
        assert_eq!(switchboard.rules[0].rule.reply, Some(Reply::Body(b"2".to_vec())));
    }

    #[test]
    fn a_decision_is_for_commands_that_ask_for_one() {
        let switchboard = switchboard(&["from:a => deny", "from:b => drop", "=> fail"]);
        for (word, from, expected) in [
            ("C2C.CallbackBeforeSendMsg", "a", "from:a => deny"),
            ("C2C.CallbackAfterSendMsg", "a", "=> fail"),
            ("Chatbot.OnC2CSignalMessage", "a", "from:a => deny"),
            ("Chatbot.OnC2CSignalMessage", "b", "=> fail"),
            ("C2C.CallbackBeforeSendMsg", "b", "from:b => drop"),
        ] {
            let body = format!(r#"{{"CallbackCommand":"{word}","From_Account":"{from}"}}"#);
            let delivery = Delivery { body: body.into_bytes().into(), ..Delivery::default() };
            let decoded = Decoded::default();
            let rule = switchboard.decide(&Incoming::new(&delivery, &decoded), |_| true).unwrap();
            assert_eq!(&**rule.text(), expected, "{word} {from}");
        }
    }
}
