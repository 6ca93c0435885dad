//! Draws lines of the guide.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::sheet::draw_place;
use super::{put, row};
use crate::dashboard::app::App;
use crate::dashboard::guide::lines::{Lines, Role};
use crate::dashboard::viewport::Extent;

/// The cells for lines in a frame with this area inside.
pub(super) fn cells(inner: Rect) -> u16 {
    inner.width.saturating_sub(2)
}

/// Draws lines from one on, and which of them are shown.
pub(super) fn draw(app: &App, lines: &Lines, top: usize, inner: Rect, buffer: &mut Buffer) {
    let theme = &app.theme;
    for (nth, parts) in lines.from(top).enumerate() {
        let Some(line) = row(inner, nth) else { break };
        for part in parts {
            let style = match part.role {
                Role::Heading => theme.strong,
                Role::Name => theme.key,
                Role::Example => theme.text,
                Role::Meaning => theme.dim,
            };
            let x = line.x + 1 + u16::try_from(part.x).unwrap_or(u16::MAX).min(cells(inner));
            let cells = (line.x + 1 + cells(inner)).saturating_sub(x);
            put(buffer, x, line.y, cells, lines.text(part), style);
        }
    }
    draw_place(app, Extent::of(inner, lines.len()).shown(top), lines.len(), inner, buffer);
}
