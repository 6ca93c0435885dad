//! Detail: what the selected callback holds, in tabs.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{Titles, call, framed, lifeline, mark_found, message, payload, put, put_line, row};
use crate::callback::format;
use crate::callback::{Delivery, Localized};
use crate::dashboard::app::App;
use crate::dashboard::detail::{TABS, Tab};
use crate::dashboard::keymap::Pane;
use crate::dashboard::viewport::Extent;
use crate::dashboard::{text, words};
use crate::history::RowId;

pub(in crate::dashboard) fn draw(app: &App, area: Rect, buffer: &mut Buffer) -> Extent {
    let titles = Titles { name: words::DETAIL.text(app.settings.lang), ..Titles::default() };
    let inner = framed(app, Some(Pane::Detail), titles, area, buffer);
    draw_tabs(app, area, buffer);
    let inner = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
    let shown = app.shown().and_then(|id| Some((id, app.delivery(id)?)));
    let Some((id, delivery)) = shown else { return Extent::default() };
    if app.detail.tab == Tab::Payload {
        payload::draw(app, id, &delivery, inner, buffer)
    } else {
        draw_sheet(app, &sheet(app, id, &delivery), inner, buffer)
    }
}

fn sheet(app: &App, id: RowId, delivery: &Delivery) -> Sheet {
    let mut sheet = Sheet::default();
    match app.detail.tab {
        Tab::Message | Tab::Payload => message::write(app, id, delivery, &mut sheet),
        Tab::Request => call::write_request(app, delivery, &mut sheet),
        Tab::Answer => call::write_answer(app, delivery, &mut sheet),
        Tab::LifeLine => lifeline::write(app, id, &mut sheet),
    }
    sheet
}

/// The tabs stand in the border, after the pane's name.
fn draw_tabs(app: &App, area: Rect, buffer: &mut Buffer) {
    let (lang, theme) = (app.settings.lang, &app.theme);
    let name = u16::try_from(text::width(words::DETAIL.text(lang))).unwrap_or(0);
    let mut x = area.x + name + 3;
    for tab in TABS {
        let style = if tab == app.detail.tab { theme.selected } else { theme.text };
        let place = Rect { x, height: 1, width: area.right().saturating_sub(x + 1), ..area };
        let title = format!(" {} ", title(tab).text(lang));
        x += put_line(buffer, place, &[("─", theme.dim), (&title, style)]);
    }
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

/// How wide the column of labels is at the most; a longer one pushes its value.
const LABEL_CELLS: usize = 14;
/// Between a label and its value, for most.
const GAP: usize = 2;

/// Lines of labels and values, of which some show.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    lines: Vec<Vec<(String, Style)>>,
    label_cells: usize,
}

impl Sheet {
    /// A line of several parts.
    pub(super) fn line(&mut self, parts: Vec<(String, Style)>) {
        self.lines.push(parts);
    }

    /// A label and its value; the labels of a sheet make a column.
    pub(super) fn entry(&mut self, app: &App, label: &str, value: &str, style: Style) {
        self.label_cells = self.label_cells.max(text::width(label).min(LABEL_CELLS));
        self.lines.push(vec![(format!("{label} "), app.theme.key), (value.to_owned(), style)]);
    }

    /// Labels padded to their column, and long lines broken if so wished.
    fn laid_out(&self, cells: usize, wrap: bool) -> Vec<Vec<(String, Style)>> {
        let mut out = Vec::new();
        for line in &self.lines {
            let is_entry = line.len() == 2;
            let mut parts = Vec::new();
            if is_entry {
                let pad = (self.label_cells + GAP).saturating_sub(text::width(&line[0].0));
                parts.push((line[0].0.clone() + &" ".repeat(pad), line[0].1));
            }
            let rest = if is_entry { &line[1..] } else { line };
            let used: usize = parts.iter().map(|(said, _)| text::width(said)).sum();
            if wrap && let [(said, style)] = rest {
                let clean = text::clean(said);
                for (nth, broken) in text::wrap(&clean, cells.saturating_sub(used)).enumerate() {
                    let mut parts = parts.clone();
                    if nth > 0 {
                        parts = vec![(" ".repeat(used), Style::new())];
                    }
                    parts.push((broken.to_owned(), *style));
                    out.push(parts);
                }
            } else {
                parts.extend(rest.iter().cloned());
                out.push(parts);
            }
        }
        out
    }
}

fn draw_sheet(app: &App, sheet: &Sheet, area: Rect, buffer: &mut Buffer) -> Extent {
    let lines = sheet.laid_out(area.width.into(), app.detail.wrap);
    let extent = Extent { rows: area.height.into(), lines: lines.len() };
    let top = extent.top(app.detail.line);
    for (nth, parts) in lines.iter().skip(top).enumerate() {
        let Some(line) = row(area, nth) else { break };
        let spans: Vec<_> = parts.iter().map(|(said, style)| (said.as_str(), *style)).collect();
        put_line(buffer, line, &spans);
        mark_found(app, line, buffer);
    }
    draw_more(app, top, lines.len(), area, buffer);
    extent
}

/// Tells that there is more below, in the corner.
pub(super) fn draw_more(app: &App, top: usize, lines: usize, area: Rect, buffer: &mut Buffer) {
    let below = lines.saturating_sub(top + usize::from(area.height));
    if below > 0 {
        let said = format!(" ↓ {} ", format::grouped(below as u64));
        let cells = u16::try_from(text::width(&said)).unwrap_or(0).min(area.width);
        put(buffer, area.right() - cells, area.bottom(), cells, &said, app.theme.dim);
    }
}
