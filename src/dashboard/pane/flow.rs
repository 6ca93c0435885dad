//! Flow: the list of callbacks, newest at the bottom.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Span;

use super::columns::{ARROW, Columns, SYMBOL, TIME};
use super::{
    BORDER, Titles, callback_row, framed, highlight_matches, name_cells, put, right_aligned, row,
    waiting, window,
};
use crate::callback::format;
use crate::callback::lang::localize;
use crate::dashboard::action::Pane;
use crate::dashboard::app::App;
use crate::dashboard::rows::Rows;
use crate::dashboard::viewport::{Extent, NameCells};
use crate::dashboard::{text, words};
use crate::history::RowId;

/// The height from which there is space for a head.
const HEAD_HEIGHT: u16 = 5;

/// Draws the pane; returns its extent, and the widest names of this and earlier frames.
pub(in crate::dashboard) fn draw(
    app: &App,
    area: Rect,
    buffer: &mut Buffer,
) -> (Extent, NameCells) {
    let rows = app.rows();
    let name = name(app);
    let inner = area.inner(BORDER);
    let head_height = u16::from(HEAD_HEIGHT <= inner.height);
    let body = Rect { y: inner.y + head_height, height: inner.height - head_height, ..inner };
    let body = waiting::draw_below(app, rows.len(), body, buffer);
    let height = usize::from(body.height);
    let selected = app.selection.callback.map(|id| rows.row_of(id));
    let top = match selected {
        Some(selected) => window(selected, rows.len(), height),
        None => rows.len().saturating_sub(height),
    };
    framed(app, Some(Pane::Flow), titles(app, &rows, &name, top + height), area, buffer);
    let shown = || (top..top + height).map_while(|it| rows.at(it));
    let names = widest_names(app, shown());
    let columns = columns(app, shown(), names, inner.width);
    if 0 < head_height {
        draw_head(app, columns, inner, buffer);
    }
    for nth in 0..height {
        let (Some(line), Some(id)) = (row(body, nth), rows.at(top + nth)) else { break };
        callback_row::draw(app, id, columns, line, buffer);
        highlight_matches(app, line, buffer);
        if selected == Some(top + nth) {
            buffer.set_style(line, selected_style(app));
        }
    }
    if rows.is_empty() && !app.history().is_searching() {
        draw_no_match(app, body, buffer);
    }
    (Extent::list(body, rows.len(), top), names)
}

fn selected_style(app: &App) -> Style {
    match app.focus.pane {
        Pane::Flow => app.theme.selected,
        _ => app.theme.selected_unfocused,
    }
}

/// Draws that nothing matches, and what is probably meant.
fn draw_no_match(app: &App, body: Rect, buffer: &mut Buffer) {
    let text = app.settings.text_with_keys(words::NOTHING_MATCHES);
    put(buffer, body.x + 1, body.y, body.width, &text, app.theme.dim);
    if let Some((remark, line)) = app.remark_without_match().zip(row(body, 1)) {
        put(buffer, line.x + 1, line.y, line.width.saturating_sub(1), &remark, app.theme.warning);
    }
}

/// The widest names of some callbacks and of those that earlier frames showed.
fn widest_names(app: &App, ids: impl Iterator<Item = RowId>) -> NameCells {
    let flow = app.history().flow();
    ids.filter_map(|id| flow.row(id)).fold(app.viewport.names, |widest, row| NameCells {
        from: widest.from.max(name_cells(&app.name(row.from))),
        to: widest.to.max(name_cells(&app.name(row.to))),
    })
}

/// The columns; adds the names of some callbacks to those that have to differ in them.
fn columns(app: &App, ids: impl Iterator<Item = RowId>, names: NameCells, width: u16) -> Columns {
    let columns = Columns::within(width, names);
    let flow = app.history().flow();
    for row in ids.filter_map(|id| flow.row(id)) {
        for (name, cells) in [(row.from, columns.from), (row.to, columns.to)] {
            app.name_cuts.add(&app.name(name), cells.saturating_sub(1));
        }
    }
    columns
}

