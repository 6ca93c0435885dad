//! The payload as a colored, foldable JSON tree.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::sheet::{draw_place, exceed, wrapping};
use super::{StyledText, draw_rows, top_of_wrapped, window};
use crate::callback::json::JsonKind;
use crate::callback::json_text::readable;
use crate::dashboard::app::App;
use crate::dashboard::json_tree::{Line, NodeId, Part};
use crate::dashboard::text;
use crate::dashboard::viewport::Extent;
use crate::history::RowId;
use crate::history::filter::Filter;

/// Cells that a value has beside its name at least, else it is wrapped below.
const LEAST_VALUE: usize = 8;
/// The depth from which on lines are not indented further.
const MAX_INDENT: usize = 40;

/// Draws the tree of a body, scrolled to its cursor.
pub(super) fn draw(app: &App, id: RowId, body: &[u8], area: Rect, buffer: &mut Buffer) -> Extent {
    let lines = app.detail.tree(id, body);
    let cursor = cursor(app, lines.len());
    let rows = shown(app, &lines, body, area);
    draw_rows(app, &rows, cursor, area, buffer);
    draw_place(app, cursor..cursor + 1, lines.len(), area, buffer);
    let line = |nth: usize| rows[nth].0;
    let is_cut = |nth: usize| exceed(&rows[nth].1, area.width.into());
    let others = (0..rows.len()).filter(|nth| !is_unfolded(app, &lines[rows[*nth].0]));
    let wrapping = wrapping(others, rows.len(), line, is_cut, app.detail.wrap);
    Extent::of(area, lines.len()).wrapping(wrapping)
}

/// The line of the tree of a body that is drawn at a row of an area.
pub(super) fn line_at(app: &App, id: RowId, body: &[u8], area: Rect, nth: u16) -> Option<usize> {
    let lines = app.detail.tree(id, body);
    shown(app, &lines, body, area).get(usize::from(nth)).map(|(line, _)| *line)
}

fn cursor(app: &App, lines: usize) -> usize {
    app.detail.line.min(lines.saturating_sub(1))
}

/// The rows that fill an area, scrolled to the cursor: the line of each, and its text.
fn shown(app: &App, lines: &[Line], body: &[u8], area: Rect) -> Vec<(usize, Vec<StyledText>)> {
    let (cursor, height) = (cursor(app, lines.len()), usize::from(area.height));
    let Some(line) = lines.get(cursor) else { return Vec::new() };
    // Only of the line under the cursor those above the area are skipped.
    let all_of_cursor = branch_rows(app, line, body, area, usize::MAX);
    let skipped = app.detail.row.min(all_of_cursor.len().saturating_sub(height));
    let rows_of = |nth: usize| branch_rows(app, &lines[nth], body, area, height);
    let top = match skipped {
        0 => {
            let top = window(cursor, lines.len(), height);
            top_of_wrapped(top..cursor + 1, height, |it| rows_of(it).len())
        }
        _ => cursor,
    };
    let before = (top..cursor).flat_map(|nth| rows_of(nth).into_iter().map(move |it| (nth, it)));
    let at = all_of_cursor.into_iter().skip(skipped).map(|it| (cursor, it));
    let after =
        (cursor + 1..lines.len()).flat_map(|nth| rows_of(nth).into_iter().map(move |it| (nth, it)));
    before.chain(at).chain(after).take(height).collect()
}

/// What Enter does with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::dashboard) enum Fold {
    /// Hides the members of a branch, or all of a value but its first row.
    Close,
    /// Shows the members of a branch, or all of a value that the area cuts.
    Open,
}

