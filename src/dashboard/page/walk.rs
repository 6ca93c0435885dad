//! Reads the rows of a list once each: from the newest back, and on as callbacks arrive.

use crate::dashboard::rows::Rows;
use crate::history::RowId;
use crate::history::flow::Flow;

/// Which rows of a list are read: all from the first to the last.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Walk(Option<(RowId, RowId)>);

impl Walk {
    /// The next row to read: one that arrived since, else the one before all that are
    /// read. `None` if none is left.
    pub(super) fn next(&mut self, rows: &Rows<'_>) -> Option<RowId> {
        let id = self.peek(rows)?;
        self.0 = Some(match self.0 {
            None => (id, id),
            Some((first, last)) => (first.min(id), last.max(id)),
        });
        Some(id)
    }

    /// The next rows that are on one page of the flow; none if none is left.
    pub(super) fn next_on_page(&mut self, rows: &Rows<'_>, flow: &Flow) -> Vec<RowId> {
        let mut ids: Vec<_> = self.next(rows).into_iter().collect();
        let page = ids.first().map(|it| flow.page_start(*it));
        while self.peek(rows).is_some_and(|it| Some(flow.page_start(it)) == page) {
            ids.extend(self.next(rows));
        }
        ids
    }

    /// Whether rows are left.
    pub(super) fn has_next(&self, rows: &Rows<'_>) -> bool {
        self.peek(rows).is_some()
    }

    fn peek(&self, rows: &Rows<'_>) -> Option<RowId> {
        let Some((first, last)) = self.0 else { return rows.newest() };
        let at = rows.row_of(last);
        // It may be evicted.
        let after = at + usize::from(rows.at(at) == Some(last));
        rows.at(after).or_else(|| rows.at(rows.row_of(first).checked_sub(1)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::callback::Delivery;
    use crate::history::History;

    fn apply(history: &mut History, count: usize) {
        for nth in 0..count {
            let body = format!(r#"{{"From_Account":"u{nth}"}}"#).into_bytes().into();
            history.apply(&Delivery { method: "POST".into(), body, ..Delivery::default() });
        }
    }

    fn read(walk: &mut Walk, history: &History, end: RowId, count: usize) -> Vec<usize> {
        let rows = Rows::new(history.flow(), None, end);
        let ids = std::iter::from_fn(|| walk.next(&rows)).take(count);
        ids.map(|it| history.flow().position(it)).collect()
    }

    #[test]
    fn each_row_is_read_once_and_new_ones_first() {
        let (mut history, mut walk) = (History::default(), Walk::default());
        apply(&mut history, 5);
        let early = history.flow().end_id();
        assert_eq!(read(&mut walk, &history, early, 2), [4, 3]);
        apply(&mut history, 3);
        assert_eq!(read(&mut walk, &history, early, 1), [2], "as of a pause");
        assert_eq!(read(&mut walk, &history, history.flow().end_id(), 9), [5, 6, 7, 1, 0]);
        assert!(!walk.has_next(&Rows::new(history.flow(), None, history.flow().end_id())));
    }
}
