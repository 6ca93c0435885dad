//! The help: all of the guide, with the matches of its search.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Position, Rect};
use ratatui::text::Span;

use super::input::Drawn;
use super::{Titles, clear, framed, guide, put};
use crate::callback::Localized;
use crate::dashboard::app::App;
use crate::dashboard::guide::all;
use crate::dashboard::guide::lines::{Lines, Match};
use crate::dashboard::help::{Help, Search};
use crate::dashboard::text;
use crate::dashboard::viewport::{Extent, Popup};
use crate::dashboard::words;

/// The maximum width of the page.
const WIDTH: u16 = 110;
const LABEL: Localized = Localized::new(" search / ", " 搜索 / ");
const KEYS: Localized = Localized::new("enter keeps it   esc leaves", "enter 保留   esc 取消");
const NO_MATCH: Localized = Localized::new("no match", "无匹配");

pub(in crate::dashboard) fn draw(app: &App, help: &Help, area: Rect, buffer: &mut Buffer) -> Popup {
    let (lang, theme) = (app.settings.lang, &app.theme);
    let popup = area.centered(Constraint::Max(WIDTH), Constraint::Fill(1));
    let inner = popup.inner(super::BORDER);
    let lines = lines(app, guide::cells(inner).into());
    let matches = help.search().map(|it| it.matches(&lines)).unwrap_or_default();
    let count = help.search().and_then(|it| count(app, it, &matches));
    clear(popup, buffer);
    let titles = Titles {
        name: words::HELP.text(lang),
        right: count.map(|it| Span::styled(it, theme.accent)),
        ..Titles::default()
    };
    framed(app, None, titles, popup, buffer);
    let extent = Extent::of(inner, lines.len());
    let top = help.top(&lines, lang, extent);
    guide::draw(app, &lines, top, inner, buffer);
    guide::mark(&lines, &matches, theme.found, (top, inner), buffer);
    let current = help.search().and_then(|it| matches.get(it.current(matches.len())?));
    let current: Vec<_> = current.cloned().into_iter().collect();
    guide::mark(&lines, &current, theme.selected, (top, inner), buffer);
    Popup::of(popup, Extent { first: top, ..extent })
}

/// The lines of the help in so many cells.
pub(super) fn lines(app: &App, cells: usize) -> Lines {
    let lang = app.settings.lang;
    Lines::of(all(&app.settings.keymap, lang), lang, cells)
}

/// Which match is the current one, of how many.
fn count(app: &App, search: &Search, matches: &[Match]) -> Option<String> {
    match search.current(matches.len()) {
        Some(current) => Some(format!("{} / {}", current + 1, matches.len())),
        None => {
            let is_empty = search.input.value().is_empty();
            (!is_empty).then(|| NO_MATCH.text(app.settings.lang).to_owned())
        }
    }
}

/// Draws the input line of the search.
pub(super) fn draw_input(app: &App, search: &Search, area: Rect, buffer: &mut Buffer) -> Drawn {
    let (theme, input) = (&app.theme, &search.input);
    let label = LABEL.text(app.settings.lang);
    let x = area.x + put(buffer, area.x, area.y, area.width, label, theme.accent);
    let cells = area.right().saturating_sub(x + 1);
    let scroll = input.visual_scroll(cells.into());
    let (_, visible) = text::split(input.value(), scroll);
    let end = x + put(buffer, x, area.y, cells, visible, theme.strong);
    let hint = KEYS.text(app.settings.lang);
    let width = u16::try_from(text::width(hint)).unwrap_or(u16::MAX);
    if let Some(x) = area.right().checked_sub(width + 1).filter(|it| end + 2 < *it) {
        put(buffer, x, area.y, width, hint, theme.dim);
    }
    let cursor = input.visual_cursor().max(scroll) - scroll;
    let cursor = Position::new(x + u16::try_from(cursor).unwrap_or(0), area.y);
    Drawn { cursor: Some(cursor), ..Drawn::default() }
}
