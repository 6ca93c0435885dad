//! The payload as a colored, foldable JSON tree.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::sheet::draw_place;
use super::{highlight_matches, put, put_line, row, window};
use crate::callback::json::JsonKind;
use crate::callback::json_text::readable;
use crate::dashboard::action::Pane;
use crate::dashboard::app::App;
use crate::dashboard::json_tree::{Line, Part};
use crate::dashboard::text;
use crate::dashboard::viewport::Extent;
use crate::history::RowId;

/// Draws the tree of a body, scrolled to its cursor.
pub(super) fn draw(app: &App, id: RowId, body: &[u8], area: Rect, buffer: &mut Buffer) -> Extent {
    let lines = app.detail.tree(id, body);
    let height = usize::from(area.height);
    let cursor = app.detail.line.min(lines.len().saturating_sub(1));
    let top = window(cursor, lines.len(), height);
    let mut y = 0;
    for (nth, line) in lines.iter().enumerate().skip(top) {
        let drawn = draw_branch(app, line, body, y, area, buffer);
        if drawn == 0 {
            break;
        }
        for nth in y..y + drawn {
            highlight_matches(app, Rect { y: area.y + nth, height: 1, ..area }, buffer);
        }
        if nth == cursor && app.focus.pane == Pane::Detail {
            let rows = Rect { y: area.y + y, height: drawn, ..area };
            buffer.set_style(rows, app.theme.selected);
        }
        y += drawn;
    }
    draw_place(app, cursor..cursor + 1, lines.len(), area, buffer);
    match app.detail.wrap {
        true => Extent::of(area, lines.len()),
        false => Extent::list(area, lines.len(), top),
    }
}

/// Draws a line of the tree at row `at`; returns the number of rows it takes, 0
/// below the area.
fn draw_branch(
    app: &App,
    line: &Line,
    body: &[u8],
    at: u16,
    area: Rect,
    buffer: &mut Buffer,
) -> u16 {
    let Some(first) = row(area, at.into()) else { return 0 };
    let theme = &app.theme;
    let indent = "  ".repeat(line.depth.min(40));
    let fold = match line.part {
        Part::Open(_) => "▾ ",
        Part::Folded(..) => "▸ ",
        Part::Leaf(_) | Part::Close(_) => "  ",
    };
    let name = line.name.as_ref().map(|it| text_of(it, body) + ": ").unwrap_or_default();
    let value = value_text(line, body);
    let comma = if line.comma { "," } else { "" };
    let used =
        put_line(buffer, first, &[(&indent, theme.dim), (fold, theme.dim), (&name, theme.key)]);
    let rest = Rect { x: first.x + used, width: first.width.saturating_sub(used), ..first };
    let style = value_style(app, line.part);
    if !app.detail.wrap {
        put_line(buffer, rest, &[(&value, style), (comma, theme.dim)]);
        return 1;
    }
    let clean = text::clean(&value).into_owned() + comma;
    let mut rows = 0;
    for part in text::wrap(&clean, rest.width.max(8).into()) {
        let Some(line) = row(area, usize::from(at + rows)) else { break };
        put(buffer, rest.x, line.y, rest.width, part, style);
        rows += 1;
    }
    rows.max(1)
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
