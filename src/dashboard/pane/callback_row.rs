//! A row of Flow: one callback.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::columns::{ARROW, Columns, SYMBOL, TIME};
use super::{decision, put, put_line, right_aligned, time_of_day};
use crate::callback::incomplete::PARTIAL;
use crate::callback::message::ElementType;
use crate::callback::{Callback, Delivery, Localized, Timestamp, code, json, result_word};
use crate::dashboard::app::App;
use crate::dashboard::privacy::ROW_BYTES;
use crate::history::row::{Flags, Row};
use crate::history::{RowId, sign};

/// The sign of a marked callback.
pub(in crate::dashboard) const MARKED: &str = "◆";

/// Draws a row of Flow; nothing if the callback is evicted.
pub(super) fn draw(app: &App, id: RowId, columns: Columns, line: Rect, buffer: &mut Buffer) {
    let flow = app.history().flow();
    let (Some(row), Some(head)) = (flow.row(id), app.head(id, ROW_BYTES)) else { return };
    let callback = app.decoded(id, &head.delivery, ROW_BYTES);
    let (theme, lang) = (&app.theme, app.settings.lang);
    let symbols = Rect { width: line.width.min(SYMBOL), ..line };
    put_line(buffer, symbols, &self::symbols(app, &row));
    let mut x = symbols.right();
    let mut cell = |cells: u16, gap: u16, text: &str, style: Style| {
        put(buffer, x, line.y, cells.saturating_sub(gap), text, style);
        x += cells;
    };
    let name = |it: &str, cells: u16| app.name_cuts.cut(&app.name(it), cells.saturating_sub(1));
    cell(TIME, 1, &time_of_day(app, row.at), theme.dim);
    cell(columns.from, 1, &name(row.from, columns.from), theme.name);
    cell(ARROW, 1, arrow(&row, &callback), theme.dim);
    cell(columns.to, 1, &name(row.to, columns.to), theme.name);
    let kind = callback.type_label(lang);
    let kind_style = if callback.command.is_some() { theme.text } else { theme.warning };
    cell(columns.kind, 1, &kind, kind_style);
    let (message, style) = message(app, &head.delivery, &callback, &row);
    let message = match columns.kind == 0 && style != theme.failure && !is_text(&callback) {
        true => [kind, message].join(" "),
        false => message,
    };
    cell(columns.message, 1, &message, style);
    // What is only asked for has no unread count: its decision has that space as well.
    let is_before = row.flags.contains(Flags::BEFORE);
    let wide = if is_before { columns.result + columns.unread } else { columns.result };
    // The last column needs no gap.
    let gap = u16::from(columns.unread > 0 && !is_before);
    let is_partial = partial_reason(&head.delivery, &row).is_some();
    let (result, style) = result(app, &row, is_partial, wide.saturating_sub(gap).into());
    cell(wide, gap, &result, style);
    if columns.unread > 0 && !is_before {
        cell(columns.unread, 1, &unread(&row, columns.unread - 1), theme.number);
    }
}

/// A callback as a sentence: what the cells of its row show, and what its code means;
/// `None` if it is evicted.
pub(in crate::dashboard) fn sentence(app: &App, id: RowId) -> Option<String> {
    let (row, head) = (app.history().flow().row(id)?, app.head(id, ROW_BYTES)?);
    let callback = app.decoded(id, &head.delivery, ROW_BYTES);
    let lang = app.settings.lang;
    let kind = if is_text(&callback) { String::new() } else { callback.type_label(lang) };
    let (message, _) = message(app, &head.delivery, &callback, &row);
    let is_partial = partial_reason(&head.delivery, &row).is_some();
    let (result, _) = result(app, &row, is_partial, usize::MAX);
    let meaning = row.result.and_then(|it| code::find(it.into()));
    let meaning = meaning.map_or("", |it| it.meaning().text(lang));
    let [from, to] = [row.from, row.to].map(|it| app.name(it));
    let arrow = arrow(&row, &callback);
    let words = [&*from, arrow, &*to, &kind, &message, "·", &result, meaning];
    Some(words.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" "))
}

