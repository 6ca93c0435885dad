//! Two callbacks compared field by field.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;

use super::{Titles, clear, framed, put, row};
use crate::callback::compare::Difference;
use crate::callback::lang::localize;
use crate::dashboard::app::App;
use crate::dashboard::viewport::Extent;
use crate::dashboard::words;

/// Draws the comparison below a line of headings; `None` if there is none.
pub(in crate::dashboard) fn draw(
    app: &App,
    line: usize,
    area: Rect,
    buffer: &mut Buffer,
) -> Option<Extent> {
    let lang = app.settings.lang;
    let heads = app.compared().and_then(|(marked, shown)| {
        Some(((marked, shown), app.detail_head(marked)?, app.detail_head(shown)?))
    });
    clear(area, buffer);
    let titles = Titles { name: words::COMPARE.text(lang), ..Titles::default() };
    let inner = framed(app, None, titles, area, buffer);
    let Some((ids, marked, shown)) = heads else {
        put(buffer, inner.x, inner.y, inner.width, words::NOTHING_MARKED.text(lang), app.theme.dim);
        return None;
    };
    let comparison = app.detail.comparison(ids, [&marked, &shown].map(|it| &*it.delivery.body));
    let same = localize!(lang, "{} equal fields", "{} 个字段相同", comparison.same);
    let is_marked = app.marks.contains(ids.1) && ids.0 != ids.1;
    let second = if is_marked { words::MARKED } else { words::SHOWN };
    let heads = [&same, words::MARKED.text(lang), second.text(lang)];
    let head = [app.theme.dim, app.theme.strong, app.theme.strong];
    draw_line(inner, 0, heads, head, buffer);
    let below = Rect { height: inner.height.saturating_sub(1), ..inner };
    let extent = Extent::of(below, comparison.differences.len());
    for (nth, difference) in comparison.differences.iter().skip(extent.top(line)).enumerate() {
        draw_difference(app, difference, inner, nth + 1, buffer);
    }
    Some(extent)
}

fn draw_difference(app: &App, it: &Difference, area: Rect, nth: usize, buffer: &mut Buffer) {
    let side = |side: &Option<String>| side.clone().unwrap_or_else(|| "–".to_owned());
    let (first, second) = (side(&it.first), side(&it.second));
    let theme = &app.theme;
    draw_line(
        area,
        nth,
        [&it.pointer, &first, &second],
        [theme.key, theme.failure, theme.good],
        buffer,
    );
}

fn draw_line(area: Rect, nth: usize, text: [&str; 3], styles: [Style; 3], buffer: &mut Buffer) {
    let Some(line) = row(area, nth) else { return };
    let [name, first, second] = line.layout(&Layout::horizontal([
        Constraint::Percentage(30),
        Constraint::Fill(1),
        Constraint::Fill(1),
    ]));
    for ((text, style), cell) in text.into_iter().zip(styles).zip([name, first, second]) {
        put(buffer, cell.x + 1, cell.y, cell.width.saturating_sub(2), text, style);
    }
}
