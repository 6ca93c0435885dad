//! How often each rule decided an answer, and when it did last.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use foldhash::quality::RandomState;

use crate::callback::{Delivery, Timestamp};

/// Bytes of texts above which no further rule is counted: a recording can name any
/// number of rules.
const MAX_BYTES: usize = 1 << 20;
/// The memory of an entry without its text, in bytes.
const ENTRY_BYTES: usize = 64;

/// How often a rule decided, and when it did last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hits {
    /// Number of answers.
    pub count: u64,
    /// Arrival of the last callback.
    pub last: Timestamp,
}

/// The hits of all rules, by their texts.
#[derive(Debug, Default)]
pub struct RuleHits {
    by_text: HashMap<Arc<str>, Hits, RandomState>,
    bytes: usize,
}

impl RuleHits {
    /// Counts the rule that decided the answer to a delivery, if one did.
    pub(super) fn apply(&mut self, delivery: &Delivery) {
        let Some(text) = &delivery.answer.rule else { return };
        if let Some(hits) = self.by_text.get_mut(text) {
            hits.count += 1;
            hits.last = hits.last.max(delivery.at);
            return;
        }
        let bytes = self.bytes + text.len() + ENTRY_BYTES;
        if bytes <= MAX_BYTES {
            self.bytes = bytes;
            self.by_text.insert(Arc::clone(text), Hits { count: 1, last: delivery.at });
        }
    }

    /// The hits of the rule with a text; `None` before the first.
    pub fn of(&self, text: &str) -> Option<Hits> {
        self.by_text.get(text).copied()
    }

    /// The texts of the rules that decided, the one that did last first.
    pub fn newest(&self) -> Vec<&str> {
        let mut rules: Vec<_> = self.by_text.iter().collect();
        rules.sort_by_key(|(text, hits)| (Reverse(hits.last), *text));
        rules.into_iter().map(|(text, _)| &**text).collect()
    }

    /// The estimated memory use in bytes.
    pub(super) fn memory_bytes(&self) -> usize {
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decided(rule: Option<&str>, secs: i64) -> Delivery {
        let mut delivery = Delivery { at: Timestamp::from_secs(secs), ..Delivery::default() };
        delivery.answer.rule = rule.map(Arc::from);
        delivery
    }

    #[test]
    fn hits_are_counted_by_the_text_of_the_rule() {
        let mut hits = RuleHits::default();
        for (rule, secs) in
            [(Some("a"), 1), (None, 2), (Some("b"), 3), (Some("a"), 5), (Some("a"), 4)]
        {
            hits.apply(&decided(rule, secs));
        }
        let last = Timestamp::from_secs;
        assert_eq!(hits.of("a"), Some(Hits { count: 3, last: last(5) }));
        assert_eq!(hits.of("b"), Some(Hits { count: 1, last: last(3) }));
        assert_eq!((hits.of("c"), hits.newest()), (None, vec!["a", "b"]));
    }

    #[test]
    fn the_memory_is_bounded_for_any_number_of_rules() {
        let mut hits = RuleHits::default();
        for nth in 0..40_000 {
            hits.apply(&decided(Some(&format!("rule {nth}")), nth));
        }
        assert!(hits.memory_bytes() <= MAX_BYTES);
        assert!(hits.of("rule 0").is_some() && hits.of("rule 39999").is_none());
    }
}
