//! Payload: the body as a JSON tree, as indented or raw text, or as bytes.

use std::fmt::Write as _;
use std::ops::Range;
use std::rc::Rc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::call::kept_part;
use super::sheet::{draw_place, mark_hit, wrapping};
use super::{put, put_line, row, tree};
use crate::callback::head::Head;
use crate::callback::json::ParseError;
use crate::callback::oddity::Oddity;
use crate::dashboard::app::App;
use crate::dashboard::body_text::{Line, LineLayout};
use crate::dashboard::detail::Form;
use crate::dashboard::privacy::DETAIL_BYTES;
use crate::dashboard::viewport::Extent;
use crate::dashboard::{byte_text, text, words};
use crate::history::RowId;

/// Bytes in a line of the hex dump.
pub(super) const LINE_BYTES: usize = 16;
/// Width of the offset of a line, and of its hexadecimal digits, with the gaps after them.
const OFFSET_CELLS: usize = 10;
const HEX_CELLS: usize = 50;

pub(super) fn draw(app: &App, id: RowId, head: &Head, area: Rect, buffer: &mut Buffer) -> Extent {
    let body = &head.delivery.body;
    let mut area = area;
    if let Some(kept) = kept_part(app, head) {
        put_line(buffer, area, &[(&kept, app.theme.warning)]);
        area = below_line(area);
    }
    if body.is_empty() {
        put_line(buffer, area, &[(words::EMPTY.text(app.settings.lang), app.theme.dim)]);
        return Extent::default();
    }
    if app.detail.form == Form::Bytes {
        return draw_bytes(app, id, body, area, buffer);
    }
    let Some(lines) = text_lines(app, id, head, area.width) else {
        return tree::draw(app, id, body, area, buffer);
    };
    if let Some(error) = error(app, id, head) {
        let text = format!("✗ {}", Oddity::NotJson(error).sentence(app.settings.lang));
        put_line(buffer, area, &[(&text, app.theme.failure)]);
        area = below_line(area);
    }
    draw_text(app, &lines, area, buffer)
}

/// The lines of a body as text; `None` if it is shown as a tree.
pub(super) fn text_lines(app: &App, id: RowId, head: &Head, width: u16) -> Option<Rc<Vec<Line>>> {
    let body = &head.delivery.body;
    let error = error(app, id, head);
    if app.detail.form == Form::Tree && error.is_none() {
        return None;
    }
    let error_at = error.map(|it| it.offset_in(body));
    let layout = LineLayout { cells: width.into(), wrap: app.detail.wrap, error_at };
    Some(app.detail.text(id, body, layout, app.filter()))
}

/// Why a body is not JSON, where that is to be shown.
fn error(app: &App, id: RowId, head: &Head) -> Option<ParseError> {
    if app.detail.form.is_raw() {
        return None;
    }
    app.decoded(id, &head.delivery, DETAIL_BYTES).json.err()
}

/// The rest of an area below its first line.
const fn below_line(area: Rect) -> Rect {
    let taken = if area.height == 0 { 0 } else { 1 };
    Rect { y: area.y + taken, height: area.height - taken, ..area }
}

/// A body as text, scrolled to its syntax error first, if it has one.
fn draw_text(app: &App, lines: &[Line], area: Rect, buffer: &mut Buffer) -> Extent {
    let marked = lines.iter().position(|it| it.error_at.is_some());
    let extent = Extent::of(area, lines.len());
    let top = match (marked, app.detail.line) {
        (Some(marked), 0) => (marked + 2).saturating_sub(extent.rows),
        (_, line) => extent.top(line),
    };
    for (nth, Line { text, error_at, hits, .. }) in lines.iter().skip(top).enumerate() {
        let Some(line) = row(area, nth) else { break };
        put(buffer, line.x, line.y, line.width, text, app.theme.text);
        for hit in hits {
            let [from, to] = [hit.start, hit.end].map(|it| text::width(&text[..it]));
            mark_found(app, from..to, line, buffer);
        }
        mark_hit(app, top + nth, line, buffer);
        if let Some(at) = error_at {
            let x = line.x + u16::try_from(*at).unwrap_or(0).min(line.width.saturating_sub(1));
            let style = app.theme.failure.patch(app.theme.banner);
            buffer.set_style(Rect { x, y: line.y, width: 1, height: 1 }, style);
        }
    }
    draw_place(app, extent.shown(top), lines.len(), area, buffer);
    if marked.is_some() {
        return extent;
    }
    let line = |nth: usize| lines[nth].number;
    let is_cut = |nth: usize| usize::from(area.width) < text::width(&lines[nth].text);
    extent.wrapping(wrapping(extent.shown(top), lines.len(), line, is_cut, app.detail.wrap))
}

/// Marks cells of a line as what the filter matches.
fn mark_found(app: &App, cells: Range<usize>, line: Rect, buffer: &mut Buffer) {
    let [from, len] = [cells.start, cells.len()].map(|it| u16::try_from(it).unwrap_or(u16::MAX));
    let found = Rect { x: line.x.saturating_add(from), width: len, ..line };
    buffer.set_style(found.intersection(line), app.theme.found);
}

/// The cells of a byte of a line of the hex dump: its digits, and its character.
const fn cells_of_byte(nth: usize) -> [Range<usize>; 2] {
    let hex = OFFSET_CELLS + nth * 3 + if nth < LINE_BYTES / 2 { 0 } else { 1 };
    let ascii = OFFSET_CELLS + HEX_CELLS + nth;
    [hex..hex + 2, ascii..ascii + 1]
}

/// A hex dump: offset, bytes, what is printable of UTF-8.
fn draw_bytes(app: &App, id: RowId, body: &[u8], area: Rect, buffer: &mut Buffer) -> Extent {
    let hits = app.filter().map(|it| app.detail.hits(id, body, it)).unwrap_or_default();
    let theme = &app.theme;
    let lines = body.len().div_ceil(LINE_BYTES);
    let extent = Extent::of(area, lines);
    let top = extent.top(app.detail.line);
    for (nth, chunk) in body.chunks(LINE_BYTES).enumerate().skip(top) {
        let Some(line) = row(area, nth - top) else { break };
        let mut hex = String::with_capacity(LINE_BYTES * 3 + 1);
        for (at, byte) in chunk.iter().enumerate() {
            let gap = if at == LINE_BYTES / 2 { " " } else { "" };
            let _ = write!(hex, "{gap}{byte:02x} ");
        }
        let bytes = nth * LINE_BYTES..nth * LINE_BYTES + chunk.len();
        let characters = byte_text::text_of(body, bytes.clone());
        let (offset, hex) = (format!("{:08x}  ", nth * LINE_BYTES), format!("{hex:<HEX_CELLS$}"));
        put_line(
            buffer,
            line,
            &[(&offset, theme.dim), (&hex, theme.number), (&characters, theme.string)],
        );
        let first = hits.partition_point(|it| it.end <= bytes.start);
        for hit in hits[first..].iter().take_while(|it| it.start < bytes.end) {
            for byte in hit.start.max(bytes.start)..hit.end.min(bytes.end) {
                for cells in cells_of_byte(byte - bytes.start) {
                    mark_found(app, cells, line, buffer);
                }
            }
        }
        mark_hit(app, nth, line, buffer);
    }
    draw_place(app, extent.shown(top), lines, area, buffer);
    extent
}
