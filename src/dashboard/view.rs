//! Draws the screen: its parts in their areas. Drawing reads the app and changes
//! nothing.

use ratatui::Frame;
use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use super::action::{PANES, Pane};
use super::app::App;
use super::layout::{Layout, SMALLEST};
use super::overlay::Overlay;
use super::pane::{
    bottom, compare, detail, failures, filter_list, flow, header, help, language, menu, page,
    switchboard, timeline, traffic, unread, waiting,
};
use super::prompt::FilterLine;
use super::sign_set::{SignSet, replace_signs};
use super::viewport::{Popup, Viewport};
use crate::callback::lang::localize;

/// Draws the dashboard; returns the extents of what was drawn.
pub fn draw(app: &App, frame: &mut Frame<'_>) -> Viewport {
    let area = frame.area();
    let buffer = frame.buffer_mut();
    let layout = Layout::of(area);
    let mut viewport = Viewport { overlay: None, layout, drawn: Layout::default(), ..app.viewport };
    let Some(layout) = layout else {
        draw_too_small(app, area, buffer);
        finish(app, buffer);
        return viewport;
    };
    viewport.shows_silence = header::draw(app, layout.header, buffer);
    if app.history.seen() == 0 {
        waiting::draw(app, layout.middle, buffer);
    } else if let Some(page) = &app.page {
        viewport.page = page::draw(app, page, layout.middle, buffer);
    } else {
        let zoomed = app.focus.zoomed.then(|| layout.zoomed(app.focus.pane));
        viewport.drawn = zoomed.unwrap_or(layout);
        draw_panes(app, viewport.drawn, buffer, &mut viewport);
    }
    viewport.overlay = draw_overlay(app, layout.middle, buffer);
    let input = bottom::draw(app, &viewport, layout.bottom, buffer);
    viewport.choices = input.choices;
    finish(app, buffer);
    if let Some(cursor) = input.cursor {
        frame.set_cursor_position(cursor);
    }
    viewport
}

/// Draws the panes that have an area.
fn draw_panes(app: &App, layout: Layout, buffer: &mut Buffer, viewport: &mut Viewport) {
    if let Some(area) = layout.unread {
        unread::add_names(app, area);
    }
    for pane in PANES {
        let Some(area) = layout.area(pane) else { continue };
        match pane {
            Pane::Flow => (viewport.flow, viewport.names) = flow::draw(app, area, buffer),
            Pane::Unread => viewport.unread = unread::draw(app, area, buffer),
            Pane::Failures => viewport.failures = failures::draw(app, area, buffer),
            Pane::Detail => viewport.detail = detail::draw(app, area, buffer),
            Pane::Timeline => timeline::draw(app, area, buffer),
        }
    }
    if let Some(area) = layout.traffic {
        traffic::draw(app, area, buffer);
    }
}

/// Draws what is open over the panes; returns where.
fn draw_overlay(app: &App, area: Rect, buffer: &mut Buffer) -> Option<Popup> {
    if let Some(line) = app.overlay.filter_line().and_then(FilterLine::page) {
        return Some(language::draw(app, line, area, buffer));
    }
    match &app.overlay {
        Overlay::Help(it) => return Some(help::draw(app, it, area, buffer)),
        Overlay::Switchboard(_) => return Some(switchboard::draw(app, area, buffer)),
        Overlay::Compare(line) => return Some(compare::draw(app, *line, area, buffer)),
        Overlay::Filters(list) => return Some(filter_list::draw(app, list, area, buffer)),
        Overlay::CopyMenu | Overlay::Save(_) | Overlay::RuleMenu(_) => {
            return menu::draw(app, area, buffer);
        }
        Overlay::None
        | Overlay::Quit
        | Overlay::Clear
        | Overlay::SendBroken(_)
        | Overlay::FirstRule(_)
        | Overlay::Time(_)
        | Overlay::Filter(_) => {}
    }
    None
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

/// Makes the cells ready for the terminal.
fn finish(app: &App, buffer: &mut Buffer) {
    if app.settings.signs == SignSet::Ascii {
        replace_signs(buffer);
    }
    repaint_wide(buffer);
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
