//! The page of a breakdown: each value with its callbacks, failures and denials.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::style::Style;
use ratatui::text::Span;

use super::{
    BORDER, Titles, callbacks, framed, name_cells, put, put_line, put_name, right_aligned, row,
    title_below, window,
};
use crate::callback::lang::localize;
use crate::callback::{Lang, Localized, format};
use crate::dashboard::app::App;
use crate::dashboard::page::Page;
use crate::dashboard::page::breakdown::BreakdownPage;
use crate::dashboard::viewport::Extent;
use crate::dashboard::{text, words};
use crate::history::breakdown::{Dimension, Order, Share};

/// Widths of the columns with numbers: count, share, failures, denials.
const NUMBERS: [u16; 4] = [12, 8, 10, 10];
/// The columns in the order in which they leave long values their space.
const LEAVING: [usize; 2] = [1, 3];
/// The width of values up to which columns leave.
const VALUE: u16 = 24;

/// Rows of dimensions and headings above the values.
const HEAD_ROWS: u16 = 2;

/// Draws the page; returns the extent of its values.
pub(super) fn draw(app: &App, page: &BreakdownPage, area: Rect, buffer: &mut Buffer) -> Extent {
    let [tabs, head, list] = area.inner(BORDER).layout(&Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Fill(1),
    ]));
    let (dimension, shares) = (page.breakdown.dimension(), page.breakdown.shares());
    let cursor = page.cursor.min(shares.len().saturating_sub(1));
    let extent = Extent::list(list, shares.len(), window(cursor, shares.len(), list.height.into()));
    let titles = Titles {
        name: words::BREAKDOWN.text(app.settings.lang),
        right: Some(counted(app, page)),
        below: title_below(app, others(app, page).into_iter().collect(), extent),
    };
    framed(app, None, titles, area, buffer);
    draw_tabs(app, dimension, tabs, buffer);
    let top = extent.first;
    let shown = shares.first(top + usize::from(list.height), page.order);
    let shown =
        shown.into_iter().skip(top).map(|(it, share)| (shown_value(app, dimension, it), share));
    let shown: Vec<_> = shown.collect();
    let widest = shown.iter().map(|(it, _)| name_cells(it)).max().unwrap_or_default();
    let numbers = columns(list.width, widest);
    draw_head(app, page.order, numbers, head, buffer);
    for (value, _) in &shown {
        app.name_cuts.add(value, value_cells(list, numbers));
    }
    for (nth, (value, share)) in shown.iter().enumerate() {
        let Some(line) = row(list, nth) else { break };
        draw_value(app, value, (*share, shares.total()), numbers, line, buffer);
        if top + nth == cursor {
            buffer.set_style(line, app.theme.selected);
        }
    }
    extent
}

/// How many callbacks are counted, and of what.
fn counted(app: &App, page: &BreakdownPage) -> Span<'static> {
    let lang = app.settings.lang;
    let mut parts = vec![callbacks(app, page.breakdown.shares().total().callbacks)];
    if let Some(filter) = app.filter() {
        let filter = text::clean(app.unless_private(filter.text())).into_owned();
        parts.push(text::fit(&filter, 30).into_owned());
    }
    if app.is_searching() {
        parts.push(format!("{} …", words::COUNTING.text(lang)));
    }
    if app.paused.is_some() {
        parts.push(words::PAUSED.text(lang).to_owned());
    }
    Span::styled(parts.join(" · "), app.theme.warning)
}

/// The callbacks whose values are not counted one by one.
fn others(app: &App, page: &BreakdownPage) -> Option<String> {
    let others = page.breakdown.shares().others().callbacks;
    let count = format::grouped(others);
    let text = localize!(app.settings.lang, "{count} with other values", "另有 {count} 条为其他值");
    (0 < others).then_some(text)
}

const fn label(dimension: Dimension) -> Localized {
    match dimension {
        Dimension::Command => words::DIMENSION_COMMAND,
        Dimension::Platform => words::DIMENSION_PLATFORM,
        Dimension::App => words::DIMENSION_APP,
        Dimension::Address => words::DIMENSION_ADDRESS,
        Dimension::Peer => words::DIMENSION_PEER,
        Dimension::Sender => words::DIMENSION_SENDER,
        Dimension::Receiver => words::DIMENSION_RECEIVER,
    }
}

/// Draws the dimensions, with `…` at an end that does not show all.
fn draw_tabs(app: &App, shown: Dimension, line: Rect, buffer: &mut Buffer) {
    let tabs: Vec<_> = tabs(app.settings.lang, shown, line).collect();
    for (dimension, area) in tabs.iter().copied() {
        let chosen = app.theme.text.patch(app.theme.selected);
        let style = if dimension == shown { chosen } else { app.theme.dim };
        let text = format!(" {} ", label(dimension).text(app.settings.lang));
        put_line(buffer, area, &[(&text, style)]);
    }
    if tabs.len() < Dimension::ALL.len() {
        put(buffer, line.x, line.y, 1, "…", app.theme.dim);
    }
    let is_cut = |(it, area): &(Dimension, Rect)| area.width < tab_cells(app.settings.lang, *it);
    if tabs.last().is_some_and(is_cut) {
        put(buffer, line.right().saturating_sub(1), line.y, 1, "…", app.theme.dim);
    }
}

