//! The panes, one file each, and the functions they draw with.
//!
//! Rows are written into the buffer directly, not as widgets: each text from the
//! network passes [`put`], which sanitizes it, and only visible rows are built.

pub(super) mod header;
mod columns;
pub(super) mod decision;
pub(super) mod callback_row;
pub(super) mod flow;
pub(super) mod unread;
pub(super) mod failures;
pub(super) mod traffic;
pub(super) mod timeline;
pub(super) mod detail;
mod sheet;
mod message;
pub(super) mod content;
pub(super) mod tree;
mod payload;
mod call;
mod life_line;
mod hints;
pub(super) mod bottom;
mod input;
mod choices;
pub(super) mod filter_list;
mod guide;
pub(super) mod language;
pub(super) mod help;
pub(super) mod menu;
pub(super) mod switchboard;
pub(super) mod compare;
pub(super) mod page;
mod chart;
mod user_page;
mod code_page;
pub(super) mod breakdown;
pub(super) mod waiting;

use std::borrow::Cow;
use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Margin, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Clear, Widget};

use super::action::Pane;
use super::app::App;
use super::text;
use super::viewport::Extent;
use super::words;
use crate::callback::lang::localize;
use crate::callback::{Localized, Timestamp, format};

/// Bytes of a text that are read for a cell: a character with many marks.
const CELL_BYTES: usize = 64;

/// The border of a pane.
const BORDER: Margin = Margin::new(1, 1);

/// A text in one style, not sanitized yet.
type StyledText = (String, Style);

/// Draws the border of a pane with its titles; returns the area inside.
fn framed(
    app: &App,
    pane: Option<Pane>,
    titles: Titles<'_>,
    area: Rect,
    buffer: &mut Buffer,
) -> Rect {
    let focused = pane.is_some_and(|it| it == app.focus.pane);
    let (border, title) = match focused {
        true => (app.theme.accent, app.theme.strong.patch(app.theme.accent)),
        false => (app.theme.border, app.theme.strong),
    };
    let mut block = Block::bordered()
        .border_type(BorderType::Rounded)
        .border_style(border)
        .title_top(Line::styled(format!(" {} ", titles.name), title));
    if let Some(right) = titles.right {
        block = block.title_top(Line::from(vec![" ".into(), right, " ".into()]).right_aligned());
    }
    if let Some(below) = titles.below {
        block = block.title_bottom(Line::from(vec![" ".into(), below, " ".into()]).right_aligned());
    }
    let inner = block.inner(area);
    block.render(area, buffer);
    inner
}

/// The name of a pane that shows all callbacks, also while Flow is filtered.
fn name_of_all(app: &App, name: Localized) -> Cow<'static, str> {
    let (name, all) = (name.text(app.settings.lang), words::OF_ALL.text(app.settings.lang));
    if app.filter().is_some() { format!("{name} · {all}").into() } else { name.into() }
}

/// Clears the area of what is drawn over the panes. A wide character that begins left
/// of it becomes a space: terminals draw its second half over the first column.
fn clear(area: Rect, buffer: &mut Buffer) {
    Clear.render(area, buffer);
    let Some(left) = area.x.checked_sub(1) else { return };
    for y in area.top()..area.bottom() {
        if let Some(cell) = buffer.cell_mut((left, y)).filter(|it| 1 < text::width(it.symbol())) {
            cell.set_symbol(" ");
        }
    }
}

/// The titles in the border of a pane: top left, top right, bottom right.
#[derive(Default)]
struct Titles<'a> {
    name: &'a str,
    right: Option<Span<'a>>,
    below: Option<Span<'a>>,
}

/// Writes text into a row, with control characters replaced and cut to `cells`;
/// returns the width in cells.
fn put(buffer: &mut Buffer, x: u16, y: u16, cells: u16, text: &str, style: Style) -> u16 {
    // No more is read than fills the cells.
    let text = &text[..text.floor_char_boundary((usize::from(cells) + 1) * CELL_BYTES)];
    let clean = text::clean(text);
    let fitted = text::fit(&clean, cells.into());
    let (end, _) = buffer.set_stringn(x, y, &fitted, cells.into(), style);
    end - x
}

/// Writes text into a row like [`put`], but cut in the middle; returns the width in cells.
fn put_middle(buffer: &mut Buffer, x: u16, y: u16, cells: u16, text: &str, style: Style) -> u16 {
    // No more is read of each end than fills the cells.
    let bytes = (usize::from(cells) + 1) * CELL_BYTES;
    if text.len() <= 2 * bytes {
        let fitted = text::clean(text);
        return put(buffer, x, y, cells, &text::fit_middle(&fitted, cells.into()), style);
    }
    let (head, tail) =
        (text.floor_char_boundary(bytes), text.ceil_char_boundary(text.len() - bytes));
    let ends = [&text[..head], &text[tail..]].concat();
    put(buffer, x, y, cells, &text::fit_middle(&text::clean(&ends), cells.into()), style)
}

/// Writes a name into a row, cut to what it differs in from others; returns the width in
/// cells.
fn put_name(
    app: &App,
    buffer: &mut Buffer,
    at: (u16, u16),
    cells: u16,
    name: &str,
    style: Style,
) -> u16 {
    put(buffer, at.0, at.1, cells, &app.name_cuts.cut(name, cells), style)
}

