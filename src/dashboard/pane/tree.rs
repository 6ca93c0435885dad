//! The payload as a colored, foldable JSON tree.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::sheet::draw_place;
use super::{StyledText, draw_rows, top_of_wrapped, window};
use crate::callback::json::JsonKind;
use crate::callback::json_text::readable;
use crate::dashboard::app::App;
use crate::dashboard::json_tree::{Line, Part};
use crate::dashboard::text;
use crate::dashboard::viewport::Extent;
use crate::history::RowId;

/// Cells that a value has beside its name at least, else it is wrapped below.
const LEAST_VALUE: usize = 8;

/// Draws the tree of a body, scrolled to its cursor.
pub(super) fn draw(app: &App, id: RowId, body: &[u8], area: Rect, buffer: &mut Buffer) -> Extent {
    let lines = app.detail.tree(id, body);
    let cursor = cursor(app, lines.len());
    draw_rows(app, &shown(app, &lines, body, area), cursor, area, buffer);
    draw_place(app, cursor..cursor + 1, lines.len(), area, buffer);
    Extent::of(area, lines.len())
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
    let rows_of = |nth: usize| branch_rows(app, &lines[nth], body, area);
    let mut top = window(cursor, lines.len(), height);
    if app.detail.wrap && !lines.is_empty() {
        top = top_of_wrapped(top..cursor + 1, height, |it| rows_of(it).len());
    }
    let rows = (top..lines.len()).flat_map(|nth| rows_of(nth).into_iter().map(move |it| (nth, it)));
    rows.take(height).collect()
}

/// The rows of a line of the tree: one, or with wrapped lines as many as its value takes
/// and the area has.
fn branch_rows(app: &App, line: &Line, body: &[u8], area: Rect) -> Vec<Vec<StyledText>> {
    let (theme, style) = (&app.theme, value_style(app, line.part));
    let indent = "  ".repeat(line.depth.min(40));
    let fold = match line.part {
        Part::Open(_) => "▾ ",
        Part::Folded(..) => "▸ ",
        Part::Leaf(_) | Part::Close(_) => "  ",
    };
    let name = line.name.as_ref().map(|it| text_of(it, body) + ": ").unwrap_or_default();
    let value = value_text(line, body);
    let comma = if line.comma { "," } else { "" };
    let used = text::width(&indent) + text::width(fold) + text::width(&text::clean(&name));
    let mut first = vec![(indent + fold, theme.dim), (name, theme.key)];
    if !app.detail.wrap {
        first.extend([(value, style), (comma.to_owned(), theme.dim)]);
        return vec![first];
    }
    let width = usize::from(area.width);
    // Beside a long name there may be no space for its value.
    let is_below = width < used + LEAST_VALUE.min(text::width(&value));
    let indent = if is_below { (2 * line.depth + 2).min(width / 2) } else { used };
    let clean = text::clean(&value).into_owned() + comma;
    let parts = text::wrap(&clean, (width - indent.min(width)).max(1)).take(area.height.into());
    let mut rows: Vec<_> =
        parts.map(|it| vec![(" ".repeat(indent), theme.dim), (it.to_owned(), style)]).collect();
    match rows.first_mut().filter(|_| !is_below) {
        Some(row) => _ = row.splice(..1, first),
        None => rows.insert(0, first),
    }
    rows
}

/// The text of a line.
pub(super) fn line_text(line: &Line, body: &[u8]) -> String {
    let name = line.name.as_ref().map(|it| text_of(it, body) + ": ").unwrap_or_default();
    let text = name + &value_text(line, body);
    text::clean(&text).into_owned()
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