/// The content of a callback, or why it was refused or received in part.
pub(super) fn message(
    app: &App,
    delivery: &Delivery,
    callback: &Callback<'_>,
    row: &Row<'_>,
) -> (String, Style) {
    let (theme, lang) = (&app.theme, app.settings.lang);
    let partial = partial_reason(delivery, row).map(|it| it.text(lang).to_owned());
    if let Some(reason) = delivery.refusal_reason(lang).or(partial) {
        return (reason, theme.failure);
    }
    let at = |secs| time_of_day(app, Timestamp::from_secs(secs));
    let rest = if delivery.omitted_bytes == 0 { "" } else { " …" };
    if let Some(text) = app.recalled_text(row) {
        return (text, theme.dim);
    }
    let is_broken = row.flags.contains(Flags::BROKEN);
    let style = if is_broken { theme.failure } else { theme.text };
    (callback.summary(lang, &at) + rest, style)
}

/// Whether a callback is about one text alone, so that its content shows what it is.
fn is_text(callback: &Callback<'_>) -> bool {
    let elements = callback.elements.as_slice();
    matches!(elements, [it] if it.kind == ElementType::Text) && !callback.is_edit()
}

fn unread(row: &Row<'_>, cells: u16) -> String {
    let count = row.unread.map_or_else(|| "–".to_owned(), |it| it.to_string());
    right_aligned(&count, cells.into())
}

/// Why only a part of the body was received, if so.
pub(super) fn partial_reason(delivery: &Delivery, row: &Row<'_>) -> Option<Localized> {
    delivery.partial_reason().filter(|_| row.is_unread())
}

/// The symbols of what the user did with a callback, of its most important flag and
/// of trouble, side by side; the help explains them.
pub(super) fn symbols(app: &App, row: &Row<'_>) -> Vec<(&'static str, Style)> {
    let theme = &app.theme;
    let has = |flag| row.flags.contains(flag);
    let flag = if has(Flags::REFUSED) {
        Some((sign::REFUSED, theme.failure))
    } else if row.failed() || has(Flags::BROKEN) {
        Some((sign::FAILED, theme.failure))
    } else if has(Flags::DUPLICATE) {
        Some((sign::DUPLICATE, theme.warning))
    } else if has(Flags::OLDER) {
        Some((sign::OLDER, theme.warning))
    } else {
        has(Flags::ODD).then_some((sign::ODD, theme.warning))
    };
    let marked = app.marks.contains(row.id).then_some((MARKED, theme.accent));
    let resent = has(Flags::RESENT).then_some((sign::RESENT, theme.accent));
    let trouble = has(Flags::TROUBLE).then_some((sign::TROUBLE, theme.failure));
    [marked, resent, flag, trouble].into_iter().flatten().collect()
}

/// The result of the message, a word or its code; or the decision about it, within a
/// width.
pub(super) fn result(app: &App, row: &Row<'_>, is_partial: bool, cells: usize) -> (String, Style) {
    let (theme, lang) = (&app.theme, app.settings.lang);
    if is_partial {
        return (PARTIAL.text(lang).to_owned(), theme.failure);
    }
    if row.flags.contains(Flags::REFUSED) {
        return (result_word::REFUSED.text(lang).to_owned(), theme.failure);
    }
    if row.flags.contains(Flags::BROKEN) {
        return (json::BROKEN.text(lang).to_owned(), theme.failure);
    }
    if let Some(decision) = decision::word(app, row, cells) {
        return decision;
    }
    if row.flags.contains(Flags::RESENT) && row.flags.contains(Flags::BEFORE) {
        return (result_word::NO_REPLY.text(lang).to_owned(), theme.failure);
    }
    match row.result {
        None => ("–".to_owned(), theme.dim),
        Some(0) => (result_word::OK.text(lang).to_owned(), theme.good),
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
        _ if row.flags.contains(Flags::BEFORE) => sign::BEFORE,
        "" => "",
        _ if callback.is_read() => sign::READ,
        _ if callback.is_to_robot() => sign::TO_ROBOT,
        _ => "→",
    }
}