/// The titles, where `end` is the row after the last one on the screen.
fn titles<'a>(app: &'a App, rows: &Rows<'_>, name: &'a str, end: usize) -> Titles<'a> {
    let lang = app.settings.lang;
    let right = app.filter().map(|filter| {
        let (found, all) = (rows.len() as u64, app.history().flow().len() as u64);
        let (found, all) = (format::grouped(found), format::grouped(all));
        let found = localize!(lang, "{found} of {all}", "{found} / {all}");
        let searching = match app.history().is_searching() {
            true => format!(" · {}", words::SEARCHING.text(lang)),
            false => String::new(),
        };
        let filter = text::clean(app.unless_private(filter.text()));
        let filter = text::fit(&filter, 40);
        Span::styled(format!("{found} · {filter}{searching}"), app.theme.warning)
    });
    Titles { name, right, below: position(app, rows, end) }
}

/// The name of the pane, and the number of marks.
fn name(app: &App) -> Cow<'static, str> {
    let lang = app.settings.lang;
    let (name, marked) = (words::FLOW.text(lang), words::MARKED.text(lang));
    match app.marks.kept(app.history().flow()).count() {
        0 => name.into(),
        count => localize!(lang, "{name} · {count} {marked}", "{name} · {marked} {count}").into(),
    }
}

/// The state of the view: while paused, how many callbacks have arrived since; else
/// that it follows the newest, or how many rows are below those on the screen, from `end`
/// on, and how many of these arrived since the view left the newest; nothing if none are.
fn position<'a>(app: &App, rows: &Rows<'_>, end: usize) -> Option<Span<'a>> {
    let lang = app.settings.lang;
    if let Some(snapshot) = &app.paused {
        let new = format::grouped(app.history().seen() - snapshot.seen());
        let paused = words::PAUSED.text(lang);
        let text = localize!(lang, "{paused} · {new} new", "{paused} · {new} 条新消息");
        return Some(Span::styled(text, app.theme.warning));
    }
    if app.selection.callback.is_none() {
        let word = if app.shows_recording() { words::AT_END } else { words::FOLLOWING };
        let text = format!("{} ▼", word.text(lang));
        return Some(Span::styled(text, app.theme.good));
    }
    let below = rows.len().saturating_sub(end);
    let new = app.selection.left_at.map_or(0, |it| rows.count_from(it)).min(below);
    let [below_text, new_text] = [below, new].map(|it| format::grouped(it as u64));
    let text = match new {
        _ if below == 0 => return None,
        0 => localize!(lang, "↓ {below_text} below", "↓ 下方 {below_text} 条"),
        _ if new == below => localize!(lang, "↓ {new_text} new", "↓ {new_text} 条新消息"),
        _ => localize!(
            lang,
            "↓ {below_text} below, {new_text} new",
            "↓ 下方 {below_text} 条，其中新消息 {new_text} 条"
        ),
    };
    Some(Span::styled(text, app.theme.warning))
}

fn draw_head(app: &App, columns: Columns, line: Rect, buffer: &mut Buffer) {
    let lang = app.settings.lang;
    // Above numbers, which stand at the right.
    let unread = words::COLUMN_UNREAD.text(lang);
    let unread = right_aligned(unread, columns.unread.saturating_sub(1).into());
    let cells = [
        (SYMBOL, ""),
        (TIME, words::COLUMN_TIME.text(lang)),
        (columns.from, words::COLUMN_FROM.text(lang)),
        (ARROW, ""),
        (columns.to, words::COLUMN_TO.text(lang)),
        (columns.kind, words::COLUMN_TYPE.text(lang)),
        (columns.message, words::COLUMN_MESSAGE.text(lang)),
        (columns.result, words::COLUMN_RESULT.text(lang)),
        (columns.unread, &unread),
    ];
    let mut x = line.x;
    for (cells, text) in cells {
        put(buffer, x, line.y, cells, text, app.theme.dim);
        x += cells;
    }
}
