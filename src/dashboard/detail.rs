//! State of the detail pane: its tab, its scroll position, folded branches, and
//! caches of what is expensive to compute for each frame.
//!
//! The caches are behind `RefCell`s, so that drawing can fill them through `&App`;
//! they hold only what is computed from their keys, so no frame depends on them.

use std::cell::RefCell;
use std::collections::HashSet;
use std::ops::Range;
use std::rc::Rc;

use super::action::{Direction, Step};
use super::body_text::{self, LineLayout};
use super::cache::Cache;
use super::compare_lines::{self, Compared};
use super::cursor::moved;
use super::json_tree::{self, NodeId};
use super::related::{Entry, Jump};
use super::viewport::Extent;
use crate::callback::compare::{Comparison, compare};
use crate::callback::json_text;
use crate::history::RowId;
use crate::history::filter::Filter;
use crate::history::flow::Flow;
use crate::history::life_line::{self, LifeLine};

/// The tabs of the detail pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Tab {
    /// The meaning of the callback.
    #[default]
    Message,
    /// The body.
    Payload,
    /// The HTTP request.
    Request,
    /// The HTTP response.
    Answer,
    /// All callbacks of the same message, and its conversation.
    LifeLine,
}

/// The tabs from left to right.
pub(super) const TABS: [Tab; 5] =
    [Tab::Message, Tab::Payload, Tab::Request, Tab::Answer, Tab::LifeLine];

/// Representations of the payload.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Form {
    /// A JSON tree.
    #[default]
    Tree,
    /// Indented JSON.
    Text,
    /// The text as received.
    Raw,
    /// A hex dump.
    Bytes,
}

impl Form {
    /// Whether it shows the body as received, cut wherever that is too long.
    pub(super) const fn is_raw(self) -> bool {
        matches!(self, Self::Raw | Self::Bytes)
    }
}

/// State of the detail pane.
#[derive(Debug, Default)]
pub(super) struct DetailState {
    /// The tab on the screen.
    pub(super) tab: Tab,
    /// The representation of the payload.
    pub(super) form: Form,
    /// Whether long lines are wrapped.
    pub(super) wrap: bool,
    /// In the tree the index of the line under the cursor; in any other content
    /// the scroll offset: the index of the line at the top.
    pub(super) line: usize,
    /// How many rows of the line under the cursor of the tree are above the pane.
    pub(super) row: usize,
    /// The line under the cursor of the life line, once that was moved.
    pub(super) entry: Option<Entry>,
    /// The line of the hit gone to last, where there is no cursor.
    pub(super) found: Option<usize>,
    /// The callbacks gone to from the life line.
    pub(super) jumps: Vec<Jump>,
    /// Nodes whose fold state differs from the default.
    toggled: HashSet<NodeId>,
    /// Depends on the callback and the toggled nodes.
    tree: Cache<(RowId, u64), Vec<json_tree::Line>>,
    /// Depends on the callback, the form, the layout of the lines and the filter.
    text: Cache<(RowId, Form, LineLayout, String), Vec<body_text::Line>>,
    /// Depends on the callback and the filter.
    hits: Cache<(RowId, String), Vec<Range<usize>>>,
    /// Depends on the two callbacks and the widths of a line and its columns.
    comparison: Cache<((RowId, RowId), compare_lines::Widths), Compared>,
    /// The callback, the first row id not examined yet, and its life line.
    life_line: RefCell<Option<(RowId, RowId, Rc<LifeLine>)>>,
}

impl DetailState {
    /// Whether the payload is on the screen as a tree, with a cursor.
    pub(super) fn shows_tree(&self) -> bool {
        self.tab == Tab::Payload && self.form == Form::Tree
    }

    /// Moves the cursor to the start, as for new content.
    pub(super) fn reset_cursor(&mut self) {
        self.line = 0;
        self.row = 0;
        self.entry = None;
        self.found = None;
    }

    /// Moves the cursor of the tree, at first within its line of so many rows, or scrolls
    /// any other content.
    pub(super) fn step(&mut self, step: Step, extent: Extent, rows: usize) {
        if let Some(row) = row_within(self.row, rows, extent.rows, step) {
            self.row = row;
            return;
        }
        let len = if self.shows_tree() { extent.lines } else { extent.last_top() + 1 };
        let to = moved(self.line, len, extent.rows, step);
        if to != self.line {
            // A long line that is reached from below is read from its end.
            self.row = if step.is_down() || step == Step::Top { 0 } else { usize::MAX };
            self.line = to;
        }
        self.found = None;
    }

    /// Switches to the next or the previous tab, in a circle.
    pub(super) fn cycle_tab(&mut self, direction: Direction) {
        let at = TABS.iter().position(|it| *it == self.tab).unwrap_or_default();
        self.tab = TABS[direction.cycled(at, TABS.len())];
        self.reset_cursor();
    }

    /// Switches to a tab.
    pub(super) fn show_tab(&mut self, tab: Tab) {
        if self.tab != tab {
            self.tab = tab;
            self.reset_cursor();
        }
    }

