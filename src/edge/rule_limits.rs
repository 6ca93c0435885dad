//! To which of the callbacks that match a rule it applies: `times` and `chance`.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::{Arc, Mutex, PoisonError};

use fastrand::Rng;

use crate::answer::Rule;

/// To how many callbacks the rules with `times` or `chance` have been applied. A rule
/// that is set anew begins anew.
#[derive(Debug, Default)]
pub(super) struct RuleLimits(Mutex<Vec<Limit>>);

#[derive(Debug)]
struct Limit {
    rule: Arc<Rule>,
    /// How often it was applied.
    applied: u32,
    /// Draws by its chance. The seed is its text, so that the same traffic gets the same
    /// answers in each run.
    rng: Rng,
}

impl RuleLimits {
    /// Whether a rule applies to the callback that it matches now.
    pub(super) fn applies(&self, rule: &Arc<Rule>) -> bool {
        if rule.is_unlimited() {
            return true;
        }
        let mut limits = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // What only this list holds is in no switchboard any more.
        limits.retain(|it| Arc::strong_count(&it.rule) > 1);
        let nth = limits.iter().position(|it| Arc::ptr_eq(&it.rule, rule));
        let nth = nth.unwrap_or_else(|| {
            limits.push(Limit::new(rule.clone()));
            limits.len() - 1
        });
        limits[nth].draw()
    }
}

impl Limit {
    fn new(rule: Arc<Rule>) -> Self {
        let mut hasher = DefaultHasher::new();
        rule.text().hash(&mut hasher);
        Self { rule, applied: 0, rng: Rng::with_seed(hasher.finish()) }
    }

    fn draw(&mut self) -> bool {
        let drawn = self.rng.u8(1..=100) <= self.rule.chance;
        let applies = drawn && self.rule.times.is_none_or(|it| self.applied < it);
        self.applied = self.applied.saturating_add(u32::from(applies));
        applies
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(text: &str) -> Arc<Rule> {
        Arc::new(Rule::parse(text, &mut |_| Err(String::new())).unwrap())
    }

    fn applied(limits: &RuleLimits, rule: &Arc<Rule>, matches: usize) -> Vec<bool> {
        (0..matches).map(|_| limits.applies(rule)).collect()
    }

    #[test]
    fn a_rule_applies_so_many_times_and_anew_when_it_is_set_anew() {
        let limits = RuleLimits::default();
        let twice = rule("=> times 2, drop");
        assert_eq!(applied(&limits, &twice, 4), [true, true, false, false]);
        let again = rule("=> times 2, drop");
        assert_eq!(applied(&limits, &again, 3), [true, true, false]);
        drop(twice);
        assert_eq!(applied(&limits, &rule("=> drop"), 3), [true; 3]);
        applied(&limits, &rule("=> times 1, drop"), 1);
        assert_eq!(limits.0.lock().unwrap().len(), 2, "a rule that is gone is forgotten");
    }

    #[test]
    fn a_chance_is_about_its_share_and_the_same_in_each_run() {
        let tenth = rule("=> chance 10%, drop");
        let run = || applied(&RuleLimits::default(), &tenth, 1000);
        assert_eq!(run(), run());
        let count = run().into_iter().filter(|it| *it).count();
        assert!((60..140).contains(&count), "{count}");
        let thrice = rule("=> chance 50%, times 3, drop");
        let applied = applied(&RuleLimits::default(), &thrice, 100);
        assert_eq!(applied.into_iter().filter(|it| *it).count(), 3);
    }
}
