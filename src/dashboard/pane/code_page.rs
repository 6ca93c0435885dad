//! The page of a code: what it means and what to do, when it was, and whom it was about.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::Span;

use super::{
    Titles, callbacks, chart, formatted, framed, put, put_line, put_middle, right_aligned, row,
    window,
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

/// Draws the page; returns the extent of its entries.
pub(super) fn draw(app: &App, page: &CodePage, area: Rect, buffer: &mut Buffer) -> Extent {
    let lang = app.settings.lang;
    let name = format!("{} · {}", words::FAILURES.text(lang), app.code(page.summary.code()));
    let titles = Titles { name: &name, right: Some(counted(app, page)), below: paused(app) };
    let inner = framed(app, None, titles, area, buffer);
    let texts = explanation(app, page.summary.code(), inner.width.saturating_sub(2).into());
    let rows = u16::try_from(texts.len()).unwrap_or(u16::MAX).min(inner.height / 3);
    let [explained, when, bars, list] = inner.layout(&Layout::vertical([
        Constraint::Length(rows),
        Constraint::Length(1),
        Constraint::Length((inner.height / 6).clamp(1, 5)),
        Constraint::Fill(1),
    ]));
    for (nth, (text, style)) in texts.iter().enumerate() {
        let Some(line) = row(explained, nth) else { break };
        put(buffer, line.x + 1, line.y, line.width - 1, text, *style);
    }
    draw_times(app, page, when, bars, buffer);
    draw_entries(app, page, list, buffer)
}

fn draw_entries(app: &App, page: &CodePage, list: Rect, buffer: &mut Buffer) -> Extent {
    let entries = page.summary.entries();
    let cursor = page.cursor.min(entries.len().saturating_sub(1));
    let top = window(cursor, entries.len(), list.height.into());
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
    Extent::list(list, entries.len(), top)
}

/// The meaning of a code and what to do, in lines.
fn explanation(app: &App, failed: i64, cells: usize) -> Vec<(String, Style)> {
    let (lang, theme) = (app.settings.lang, &app.theme);
    let Some(code) = code::find(failed) else {
        return vec![(words::UNKNOWN_CODE.text(lang).to_owned(), theme.dim)];
    };
    let advice = format!("→ {}", code.advice().text(lang));
    let meaning = text::wrap(code.meaning().text(lang), cells).map(|it| (it, theme.text));
    let lines = meaning.chain(text::wrap(&advice, cells).map(|it| (it, theme.strong)));
    lines.map(|(text, style)| (text.to_owned(), style)).collect()
}

fn counted(app: &App, page: &CodePage) -> Span<'static> {
    let lang = app.settings.lang;
    let mut text = callbacks(app, page.summary.count());
    if app.is_searching() {
        text = format!("{text} · {} …", words::COUNTING.text(lang));
    }
    Span::styled(text, app.theme.failure)
}

fn paused(app: &App) -> Option<Span<'static>> {
    let text = words::PAUSED.text(app.settings.lang);
    app.paused.is_some().then(|| Span::styled(text, app.theme.warning))
}

/// Draws the first and the last time, and the callbacks between them.
fn draw_times(app: &App, page: &CodePage, when: Rect, bars: Rect, buffer: &mut Buffer) {
    let Some((first, last)) = page.summary.times() else { return };
    let day = |it: Timestamp| formatted(app, it, "%F");
    let form = if day(first) == day(last) { "%T" } else { "%F %T" };
    let (from, to) = (formatted(app, first, form), formatted(app, last, form));
    let text = localize!(app.settings.lang, "first {from}   last {to}", "首次 {from}   最近 {to}");
    put(buffer, when.x + 1, when.y, when.width - 1, &text, app.theme.dim);
    let bars = Rect { x: bars.x + 1, width: bars.width.saturating_sub(2), ..bars };
    let (first, columns) = (first.secs(), i64::from(bars.width.max(1)));
    let span = last.secs() - first + 1;
    let edge = |nth: i64| first.saturating_add(span.saturating_mul(nth) / columns);
    let edges: Vec<_> = (0..=columns).map(edge).collect();
    let buckets = page.summary.timeline().buckets_between(&edges);
    let columns: Vec<_> =
        buckets.iter().map(|it| (it.callbacks.into(), app.theme.failure)).collect();
    chart::draw(&columns, bars, buffer);
}

const fn label(group: Group) -> Localized {
    match group {
        Group::Receiver => words::DIMENSION_RECEIVER,
        Group::Sender => words::DIMENSION_SENDER,
        Group::Pair => words::GROUP_PAIR,
        Group::Command => words::DIMENSION_COMMAND,
    }
}

/// Draws the value, and its count with its share.
fn draw_entry(app: &App, entry: &Entry<'_>, total: u64, line: Rect, buffer: &mut Buffer) {
    let name = |it: &str| match it {
        "" => words::WITHOUT_VALUE.text(app.settings.lang).to_owned(),
        it => app.name(it).into_owned(),
    };
    let value = match (entry.group, entry.to) {
        (Group::Command, _) if !entry.value.is_empty() => {
            app.command_word(entry.value).into_owned()
        }
        (_, Some(to)) => format!("{} → {}", name(entry.value), name(to)),
        (_, None) => name(entry.value),
    };
    let (theme, x) = (&app.theme, line.x + GROUP);
    let cells = line.right().saturating_sub(x + NUMBERS);
    put_middle(buffer, x, line.y, cells, &value, theme.name);
    let count = right_aligned(&format::grouped(entry.count), 10);
    let share = right_aligned(&format::percent(entry.count, total), 6);
    let numbers = Rect { x: x + cells, width: NUMBERS, ..line };
    put_line(buffer, numbers, &[(&count, theme.number), (&share, theme.text)]);
}