    /// The form of the payload that follows the one on the screen; of the message, text.
    /// `None` in tabs that are about something else.
    pub(super) fn next_form(&self) -> Option<Form> {
        match (self.tab, self.form) {
            (Tab::Message, _) | (Tab::Payload, Form::Tree) => Some(Form::Text),
            (Tab::Payload, Form::Text) => Some(Form::Raw),
            (Tab::Payload, Form::Raw) => Some(Form::Bytes),
            (Tab::Payload, Form::Bytes) => Some(Form::Tree),
            (Tab::Request | Tab::Answer | Tab::LifeLine, _) => None,
        }
    }

    /// Switches to the payload in the next form, if there is one.
    pub(super) fn cycle_form(&mut self) {
        if let Some(form) = self.next_form() {
            self.form = form;
            self.tab = Tab::Payload;
            self.reset_cursor();
        }
    }

    /// The lines of the tree of a callback's body; none if it is not JSON.
    pub(super) fn tree(&self, id: RowId, body: &[u8]) -> Rc<Vec<json_tree::Line>> {
        let toggled = json_tree::fingerprint(&self.toggled);
        self.tree.get((id, toggled), || json_tree::lines(body, &self.toggled))
    }

    /// The lines of a callback's body as text, indented in the form of that name.
    pub(super) fn text(
        &self,
        id: RowId,
        body: &[u8],
        layout: LineLayout,
        filter: Option<&Filter>,
    ) -> Rc<Vec<body_text::Line>> {
        let form = self.form;
        let key = filter.map_or_else(String::new, |it| it.text().to_owned());
        let find =
            |line: &str| filter.map_or_else(Vec::new, |it| it.highlights_in(line.as_bytes()));
        self.text.get((id, form, layout, key), || match form {
            Form::Text => {
                let indented = json_text::indented(body);
                let text = String::from_utf8_lossy(&indented);
                body_text::lines(json_text::readable(&text).as_bytes(), layout, &find)
            }
            _ => body_text::lines(body, layout, &find),
        })
    }

    /// The ranges of a callback's body that the filter matches.
    pub(super) fn hits(&self, id: RowId, body: &[u8], filter: &Filter) -> Rc<Vec<Range<usize>>> {
        self.hits.get((id, filter.text().to_owned()), || filter.highlights_in(body))
    }

    /// The number of fields that two bodies share, and the lines of the others.
    pub(super) fn comparison(
        &self,
        ids: (RowId, RowId),
        bodies: [&[u8]; 2],
        widths: compare_lines::Widths,
    ) -> Rc<Compared> {
        self.comparison.get((ids, widths), || {
            let Comparison { same, differences } = compare(bodies[0], bodies[1]);
            (same, compare_lines::lines(&differences, widths.0, widths.1))
        })
    }

    /// The life line of a callback.
    pub(super) fn life_line(&self, id: RowId, flow: &Flow) -> Rc<LifeLine> {
        let mut cache = self.life_line.borrow_mut();
        match &mut *cache {
            // Recomputed only when one of the callbacks since then belongs to it.
            Some((cached, next, life))
                if *cached == id && !life_line::has_grown(flow, id, *next) =>
            {
                *next = flow.end_id();
                Rc::clone(life)
            }
            _ => {
                let life = Rc::new(life_line::of(flow, id));
                *cache = Some((id, flow.end_id(), Rc::clone(&life)));
                life
            }
        }
    }

    /// Whether the fold state of a node differs from the default.
    pub(super) fn is_toggled(&self, node: NodeId) -> bool {
        self.toggled.contains(&node)
    }

    /// Folds or unfolds a node of the tree.
    pub(super) fn toggle(&mut self, node: NodeId) {
        if !self.toggled.remove(&node) {
            self.toggled.insert(node);
        }
    }

    /// Drops the cached bodies; necessary when their content changes.
    pub(super) fn clear_bodies(&mut self) {
        self.tree.clear();
        self.text.clear();
        self.hits.clear();
        self.comparison.clear();
    }

    /// Drops all else that refers to a callback; necessary when positions start again
    /// from 1.
    pub(super) fn clear_callbacks(&mut self) {
        self.life_line.take();
        self.toggled.clear();
        self.jumps.clear();
        self.reset_cursor();
    }
}

/// The rows above the pane after a step from `row`, if that stays within a line that has
/// more rows than the pane.
fn row_within(row: usize, rows: usize, height: usize, step: Step) -> Option<usize> {
    let end = rows.checked_sub(height).filter(|it| 0 < *it)?;
    let row = row.min(end);
    let stays = match step {
        Step::Top | Step::Bottom => false,
        _ if step.is_down() => row < end,
        _ => 0 < row,
    };
    stays.then(|| moved(row, end + 1, height, step))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_is_computed_again_only_when_its_layout_changes() {
        let detail = DetailState::default();
        let first = |cells, body: &[u8]| {
            let lines = detail.text(
                RowId::FIRST,
                body,
                LineLayout { cells, wrap: true, error_at: None },
                None,
            );
            lines[0].text.clone()
        };
        assert_eq!(first(3, b"abcd"), "abc");
        assert_eq!(first(3, b"ignored"), "abc");
        assert_eq!(first(2, b"abcd"), "ab");
    }
}
