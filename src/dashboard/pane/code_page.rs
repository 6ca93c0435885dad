//! The page of a code: what it means and what to do, when it was, and whom it was about.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::Span;

use super::columns::shared_cells;
use super::{
    BORDER, Titles, callbacks, chart, formatted, framed, name_cells, put, put_line, put_middle,
    right_aligned, row, title_below, window,
};
use crate::callback::lang::localize;
use crate::callback::{Localized, Timestamp, code, format};
use crate::dashboard::app::App;
use crate::dashboard::page::code::CodePage;
use crate::dashboard::viewport::Extent;
use crate::dashboard::{text, words};
use crate::history::code_summary::{Entry, Group};

/// Width of the column with the group of an entry.
const GROUP: u16 = 11;
/// Width of the columns with count and share, with a gap after them.
const NUMBERS: u16 = 17;
/// Width of the arrow between two names.
const ARROW: u16 = 3;
/// Width of the highest number beside the bars, with a gap.
const SCALE: u16 = 5;
/// Lines of an `ErrorInfo`.
const ERROR_INFO: usize = 2;
/// The height below which there are no bars.
const LOW: u16 = 8;

/// Draws the page; returns the extent of its entries.
pub(super) fn draw(app: &App, page: &CodePage, area: Rect, buffer: &mut Buffer) -> Extent {
    let lang = app.settings.lang;
    let name = format!("{} · {}", words::FAILURES.text(lang), app.code(page.summary.code()));
    let inner = area.inner(BORDER);
    let (code, cells) = (page.summary.code(), usize::from(inner.width.saturating_sub(2)));
    let (mut meaning, advice) = explanation(app, code, cells);
    meaning.extend(error_info(app, code, cells));
    let [explained, bars, axis, list] = parts(inner, [meaning.len(), advice.len()]);
    let entries = page.summary.entries();
    let cursor = page.cursor.min(entries.len().saturating_sub(1));
    let extent =
        Extent::list(list, entries.len(), window(cursor, entries.len(), list.height.into()));
    let state = app.paused.is_some().then(|| words::PAUSED.text(lang).to_owned());
    let below = title_below(app, state.into_iter().collect(), extent);
    let titles = Titles { name: &name, right: Some(counted(app, page)), below };
    framed(app, None, titles, area, buffer);
    // What to do stays to the last.
    let space = usize::from(explained.height).saturating_sub(advice.len());
    for (nth, (text, style)) in meaning.iter().take(space).chain(&advice).enumerate() {
        let Some(line) = row(explained, nth) else { break };
        put(buffer, line.x + 1, line.y, line.width - 1, text, *style);
    }
    draw_times(app, page, bars, axis, buffer);
    draw_entries(app, page, extent, cursor, buffer);
    extent
}

/// The explanation, of so many lines of meaning and of advice, the bars with their axis, which a low page leaves out,
/// and the list.
fn parts(inner: Rect, lines: [usize; 2]) -> [Rect; 4] {
    let height = inner.height;
    let [bars, axis] = if height < LOW { [0, 0] } else { [(height / 6).clamp(1, 5), 1] };
    let [meaning, advice] = lines.map(|it| u16::try_from(it).unwrap_or(u16::MAX));
    let most = (height / 3).max(2).max(advice.min(height.saturating_sub(1)));
    inner.layout(&Layout::vertical([
        Constraint::Length(meaning.saturating_add(advice).min(most)),
        Constraint::Length(bars),
        Constraint::Length(axis),
        Constraint::Fill(1),
    ]))
}

fn draw_entries(app: &App, page: &CodePage, extent: Extent, cursor: usize, buffer: &mut Buffer) {
    let (list, top) = (extent.area, extent.first);
    let entries = page.summary.entries();
    let cells = list.width.saturating_sub(GROUP + NUMBERS);
    add_names(app, entries.iter().skip(top).take(extent.rows), cells);
    for (nth, entry) in entries.iter().enumerate().skip(top) {
        let Some(line) = row(list, nth - top) else { break };
        if nth == top || entries[nth - 1].group != entry.group {
            let label = label(entry.group).text(app.settings.lang);
            put(buffer, line.x + 1, line.y, GROUP - 1, label, app.theme.dim);
        }
        draw_entry(app, entry, page.summary.count(), line, buffer);
        if nth == cursor {
            buffer.set_style(line, app.theme.selected);
        }
    }
}

/// Lines in one style.
type Lines = Vec<(String, Style)>;

/// The meaning of a code, and what to do.
fn explanation(app: &App, failed: i64, cells: usize) -> (Lines, Lines) {
    let (lang, theme) = (app.settings.lang, &app.theme);
    let Some(code) = code::find(failed) else {
        return (vec![(words::UNKNOWN_CODE.text(lang).to_owned(), theme.dim)], Vec::new());
    };
    let advice = format!("→ {}", code.advice().text(lang));
    (wrapped(code.meaning().text(lang), cells, theme.text), wrapped(&advice, cells, theme.strong))
}

fn wrapped(text: &str, cells: usize, style: Style) -> Lines {
    text::wrap(text, cells).map(|it| (it.to_owned(), style)).collect()
}

