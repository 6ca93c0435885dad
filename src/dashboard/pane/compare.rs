//! Two callbacks compared field by field.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;

use super::sheet::draw_place;
use super::{Titles, clear, framed, put, put_line, row, time_of_day};
use crate::callback::lang::localize;
use crate::callback::{Delivery, Localized};
use crate::dashboard::app::App;
use crate::dashboard::compare_lines::Line;
use crate::dashboard::viewport::{Extent, Popup};
use crate::dashboard::words;
use crate::history::RowId;

/// Before the first value and the second one, where these are one below the other.
const SIGNS: [&str; 2] = ["− ", "+ "];

/// Draws the comparison below a line of headings, or that there is none.
pub(in crate::dashboard) fn draw(app: &App, line: usize, area: Rect, buffer: &mut Buffer) -> Popup {
    let lang = app.settings.lang;
    let heads = app.compared().and_then(|(marked, shown)| {
        Some(((marked, shown), app.detail_head(marked)?, app.detail_head(shown)?))
    });
    clear(area, buffer);
    let Some((ids, marked, shown)) = heads else {
        let titles = Titles { name: words::COMPARE.text(lang), ..Titles::default() };
        let inner = framed(app, None, titles, area, buffer);
        let text = app.settings.text_with_keys(words::NOTHING_MARKED);
        put(buffer, inner.x, inner.y, inner.width, &text, app.theme.dim);
        return Popup::of(area, Extent::default());
    };
    let names = names(app, ids, [&marked.delivery, &shown.delivery]);
    let title = format!("{}  {}  {}", words::COMPARE.text(lang), names[0], names[1]);
    let inner = framed(app, None, Titles { name: &title, ..Titles::default() }, area, buffer);
    let [path, value, _] = columns(inner).map(|it| usize::from(it.width.saturating_sub(2)));
    let layout = (inner.width.saturating_sub(2).into(), (path, value));
    let bodies = [&marked, &shown].map(|it| &*it.delivery.body);
    let (same, lines) = &*app.detail.comparison(ids, bodies, layout);
    let same = localize!(lang, "{same} equal fields", "{same} 个字段相同");
    let styles = [app.theme.dim, app.theme.strong, app.theme.strong];
    draw_beside(inner, 0, [&same, &names[0], &names[1]], styles, buffer);
    let taken = inner.height.min(1);
    let below = Rect { y: inner.y + taken, height: inner.height - taken, ..inner };
    let extent = Extent::of(below, lines.len());
    let top = extent.top(line);
    for (nth, line) in lines.iter().skip(top).take(extent.rows).enumerate() {
        draw_line(app, line, below, nth, buffer);
    }
    draw_place(app, extent.shown(top), lines.len(), below, buffer);
    Popup::of(area, extent)
}

/// The signs of the two callbacks, what they are, and their numbers and times.
fn names(app: &App, ids: (RowId, RowId), deliveries: [&Delivery; 2]) -> [String; 2] {
    let is_marked = app.marks.contains(ids.1) && ids.0 != ids.1;
    let second = if is_marked { words::MARKED } else { words::SHOWN };
    let name = |nth: usize, word: Localized| {
        let (sign, it) = (SIGNS[nth], deliveries[nth]);
        let time = time_of_day(app, it.at);
        format!("{sign}{} #{} {time}", word.text(app.settings.lang), it.seq)
    };
    [name(0, words::MARKED), name(1, second)]
}

fn draw_line(app: &App, line: &Line, area: Rect, nth: usize, buffer: &mut Buffer) {
    let theme = &app.theme;
    let (sign, text, style) = match line {
        Line::Beside([path, first, second]) => {
            let styles = [theme.key, theme.failure, theme.good];
            return draw_beside(area, nth, [path, first, second], styles, buffer);
        }
        Line::Path(path) => ("", path, theme.key),
        Line::First(text, is_first) => {
            (if *is_first { SIGNS[0] } else { "  " }, text, theme.failure)
        }
        Line::Second(text, is_first) => (if *is_first { SIGNS[1] } else { "  " }, text, theme.good),
    };
    let Some(row) = row(area, nth) else { return };
    let indent = if sign.is_empty() { " " } else { "   " };
    put_line(buffer, row, &[(indent, theme.text), (sign, style), (text, style)]);
}

/// The columns of paths and of both values.
fn columns(line: Rect) -> [Rect; 3] {
    line.layout(&Layout::horizontal([
        Constraint::Percentage(30),
        Constraint::Fill(1),
        Constraint::Fill(1),
    ]))
}

fn draw_beside(area: Rect, nth: usize, text: [&str; 3], styles: [Style; 3], buffer: &mut Buffer) {
    let Some(line) = row(area, nth) else { return };
    for ((text, style), cell) in text.into_iter().zip(styles).zip(columns(line)) {
        put(buffer, cell.x + 1, cell.y, cell.width.saturating_sub(2), text, style);
    }
}
