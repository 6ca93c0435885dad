//! The lines of the detail, and the hits of a filter in them.

use std::ops::Range;
use std::rc::Rc;

use super::detail::sheet;
use super::{payload, tree};
use crate::callback::head::Head;
use crate::dashboard::app::App;
use crate::dashboard::detail::{Form, Tab};
use crate::dashboard::json_tree::Part;
use crate::dashboard::{body_text, json_tree, text};
use crate::history::filter::Filter;

/// The lines of the detail, as they are displayed.
pub(in crate::dashboard) enum Content {
    /// Each with the number of its line before any was wrapped.
    Sheet(Vec<(usize, String)>),
    Text(Rc<Vec<body_text::Line>>),
    Tree(Rc<Vec<json_tree::Line>>, Rc<Head>),
    /// Ranges of hits, and the number of lines.
    Bytes(Rc<Vec<Range<usize>>>, usize),
}

impl Content {
    /// The lines of the callback and the tab on the screen, with the hits of a filter; none
    /// of the life line.
    pub(in crate::dashboard) fn of(app: &App, filter: &Filter) -> Option<Self> {
        let (id, area) = (app.detail_callback()?, app.viewport.detail.area);
        match (app.detail.tab, app.detail.form) {
            (Tab::LifeLine, _) => None,
            (Tab::Payload, Form::Bytes) => {
                let body = &app.raw_head(id)?.delivery.body;
                let lines = body.len().div_ceil(payload::LINE_BYTES);
                Some(Self::Bytes(app.detail.hits(id, body, filter), lines))
            }
            (Tab::Payload, form) => {
                let head = if form.is_raw() { app.raw_head(id) } else { app.detail_head(id) }?;
                Some(match payload::text_lines(app, id, &head, area.width) {
                    Some(lines) => Self::Text(lines),
                    None => Self::Tree(app.detail.tree(id, &head.delivery.body), head),
                })
            }
            _ => Some(Self::Sheet(sheet(app, id, &*app.detail_head(id)?).texts(app, area))),
        }
    }

    /// The number of lines.
    pub(in crate::dashboard) fn len(&self) -> usize {
        match self {
            Self::Sheet(lines) => lines.len(),
            Self::Text(lines) => lines.len(),
            Self::Tree(lines, _) => lines.len(),
            Self::Bytes(_, lines) => *lines,
        }
    }

    /// Whether a line has a hit of the filter, shown or not; of bytes, whether one begins
    /// in it.
    pub(in crate::dashboard) fn is_hit(&self, filter: &Filter, nth: usize) -> bool {
        match self {
            Self::Sheet(lines) => !filter.highlights(&lines[nth].1).is_empty(),
            Self::Text(lines) => !lines[nth].hits.is_empty() || lines[nth].hides_hit,
            Self::Tree(lines, head) => {
                let (line, body) = (&lines[nth], &head.delivery.body);
                !filter.highlights(&tree::line_text(line, body)).is_empty()
                    || matches!(line.part, Part::Folded(..))
                        && !filter.highlights_in(&body[line.value.clone()]).is_empty()
            }
            Self::Bytes(hits, _) => {
                let first = nth * payload::LINE_BYTES;
                let next = hits.partition_point(|it| it.start < first);
                hits.get(next).is_some_and(|it| it.start < first + payload::LINE_BYTES)
            }
        }
    }

    /// Whether a line of so many cells cuts a hit of the filter.
    pub(in crate::dashboard) fn hides_hit(&self, filter: &Filter, nth: usize, cells: u16) -> bool {
        match self {
            Self::Sheet(lines) => {
                let line = &lines[nth].1;
                let shown = text::split(line, cells.into()).0.len();
                filter.highlights(line).last().is_some_and(|it| shown < it.end)
            }
            Self::Text(lines) => lines[nth].hides_hit,
            Self::Tree(..) | Self::Bytes(..) => false,
        }
    }

    /// The number that a line has if none is wrapped.
    pub(in crate::dashboard) fn number(&self, nth: usize) -> usize {
        match self {
            Self::Sheet(lines) => lines[nth].0,
            Self::Text(lines) => lines[nth].number,
            Self::Tree(..) | Self::Bytes(..) => nth,
        }
    }
}
