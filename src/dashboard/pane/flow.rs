//! Flow: the callbacks, newest at the bottom.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Span;

use super::{Titles, clock, framed, mark_found, put, row, window};
use crate::callback::format;
use crate::callback::{Callback, decode};
use crate::dashboard::action::Pane;
use crate::dashboard::app::App;
use crate::dashboard::rows::Rows;
use crate::dashboard::text;
use crate::dashboard::viewport::Extent;
use crate::dashboard::words;
use crate::history::RowId;
use crate::history::row::{Flags, Row};

/// Where each column begins, and how wide it is; 0 is not there.
#[derive(Debug, Clone, Copy)]
struct Columns {
    from: u16,
    to: u16,
    kind: u16,
    message: u16,
    result: u16,
    unread: u16,
}

const SIGN: u16 = 2;
const TIME: u16 = 9;
const ARROW: u16 = 2;

impl Columns {
    /// What there is room for: the message comes first, then names, then the
    /// type, then the unread count.
    fn within(width: u16) -> Self {
        let (from, to, kind, unread) = match width {
            0..60 => (8, 8, 0, 0),
            60..76 => (9, 9, 8, 0),
            76..100 => (10, 10, 9, 7),
            _ => (14, 14, 10, 7),
        };
        let result = 8;
        let others = SIGN + TIME + from + ARROW + to + kind + result + unread;
        Self { from, to, kind, message: width.saturating_sub(others), result, unread }
    }
}

pub(in crate::dashboard) fn draw(app: &App, area: Rect, buffer: &mut Buffer) -> Extent {
    let rows = app.rows();
    let inner = framed(app, Some(Pane::Flow), titles(app, &rows), area, buffer);
    let columns = Columns::within(inner.width);
    if let Some(head) = row(inner, 0) {
        draw_head(app, columns, head, buffer);
    }
    let body = Rect { y: inner.y + 1, height: inner.height.saturating_sub(1), ..inner };
    let height = usize::from(body.height);
    let selected = app.selection.callback.map(|id| rows.row_of(id));
    let top = match selected {
        Some(selected) => window(selected, rows.len(), height),
        None => rows.len().saturating_sub(height),
    };
    for nth in 0..height {
        let (Some(line), Some(id)) = (row(body, nth), rows.at(top + nth)) else { break };
        draw_row(app, id, columns, line, buffer);
        mark_found(app, line, buffer);
        if selected == Some(top + nth) {
            let style = match app.focus.pane {
                Pane::Flow => app.theme.selected,
                _ => app.theme.resting,
            };
            buffer.set_style(line, style);
        }
    }
    if rows.is_empty() && !app.is_searching() {
        put(
            buffer,
            body.x + 1,
            body.y,
            body.width,
            words::NOTHING_MATCHES.text(app.settings.lang),
            app.theme.dim,
        );
    }
    Extent { rows: height, lines: rows.len() }
}

fn titles<'a>(app: &'a App, rows: &Rows<'_>) -> Titles<'a> {
    let lang = app.settings.lang;
    let right = app.filter().map(|filter| {
        let (found, of) = (rows.len() as u64, app.history().flow().len() as u64);
        let of =
            format!("{} {} {}", format::grouped(found), words::OF.text(lang), format::grouped(of));
        let searching = match app.is_searching() {
            true => format!(" · {}", words::SEARCHING.text(lang)),
            false => String::new(),
        };
        let filter = match app.pseudonyms {
            Some(_) => "•••".to_owned(),
            None => text::clean(filter.text()).into_owned(),
        };
        Span::styled(format!("{of} · {}{searching}", text::fit(&filter, 40)), app.theme.warning)
    });
    Titles { name: words::FLOW.text(lang), right, below: Some(standing(app, rows)) }
}

/// Whether the view follows, stands still, or what came meanwhile.
fn standing<'a>(app: &App, rows: &Rows<'_>) -> Span<'a> {
    let lang = app.settings.lang;
    if let Some(snapshot) = &app.paused {
        let new = app.history().flow().next().offset_from(snapshot.next()).unwrap_or_default();
        let said = format!(
            "{} · {} {}",
            words::PAUSED.text(lang),
            format::grouped(new as u64),
            words::NEW.text(lang)
        );
        return Span::styled(said, app.theme.warning);
    }
    match app.selection.callback.map(|id| rows.after(id)) {
        None => Span::styled(format!("{} ▼", words::FOLLOWING.text(lang)), app.theme.good),
        Some(new) => {
            let said = format!("↓ {} {}", format::grouped(new as u64), words::NEW.text(lang));
            Span::styled(said, app.theme.warning)
        }
    }
}

