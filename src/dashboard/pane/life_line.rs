//! Life line: all callbacks of one message, and its conversation.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::columns::shared_cells;
use super::sheet::{cells_of, draw_place, exceed, is_wrapped, wrapped_spans, wrapping};
use super::{
    StyledText, callback_row, draw_rows, left_aligned, name_cells, time_of_day, top_of_wrapped,
    window,
};
use crate::callback::{Callback, Delivery, Timestamp, format};
use crate::dashboard::app::App;
use crate::dashboard::privacy::ROW_BYTES;
use crate::dashboard::related::{self, Entry};
use crate::dashboard::text::width;
use crate::dashboard::viewport::Extent;
use crate::dashboard::words;
use crate::history::RowId;
use crate::history::life_line::LifeLine;
use crate::history::row::Row;

/// Width of the mark of the callback that is shown, and of the column of symbols.
const MARK: usize = 2;
const SYMBOLS: usize = 3;
/// Between two columns.
const GAP: &str = "  ";
/// Width of a time of day.
const TIME: usize = 8;
/// Width of the column of the time since the first callback.
const AFTER: usize = 10;
/// Width of the arrow between two names.
const ARROW: usize = 3;
/// Width that two names have at least, and that they have before the columns behind them
/// are below them.
const LEAST_NAMES: usize = 12;
const NAMES: usize = 24;
/// Width that the content has at least beside long names.
const CONTENT: usize = 14;
/// Width of the column of types.
const TYPE: usize = 10;
/// Width of the column of results, and the maximum width of one.
const RESULT: usize = 7;
const MAX_RESULT: usize = 20;

/// Draws the lines, scrolled to the cursor; only those on the screen are read.
pub(super) fn draw(app: &App, id: RowId, area: Rect, buffer: &mut Buffer) -> Extent {
    let Shown { cursor, lines, entry, entries, rows } = shown(app, id, area);
    draw_rows(app, &rows, cursor, area, buffer);
    draw_place(app, entry..entry + 1, entries, area, buffer);
    let line = |nth: usize| rows[nth].0;
    let is_cut = |nth: usize| exceed(&rows[nth].1, area.width.into());
    let wrapping = wrapping(0..rows.len(), rows.len(), line, is_cut, is_wrapped(app, area));
    Extent::of(area, lines).wrapping(wrapping)
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
    let near = cursor.saturating_sub(area.height.into())..;
    let near = lines[near].iter().take(2 * usize::from(area.height)).flatten();
    let columns = Columns::of(app, &life, &entries, near, (area.width, wraps));
    let rows_of = |nth: usize| {
        let line = line(app, &life, lines[nth], (nth, id), columns);
        if wraps { line.wrapped(area.width.into()) } else { vec![line.in_one_row()] }
    };
    let height = usize::from(area.height);
    let top = window(cursor, lines.len(), height);
    let top = top_of_wrapped(top..cursor + 1, height, |it| rows_of(it).len());
    let rows = (top..lines.len()).flat_map(|nth| rows_of(nth).into_iter().map(move |it| (nth, it)));
    let rows = rows.take(height).collect();
    Shown { cursor, lines: lines.len(), entry: at, entries: entries.len(), rows }
}

/// The text of a line: what begins it, and what follows, which is wrapped.
struct Line {
    first: Vec<StyledText>,
    rest: Vec<StyledText>,
    /// Whether what follows begins in a row of its own if it does not fit.
    is_stacked: bool,
}

impl Line {
    fn in_one_row(mut self) -> Vec<StyledText> {
        self.first.append(&mut self.rest);
        self.first
    }

    /// The rows of a width; those after the first one are indented.
    fn wrapped(self, cells: usize) -> Vec<Vec<StyledText>> {
        let used = cells_of(&self.first);
        if used + cells_of(&self.rest) <= cells {
            return vec![self.in_one_row()];
        }
        let indent = if self.is_stacked { MARK + SYMBOLS } else { used };
        let rest = wrapped_spans(&self.rest, cells.saturating_sub(indent));
        let mut rows = Vec::new();
        let mut first = self.first;
        for (nth, mut row) in rest.into_iter().enumerate() {
            if nth == 0 && !self.is_stacked {
                first.append(&mut row);
                continue;
            }
            row.insert(0, (" ".repeat(indent), Style::new()));
            rows.push(row);
        }
        rows.insert(0, first);
        rows
    }
}

