//! Payload: the body as a colored, foldable JSON tree, as text, or as bytes.

use std::fmt::Write as _;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::sheet::draw_more;
use super::{mark_found, put, put_line, row, window};
use crate::callback::Delivery;
use crate::callback::json::{Kind, read};
use crate::dashboard::action::Pane;
use crate::dashboard::app::App;
use crate::dashboard::body_text::{Line, Shape};
use crate::dashboard::detail::Form;
use crate::dashboard::json_tree::{self, Part};
use crate::dashboard::viewport::Extent;
use crate::dashboard::{text, words};
use crate::history::RowId;

/// Bytes in a line of bytes.
const BYTES: usize = 16;

pub(super) fn draw(
    app: &App,
    id: RowId,
    delivery: &Delivery,
    area: Rect,
    buffer: &mut Buffer,
) -> Extent {
    let body = &*delivery.body;
    if body.is_empty() {
        put(
            buffer,
            area.x,
            area.y,
            area.width,
            words::EMPTY.text(app.settings.lang),
            app.theme.dim,
        );
        return Extent::default();
    }
    match app.detail.form {
        Form::Bytes => draw_bytes(app, body, area, buffer),
        Form::Text => draw_text(app, id, body, None, area, buffer),
        Form::Tree => match read(body) {
            Ok(_) => draw_tree(app, id, body, area, buffer),
            Err(broken) => {
                let said = format!("✗ {broken}");
                put(buffer, area.x, area.y, area.width, &said, app.theme.failure);
                let below = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
                draw_text(app, id, body, Some(broken.offset), below, buffer)
            }
        },
    }
}

fn draw_tree(app: &App, id: RowId, body: &[u8], area: Rect, buffer: &mut Buffer) -> Extent {
    let lines = app.detail.tree(id, body);
    let height = usize::from(area.height);
    let cursor = app.detail.line.min(lines.len().saturating_sub(1));
    let top = window(cursor, lines.len(), height);
    let mut place = 0;
    for (nth, line) in lines.iter().enumerate().skip(top) {
        let drawn = draw_branch(app, line, body, place, area, buffer);
        if drawn == 0 {
            break;
        }
        for nth in place..place + drawn {
            mark_found(app, Rect { y: area.y + nth, height: 1, ..area }, buffer);
        }
        if nth == cursor && app.focus.pane == Pane::Detail {
            let rows = Rect { y: area.y + place, height: drawn, ..area };
            buffer.set_style(rows, app.theme.selected);
        }
        place += drawn;
    }
    draw_more(app, top, lines.len(), area, buffer);
    Extent { rows: height, lines: lines.len() }
}

/// Draws one line of the tree at a row; returns how many rows it took.
fn draw_branch(
    app: &App,
    line: &json_tree::Line,
    body: &[u8],
    at: u16,
    area: Rect,
    buffer: &mut Buffer,
) -> u16 {
    let Some(place) = row(area, at.into()) else { return 0 };
    let theme = &app.theme;
    let said = |range: &std::ops::Range<usize>| String::from_utf8_lossy(&body[range.clone()]);
    let indent = "  ".repeat(line.depth.min(40));
    let fold = match line.part {
        Part::Open(_) => "▾ ",
        Part::Folded(..) => "▸ ",
        Part::Leaf(_) | Part::Close(_) => "  ",
    };
    let name = line.name.as_ref().map(|it| said(it).into_owned() + ": ").unwrap_or_default();
    let value = match line.part {
        Part::Leaf(_) => said(&line.value).into_owned(),
        Part::Open(Kind::Array) => "[".to_owned(),
        Part::Open(_) => "{".to_owned(),
        Part::Close(Kind::Array) => "]".to_owned(),
        Part::Close(_) => "}".to_owned(),
        Part::Folded(Kind::Array, count) => format!("[ {count} … ]"),
        Part::Folded(_, count) => format!("{{ {count} … }}"),
    };
    let comma = if line.comma { "," } else { "" };
    let used =
        put_line(buffer, place, &[(&indent, theme.dim), (fold, theme.dim), (&name, theme.key)]);
    let rest = Rect { x: place.x + used, width: place.width.saturating_sub(used), ..place };
    let style = value_style(app, line.part);
    if !app.detail.wrap {
        put_line(buffer, rest, &[(&value, style), (comma, theme.dim)]);
        return 1;
    }
    let clean = text::clean(&value).into_owned() + comma;
    let mut rows = 0;
    for broken in text::wrap(&clean, rest.width.max(8).into()) {
        let Some(line) = row(area, usize::from(at + rows)) else { break };
        put(buffer, rest.x, line.y, rest.width, broken, style);
        rows += 1;
    }
    rows.max(1)
}

