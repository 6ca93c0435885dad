//! The failures by code.

use std::collections::HashMap;
use std::sync::Arc;

use super::interner::OVERHEAD;
use crate::callback::Timestamp;

/// Codes that are told apart, at the most; beyond, all others count as one.
const CODES: usize = 1000;

/// How much of an `ErrorInfo` is kept, in bytes; it is to be shown on one line.
const INFO: usize = 1024;

/// How often each failure code came.
#[derive(Debug, Clone, Default)]
pub struct Failures {
    codes: HashMap<i64, Failure>,
    total: u64,
    others: u64,
    /// Bytes of all `ErrorInfo`s.
    texts: usize,
}

/// What is known of one code.
#[derive(Debug, Clone)]
pub struct Failure {
    /// The code.
    pub code: i64,
    /// How many messages failed with it.
    pub count: u64,
    /// The last `ErrorInfo` that came with it, or its beginning.
    pub info: Arc<str>,
    /// When it came last.
    pub at: Timestamp,
}

impl Failures {
    pub(super) fn apply(&mut self, code: i64, info: &str, at: Timestamp) {
        self.total += 1;
        if self.codes.len() >= CODES && !self.codes.contains_key(&code) {
            self.others += 1;
            return;
        }
        let failure = self.codes.entry(code).or_insert_with(|| Failure {
            code,
            count: 0,
            info: Arc::default(),
            at,
        });
        failure.count += 1;
        failure.at = at;
        let info = &info[..info.floor_char_boundary(INFO)];
        if *failure.info != *info {
            self.texts = self.texts + info.len() - failure.info.len();
            failure.info = info.into();
        }
    }

    /// About how many bytes all of it takes.
    pub fn bytes(&self) -> usize {
        self.codes.len() * (2 * size_of::<Failure>() + OVERHEAD) + self.texts
    }

    /// How many messages failed.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// How many failed with codes beyond those told apart.
    pub fn others(&self) -> u64 {
        self.others
    }

    /// How many codes came.
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// Whether nothing failed.
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    /// All codes, the most frequent first, then by number.
    pub fn ranked(&self) -> Vec<&Failure> {
        let mut ranked: Vec<_> = self.codes.values().collect();
        ranked.sort_unstable_by_key(|it| (std::cmp::Reverse(it.count), it.code));
        ranked
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_counted_apart_with_their_last_words() {
        let mut failures = Failures::default();
        for (code, info) in [(80001, "a"), (20007, "b"), (80001, "c"), (-5, "")] {
            failures.apply(code, info, Timestamp(1));
        }
        let ranked: Vec<_> =
            failures.ranked().iter().map(|it| (it.code, it.count, it.info.to_string())).collect();
        assert_eq!(
            ranked,
            [(80001, 2, "c".to_owned()), (-5, 1, String::new()), (20007, 1, "b".to_owned())]
        );
        assert_eq!(failures.total(), 4);
    }

    #[test]
    fn of_a_long_reason_only_the_beginning_is_kept() {
        let mut failures = Failures::default();
        failures.apply(1, &"小".repeat(INFO), Timestamp(1));
        assert_eq!(*failures.ranked()[0].info, "小".repeat(INFO / "小".len()));
        assert!((INFO..2 * INFO).contains(&failures.bytes()), "{}", failures.bytes());
        failures.apply(1, "", Timestamp(2));
        assert!(failures.bytes() < INFO);
    }
}