/// The width of a dimension with a cell at both ends.
fn tab_cells(lang: Lang, it: Dimension) -> u16 {
    u16::try_from(text::width(label(it).text(lang)) + 2).unwrap_or(u16::MAX)
}

/// The dimensions in the first line of the page, with the area of each: in a width that is
/// too small from a later one, so that the one on the screen is among them.
fn tabs(lang: Lang, shown: Dimension, line: Rect) -> impl Iterator<Item = (Dimension, Rect)> {
    let cells = move |it| tab_cells(lang, it);
    let all = Dimension::ALL;
    let end = all.iter().position(|it| *it == shown).map_or(0, |it| it + 1);
    let fits =
        |first: &usize| all[*first..end].iter().map(|it| cells(*it)).sum::<u16>() <= line.width;
    let first = (0..end).find(fits).unwrap_or(end.saturating_sub(1));
    let mut x = line.x;
    all.into_iter().skip(first).map(move |it| {
        let width = cells(it).min(line.right().saturating_sub(x));
        let area = Rect { x, width, ..line };
        x += width;
        (it, area)
    })
}

/// The dimension at a cell of the page whose values were drawn in `list`; `None` on another
/// page.
pub(in crate::dashboard) fn dimension_at(
    app: &App,
    list: Rect,
    cell: Position,
) -> Option<Dimension> {
    let Some(Page::Breakdown(page)) = &app.page else { return None };
    let line = Rect { y: list.y.checked_sub(HEAD_ROWS)?, height: 1, ..list };
    let mut tabs = tabs(app.settings.lang, page.breakdown.dimension(), line);
    tabs.find(|(_, area)| area.contains(cell)).map(|(it, _)| it)
}

fn draw_head(app: &App, order: Order, numbers: Numbers, line: Rect, buffer: &mut Buffer) {
    let [count, share, failed, denied] =
        [words::COLUMN_COUNT, words::COLUMN_SHARE, words::COLUMN_FAILED, words::COLUMN_DENIED]
            .map(|it| it.text(app.settings.lang).to_owned());
    let mark = |text: String, is_sorted: bool| if is_sorted { text + " ▾" } else { text };
    let count = mark(count, order == Order::Callbacks);
    let failed = mark(failed, order == Order::Failures);
    let texts = [count, share, failed, denied].map(|it| (it, app.theme.dim));
    draw_numbers(texts, numbers, line, buffer);
}

/// The widths of the columns with numbers; 0 for one that is left out.
type Numbers = [u16; 4];

/// The columns of a line: while the widest value, up to a bound, has no space, they leave.
fn columns(line: u16, widest: u16) -> Numbers {
    let mut numbers = NUMBERS;
    for leaving in LEAVING {
        if line < numbers.iter().sum::<u16>() + widest.min(VALUE) + 2 {
            numbers[leaving] = 0;
        }
    }
    numbers
}

/// The cells of a value: those left of the numbers, without the ones beside it.
fn value_cells(line: Rect, numbers: Numbers) -> u16 {
    line.width.saturating_sub(numbers.iter().sum::<u16>() + 2)
}

/// Draws texts at the right end of their columns.
fn draw_numbers(texts: [(String, Style); 4], numbers: Numbers, line: Rect, buffer: &mut Buffer) {
    let mut x = line.x + value_cells(line, numbers) + 1;
    for ((text, style), width) in texts.into_iter().zip(numbers).filter(|(_, it)| 0 < *it) {
        let room = line.right().saturating_sub(x);
        put(buffer, x, line.y, width.min(room), &right_aligned(&text, width.into()), style);
        x += width;
    }
}

/// A value as it may be shown.
fn shown_value<'a>(app: &'a App, dimension: Dimension, value: &'a str) -> Cow<'a, str> {
    match dimension {
        _ if value.is_empty() => words::WITHOUT_VALUE.text(app.settings.lang).into(),
        Dimension::Command => app.command_word(value),
        Dimension::Platform => app.platform(value),
        Dimension::App => app.app_id(value).into(),
        Dimension::Address | Dimension::Peer | Dimension::Sender | Dimension::Receiver => {
            app.name(value)
        }
    }
}

/// Draws a value with its share of the total.
fn draw_value(
    app: &App,
    value: &str,
    (share, total): (Share, Share),
    numbers: Numbers,
    line: Rect,
    buffer: &mut Buffer,
) {
    let theme = &app.theme;
    let number = |it: u64| match it {
        0 => ("–".to_owned(), theme.dim),
        it => (format::grouped(it), theme.failure),
    };
    let texts = [
        (format::grouped(share.callbacks), theme.number),
        (format::percent(share.callbacks, total.callbacks), theme.text),
        number(share.failed),
        number(share.denied),
    ];
    draw_numbers(texts, numbers, line, buffer);
    let cells = value_cells(line, numbers);
    put_name(app, buffer, (line.x + 1, line.y), cells, value, theme.name);
}
