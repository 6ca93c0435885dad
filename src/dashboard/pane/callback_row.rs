//! A row of Flow: one callback.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::columns::{ARROW, Columns, SYMBOL, TIME};
use super::{decision, put, put_line, time_of_day};
use crate::callback::incomplete::PARTIAL;
use crate::callback::{Callback, Delivery, Localized, Timestamp, json};
use crate::dashboard::app::App;
use crate::dashboard::privacy::ROW_BYTES;
use crate::dashboard::words;
use crate::history::RowId;
use crate::history::row::{Flags, Row};

/// Draws a row of Flow; nothing if the callback is evicted.
pub(super) fn draw(app: &App, id: RowId, columns: Columns, line: Rect, buffer: &mut Buffer) {
    let flow = app.history().flow();
    let (Some(row), Some(head)) = (flow.row(id), app.head(id, ROW_BYTES)) else { return };
    let delivery = &head.delivery;
    let callback = app.decoded(id, delivery, ROW_BYTES);
    let (theme, lang) = (&app.theme, app.settings.lang);
    let symbols = Rect { width: line.width.min(SYMBOL), ..line };
    put_line(buffer, symbols, &self::symbols(app, &row));
    // What is only asked for has no unread count: its decision has that space as well.
    let is_before = row.flags.contains(Flags::BEFORE);
    let wide = if is_before { columns.result + columns.unread } else { columns.result };
    // The last column needs no gap.
    let gap = u16::from(columns.unread > 0 && !is_before);
    let partial = partial_reason(delivery, &row);
    let cells = wide.saturating_sub(gap).into();
    let (result, result_style) = result(app, &row, partial.is_some(), cells);
    let kind_style = if callback.command.is_some() { theme.text } else { theme.warning };
    let at = |secs| time_of_day(app, Timestamp::from_secs(secs));
    let reason = delivery.refusal_reason(lang).or(partial.map(|it| it.text(lang).to_owned()));
    let is_wrong = reason.is_some() || row.flags.contains(Flags::BROKEN);
    let rest = if delivery.omitted_bytes == 0 { "" } else { " …" };
    let summary = reason.unwrap_or_else(|| callback.summary(lang, &at) + rest);
    let message_style = if is_wrong { theme.failure } else { theme.text };
    let mut x = symbols.right();
    let mut cell = |cells: u16, gap: u16, text: &str, style: Style| {
        put(buffer, x, line.y, cells.saturating_sub(gap), text, style);
        x += cells;
    };
    cell(TIME, 1, &time_of_day(app, row.at), theme.dim);
    cell(columns.from, 1, &app.name(row.from), theme.name);
    cell(ARROW, 1, arrow(&row, &callback), theme.dim);
    cell(columns.to, 1, &app.name(row.to), theme.name);
    cell(columns.kind, 1, &callback.type_label(lang), kind_style);
    cell(columns.message, 1, &summary, message_style);
    cell(wide, gap, &result, result_style);
    if columns.unread > 0 && !is_before {
        cell(columns.unread, 0, &unread(&row), theme.number);
    }
}

fn unread(row: &Row<'_>) -> String {
    row.unread.map_or_else(|| format!("{:>6}", "–"), |it| format!("{it:>6}"))
}

/// Why only a part of the body was received, if so.
fn partial_reason(delivery: &Delivery, row: &Row<'_>) -> Option<Localized> {
    let is_read = !row.flags.contains(Flags::BROKEN) && 0 < row.size;
    delivery.partial_reason().filter(|_| !is_read)
}

/// The symbols of what the user did with a callback, of its most important flag and
/// of trouble, side by side; the help explains them.
fn symbols(app: &App, row: &Row<'_>) -> Vec<(&'static str, Style)> {
    let theme = &app.theme;
    let has = |flag| row.flags.contains(flag);
    let flag = if has(Flags::REFUSED) {
        Some(("⊘", theme.failure))
    } else if row.failed() || has(Flags::BROKEN) {
        Some(("✗", theme.failure))
    } else if has(Flags::DUPLICATE) {
        Some(("↺", theme.warning))
    } else if has(Flags::OLDER) {
        Some(("‹", theme.warning))
    } else {
        has(Flags::ODD).then_some(("?", theme.warning))
    };
    let marked = app.marks.contains(row.id).then_some(("◆", theme.accent));
    let resent = has(Flags::RESENT).then_some(("→", theme.accent));
    let trouble = has(Flags::TROUBLE).then_some(("!", theme.failure));
    [marked, resent, flag, trouble].into_iter().flatten().collect()
}

/// The result of the message, a word or its code; or the decision about it, within a
/// width.
fn result(app: &App, row: &Row<'_>, is_partial: bool, cells: usize) -> (String, Style) {
    let (theme, lang) = (&app.theme, app.settings.lang);
    if is_partial {
        return (PARTIAL.text(lang).to_owned(), theme.failure);
    }
    if row.flags.contains(Flags::REFUSED) {
        return (words::REFUSED.text(lang).to_owned(), theme.failure);
    }
    if row.flags.contains(Flags::BROKEN) {
        return (json::BROKEN.text(lang).to_owned(), theme.failure);
    }
    if let Some(decision) = decision::word(app, row, cells) {
        return decision;
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

/// The symbol between the two names: a dashed arrow for what has not happened yet, a
/// check mark for a read receipt, two arrows for the callback of a robot, else an arrow.
pub(super) fn arrow(row: &Row<'_>, callback: &Callback<'_>) -> &'static str {
    match row.to {
        _ if row.flags.contains(Flags::BEFORE) => "⇢",
        "" => "",
        _ if callback.is_read() => "✓",
        _ if callback.is_to_robot() => "⇉",
        _ => "→",
    }
}
