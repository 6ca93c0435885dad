//! Draws lines of the guide.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::sheet::draw_place;
use super::{put, row};
use crate::dashboard::app::App;
use crate::dashboard::guide::lines::{Lines, Match, Part, Role};
use crate::dashboard::viewport::Extent;

/// The cells for lines in a frame with this area inside.
pub(super) fn cells(inner: Rect) -> u16 {
    inner.width.saturating_sub(2)
}

/// Draws lines from one on, and which of them are shown.
pub(super) fn draw(app: &App, lines: &Lines, top: usize, inner: Rect, buffer: &mut Buffer) {
    let theme = &app.theme;
    for (parts, line) in shown(lines, top, inner) {
        for part in parts {
            let style = match part.role {
                Role::Heading => theme.strong,
                Role::Name => theme.key,
                Role::Example => theme.text,
                Role::Meaning => theme.dim,
            };
            let area = columns(line, part.x..line.width.into());
            put(buffer, area.x, area.y, area.width, lines.text(part), style);
        }
    }
    draw_place(app, Extent::of(inner, lines.len()).shown(top), lines.len(), inner, buffer);
}

/// Gives the matches in the lines from one on a style.
pub(super) fn mark(
    lines: &Lines,
    matches: &[Match],
    style: Style,
    (top, inner): (usize, Rect),
    buffer: &mut Buffer,
) {
    for (part, line) in
        shown(lines, top, inner).flat_map(|(it, line)| it.iter().map(move |it| (it, line)))
    {
        let found = matches.iter().filter_map(|it| lines.columns(part, it));
        found.for_each(|it| buffer.set_style(columns(line, it), style));
    }
}

/// The lines from one on, each with its area.
fn shown(lines: &Lines, top: usize, inner: Rect) -> impl Iterator<Item = (&[Part], Rect)> {
    let area = Rect { x: inner.x + 1, width: cells(inner), ..inner };
    lines.from(top).enumerate().map_while(move |(nth, it)| Some((it, row(area, nth)?)))
}

/// Some columns of a line.
fn columns(line: Rect, columns: Range<usize>) -> Rect {
    let cells = |it: usize| u16::try_from(it).unwrap_or(u16::MAX).min(line.width);
    let (from, to) = (cells(columns.start), cells(columns.end));
    Rect { x: line.x + from, width: to - from, ..line }
}