/// The width of a name in cells, as far as a column is that wide.
fn name_cells(name: &str) -> u16 {
    let longest = usize::from(columns::LONGEST_NAME);
    let name = &name[..name.floor_char_boundary((longest + 1) * CELL_BYTES)];
    u16::try_from(text::width(&text::clean(name)).min(longest)).unwrap_or(columns::LONGEST_NAME)
}

/// The text at the left end of a width.
fn left_aligned(text: &str, cells: usize) -> String {
    format!("{text}{}", " ".repeat(cells.saturating_sub(text::width(text))))
}

/// The text at the right end of a width.
fn right_aligned(text: &str, cells: usize) -> String {
    format!("{}{text}", " ".repeat(cells.saturating_sub(text::width(text))))
}

/// Writes spans one after another into a row, cut at its end; returns the width
/// in cells.
fn put_line(buffer: &mut Buffer, area: Rect, spans: &[(&str, Style)]) -> u16 {
    let mut x = area.x;
    for (text, style) in spans {
        x += put(buffer, x, area.y, area.right().saturating_sub(x), text, *style);
    }
    x - area.x
}

/// Highlights the matches of the filter in a row.
fn highlight_matches(app: &App, area: Rect, buffer: &mut Buffer) {
    let Some(filter) = app.filter() else { return };
    let mut text = String::new();
    let mut cells = Vec::new();
    let mut x = area.x;
    while x < area.right() {
        let Some(cell) = buffer.cell((x, area.y)) else { return };
        let symbol = cell.symbol();
        cells.push((text.len(), x));
        text.push_str(symbol);
        x += u16::try_from(text::width(symbol)).unwrap_or(1).max(1);
    }
    for range in filter.highlights(&text) {
        for (_, x) in cells.iter().filter(|(at, _)| range.contains(at)) {
            let width = u16::from(*x + 1 < area.right());
            let cell = Rect { x: *x, y: area.y, width: width.max(1), height: 1 };
            buffer.set_style(cell, app.theme.found);
        }
    }
}

/// The title at the bottom of a page: its state, and which lines of a list are shown if not
/// all are.
fn title_below(app: &App, mut parts: Vec<String>, list: Extent) -> Option<Span<'static>> {
    let style = if parts.is_empty() { app.theme.dim } else { app.theme.warning };
    parts.extend(
        sheet::place(list.shown(list.first), list.lines).filter(|_| list.rows < list.lines),
    );
    (!parts.is_empty()).then(|| Span::styled(parts.join(" · "), style))
}

/// Draws rows of the detail, each with the number of its line: those of the line under the
/// cursor are selected.
fn draw_rows(
    app: &App,
    rows: &[(usize, Vec<StyledText>)],
    cursor: usize,
    area: Rect,
    buffer: &mut Buffer,
) {
    for (y, (nth, spans)) in rows.iter().enumerate() {
        let Some(line) = row(area, y) else { break };
        let spans: Vec<_> = spans.iter().map(|(text, style)| (&**text, *style)).collect();
        put_line(buffer, line, &spans);
        highlight_matches(app, line, buffer);
        if *nth == cursor && app.focus.pane == Pane::Detail {
            buffer.set_style(line, app.theme.selected);
        }
    }
}

/// Row `nth` of an area, from 0; `None` below its end.
fn row(area: Rect, nth: usize) -> Option<Rect> {
    let nth = u16::try_from(nth).ok().filter(|it| *it < area.height)?;
    Some(Rect { y: area.y + nth, height: 1, ..area })
}

/// The first of `height` visible rows of a list of `len`, such that `cursor` is
/// visible, in the middle if possible, and no row is empty at the end.
fn window(cursor: usize, len: usize, height: usize) -> usize {
    cursor.saturating_sub(height / 2).min(len.saturating_sub(height))
}

/// The first line to draw of a range whose last one has to be within `height` rows, where
/// a line takes a number of `rows`.
fn top_of_wrapped(lines: Range<usize>, height: usize, rows: impl Fn(usize) -> usize) -> usize {
    let mut used = 0;
    let fits = |it: &usize| {
        used += rows(*it);
        used <= height
    };
    let last = lines.end.saturating_sub(1);
    lines.rev().take_while(fits).last().unwrap_or(last)
}

/// The time of day in the time zone of the settings.
fn time_of_day(app: &App, at: Timestamp) -> String {
    if at == Timestamp(0) {
        // A bare body without any time.
        return "–".to_owned();
    }
    format::time_of_day(at, &app.settings.zone)
}

/// A number of callbacks with its word.
fn callbacks(app: &App, count: u64) -> String {
    let (s, count) = (if count == 1 { "" } else { "s" }, format::grouped(count));
    localize!(app.settings.lang, "{count} callback{s}", "{count} 条回调")
}

/// A time in a format of `strftime`, in the time zone of the settings.
fn formatted(app: &App, at: Timestamp, form: &str) -> String {
    let Ok(stamp) = jiff::Timestamp::from_microsecond(at.0) else { return "–".to_owned() };
    stamp.to_zoned(app.settings.zone.clone()).strftime(form).to_string()
}

/// Date, time and UTC offset; `secs` since the Unix epoch.
fn date(app: &App, secs: i64) -> String {
    let Ok(stamp) = jiff::Timestamp::from_second(secs) else { return secs.to_string() };
    stamp.to_zoned(app.settings.zone.clone()).strftime("%Y-%m-%d %H:%M:%S %:z").to_string()
}
