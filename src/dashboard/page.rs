//! A page: one subject in place of the panes, until it is closed.

pub(super) mod breakdown;
pub(super) mod code;
pub(super) mod user;
mod walk;

use super::action::Step;
use super::related::Jump;
use super::rows::Rows;
use super::selection::Focus;
use crate::history::flow::Flow;
use breakdown::BreakdownPage;
use code::CodePage;
use user::UserPage;
use walk::Walk;

/// Rows that are read at once: about a millisecond's work.
const PORTION: usize = 8_192;
/// Bytes of callbacks whose reading takes as long as that of a row.
const BYTES_PER_ROW: usize = 64;
/// Rows whose reading takes as long as finding a callback.
const ROWS_PER_CALLBACK: usize = 64;

/// The page on the screen.
#[derive(Debug)]
pub(super) enum Page {
    /// The unread count of a user.
    User(Box<UserPage>),
    /// When messages failed with a code, and of whom.
    Code(Box<CodePage>),
    /// How many callbacks have each value.
    Breakdown(Box<BreakdownPage>),
}

/// A page that was left for a callback in Flow, and how to go back.
#[derive(Debug)]
pub(super) struct LeftPage {
    /// The page.
    pub(super) page: Page,
    /// The callback, and what was selected before.
    pub(super) jump: Jump,
    /// The pane that was focused.
    pub(super) focus: Focus,
}

impl Page {
    fn walk(&mut self) -> &mut Walk {
        match self {
            Self::User(it) => &mut it.walk,
            Self::Code(it) => &mut it.walk,
            Self::Breakdown(it) => &mut it.walk,
        }
    }

    /// Whether rows are left to be read.
    pub(super) fn is_reading(&self, rows: &Rows<'_>) -> bool {
        match self {
            Self::User(it) => it.walk.has_next(rows),
            Self::Code(it) => it.walk.has_next(rows),
            Self::Breakdown(it) => it.walk.has_next(rows),
        }
    }

    /// The estimated memory use in bytes; that of a user's page is small.
    pub(super) fn memory_bytes(&self) -> usize {
        match self {
            Self::User(_) => 0,
            Self::Code(it) => it.summary.memory_bytes(),
            Self::Breakdown(it) => it.breakdown.shares().memory_bytes(),
        }
    }

    /// Reads the next rows.
    pub(super) fn read_portion(&mut self, rows: &Rows<'_>, flow: &Flow) {
        let mut cost = 0;
        while cost < PORTION {
            let Some((count, bytes)) = self.read_next(rows, flow) else { return };
            cost += count + bytes / BYTES_PER_ROW;
            cost += if bytes == 0 { 0 } else { ROWS_PER_CALLBACK };
        }
    }

    /// Reads the next row, for a breakdown those of a page; returns how many and the bytes
    /// that were read for them.
    fn read_next(&mut self, rows: &Rows<'_>, flow: &Flow) -> Option<(usize, usize)> {
        if let Self::Breakdown(it) = self {
            let ids = it.walk.next_on_page(rows, flow);
            return (!ids.is_empty()).then(|| (ids.len(), it.breakdown.add(&ids, flow)));
        }
        let id = self.walk().next(rows)?;
        let Some(row) = flow.row(id) else { return Some((1, 0)) };
        match self {
            Self::User(it) => return Some((1, it.steps.add(&row, flow))),
            Self::Code(it) => it.summary.add(&row),
            Self::Breakdown(_) => {}
        }
        Some((1, 0))
    }

    /// Moves the cursor to a line of the list.
    pub(super) fn select(&mut self, line: usize) {
        match self {
            Self::User(it) => it.select(line),
            Self::Code(it) => it.cursor = line,
            Self::Breakdown(it) => it.cursor = line,
        }
    }

    /// Moves the cursor, on a page that shows so many rows.
    pub(super) fn step(&mut self, step: Step, rows: usize) {
        match self {
            Self::User(it) => it.step(step, rows),
            Self::Code(it) => it.step(step, rows),
            Self::Breakdown(it) => it.step(step, rows),
        }
    }
}
