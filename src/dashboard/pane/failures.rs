//! Failures: values of `SendMsgResult` other than 0, by code, with their meaning.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Span;

use super::sheet::draw_more;
use super::{Titles, framed, name_of_all, put, put_line, row, window};
use crate::callback::code;
use crate::callback::format;
use crate::callback::json;
use crate::callback::lang::localize;
use crate::dashboard::action::Pane;
use crate::dashboard::app::App;
use crate::dashboard::text::{self, width};
use crate::dashboard::viewport::Extent;
use crate::dashboard::words;
use crate::history::failures::Failure;

pub(in crate::dashboard) fn draw(app: &App, area: Rect, buffer: &mut Buffer) -> Extent {
    let failures = app.panes().failures;
    let name = name_of_all(app, words::FAILURES);
    let right = total(app, area);
    let titles = Titles { name: &name, right, below: None };
    let inner = framed(app, Some(Pane::Failures), titles, area, buffer);
    if failures.is_empty() {
        let inner = Rect { x: inner.x + 1, width: inner.width - 1, ..inner };
        let (text, style) = without_failure(app);
        put_line(buffer, inner, &[(&text, style)]);
    }
    let focused = app.focus.pane == Pane::Failures;
    let ranked = failures.ranked();
    let cursor = app.selection.failure.min(ranked.len().saturating_sub(1));
    let selected = ranked.get(cursor).filter(|_| focused);
    let all = inner;
    let lines = ranked.len() + usize::from(failures.others() > 0);
    let inner = selected.map_or(inner, |it| draw_explanation(app, it.code, lines, inner, buffer));
    let height = usize::from(inner.height);
    let top = if focused { window(cursor, ranked.len(), height) } else { 0 };
    let share = |count| has_shares(area).then(|| format::percent(count, failures.total()));
    for (nth, failure) in ranked.iter().enumerate().skip(top) {
        let Some(line) = row(inner, nth - top) else { break };
        draw_failure(app, failure, share(failure.count), line, buffer);
        if focused && nth == cursor {
            buffer.set_style(line, app.theme.selected);
        }
    }
    if failures.others() > 0
        && let Some(line) = row(inner, ranked.len() - top)
    {
        let text = words::OTHER_CODES.text(app.settings.lang);
        put(buffer, line.x + 1, line.y, line.width, text, app.theme.dim);
        draw_count(app, failures.others(), share(failures.others()), line, buffer);
    }
    let explained = usize::from(all.height - inner.height);
    draw_more(app, top, lines + explained, all, buffer);
    Extent::list(inner, ranked.len(), top)
}

/// How many failed; before it what the shares are of.
fn total(app: &App, area: Rect) -> Option<Span<'static>> {
    let failures = app.panes().failures;
    let total = format::grouped(failures.total());
    let total = match has_shares(area) {
        true => localize!(app.settings.lang, "% of {total} failed", "共 {total} 次"),
        false => total,
    };
    (failures.total() > 0).then(|| Span::styled(total, app.theme.failure))
}

/// Whether a pane has space for shares.
const fn has_shares(area: Rect) -> bool {
    area.width >= 36
}

/// What replaces the codes where there are none: a sentence that is good only if every
/// callback was accepted and read.
fn without_failure(app: &App) -> (String, Style) {
    let (counts, lang) = (app.panes().counts, app.settings.lang);
    let [refused, broken] = [counts.refused, counts.broken].map(format::grouped);
    let parts = [
        (counts.refused, localize!(lang, "{refused} refused", "拒收 {refused} 条")),
        (counts.broken, format!("{broken} {}", json::BROKEN.text(lang))),
    ];
    let parts: Vec<_> = parts.into_iter().filter(|it| 0 < it.0).map(|it| it.1).collect();
    match parts.is_empty() {
        true => (words::NO_FAILURE.text(lang).to_owned(), app.theme.good),
        false => (parts.join(words::LIST_COMMA.text(lang)), app.theme.failure),
    }
}

/// Draws code, meaning (or the last `ErrorInfo`), count and share.
fn draw_failure(
    app: &App,
    failure: &Failure,
    share: Option<String>,
    line: Rect,
    buffer: &mut Buffer,
) {
    let meaning = meaning(app, failure.code)
        .or_else(|| {
            let is_shown = !app.is_private() && !failure.info.is_empty();
            is_shown.then(|| failure.info.to_string())
        })
        .unwrap_or_else(|| words::UNKNOWN_CODE.text(app.settings.lang).to_owned());
    let code = format!(" {} ", app.code(failure.code));
    let count_cells = draw_count(app, failure.count, share, line, buffer);
    let x = line.x + put(buffer, line.x, line.y, line.width, &code, app.theme.failure);
    let cells = line.right().saturating_sub(x + count_cells);
    put(buffer, x, line.y, cells, &meaning, app.theme.text);
}

/// Draws a count and its share at the end of a line; returns the width in cells.
fn draw_count(
    app: &App,
    count: u64,
    share: Option<String>,
    line: Rect,
    buffer: &mut Buffer,
) -> u16 {
    let share = share.map_or(String::new(), |it| format!(" {it:>4}"));
    let count = format!(" {}{share}", format::grouped(count));
    let cells = u16::try_from(width(&count)).unwrap_or(0) + 1;
    put(buffer, line.right().saturating_sub(cells), line.y, cells, &count, app.theme.number);
    cells
}

fn meaning(app: &App, failed: i64) -> Option<String> {
    code::find(failed).map(|it| it.meaning().text(app.settings.lang).to_owned())
}

/// Draws the meaning and the advice of a code at the bottom of the area, the advice first
/// of all, and leaves half of it to `lines` of the list; returns the area above.
fn draw_explanation(app: &App, failed: i64, lines: usize, area: Rect, buffer: &mut Buffer) -> Rect {
    let Some(code) = code::find(failed) else { return area };
    let (lang, cells) = (app.settings.lang, usize::from(area.width.saturating_sub(2)));
    let height = usize::from(area.height);
    let rows = height - lines.min((height / 2).max(1));
    let advice = text::wrap_within(&format!("→ {}", code.advice().text(lang)), cells, rows);
    let meaning = text::wrap_within(code.meaning().text(lang), cells, rows - advice.len());
    let meaning = meaning.into_iter().map(|it| (it, app.theme.text));
    let lines: Vec<_> =
        meaning.chain(advice.into_iter().map(|it| (it, app.theme.strong))).collect();
    let rows = u16::try_from(lines.len()).unwrap_or(0);
    let above = Rect { height: area.height - rows, ..area };
    for (y, (line, style)) in (above.bottom()..).zip(lines) {
        put(buffer, area.x + 1, y, area.width.saturating_sub(1), &line, style);
    }
    above
}