/// The text of a line: of a heading, the `nth` of all lines, or of a callback.
fn line(
    app: &App,
    life: &LifeLine,
    line: Option<Entry>,
    (nth, shown): (usize, RowId),
    columns: Columns,
) -> Line {
    let heading = if nth == 0 { words::THIS_MESSAGE } else { words::IN_THIS_CHAT };
    let alone = |first| Line { first, rest: Vec::new(), is_stacked: true };
    let Some(entry) = line else {
        return alone(vec![(heading.text(app.settings.lang).to_owned(), app.theme.dim)]);
    };
    let flow = app.history().flow();
    let (Some(row), Some(head)) = (flow.row(entry.id), app.head(entry.id, ROW_BYTES)) else {
        return alone(Vec::new());
    };
    let delivery = &head.delivery;
    let callback = app.decoded(entry.id, delivery, ROW_BYTES);
    let theme = &app.theme;
    let mut first = vec![((if entry.id == shown { "▸ " } else { "  " }).to_owned(), theme.accent)];
    let symbols = callback_row::symbols(app, &row);
    let used: usize = symbols.iter().map(|(it, _)| width(it)).sum();
    first.extend(symbols.into_iter().map(|(it, style)| (it.to_owned(), style)));
    let names = left_aligned(&names(app, &row, &callback, columns), columns.names());
    first.extend([
        (" ".repeat(SYMBOLS.saturating_sub(used)), Style::new()),
        (time(app, life, entry, &row, &callback), theme.dim),
        (format!("{GAP}{names}"), theme.name),
    ]);
    let kind = kind(app, delivery, &row, &callback);
    let summary = callback_row::message(app, delivery, &callback, &row);
    if columns.is_stacked {
        let rest = kind.into_iter().chain([(format!("{GAP}{}", summary.0), summary.1)]).collect();
        return Line { first, rest, is_stacked: true };
    }
    first.extend(kind);
    first.push((GAP.to_owned(), Style::new()));
    Line { first, rest: vec![summary], is_stacked: false }
}

/// The columns of type and result.
fn kind(app: &App, delivery: &Delivery, row: &Row<'_>, callback: &Callback<'_>) -> [StyledText; 2] {
    let is_partial = callback_row::partial_reason(delivery, row).is_some();
    let (result, style) = callback_row::result(app, row, is_partial, MAX_RESULT);
    let label = callback.type_label(app.settings.lang);
    [
        (format!("{GAP}{}", left_aligned(&label, TYPE)), Style::new()),
        (format!("{GAP}{}", left_aligned(&result, RESULT)), style),
    ]
}

/// The widths of the names of sender and recipient.
#[derive(Debug, Clone, Copy)]
struct Columns {
    from: u16,
    to: u16,
    /// Whether type, result and content are below the names where they are wrapped.
    is_stacked: bool,
}

impl Columns {
    /// The widths that the names of all entries need, as far as the content keeps its
    /// least one; and of the entries near the cursor the names, as they have to differ.
    fn of<'e>(
        app: &App,
        life: &LifeLine,
        entries: &[Entry],
        near: impl Iterator<Item = &'e Entry>,
        (width, wraps): (u16, bool),
    ) -> Self {
        let flow = app.history().flow();
        let names =
            |it: &Entry| flow.row(it.id).map(|row| [row.from, row.to].map(|it| app.name(it)));
        let mut widest = [0, 0];
        for [from, to] in entries.iter().filter_map(names) {
            widest = [widest[0].max(name_cells(&from)), widest[1].max(name_cells(&to))];
        }
        let before = MARK + SYMBOLS + TIME + after_cells(life) + GAP.len() + ARROW;
        let behind = TYPE + RESULT + 3 * GAP.len() + CONTENT;
        let space = |others: usize| usize::from(width).saturating_sub(others);
        let natural = usize::from(widest[0] + widest[1]);
        let is_stacked = wraps && space(before + behind) < natural.min(NAMES);
        let names_space = if is_stacked { space(before) } else { space(before + behind) };
        let cells = u16::try_from(names_space.max(LEAST_NAMES)).unwrap_or(u16::MAX);
        let [from, to] = shared_cells(widest, cells);
        for [one, other] in near.filter_map(names) {
            app.name_cuts.add(&one, from);
            app.name_cuts.add(&other, to);
        }
        Self { from, to, is_stacked }
    }

    fn names(self) -> usize {
        usize::from(self.from + self.to) + ARROW
    }
}

/// In the message the time of arrival, and since the first callback if there are others;
/// in the chat the time of the event, or with `~` that of arrival if there is none.
fn time(app: &App, life: &LifeLine, it: Entry, row: &Row<'_>, callback: &Callback<'_>) -> String {
    let sent_at = row.msg_time.or_else(|| callback.event_time()).map(Timestamp::from_secs);
    let (at, mark) = match sent_at {
        Some(at) if it.in_chat => (at, ""),
        _ if it.in_chat => (row.at, "~"),
        _ => (row.at, ""),
    };
    let first = life.events.first().and_then(|it| app.history().flow().row(*it));
    let after = first.map(|it| row.at.since(it.at)).filter(|after| !it.in_chat && !after.is_zero());
    let after = after.map_or(mark.to_owned(), |it| format!(" +{}", format::duration(it)));
    time_of_day(app, at) + &left_aligned(&after, after_cells(life))
}

/// Width of the column of the time since the first callback, or of the mark of a time of
/// arrival.
fn after_cells(life: &LifeLine) -> usize {
    if life.events.len() < 2 { 1 } else { AFTER }
}

/// Sender and recipient, each cut to its column.
fn names(app: &App, row: &Row<'_>, callback: &Callback<'_>, columns: Columns) -> String {
    let arrow = match callback_row::arrow(row, callback) {
        // Every line has names on both sides.
        "" | "✓" => "→",
        other => other,
    };
    let cut = |name: &str, cells| app.name_cuts.cut(&app.name(name), cells);
    format!("{} {arrow} {}", cut(row.from, columns.from), cut(row.to, columns.to))
}