fn value_style(app: &App, part: Part) -> Style {
    let theme = &app.theme;
    match part {
        Part::Leaf(Kind::String) => theme.string,
        Part::Leaf(Kind::Number) => theme.number,
        Part::Leaf(Kind::Bool) => theme.warning,
        Part::Folded(..) => theme.accent,
        Part::Leaf(_) | Part::Open(_) | Part::Close(_) => theme.dim,
    }
}

/// The lines that came, long ones cut or broken; `mark` is a byte to point at.
fn draw_text(
    app: &App,
    id: RowId,
    body: &[u8],
    mark: Option<usize>,
    area: Rect,
    buffer: &mut Buffer,
) -> Extent {
    let shape = Shape { cells: area.width.into(), wrap: app.detail.wrap, mark };
    let lines = app.detail.text(id, body, shape);
    let marked = lines.iter().position(|it| it.mark.is_some());
    let extent = Extent { rows: area.height.into(), lines: lines.len() };
    let top = match (marked, app.detail.line) {
        (Some(marked), 0) => (marked + 2).saturating_sub(extent.rows),
        (_, line) => extent.top(line),
    };
    for (nth, Line { text, mark }) in lines.iter().skip(top).enumerate() {
        let Some(line) = row(area, nth) else { break };
        put(buffer, line.x, line.y, line.width, text, app.theme.text);
        mark_found(app, line, buffer);
        if let Some(at) = mark {
            let x = line.x + u16::try_from(*at).unwrap_or(0).min(line.width.saturating_sub(1));
            let style = app.theme.failure.patch(app.theme.selected);
            buffer.set_style(Rect { x, y: line.y, width: 1, height: 1 }, style);
        }
    }
    draw_more(app, top, lines.len(), area, buffer);
    extent
}

/// Offset, hexadecimal values, and what is printable ASCII among them.
fn draw_bytes(app: &App, body: &[u8], area: Rect, buffer: &mut Buffer) -> Extent {
    let theme = &app.theme;
    let lines = body.len().div_ceil(BYTES);
    let extent = Extent { rows: area.height.into(), lines };
    let top = extent.top(app.detail.line);
    for (nth, chunk) in body.chunks(BYTES).enumerate().skip(top) {
        let Some(line) = row(area, nth - top) else { break };
        let mut hex = String::with_capacity(BYTES * 3 + 1);
        for (at, byte) in chunk.iter().enumerate() {
            let gap = if at == BYTES / 2 { " " } else { "" };
            let _ = write!(hex, "{gap}{byte:02x} ");
        }
        let shown = |byte: &u8| if matches!(byte, b' '..=b'~') { char::from(*byte) } else { '·' };
        let ascii: String = chunk.iter().map(shown).collect();
        let (offset, hex) = (format!("{:08x}  ", nth * BYTES), format!("{hex:<50}"));
        put_line(
            buffer,
            line,
            &[(&offset, theme.dim), (&hex, theme.number), (&ascii, theme.string)],
        );
    }
    draw_more(app, top, lines, area, buffer);
    extent
}
