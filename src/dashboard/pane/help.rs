//! The help: all of the guide.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Rect};

use super::{Titles, clear, framed, guide};
use crate::callback::{Lang, Localized};
use crate::dashboard::app::App;
use crate::dashboard::guide::all;
use crate::dashboard::guide::lines::Lines;
use crate::dashboard::keymap::Keymap;
use crate::dashboard::viewport::{Extent, Popup};
use crate::dashboard::words;

/// The maximum width of the page.
const WIDTH: u16 = 110;

/// The first line of a heading.
pub(in crate::dashboard) fn line_of(heading: Localized, keymap: &Keymap, lang: Lang) -> usize {
    Lines::of(all(keymap, lang), lang, 80).line_of(heading, lang)
}

pub(in crate::dashboard) fn draw(app: &App, line: usize, area: Rect, buffer: &mut Buffer) -> Popup {
    let lang = app.settings.lang;
    let popup = area.centered(Constraint::Max(WIDTH), Constraint::Fill(1));
    clear(popup, buffer);
    let titles = Titles { name: words::HELP.text(lang), ..Titles::default() };
    let inner = framed(app, None, titles, popup, buffer);
    let lines = Lines::of(all(&app.settings.keymap, lang), lang, guide::cells(inner).into());
    let extent = Extent::of(inner, lines.len());
    guide::draw(app, &lines, extent.top(line), inner, buffer);
    Popup::of(popup, extent)
}
