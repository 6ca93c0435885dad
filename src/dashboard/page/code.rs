//! The page of a code: when messages failed with it, and of whom.

use super::Walk;
use crate::dashboard::action::Step;
use crate::dashboard::cursor::moved;
use crate::history::code_summary::CodeSummary;

/// The page of a code.
#[derive(Debug)]
pub(in crate::dashboard) struct CodePage {
    /// The callbacks with the code.
    pub(in crate::dashboard) summary: CodeSummary,
    /// The selected entry.
    pub(in crate::dashboard) cursor: usize,
    pub(super) walk: Walk,
}

impl CodePage {
    /// The page of a code.
    pub(in crate::dashboard) fn new(code: i64) -> Self {
        Self { summary: CodeSummary::of(code), cursor: 0, walk: Walk::default() }
    }

    pub(super) fn step(&mut self, step: Step, rows: usize) {
        self.cursor = moved(self.cursor, self.summary.entries().len(), rows, step);
    }
}
