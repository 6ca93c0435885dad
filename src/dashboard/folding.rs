//! Folding and unfolding in the tree of the payload: branches, and values that are longer
//! than a line.

use std::rc::Rc;

use super::action::Direction;
use super::app::App;
use super::json_tree::{Line, NodeId, Part};
use super::pane::content::Content;
use super::pane::tree::{self, Fold};
use crate::callback::head::Head;

impl App {
    /// What Enter does with the line under the cursor of the tree, and its node.
    pub(super) fn fold(&self) -> Option<(NodeId, Fold)> {
        if !self.detail.shows_tree() {
            return None;
        }
        let id = self.detail_callback()?;
        tree::fold(self, id, &self.detail_head(id)?.delivery.body)
    }

    /// Folds or unfolds the line under the cursor of the tree.
    pub(super) fn toggle_fold(&mut self) {
        let Some((node, _)) = self.fold() else { return };
        let Some((line, head)) = self.line_under_cursor() else { return };
        self.detail.toggle(node);
        self.detail.row = 0;
        let lines = self.detail_callback().map(|id| self.detail.tree(id, &head.delivery.body));
        // The cursor may be at the end of the branch, which a fold removes.
        if let Some(first) = lines.and_then(|it| first_line(&it, &line)) {
            self.detail.line = first;
        }
    }

    /// The number of rows of the line under the cursor of the tree; 0 without one.
    pub(super) fn rows_under_cursor(&self) -> usize {
        let rows = || {
            let id = self.detail_callback()?;
            Some(tree::cursor_rows(self, id, &self.detail_head(id)?.delivery.body))
        };
        if self.detail.shows_tree() { rows().unwrap_or(0) } else { 0 }
    }

    /// Unfolds the line under the cursor of the tree, and what is in it, down to the first
    /// or the last hit of the filter.
    pub(super) fn unfold_hit(&mut self, direction: Direction) {
        while let Some(to) = self.unfold_towards_hit(direction) {
            self.detail.line = to;
        }
        self.detail.row = 0;
        let Some((line, head)) = self.line_under_cursor() else { return };
        let body = &head.delivery.body;
        let Some(filter) = self.filter().cloned() else { return };
        if tree::cuts_hit(self, &line, body, &filter) {
            self.detail.toggle(line.node);
        }
        let rows = tree::rows_with_hits(self, &line, body, &filter);
        let hit = if direction == Direction::Next { rows.first() } else { rows.last() };
        self.scroll_to_row(hit.copied().unwrap_or(0));
    }

    /// Goes to the first hit in the folded branch under the cursor; whether there is one.
    pub(super) fn go_to_folded_hit(&mut self) -> bool {
        let found = self.unfold_towards_hit(Direction::Next);
        found.is_some_and(|to| {
            self.detail.line = to;
            self.unfold_hit(Direction::Next);
            true
        })
    }

    /// Unfolds the line under the cursor if it is a folded branch; returns the line in it
    /// that has the first or the last hit of the filter.
    fn unfold_towards_hit(&mut self, direction: Direction) -> Option<usize> {
        let (line, _) = self.line_under_cursor()?;
        if !matches!(line.part, Part::Folded(..)) {
            return None;
        }
        self.detail.toggle(line.node);
        let filter = self.filter()?;
        let content = Content::of(self, filter)?;
        let Content::Tree(lines, _) = &content else { return None };
        let first = first_line(lines, &line)? + 1;
        let len = lines[first..].iter().position(|it| it.depth == line.depth)?;
        let is_hit = |nth: &usize| content.is_hit(filter, *nth);
        let mut inside = first..first + len;
        let found = match direction {
            Direction::Next => inside.find(is_hit),
            Direction::Previous => inside.rfind(is_hit),
        };
        if found.is_none() {
            // It is in the name.
            self.detail.toggle(line.node);
        }
        found
    }

    /// Scrolls to the next hit within a line of the tree that has more rows than the pane;
    /// whether there is one.
    pub(super) fn go_to_hit_of_line(&mut self, direction: Direction) -> bool {
        let height = self.viewport.detail.rows;
        let rows = self.rows_under_cursor();
        let Some((line, head)) = self.line_under_cursor().filter(|_| height < rows) else {
            return false;
        };
        let Some(filter) = self.filter() else { return false };
        let top = self.detail.row.min(rows - height);
        let hits = tree::rows_with_hits(self, &line, &head.delivery.body, filter);
        let hit = match direction {
            Direction::Next => hits.into_iter().find(|it| top + height <= *it),
            Direction::Previous => hits.into_iter().rfind(|it| *it < top),
        };
        hit.is_some_and(|it| {
            self.scroll_to_row(it);
            true
        })
    }

    /// Scrolls so that a row of the line under the cursor is in the pane.
    fn scroll_to_row(&mut self, row: usize) {
        let height = self.viewport.detail.rows;
        self.detail.row = if row < height { 0 } else { row - height / 2 };
    }

    /// The line under the cursor of the tree.
    fn line_under_cursor(&self) -> Option<(Line, Rc<Head>)> {
        if !self.detail.shows_tree() {
            return None;
        }
        let id = self.detail_callback()?;
        let head = self.detail_head(id)?;
        let lines = self.detail.tree(id, &head.delivery.body);
        let line = lines.get(self.detail.line.min(lines.len().checked_sub(1)?))?;
        Some((line.clone(), head))
    }
}

/// The index of the first line with the value of a line, in a tree of the same body.
fn first_line(lines: &[Line], of: &Line) -> Option<usize> {
    lines.iter().position(|it| it.value == of.value)
}
