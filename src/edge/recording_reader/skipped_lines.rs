//! The lines of a recording that are no deliveries.

use crate::callback::Lang;
use crate::callback::jsonl::LineError;
use crate::callback::lang::localize;
use crate::callback::trouble::reason;

/// Counts the invalid lines of a recording.
#[derive(Debug, Default)]
pub struct SkippedLines {
    count: u64,
    first: Option<(u64, LineError)>,
}

impl SkippedLines {
    /// Adds a line.
    pub fn add(&mut self, number: u64, error: LineError) {
        self.count += 1;
        self.first.get_or_insert((number, error));
    }

    /// A sentence about them; `None` if there are none.
    pub fn summary(&self, name: &str, lang: Lang) -> Option<String> {
        let (number, error) = self.first.as_ref()?;
        let error = error.to_string();
        let (count, error) = (self.count, reason::text(&error, lang));
        Some(match count {
            1 => localize!(
                lang,
                "{name}: line {number} is skipped: {error}",
                "{name}：已跳过第 {number} 行：{error}"
            ),
            _ => localize!(
                lang,
                "{name}: {count} lines are skipped, the first is {number}: {error}",
                "{name}：已跳过 {count} 行，第一处为第 {number} 行：{error}"
            ),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_broken_line_is_told_with_the_count() {
        let mut skipped = SkippedLines::default();
        assert_eq!(skipped.summary("a", Lang::En), None);
        skipped.add(7, LineError::NewerVersion(2));
        assert!(
            skipped.summary("a", Lang::En).unwrap().starts_with("a: line 7 is skipped: made by")
        );
        skipped.add(9, LineError::Invalid("the line is incomplete".to_owned()));
        assert!(
            skipped
                .summary("a", Lang::En)
                .unwrap()
                .starts_with("a: 2 lines are skipped, the first is 7: ")
        );
    }
}
