//! Life line: all callbacks of one message, and its conversation.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::sheet::{draw_place, is_wrapped, wrapped_spans};
use super::{
    StyledText, callback_row, highlight_matches, put_line, row, time_of_day, top_of_wrapped, window,
};
use crate::callback::{Callback, Timestamp, format};
use crate::dashboard::action::Pane;
use crate::dashboard::app::App;
use crate::dashboard::related::{self, Entry};
use crate::dashboard::text::{clean, fit_middle, width};
use crate::dashboard::viewport::Extent;
use crate::dashboard::words;
use crate::history::RowId;
use crate::history::life_line::LifeLine;
use crate::history::row::Row;

/// Bytes of a body that a line shows; there may be hundreds.
const HEAD_BYTES: usize = 4 << 10;
/// Width of the column of symbols.
const SYMBOLS: usize = 3;
/// Width of the column of the time since the first callback.
const AFTER: usize = 10;
/// Width of the column with sender and recipient.
const NAMES: usize = 24;
/// Width of the column of results, and the maximum width of one.
const RESULT: usize = 7;
const MAX_RESULT: usize = 20;

/// Draws the lines, scrolled to the cursor; only those on the screen are read.
pub(super) fn draw(app: &App, id: RowId, area: Rect, buffer: &mut Buffer) -> Extent {
    let Shown { cursor, lines, entry, entries, rows } = shown(app, id, area);
    for (y, (nth, spans)) in rows.iter().enumerate() {
        let Some(line) = row(area, y) else { break };
        let spans: Vec<_> = spans.iter().map(|(text, style)| (&**text, *style)).collect();
        put_line(buffer, line, &spans);
        highlight_matches(app, line, buffer);
        if *nth == cursor && app.focus.pane == Pane::Detail {
            buffer.set_style(line, app.theme.selected);
        }
    }
    draw_place(app, entry..entry + 1, entries, area, buffer);
    Extent::of(area, lines)
}

/// The line that is drawn at a row of an area.
pub(super) fn line_at(app: &App, id: RowId, area: Rect, nth: u16) -> Option<usize> {
    shown(app, id, area).rows.get(usize::from(nth)).map(|(line, _)| *line)
}

/// What fills an area, scrolled to the cursor.
struct Shown {
    /// The line under the cursor.
    cursor: usize,
    /// The number of lines.
    lines: usize,
    /// The place of that line among those that are no headings, and how many there are.
    entry: usize,
    entries: usize,
    /// The line of each row, and its text.
    rows: Vec<(usize, Vec<StyledText>)>,
}

fn shown(app: &App, id: RowId, area: Rect) -> Shown {
    let life = app.detail.life_line(id, app.history().flow());
    let entries = related::entries(&life);
    let at = related::cursor(&entries, app.detail.entry, id);
    let lines: Vec<_> = related::lines(&entries).collect();
    let cursor = lines.iter().position(|it| *it == entries.get(at).copied()).unwrap_or_default();
    let wraps = is_wrapped(app, area);
    let rows_of = |nth: usize| {
        let spans = spans(app, &life, lines[nth], nth, id);
        if wraps { wrapped_spans(&spans, area.width.into()) } else { vec![spans] }
    };
    let height = usize::from(area.height);
    let top = window(cursor, lines.len(), height);
    let top = top_of_wrapped(top..cursor + 1, height, |it| rows_of(it).len());
    let rows = (top..lines.len()).flat_map(|nth| rows_of(nth).into_iter().map(move |it| (nth, it)));
    let rows = rows.take(height).collect();
    Shown { cursor, lines: lines.len(), entry: at, entries: entries.len(), rows }
}

/// The spans of a line: of a heading, the `nth` of all lines, or of a callback.
fn spans(
    app: &App,
    life: &LifeLine,
    line: Option<Entry>,
    nth: usize,
    shown: RowId,
) -> Vec<StyledText> {
    let heading = if nth == 0 { words::THIS_MESSAGE } else { words::IN_THIS_CHAT };
    let Some(entry) = line else {
        return vec![(heading.text(app.settings.lang).to_owned(), app.theme.dim)];
    };
    let flow = app.history().flow();
    let (Some(row), Some(head)) = (flow.row(entry.id), app.head(entry.id, HEAD_BYTES)) else {
        return Vec::new();
    };
    let delivery = &head.delivery;
    let callback = app.decoded(entry.id, delivery, HEAD_BYTES);
    let (lang, theme) = (app.settings.lang, &app.theme);
    let mark = if entry.id == shown { "▸ " } else { "  " };
    let is_partial = callback_row::partial_reason(delivery, &row).is_some();
    let (result, result_style) = callback_row::result(app, &row, is_partial, MAX_RESULT);
    let at = |secs| time_of_day(app, Timestamp::from_secs(secs));
    let names = padded(&names(app, &row, &callback), NAMES);
    let mut spans = vec![(mark.to_owned(), theme.accent)];
    let symbols = callback_row::symbols(app, &row);
    let used: usize = symbols.iter().map(|(it, _)| width(it)).sum();
    spans.extend(symbols.into_iter().map(|(it, style)| (it.to_owned(), style)));
    spans.extend([
        (" ".repeat(SYMBOLS.saturating_sub(used)), Style::new()),
        (time(app, life, entry, &row, &callback), theme.dim),
        (format!("  {names}"), theme.name),
        (format!("  {}", padded(&callback.type_label(lang), 10)), Style::new()),
        (format!("  {}", padded(&result, RESULT)), result_style),
        (format!("  {}", callback.summary(lang, &at)), theme.text),
    ]);
    spans
}

/// In the message the time of arrival, and since the first callback if there are others;
/// in the chat the time of the event.
fn time(app: &App, life: &LifeLine, it: Entry, row: &Row<'_>, callback: &Callback<'_>) -> String {
    if it.in_chat {
        let sent_at = row.msg_time.or_else(|| callback.event_time());
        return time_of_day(app, sent_at.map_or(row.at, Timestamp::from_secs));
    }
    let time = time_of_day(app, row.at);
    if life.events.len() < 2 {
        return time;
    }
    let first = life.events.first().and_then(|it| app.history().flow().row(*it));
    let after = first.map(|it| row.at.since(it.at)).filter(|it| !it.is_zero());
    let after = after.map_or(String::new(), |it| format!(" +{}", format::duration(it)));
    time + &padded(&after, AFTER)
}

/// Sender and recipient in [`NAMES`] cells: a long name gets what the other one leaves.
fn names(app: &App, row: &Row<'_>, callback: &Callback<'_>) -> String {
    let arrow = match callback_row::arrow(row, callback) {
        // Every line has names on both sides.
        "" | "✓" => "→",
        other => other,
    };
    let (from, to) = (app.name(row.from), app.name(row.to));
    let (from, to) = (clean(&from), clean(&to));
    let cells = NAMES.saturating_sub(width(arrow) + 2);
    let left = cells.saturating_sub(width(&to)).max(cells / 2).min(width(&from));
    let (from, to) = (fit_middle(&from, left), fit_middle(&to, cells - left));
    format!("{from} {arrow} {to}")
}

fn padded(text: &str, cells: usize) -> String {
    text.to_owned() + &" ".repeat(cells.saturating_sub(width(text)))
}
