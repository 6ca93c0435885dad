//! The layout of the screen. Drawing reads the app and changes nothing.
//!
//! ```text
//!   header
//!   Flow                │ Unread
//!                       │ Failures
//!                       │ Traffic
//!   Detail
//!   bottom line
//! ```

use ratatui::Frame;
use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::{Constraint, Layout, Rect};
use unicode_width::UnicodeWidthStr;

use super::action::Pane;
use super::app::App;
use super::overlay::Overlay;
use super::pane::{
    bottom, compare, detail, failures, flow, header, help, menu, switchboard, traffic, unread,
    waiting,
};
use super::viewport::{Extent, Viewport};
use crate::callback::lang::localize;

/// The minimum size of the terminal: columns and rows.
pub const SMALLEST: (u16, u16) = (80, 24);

/// Draws the dashboard; returns the extents of what was drawn.
pub fn draw(app: &App, frame: &mut Frame<'_>) -> Viewport {
    let area = frame.area();
    let buffer = frame.buffer_mut();
    let mut viewport = Viewport { overlay: None, ..app.viewport };
    if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
        draw_too_small(app, area, buffer);
        return viewport;
    }
    let [top, middle, last] = area.layout(&Layout::vertical([
        Constraint::Length(1),
        Constraint::Fill(1),
        Constraint::Length(1),
    ]));
    header::draw(app, top, buffer);
    if app.history.seen() == 0 {
        waiting::draw(app, middle, buffer);
    } else if app.focus.zoomed {
        draw_pane(app, app.focus.pane, middle, buffer, &mut viewport);
    } else {
        draw_panes(app, middle, buffer, &mut viewport);
    }
    viewport.overlay = draw_overlay(app, middle, buffer);
    let cursor = bottom::draw(app, last, buffer);
    repaint_wide(buffer);
    if let Some(cursor) = cursor {
        frame.set_cursor_position(cursor);
    }
    viewport
}

/// Draws what is over the panes; returns its extent, if it scrolls.
fn draw_overlay(app: &App, middle: Rect, buffer: &mut Buffer) -> Option<Extent> {
    match &app.overlay {
        Overlay::Help(line, _) => return Some(help::draw(app, *line, middle, buffer)),
        Overlay::CopyMenu => menu::draw_copy(app, middle, buffer),
        Overlay::Save(it) => menu::draw_save(app, it, middle, buffer),
        Overlay::RuleMenu(it) => menu::draw_rules(app, it, middle, buffer),
        Overlay::Switchboard(_) => return Some(switchboard::draw(app, middle, buffer)),
        Overlay::Compare(line) => return compare::draw(app, *line, middle, buffer),
        Overlay::None
        | Overlay::Quit
        | Overlay::Clear
        | Overlay::SendBroken(_)
        | Overlay::Filter(_) => {}
    }
    None
}

/// Draws all panes.
fn draw_panes(app: &App, area: Rect, buffer: &mut Buffer, viewport: &mut Viewport) {
    let side_width = (area.width * 3 / 10).clamp(24, 40);
    let detail_height = (area.height * 3 / 10).clamp(7, 20);
    let [upper, lower] =
        area.layout(&Layout::vertical([Constraint::Fill(1), Constraint::Length(detail_height)]));
    let [left, right] =
        upper.layout(&Layout::horizontal([Constraint::Fill(1), Constraint::Length(side_width)]));
    let traffic_height = if upper.height < 18 { 5 } else { 6 };
    let [first, second, third] = right.layout(&Layout::vertical([
        Constraint::Fill(1),
        Constraint::Fill(1),
        Constraint::Length(traffic_height),
    ]));
    draw_pane(app, Pane::Flow, left, buffer, viewport);
    draw_pane(app, Pane::Unread, first, buffer, viewport);
    draw_pane(app, Pane::Failures, second, buffer, viewport);
    traffic::draw(app, third, buffer);
    draw_pane(app, Pane::Detail, lower, buffer, viewport);
}

fn draw_pane(app: &App, pane: Pane, area: Rect, buffer: &mut Buffer, viewport: &mut Viewport) {
    match pane {
        Pane::Flow => viewport.flow = flow::draw(app, area, buffer),
        Pane::Unread => viewport.unread = unread::draw(app, area, buffer),
        Pane::Failures => viewport.failures = failures::draw(app, area, buffer),
        Pane::Detail => viewport.detail = detail::draw(app, area, buffer),
    }
}

fn draw_too_small(app: &App, area: Rect, buffer: &mut Buffer) {
    let ((columns, rows), Rect { width, height, .. }) = (SMALLEST, area);
    let line = localize!(
        app.settings.lang,
        "imscope needs at least {columns}×{rows} cells; this terminal has {width}×{height}",
        "imscope 至少需要 {columns}×{rows}；当前终端为 {width}×{height}"
    );
    for (row, text) in super::text::wrap(&line, area.width.into()).enumerate() {
        let Ok(row) = u16::try_from(row) else { return };
        if row < area.height {
            buffer.set_stringn(area.x, area.y + row, text, area.width.into(), app.theme.text);
        }
    }
}

/// Marks every row with a wide character to be written completely: ratatui 0.30.2
/// leaves half of a wide character on the screen where it is replaced.
fn repaint_wide(buffer: &mut Buffer) {
    let width = usize::from(buffer.area.width);
    for row in buffer.content.chunks_mut(width) {
        if row.iter().any(|cell| !cell.symbol().is_ascii() && cell.symbol().width() > 1) {
            for cell in row {
                cell.set_diff_option(CellDiffOption::AlwaysUpdate);
            }
        }
    }
}