/// What Enter does with the line under the cursor, and its node; `None` if nothing.
pub(in crate::dashboard) fn fold(app: &App, id: RowId, body: &[u8]) -> Option<(NodeId, Fold)> {
    let (lines, area) = (app.detail.tree(id, body), app.viewport.detail.area);
    let line = lines.get(cursor(app, lines.len()))?;
    let fold = match line.part {
        Part::Folded(..) => Fold::Open,
        Part::Open(_) | Part::Close(_) => Fold::Close,
        Part::Leaf(_) if app.detail.wrap => return None,
        Part::Leaf(_) if app.detail.is_toggled(line.node) => Fold::Close,
        Part::Leaf(_) if is_cut(app, line, body, area) => Fold::Open,
        Part::Leaf(_) => return None,
    };
    Some((line.node, fold))
}

/// The number of rows that the line under the cursor has.
pub(in crate::dashboard) fn cursor_rows(app: &App, id: RowId, body: &[u8]) -> usize {
    let (lines, area) = (app.detail.tree(id, body), app.viewport.detail.area);
    let line = lines.get(cursor(app, lines.len()));
    line.map_or(0, |it| branch_rows(app, it, body, area, usize::MAX).len())
}

/// Whether a line is not wrapped and longer than an area is wide.
fn is_cut(app: &App, line: &Line, body: &[u8], area: Rect) -> bool {
    let row = || branch_rows(app, line, body, area, 1).swap_remove(0);
    !is_wrapped(app, line) && exceed(&row(), area.width.into())
}

/// Whether a line of the tree in its pane cuts a hit of a filter.
pub(in crate::dashboard) fn cuts_hit(app: &App, line: &Line, body: &[u8], filter: &Filter) -> bool {
    let area = app.viewport.detail.area;
    if line.is_branch() || !is_cut(app, line, body, area) {
        return false;
    }
    let text = line_text(line, body);
    let before = 2 * line.depth.min(MAX_INDENT) + 2;
    let shown = text::split(&text, usize::from(area.width).saturating_sub(before)).0.len();
    filter.highlights(&text).last().is_some_and(|it| shown < it.end)
}

/// The rows of a wrapped line that have a hit of a filter in its value.
pub(in crate::dashboard) fn rows_with_hits(
    app: &App,
    line: &Line,
    body: &[u8],
    filter: &Filter,
) -> Vec<usize> {
    let area = app.viewport.detail.area;
    if !is_wrapped(app, line) {
        return Vec::new();
    }
    let Value { text, parts, is_below, .. } = value(line, body, area);
    let starts: Vec<_> = parts.iter().map(|it| it.start).collect();
    let row = |hit: Range<usize>| starts.partition_point(|it| *it <= hit.start).saturating_sub(1);
    let rows = filter.highlights(&text).into_iter().map(row);
    rows.map(|it| it + usize::from(is_below)).collect()
}

/// Whether a line shows all of its value: with all others, or as it was unfolded.
fn is_wrapped(app: &App, line: &Line) -> bool {
    app.detail.wrap || is_unfolded(app, line)
}

/// Whether the value of a line was unfolded by itself.
fn is_unfolded(app: &App, line: &Line) -> bool {
    !line.is_branch() && app.detail.is_toggled(line.node)
}

/// A value as it is wrapped.
struct Value {
    text: String,
    /// Its rows, as ranges of the text.
    parts: Vec<Range<usize>>,
    /// The cells before each row.
    indent: usize,
    /// Whether it begins below its name, which leaves no space for it.
    is_below: bool,
}

fn value(line: &Line, body: &[u8], area: Rect) -> Value {
    let value = value_text(line, body);
    let comma = if line.comma { "," } else { "" };
    let used = 2 * line.depth.min(MAX_INDENT) + 2 + text::width(&text::clean(&name(line, body)));
    let width = usize::from(area.width);
    let is_below = width < used + LEAST_VALUE.min(text::width(&value));
    let indent = if is_below { (2 * line.depth + 2).min(width / 2) } else { used };
    let text = text::clean(&value).into_owned() + comma;
    let start = |part: &str| part.as_ptr().addr() - text.as_ptr().addr();
    let parts = text::wrap(&text, (width - indent.min(width)).max(1));
    let parts = parts.map(|it| start(it)..start(it) + it.len()).collect();
    Value { text, parts, indent, is_below }
}