fn draw_head(app: &App, columns: Columns, line: Rect, buffer: &mut Buffer) {
    let lang = app.settings.lang;
    let cells = [
        (SIGN, ""),
        (TIME, words::COLUMN_TIME.text(lang)),
        (columns.from, words::COLUMN_FROM.text(lang)),
        (ARROW, ""),
        (columns.to, words::COLUMN_TO.text(lang)),
        (columns.kind, words::COLUMN_TYPE.text(lang)),
        (columns.message, words::COLUMN_MESSAGE.text(lang)),
        (columns.result, words::COLUMN_RESULT.text(lang)),
        (columns.unread, words::COLUMN_UNREAD.text(lang)),
    ];
    let mut x = line.x;
    for (cells, said) in cells {
        put(buffer, x, line.y, cells, said, app.theme.dim);
        x += cells;
    }
}

fn draw_row(app: &App, id: RowId, columns: Columns, line: Rect, buffer: &mut Buffer) {
    let flow = app.history().flow();
    let (Some(facts), Some(delivery)) = (flow.row(id), app.delivery(id)) else { return };
    let callback = decode(&delivery);
    let (theme, lang) = (&app.theme, app.settings.lang);
    let (sign, sign_style) = sign(app, &facts);
    let (result, result_style) = result(app, &facts);
    let kind_style = if callback.command.is_some() { theme.text } else { theme.warning };
    let unread = facts.unread.map_or_else(|| "–".to_owned(), |it| it.to_string());
    let summary =
        callback.summary(lang, &|secs| clock(app, crate::callback::Timestamp::from_secs(secs)));
    let message_style = if facts.flags.has(Flags::BROKEN) { theme.failure } else { theme.text };
    let mut x = line.x;
    let mut cell = |cells: u16, gap: u16, said: &str, style: Style| {
        put(buffer, x, line.y, cells.saturating_sub(gap), said, style);
        x += cells;
    };
    cell(SIGN, 0, sign, sign_style);
    cell(TIME, 1, &clock(app, facts.at), theme.dim);
    cell(columns.from, 1, &app.name(facts.from), theme.name);
    cell(ARROW, 1, arrow(&facts, &callback), theme.dim);
    cell(columns.to, 1, &app.name(facts.to), theme.name);
    cell(columns.kind, 1, &callback.kind_word(lang), kind_style);
    cell(columns.message, 1, &summary, message_style);
    cell(columns.result, 1, &result, result_style);
    if columns.unread > 0 {
        let end = format!("{unread:>6}");
        cell(columns.unread, 0, &end, theme.number);
    }
}

/// A sign or two that tell what is wrong or special, without color.
fn sign(app: &App, facts: &Row<'_>) -> (&'static str, Style) {
    let theme = &app.theme;
    let marks = facts.flags;
    if app.selection.marked == Some(facts.id) {
        ("◆", theme.accent)
    } else if marks.has(Flags::RESENT) && marks.has(Flags::TROUBLE) {
        ("→!", theme.failure)
    } else if marks.has(Flags::RESENT) {
        ("→", theme.accent)
    } else if marks.has(Flags::REFUSED) {
        ("⊘", theme.failure)
    } else if facts.failed() || marks.has(Flags::BROKEN) {
        ("✗", theme.failure)
    } else if marks.has(Flags::TROUBLE) {
        ("!", theme.failure)
    } else if marks.has(Flags::DUPLICATE) {
        ("↺", theme.warning)
    } else if marks.has(Flags::LATE) {
        ("‹", theme.warning)
    } else if marks.has(Flags::ODD) {
        ("?", theme.warning)
    } else {
        ("", theme.text)
    }
}

fn result(app: &App, facts: &Row<'_>) -> (String, Style) {
    let (theme, lang) = (&app.theme, app.settings.lang);
    if facts.flags.has(Flags::REFUSED) {
        return (words::REFUSED.text(lang).to_owned(), theme.failure);
    }
    if facts.flags.has(Flags::BROKEN) {
        return (words::BROKEN.text(lang).to_owned(), theme.failure);
    }
    match facts.result {
        None => ("–".to_owned(), theme.dim),
        Some(0) => (words::OK.text(lang).to_owned(), theme.good),
        Some(code) => (code.to_string(), theme.failure),
    }
}

fn arrow(facts: &Row<'_>, callback: &Callback<'_>) -> &'static str {
    match facts.to {
        "" => "",
        _ if callback.is_read() => "✓",
        _ => "→",
    }
}
