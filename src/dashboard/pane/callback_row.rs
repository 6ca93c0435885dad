//! A row of Flow: one callback.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::columns::{ARROW, Columns, SYMBOL, TIME};
use super::{put, time_of_day};
use crate::callback::{Callback, Timestamp, decode};
use crate::dashboard::app::App;
use crate::dashboard::words;
use crate::history::RowId;
use crate::history::row::{Flags, Row};

/// Draws a row of Flow; nothing if the callback is evicted.
pub(super) fn draw(app: &App, id: RowId, columns: Columns, line: Rect, buffer: &mut Buffer) {
    let flow = app.history().flow();
    let (Some(row), Some(delivery)) = (flow.row(id), app.delivery(id)) else { return };
    let callback = decode(&delivery);
    let (theme, lang) = (&app.theme, app.settings.lang);
    let (symbol, symbol_style) = symbol(app, &row);
    let (result, result_style) = result(app, &row);
    let kind_style = if callback.command.is_some() { theme.text } else { theme.warning };
    let unread = row.unread.map_or_else(|| "–".to_owned(), |it| it.to_string());
    let summary = callback.summary(lang, &|secs| time_of_day(app, Timestamp::from_secs(secs)));
    let message_style = if row.flags.contains(Flags::BROKEN) { theme.failure } else { theme.text };
    let mut x = line.x;
    let mut cell = |cells: u16, gap: u16, text: &str, style: Style| {
        put(buffer, x, line.y, cells.saturating_sub(gap), text, style);
        x += cells;
    };
    cell(SYMBOL, 0, symbol, symbol_style);
    cell(TIME, 1, &time_of_day(app, row.at), theme.dim);
    cell(columns.from, 1, &app.name(row.from), theme.name);
    cell(ARROW, 1, arrow(&row, &callback), theme.dim);
    cell(columns.to, 1, &app.name(row.to), theme.name);
    cell(columns.kind, 1, &callback.type_label(lang), kind_style);
    cell(columns.message, 1, &summary, message_style);
    cell(columns.result, 1, &result, result_style);
    if columns.unread > 0 {
        cell(columns.unread, 0, &format!("{unread:>6}"), theme.number);
    }
}

/// The symbol of the most important flag; the help explains them.
fn symbol(app: &App, row: &Row<'_>) -> (&'static str, Style) {
    let theme = &app.theme;
    let flags = row.flags;
    if app.selection.marked == Some(row.id) {
        ("◆", theme.accent)
    } else if flags.contains(Flags::RESENT) && flags.contains(Flags::TROUBLE) {
        ("→!", theme.failure)
    } else if flags.contains(Flags::RESENT) {
        ("→", theme.accent)
    } else if flags.contains(Flags::REFUSED) {
        ("⊘", theme.failure)
    } else if row.failed() || flags.contains(Flags::BROKEN) {
        ("✗", theme.failure)
    } else if flags.contains(Flags::TROUBLE) {
        ("!", theme.failure)
    } else if flags.contains(Flags::DUPLICATE) {
        ("↺", theme.warning)
    } else if flags.contains(Flags::LATE) {
        ("‹", theme.warning)
    } else if flags.contains(Flags::ODD) {
        ("?", theme.warning)
    } else {
        ("", theme.text)
    }
}

/// The result of the message: a word or its code.
fn result(app: &App, row: &Row<'_>) -> (String, Style) {
    let (theme, lang) = (&app.theme, app.settings.lang);
    if row.flags.contains(Flags::REFUSED) {
        return (words::REFUSED.text(lang).to_owned(), theme.failure);
    }
    if row.flags.contains(Flags::BROKEN) {
        return (words::BROKEN.text(lang).to_owned(), theme.failure);
    }
    match row.result {
        None => ("–".to_owned(), theme.dim),
        Some(0) => (words::OK.text(lang).to_owned(), theme.good),
        Some(code) => match row.other_failures.len() {
            0 => (code.to_string(), theme.failure),
            others => (format!("{code}+{others}"), theme.failure),
        },
    }
}

/// The symbol between the two names: an arrow, or a check mark for a read receipt.
fn arrow(row: &Row<'_>, callback: &Callback<'_>) -> &'static str {
    match row.to {
        "" => "",
        _ if callback.is_read() => "✓",
        _ => "→",
    }
}
