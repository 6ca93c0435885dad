//! The page about the language of filters.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Rect};

use super::{Titles, clear, framed, guide};
use crate::dashboard::app::App;
use crate::dashboard::guide::filters;
use crate::dashboard::guide::lines::Lines;
use crate::dashboard::viewport::{Extent, Popup};
use crate::dashboard::words;

/// The maximum width of the page.
const WIDTH: u16 = 110;

pub(in crate::dashboard) fn draw(app: &App, line: usize, area: Rect, buffer: &mut Buffer) -> Popup {
    let lang = app.settings.lang;
    // Below it are the hint of the input line, and the line.
    let area = Rect { height: area.height.saturating_sub(2), ..area };
    let popup = area.centered(Constraint::Max(WIDTH), Constraint::Fill(1));
    clear(popup, buffer);
    let titles = Titles { name: words::LANGUAGE.text(lang), ..Titles::default() };
    let inner = framed(app, None, titles, popup, buffer);
    let lines = Lines::of(filters(&app.settings.keymap, lang), lang, guide::cells(inner).into());
    let extent = Extent::of(inner, lines.len());
    guide::draw(app, &lines, extent.top(line), inner, buffer);
    Popup::of(popup, extent)
}