/// The rows of a line of the tree, at most so many: one, or as many as its value takes if
/// that is wrapped.
fn branch_rows(
    app: &App,
    line: &Line,
    body: &[u8],
    area: Rect,
    most: usize,
) -> Vec<Vec<StyledText>> {
    let (theme, style) = (&app.theme, value_style(app, line.part));
    let fold = match line.part {
        Part::Open(_) => "▾ ",
        Part::Folded(..) => "▸ ",
        Part::Leaf(_) | Part::Close(_) => "  ",
    };
    let indent = "  ".repeat(line.depth.min(MAX_INDENT));
    let mut first = vec![(indent + fold, theme.dim), (name(line, body), theme.key)];
    if !is_wrapped(app, line) {
        let comma = if line.comma { "," } else { "" };
        first.extend([(value_text(line, body), style), (comma.to_owned(), theme.dim)]);
        return vec![first];
    }
    let Value { text, parts, indent, is_below } = value(line, body, area);
    // A hit over the end of a row is in no row.
    let hits = app.filter().map(|it| it.highlights(&text)).unwrap_or_default();
    let row = |part: Range<usize>| {
        let mut row = vec![(" ".repeat(indent), theme.dim)];
        row.extend(marked(&text, part, &hits, [style, style.patch(theme.found)]));
        row
    };
    let mut rows: Vec<_> = parts.into_iter().take(most).map(row).collect();
    match rows.first_mut().filter(|_| !is_below) {
        Some(row) => _ = row.splice(..1, first),
        None => rows.insert(0, first),
    }
    rows
}

/// A part of a text, in the second style where it has one of the hits, else in the first.
fn marked(
    text: &str,
    part: Range<usize>,
    hits: &[Range<usize>],
    styles: [Style; 2],
) -> Vec<StyledText> {
    let mut spans = Vec::new();
    let mut from = part.start;
    let first = hits.partition_point(|it| it.end <= part.start);
    for hit in hits[first..].iter().take_while(|it| it.start < part.end) {
        let (start, end) = (hit.start.max(from), hit.end.min(part.end));
        spans.push((text[from..start].to_owned(), styles[0]));
        spans.push((text[start..end].to_owned(), styles[1]));
        from = end;
    }
    spans.push((text[from..part.end].to_owned(), styles[0]));
    spans
}

/// The name of a line's value, with a colon.
fn name(line: &Line, body: &[u8]) -> String {
    line.name.as_ref().map(|it| text_of(it, body) + ": ").unwrap_or_default()
}

/// The text of a line.
pub(super) fn line_text(line: &Line, body: &[u8]) -> String {
    text::clean(&(name(line, body) + &value_text(line, body))).into_owned()
}

fn text_of(range: &Range<usize>, body: &[u8]) -> String {
    readable(&String::from_utf8_lossy(&body[range.clone()])).into_owned()
}

fn value_text(line: &Line, body: &[u8]) -> String {
    match line.part {
        Part::Leaf(_) => text_of(&line.value, body),
        Part::Open(JsonKind::Array) => "[".to_owned(),
        Part::Open(_) => "{".to_owned(),
        Part::Close(JsonKind::Array) => "]".to_owned(),
        Part::Close(_) => "}".to_owned(),
        Part::Folded(JsonKind::Array, count) => format!("[ {count} … ]"),
        Part::Folded(_, count) => format!("{{ {count} … }}"),
    }
}

fn value_style(app: &App, part: Part) -> Style {
    let theme = &app.theme;
    match part {
        Part::Leaf(JsonKind::String) => theme.string,
        Part::Leaf(JsonKind::Number) => theme.number,
        Part::Leaf(JsonKind::Bool) => theme.warning,
        Part::Folded(..) => theme.accent,
        Part::Leaf(_) | Part::Open(_) | Part::Close(_) => theme.dim,
    }
}