/// The last `ErrorInfo` with a code; nothing while it is hidden.
fn error_info(app: &App, failed: i64, cells: usize) -> Lines {
    let info = app.panes().failures.info(failed).filter(|it| !app.is_private() && !it.is_empty());
    let lines = info.map(|it| {
        let info = text::clean(it);
        let text = localize!(app.settings.lang, "ErrorInfo: {info}", "ErrorInfo：{info}");
        text::wrap_within(&text, cells, ERROR_INFO)
    });
    lines.into_iter().flatten().map(|it| (it, app.theme.dim)).collect()
}

fn counted(app: &App, page: &CodePage) -> Span<'static> {
    let lang = app.settings.lang;
    let mut text = callbacks(app, page.summary.count());
    if app.is_searching() {
        text = format!("{text} · {} …", words::COUNTING.text(lang));
    }
    Span::styled(text, app.theme.failure)
}

/// Draws the callbacks over time, with the first and the last time below.
fn draw_times(app: &App, page: &CodePage, bars: Rect, axis: Rect, buffer: &mut Buffer) {
    let Some((first, last)) = page.summary.times().filter(|_| !axis.is_empty()) else { return };
    let day = |it: Timestamp| formatted(app, it, "%F");
    let form = if day(first) == day(last) { "%T" } else { "%F %T" };
    let lang = app.settings.lang;
    let (from, to) = (formatted(app, first, form), formatted(app, last, form));
    let from = localize!(lang, "first {from}", "首次 {from}");
    let to = localize!(lang, "last {to}", "最近 {to}");
    let indent =
        |it: Rect| Rect { x: it.x + 1 + SCALE, width: it.width.saturating_sub(SCALE + 2), ..it };
    let (scale, bars, axis) = (Rect { x: bars.x + 1, ..bars }, indent(bars), indent(axis));
    chart::draw_axis([&from, &to], app.theme.dim, axis, buffer);
    let (first, columns) = (first.secs(), i64::from(bars.width.max(1)));
    let span = last.secs() - first + 1;
    let edge = |nth: i64| first.saturating_add(span.saturating_mul(nth) / columns);
    let edges: Vec<_> = (0..=columns).map(edge).collect();
    let buckets = page.summary.timeline().buckets_between(&edges);
    let columns: Vec<_> =
        buckets.iter().map(|it| (it.callbacks.into(), app.theme.failure)).collect();
    chart::draw(&columns, bars, buffer);
    let highest = buckets.iter().map(|it| it.callbacks).max().unwrap_or_default();
    put(buffer, scale.x, scale.y, SCALE, &chart::short_number(highest), app.theme.number);
}

const fn label(group: Group) -> Localized {
    match group {
        Group::Receiver => words::DIMENSION_RECEIVER,
        Group::Sender => words::DIMENSION_SENDER,
        Group::Pair => words::GROUP_PAIR,
        Group::Command => words::DIMENSION_COMMAND,
    }
}

/// A name as it may be shown.
fn shown_name(app: &App, name: &str) -> String {
    match name {
        "" => words::WITHOUT_VALUE.text(app.settings.lang).to_owned(),
        it => app.name(it).into_owned(),
    }
}

/// Adds the names of some entries to those that have to differ.
fn add_names<'a>(app: &App, entries: impl Iterator<Item = &'a Entry<'a>>, cells: u16) {
    for it in entries.filter(|it| it.group != Group::Command) {
        let value = shown_name(app, it.value);
        let Some(to) = it.to.map(|it| shown_name(app, it)) else {
            app.name_cuts.add(&value, cells);
            continue;
        };
        let [left, right] = pair_cells(&value, &to, cells);
        app.name_cuts.add(&value, left);
        app.name_cuts.add(&to, right);
    }
}

/// The widths of two names around an arrow.
fn pair_cells(one: &str, other: &str, cells: u16) -> [u16; 2] {
    shared_cells([one, other].map(name_cells), cells.saturating_sub(ARROW))
}

/// What an entry is about, cut to a width.
fn shown_value(app: &App, entry: &Entry<'_>, cells: u16) -> String {
    if entry.group == Group::Command && !entry.value.is_empty() {
        return app.command_word(entry.value).into_owned();
    }
    let value = shown_name(app, entry.value);
    let Some(to) = entry.to.map(|it| shown_name(app, it)) else {
        return app.name_cuts.cut(&value, cells);
    };
    let [left, right] = pair_cells(&value, &to, cells);
    let cuts = &app.name_cuts;
    format!("{} → {}", cuts.cut(&value, left), cuts.cut(&to, right))
}

/// Draws the value, and its count with its share.
fn draw_entry(app: &App, entry: &Entry<'_>, total: u64, line: Rect, buffer: &mut Buffer) {
    let (theme, x) = (&app.theme, line.x + GROUP);
    let cells = line.right().saturating_sub(x + NUMBERS);
    put_middle(buffer, x, line.y, cells, &shown_value(app, entry, cells), theme.name);
    let count = right_aligned(&format::grouped(entry.count), 10);
    let share = right_aligned(&format::percent(entry.count, total), 6);
    let numbers = Rect { x: x + cells, width: NUMBERS, ..line };
    put_line(buffer, numbers, &[(&count, theme.number), (&share, theme.text)]);
}
