//! The messages that recalls are about, looked up when they are drawn.

use std::cell::RefCell;
use std::collections::HashMap;

use crate::history::RowId;

/// Recalls whose message is remembered; more than a screen shows.
const MAX_RECALLS: usize = 4_096;

/// The message of each recall that was drawn. To be cleared when row ids start again.
#[derive(Debug, Default)]
pub(super) struct Recalls(RefCell<HashMap<RowId, Option<RowId>>>);

impl Recalls {
    /// The message of a recall; searched for once.
    pub(super) fn get(&self, recall: RowId, find: impl FnOnce() -> Option<RowId>) -> Option<RowId> {
        let mut known = self.0.borrow_mut();
        if MAX_RECALLS <= known.len() {
            known.clear();
        }
        *known.entry(recall).or_insert_with(find)
    }

    /// Drops all.
    pub(super) fn clear(&mut self) {
        self.0.take();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_searched_for_once_and_few_are_remembered() {
        let recalls = Recalls::default();
        let [recall, message] = [2, 1].map(RowId::accepted);
        assert_eq!(recalls.get(recall, || Some(message)), Some(message));
        assert_eq!(recalls.get(recall, || unreachable!()), Some(message));
        for nth in 0..2 * MAX_RECALLS as u64 {
            recalls.get(RowId::accepted(nth), || None);
        }
        assert!(recalls.0.borrow().len() <= MAX_RECALLS);
    }
}
