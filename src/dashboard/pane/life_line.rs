//! Life line: all callbacks of one message, and its conversation.

use ratatui::style::Style;

use super::sheet::Sheet;
use super::{callback_row, decision, time_of_day};
use crate::callback::{Timestamp, format};
use crate::dashboard::app::App;
use crate::dashboard::text::{fit, width};
use crate::dashboard::viewport::Extent;
use crate::dashboard::words;
use crate::history::RowId;
use crate::history::row::Flags;

/// Bytes of a body that a line shows; there may be hundreds.
const HEAD_BYTES: usize = 4 << 10;
/// Lines above the shown ones that are read as well.
const WRAPPED: usize = 8;
/// Width of the column with sender and recipient.
const NAMES: usize = 24;
/// Maximum width of a decision.
const DECISION: usize = 20;

/// Writes the lines; only those that `rows` rows show are read, the others are blank.
pub(super) fn write(app: &App, id: RowId, rows: usize, sheet: &mut Sheet) {
    let lang = app.settings.lang;
    let life = app.detail.life_line(id, app.history().flow());
    let first = life.events.first().and_then(|it| app.history().flow().row(*it)).map(|it| it.at);
    let chat = if 1 < life.chat.len() { &life.chat[..] } else { &[] };
    let headings = if chat.is_empty() { 1 } else { 2 };
    let lines = headings + life.events.len() + chat.len();
    let top = Extent { rows, lines, ..Extent::default() }.top(app.detail.line);
    // A heading may be wrapped into a few lines.
    let shown = top.saturating_sub(WRAPPED)..top + rows;
    heading(app, words::THIS_MESSAGE.text(lang), sheet);
    let mut at = 0;
    let mut write = |event, first, sheet: &mut Sheet| {
        at += 1;
        match shown.contains(&at) {
            true => write_event(app, event, id, first, sheet),
            false => sheet.line(Vec::new()),
        }
    };
    life.events.iter().for_each(|it| write(*it, first, sheet));
    if !chat.is_empty() {
        heading(app, words::IN_THIS_CHAT.text(lang), sheet);
    }
    for it in chat {
        write(*it, None, sheet);
    }
}

fn heading(app: &App, text: &str, sheet: &mut Sheet) {
    sheet.line(vec![(text.to_owned(), app.theme.dim)]);
}

/// A callback: time, time since the `first` one, sender and recipient, summary.
/// `id` is the callback in the detail pane.
fn write_event(app: &App, event: RowId, id: RowId, first: Option<Timestamp>, sheet: &mut Sheet) {
    let flow = app.history().flow();
    let (Some(row), Some(head)) = (flow.row(event), app.head(event, HEAD_BYTES)) else {
        return;
    };
    let callback = app.decoded(event, &head.delivery, HEAD_BYTES);
    let (lang, theme) = (app.settings.lang, &app.theme);
    let cursor = if event == id { "▸ " } else { "  " };
    let time = match first {
        Some(_) => row.at,
        None => {
            let sent_at = row.msg_time.or_else(|| callback.event_time());
            sent_at.map_or(row.at, Timestamp::from_secs)
        }
    };
    let after = first.map(|it| row.at.since(it)).filter(|it| !it.is_zero());
    let after = after.map_or(String::new(), |it| format!(" +{}", format::duration(it)));
    let arrow = match callback_row::arrow(&row, &callback) {
        // Every line has names on both sides.
        "" | "✓" => "→",
        other => other,
    };
    let names = format!("{} {arrow} {}", app.name(row.from), app.name(row.to));
    let decision = decision::word(app, &row, DECISION).unwrap_or_default();
    let older = if row.flags.contains(Flags::OLDER) { "‹ " } else { "" };
    let at = |secs| time_of_day(app, Timestamp::from_secs(secs));
    sheet.line(vec![
        (cursor.to_owned(), theme.accent),
        (time_of_day(app, time), theme.dim),
        (padded(&after, if first.is_some() { 10 } else { 0 }), theme.dim),
        (format!("  {}", padded(&fit(&names, NAMES), NAMES)), theme.name),
        (format!("  {}", padded(&callback.type_label(lang), 10)), Style::new()),
        (if decision.0.is_empty() { decision.0 } else { format!("  {}", decision.0) }, decision.1),
        (format!("  {older}"), theme.warning),
        (callback.summary(lang, &at), theme.text),
    ]);
}

fn padded(text: &str, cells: usize) -> String {
    text.to_owned() + &" ".repeat(cells.saturating_sub(width(text)))
}
