//! The list of the filters with names: digit, name, filter.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Rect};

use super::sheet::draw_place;
use super::{Titles, clear, framed, put, window};
use crate::callback::Localized;
use crate::callback::redact::MASK;
use crate::dashboard::app::App;
use crate::dashboard::filter_list::FilterList;
use crate::dashboard::text::{clean, fit_middle, width};
use crate::dashboard::viewport::{Extent, Popup};

const TITLE: Localized = Localized::new("Named filters", "命名的过滤条件");
/// Width of a digit with the cells around it.
const DIGIT_CELLS: u16 = 4;
/// The maximum width of a name.
const NAME_CELLS: usize = 24;
/// Cells between a name and its filter.
const GAP: u16 = 2;
/// The number of filters that a digit chooses.
const DIGITS: usize = 9;

/// Draws the list with the number of callbacks that the selected filter matches; returns
/// where.
pub(in crate::dashboard) fn draw(
    app: &App,
    list: &FilterList,
    area: Rect,
    buffer: &mut Buffer,
) -> Popup {
    let texts: Vec<_> = list.filters.iter().map(|it| text(app, it.filter.text())).collect();
    let names = list.filters.iter().map(|it| width(it.name)).max().unwrap_or(0).min(NAME_CELLS);
    let names = u16::try_from(names).unwrap_or(0);
    let widest = texts.iter().map(|it| width(it)).max().unwrap_or(0);
    let cells = |it: usize| u16::try_from(it).unwrap_or(u16::MAX);
    let wanted = cells(widest).saturating_add(DIGIT_CELLS + names + GAP + 3).max(50);
    let height = cells(texts.len() + 2).min(area.height.saturating_sub(1));
    let popup = area.centered(Constraint::Length(wanted), Constraint::Length(height));
    clear(popup, buffer);
    let count = app.typed_count();
    let right = count.map(|it| ratatui::text::Span::styled(it, app.theme.accent));
    let titles = Titles { name: TITLE.text(app.settings.lang), right, ..Titles::default() };
    let inner = framed(app, None, titles, popup, buffer);
    let top = window(list.cursor, texts.len(), inner.height.into());
    let content = Extent::list(inner, texts.len(), top);
    let shown = content.shown(top);
    for (nth, line) in shown.clone().zip(inner.rows()) {
        if nth < DIGITS {
            put(buffer, line.x + 1, line.y, 1, &(nth + 1).to_string(), app.theme.key);
        }
        let x = line.x + DIGIT_CELLS;
        let name = fit_middle(list.filters[nth].name, names.into());
        put(buffer, x, line.y, names, &name, app.theme.strong);
        let x = x + names + GAP;
        let left = line.right().saturating_sub(x + 1);
        put(buffer, x, line.y, left, &fit_middle(&texts[nth], left.into()), app.theme.text);
        if nth == list.cursor {
            buffer.set_style(line, app.theme.selected);
        }
    }
    draw_place(app, shown, texts.len(), inner, buffer);
    Popup::of(popup, content)
}

/// The text of a filter; in private mode it may hold names.
fn text(app: &App, filter: &str) -> String {
    if app.is_private() { MASK.to_owned() } else { clean(filter).into_owned() }
}
