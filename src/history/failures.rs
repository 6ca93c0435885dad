//! Counts of failed messages by result code.

use std::collections::HashMap;
use std::sync::Arc;

use super::memory::ARC_OVERHEAD;
use crate::callback::Timestamp;

/// The maximum number of codes that are counted separately.
pub(super) const MAX_CODES: usize = 1000;

/// The maximum length of a kept `ErrorInfo` in bytes; it is shown on one line.
const MAX_INFO: usize = 1024;

/// Counts of failed messages by result code.
#[derive(Debug, Clone, Default)]
pub struct Failures {
    codes: HashMap<i64, Failure>,
    total: u64,
    others: u64,
    /// Total length of all `ErrorInfo`s.
    text_bytes: usize,
}

/// The failures with one code.
#[derive(Debug, Clone)]
pub struct Failure {
    /// The code.
    pub code: i64,
    /// The number of messages that failed with it.
    pub count: u64,
    /// The latest `ErrorInfo`, truncated.
    pub info: Arc<str>,
    /// When the latest callback with it was received.
    pub at: Timestamp,
}

impl Failures {
    pub(super) fn apply(&mut self, code: i64, info: &str, at: Timestamp) {
        self.total += 1;
        if self.codes.len() >= MAX_CODES && !self.codes.contains_key(&code) {
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
        let info = &info[..info.floor_char_boundary(MAX_INFO)];
        if *failure.info != *info {
            self.text_bytes = self.text_bytes + info.len() - failure.info.len();
            failure.info = info.into();
        }
    }

    /// The estimated memory use in bytes.
    pub fn memory_bytes(&self) -> usize {
        self.codes.len() * (2 * size_of::<Failure>() + ARC_OVERHEAD) + self.text_bytes
    }

    /// The number of failed messages.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// The latest `ErrorInfo` of a code; `None` if no message failed with it.
    pub fn info(&self, code: i64) -> Option<&str> {
        self.codes.get(&code).map(|it| &*it.info)
    }

    /// The number of failed messages whose code is not counted separately.
    pub fn others(&self) -> u64 {
        self.others
    }

    /// The number of codes counted separately.
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// Whether nothing failed.
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    /// All codes: by descending count, then by number.
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
    fn each_code_has_a_count_and_its_latest_info() {
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
    fn codes_beyond_the_maximum_are_counted_together() {
        let mut failures = Failures::default();
        for code in 0..3000 {
            failures.apply(code, "", Timestamp(1));
        }
        assert_eq!(failures.others() + failures.ranked().len() as u64, failures.total());
        assert_eq!(failures.total(), 3000);
    }

    #[test]
    fn a_long_info_is_truncated() {
        let mut failures = Failures::default();
        failures.apply(1, &"小".repeat(MAX_INFO), Timestamp(1));
        assert_eq!(*failures.ranked()[0].info, "小".repeat(MAX_INFO / "小".len()));
        assert!(
            (MAX_INFO..2 * MAX_INFO).contains(&failures.memory_bytes()),
            "{}",
            failures.memory_bytes()
        );
        failures.apply(1, "", Timestamp(2));
        assert!(failures.memory_bytes() < MAX_INFO);
    }
}
