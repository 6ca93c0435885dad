//! Detail: the selected callback, in tabs.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::sheet::Sheet;
use super::{Titles, call, framed, life_line, message, payload, put_line, tree};
use crate::callback::head::Head;
use crate::callback::{Lang, Localized};
use crate::dashboard::action::Pane;
use crate::dashboard::app::App;
use crate::dashboard::detail::{TABS, Tab};
use crate::dashboard::viewport::Extent;
use crate::dashboard::{text, words};
use crate::history::RowId;

pub(in crate::dashboard) fn draw(app: &App, area: Rect, buffer: &mut Buffer) -> Extent {
    let titles = Titles { name: words::DETAIL.text(app.settings.lang), ..Titles::default() };
    let inner = framed(app, Some(Pane::Detail), titles, area, buffer);
    draw_tabs(app, area, buffer);
    let inner = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
    let is_raw = app.detail.tab == Tab::Payload && app.detail.form.is_raw();
    let read = |id| if is_raw { app.raw_head(id) } else { app.detail_head(id) };
    let shown = app.detail_callback().and_then(|id| Some((id, read(id)?)));
    let Some((id, head)) = shown else { return Extent::default() };
    match app.detail.tab {
        Tab::Payload => payload::draw(app, id, &head, inner, buffer),
        Tab::LifeLine => life_line::draw(app, id, inner, buffer),
        Tab::Message | Tab::Request | Tab::Answer => sheet(app, id, &head).draw(app, inner, buffer),
    }
}

/// The line at a cell of the last frame, of content that has a cursor.
pub(in crate::dashboard) fn line_at(app: &App, cell: Position) -> Option<usize> {
    let area = app.viewport.detail.area;
    let (id, row) = (app.detail_callback()?, cell.y.checked_sub(area.y)?);
    match app.detail.tab {
        _ if !area.contains(cell) => None,
        Tab::LifeLine => life_line::line_at(app, id, area, row),
        _ if !app.detail.shows_tree() => None,
        _ => tree::line_at(app, id, &app.detail_head(id)?.delivery.body, area, row),
    }
}

pub(super) fn sheet(app: &App, id: RowId, head: &Head) -> Sheet {
    let mut sheet = Sheet::default();
    match app.detail.tab {
        Tab::Message | Tab::Payload | Tab::LifeLine => message::write(app, id, head, &mut sheet),
        Tab::Request => call::write_request(app, head, &mut sheet),
        Tab::Answer => call::write_answer(app, id, &head.delivery, &mut sheet),
    }
    sheet
}

/// Draws the tabs into the border, after the title.
fn draw_tabs(app: &App, area: Rect, buffer: &mut Buffer) {
    let theme = &app.theme;
    for (tab, area) in tabs(app.settings.lang, app.detail.tab, area) {
        let chosen = theme.text.patch(theme.selected);
        let style = if tab == app.detail.tab { chosen } else { theme.text };
        let title = format!(" {} ", title(tab).text(app.settings.lang));
        put_line(buffer, area, &[("─", theme.border), (&title, style)]);
    }
}

/// The tabs in the border of a pane, with the area of each.
pub(in crate::dashboard) fn tabs(
    lang: Lang,
    shown: Tab,
    pane: Rect,
) -> impl Iterator<Item = (Tab, Rect)> {
    let cells = |text: &str| u16::try_from(text::width(text)).unwrap_or(0);
    let mut x = pane.x + cells(words::DETAIL.text(lang)) + 3;
    let space = pane.right().saturating_sub(x + 1);
    fitting_tabs(lang, shown, space).iter().map(move |tab| {
        let rest = pane.right().saturating_sub(x + 1);
        let width = (cells(title(*tab).text(lang)) + 3).min(rest);
        let area = Rect { x, width, height: 1, ..pane };
        x += width;
        (*tab, area)
    })
}

/// The tabs from the first one on, or in a width that is too small from a later one, so
/// that the tab on the screen is among those that fit.
fn fitting_tabs(lang: Lang, shown: Tab, cells: u16) -> &'static [Tab] {
    let width = |tabs: &[Tab]| -> usize {
        tabs.iter().map(|it| 3 + text::width(title(*it).text(lang))).sum()
    };
    let end = TABS.iter().position(|it| *it == shown).map_or(0, |it| it + 1);
    let first = (0..end).find(|it| width(&TABS[*it..end]) <= usize::from(cells));
    &TABS[first.unwrap_or(end.saturating_sub(1))..]
}

fn title(tab: Tab) -> Localized {
    match tab {
        Tab::Message => words::TAB_MESSAGE,
        Tab::Payload => words::TAB_PAYLOAD,
        Tab::Request => words::TAB_REQUEST,
        Tab::Answer => words::TAB_ANSWER,
        Tab::LifeLine => words::TAB_LIFE_LINE,
    }
}
